// Small words of the forms' screens: tones of states, the next morning, kinds of emergency.
import type { DraftTitle } from '@fugong/contract/forms.edit'
import { today, toInstant } from '../../base/format.ts'
import { hasText, type Say } from '../../base/i18n.ts'
import type { Tone } from '../../ui/tags.tsx'

export const STATE_TONES: Record<DraftTitle['state'], Tone> = { draft: 'neutral', proposed: 'info', published: 'good', rejected: 'bad', discarded: 'neutral' }
/** Midnight in Shanghai that comes next, when a new form would take effect. */
export function tomorrowMorning(now: number = Date.now()): string {
  return toInstant(today(now + 86_400_000))
}
export function kindWords(t: Say, kind: string | null): string {
  return kind === null ? t('everyKind') : hasText('forms', `kind.${kind}`) ? t(`kind.${kind}`) : kind
}
