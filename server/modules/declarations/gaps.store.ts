// SQL on the gaps that a firm was told: what is missing, what stood there then, and which list they were part of.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { gapListsTable } from './policy.ts'
import { scopeOf, type DeclarationRecord, type ScopeColumns } from './store.ts'

/** `was` is what the named field held when the gap was told. */
export interface GapRow { list: number; field: string; text: string; was: unknown }
export interface GapListRow { list: number; toldAt: string; unitId: string | null; personId: string | null; reason: string | null }
interface Tables {
  'declarations.gaps': Omit<GapRow, 'was'> & { was: unknown; declarationId: string; position: number } & ScopeColumns
  'declarations.gap_lists': GapListRow & { declarationId: string } & ScopeColumns
}
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function insertGaps(ctx: Ctx, row: DeclarationRecord, told: Omit<GapListRow, 'toldAt'>, gaps: readonly Omit<GapRow, 'list'>[]): Promise<void> {
  const common = { declarationId: row.id, list: told.list, ...scopeOf(row) }
  await db(ctx).insertInto('declarations.gap_lists').values({ ...common, ...told, toldAt: ctx.now.toISOString() }).execute()
  await db(ctx).insertInto('declarations.gaps').values(gaps.map(({ field, text, was }, position) => ({ ...common, position, field, text, was: JSON.stringify(was) }))).execute()
}
/** All lists, the first first. */
export function selectGaps(ctx: Ctx, id: string): Promise<GapRow[]> {
  return db(ctx).selectFrom('declarations.gaps').select(['list', 'field', 'text', 'was']).where('declarationId', '=', id).orderBy('list').orderBy('position').execute()
}
export function selectGapLists(ctx: Ctx, id: string): Promise<GapListRow[]> {
  return db(ctx).selectFrom('declarations.gap_lists').select(['list', 'toldAt', 'unitId', 'personId', 'reason']).where('declarationId', '=', id).orderBy('list').execute()
}
/** Lists beyond the first by unit, within the caller's scope. */
export async function selectLateLists(ctx: Ctx, since: string | null): Promise<{ unitId: string; count: number; last: string }[]> {
  return (await sql<{ unitId: string; count: number; last: string }>`select l.unit_id, count(*)::int as count, max(l.told_at) as last from declarations.gap_lists as l
    where l.list > 1 and l.unit_id is not null and (${since}::date is null or l.told_at >= ${since}::date) and ${visibleTo(gapListsTable, ctx.scope, 'l')} group by l.unit_id order by count desc, l.unit_id`.execute(ctx.db)).rows
}
