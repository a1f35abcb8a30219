// Endpoints of health.
import { sendReport } from '@fugong/contract/health'
import type { Services } from '../../base/request.ts'
import { leanRoute, type Module } from '../../base/routes.ts'
import { createIntake, type Intake } from './intake.actions.ts'
import { constraints, scopes, verbs } from './policy.ts'

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
    routes: [leanRoute(sendReport, { full: (services) => intakeOf(services).full(), act: (services, token, body) => intakeOf(services).submit(token, body) })],
    verbs, scopes, constraints,
  }
}
