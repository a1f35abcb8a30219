// SQL on saved views and on which one a person begins with.
import type { ViewList } from '@fugong/contract/views'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { defaultsScope, viewsScope } from './policy.ts'

export interface ViewRow { id: string; list: ViewList; personId: string; unitId: string | null; shared: boolean; name: string; filters: Record<string, string>; columns: string[]; changedAt: string }
interface Tables { 'views.views': ViewRow; 'views.defaults': { personId: string; list: ViewList; viewId: string } }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const stored = ({ filters, ...row }: Partial<ViewRow>) => ({ ...row, ...(filters ? { filters: sql<never>`${JSON.stringify(filters)}::jsonb` } : {}) })

/** A person's own views and those shared with the given units, own first, by name. */
export function selectViews(ctx: Ctx, list: ViewList, personId: string, unitIds: readonly string[]): Promise<ViewRow[]> {
  return db(ctx).selectFrom('views.views as v').selectAll('v').where('v.list', '=', list).where(visibleTo(viewsScope, ctx.scope, 'v'))
    .where((on) => on.or([on('v.personId', '=', personId), ...(unitIds.length ? [on.and([on('v.shared', '=', true), on('v.unitId', 'in', [...unitIds])])] : [])]))
    .orderBy(sql`v.person_id <> ${personId}::uuid`).orderBy('v.name').orderBy('v.id').execute()
}
export function findView(ctx: Ctx, id: string): Promise<ViewRow | undefined> {
  return db(ctx).selectFrom('views.views as v').selectAll('v').where('v.id', '=', id).where(visibleTo(viewsScope, ctx.scope, 'v')).executeTakeFirst()
}
export async function countViews(ctx: Ctx, list: ViewList, personId: string): Promise<number> {
  return Number((await db(ctx).selectFrom('views.views').select((on) => on.fn.countAll().as('count')).where('list', '=', list).where('personId', '=', personId).executeTakeFirstOrThrow()).count)
}
export async function insertView(ctx: Ctx, row: ViewRow): Promise<void> {
  await db(ctx).insertInto('views.views').values(stored(row) as never).execute()
}
export async function updateView(ctx: Ctx, id: string, change: Partial<ViewRow>): Promise<void> {
  await db(ctx).updateTable('views.views').set(stored(change) as never).where('id', '=', id).execute()
}
export async function deleteView(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('views.views').where('id', '=', id).execute()
}
export async function findDefault(ctx: Ctx, list: ViewList, personId: string): Promise<string | undefined> {
  return (await db(ctx).selectFrom('views.defaults as d').select('d.viewId').where('d.list', '=', list).where('d.personId', '=', personId).where(visibleTo(defaultsScope, ctx.scope, 'd')).executeTakeFirst())?.viewId
}
export async function putDefault(ctx: Ctx, list: ViewList, personId: string, viewId: string | null): Promise<void> {
  if (viewId === null) await db(ctx).deleteFrom('views.defaults').where('list', '=', list).where('personId', '=', personId).execute()
  else await db(ctx).insertInto('views.defaults').values({ personId, list, viewId }).onConflict((conflict) => conflict.columns(['personId', 'list']).doUpdateSet({ viewId })).execute()
}
