// What was missed: after each day, page by page, how many reports in a row somebody has left out; the triage asks for it.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { beginSweep, putMissed, selectLastDays } from './counts.store.ts'
import { missedBy } from './days.rules.ts'
import { dayLimits } from './hours.actions.ts'
import { addDays } from './subjects.rules.ts'

export const MISSED_JOB = 'health.count_missed'
const PAGE = 2000
/** No table asks for more, and the column holds no more. */
const MOST_MISSED = 400
/** Begins the count of the day that is over, once. */
export async function beginMissed(system: Ctx): Promise<void> {
  const until = addDays(shanghaiDay(system.now), -1)
  if (await beginSweep(system, 'missed', until)) system.enqueue(MISSED_JOB, { until, after: null }, { key: until })
}
/** One page; a report that came late counts for its day, so what it heals is healed here. */
export async function countMissedPage(system: Ctx, city: string, { until, after }: { until: string; after: string | null }): Promise<void> {
  const rows = await selectLastDays(system, { until, from: addDays(until, -dayLimits(city, system.now).mostDays), after, limit: PAGE })
  const changed = rows.flatMap(({ employmentId, since, missed, missedOn, last }) => {
    const now = Math.min(MOST_MISSED, missedBy({ until, last, before: missed, countedTo: missedOn, since }))
    return now === missed ? [] : [{ employmentId, missed: now }]
  })
  if (changed.length) await putMissed(system, changed, until)
  const last = rows.at(-1)
  if (last && rows.length === PAGE) system.enqueue(MISSED_JOB, { until, after: last.employmentId }, { key: `${until} ${last.employmentId}` })
}
