// Endpoints of alerts.
import { answerFirmMatter, decideAppeal, decideChange, doAlertStep, getAlert, listAlerts, listAppeals, listFirmMatters, listOutbreaks, observeAlert, openColourAppeal, proposeChange, readAlertFacts, readColourAppeals, releaseAlert, respondAlert, stopForOutbreak, traceAlert } from '@fugong/contract/alerts'
import { route, type Module } from '../../base/routes.ts'
import { doStep, observe, release, respond, trace } from './actions.ts'
import { facts, get, list } from './answer.actions.ts'
import { decide, list as appeals, openAppeal, readMine } from './appeals.actions.ts'
import { decideOn, propose } from './changes.actions.ts'
import { answer, listMatters } from './firm.actions.ts'
import { listAll, stop } from './outbreaks.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

export function alertsModule({ city }: { city: string }): Module {
  return {
    name: 'alerts',
    routes: [
      route(listAlerts, list), route(getAlert, get), route(readAlertFacts, facts(city)), route(respondAlert, respond), route(doAlertStep, doStep), route(traceAlert, trace), route(observeAlert, observe), route(releaseAlert, release),
      route(proposeChange, propose(city)), route(decideChange, decideOn), route(openColourAppeal, openAppeal), route(readColourAppeals, readMine), route(listAppeals, appeals), route(decideAppeal, decide),
      route(listFirmMatters, listMatters), route(answerFirmMatter, answer), route(listOutbreaks, listAll), route(stopForOutbreak, stop),
    ],
    verbs, scopes, constraints,
  }
}
