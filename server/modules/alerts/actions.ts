// What a case officer does about an alert: take it, do its steps, trace who was met, observe, release.
import type { Input } from '@fugong/contract/base'
import type { Alert, doAlertStep, observeAlert, releaseAlert, respondAlert, traceAlert } from '@fugong/contract/alerts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { caseOf, moveCase, tellCase, type CaseStanding } from '../cases/index.ts'
import { setColour } from '../health/index.ts'
import { personNames } from '../identity/index.ts'
import { employmentFacts, moveEmployment, peopleNear } from '../people/index.ts'
import { kindOfCase, PURPOSE, toAlert } from './answer.actions.ts'
import { planFor } from './open.actions.ts'
import { confirmOutbreak } from './outbreaks.actions.ts'
import { caseKeyOf } from './policy.ts'
import { addDays, holdsOf, waysBetween } from './rules.ts'
import { dropSteps, getAlertRow, observeContacts, putContacts, selectSteps, updateAlert, updateStep, type AlertRecord } from './store.ts'

/** Held, and as it was looked at; throws when somebody was quicker or it is over. */
async function hold(ctx: Ctx, id: string, revision: number): Promise<{ row: AlertRecord; standing: CaseStanding }> {
  const row = await getAlertRow(ctx, id, true)
  if (row.revision !== revision) {
    const who = row.endedBy ? (await personNames(ctx, [row.endedBy])).get(row.endedBy) : undefined
    throw problem('conflict.changed', { who: who ?? { zh: '同事或系统', en: 'a colleague or the system' }, at: ctx.now.toISOString() })
  }
  const standing = await caseOf(ctx, kindOfCase(row), row.id)
  if (row.kind !== 'alert' || row.endedAt !== null || !standing || standing.endedAt !== null) throw problem('alerts.state_refused')
  return { row, standing }
}
const change = async (ctx: Ctx, row: AlertRecord, changes: Parameters<typeof updateAlert>[2]): Promise<Alert> => toAlert(ctx, await elevated(ctx, (system) => updateAlert(system, row, changes)))
const subject = ({ id }: AlertRecord) => ({ kind: 'alert', id })

export async function respond(ctx: Ctx, { params, body }: Input<typeof respondAlert>): Promise<Alert> {
  const { row, standing } = await hold(ctx, params.id, body.revision)
  if (row.state !== 'open') throw problem('alerts.state_refused')
  await moveCase(ctx, standing.id, 'respond')
  return change(ctx, row, { state: 'following' })
}
/** A step that is not asked of this alert is refused; the result decides what follows. */
export async function doStep(ctx: Ctx, { params, body }: Input<typeof doAlertStep>): Promise<Alert> {
  const { row, standing } = await hold(ctx, params.id, body.revision)
  const step = (await selectSteps(ctx, [row.id])).find((one) => one.step === params.step)
  if (!step || step.doneAt !== null || step.dropped || row.state === 'open' || (params.step === 'result') !== (body.result !== undefined)) throw problem('alerts.state_refused')
  const note = body.note?.trim()
  await elevated(ctx, (system) => updateStep(system, step.id, { doneAt: ctx.now.toISOString(), doneBy: ctx.actor.personId, noteSealed: note ? ctx.sealer.seal(PURPOSE, note) : null }))
  await tellCase(ctx, standing.id, 'stepDone', { params: { step: params.step }, internal: true })
  ctx.announce('alert.step_done', subject(row), { step: params.step })
  if (body.result === 'confirmed') await elevated(ctx, (system) => confirmOutbreak(system, row))
  if (body.result === 'confirmed' && row.level < 3) await elevated(ctx, (system) => setColour(system, row.employmentId, 'red', { source: 'result', byPerson: ctx.actor.personId, ...(note ? { reason: note } : {}) }))
  return change(ctx, row, { ...(body.result ? { result: body.result } : {}), ...(body.result === 'confirmed' ? { level: 3 } : {}) })
}
/** Who shares crew, dormitory, shift or workplace, from the roster of now; listed again it adds and loses nobody. */
export async function trace(ctx: Ctx, { params, body }: Input<typeof traceAlert>): Promise<Alert> {
  const { row, standing } = await hold(ctx, params.id, body.revision)
  if (row.state === 'open') throw problem('alerts.state_refused')
  const [self] = await employmentFacts(ctx, [row.employmentId])
  const met = self ? await peopleNear(ctx, row.employmentId, body.ways) : []
  await elevated(ctx, async (system) => {
    await putContacts(system, met.map((one) => ({ alertId: row.id, employmentId: one.employmentId, caseKey: caseKeyOf(row.districtCode), ways: waysBetween(self!, one), observeUntil: null, addedAt: ctx.now.toISOString() })))
    const step = (await selectSteps(system, [row.id])).find((one) => one.step === 'trace' && one.doneAt === null)
    if (step) await updateStep(system, step.id, { doneAt: ctx.now.toISOString(), doneBy: ctx.actor.personId })
  })
  await tellCase(ctx, standing.id, 'traced', { params: { count: met.length }, internal: true })
  ctx.announce('alert.traced', subject(row), { ways: body.ways, contacts: met.length })
  return change(ctx, row, {})
}
/** The last day is that of the table, counted from the day of the last contact; who is observed reports twice a day. */
export async function observe(ctx: Ctx, { params, body }: Input<typeof observeAlert>): Promise<Alert> {
  const { row, standing } = await hold(ctx, params.id, body.revision)
  const today = shanghaiDay(ctx.now)
  if (row.state === 'open' || body.from > today) throw problem('alerts.state_refused')
  const until = addDays(body.from, (await elevated(ctx, (system) => planFor(system, row, ctx.now))).observeDays)
  if (until <= today) throw problem('alerts.state_refused')
  const people = body.contacts ? await elevated(ctx, (system) => observeContacts(system, row.id, body.contacts!, until)) : [row.employmentId]
  if (!people.length) throw problem('not_found')
  for (const id of people) await moveEmployment(ctx, id, { to: 'observing', until, note: null })
  ctx.announce('alert.observed', subject(row), { people: people.length, until })
  if (body.contacts) {
    await tellCase(ctx, standing.id, 'peopleObserved', { params: { count: people.length }, internal: true })
    return change(ctx, row, {})
  }
  if (row.state !== 'observing') await moveCase(ctx, standing.id, 'observe')
  return change(ctx, row, { state: 'observing', observeUntil: until })
}
/** Green again, by a named person with a reason; whatever holds it is told. */
export async function release(ctx: Ctx, { params, body }: Input<typeof releaseAlert>): Promise<Alert> {
  const { row, standing } = await hold(ctx, params.id, body.revision)
  if (holdsOf(row, shanghaiDay(ctx.now)).length) throw problem('alerts.held')
  const reason = body.reason.trim()
  // The case keeps that and by whom; why may tell of health and stays sealed.
  await moveCase(ctx, standing.id, 'release', { reason: '—' })
  const released = await elevated(ctx, async (system) => {
    const ended = await updateAlert(system, row, { state: 'released', endedAt: ctx.now.toISOString(), endedBy: ctx.actor.personId, endReasonSealed: ctx.sealer.seal(PURPOSE, reason) })
    await dropSteps(system, row.id)
    await setColour(system, row.employmentId, 'green', { source: 'release', byPerson: ctx.actor.personId, reason })
    return ended
  })
  if (row.observeUntil !== null) await moveEmployment(ctx, row.employmentId, { to: 'onDuty', until: null, note: null })
  ctx.announce('alert.ended', subject(row), { how: 'released' })
  return toAlert(ctx, released)
}
