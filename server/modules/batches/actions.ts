// Reading plans: the list, one plan with its batches, its firms, its history.
import type { Input, Returns } from '@fugong/contract/base'
import type { BatchCounts, BatchMember, BatchPlan, batchChoices, getBatchPlan, listBatchDeeds, listBatchMembers, listBatchMoves, listBatchPlans } from '@fugong/contract/batches'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { getMemberRow, selectMovesOfMember } from './members.store.ts'
import { grantFor, planningGrants } from './policy.ts'
import { overOf, undoUntil } from './rules.ts'
import { limits, meaningAt } from './shared.actions.ts'
import { countDeeds, countPlans, getPlanRow, selectDeeds, selectPlans, selectSlots, type PlanRow } from './store.ts'
import { countListed, countMembers, selectDistricts, selectMembers, type CountRow, type Listed } from './views.ts'

/** Stands where a name was taken away later. */
const UNKNOWN = { zh: '–', en: '–' }
const none: BatchCounts = { firms: 0, heads: 0, headsKnown: 0, invited: 0, ready: 0, notReady: 0, otherDay: 0, unanswered: 0, declared: 0, filed: 0 }
const names = Object.keys(none) as (keyof BatchCounts)[]
const sum = (rows: readonly CountRow[]): BatchCounts => Object.fromEntries(names.map((name) => [name, rows.reduce((total, row) => total + row[name], 0)])) as unknown as BatchCounts

export async function list(ctx: Ctx, { query }: Input<typeof listBatchPlans>): Promise<Returns<typeof listBatchPlans>> {
  const limit = query.limit ?? PAGE_SIZE
  const filter = { state: query.state, q: query.q }
  const rows = await selectPlans(ctx, filter, limit + 1, readMark('batchPlans', query.cursor))
  const page = cutPage(rows, limit, 'batchPlans', (row) => ({ moment: row.openedAt, id: row.id }))
  const ids = page.items.map(({ id }) => id)
  const [units, slots, counts, total] = [await unitNames(ctx, page.items.map((row) => row.unitId)), ids.length ? await selectSlots(ctx, ids) : [], await countMembers(ctx, ids), await countPlans(ctx, filter)]
  const items = page.items.map(({ id, name, state, unitId, areaCode, emergencyId, openedAt, sample }) => {
    const days = slots.filter((slot) => slot.planId === id).map(({ day }) => day)
    return { id, name, state, unit: units.get(unitId) ?? UNKNOWN, areaCode, emergencyId, batches: days.length, firstDay: days[0] ?? null, lastDay: days.at(-1) ?? null, counts: sum(counts.filter((row) => row.planId === id && row.open)), openedAt, sample }
  })
  return { items, next: page.next, ...totalOf(total) }
}
/** The units in whose name the caller plans; a plan is for the area of the grant. */
export async function choices(ctx: Ctx): Promise<Returns<typeof batchChoices>> {
  const units = planningGrants(ctx).map(({ unitId, unitName, areaCode }) => ({ unitId, name: unitName, areaCode }))
  const { mostFirms, mostBatches } = limits(ctx, units[0]?.areaCode ?? '')
  return { units: units.filter((unit, at) => units.findIndex((other) => other.unitId === unit.unitId) === at), mostFirms, mostBatches }
}
export async function get(ctx: Ctx, { params }: Input<typeof getBatchPlan>): Promise<BatchPlan> {
  return toPlan(ctx, await getPlanRow(ctx, params.id))
}
export async function toPlan(ctx: Ctx, row: PlanRow): Promise<BatchPlan> {
  const [slots, counts, units, [last], districts] = [await selectSlots(ctx, [row.id]), await countMembers(ctx, [row.id]), await unitNames(ctx, [row.unitId]), await selectDeeds(ctx, row.id, 1), await selectDistricts(ctx, row.id)]
  const own = grantFor(ctx, row.unitId) !== undefined && ctx.may('batch.plan') && row.state === 'open'
  const { mostFirms, undoMinutes } = limits(ctx, row.areaCode)
  const today = shanghaiDay(ctx.now)
  const open = counts.filter((one) => one.open)
  const until = last && own ? undoUntil(last, undoMinutes, ctx.now) : undefined
  const { id, revision, name, note, state, unitId, areaCode, emergencyId, openedAt, endedAt, endReason, sample } = row
  return {
    id, revision, name, note, state, unitId, unit: units.get(unitId) ?? UNKNOWN, areaCode, emergencyId, openedAt, endedAt, endReason, sample,
    batches: slots.map(({ id: slot, day, firmsLimit, headsLimit, locked }, position) => {
      const held = open.filter((one) => one.batchId === slot)
      const counted = sum(held)
      return { id: slot, position: position + 1, day, firmsLimit, headsLimit, locked, counts: counted, ...overOf({ firmsLimit, headsLimit }, counted), missed: day < today ? held.reduce((total, one) => total + one.missed, 0) : 0 }
    }),
    counts: sum(open), unplaced: sum(open.filter((one) => one.batchId === null)).firms, out: row.state === 'open' ? sum(counts.filter((one) => !one.open)).firms : 0,
    meanings: (await Promise.all(districts.map((district) => meaningAt(ctx, district, row.emergencyKind)))).filter((one) => one !== undefined),
    undo: last && until ? { deedId: last.id, deed: last.deed, count: last.firms ?? 0, until } : null, mostFirms, can: own ? ['plan'] : [],
  }
}

