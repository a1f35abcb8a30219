// What a reader must know of a firm before anything else: whether it is in business, its code's state, its flags.
import type { Enterprise } from '@fugong/contract/enterprises'
import { Link } from 'react-router'
import { pick, useText } from '../../base/i18n.ts'
import { toneOfCreditCode } from '../../base/tones.ts'
import { Note } from '../../ui/parts.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'

export const toneOfState: Record<Enterprise['state'], Tone> = { active: 'good', closed: 'bad', merged: 'neutral' }
export function FirmTags({ firm }: { firm: Enterprise }) {
  const t = useText('enterprises')
  return (
    <>
      <StatusTag tone={toneOfState[firm.state]}>{t(`state.${firm.state}`)}</StatusTag>
      <StatusTag tone={toneOfCreditCode(firm.codeState)}>{t(`codeState.${firm.codeState}`)}</StatusTag>
      {firm.flags.map((flag) => <span key={flag.code} className="fg-flag">{pick(flag.name)}</span>)}
    </>
  )
}
/** Why nothing can be done with a firm that has ended, and where it went on. */
export function FirmState({ firm, page }: { firm: Enterprise; page: (id: string) => string }) {
  const t = useText('enterprises')
  if (firm.state === 'active') return null
  const into = firm.mergedInto
  return (
    <Note tone="warn" title={t(`ended.${firm.state}`, { day: firm.stateSince ?? '' })}>
      {into ? <p>{t('ended.into')} {into.visible ? <Link to={page(into.id)}>{into.name}</Link> : <strong>{into.name}</strong>} <span className="fg-mono">{into.creditCode}</span></p> : <p>{t('ended.closedText')}</p>}
    </Note>
  )
}
