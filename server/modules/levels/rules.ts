// When a level may begin, and which of an area's records is in force or coming.
import type { RiskLevel } from '@fugong/contract/levels'

const HOUR = 3_600_000
/** A level may be entered a day late, as when an order of the night is entered in the morning; earlier decisions stay as they were. */
const LATEST_ENTRY_HOURS = 24
/** A date further ahead is a slip of the pen. */
const FURTHEST_DAYS = 366

/** The moment an ISO text names; undefined for days that no calendar has, such as 30 February. */
export function momentOf(text: string): Date | undefined {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number)
  const inCalendar = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
  const at = new Date(text)
  return inCalendar && !Number.isNaN(at.getTime()) ? at : undefined
}
export const earliest = (now: Date) => new Date(now.getTime() - LATEST_ENTRY_HOURS * HOUR)
export const furthest = (now: Date) => new Date(now.getTime() + FURTHEST_DAYS * 24 * HOUR)

export type SetFault = 'backdated' | 'tooFar' | 'unchanged'
/** Why a level cannot be set to begin at `from`; `inForce` is the level that would hold there without it. */
export function setFault(request: { level: RiskLevel; from: Date }, inForce: RiskLevel | null, now: Date): SetFault | undefined {
  if (request.from < earliest(now)) return 'backdated'
  if (request.from > furthest(now)) return 'tooFar'
  return request.level === inForce ? 'unchanged' : undefined
}

/** Codes whose level may hold at an address, nearest first: a street before its district. */
export function nearestFirst(code: string): string[] {
  return code.length > 6 ? [code.slice(0, 9), code.slice(0, 6)] : [code]
}
