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

/** Minutes to half a minute, as people say them. */
export function minutes(seconds: number): string {
  return String(Math.max(0.5, Math.round(seconds / 30) / 2))
}
export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
/** Hands bytes that came in base64 to the browser as a file. */
export function saveFile(name: string, content: string): void {
  const bytes = Uint8Array.from(atob(content), (one) => one.charCodeAt(0))
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
