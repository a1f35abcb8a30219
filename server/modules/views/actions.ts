// Use cases of views: which there are, keeping, changing and removing one, choosing the one to begin with.
import type { Input, Returns } from '@fugong/contract/base'
import type { changeView, chooseDefaultView, listViews, removeView, saveView, View } from '@fugong/contract/views'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { deedsOn, unitsOf } from './policy.ts'
import { countViews, deleteView, findDefault, findView, insertView, putDefault, selectViews, updateView, type ViewRow } from './store.ts'

/** Most views of one list that one person keeps: a longer menu is a list again. */
const MOST_VIEWS = 50
const me = (ctx: Ctx) => ctx.actor.personId!
// A colleague's view lies outside of the caller's own rows, and nothing in it is personal.
const usable = (ctx: Ctx, list: View['list']) => elevated(ctx, (system) => selectViews(system, list, me(ctx), unitsOf(ctx)))

export async function listViewsOf(ctx: Ctx, { query }: Input<typeof listViews>): Promise<Returns<typeof listViews>> {
  const rows = await usable(ctx, query.list)
  const chosen = await findDefault(ctx, query.list, me(ctx))
  // One that is not shared any more is nobody's beginning.
  return { items: await toViews(ctx, rows), defaultId: rows.some(({ id }) => id === chosen) ? chosen! : null }
}
export async function saveViewOf(ctx: Ctx, { body }: Input<typeof saveView>): Promise<View> {
  if ((await countViews(ctx, body.list, me(ctx))) >= MOST_VIEWS) throw problem('views.too_many', { limit: MOST_VIEWS })
  const row: ViewRow = { id: newId(), list: body.list, personId: me(ctx), ...kept(ctx, body), changedAt: ctx.now.toISOString() }
  await insertView(ctx, row)
  ctx.announce('view.saved', { kind: 'view', id: row.id }, { list: row.list, shared: row.shared })
  return (await toViews(ctx, [row]))[0]!
}
export async function changeViewOf(ctx: Ctx, { params, body }: Input<typeof changeView>): Promise<View> {
  const before = await own(ctx, params.id)
  const row: ViewRow = { ...before, ...kept(ctx, body), changedAt: ctx.now.toISOString() }
  // A view stays with the unit it was shared with when its author has moved on to another one.
  if (before.shared && row.shared) row.unitId = before.unitId
  await updateView(ctx, row.id, row)
  ctx.announce('view.saved', { kind: 'view', id: row.id }, { list: row.list, shared: row.shared })
  return (await toViews(ctx, [row]))[0]!
}
export async function removeViewOf(ctx: Ctx, { params }: Input<typeof removeView>): Promise<Returns<typeof removeView>> {
  const row = await own(ctx, params.id)
  // With it go the choices of those who began with it, which are not the caller's rows.
  await elevated(ctx, (system) => deleteView(system, row.id))
  ctx.announce('view.removed', { kind: 'view', id: row.id }, { list: row.list })
  return { done: true }
}
export async function chooseDefault(ctx: Ctx, { params, body }: Input<typeof chooseDefaultView>): Promise<Returns<typeof chooseDefaultView>> {
  if (body.viewId !== null && !(await usable(ctx, params.list)).some(({ id }) => id === body.viewId)) throw problem('not_found')
  await putDefault(ctx, params.list, me(ctx), body.viewId)
  ctx.announce('view.default_chosen', { kind: 'view', id: body.viewId ?? 'none' }, { list: params.list })
  return { done: true }
}

async function own(ctx: Ctx, id: string): Promise<ViewRow> {
  const found = await findView(ctx, id)
  if (!found || found.personId !== me(ctx)) throw problem('not_found')
  return found
}
function kept(ctx: Ctx, { name, filters, columns, shared }: Input<typeof changeView>['body']): Pick<ViewRow, 'name' | 'filters' | 'columns' | 'shared' | 'unitId'> {
  if (shared && !ctx.unit) throw problem('views.no_unit')
  // No text of a filter could be stored that the database refuses.
  const unfit = Object.entries(filters).filter(([, value]) => /[\u0000-\u001F\p{Cs}]/u.test(value))
  if (unfit.length) throw invalid(unfit.map(([key]) => ({ path: `/filters/${key}`, code: 'issue.text' })))
  return { name: name.trim().normalize('NFC'), filters, columns, shared, unitId: shared ? ctx.unit!.unitId : null }
}
async function toViews(ctx: Ctx, rows: readonly ViewRow[]): Promise<View[]> {
  const [people, units] = [await personNames(ctx, [...new Set(rows.map((row) => row.personId))]), await unitNames(ctx, rows.flatMap((row) => row.unitId ?? []))]
  return rows.map(({ personId, unitId, ...row }) => ({
    ...row, own: personId === me(ctx), ownerName: people.get(personId) ?? '', unit: unitId ? (units.get(unitId) ?? null) : null, can: deedsOn(ctx, { personId }),
  }))
}
