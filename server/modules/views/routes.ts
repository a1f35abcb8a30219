// The endpoints of views, each bound to its action.
import { changeView, chooseDefaultView, listViews, removeView, saveView } from '@fugong/contract/views'
import { route, type Module } from '../../base/routes.ts'
import { changeViewOf, chooseDefault, listViewsOf, removeViewOf, saveViewOf } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const views: Module = {
  name: 'views',
  routes: [route(listViews, listViewsOf), route(saveView, saveViewOf), route(changeView, changeViewOf), route(removeView, removeViewOf), route(chooseDefaultView, chooseDefault)],
  verbs, scopes, constraints,
}
