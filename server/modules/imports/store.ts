// SQL on imports: the import itself, found by its owner, changed under its revision.
import type { ImportCounts, ImportState } from '@fugong/contract/imports'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import type { Mark } from '../../base/paging.ts'
import { COUNT_LIMIT } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import type { Told } from './ports.ts'
import { imports } from './policy.ts'

export interface StoredColumn { header: string; matched: string | null; by: 'name' | 'synonym' | 'hand' | null }
export interface ImportRow {
  id: string; target: string; state: ImportState; personId: string; unitId: string | null; enterpriseId: string | null; fileName: string; fileSize: number; sha256: string; filePath: string | null
  choice: { sheet?: string; encoding?: string; separator?: string }
  format: 'xlsx' | 'csv' | null; encoding: string | null; separator: string | null; sheet: string | null; sheets: { name: string; hidden: boolean }[]; hiddenColumns: number[]
  headerAt: number; headerRows: number; columns: StoredColumn[]; preview: Buffer | null; changes: Buffer | null; told: Told[]
  batches: number; done: number; total: number; counts: ImportCounts | null; failure: string | null; failureRow: number | null; cancelling: boolean; resumedTimes: number; resumedRow: number | null; resumedAt: string | null
  createdAt: string; begunAt: string; touchedAt: string; finishedAt: string | null; forgotten: boolean; revision: number
}
export type NewImport = Pick<ImportRow, 'id' | 'target' | 'personId' | 'unitId' | 'enterpriseId' | 'fileName' | 'fileSize' | 'sha256' | 'filePath'>
const JSON_COLUMNS = new Set(['choice', 'sheets', 'hiddenColumns', 'columns', 'told', 'counts'])
interface Tables { 'imports.imports': ImportRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
// Arrays would become Postgres arrays; the columns are jsonb.
const plain = (set: object) => Object.fromEntries(Object.entries(set).map(([name, value]) => [name, JSON_COLUMNS.has(name) && value !== null ? JSON.stringify(value) : (value as unknown)]))

export async function insertImport(ctx: Ctx, row: NewImport): Promise<void> {
  await db(ctx).insertInto('imports.imports').values({ ...row, state: 'uploaded', createdAt: ctx.now, begunAt: ctx.now, touchedAt: ctx.now } as never).execute()
}
export async function findImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  return db(ctx).selectFrom('imports.imports as i').selectAll('i').where('i.id', '=', id).where(visibleTo(imports, ctx.scope, 'i')).executeTakeFirst()
}
/** The import, held until this transaction ends, so that a request and a step of the work do not pass each other. */
export async function lockImport(ctx: Ctx, id: string): Promise<ImportRow | undefined> {
  return db(ctx).selectFrom('imports.imports as i').selectAll('i').where('i.id', '=', id).where(visibleTo(imports, ctx.scope, 'i')).forUpdate().executeTakeFirst()
}
/** The step about to begin was never stopped. */
export const NOT_RESUMED = { resumedTimes: 0, resumedRow: null, resumedAt: null } as const
export type Change = Partial<Omit<ImportRow, 'begunAt' | 'touchedAt' | 'finishedAt'>> & { begunAt?: Date; touchedAt?: Date; finishedAt?: Date | null }
export async function updateImport(ctx: Ctx, id: string, set: Change): Promise<void> {
  await db(ctx).updateTable('imports.imports as i').set(plain(set) as never).where('i.id', '=', id).where(visibleTo(imports, ctx.scope, 'i')).execute()
}
export async function selectImports(ctx: Ctx, limit: number, after?: Mark): Promise<ImportRow[]> {
  const query = db(ctx).selectFrom('imports.imports as i').selectAll('i').where(visibleTo(imports, ctx.scope, 'i'))
  const from = after ? query.where(sql<boolean>`(i.created_at, i.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query
  return from.orderBy('i.createdAt', 'desc').orderBy('i.id', 'desc').limit(limit).execute()
}
export async function countImports(ctx: Ctx): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from (select 1 from imports.imports i where ${visibleTo(imports, ctx.scope, 'i')} limit ${COUNT_LIMIT + 1}) as counted`.execute(ctx.db)).rows[0]!.total
}
/** How many a person has under way; their next one waits until this has been counted. */
export async function countOpen(ctx: Ctx, personId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`imports.open ${personId}`}, 0))`.execute(ctx.db)
  return (await sql<{ open: number }>`select count(*)::int as open from imports.imports where person_id = ${personId} and state not in ('done', 'cancelled', 'failed')`.execute(ctx.db)).rows[0]!.open
}

// ── for the system ──────────────────────────────────────────────────────────
/** Says how far reading has come, from a transaction of its own beside the one that stages the rows. */
export async function noteReading(ctx: Ctx, id: string, done: number): Promise<void> {
  await sql`update imports.imports set done = ${done}, touched_at = ${ctx.now} where id = ${id} and state = 'uploaded'`.execute(ctx.db)
}
/** Writes down that the work was stopped in the middle and goes on from a row of the file. */
export async function noteResumed(ctx: Ctx, id: string, row: number): Promise<void> {
  await sql`update imports.imports set resumed_times = resumed_times + 1, resumed_row = ${row}, resumed_at = ${ctx.now} where id = ${id}`.execute(ctx.db)
}
/** Imports whose work has not got on since before `before`. */
export async function selectStuck(ctx: Ctx, before: Date): Promise<ImportRow[]> {
  return db(ctx).selectFrom('imports.imports').selectAll().where('state', 'in', ['uploaded', 'checking', 'running']).where('touchedAt', '<', before as never).forUpdate().skipLocked().execute()
}
/** Imports begun before `before` whose rows are still kept. */
export async function selectOld(ctx: Ctx, before: Date, limit = 50): Promise<ImportRow[]> {
  return db(ctx).selectFrom('imports.imports').selectAll().where('forgotten', '=', false).where('createdAt', '<', before as never).limit(limit).forUpdate().skipLocked().execute()
}
/** Imports that still have their file although it is not needed any more, or for too long. */
export async function selectWithFile(ctx: Ctx, before: Date): Promise<Pick<ImportRow, 'id' | 'filePath'>[]> {
  return db(ctx).selectFrom('imports.imports').select(['id', 'filePath']).where('filePath', 'is not', null).where((one) => one.or([one('state', 'not in', ['uploaded', 'read']), one('createdAt', '<', before as never)])).execute()
}
export async function knownFiles(ctx: Ctx): Promise<Set<string>> {
  const rows = await db(ctx).selectFrom('imports.imports').select('filePath').where('filePath', 'is not', null).execute()
  return new Set(rows.map((row) => row.filePath!))
}
export async function retentionDays(ctx: Ctx): Promise<number> {
  const row = (await sql<{ days: number }>`select days from imports.retentions where effective_from <= ${ctx.now}::date order by effective_from desc limit 1`.execute(ctx.db)).rows[0]
  return row?.days ?? 30
}
export async function upsertRetentions(ctx: Ctx, items: readonly { effectiveFrom: string; days: number }[], source: string): Promise<void> {
  for (const { effectiveFrom, days } of items) await sql`insert into imports.retentions (effective_from, days, source) values (${effectiveFrom}, ${days}, ${source}) on conflict (effective_from) do update set days = excluded.days, source = excluded.source`.execute(ctx.db)
}
