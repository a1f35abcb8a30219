// Endpoints of draws and spot checks.
import { getCheck, getPublicDraw, listChecks, listDraws, listPublicDraws, planDraw, recordVisit, reportRectified } from '@fugong/contract/spotchecks'
import { route, type Module } from '../../base/routes.ts'
import { get, list as listOfChecks, report, visit } from './actions.ts'
import { plan } from './draws.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'
import { list, listPublic, showPublic } from './public.actions.ts'

export const spotchecks: Module = {
  name: 'spotchecks',
  routes: [
    route(planDraw, plan), route(listDraws, list), route(listPublicDraws, listPublic), route(getPublicDraw, showPublic),
    route(listChecks, listOfChecks), route(getCheck, get), route(recordVisit, visit), route(reportRectified, report),
  ],
  verbs, scopes, constraints,
}
