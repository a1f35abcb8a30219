// The clock of alerts: steps whose limit has passed are told once, observations that are over are told to whoever may release.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { caseOf, tellCase } from '../cases/index.ts'
import { notify } from '../notices/index.ts'
import { kindOfCase } from './answer.actions.ts'
import { healthUnit } from './open.actions.ts'
import { sideOf } from './rules.ts'
import { getAlertRow, lockLateSteps, selectObserved, updateStep } from './store.ts'

export const LATE_JOB = 'alerts.late'
const PER_RUN = 200
/** Some at a time; killed in between, the next run takes up what is not told yet. */
export async function tellLate(system: Ctx): Promise<void> {
  const late = await lockLateSteps(system, PER_RUN)
  for (const step of late) {
    const alert = await getAlertRow(system, step.alertId)
    const standing = await caseOf(system, kindOfCase(alert), alert.id)
    if (standing && standing.endedAt === null) await tellCase(system, standing.id, 'stepLate', { side: 'clock', internal: sideOf(step.step) !== 'firm' || alert.kind === 'alert', params: { step: step.step } })
    await updateStep(system, step.id, { toldAt: system.now.toISOString() })
    const unitId = await healthUnit(system, alert)
    if (unitId) await notify(system, { template: 'health.alert', to: { unitId, verb: 'alert.follow' }, params: { firm: alert.enterpriseName, until: step.dueAt }, link: `/console/alerts/${alert.id}`, about: { kind: 'alert', id: alert.id }, intent: `late ${step.step}` })
  }
  if (late.length === PER_RUN) system.enqueue(LATE_JOB, null, { key: 'more' })
}
export async function tellObserved(system: Ctx): Promise<void> {
  const today = shanghaiDay(system.now)
  for (const alert of await selectObserved(system, today, PER_RUN)) {
    const unitId = await healthUnit(system, alert)
    // One word for each alert and last day, however often it is looked at.
    if (unitId) await notify(system, { template: 'health.alert', to: { unitId, verb: 'alert.follow' }, params: { firm: alert.enterpriseName, until: `${alert.observeUntil!}T16:00:00.000Z` }, link: `/console/alerts/${alert.id}`, about: { kind: 'alert', id: alert.id }, intent: `observed ${alert.observeUntil!}` })
  }
}
