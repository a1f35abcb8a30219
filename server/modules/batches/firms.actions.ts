// The firms of a plan: put on it, ordered by the rule, moved by hand, let fall out, and the way back of each.
import type { Input } from '@fugong/contract/base'
import type { AddedFirms, addFirms, BatchPlan, dropFirms, moveFirms, proposeOrder, undoBatchDeed } from '@fugong/contract/batches'
import { isOwnFirm } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { chosenPlaces, type ChosenPlace } from '../enterprises/index.ts'
import { recordDecisions } from '../rules/index.ts'
import { toPlan } from './actions.ts'
import { insertMembers, insertMoves, lockMembers, plannedAmong, placeMembers, selectMovesOf, selectOpen, type MemberRow, type Move, type Target } from './members.store.ts'
import { covers } from './policy.ts'
import { distribute, readCodes, undoUntil, type Load } from './rules.ts'
import { keep, limits, loadFor, prioritiesFor, slotOf, touched } from './shared.actions.ts'
import { markUndone, selectDeeds, selectSlots, type PlanRow, type SlotRow } from './store.ts'
import { declaredOf } from './views.ts'

/** Every open workplace of the chosen firms in the unit's area becomes a line of the plan, in no batch yet; one's own firm is for a colleague. */
export async function add(ctx: Ctx, { params, body }: Input<typeof addFirms>): Promise<AddedFirms> {
  const plan = await loadFor(ctx, params.id, body.revision)
  const { mostFirms } = limits(ctx, plan.areaCode)
  const before = (await selectOpen(ctx, plan.id)).length
  const found = await chosenPlaces(ctx, { ids: body.ids, filter: body.filter, codes: body.codes && readCodes(body.codes) }, mostFirms)
  if (!found) throw problem('batches.too_many_firms', { limit: mostFirms })
  const keyed = found.places.map((place) => ({ ...place, departmentKey: place.department ? `${place.districtCode}/${place.department}` : null }))
  const within = keyed.filter((place) => covers(ctx.unit!, place))
  const others = within.filter((place) => !isOwnFirm(ctx.actor, place.enterpriseId) && place.registeredBy !== ctx.actor.personId)
  const planned = await elevated(ctx, (system) => plannedAmong(system, others.map((place) => place.workplaceId)))
  const free = others.filter((place) => !planned.has(place.workplaceId))
  if (before + free.length > mostFirms) throw problem('batches.too_many_firms', { limit: mostFirms })
  const rows = await insertMembers(ctx, await membersOf(ctx, plan, free))
  const counts = { added: rows.length, taken: planned.size + free.length - rows.length, outside: found.outside + keyed.length - within.length, own: within.length - others.length }
  const deedId = await keep(ctx, plan, 'added', 'batch.firms_added', { ...counts, unknown: found.unknown.length }, { firms: rows.length })
  await insertMoves(ctx, deedId, rows.map((row) => ({ ...placeOf(row), memberId: row.id, fromBatch: null, toBatch: null, fromDay: null, toDay: null, fromOpen: false, toOpen: true })))
  return { plan: await toPlan(ctx, await touched(ctx, plan)), ...counts, unknown: found.unknown }
}
async function membersOf(ctx: Ctx, plan: PlanRow, places: readonly (ChosenPlace & { departmentKey: string | null })[]): Promise<MemberRow[]> {
  const priorityOf = prioritiesFor(ctx, plan.emergencyKind)
  const given = await Promise.all(places.map(async (place) => ({ place, id: newId(), ...(await priorityOf(place)) })))
  const decided = given.flatMap(({ id, decision }) => (decision ? [{ decision, subject: { kind: 'batchMember', id } }] : []))
  const ids = decided.length ? await recordDecisions(ctx, decided) : []
  const decisionOf = new Map(decided.map(({ subject }, at) => [subject.id, ids[at]!]))
  return given.map(({ place, id, rank, priority }) => ({
    id, revision: 1, planId: plan.id, batchId: null, emergencyId: plan.emergencyId, open: true, byHand: false, enterpriseId: place.enterpriseId, enterpriseName: place.enterpriseName, creditCode: place.creditCode, industryCode: place.industryCode, enterpriseClass: place.class,
    workplaceId: place.workplaceId, workplaceName: place.workplaceName, heads: place.staff, rank, priority, decisionId: decisionOf.get(id) ?? null,
    invitedDay: null, invitedAt: null, answer: null, answeredAt: null, answeredBy: null, reason: null, wishedDay: null, outReason: null, addedAt: ctx.now.toISOString(),
    districtCode: place.districtCode, streetCode: place.streetCode, zoneCode: place.zoneCode, departmentKey: place.departmentKey,
  }))
}
const placeOf = ({ districtCode, streetCode, zoneCode, departmentKey }: MemberRow) => ({ districtCode, streetCode, zoneCode, departmentKey })

