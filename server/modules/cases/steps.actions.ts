// Ending parts, opening the next step, and letting clocks stand still: what rooms do beside the deeds of their machine.
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { pause, recount, resume, stopClocks } from './clocks.actions.ts'
import { doerOf } from './doer.actions.ts'
import { kindOf } from './kinds.actions.ts'
import { tellWaiting } from './notices.actions.ts'
import type { CaseKind, CaseStanding } from './ports.ts'
import { stepIsOver } from './rules.ts'
import { tell, toStanding } from './shared.actions.ts'
import { lockCaseRow, selectParts, updateCase, updatePart, type CaseRecord } from './store.ts'

/** Opens the parts of the next step when the present one is over. */
export async function nextStep(system: Ctx, row: CaseRecord, kind: CaseKind): Promise<CaseRecord> {
  const parts = await selectParts(system, row.id)
  let step = row.step
  while (stepIsOver(parts, step, kind.stepEnds) && parts.some((part) => part.step > step)) step += 1
  if (step === row.step) return row
  // Helpers whom the lead did not wait for.
  for (const part of parts) if (part.step < step && part.endedAt === null) await updatePart(system, part, { state: 'dropped', endedAt: system.now.toISOString() })
  for (const part of parts) if (part.step === step && part.state === 'coming') await tellWaiting(system, row, await updatePart(system, part, { state: 'open', openedAt: system.now.toISOString() }))
  await tell(system, row, 'case.step_opened', { params: { step }, side: 'clock', internal: true })
  const moved = await updateCase(system, row, { step })
  await recount(system, moved)
  return moved
}

export interface ClosedPart { standing: CaseStanding; /** Whether the step that the part belongs to is over with it. */ stepOver: boolean; /** Whether no step is left. */ allOver: boolean }
/** Ends the caller's own part with a result, and opens the next step when its step is over; what follows for the case is the room's to decide. */
export async function closePart(ctx: Ctx, caseId: string, { result, note, partId }: { result: string; note?: string | null; /** Which of the caller's parts, when one is meant. */ partId?: string }): Promise<ClosedPart> {
  const row = await lockCaseRow(ctx, caseId)
  const kind = kindOf(row.kind)
  if (row.endedAt !== null) throw problem('cases.part_refused')
  const parts = await elevated(ctx, (system) => selectParts(system, row.id))
  const part = await doerOf(ctx, row, partId ? parts.filter((one) => one.id === partId) : parts, 'unit')
  return elevated(ctx, async (system) => {
    const at = ctx.now.toISOString()
    await updatePart(system, part!, { ...(part!.personId === null ? { personId: ctx.actor.personId, takenAt: at } : {}), state: 'done', endedAt: at, endedBy: ctx.actor.personId, result, note: note ?? null })
    await tell(system, row, 'part.closed', { partId: part!.id, unitId: part!.unitId, note: note ?? null, params: { result }, internal: true })
    await stopClocks(system, row, { partId: part!.id }, part!.unitId)
    await stopClocks(system, row, { clock: 'respond' }, part!.unitId)
    const stepOver = stepIsOver(await selectParts(system, row.id), row.step, kind.stepEnds)
    const moved = await nextStep(system, await updateCase(system, row, { changedBy: ctx.actor.personId, changedUnitId: part!.unitId, changedAt: at }), kind)
    ctx.announce('case.part_closed', { kind: 'case', id: row.id }, { kind: row.kind, result })
    return { standing: toStanding(moved), stepOver, allOver: stepOver && moved.step === row.step }
  })
}
/** Clocks stand still for a reason of the kind, until `resumeClocks` or until the case ends. */
export async function pauseClocks(ctx: Ctx, caseId: string, reason: string, note: string | null = null): Promise<void> {
  const row = await lockCaseRow(ctx, caseId)
  if (!Object.hasOwn(kindOf(row.kind).pauses, reason)) throw new RangeError(`${row.kind} has no reason ${reason} to pause for`)
  if (row.endedAt !== null) throw problem('cases.part_refused')
  await elevated(ctx, async (system) => {
    if (!(await pause(system, row, reason, note))) return
    await updateCase(system, row, { pausedFor: reason })
    await tell(system, row, 'case.paused', { params: { reason }, note })
  })
}
export async function resumeClocks(ctx: Ctx, caseId: string): Promise<void> {
  const row = await lockCaseRow(ctx, caseId)
  await elevated(ctx, async (system) => {
    if (!(await resume(system, row))) return
    await updateCase(system, row, { pausedFor: null })
    await tell(system, row, 'case.resumed', { params: { reason: row.pausedFor } })
  })
}
