// What clocks do by themselves: remind, tell that a limit has passed, ask the room what silence means, and go up the line.
import type { Ctx } from '../../base/context.ts'
import { loggable } from '../../base/log.ts'
import { openTo } from '../../base/reach.ts'
import { unitLine } from '../identity/index.ts'
import { workingTime } from './clocks.actions.ts'
import { selectClocks, updateClock, type ClockRecord } from './clocks.store.ts'
import { kindOf } from './kinds.actions.ts'
import { tellEscalated, tellLate } from './notices.actions.ts'
import { nextMoment, paceOf, type Pace } from './pace.actions.ts'
import { tell, toStanding } from './shared.actions.ts'
import { lockCaseRow, selectParts, type CaseRecord, type PartRecord } from './store.ts'
import { selectDue, type SweepMark } from './sweep.store.ts'

export type { SweepMark }
const BATCH = 100
/**
 * Deals with one batch of clocks that are due for something and answers where the next one begins, undefined after the
 * last. Running it again changes nothing that it did. A clock that fails is undone by itself and passed over: the next
 * sweep that begins at the front meets it again, and it holds up no other case.
 */
export async function sweepClocks(system: Ctx, after?: SweepMark): Promise<SweepMark | undefined> {
  const due = await selectDue(system, BATCH, after)
  for (const clock of due) {
    const failure = await system.attempt(() => actOn(system, clock))
    if (failure) system.log.error({ case: clock.caseId, clock: clock.id, failure: loggable(failure) }, 'clock of a case passed over')
  }
  const last = due.length === BATCH ? due.at(-1) : undefined
  return last && { nextAt: last.nextAt!, id: last.id }
}
async function actOn(system: Ctx, found: ClockRecord): Promise<void> {
  const row = await lockCaseRow(system, found.caseId)
  // As it is now that the case is held: somebody may have ended it while the batch was on its way.
  const clock = (await selectClocks(system, [row.id])).find((one) => one.id === found.id)!
  const now = system.now.toISOString()
  if (row.endedAt !== null || clock.state !== 'running' || clock.nextAt === null || clock.nextAt > now) return
  const time = await workingTime(system)
  const pace = await paceOf(system, row, clock)
  if (clock.breachedAt === null && clock.dueAt! > now) {
    await remind(system, row, clock)
    const reminded = { ...clock, remindedAt: now, remindAt: null }
    return updateClock(system, clock.id, { remindedAt: now, remindAt: null, nextAt: nextMoment(reminded, pace, time) })
  }
  if (clock.breachedAt === null) {
    if (await breach(system, row, clock)) return
    const breached = { ...clock, breachedAt: clock.dueAt }
    const next = nextMoment(breached, pace, time)
    await updateClock(system, clock.id, { breachedAt: clock.dueAt, nextAt: next })
    // A table that waits no time lets it go up at once.
    if (next === null || next > now) return
  }
  await goUp(system, row, clock, pace)
  const after = { ...clock, breachedAt: clock.dueAt, escalations: clock.escalations + 1, escalatedAt: now }
  await updateClock(system, clock.id, { escalations: after.escalations, escalatedAt: now, nextAt: nextMoment(after, await paceOf(system, row, after), time) })
}
const said = { side: 'clock' as const, internal: true }

async function remind(system: Ctx, row: CaseRecord, clock: ClockRecord): Promise<void> {
  await tell(system, row, 'case.reminded', { ...said, params: { clock: clock.clock, dueAt: clock.dueAt } })
  await tellLate(system, row, 'case.reminder', clock, await selectParts(system, row.id))
  system.announce('case.reminded', { kind: 'case', id: row.id }, { clock: clock.clock })
}
/** Tells that a limit has passed and asks the room what that means; answers whether the case ended by it. */
async function breach(system: Ctx, row: CaseRecord, clock: ClockRecord): Promise<boolean> {
  // Marked before the room is asked: what the room does counts the clock as broken.
  await updateClock(system, clock.id, { breachedAt: clock.dueAt })
  await tell(system, row, 'case.breached', { ...said, params: { clock: clock.clock, dueAt: clock.dueAt } })
  const parts = await selectParts(system, row.id)
  const outcome = (await kindOf(row.kind).onBreach?.(system, toStanding(row), clock.clock)) ?? 'escalate'
  system.announce('case.breached', { kind: 'case', id: row.id }, { clock: clock.clock, outcome })
  if (outcome === 'accepted') return true
  await tellLate(system, row, 'case.overdue', clock, parts)
  return false
}
/** One step up the line of whoever has it: the unit above, or the command centre, which reads the case from now on. */
async function goUp(system: Ctx, row: CaseRecord, clock: ClockRecord, pace: Pace): Promise<void> {
  const parts = (await selectParts(system, row.id)).filter((part) => part.state === 'open')
  const step = clock.escalations + 1
  const late = (parts.find((part) => part.role === 'lead') ?? parts[0])?.unitId ?? null
  for (const unitId of await above(system, parts, clock, pace)) {
    await openTo(system, [row.id, row.subjectId], [unitId])
    await tell(system, row, 'case.escalated', { ...said, params: { clock: clock.clock, unit: unitId, step } })
    await tellEscalated(system, row, clock, late, unitId, step)
    system.announce('case.escalated', { kind: 'case', id: row.id }, { clock: clock.clock, unitId, step })
  }
}
async function above(system: Ctx, parts: readonly PartRecord[], clock: ClockRecord, pace: Pace): Promise<Set<string>> {
  const late = clock.partId === null ? parts.filter((part) => part.role === 'lead') : parts.filter((part) => part.id === clock.partId)
  const told = new Set<string>()
  for (const part of late.length ? late : parts) {
    const [own, ...line] = await unitLine(system, part.unitId)
    const to = pace.to === 'unit' ? own : pace.to === 'parent' ? line[0] : (line.find((unit) => unit.kind === 'commandCentre') ?? line.at(-1))
    // Above the command centre there is nobody; it is told itself.
    if (to ?? own) told.add((to ?? own)!.id)
  }
  return told
}
