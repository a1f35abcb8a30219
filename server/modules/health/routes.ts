// Endpoints of health.
import { listReceiptRoots, proveReceipt, sendReport } from '@fugong/contract/health'
import { getDistrictDay, getFirmDay, handOverDay, listDistrictFirms, listFirmDay } from '@fugong/contract/health.days'
import { listGates, listReportables, makeGate, reportFor, revokeGate, sendReading } from '@fugong/contract/health.others'
import { readOwnRecord } from '@fugong/contract/health.own'
import { askBinding, bindPhone, decideAsk, listBoundPhones, listWaitingAsks, readBindingAsk, readHealthDay, readHealthPoster, readOwnAnswers, revokePhone, unbindPhone } from '@fugong/contract/health.phones'
import { sendSealed } from '@fugong/contract/health.sealed'
import { checkSignal, listErasures, listSignals } from '@fugong/contract/health.signals'
import { readHealthStatus } from '@fugong/contract/health.status'
import type { Services } from '../../base/request.ts'
import { leanRoute, route, type Module } from '../../base/routes.ts'
import { decideAskIn, listClaims, readAsk } from './asks.actions.ts'
import { readAnswers, readDayIn } from './day.actions.ts'
import { districtDay, districtFirms, firmDay, firmDayPeople } from './days.actions.ts'
import { listErased } from './erase.actions.ts'
import { readStatus } from './facts.actions.ts'
import { listGatesOf, makeGateIn, revokeGateOf, takeReading } from './gates.actions.ts'
import { handOver } from './handovers.actions.ts'
import { createIntake, type Intake } from './intake.actions.ts'
import { reportablesIn, reportForIn } from './others.actions.ts'
import { ownRecordIn } from './own.actions.ts'
import { askBindingIn, bindPhoneIn, listPhones, readPosterFor, revokePhoneOf, unbind } from './phones.actions.ts'
import { constraints, recordVerbs, scopes, verbs } from './policy.ts'
import { listRoots, prove } from './proofs.actions.ts'
import { takeSealed } from './sealed.actions.ts'
import { check, list as signals } from './signals.actions.ts'

export function healthModule({ city }: { city: string }): Module {
  // One queue for each running system, made at its first report.
  const intakes = new WeakMap<Services, Intake>()
  const intakeOf = (services: Services): Intake => {
    let intake = intakes.get(services)
    if (!intake) intakes.set(services, (intake = createIntake(services, city)))
    return intake
  }
  return {
    name: 'health',
    routes: [
      leanRoute(sendReport, { full: (services) => intakeOf(services).full(), act: (services, token, body) => intakeOf(services).submit(token, body) }),
      leanRoute(sendSealed, { full: (services) => intakeOf(services).full(), act: (services, token, body) => takeSealed(services, intakeOf(services), city, token, body) }),
      leanRoute(sendReading, { full: () => 0, act: (services, key, body) => takeReading(services, city, key, body) }),
      route(readHealthPoster, readPosterFor), route(askBinding, askBindingIn(city)), route(bindPhone, bindPhoneIn(city)), route(unbindPhone, unbind), route(readHealthDay, readDayIn(city)), route(readOwnAnswers, readAnswers), route(readOwnRecord, ownRecordIn(city)),
      route(readBindingAsk, readAsk), route(listWaitingAsks, listClaims), route(decideAsk, decideAskIn(city)),
      route(listBoundPhones, listPhones), route(revokePhone, revokePhoneOf), route(proveReceipt, prove), route(listReceiptRoots, listRoots),
      route(readHealthStatus, readStatus), route(listSignals, signals), route(checkSignal, check), route(listErasures, listErased),
      route(listReportables, reportablesIn(city)), route(reportFor, reportForIn(city)), route(listGates, listGatesOf), route(makeGate, makeGateIn(city)), route(revokeGate, revokeGateOf),
      route(getFirmDay, firmDay(city)), route(listFirmDay, firmDayPeople(city)), route(handOverDay, handOver(city)), route(getDistrictDay, districtDay(city)), route(listDistrictFirms, districtFirms(city)),
    ],
    verbs, recordVerbs, scopes, constraints,
  }
}
