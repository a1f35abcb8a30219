// Moving a case by its kind's machine: who may, what must be given, and what follows for parts, steps and clocks.
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { attachFiles } from '../files/index.ts'
import { pause, resume, stopClocks } from './clocks.actions.ts'
import { doerOf } from './doer.actions.ts'
import { kindOf } from './kinds.actions.ts'
import type { CaseKind, CaseStanding, Given } from './ports.ts'
import { isRefusal, nextState, stateOf } from './rules.ts'
import { endParts, tell, toStanding } from './shared.actions.ts'
import { nextStep } from './steps.actions.ts'
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
  if (given.fileIds?.length) await attachFiles(ctx, given.fileIds, { kind: 'case', id: row.id, ...scopeOf(row) }, '/fileIds')
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
    if (ended) moved = await finish(system, moved, parts, part, deed.who !== 'firm' && deed.who !== 'issuer')
    else {
      if (part && deed.endsPart) moved = await nextStep(system, moved, kind)
      moved = await standStill(system, moved, kind, row.state, to)
    }
    ctx.announce(ended ? 'case.ended' : 'case.moved', { kind: 'case', id: row.id }, ended ? { kind: row.kind, state: to } : { kind: row.kind, deed: deedCode, state: to } as never)
    return toStanding(moved)
  })
}
async function finish(system: Ctx, row: CaseRecord, parts: readonly PartRecord[], part: PartRecord | undefined, judged: boolean): Promise<CaseRecord> {
  // An office's own clock is judged with the unit that had the lead.
  const lead = part ?? parts.find((one) => one.role === 'lead' && one.endedAt === null) ?? parts.find((one) => one.endedAt === null)
  if (row.pausedFor !== null) await resume(system, row)
  await stopClocks(system, row, {}, lead?.unitId ?? null, judged)
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
