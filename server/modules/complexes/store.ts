// SQL on complexes, their tenants, filings and the answers of tenants.
import type { ComplexFiling, FilingState } from '@fugong/contract/complexes'
import type { Scene } from '@fugong/contract/enterprises'
import type { Answers } from '@fugong/contract/forms'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { visibleTo } from '../../base/scope.ts'
import { complexesTable, confirmationsTable, filingsTable, tenantsTable } from './policy.ts'

interface Place { districtCode: string; streetCode: string; zoneCode: string | null }
export interface ComplexRow extends Place {
  id: string; revision: number; operatorId: string; operatorName: string; operatorCode: string; name: string; scene: Scene; address: string
  registeredAt: string; registeredBy: string | null; sample: boolean; changedBy: string | null; changedAt: string
}
export interface TenantRow extends Place { id: string; complexId: string; operatorId: string; creditCode: string; name: string; shop: string; headcount: number | null; addedAt: string; endedAt: string | null }
export interface FilingRow extends Place {
  id: string; revision: number; complexId: string; operatorId: string; emergencyId: string; emergencyKind: string; formVersion: number; state: FilingState; answers: Answers; fileIds: string[]; plannedDate: ComplexFiling['plannedDate']
  openedAt: string; askedAt: string | null; closedAt: string | null; changedBy: string | null; changedAt: string
}
export interface ConfirmationRow extends Place {
  id: string; revision: number; filingId: string; tenantId: string; enterpriseId: string; enterpriseName: string; state: 'asked' | 'confirmed' | 'objected' | 'leftOut'; headcount: number | null; plannedDate: string | null; reason: string | null
  askedAt: string; answeredAt: string | null; answeredBy: string | null; declarationId: string | null
}
interface Tables { 'complexes.complexes': ComplexRow; 'complexes.tenants': TenantRow; 'complexes.filings': FilingRow; 'complexes.confirmations': ConfirmationRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const complexes = (ctx: Ctx) => db(ctx).selectFrom('complexes.complexes as c').where(visibleTo(complexesTable, ctx.scope, 'c'))

// ── complexes ───────────────────────────────────────────────────────────────
export async function insertComplex(ctx: Ctx, row: ComplexRow): Promise<void> {
  await db(ctx).insertInto('complexes.complexes').values(row).execute()
}
/** One complex within the caller's scope; any other is `not_found`. */
export async function getComplexRow(ctx: Ctx, id: string): Promise<ComplexRow> {
  const found = await complexes(ctx).selectAll('c').where('c.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
/** The same, locked until the end of the request: of two people of the operator the second sees what the first did. */
export async function lockComplexRow(ctx: Ctx, id: string): Promise<ComplexRow> {
  const found = await complexes(ctx).selectAll('c').where('c.id', '=', id).forUpdate('c').executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function updateComplex(ctx: Ctx, row: ComplexRow, changes: Partial<Pick<ComplexRow, 'name' | 'scene' | 'address'>> = {}): Promise<ComplexRow> {
  return db(ctx).updateTable('complexes.complexes').set({ ...changes, revision: row.revision + 1, changedBy: ctx.actor.personId, changedAt: ctx.now.toISOString() }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}
export interface ComplexFilter { district?: string | undefined; q?: string | undefined; operators?: readonly string[] }
function filtered(ctx: Ctx, { district, q, operators }: ComplexFilter) {
  let query = complexes(ctx)
  if (district) query = query.where((on) => on.or([on('c.districtCode', '=', district), on('c.zoneCode', '=', district), on('c.streetCode', '=', district)]))
  if (q) query = query.where(sql<boolean>`(position(lower(${q}) in lower(c.name)) > 0 or position(lower(${q}) in lower(c.operator_name)) > 0)`)
  return operators ? query.where('c.operatorId', 'in', operators.length ? [...operators] : [NOBODY]) : query
}
const NOBODY = '00000000-0000-0000-0000-000000000000'
export function selectComplexes(ctx: Ctx, filter: ComplexFilter, limit: number, after?: Mark): Promise<ComplexRow[]> {
  const query = filtered(ctx, filter).selectAll('c').orderBy('c.registeredAt', 'desc').orderBy('c.id', 'desc').limit(limit)
  return (after ? query.where(sql<boolean>`(c.registered_at, c.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
export async function countComplexes(ctx: Ctx, filter: ComplexFilter): Promise<number> {
  return (await db(ctx).selectFrom(filtered(ctx, filter).select('c.id').limit(COUNT_LIMIT + 1).as('counted')).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()).count
}

// ── tenants ─────────────────────────────────────────────────────────────────
export function selectTenants(ctx: Ctx, complexIds: readonly string[]): Promise<TenantRow[]> {
  if (!complexIds.length) return Promise.resolve([])
  return db(ctx).selectFrom('complexes.tenants as t').selectAll('t').where('t.complexId', 'in', [...complexIds]).where('t.endedAt', 'is', null).where(visibleTo(tenantsTable, ctx.scope, 't')).orderBy('t.shop').orderBy('t.id').execute()
}
/** Adds a tenant or brings the one of that code up to date; answers which. */
export async function upsertTenant(ctx: Ctx, row: TenantRow): Promise<'added' | 'changed' | 'same'> {
  const added = await db(ctx).insertInto('complexes.tenants').values(row).onConflict((on) => on.columns(['complexId', 'creditCode']).where('endedAt', 'is', null).doNothing()).returning('id').executeTakeFirst()
  if (added) return 'added'
  const changed = await db(ctx).updateTable('complexes.tenants').set({ name: row.name, shop: row.shop, headcount: row.headcount }).where('complexId', '=', row.complexId).where('creditCode', '=', row.creditCode).where('endedAt', 'is', null)
    .where(sql<boolean>`(name, shop, headcount) is distinct from (${row.name}, ${row.shop}, ${row.headcount}::integer)`).returning('id').executeTakeFirst()
  return changed ? 'changed' : 'same'
}
export async function endTenantRow(ctx: Ctx, complexId: string, id: string): Promise<boolean> {
  return (await db(ctx).updateTable('complexes.tenants').set({ endedAt: ctx.now.toISOString() }).where('id', '=', id).where('complexId', '=', complexId).where('endedAt', 'is', null).returning('id').executeTakeFirst()) !== undefined
}
/** Tenants of filings that were sent, by a firm's code: it has just come into the register. Runs as the system. */
export async function selectWaitingTenants(system: Ctx, creditCode: string): Promise<{ tenant: TenantRow; filing: FilingRow }[]> {
  const tenants = await db(system).selectFrom('complexes.tenants').selectAll().where('creditCode', '=', creditCode).where('endedAt', 'is', null).execute()
  const filings = tenants.length ? await db(system).selectFrom('complexes.filings').selectAll().where('complexId', 'in', tenants.map((tenant) => tenant.complexId)).where('state', '=', 'asked').execute() : []
  return tenants.flatMap((tenant) => filings.filter((filing) => filing.complexId === tenant.complexId).map((filing) => ({ tenant, filing })))
}

// ── filings ─────────────────────────────────────────────────────────────────
export async function insertFiling(ctx: Ctx, row: FilingRow): Promise<void> {
  await db(ctx).insertInto('complexes.filings').values({ ...row, answers: sql<never>`${JSON.stringify(row.answers)}::jsonb` }).execute()
}
/** The newest filing of each complex. */
export async function selectFilings(ctx: Ctx, complexIds: readonly string[]): Promise<Map<string, FilingRow>> {
  if (!complexIds.length) return new Map()
  const rows = await db(ctx).selectFrom('complexes.filings as f').selectAll('f').distinctOn('f.complexId').where('f.complexId', 'in', [...complexIds]).where(visibleTo(filingsTable, ctx.scope, 'f')).orderBy('f.complexId').orderBy('f.openedAt', 'desc').execute()
  return new Map(rows.map((row) => [row.complexId, row]))
}
export async function lockFiling(ctx: Ctx, id: string): Promise<FilingRow> {
  const found = await db(ctx).selectFrom('complexes.filings as f').selectAll('f').where('f.id', '=', id).where(visibleTo(filingsTable, ctx.scope, 'f')).forUpdate('f').executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function updateFiling(ctx: Ctx, row: FilingRow, changes: Partial<Pick<FilingRow, 'answers' | 'fileIds' | 'plannedDate' | 'state' | 'askedAt' | 'closedAt'>>): Promise<FilingRow> {
  return db(ctx).updateTable('complexes.filings').set({ ...changes, ...(changes.answers ? { answers: sql<never>`${JSON.stringify(changes.answers)}::jsonb` } : {}), revision: row.revision + 1, changedBy: ctx.actor.personId, changedAt: ctx.now.toISOString() }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}

// ── answers of tenants ──────────────────────────────────────────────────────
/** Asks tenants that have not been asked yet; answers those that were written. Runs as the system: the rows are the tenants' own. */
export async function insertConfirmations(system: Ctx, rows: readonly ConfirmationRow[]): Promise<ConfirmationRow[]> {
  if (!rows.length) return []
  return db(system).insertInto('complexes.confirmations').values([...rows]).onConflict((on) => on.constraint('confirmations_once').doNothing()).returningAll().execute()
}
/** Answers to filings; runs as the system, after the complex was found within the caller's scope. */
export function selectConfirmations(system: Ctx, filingIds: readonly string[]): Promise<ConfirmationRow[]> {
  return filingIds.length ? db(system).selectFrom('complexes.confirmations').selectAll().where('filingId', 'in', [...filingIds]).execute() : Promise.resolve([])
}
export function selectOwnConfirmations(ctx: Ctx): Promise<ConfirmationRow[]> {
  if (!ctx.scope.enterprises.length) return Promise.resolve([])
  return db(ctx).selectFrom('complexes.confirmations as n').selectAll('n').where('n.enterpriseId', 'in', ctx.scope.enterprises).where(visibleTo(confirmationsTable, ctx.scope, 'n')).orderBy('n.askedAt', 'desc').orderBy('n.id').limit(200).execute()
}
export async function lockOwnConfirmation(ctx: Ctx, id: string): Promise<ConfirmationRow> {
  const found = ctx.scope.enterprises.length ? await db(ctx).selectFrom('complexes.confirmations as n').selectAll('n').where('n.id', '=', id).where('n.enterpriseId', 'in', ctx.scope.enterprises).forUpdate('n').executeTakeFirst() : undefined
  if (!found) throw problem('not_found')
  return found
}
export async function updateConfirmation(ctx: Ctx, row: ConfirmationRow, changes: Partial<Pick<ConfirmationRow, 'state' | 'headcount' | 'plannedDate' | 'reason' | 'answeredAt' | 'answeredBy' | 'declarationId'>>): Promise<ConfirmationRow> {
  return db(ctx).updateTable('complexes.confirmations').set({ ...changes, revision: row.revision + 1 }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}
/** What the operator planned, for a tenant that was asked; runs as the system. */
export async function filingById(system: Ctx, id: string): Promise<{ filing: FilingRow; complex: ComplexRow }> {
  const filing = await db(system).selectFrom('complexes.filings').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return { filing, complex: await db(system).selectFrom('complexes.complexes').selectAll().where('id', '=', filing.complexId).executeTakeFirstOrThrow() }
}
export async function tenantById(system: Ctx, id: string): Promise<TenantRow> {
  return db(system).selectFrom('complexes.tenants').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
