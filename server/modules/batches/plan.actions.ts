// A unit's plan and its batches: open, change, end; add, change, lock and remove batches.
import type { Input, Issue } from '@fugong/contract/base'
import type { addBatch, BatchPlan, changeBatch, changeBatchPlan, endBatchPlan, openBatchPlan, removeBatch } from '@fugong/contract/batches'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { toPlan } from './actions.ts'
import { closeMembers, selectOpen } from './members.store.ts'
import { grantFor, reachesOf } from './policy.ts'
import { dayIssues } from './rules.ts'
import { keep, limits, loadFor, slotOf, touched } from './shared.actions.ts'
import { deleteSlot, insertPlan, insertSlots, selectSlots, updateSlot, type PlanRow } from './store.ts'

const noteOf = (note: string | undefined): string | null => note?.trim() || null

/** A plan is for the area of the unit's grant and hangs on the emergency that is open there. */
export async function open(ctx: Ctx, { body }: Input<typeof openBatchPlan>): Promise<BatchPlan> {
  const grant = grantFor(ctx, body.unitId)
  if (!grant) throw problem('batches.unit_foreign')
  ctx.unit = grant
  const today = shanghaiDay(ctx.now)
  const issues: Issue[] = body.batches.flatMap(({ day }, at) => dayIssues(day, today, `/batches/${at}/day`))
  if (issues.length) throw invalid(issues)
  const emergency = await openEmergencyFor(ctx, grant.areaCode)
  if (!emergency) throw problem('emergencies.none_open')
  const now = ctx.now.toISOString()
  const row: PlanRow = {
    id: newId(), revision: 1, emergencyId: emergency.id, emergencyKind: emergency.kind, unitId: grant.unitId, areaCode: grant.areaCode, name: body.name.trim(), note: noteOf(body.note), state: 'open',
    openedAt: now, endedAt: null, endReason: null, sample: emergency.sample, changedBy: ctx.actor.personId, changedAt: now,
  }
  await insertPlan(ctx, row, reachesOf(grant))
  await insertSlots(ctx, body.batches.map(({ day, firmsLimit, headsLimit }) => ({ id: newId(), planId: row.id, day, firmsLimit, headsLimit, locked: false })))
  await keep(ctx, row, 'opened', 'batch.plan_opened', { unitId: row.unitId, areaCode: row.areaCode, emergencyId: row.emergencyId, batches: body.batches.length })
  return toPlan(ctx, row)
}
export async function changePlan(ctx: Ctx, { params, body }: Input<typeof changeBatchPlan>): Promise<BatchPlan> {
  const row = await loadFor(ctx, params.id, body.revision)
  await keep(ctx, row, 'changed', 'batch.plan_changed', { fields: ['name', 'note'] })
  return toPlan(ctx, await touched(ctx, row, { name: body.name.trim(), note: noteOf(body.note) }))
}
/** Its firms stay readable where they stood; their workplaces may be planned elsewhere from now on. */
export async function endPlan(ctx: Ctx, { params, body }: Input<typeof endBatchPlan>): Promise<BatchPlan> {
  const row = await loadFor(ctx, params.id, body.revision)
  const firms = (await selectOpen(ctx, row.id)).length
  await closeMembers(ctx, row.id)
  await keep(ctx, row, 'ended', 'batch.plan_ended', { reason: body.reason, firms }, { note: body.reason, firms })
  return toPlan(ctx, await touched(ctx, row, { state: 'ended', endedAt: ctx.now.toISOString(), endReason: body.reason }))
}

export async function addSlot(ctx: Ctx, { params, body }: Input<typeof addBatch>): Promise<BatchPlan> {
  const row = await loadFor(ctx, params.id, body.revision)
  const issues = dayIssues(body.day, shanghaiDay(ctx.now), '/day')
  if (issues.length) throw invalid(issues)
  const { mostBatches } = limits(ctx, row.areaCode)
  if ((await selectSlots(ctx, [row.id])).length >= mostBatches) throw problem('batches.too_many_batches', { limit: mostBatches })
  const slot = { id: newId(), planId: row.id, day: body.day, firmsLimit: body.firmsLimit, headsLimit: body.headsLimit, locked: false }
  await insertSlots(ctx, [slot])
  await keep(ctx, row, 'batchAdded', 'batch.slot_added', { batchId: slot.id, day: slot.day }, { day: slot.day })
  return toPlan(ctx, await touched(ctx, row))
}
/** While it is locked only the lock can be taken off. A day that has passed may stay as it is, never be set. */
export async function changeSlot(ctx: Ctx, { params, body }: Input<typeof changeBatch>): Promise<BatchPlan> {
  const row = await loadFor(ctx, params.id, body.revision)
  const slot = await slotOf(ctx, row, params.batchId)
  const { day, firmsLimit, headsLimit, locked } = body
  const fields = [...(day === slot.day ? [] : ['day']), ...(firmsLimit === slot.firmsLimit ? [] : ['firmsLimit']), ...(headsLimit === slot.headsLimit ? [] : ['headsLimit'])]
  if (slot.locked && locked && fields.length) throw problem('batches.locked', { day: slot.day })
  const issues = day === slot.day ? [] : dayIssues(day, shanghaiDay(ctx.now), '/day')
  if (issues.length) throw invalid(issues)
  await updateSlot(ctx, slot.id, { day, firmsLimit, headsLimit, locked })
  if (locked !== slot.locked) fields.push('locked')
  const deed = locked === slot.locked ? 'batchChanged' : locked ? 'locked' : 'unlocked'
  await keep(ctx, row, deed, 'batch.slot_changed', { batchId: slot.id, fields }, { day })
  return toPlan(ctx, await touched(ctx, row))
}
export async function removeSlot(ctx: Ctx, { params, body }: Input<typeof removeBatch>): Promise<BatchPlan> {
  const row = await loadFor(ctx, params.id, body.revision)
  const slot = await slotOf(ctx, row, params.batchId)
  if (slot.locked) throw problem('batches.locked', { day: slot.day })
  const held = (await selectOpen(ctx, row.id)).filter((member) => member.batchId === slot.id).length
  if (held) throw problem('batches.not_empty', { count: held })
  await deleteSlot(ctx, slot.id)
  await keep(ctx, row, 'batchRemoved', 'batch.slot_removed', { batchId: slot.id, day: slot.day }, { day: slot.day })
  return toPlan(ctx, await touched(ctx, row))
}
