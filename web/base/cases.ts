// What the screens of every room say about cases: entries of a timeline in words, clocks in hours, and which answers a deed makes stale.
import type { Bilingual } from '@fugong/contract/base'
import { countCases, getCase, listCases, type CaseClock, type CaseEntry, type ClockStanding } from '@fugong/contract/cases'
import { fillText } from '@fugong/contract/problems'
import { instant } from './format.ts'
import { pick, type Say } from './i18n.ts'
import type { StateTone } from './tones.ts'

/** Answers that a deed on a case changes; a room that shows its own record adds its own. */
export const staleCases = [getCase, listCases, countCases]
export const standingTone: Record<ClockStanding, StateTone> = { overdue: 'bad', soon: 'warn', running: 'info', paused: 'neutral', none: 'neutral' }

const isBilingual = (value: unknown): value is Bilingual => typeof value === 'object' && value !== null && 'zh' in value && 'en' in value
const MOMENT = /^\d{4}-\d\d-\d\dT/
/** Values of an entry as the reader's language has them. */
function written(t: Say, params: CaseEntry['params']): Record<string, string> {
  return Object.fromEntries(Object.entries(params).map(([name, value]: [string, unknown]) => {
    if (isBilingual(value)) return [name, pick(value)]
    if (value === null || value === undefined) return [name, t('case.theUnit')]
    if (name === 'clock') return [name, t(`case.clock.${String(value)}`)]
    if (typeof value === 'string' && MOMENT.test(value)) return [name, value.startsWith('9999') ? t('case.noLimit') : instant(value)]
    return [name, String(value as string | number)]
  }))
}
/** One entry as a sentence; the kind's own entries bring their text with them. */
export function entryWords(t: Say, entry: Pick<CaseEntry, 'event' | 'params'>): string {
  const values = written(t, entry.params)
  const own: unknown = entry.params['text']
  if (isBilingual(own)) return fillText(pick(own), values)
  const key = `case.event.${entry.event.replace('.', '_')}`
  return t(entry.event === 'case.moved' && values['outcome'] ? `${key}_by_outcome` : key, values)
}
const toneOf: Record<string, StateTone> = { 'case.breached': 'bad', 'case.escalated': 'bad', 'case.pressed': 'warn', 'case.reminded': 'warn', 'case.paused': 'neutral', 'case.moved': 'info', 'part.handed_back': 'warn' }
export const entryTone = (event: string): StateTone => toneOf[event] ?? 'neutral'

/** Working hours as people say them: `6.5`, `12`; under an hour in minutes. */
export function hoursWords(t: Say, hours: number): string {
  const size = Math.abs(hours)
  return size < 1 ? t('case.minutes', { count: Math.max(1, Math.round(size * 60)) }) : t('case.hours', { count: Math.round(size * 10) / 10 })
}
/** What is left of a clock, or by how much it is over, or why it stands still. */
export function clockWords(t: Say, clock: CaseClock): string {
  if (clock.state === 'stopped') return t(clock.kept === null ? 'case.stopped' : clock.kept ? 'case.kept' : 'case.missed', { used: hoursWords(t, clock.worked) })
  if (clock.state === 'paused') return t('case.pausedFor', { reason: clock.pausedFor ? pick(clock.pausedFor) : t('case.paused'), left: hoursWords(t, clock.left) })
  return clock.left <= 0 ? t('case.over', { over: hoursWords(t, clock.left) }) : t('case.left', { left: hoursWords(t, clock.left) })
}