/** Where firms go and the moves that this makes; those that stand there already are left alone. */
function moving(members: readonly MemberRow[], slots: readonly SlotRow[], targetOf: (member: MemberRow) => Pick<Target, 'batchId' | 'open' | 'byHand' | 'outReason'>): { targets: Target[]; moves: Move[] } {
  const dayOf = new Map(slots.map(({ id, day }) => [id, day]))
  const day = (batchId: string | null) => (batchId === null ? null : (dayOf.get(batchId) ?? null))
  const changed = members.map((member) => ({ member, target: targetOf(member) })).filter(({ member, target }) => target.batchId !== member.batchId || target.open !== member.open)
  return {
    targets: changed.map(({ member, target }) => ({ id: member.id, ...target })),
    moves: changed.map(({ member, target }) => ({ ...placeOf(member), memberId: member.id, fromBatch: member.batchId, toBatch: target.batchId, fromDay: day(member.batchId), toDay: day(target.batchId), fromOpen: member.open, toOpen: target.open })),
  }
}
/** Chosen firms that may be moved: on the plan, none of them the caller's own, none in a locked batch. */
async function movable(ctx: Ctx, plan: PlanRow, slots: readonly SlotRow[], ids: readonly string[]): Promise<MemberRow[]> {
  const members = await lockMembers(ctx, plan.id, ids)
  if (members.length < ids.length) throw problem('not_found')
  if (members.some((member) => isOwnFirm(ctx.actor, member.enterpriseId))) throw problem('session.own_firm')
  const locked = slots.find((slot) => slot.locked && members.some((member) => member.batchId === slot.id))
  if (locked) throw problem('batches.locked', { day: locked.day })
  return members.filter((member) => member.open)
}
/** By hand a batch may be filled over its limit: the plan then says by how much. */
export async function move(ctx: Ctx, { params, body }: Input<typeof moveFirms>): Promise<BatchPlan> {
  const plan = await loadFor(ctx, params.id, body.revision)
  const slots = await selectSlots(ctx, [plan.id])
  const to = body.to === null ? null : await slotOf(ctx, plan, body.to)
  if (to?.locked) throw problem('batches.locked', { day: to.day })
  const { targets, moves } = moving(await movable(ctx, plan, slots, body.ids), slots, () => ({ batchId: to?.id ?? null, open: true, byHand: to !== null, outReason: null }))
  await placeMembers(ctx, targets)
  await insertMoves(ctx, await keep(ctx, plan, 'moved', 'batch.firms_moved', { count: moves.length, to: to?.id ?? null }, { firms: moves.length, day: to?.day ?? null }), moves)
  return toPlan(ctx, await touched(ctx, plan))
}
export async function drop(ctx: Ctx, { params, body }: Input<typeof dropFirms>): Promise<BatchPlan> {
  const plan = await loadFor(ctx, params.id, body.revision)
  const slots = await selectSlots(ctx, [plan.id])
  const { targets, moves } = moving(await movable(ctx, plan, slots, body.ids), slots, () => ({ batchId: null, open: false, byHand: false, outReason: body.reason }))
  await placeMembers(ctx, targets)
  await insertMoves(ctx, await keep(ctx, plan, 'dropped', 'batch.firms_dropped', { count: moves.length, reason: body.reason }, { firms: moves.length, note: body.reason }), moves)
  return toPlan(ctx, await touched(ctx, plan))
}

