// SQL on workplaces that change or close.
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { workplaces } from './policy.ts'
import type { Stamp, WorkplaceRow } from './store.ts'

export type PlaceRow = WorkplaceRow & Stamp & { closedWith: string | null }
interface Tables { 'enterprises.workplaces': { [column in keyof PlaceRow]: unknown } & { addedAt: unknown } }
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** A workplace of a firm within the caller's scope, held until the transaction ends. */
export async function lockPlace(ctx: Ctx, enterpriseId: string, id: string): Promise<PlaceRow | undefined> {
  return (await db(ctx).selectFrom('enterprises.workplaces as w').selectAll('w').where('w.id', '=', id).where('w.enterpriseId', '=', enterpriseId).where(visibleTo(workplaces, ctx.scope, 'w')).forUpdate().executeTakeFirst()) as PlaceRow | undefined
}
/** Workplaces of a firm that are open, or those that a closing of the firm closed; held until the transaction ends. Runs as the system. */
export async function lockPlaces(system: Ctx, enterpriseId: string, which: 'open' | { closedWith: string }): Promise<PlaceRow[]> {
  const query = db(system).selectFrom('enterprises.workplaces as w').selectAll('w').where('w.enterpriseId', '=', enterpriseId).orderBy('w.id').forUpdate()
  const chosen = which === 'open' ? query.where('w.open', '=', true) : query.where('w.closedWith', '=', which.closedWith)
  return (await chosen.execute()) as PlaceRow[]
}
export async function updatePlace(system: Ctx, place: PlaceRow, columns: Partial<PlaceRow>): Promise<PlaceRow> {
  return (await db(system).updateTable('enterprises.workplaces').set({ ...columns, revision: place.revision + 1 } as never).where('id', '=', place.id).returningAll().executeTakeFirstOrThrow()) as PlaceRow
}
