// SQL on drawn checks and what was seen at them.
import type { CheckState } from '@fugong/contract/spotchecks'
import type { Answers } from '@fugong/contract/forms'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { searchKey } from '../../base/grams.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { visibleChecks } from './policy.ts'

export interface ScopeColumns { enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
export interface CheckRecord extends ScopeColumns {
  id: string; revision: number; state: CheckState; drawId: string; declarationId: string; certificateNumber: string; enterpriseName: string; nameKey: string; workplaceName: string; address: string; scene: string; industryCode: string
  unitId: string; inspectorIds: string[]; dueOn: string; deadline: string | null; drawnAt: string; checkedAt: string | null; reportAt: string | null; reportNote: string | null; reportIds: string[]; orderId: string | null
  emergencyId: string; emergencyKind: string; sample: boolean; changedBy: string | null; changedUnitId: string | null; changedAt: string
}
export interface VisitRecord extends ScopeColumns { id: string; checkId: string; at: string; result: 'pass' | 'rectify' | 'stopWork'; findings: string; answers: Answers; formVersion: number | null; fileIds: string[]; personId: string; unitId: string }
interface Tables { 'spotchecks.checks': CheckRecord; 'spotchecks.visits': Omit<VisitRecord, 'answers'> & { answers: unknown } }
const db = (ctx: Ctx) => tables<Tables>(ctx)
export const scopeOf = ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: ScopeColumns): ScopeColumns => ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey })
const visible = (ctx: Ctx) => db(ctx).selectFrom('spotchecks.checks as c').selectAll('c').where(visibleChecks(ctx, 'c'))

export async function insertCheck(system: Ctx, row: CheckRecord): Promise<void> {
  await db(system).insertInto('spotchecks.checks').values(row).execute()
}
export async function getCheckRow(ctx: Ctx, id: string): Promise<CheckRecord> {
  const found = await visible(ctx).where('c.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function lockCheck(ctx: Ctx, id: string): Promise<CheckRecord> {
  const found = await visible(ctx).where('c.id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
/** Writes a change on the revision it was decided on; undefined when another one came first. */
export function updateCheck(ctx: Ctx, row: CheckRecord, changes: Partial<CheckRecord>): Promise<CheckRecord | undefined> {
  return db(ctx).updateTable('spotchecks.checks').set({ ...changes, revision: row.revision + 1 }).where('id', '=', row.id).where('revision', '=', row.revision).returningAll().executeTakeFirst()
}
export async function insertVisit(ctx: Ctx, row: VisitRecord): Promise<void> {
  await db(ctx).insertInto('spotchecks.visits').values({ ...row, answers: JSON.stringify(row.answers) }).execute()
}
/** Oldest first. */
export function selectVisits(ctx: Ctx, checkId: string): Promise<VisitRecord[]> {
  return db(ctx).selectFrom('spotchecks.visits as v').selectAll('v').where('v.checkId', '=', checkId).orderBy('v.at').orderBy('v.id').execute() as Promise<VisitRecord[]>
}
export async function selectByIds(ctx: Ctx, ids: readonly string[]): Promise<CheckRecord[]> {
  return ids.length ? visible(ctx).where('c.id', 'in', [...ids]).execute() : []
}
export function selectOfFirm(ctx: Ctx, enterpriseId: string, limit: number): Promise<CheckRecord[]> {
  return visible(ctx).where('c.enterpriseId', '=', enterpriseId).orderBy('c.drawnAt', 'desc').limit(limit).execute()
}
/** Checks of a filing that are under way, locked. Runs as the system. */
export function lockOpenOf(system: Ctx, declarationId: string): Promise<CheckRecord[]> {
  return visible(system).where('c.declarationId', '=', declarationId).where('c.state', 'in', ['open', 'rectifying', 'rechecking']).orderBy('c.id').forUpdate().execute()
}
/** How many checks each draw came to, and how many of them are over. */
export async function countOfDraws(ctx: Ctx, drawIds: readonly string[]): Promise<Map<string, { checks: number; ended: number }>> {
  if (!drawIds.length) return new Map()
  const rows = await db(ctx).selectFrom('spotchecks.checks as c').select('c.drawId').select(sql<number>`count(*)::int`.as('checks')).select(sql<number>`(count(*) filter (where c.state in ('passed', 'stopped', 'lapsed')))::int`.as('ended')).where(visibleChecks(ctx, 'c')).where('c.drawId', 'in', [...drawIds]).groupBy('c.drawId').execute()
  return new Map(rows.map(({ drawId, checks, ended }) => [drawId, { checks, ended }]))
}

export interface Filter { state?: CheckState; draw?: string; enterprise?: string; declaration?: string; overdue?: boolean; q?: string; today: string }
export const isLate = (row: Pick<CheckRecord, 'state' | 'dueOn' | 'deadline'>, today: string): boolean => (row.state === 'open' || row.state === 'rechecking' ? row.dueOn < today : row.state === 'rectifying' && row.deadline !== null && row.deadline < today)
function filtered(ctx: Ctx, { state, draw, enterprise, declaration, overdue, q, today }: Filter) {
  let query = visible(ctx)
  if (state) query = query.where('c.state', '=', state)
  if (draw) query = query.where('c.drawId', '=', draw)
  if (enterprise) query = query.where('c.enterpriseId', '=', enterprise)
  if (declaration) query = query.where('c.declarationId', '=', declaration)
  if (overdue !== undefined) query = query.where(sql<boolean>`((c.state in ('open', 'rechecking') and c.due_on < ${today}::date) or (c.state = 'rectifying' and c.deadline < ${today}::date)) = ${overdue}`)
  if (q && searchKey(q)) query = query.where(sql<boolean>`(position(${searchKey(q)} in c.name_key) > 0 or c.certificate_number = ${q.trim().toUpperCase()})`)
  return query
}
export function selectPage(ctx: Ctx, filter: Filter, limit: number, after: Mark | undefined): Promise<CheckRecord[]> {
  const query = filtered(ctx, filter).orderBy('c.dueOn').orderBy('c.id').limit(limit + 1)
  return (after ? query.where(sql<boolean>`(c.due_on, c.id) > (${after.moment.slice(0, 10)}::date, ${after.id}::uuid)`) : query).execute()
}
export async function countUpToLimit(ctx: Ctx, filter: Filter): Promise<number> {
  const one = filtered(ctx, filter).clearSelect().select(sql<number>`1`.as('one')).limit(COUNT_LIMIT + 1)
  return Number((await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}
