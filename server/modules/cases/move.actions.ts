// Moving a case by its kind's machine: who may, what must be given, and what follows for parts, steps and clocks.
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { attachFiles } from '../files/index.ts'
import { personNames } from '../identity/index.ts'
import { pause, recount, resume, stopClocks } from './clocks.actions.ts'
import { kindOf } from './kinds.actions.ts'
import { isOfUnit, isOwnMatter, unitsOf } from './policy.ts'
import type { CaseKind, CaseStanding, Doer, Given } from './ports.ts'
import { isRefusal, nextState, stateOf, stepIsOver } from './rules.ts'
import { actAs, endParts, tell, toStanding } from './shared.actions.ts'
import { lockCaseRow, scopeOf, selectParts, updateCase, updatePart, type CaseRecord, type PartRecord } from './store.ts'

/**
 * Does a deed of the kind on a case: checks who does it and what must be given (all faults at once), moves the state, ends
 * the doer's part where the deed does, stops and pauses clocks. An office's deed takes the part for its doer when nobody
 * had it; a part that a colleague has is theirs (`cases.taken`).
 */
export async function moveCase(ctx: Ctx, caseId: string, deedCode: string, given: Given = {}): Promise<CaseStanding> {
  const row = await lockCaseRow(ctx, caseId)
  const kind = kindOf(row.kind)
  const next = nextState(kind, row.state, deedCode, given)
  if (isRefusal(next)) throw next.issues ? invalid(next.issues) : problem(next.code, next.params ?? {})
  const { to, deed } = next
  const parts = await elevated(ctx, (system) => selectParts(system, row.id))
  const part = await doerOf(ctx, row, parts, deed.who)
  if (given.fileIds?.length) await attachFiles(ctx, given.fileIds, { kind: 'case', id: row.id, ...fileScope(row) }, '/fileIds')
  return elevated(ctx, async (system) => {
    const side = deed.who === 'firm' ? 'firm' as const : deed.who === 'clock' ? 'clock' as const : 'office' as const
    const state = stateOf(kind, to)
    const at = ctx.now.toISOString()
    await tell(system, row, 'case.moved', { side, unitId: ctx.unit?.unitId ?? null, partId: part?.id ?? null, note: given.reason ?? given.note ?? null, params: { deed: deedCode, from: row.state, to, ...(given.outcome ? { outcome: given.outcome } : {}) } })
    const ended = state.waitingFor === 'none'
    if (part) {
      const done = ended || deed.endsPart
      await updatePart(system, part, { ...(part.personId === null ? { personId: ctx.actor.personId, takenAt: at } : {}), ...(done ? { state: 'done' as const, endedAt: at, endedBy: ctx.actor.personId, result: given.outcome ?? deedCode, note: given.note ?? given.reason ?? null } : {}) })
      if (done) await stopClocks(system, row, { partId: part.id }, part.unitId)
      await stopClocks(system, row, { clock: 'respond' }, part.unitId)
    }
    let moved = await updateCase(system, row, { state: to, waitingFor: state.waitingFor, ...(given.outcome ? { outcome: given.outcome } : {}), ...(ended ? { endedAt: at } : {}), changedBy: side === 'clock' ? null : ctx.actor.personId, changedUnitId: ctx.unit?.unitId ?? null, changedAt: at })
    if (ended) moved = await finish(system, moved, parts, part)
    else {
      if (part && deed.endsPart) moved = await nextStep(system, moved, kind)
      moved = await standStill(system, moved, kind, row.state, to)
    }
    ctx.announce(ended ? 'case.ended' : 'case.moved', { kind: 'case', id: row.id }, ended ? { kind: row.kind, state: to } : { kind: row.kind, deed: deedCode, state: to } as never)
    return toStanding(moved)
  })
}
export const fileScope = (row: CaseRecord) => {
  const { enterpriseId, districtCode, streetCode, ...rest } = scopeOf(row)
  return { enterpriseId: enterpriseId!, districtCode: districtCode!, streetCode: streetCode!, ...rest }
}
/** The part under which the caller does it, or none for those who need no part; throws when it is not theirs to do. */
async function doerOf(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[], who: Doer): Promise<PartRecord | undefined> {
  if (who === 'clock') {
    if (ctx.actor.kind !== 'system') throw problem('cases.not_yours')
    return undefined
  }
  if (who === 'firm') {
    if (row.enterpriseId === null || !ctx.actor.enterprises.includes(row.enterpriseId)) throw problem('cases.not_yours')
    return undefined
  }
  if (isOwnMatter(ctx, row)) throw problem('session.own_firm')
  if (who === 'issuer') {
    if (row.openedUnitId === null || !isOfUnit(ctx, row.openedUnitId)) throw problem('cases.not_yours')
    actAs(ctx, row.openedUnitId)
    return undefined
  }
  const units = unitsOf(ctx)
  const mine = parts.filter((part) => part.state === 'open' && units.includes(part.unitId) && (who === 'unit' || part.role === 'lead'))
  const part = mine.find((one) => one.personId === ctx.actor.personId) ?? mine.find((one) => one.personId === null) ?? mine[0]
  if (!part) throw problem('cases.not_yours')
  if (part.personId !== null && part.personId !== ctx.actor.personId) throw problem('cases.taken', { who: (await personNames(ctx, [part.personId])).get(part.personId) ?? '', at: part.takenAt })
  actAs(ctx, part.unitId)
  return part
}
async function finish(system: Ctx, row: CaseRecord, parts: readonly PartRecord[], part: PartRecord | undefined): Promise<CaseRecord> {
  // An office's own clock is judged with the unit that had the lead.
  const lead = part ?? parts.find((one) => one.role === 'lead' && one.endedAt === null) ?? parts.find((one) => one.endedAt === null)
  if (row.pausedFor !== null) await resume(system, row)
  await stopClocks(system, row, {}, lead?.unitId ?? null)
  await endParts(system, (await selectParts(system, row.id)).filter((one) => one.id !== part?.id))
  return updateCase(system, row, { pausedFor: null })
}
/** States that pause begin and end their pause. */
async function standStill(system: Ctx, row: CaseRecord, kind: CaseKind, from: string, to: string): Promise<CaseRecord> {
  const [before, after] = [stateOf(kind, from).pausedFor, stateOf(kind, to).pausedFor]
  if (before === after) return row
  let now = row
  if (before !== undefined && row.pausedFor === before) {
    await resume(system, row)
    now = await updateCase(system, row, { pausedFor: null })
    await tell(system, row, 'case.resumed', { params: { reason: before }, side: 'clock' })
  }
  if (after !== undefined && (await pause(system, now, after, null))) {
    now = await updateCase(system, now, { pausedFor: after })
    await tell(system, row, 'case.paused', { params: { reason: after }, side: 'clock' })
  }
  return now
}

/** Opens the parts of the next step when the present one is over. */
export async function nextStep(system: Ctx, row: CaseRecord, kind: CaseKind): Promise<CaseRecord> {
  const parts = await selectParts(system, row.id)
  let step = row.step
  while (stepIsOver(parts, step, kind.stepEnds) && parts.some((part) => part.step > step)) step += 1
  if (step === row.step) return row
  // Helpers whom the lead did not wait for.
  for (const part of parts) if (part.step < step && part.endedAt === null) await updatePart(system, part, { state: 'dropped', endedAt: system.now.toISOString() })
  for (const part of parts) if (part.step === step && part.state === 'coming') await updatePart(system, part, { state: 'open', openedAt: system.now.toISOString() })
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
