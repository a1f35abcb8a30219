// The endpoints of areas, each bound to its action.
import { addCommunity, listAreas } from '@fugong/contract/areas'
import { route, type Module } from '../../base/routes.ts'
import { addCommunityTo, listAreasOf } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const areas: Module = {
  name: 'areas',
  routes: [route(listAreas, listAreasOf), route(addCommunity, addCommunityTo)],
  verbs, scopes, constraints,
}
