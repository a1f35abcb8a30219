// How a clock of a case runs: working time outside of its pauses, counted anew from the beginning whenever anything changes.
//
// Nothing is kept but the beginning, the limit and the pauses. So a transfer cannot restart a clock, a change of the
// calendar is a new count over the same facts, and two counts of the same facts give the same moment.

/** Working time, as the calendar of the city has it. */
export interface WorkingTime {
  /** The moment at which `hours` working hours have passed since `from`. */
  add(from: Date, hours: number): Date
  /** Milliseconds of working time between two moments. */
  between(from: Date, to: Date): number
}
/** Moments in milliseconds or as dates; `endedAt` null while it lasts. */
export interface Pause { begunAt: Date; endedAt: Date | null }
export interface Run { startedAt: Date; hours: number; pauses: readonly Pause[] }
const HOUR = 3_600_000

/** The stretches in which a clock ran up to `until`, in order; pauses may overlap, and may begin before the clock. */
function stretches({ startedAt, pauses }: Run, until: Date): [Date, Date][] {
  const found: [Date, Date][] = []
  let from = startedAt
  for (const pause of [...pauses].sort((a, b) => a.begunAt.getTime() - b.begunAt.getTime())) {
    if (pause.begunAt >= until) break
    if (pause.begunAt > from) found.push([from, pause.begunAt])
    const end = pause.endedAt ?? until
    if (end > from) from = end
  }
  if (from < until) found.push([from, until])
  return found
}
/** Milliseconds of working time that a clock has run up to a moment. */
export function workedUntil(run: Run, until: Date, time: WorkingTime): number {
  return stretches(run, until).reduce((sum, [from, to]) => sum + time.between(from, to), 0)
}
/** The moment at which the limit is used up; null while the clock stands still within it. */
export function dueOf(run: Run, time: WorkingTime, share = 1): Date | null {
  let left = run.hours * share * HOUR
  let from = run.startedAt
  for (const pause of [...run.pauses].sort((a, b) => a.begunAt.getTime() - b.begunAt.getTime())) {
    if (pause.begunAt > from) {
      const worked = time.between(from, pause.begunAt)
      if (worked >= left) return time.add(from, left / HOUR)
      left -= worked
    }
    if (pause.endedAt === null) return null
    if (pause.endedAt > from) from = pause.endedAt
  }
  return time.add(from, left / HOUR)
}
