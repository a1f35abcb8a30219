// Endpoints of cases, and the kinds that the rooms above bring.
import { countCases, getCase, listCaseKinds, listCases } from '@fugong/contract/cases'
import { addHelper, assignMany, assignPart, closeCasePart, commentCase, decideMany, handBackPart, handOnPart, handOver, listColleagues, pressCase, pressMany, takeMany, takePart, undoBulk } from '@fugong/contract/cases.deeds'
import { listKept, listWaiting } from '@fugong/contract/cases.figures'
import { route, type Module } from '../../base/routes.ts'
import { colleagues, count, get, list } from './actions.ts'
import { assignAll, decideAll, handOverAll, pressAll, takeAll, undo } from './bulk.actions.ts'
import { kept, waiting } from './figures.actions.ts'
import { listKinds, registerKinds } from './kinds.actions.ts'
import { assign, close, handBack, handOn, help, take } from './parts.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import type { CasesOptions } from './ports.ts'
import { comment, press } from './talk.actions.ts'

export function casesModule({ kinds, city }: CasesOptions): Module {
  registerKinds(kinds, city)
  return {
    name: 'cases',
    routes: [
      route(listCaseKinds, listKinds), route(listCases, list), route(countCases, count), route(getCase, get), route(listColleagues, colleagues),
      route(takePart, take), route(assignPart, assign), route(handOnPart, handOn), route(handBackPart, handBack), route(closeCasePart, close), route(addHelper, help),
      route(commentCase, comment), route(pressCase, press), route(takeMany, takeAll), route(assignMany, assignAll), route(decideMany, decideAll), route(undoBulk, undo), route(pressMany, pressAll), route(handOver, handOverAll),
      route(listWaiting, waiting), route(listKept, kept),
    ],
    verbs, scopes, constraints,
  }
}
