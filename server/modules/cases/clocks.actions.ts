// Clocks of a case: start, stop, stand still and go on, and counting all of them anew from what is kept.
import type { ClockName } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'
import { addWorkingHours, workCalendar, workedBetween, type WorkCalendar } from '../calendars/index.ts'
import { endPause, insertClocks, insertPause, putDue, selectClocks, selectPauses, updateClock, type ClockRecord, type PauseRecord } from './clocks.store.ts'
import { dueOf, type Run, type WorkingTime } from './clocks.rules.ts'
import { nextMoment, paceOf } from './pace.actions.ts'
import type { NewClock } from './ports.ts'
import { SOON_SHARE } from './rules.ts'
import type { CaseRecord, PartRecord } from './store.ts'

const timeBy = (calendar: WorkCalendar): WorkingTime => ({ add: (from, hours) => addWorkingHours(from, hours, calendar), between: (from, to) => workedBetween(from, to, calendar) })
export const workingTime = async (ctx: Ctx, options?: { fresh: boolean }): Promise<WorkingTime> => timeBy(await workCalendar(ctx, options))

export function runOf(clock: Pick<ClockRecord, 'startedAt' | 'hours'>, pauses: readonly PauseRecord[]): Run {
  return { startedAt: new Date(clock.startedAt), hours: clock.hours, pauses: pauses.map((pause) => ({ begunAt: new Date(pause.begunAt), endedAt: pause.endedAt === null ? null : new Date(pause.endedAt) })) }
}

export async function startClocks(system: Ctx, row: CaseRecord, parts: readonly PartRecord[], clocks: readonly NewClock[]): Promise<string> {
  await insertClocks(system, row, clocks.map((clock) => ({ clock: clock.clock, hours: clock.workingHours, partId: clock.part === undefined ? null : parts[clock.part]!.id, startedAt: row.openedAt })))
  return clocks.length ? recount(system, row) : row.dueAt
}
/**
 * Counts every clock of a case anew and puts the next limit where lists find it; answers that. Whatever was counted before
 * plays no part, so doing it twice changes nothing. The case is locked.
 */
export async function recount(system: Ctx, row: CaseRecord, time?: WorkingTime): Promise<string> {
  const [clocks, pauses, calendar] = await Promise.all([selectClocks(system, [row.id]), selectPauses(system, [row.id]), time ?? workingTime(system)])
  let changed = false
  for (const clock of clocks) if (clock.state !== 'stopped' && (await recountOne(system, row, clock, pauses, calendar))) changed = true
  return changed ? putDue(system, row.id) : row.dueAt
}
async function recountOne(system: Ctx, row: CaseRecord, clock: ClockRecord, pauses: readonly PauseRecord[], time: WorkingTime): Promise<boolean> {
  const run = runOf(clock, pauses)
  const due = dueOf(run, time)
  const pace = await paceOf(system, row, clock)
  const change: Partial<ClockRecord> = {
    dueAt: due?.toISOString() ?? null, soonAt: due === null ? null : (dueOf(run, time, SOON_SHARE)?.toISOString() ?? null), state: due === null ? 'paused' : 'running',
    remindAt: (pace.remindShare > 0 && clock.remindedAt === null ? dueOf(run, time, pace.remindShare)?.toISOString() : null) ?? null,
    // A holiday that the calendar learned later takes back a breach that it makes none.
    breachedAt: clock.breachedAt !== null && (due === null || due > system.now) ? null : clock.breachedAt,
  }
  const counted = { ...change, nextAt: nextMoment({ ...clock, ...change }, pace, time) }
  if (Object.entries(counted).every(([name, value]) => clock[name as keyof ClockRecord] === value)) return false
  await updateClock(system, clock.id, counted)
  return true
}

/**
 * Stops clocks of a case: those of one name, of one part, or all. `unitId` is the unit that is judged by it. Not `judged`,
 * because the firm or the issuer ended it: what was late stays late, what was in time counts for nobody.
 */
export async function stopClocks(system: Ctx, row: CaseRecord, which: { clock?: ClockName; partId?: string }, unitId: string | null, judged = true): Promise<void> {
  const at = system.now.toISOString()
  for (const clock of await selectClocks(system, [row.id])) {
    if (clock.state === 'stopped' || (which.clock && clock.clock !== which.clock) || (which.partId && clock.partId !== which.partId)) continue
    // One that stands still within its limit has kept it.
    await updateClock(system, clock.id, { state: 'stopped', stoppedAt: at, kept: clock.dueAt !== null && at > clock.dueAt ? false : judged ? true : null, nextAt: null, unitId })
  }
  await putDue(system, row.id)
}
/** Clocks stand still for a stated reason; one that stands still already is left as it is, under its own reason. */
export async function pause(system: Ctx, row: CaseRecord, reason: string, note: string | null): Promise<boolean> {
  if (row.pausedFor !== null) return false
  await insertPause(system, row, reason, note)
  await recount(system, row)
  return true
}
export async function resume(system: Ctx, row: CaseRecord): Promise<boolean> {
  if (row.pausedFor === null) return false
  await endPause(system, row.id)
  await recount(system, row)
  return true
}
