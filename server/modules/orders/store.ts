// SQL on the orders schema.
import type { Static } from 'typebox'
import type { Finding, OrderState } from '@fugong/contract/orders'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { searchKey } from '../../base/grams.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { visibleOrders } from './policy.ts'
import type { ItemStanding } from './rules.ts'

export interface ScopeColumns { enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
export interface OrderRecord extends ScopeColumns {
  id: string; revision: number; state: OrderState; documentNo: string; declarationId: string; certificateId: string; certificateNumber: string
  enterpriseName: string; nameKey: string; workplaceName: string; address: string; scene: string; level: string | null
  reason: string; findings: Static<typeof Finding>[]; deadline: string; overdueToldAt: string | null; unitId: string; issuedBy: string; issuedAt: string; handedInAt: string | null; endedAt: string | null; endReason: string | null
  proposedBy: string | null; proposedUnitId: string | null; proposedAt: string | null; proposedReason: string | null; proposedFrom: 'rectifying' | 'handedIn' | null
  decision: Decision; decisionId: string | null; objectUnitId: string | null; objectUntil: string | null; emergencyId: string; emergencyKind: string; sample: boolean
  changedBy: string | null; changedUnitId: string | null; changedAt: string
}
export interface ItemRecord extends ItemStanding, ScopeColumns { orderId: string; text: string; fileIds: string[]; answer: string | null }
interface Tables {
  'orders.orders': Omit<OrderRecord, 'findings' | 'decision'> & { findings: unknown; decision: unknown }
  'orders.items': ItemRecord
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
export const scopeOf = ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: ScopeColumns): ScopeColumns => ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey })

export async function insertOrder(ctx: Ctx, row: OrderRecord, texts: readonly string[]): Promise<void> {
  await db(ctx).insertInto('orders.orders').values({ ...row, findings: JSON.stringify(row.findings), decision: JSON.stringify(row.decision) }).execute()
  await db(ctx).insertInto('orders.items').values(texts.map((text, at) => ({ orderId: row.id, position: at + 1, text, state: 'open' as const, note: null, fileIds: [], answer: null, ...scopeOf(row) }))).execute()
}
const visible = (ctx: Ctx) => db(ctx).selectFrom('orders.orders as o').selectAll('o').where(visibleOrders(ctx, 'o'))
export async function lockOrder(ctx: Ctx, id: string): Promise<OrderRecord> {
  const found = await visible(ctx).where('o.id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found as OrderRecord
}
export async function getOrderRow(ctx: Ctx, id: string): Promise<OrderRecord> {
  const found = await visible(ctx).where('o.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found as OrderRecord
}
/** Writes a change on the revision it was decided on; undefined when another one came first. */
export async function updateOrder(ctx: Ctx, row: OrderRecord, changes: Partial<Omit<OrderRecord, 'findings' | 'decision'>>): Promise<OrderRecord | undefined> {
  return db(ctx).updateTable('orders.orders').set({ ...changes, revision: row.revision + 1 }).where('id', '=', row.id).where('revision', '=', row.revision).returningAll().executeTakeFirst() as Promise<OrderRecord | undefined>
}
export function selectItems(ctx: Ctx, orderId: string): Promise<ItemRecord[]> {
  return db(ctx).selectFrom('orders.items as i').selectAll('i').where('i.orderId', '=', orderId).orderBy('i.position').execute()
}
export async function updateItem(ctx: Ctx, orderId: string, position: number, changes: Partial<Pick<ItemRecord, 'state' | 'note' | 'fileIds' | 'answer'>>): Promise<void> {
  await db(ctx).updateTable('orders.items').set(changes).where('orderId', '=', orderId).where('position', '=', position).execute()
}
/** The open order against a filing or under a certificate, within the caller's scope. */
export async function findOpenOrder(ctx: Ctx, of: { declarationId: string } | { certificateId: string }): Promise<OrderRecord | undefined> {
  const query = visible(ctx).where('o.endedAt', 'is', null)
  return ('declarationId' in of ? query.where('o.declarationId', '=', of.declarationId) : query.where('o.certificateId', '=', of.certificateId)).executeTakeFirst() as Promise<OrderRecord | undefined>
}
export async function selectByIds(ctx: Ctx, ids: readonly string[]): Promise<OrderRecord[]> {
  return ids.length ? (visible(ctx).where('o.id', 'in', [...ids]).execute() as Promise<OrderRecord[]>) : []
}
/** Orders against a firm, newest first. */
export function selectOfFirm(ctx: Ctx, enterpriseId: string, limit: number): Promise<OrderRecord[]> {
  return visible(ctx).where('o.enterpriseId', '=', enterpriseId).orderBy('o.issuedAt', 'desc').limit(limit).execute() as Promise<OrderRecord[]>
}
/** Of several orders, how many points each has and how many of them were accepted. */
export async function countItems(ctx: Ctx, ids: readonly string[]): Promise<Map<string, { items: number; accepted: number }>> {
  if (!ids.length) return new Map()
  const rows = await db(ctx).selectFrom('orders.items as i').select('i.orderId').select(sql<number>`count(*)::int`.as('items')).select(sql<number>`(count(*) filter (where i.state = 'accepted'))::int`.as('accepted')).where('i.orderId', 'in', [...ids]).groupBy('i.orderId').execute()
  return new Map(rows.map(({ orderId, items, accepted }) => [orderId, { items, accepted }]))
}
/** Orders whose last day lies before `today` and whose firm has not been told so, oldest first, locked; those that someone holds are passed over. */
export function lockLate(system: Ctx, today: string, limit: number): Promise<OrderRecord[]> {
  return visible(system).where('o.state', '=', 'rectifying').where('o.overdueToldAt', 'is', null).where('o.deadline', '<', today).orderBy('o.deadline').orderBy('o.id').limit(limit).forUpdate().skipLocked().execute() as Promise<OrderRecord[]>
}

export interface Filter { state?: OrderState; district?: string; enterprise?: string; declaration?: string; overdue?: boolean; q?: string; today: string }
function filtered(ctx: Ctx, { state, district, enterprise, declaration, overdue, q, today }: Filter) {
  let query = visible(ctx)
  if (state) query = query.where('o.state', '=', state)
  if (district) query = query.where((on) => on.or([on('o.districtCode', '=', district), on('o.streetCode', '=', district), on('o.zoneCode', '=', district)]))
  if (enterprise) query = query.where('o.enterpriseId', '=', enterprise)
  if (declaration) query = query.where('o.declarationId', '=', declaration)
  if (overdue !== undefined) query = query.where(sql<boolean>`(o.state = 'rectifying' and o.deadline < ${today}::date) = ${overdue}`)
  // Orders are few beside firms: a look through those in reach does.
  if (q && searchKey(q)) query = query.where(sql<boolean>`(position(${searchKey(q)} in o.name_key) > 0 or position(lower(${q.trim()}) in lower(o.document_no)) > 0 or o.certificate_number = ${q.trim().toUpperCase()})`)
  return query
}
export function selectPage(ctx: Ctx, filter: Filter, limit: number, after: Mark | undefined): Promise<OrderRecord[]> {
  const query = filtered(ctx, filter).orderBy('o.issuedAt', 'desc').orderBy('o.id', 'desc').limit(limit + 1)
  return (after ? query.where(sql<boolean>`(o.issued_at, o.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute() as Promise<OrderRecord[]>
}
export async function countUpToLimit(ctx: Ctx, filter: Filter): Promise<number> {
  const one = filtered(ctx, filter).clearSelect().select(sql<number>`1`.as('one')).limit(COUNT_LIMIT + 1)
  return Number((await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}
