// Endpoints of levels.
import { listLevelHistory, listLevels, setLevel } from '@fugong/contract/levels'
import { route, type Module } from '../../base/routes.ts'
import { listDistrictLevels, listHistoryOf, setLevelOf } from './actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const levels: Module = {
  name: 'levels',
  routes: [route(listLevels, listDistrictLevels), route(listLevelHistory, listHistoryOf), route(setLevel, setLevelOf)],
  verbs, scopes, constraints,
}
