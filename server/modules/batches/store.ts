// SQL on plans, their batches and what was done to them.
import type { BatchDeedName } from '@fugong/contract/batches'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { visibleTo } from '../../base/scope.ts'
import { batchesTable, deedsTable, plansTable } from './policy.ts'

export interface PlanRow {
  id: string; revision: number; emergencyId: string; emergencyKind: string; unitId: string; areaCode: string; name: string; note: string | null; state: 'open' | 'ended'
  openedAt: string; endedAt: string | null; endReason: string | null; sample: boolean; changedBy: string | null; changedAt: string
}
export interface SlotRow { id: string; planId: string; day: string; firmsLimit: number | null; headsLimit: number | null; locked: boolean }
export interface DeedRow { id: string; planId: string; deed: BatchDeedName; at: string; personId: string | null; unitId: string | null; firms: number | null; day: string | null; note: string | null; undoneAt: string | null }
interface Tables { 'batches.plans': PlanRow; 'batches.batches': SlotRow; 'batches.deeds': DeedRow; 'batches.reaches': { planId: string; areaCode: string; departmentKey: string | null } }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function insertPlan(ctx: Ctx, row: PlanRow, reaches: readonly { areaCode: string; departmentKey: string | null }[]): Promise<void> {
  // The areas first: a plan is within the scope of whoever writes it only through them.
  await db(ctx).insertInto('batches.reaches').values(reaches.map((reach) => ({ planId: row.id, ...reach }))).execute()
  await db(ctx).insertInto('batches.plans').values(row).execute()
}
/** One plan that concerns the caller's areas; any other is `not_found`. */
export async function getPlanRow(ctx: Ctx, id: string): Promise<PlanRow> {
  const found = await db(ctx).selectFrom('batches.plans as p').selectAll('p').where('p.id', '=', id).where(visibleTo(plansTable, ctx.scope, 'p')).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
/** The same, locked until the end of the request: of two who change a plan at once the second sees what the first did. */
export async function lockPlanRow(ctx: Ctx, id: string): Promise<PlanRow> {
  const found = await db(ctx).selectFrom('batches.plans as p').selectAll('p').where('p.id', '=', id).where(visibleTo(plansTable, ctx.scope, 'p')).forUpdate('p').executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function updatePlan(ctx: Ctx, row: PlanRow, changes: Partial<Pick<PlanRow, 'name' | 'note' | 'state' | 'endedAt' | 'endReason'>> = {}): Promise<PlanRow> {
  return db(ctx).updateTable('batches.plans').set({ ...changes, revision: row.revision + 1, changedBy: ctx.actor.personId, changedAt: ctx.now.toISOString() }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}
export interface PlanFilter { state?: PlanRow['state'] | undefined; q?: string | undefined }
function plans(ctx: Ctx, { state, q }: PlanFilter) {
  let query = db(ctx).selectFrom('batches.plans as p').where(visibleTo(plansTable, ctx.scope, 'p'))
  if (state) query = query.where('p.state', '=', state)
  if (q) query = query.where(sql<boolean>`position(lower(${q}) in lower(p.name)) > 0`)
  return query
}
export function selectPlans(ctx: Ctx, filter: PlanFilter, limit: number, after: Mark | undefined): Promise<PlanRow[]> {
  const query = plans(ctx, filter).selectAll('p').orderBy('p.openedAt', 'desc').orderBy('p.id', 'desc').limit(limit)
  return (after ? query.where(sql<boolean>`(p.opened_at, p.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
export async function countPlans(ctx: Ctx, filter: PlanFilter): Promise<number> {
  return (await db(ctx).selectFrom(plans(ctx, filter).select('p.id').limit(COUNT_LIMIT + 1).as('counted')).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()).count
}

// ── batches ─────────────────────────────────────────────────────────────────
export function selectSlots(ctx: Ctx, planIds: readonly string[]): Promise<SlotRow[]> {
  return db(ctx).selectFrom('batches.batches as b').select(['b.id', 'b.planId', 'b.day', 'b.firmsLimit', 'b.headsLimit', 'b.locked']).where('b.planId', 'in', [...planIds]).where(visibleTo(batchesTable, ctx.scope, 'b')).orderBy('b.day').execute()
}
export async function insertSlots(ctx: Ctx, rows: readonly SlotRow[]): Promise<void> {
  if (rows.length) await db(ctx).insertInto('batches.batches').values([...rows]).execute()
}
export async function updateSlot(ctx: Ctx, id: string, changes: Omit<SlotRow, 'id' | 'planId'>): Promise<void> {
  await db(ctx).updateTable('batches.batches').set(changes).where('id', '=', id).execute()
}
export async function deleteSlot(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('batches.batches').where('id', '=', id).execute()
}

// ── deeds ───────────────────────────────────────────────────────────────────
export async function insertDeed(ctx: Ctx, planId: string, deed: BatchDeedName, told: Partial<Pick<DeedRow, 'firms' | 'day' | 'note'>> = {}): Promise<string> {
  const id = newId()
  await db(ctx).insertInto('batches.deeds').values({ id, planId, deed, at: ctx.now.toISOString(), personId: ctx.actor.personId, unitId: ctx.unit?.unitId ?? null, firms: told.firms ?? null, day: told.day ?? null, note: told.note ?? null, undoneAt: null }).execute()
  return id
}
const deeds = (ctx: Ctx, planId: string) => db(ctx).selectFrom('batches.deeds as d').where('d.planId', '=', planId).where(visibleTo(deedsTable, ctx.scope, 'd'))
export function selectDeeds(ctx: Ctx, planId: string, limit: number, after?: Mark): Promise<DeedRow[]> {
  const query = deeds(ctx, planId).selectAll('d').orderBy('d.at', 'desc').orderBy('d.id', 'desc').limit(limit)
  return (after ? query.where(sql<boolean>`(d.at, d.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
export async function countDeeds(ctx: Ctx, planId: string): Promise<number> {
  return (await db(ctx).selectFrom(deeds(ctx, planId).select('d.id').limit(COUNT_LIMIT + 1).as('counted')).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()).count
}
export async function markUndone(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).updateTable('batches.deeds').set({ undoneAt: ctx.now.toISOString() }).where('id', '=', id).execute()
}
