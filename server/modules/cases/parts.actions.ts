// What people do with parts of cases: take, assign, hand on and back, report as done, ask another unit for help.
import type { Input } from '@fugong/contract/base'
import type { Case } from '@fugong/contract/cases'
import type { addHelper, assignPart, closeCasePart, handBackPart, handOnPart, takePart } from '@fugong/contract/cases.deeds'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { openTo } from '../../base/reach.ts'
import { peopleOfUnit, personNames, unitLine } from '../identity/index.ts'
import { toCase } from './answer.actions.ts'
import { stopClocks } from './clocks.actions.ts'
import { carryClocks } from './clocks.store.ts'
import { kindOf } from './kinds.actions.ts'
import { tellAssigned, tellMoved, tellWaiting } from './notices.actions.ts'
import { isOwnMatter } from './policy.ts'
import { actAs, changedMeanwhile, loadOwnPart, tell } from './shared.actions.ts'
import { closePart } from './steps.actions.ts'
import { getCaseRow, insertParts, lockCaseRow, selectParts, updatePart, type CaseRecord, type PartRecord } from './store.ts'

const answer = async (ctx: Ctx, row: CaseRecord): Promise<Case> => toCase(ctx, await getCaseRow(ctx, row.id))

export async function take(ctx: Ctx, { params, body }: Input<typeof takePart>): Promise<Case> {
  return answer(ctx, (await takeOne(ctx, params.id, body.revision)).row)
}
/** Takes a part that nobody has; of two who take it at once the second is told who was first. */
export async function takeOne(ctx: Ctx, partId: string, revision: number): Promise<{ row: CaseRecord; part: PartRecord; fresh: boolean }> {
  const { row, part } = await loadOwnPart(ctx, partId, null)
  if (part.personId !== null && part.personId !== ctx.actor.personId) throw problem('cases.taken', { who: (await personNames(ctx, [part.personId])).get(part.personId) ?? '', at: part.takenAt })
  if (part.personId !== null) return { row, part, fresh: false }
  // Loaded without the revision so that whoever comes second reads the name; any other change is told as such.
  if (part.revision !== revision) throw await changedMeanwhile(ctx, part)
  return { row, part: await giveTo(ctx, row, part, ctx.actor.personId!, 'part.taken'), fresh: true }
}
export async function assign(ctx: Ctx, { params, body }: Input<typeof assignPart>): Promise<Case> {
  return answer(ctx, (await assignOne(ctx, params.id, body.revision, body.personId)).row)
}
/** Gives a part to a person of its unit, or lays it back into the unit. */
export async function assignOne(ctx: Ctx, partId: string, revision: number, personId: string | null): Promise<{ row: CaseRecord; part: PartRecord }> {
  const { row, part } = await loadOwnPart(ctx, partId, revision)
  if (personId !== null && !(await peopleOfUnit(ctx, part.unitId)).some((one) => one.personId === personId)) throw problem('cases.person_outside')
  return { row, part: await giveTo(ctx, row, part, personId, personId === null ? 'part.laid_back' : 'part.assigned') }
}
async function giveTo(ctx: Ctx, row: CaseRecord, part: PartRecord, personId: string | null, event: string): Promise<PartRecord> {
  return elevated(ctx, async (system) => {
    const given = await updatePart(system, part, { personId, takenAt: personId === null ? null : ctx.now.toISOString() })
    await tell(system, row, event, { partId: part.id, unitId: part.unitId, internal: true, params: { person: personId } })
    if (personId !== null && kindOf(row.kind).responds === 'take') await stopClocks(system, row, { clock: 'respond' }, part.unitId)
    await tellAssigned(ctx, row, personId)
    ctx.announce('case.part_given', { kind: 'case', id: row.id }, { partId: part.id, unitId: part.unitId, personId })
    return given
  })
}

