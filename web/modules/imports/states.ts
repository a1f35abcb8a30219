// What a state of an import means on screen: its tone, its step, whether work goes on, and time in words.
import type { Import, ImportState } from '@fugong/contract/imports'
import type { Say } from '../../base/i18n.ts'
import type { Tone } from '../../ui/tags.tsx'

export const toneOf = (state: ImportState): Tone => ({ uploaded: 'info', read: 'neutral', checking: 'info', checked: 'warn', running: 'info', done: 'good', cancelled: 'neutral', failed: 'bad' } as const)[state]
export const isBusy = (state: ImportState) => state === 'uploaded' || state === 'checking' || state === 'running'
/** 1 file, 2 columns, 3 check, 4 store, 5 result. */
export function stepOf(one: Pick<Import, 'state'>): number {
  return { uploaded: 1, read: 2, checking: 3, checked: 3, running: 4, done: 5, cancelled: 5, failed: 5 }[one.state]
}
/** 约 20 秒, about 3 min. */
export function timeLeft(seconds: number | null, t: Say): string {
  if (seconds === null) return t('progress.measuring')
  return seconds < 90 ? t('progress.seconds', { n: Math.max(1, seconds) }) : t('progress.minutes', { n: Math.ceil(seconds / 60) })
}
