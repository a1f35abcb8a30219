// How a person stands for triage: facts of the roster with the last day on which each counts.

export type OriginLevel = 'none' | 'low' | 'medium' | 'high' | 'unlisted'
export interface Standing { originLevel: OriginLevel; originUntil: string | null; observed: boolean; observedUntil: string | null; exposed: boolean; exposedUntil: string | null; twice: boolean; active: boolean; /** Whether a report is asked for each day. */ expected: boolean }
const DAY_MS = 86_400_000
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
/** A county, its city, its province: 420103, 420100, 420000. */
export const widerCodes = (code: string): string[] => [...new Set([code, `${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`])]

export interface Roster { state: string; observingUntil: string | null; dormitory: string | null; originCode: string | null; from: string; contact: boolean }
export interface Ground { level: OriginLevel; today: string; limits: { originDays: number; exposureDays: number; twiceFor: readonly string[]; expected: readonly string[] } }
/** `from` is the day on which the place of origin was left: day 0, so that 14 days end on the fourteenth after it. */
export function standingOf(person: Roster, { level, today, limits }: Ground): Standing {
  const originUntil = addDays(person.from, limits.originDays)
  const exposedUntil = addDays(person.from, limits.exposureDays)
  const observed = person.state === 'observing' && (person.observingUntil === null || person.observingUntil >= today)
  return {
    originLevel: originUntil >= today ? level : 'none', originUntil: person.originCode ? originUntil : null,
    observed, observedUntil: observed ? person.observingUntil : null,
    exposed: person.contact && exposedUntil >= today, exposedUntil: person.contact ? exposedUntil : null,
    twice: limits.twiceFor.some((who) => (who === 'dormitory' ? person.dormitory !== null : who === 'observing' && observed)),
    active: person.state !== 'left', expected: limits.expected.includes(person.state),
  }
}