/** Another unit's part from now on: the clocks go on as they are, the unit that handed it on keeps reading. */
export async function handOn(ctx: Ctx, { params, body }: Input<typeof handOnPart>): Promise<Case> {
  const { row, part, parts } = await loadOwnPart(ctx, params.id, body.revision)
  await requireHolder(ctx, part)
  await checkUnit(ctx, body.unitId, parts)
  await moveTo(ctx, row, part, body.unitId, 'part.handed_on', body.reason)
  return answer(ctx, row)
}
export async function handBack(ctx: Ctx, { params, body }: Input<typeof handBackPart>): Promise<Case> {
  const { row, part, parts } = await loadOwnPart(ctx, params.id, body.revision)
  await requireHolder(ctx, part)
  if (body.to === 'unit') {
    if (part.personId === null) throw problem('cases.nowhere_back')
    await elevated(ctx, async (system) => {
      await updatePart(system, part, { personId: null, takenAt: null })
      await tell(system, row, 'part.handed_back', { partId: part.id, unitId: part.unitId, note: body.reason, internal: true, params: { unit: part.unitId } })
      ctx.announce('case.part_given', { kind: 'case', id: row.id }, { partId: part.id, unitId: part.unitId, personId: null })
    })
    return answer(ctx, row)
  }
  const sender = parts.find((one) => one.id === part.fromPartId)
  if (!sender) throw problem('cases.nowhere_back')
  // A unit that was dissolved meanwhile takes nothing back.
  await checkUnit(ctx, sender.unitId, parts)
  await moveTo(ctx, row, part, sender.unitId, 'part.handed_back', body.reason, sender.fromPartId)
  return answer(ctx, row)
}
/** What a colleague has taken is theirs to give away, or that of whoever assigns in the unit. */
async function requireHolder(ctx: Ctx, part: PartRecord): Promise<void> {
  if (part.personId === null || part.personId === ctx.actor.personId || ctx.may('case.assign')) return
  throw problem('cases.taken', { who: (await personNames(ctx, [part.personId])).get(part.personId) ?? '', at: part.takenAt })
}
async function checkUnit(ctx: Ctx, unitId: string, parts: readonly PartRecord[]): Promise<void> {
  const [unit] = await unitLine(ctx, unitId)
  if (!unit || unit.dissolved) throw problem('cases.unit_refused')
  if (parts.some((one) => one.unitId === unitId && (one.state === 'open' || one.state === 'coming'))) throw problem('cases.unit_refused')
}
async function moveTo(ctx: Ctx, row: CaseRecord, part: PartRecord, unitId: string, event: string, reason: string, fromPartId: string | null = part.id): Promise<void> {
  await elevated(ctx, async (system) => {
    const next = await movePart(system, row, part, unitId, event, reason, fromPartId)
    await tellMoved(ctx, row, event === 'part.handed_on' ? 'case.handed_on' : 'case.handed_back', part.unitId, next)
    ctx.announce('case.part_moved', { kind: 'case', id: row.id }, { partId: part.id, from: part.unitId, to: unitId })
  })
}
/** Ends a part as moved and opens it anew for another unit; a clock of that part goes with it. */
export async function movePart(system: Ctx, row: CaseRecord, part: PartRecord, unitId: string, event: string, note: string | null, fromPartId: string | null): Promise<PartRecord> {
  await updatePart(system, part, { state: 'moved', endedAt: system.now.toISOString(), endedBy: system.actor.personId })
  const [next] = await insertParts(system, row, [{ step: part.step, unitId, personId: null, role: part.role, state: part.state, fromPartId }], system.now.toISOString())
  await openTo(system, [row.id, row.subjectId], [unitId])
  await carryClocks(system, part.id, next!.id)
  await tell(system, row, event, { partId: next!.id, unitId: part.unitId, note, internal: true, params: { unit: unitId }, ...(system.actor.kind === 'system' ? { side: 'clock' as const } : {}) })
  return next!
}

/** A helping unit reports; leads end their part by the deeds of the kind. */
export async function close(ctx: Ctx, { params, body }: Input<typeof closeCasePart>): Promise<Case> {
  const { row, part } = await loadOwnPart(ctx, params.id, body.revision)
  if (part.role !== 'help') throw problem('cases.part_refused')
  await closePart(ctx, row.id, { result: 'helped', note: body.note, partId: part.id })
  return answer(ctx, row)
}
export async function help(ctx: Ctx, { params, body }: Input<typeof addHelper>): Promise<Case> {
  const row = await lockCaseRow(ctx, params.id)
  if (isOwnMatter(ctx, row)) throw problem('session.own_firm')
  const parts = await selectParts(ctx, row.id)
  const lead = parts.find((part) => part.state === 'open' && part.role === 'lead' && ctx.actor.grants.some((grant) => grant.unitId === part.unitId))
  if (!lead || row.endedAt !== null) throw problem('cases.part_refused')
  actAs(ctx, lead.unitId)
  await checkUnit(ctx, body.unitId, parts)
  await elevated(ctx, async (system) => {
    const [added] = await insertParts(system, row, [{ step: row.step, unitId: body.unitId, personId: null, role: 'help', state: 'open', fromPartId: null }], ctx.now.toISOString())
    await openTo(system, [row.id, row.subjectId], [body.unitId])
    await tellWaiting(ctx, row, added!)
    await tell(system, row, 'part.helper_added', { partId: added!.id, unitId: lead.unitId, note: body.reason, internal: true, params: { unit: body.unitId } })
    ctx.announce('case.part_moved', { kind: 'case', id: row.id }, { partId: added!.id, from: lead.unitId, to: body.unitId })
  })
  return answer(ctx, row)
}
