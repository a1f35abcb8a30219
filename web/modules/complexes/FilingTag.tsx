// States of a collective declaration and of a tenant in it, as a tag.
import type { FilingState, TenantState } from '@fugong/contract/complexes'
import { useText } from '../../base/i18n.ts'
import type { StateTone } from '../../base/tones.ts'
import { StatusTag } from '../../ui/tags.tsx'

const filing: Record<FilingState, StateTone> = { draft: 'neutral', asked: 'info', closed: 'good' }
const tenant: Record<TenantState, StateTone> = { unregistered: 'warn', asked: 'info', confirmed: 'good', objected: 'warn', leftOut: 'neutral' }
export function FilingTag({ state }: { state: FilingState | null }) {
  const t = useText('complexes')
  return state === null ? <span className="fg-quiet">{t('filing.none')}</span> : <StatusTag tone={filing[state]}>{t(`filing.state.${state}`)}</StatusTag>
}
export function TenantTag({ state }: { state: TenantState | null }) {
  const t = useText('complexes')
  return state === null ? <span className="fg-quiet">–</span> : <StatusTag tone={tenant[state]}>{t(`state.${state}`)}</StatusTag>
}
