// SQL on the rows of imports: sealed batches, results by batch, rejected rows, and the keys that a file has brought.
import type { ImportCounts } from '@fugong/contract/imports'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import type { CellIssue } from './ports.ts'
import { batches, rejects } from './policy.ts'

export type Phase = 'check' | 'run'
export interface Batch { no: number; firstAt: number; lastAt: number; rows: number; content: Buffer }
export interface Reject { at: number; issues: CellIssue[] }
type Result = Omit<ImportCounts, 'left'>

export async function insertBatch(ctx: Ctx, importId: string, personId: string, batch: Batch): Promise<void> {
  await sql`insert into imports.batches (import_id, no, first_at, last_at, rows, person_id, content)
    values (${importId}, ${batch.no}, ${batch.firstAt}, ${batch.lastAt}, ${batch.rows}, ${personId}, ${batch.content})`.execute(ctx.db)
}
/** The first batch without a result of this phase; the work goes on with it, also after a stop. */
export async function nextBatch(ctx: Ctx, importId: string, phase: Phase): Promise<Batch | undefined> {
  const next = (await sql<{ next: number }>`select coalesce(max(no) + 1, 0) as next from imports.results where import_id = ${importId} and phase = ${phase}`.execute(ctx.db)).rows[0]!.next
  return (await sql<Batch>`select no, first_at, last_at, rows, content from imports.batches where import_id = ${importId} and no = ${next}`.execute(ctx.db)).rows[0]
}
export async function selectBatches(ctx: Ctx, importId: string, from: number, to: number): Promise<Batch[]> {
  return (await sql<Batch>`select b.no, b.first_at, b.last_at, b.rows, b.content from imports.batches b where b.import_id = ${importId} and b.last_at >= ${from} and b.first_at <= ${to} and ${visibleTo(batches, ctx.scope, 'b')} order by b.no`.execute(ctx.db)).rows
}
/** Writes what became of a batch; a second time for the same batch and phase is an error, and so is a count that does not add up. */
export async function insertResult(ctx: Ctx, importId: string, personId: string, phase: Phase, no: number, result: Result): Promise<void> {
  await sql`insert into imports.results (import_id, phase, no, rows, fresh, changed, unchanged, rejected, not_data, person_id)
    values (${importId}, ${phase}, ${no}, ${result.rows}, ${result.fresh}, ${result.changed}, ${result.unchanged}, ${result.rejected}, ${result.notData}, ${personId})`.execute(ctx.db)
}
export async function sumResults(ctx: Ctx, importId: string, phase: Phase): Promise<Result & { batches: number }> {
  return (await sql<Result & { batches: number }>`select count(*)::int as batches, coalesce(sum(rows), 0)::int as rows, coalesce(sum(fresh), 0)::int as fresh, coalesce(sum(changed), 0)::int as changed,
    coalesce(sum(unchanged), 0)::int as unchanged, coalesce(sum(rejected), 0)::int as rejected, coalesce(sum(not_data), 0)::int as not_data
    from imports.results where import_id = ${importId} and phase = ${phase}`.execute(ctx.db)).rows[0]!
}
export async function insertRejects(ctx: Ctx, importId: string, personId: string, phase: Phase, rows: readonly Reject[]): Promise<void> {
  if (!rows.length) return
  await sql`insert into imports.rejects (import_id, phase, at, issues, person_id)
    select ${importId}, ${phase}, r.at, r.issues, ${personId} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (at integer, issues jsonb)`.execute(ctx.db)
}
export async function selectRejects(ctx: Ctx, importId: string, phase: Phase, after: number, limit: number): Promise<Reject[]> {
  return (await sql<Reject>`select r.at, r.issues from imports.rejects r where r.import_id = ${importId} and r.phase = ${phase} and r.at > ${after} and ${visibleTo(rejects, ctx.scope, 'r')} order by r.at limit ${limit}`.execute(ctx.db)).rows
}
export async function countRejects(ctx: Ctx, importId: string, phase: Phase): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from imports.rejects r where r.import_id = ${importId} and r.phase = ${phase} and ${visibleTo(rejects, ctx.scope, 'r')}`.execute(ctx.db)).rows[0]!.total
}
/** Notes which row brings each key first; answers, in their order, the row that holds it. */
export async function claimKeys(ctx: Ctx, importId: string, personId: string, keys: readonly { key: Buffer; at: number }[]): Promise<number[]> {
  if (!keys.length) return []
  const packed = [keys.map(({ key }) => `\\x${key.toString('hex')}`), keys.map(({ at }) => at)] as const
  await sql`insert into imports.keys (import_id, key, at, person_id) select ${importId}, k.key, min(k.at), ${personId}::uuid from unnest(${packed[0]}::bytea[], ${packed[1]}::int[]) as k (key, at) group by k.key on conflict (import_id, key) do nothing`.execute(ctx.db)
  const rows = await sql<{ at: number }>`select o.at from unnest(${packed[0]}::bytea[]) with ordinality as k (key, no) join imports.keys o on o.import_id = ${importId} and o.key = k.key order by k.no`.execute(ctx.db)
  return rows.rows.map((row) => row.at)
}
/** Forgets a dry run, so that another can begin. */
export async function deleteJudgement(ctx: Ctx, importId: string): Promise<void> {
  await sql`delete from imports.results where import_id = ${importId} and phase = 'check'`.execute(ctx.db)
  await sql`delete from imports.rejects where import_id = ${importId} and phase = 'check'`.execute(ctx.db)
  await sql`delete from imports.keys where import_id = ${importId}`.execute(ctx.db)
}
/** Forgets the rows of a file and the keys they brought; what became of them stays as numbers. */
export async function deleteRows(ctx: Ctx, importId: string): Promise<void> {
  await sql`delete from imports.batches where import_id = ${importId}`.execute(ctx.db)
  await sql`delete from imports.rejects where import_id = ${importId}`.execute(ctx.db)
  await sql`delete from imports.keys where import_id = ${importId}`.execute(ctx.db)
}
/** One step of storing at a time for a target; false when another import is at it. */
export async function takeTurn(ctx: Ctx, target: string): Promise<boolean> {
  return (await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(hashtextextended(${`imports.target ${target}`}, 0)) as taken`.execute(ctx.db)).rows[0]!.taken
}