/** Distributes by the rule over the batches to come that are not locked. What was placed by hand stays unless all is asked anew; what was invited keeps the day it was told. */
export async function propose(ctx: Ctx, { params, body }: Input<typeof proposeOrder>): Promise<BatchPlan> {
  const plan = await loadFor(ctx, params.id, body.revision)
  const slots = await selectSlots(ctx, [plan.id])
  const today = shanghaiDay(ctx.now)
  const taking = slots.filter((slot) => !slot.locked && slot.day >= today)
  if (!taking.length) throw problem('batches.no_batch')
  const all = await selectOpen(ctx, plan.id)
  const standing = new Set(slots.filter((slot) => !taking.includes(slot)).map(({ id }) => id))
  const keptBy = (member: MemberRow) => (member.batchId !== null && standing.has(member.batchId)) || isOwnFirm(ctx.actor, member.enterpriseId) || (!body.anew && member.batchId !== null && (member.byHand || member.invitedDay !== null))
  const free = all.filter((member) => !keptBy(member))
  const taken = new Map<string, Load>()
  for (const member of all.filter(keptBy)) if (member.batchId !== null) {
    const load = taken.get(member.batchId) ?? { firms: 0, heads: 0 }
    taken.set(member.batchId, { firms: load.firms + 1, heads: load.heads + (member.heads ?? 0) })
  }
  const declared = await declaredOf(ctx, free.map(({ id }) => id))
  const placed = distribute(free.map((member) => ({ ...member, declared: declared.get(member.id)?.declared ?? 'none' })), taking, taken)
  const { targets, moves } = moving(free, slots, (member) => ({ batchId: placed.get(member.id) ?? null, open: true, byHand: false, outReason: null }))
  await placeMembers(ctx, targets)
  const unplaced = [...placed.values()].filter((batchId) => batchId === null).length
  await insertMoves(ctx, await keep(ctx, plan, 'proposed', 'batch.order_proposed', { count: moves.length, unplaced, anew: body.anew }, { firms: moves.length }), moves)
  return toPlan(ctx, await touched(ctx, plan))
}
/** Takes back the last deed: firms that still stand where it left them return; what a firm joined since on another plan stays there. */
export async function undo(ctx: Ctx, { params, body }: Input<typeof undoBatchDeed>): Promise<BatchPlan> {
  const plan = await loadFor(ctx, params.id, body.revision)
  const [last] = await selectDeeds(ctx, plan.id, 1)
  if (!last || last.id !== body.deedId || !undoUntil(last, limits(ctx, plan.areaCode).undoMinutes, ctx.now)) throw problem('batches.undo_over')
  const slots = await selectSlots(ctx, [plan.id])
  const moves = new Map((await selectMovesOf(ctx, last.id)).map((one) => [one.memberId, one]))
  const members = moves.size ? await lockMembers(ctx, plan.id, [...moves.keys()]) : []
  const elsewhere = await elevated(ctx, (system) => plannedAmong(system, members.filter((member) => !member.open).map((member) => member.workplaceId)))
  const there = new Set(slots.filter((slot) => !slot.locked).map(({ id }) => id))
  const back = members.filter((member) => {
    const made = moves.get(member.id)!
    return member.batchId === made.toBatch && member.open === made.toOpen && !elsewhere.has(member.workplaceId) && (made.fromBatch === null || there.has(made.fromBatch))
  })
  const { targets, moves: returned } = moving(back, slots, (member) => ({ batchId: moves.get(member.id)!.fromBatch, open: moves.get(member.id)!.fromOpen, byHand: false, outReason: null }))
  await placeMembers(ctx, targets)
  await markUndone(ctx, last.id)
  await insertMoves(ctx, await keep(ctx, plan, 'undone', 'batch.deed_undone', { deedId: last.id, undone: returned.length }, { firms: returned.length }), returned)
  return toPlan(ctx, await touched(ctx, plan))
}
