// From which day somebody may start: the facts a table of return asks for, and the day that its answer means.
import type { Exposure } from '@fugong/contract/people'

export interface ReturnFacts { originCode: string | null; leftOn: string | null; returnedOn: string | null; exposure: readonly Exposure[] | null; observingUntil: string | null }
export interface Answer { outcome: 'now' | 'from' | 'ask'; mayStartOn: string | null; missing: 'originCode' | 'leftOn' | 'exposure' | null; place: 'none' | 'home' | 'central' | null }
const DAY_MS = 86_400_000
export const addDays = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
/** The day from which days are counted: when the place was left, else when the person came back. */
export const countedFrom = ({ leftOn, returnedOn }: Pick<ReturnFacts, 'leftOn' | 'returnedOn'>): string | null => leftOn ?? returnedOn
/** The closest contact that the answers tell of. */
export function exposureOf(answers: readonly Exposure[] | null): 'none' | 'area' | 'contact' {
  if (answers?.some((one) => one === 'caseContact' || one === 'sharedVehicle' || one === 'caseInCompound')) return 'contact'
  return answers?.length ? 'area' : 'none'
}
/** What a table's answer (days, and where) means for this person today; an observation that runs ends first. */
export function answerOf(facts: ReturnFacts, decided: { days: number; place: 'none' | 'home' | 'central' }, today: string): Answer {
  const from = countedFrom(facts)
  if (decided.days > 0 && from === null) return { outcome: 'ask', mayStartOn: null, missing: 'leftOn', place: decided.place }
  const byTable = decided.days > 0 ? addDays(from!, decided.days) : today
  const day = facts.observingUntil !== null && facts.observingUntil > byTable ? facts.observingUntil : byTable
  return day <= today ? { outcome: 'now', mayStartOn: today, missing: null, place: null } : { outcome: 'from', mayStartOn: day, missing: null, place: decided.place }
}
