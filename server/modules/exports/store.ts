// SQL on the exports schema.
import type { ExportFormat, ExportState } from '@fugong/contract/exports'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { exportsTable } from './policy.ts'
import { underWay, type Language } from './rules.ts'

export interface ExportRow {
  id: string; number: string; source: string; format: ExportFormat; language: Language; columns: string[]; personal: string[]; filter: Record<string, string | number | boolean>; filterZh: string; filterEn: string
  reason: string | null; state: ExportState; limitsVersion: number; askedBy: string; askedName: string; unitId: string | null; unitZh: string | null; unitEn: string | null; areas: string[]; departments: string[]; askedAt: string
  decidedBy: string | null; decidedName: string | null; decidedUnitZh: string | null; decidedUnitEn: string | null; decidedAt: string | null; decisionReason: string | null
  expected: number | null; rows: number; sha256: string | null; size: number | null; path: string | null; keySealed: Buffer | null; run: number; beatAt: string | null
  finishedAt: string | null; expiresAt: string | null; takenAt: string | null; failure: 'interrupted' | 'right_lost' | 'too_many_rows' | 'failed' | null
}
interface Tables { 'exports.exports': ExportRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const visible = (ctx: Ctx) => db(ctx).selectFrom('exports.exports as x').selectAll('x').where(visibleTo(exportsTable, ctx.scope, 'x'))
const iso = (moment: Date) => moment.toISOString()

export async function insertExport(ctx: Ctx, row: ExportRow): Promise<void> {
  await db(ctx).insertInto('exports.exports').values({ ...row, filter: JSON.stringify(row.filter) as unknown as ExportRow['filter'] }).execute()
}
export function findExport(ctx: Ctx, id: string): Promise<ExportRow | undefined> {
  return visible(ctx).where('x.id', '=', id).executeTakeFirst()
}
/** Exports of the caller, newest first. */
export function selectMine(ctx: Ctx, person: string, limit: number, after?: Mark): Promise<ExportRow[]> {
  const query = visible(ctx).where('x.askedBy', '=', person).orderBy('x.askedAt', 'desc').orderBy('x.id', 'desc').limit(limit)
  return (after ? query.where(sql<boolean>`(x.asked_at, x.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
export async function countMine(ctx: Ctx, person: string): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from (select 1 from exports.exports x where x.asked_by = ${person} and ${visibleTo(exportsTable, ctx.scope, 'x')} limit ${COUNT_LIMIT + 1}) as counted`.execute(ctx.db)).rows[0]!.count
}
/** How many of a person take up room; their next request waits until this one has been counted. */
export async function countUnderWay(ctx: Ctx, person: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`exports.of ${person}`}, 0))`.execute(ctx.db)
  return (await sql<{ count: number }>`select count(*)::int as count from exports.exports x where x.asked_by = ${person} and x.state = any (${[...underWay]}::text[]) and (x.expires_at is null or x.expires_at > ${ctx.now})`.execute(ctx.db)).rows[0]!.count
}
export async function countReady(ctx: Ctx, person: string): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from exports.exports x where x.asked_by = ${person} and x.state = 'ready' and x.taken_at is null and x.expires_at > ${ctx.now}`.execute(ctx.db)).rows[0]!.count
}
// ── requests that wait for a second person; whoever decides reads them under the system's scope, and policy says which ──
/** Requests with an answer due, oldest first: they are few, as each person may have only some. */
export function selectAsked(system: Ctx): Promise<ExportRow[]> {
  return visible(system).where('x.state', '=', 'asked').where('x.expiresAt', '>', iso(system.now)).orderBy('x.askedAt').limit(500).execute()
}
export function selectDecidedBy(system: Ctx, person: string): Promise<ExportRow[]> {
  return visible(system).where('x.decidedBy', '=', person).orderBy('x.decidedAt', 'desc').limit(100).execute()
}

/** Changes an export that is in one of the states and, where `run` is given, still in that run; undefined when it no longer is. */
export function changeExport(ctx: Ctx, id: string, from: readonly ExportState[], change: Partial<ExportRow>, run?: number): Promise<ExportRow | undefined> {
  const query = db(ctx).updateTable('exports.exports as x').set(change).where('x.id', '=', id).where('x.state', 'in', [...from]).where(visibleTo(exportsTable, ctx.scope, 'x'))
  return (run === undefined ? query : query.where('x.run', '=', run)).returningAll('x').executeTakeFirst()
}
/** Those in a state whose time is over. */
export function selectOverdue(system: Ctx): Promise<ExportRow[]> {
  return visible(system).where('x.state', 'in', ['asked', 'open', 'ready']).where('x.expiresAt', '<=', iso(system.now)).orderBy('x.expiresAt').limit(200).execute()
}
/** Those under way that have given no sign of life since `before`. */
export function selectSilent(system: Ctx, before: Date): Promise<ExportRow[]> {
  return visible(system).where('x.state', 'in', ['streaming', 'queued', 'running']).where('x.beatAt', '<', iso(before)).limit(200).execute()
}
/** Those that were ended while a file of theirs lay there. */
export function selectEndedWithFile(system: Ctx): Promise<ExportRow[]> {
  return visible(system).where('x.state', 'in', ['cancelled', 'failed']).where('x.path', 'is not', null).limit(200).execute()
}
/** Those of the paths that a row still names. */
export async function knownPaths(system: Ctx, paths: readonly string[]): Promise<Set<string>> {
  if (!paths.length) return new Set()
  return new Set((await visible(system).where('x.path', 'in', [...paths]).execute()).map((row) => row.path!))
}
