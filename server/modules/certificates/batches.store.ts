// SQL on batches of prints; each person sees their own.
import type { PrintBatch, PrintLayout } from '@fugong/contract/certificates.print'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import type { Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { batchesTable } from './policy.ts'

export type BatchFilter = { state?: string; enterprise?: string; q?: string }
export interface BatchRow {
  id: string; number: string; layout: PrintLayout; ids: string[] | null; filter: BatchFilter; filterZh: string; filterEn: string; state: PrintBatch['state']; askedBy: string; askedAt: string
  expected: number | null; done: number; fileType: 'pdf' | 'zip' | null; size: number | null; path: string | null; keySealed: Buffer | null; run: number; beatAt: string; finishedAt: string | null; expiresAt: string | null; takenAt: string | null; failure: PrintBatch['failure']
}
interface Tables { 'certificates.batches': BatchRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const visible = (ctx: Ctx) => db(ctx).selectFrom('certificates.batches as b').selectAll('b').where(visibleTo(batchesTable, ctx.scope, 'b'))

export async function insertBatch(ctx: Ctx, row: BatchRow): Promise<void> {
  await db(ctx).insertInto('certificates.batches').values({ ...row, filter: JSON.stringify(row.filter) as unknown as BatchFilter }).execute()
}
export function findBatch(ctx: Ctx, id: string): Promise<BatchRow | undefined> {
  return visible(ctx).where('b.id', '=', id).executeTakeFirst()
}
export function selectMine(ctx: Ctx, person: string, limit: number, after: Mark | undefined): Promise<BatchRow[]> {
  const query = visible(ctx).where('b.askedBy', '=', person).orderBy('b.askedAt', 'desc').orderBy('b.id', 'desc').limit(limit)
  return (after ? query.where(sql<boolean>`(b.asked_at, b.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
/** How many a person has in all, and how many under way; the next one they ask for waits until this was counted. */
export async function countMine(ctx: Ctx, person: string): Promise<{ all: number; underWay: number }> {
  await sql`select pg_advisory_xact_lock_shared(hashtextextended(${`certificates.batches ${person}`}, 0))`.execute(ctx.db)
  const row = await db(ctx).selectFrom('certificates.batches as b').select((on) => [on.fn.countAll<number>().as('all'), on.fn.countAll<number>().filterWhere('b.state', 'in', ['queued', 'running']).as('underWay')]).where('b.askedBy', '=', person).where(visibleTo(batchesTable, ctx.scope, 'b')).executeTakeFirstOrThrow()
  return { all: Number(row.all), underWay: Number(row.underWay) }
}
/** Changes a batch that is in one of the states and, where `run` is given, still in that run; undefined when it no longer is. */
export function changeBatch(ctx: Ctx, id: string, from: readonly BatchRow['state'][], change: Partial<BatchRow>, run?: number): Promise<BatchRow | undefined> {
  const query = db(ctx).updateTable('certificates.batches as b').set(change).where('b.id', '=', id).where('b.state', 'in', [...from]).where(visibleTo(batchesTable, ctx.scope, 'b'))
  return (run === undefined ? query : query.where('b.run', '=', run)).returningAll('b').executeTakeFirst()
}
/** Files whose time is over, or that nobody wants any more. */
export function selectToRemove(system: Ctx): Promise<BatchRow[]> {
  return visible(system).where('b.path', 'is not', null).where((on) => on.or([on.and([on('b.state', '=', 'ready'), on('b.expiresAt', '<=', system.now.toISOString())]), on('b.state', 'in', ['cancelled', 'failed'])])).limit(200).execute()
}
/** Those that run and have given no sign of life since `before`. */
export function selectSilent(system: Ctx, before: Date): Promise<BatchRow[]> {
  return visible(system).where('b.state', '=', 'running').where('b.beatAt', '<', before.toISOString()).limit(200).execute()
}
export async function knownPaths(system: Ctx, paths: readonly string[]): Promise<Set<string>> {
  if (!paths.length) return new Set()
  return new Set((await visible(system).where('b.path', 'in', [...paths]).execute()).map((row) => row.path!))
}
