// Keeping cases right while the city changes: the calendar, people who leave, units that are dissolved. In batches, each safe to repeat.
import type { Ctx } from '../../base/context.ts'
import { openTo } from '../../base/reach.ts'
import { peopleOfUnit, unitLine } from '../identity/index.ts'
import { moveAll } from './bulk.actions.ts'
import { recount, workingTime } from './clocks.actions.ts'
import { tellWaiting } from './notices.actions.ts'
import { movePart } from './parts.actions.ts'
import { tell } from './shared.actions.ts'
import { lockCaseRow, selectParts, updatePart } from './store.ts'
import { selectHolders, selectPartIdsOf, selectTicking } from './sweep.store.ts'

const BATCH = 200
export const RECOUNT_JOB = 'cases.recount'
export const LEAVE_JOB = 'cases.leave'
export const DISSOLVE_JOB = 'cases.dissolve'

/** Counts the clocks of one batch of cases by the calendar as it is now; each case whose limit moved says so in its timeline. */
export async function recountBatch(system: Ctx, after?: string): Promise<string | undefined> {
  const ids = await selectTicking(system, BATCH, after)
  const time = await workingTime(system, { fresh: true })
  let changed = 0
  for (const id of ids) {
    const row = await lockCaseRow(system, id)
    const dueAt = await recount(system, row, time)
    if (dueAt === row.dueAt) continue
    changed += 1
    await tell(system, row, 'case.recounted', { side: 'clock', params: { before: row.dueAt, dueAt } })
  }
  if (changed) system.announce('case.recounted', { kind: 'calendar', id: 'calendar' }, { cases: ids.length, changed })
  return ids.length === BATCH ? ids.at(-1) : undefined
}

/** What a person has open in units for which they no longer act falls back to those units. */
export async function releaseLeft(system: Ctx, personId?: string): Promise<void> {
  const acting = new Map<string, Set<string>>()
  for (const holder of await selectHolders(system)) {
    if (personId !== undefined && holder.personId !== personId) continue
    if (!acting.has(holder.unitId)) acting.set(holder.unitId, new Set((await peopleOfUnit(system, holder.unitId)).map((one) => one.personId)))
    if (acting.get(holder.unitId)!.has(holder.personId)) continue
    await moveAll(system, { unitId: holder.unitId, from: holder.personId, to: null, reason: null, event: 'part.person_left' })
  }
}
/** Parts of a dissolved unit go to the unit above it; where that has a part already, its own stands for both. Answers whether there is more. */
export async function passUp(system: Ctx, unitId: string): Promise<boolean> {
  const heir = (await unitLine(system, unitId)).find((unit) => unit.id !== unitId && !unit.dissolved)
  if (!heir) {
    system.log.error({ unit: unitId }, 'a dissolved unit has no unit above it that could take its cases')
    return false
  }
  const found = await selectPartIdsOf(system, unitId, BATCH)
  for (const { id, caseId } of found) {
    const row = await lockCaseRow(system, caseId)
    const parts = await selectParts(system, caseId)
    const part = parts.find((one) => one.id === id)!
    if (part.endedAt !== null) continue
    if (parts.some((one) => one.unitId === heir.id && one.endedAt === null && one.step === part.step)) {
      await updatePart(system, part, { state: 'moved', endedAt: system.now.toISOString() })
      await openTo(system, [row.id, row.subjectId], [heir.id])
      await tell(system, row, 'part.unit_dissolved', { partId: id, side: 'clock', params: { unit: heir.id } })
    } else {
      const next = await movePart(system, row, part, heir.id, 'part.unit_dissolved', null, null)
      if (next.state === 'open') await tellWaiting(system, row, next)
    }
  }
  return found.length === BATCH
}