export async function listMembers(ctx: Ctx, { params, query }: Input<typeof listBatchMembers>): Promise<Returns<typeof listBatchMembers>> {
  await getPlanRow(ctx, params.id)
  const limit = query.limit ?? PAGE_SIZE
  const { batch, state, declared, missed, q } = query
  const filter = { batch, state, declared, missed, q }
  await planByValue(ctx)
  const rows = await selectMembers(ctx, params.id, filter, limit + 1, readMark('batchMembers', query.cursor))
  const page = cutPage(rows, limit, 'batchMembers', (row) => ({ moment: row.addedAt, id: row.id }))
  return { items: page.items.map(toMember), next: page.next, ...totalOf(await countListed(ctx, params.id, filter)) }
}
function toMember(row: Listed): BatchMember {
  const { id, enterpriseId, enterpriseName, creditCode, industryCode, enterpriseClass, workplaceId, workplaceName, districtCode, streetCode, zoneCode, heads, batchId, state, byHand, rank, priority, invitedDay, invitedAt, answeredAt, reason, wishedDay, outReason, declared, declarationId } = row
  return { id, enterpriseId, enterpriseName, creditCode, industryCode, class: enterpriseClass, workplaceId, workplaceName, districtCode, streetCode, zoneCode, heads, batchId, state, byHand, rank, priority, invitedDay, invitedAt, answeredAt, reason, wishedDay, outReason, declared, declarationId }
}
export async function listDeeds(ctx: Ctx, { params, query }: Input<typeof listBatchDeeds>): Promise<Returns<typeof listBatchDeeds>> {
  await getPlanRow(ctx, params.id)
  const limit = query.limit ?? PAGE_SIZE
  const page = cutPage(await selectDeeds(ctx, params.id, limit + 1, readMark('batchDeeds', query.cursor)), limit, 'batchDeeds', (row) => ({ moment: row.at, id: row.id }))
  const [people, units] = [await personNames(ctx, page.items.flatMap((row) => row.personId ?? [])), await unitNames(ctx, page.items.flatMap((row) => row.unitId ?? []))]
  const items = page.items.map(({ id, deed, at, personId, unitId, firms, day, note, undoneAt }) => ({ id, deed, at, by: personId ? (people.get(personId) ?? null) : null, unit: unitId ? (units.get(unitId) ?? null) : null, count: firms, day, note, undoneAt }))
  return { items, next: page.next, ...totalOf(await countDeeds(ctx, params.id)) }
}
export async function listMoves(ctx: Ctx, { params }: Input<typeof listBatchMoves>): Promise<Returns<typeof listBatchMoves>> {
  await getPlanRow(ctx, params.id)
  const member = await getMemberRow(ctx, params.id, params.memberId)
  const moves = await selectMovesOfMember(ctx, member.id)
  const people = await personNames(ctx, moves.flatMap((move) => move.personId ?? []))
  return { items: moves.map(({ at, deed, fromDay, toDay, personId, note }) => ({ at, deed, from: fromDay, to: toDay, by: personId ? (people.get(personId) ?? null) : null, note })) }
}
