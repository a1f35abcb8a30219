// Saved views of lists: filters, columns and order under a name, for oneself or shared with one's unit.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, Done, Id, Line, Nullable, Strict, endpoint } from './base.ts'

/** Lists whose views can be kept. */
export const viewLists = ['enterprises', 'declarations', 'certificates'] as const
export const ViewList = Code(viewLists)
export type ViewList = (typeof viewLists)[number]

/** Filters as the address bar has them. A contact's phone is never one of them. */
const word = '^[a-z][A-Za-z]{0,29}$'
const Filters = Type.Record(Type.String({ pattern: word }), Type.String({ maxLength: 200 }), { maxProperties: 30, additionalProperties: false })
/** Keys of columns in their order; empty for the list's own. */
const Columns = Type.Array(Type.String({ pattern: word, issue: 'choice' }), { maxItems: 40, uniqueItems: true })

export const View = Type.Object({
  id: Type.String(), list: ViewList, name: Type.String(), filters: Type.Record(Type.String(), Type.String()), columns: Type.Array(Type.String()), shared: Type.Boolean(),
  /** Whose it is; the unit with whom it is shared. */
  own: Type.Boolean(), ownerName: Type.String(), unit: Nullable(Bilingual), changedAt: Type.String(), can: Type.Array(Type.String()),
})
export type View = Static<typeof View>
const KeepView = { name: Line(40), filters: Filters, columns: Columns, shared: Type.Boolean() }

export const listViews = endpoint({
  method: 'GET', path: '/api/views', verb: 'view.keep', summary: 'My views of a list and those shared with my units; `defaultId` is the one I begin with',
  query: Strict({ list: ViewList }), returns: Type.Object({ items: Type.Array(View), defaultId: Nullable(Type.String()) }),
})
export const saveView = endpoint({
  method: 'POST', path: '/api/views', verb: 'view.keep', summary: 'Keep a view', body: Strict({ list: ViewList, ...KeepView }), returns: View,
  problems: ['views.name_taken', 'views.too_many', 'views.no_unit'],
})
export const changeView = endpoint({
  method: 'PUT', path: '/api/views/:id', verb: 'view.keep', summary: 'Change a view of mine', params: Strict({ id: Id }), body: Strict(KeepView), returns: View,
  problems: ['not_found', 'views.name_taken', 'views.no_unit'],
})
export const removeView = endpoint({ method: 'DELETE', path: '/api/views/:id', verb: 'view.keep', summary: 'Remove a view of mine', params: Strict({ id: Id }), returns: Done, problems: ['not_found'] })
export const chooseDefaultView = endpoint({
  method: 'PUT', path: '/api/view-defaults/:list', verb: 'view.keep', summary: 'Choose the view I begin with; null for none', params: Strict({ list: ViewList }), body: Strict({ viewId: Nullable(Id) }), returns: Done, problems: ['not_found'],
})
