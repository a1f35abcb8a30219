// Endpoints of emergencies, their packs and measures.
import { beginEmergency, endEmergency, enterStage, listEmergencies, listMeasures, listPacks } from '@fugong/contract/emergencies'
import { route, type Module } from '../../base/routes.ts'
import { begin, end, enter, listEmergenciesOf, listMeasuresOf } from './actions.ts'
import { listPacksOf } from './packs.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export const emergencies: Module = {
  name: 'emergencies',
  routes: [
    route(listEmergencies, listEmergenciesOf), route(beginEmergency, begin), route(enterStage, enter), route(endEmergency, end),
    route(listPacks, listPacksOf), route(listMeasures, listMeasuresOf),
  ],
  verbs, scopes, constraints,
}
