// What a change of colour brings about: a matter for the firm, an alert for district and firm, a higher level, or the end of either.
import { healthLevels } from '@fugong/contract/health'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { caseOf, moveCase, openCase, tellCase, withdrawCase } from '../cases/index.ts'
import { selectFirms } from '../enterprises/index.ts'
import { decideIf, findStatus, lockColoured, type Coloured, type StatusRow } from '../health/index.ts'
import { findReviewUnit, findUnitAt } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { ALERT, MATTER } from './kind.actions.ts'
import { caseKeyOf } from './policy.ts'
import { planOf, sideOf, type Plan } from './rules.ts'
import { dropSteps, findOpen, insertAlert, insertSteps, updateAlert, type AlertRecord } from './store.ts'

/** Follows one change; repeated it changes nothing, for the state of now decides and not that of the event. */
export async function follow(system: Ctx, statusId: string): Promise<void> {
  const status = await findStatus(system, statusId)
  const one = status && (await lockColoured(system, status.employmentId))
  if (!status || !one) return
  const open = await findOpen(system, one.employmentId)
  if (one.level === 0) return open ? close(system, open, 'lifted') : undefined
  if (one.level === 1) {
    if (open?.kind === 'alert') await close(system, open, 'lifted')
    if (open?.kind !== 'matter') await begin(system, one, status, 'matter')
    return
  }
  if (open?.kind === 'matter') await close(system, open, 'raised')
  if (open?.kind === 'alert') return open.level === one.level ? undefined : raise(system, open, one)
  await begin(system, one, status, 'alert')
}
export async function planFor(system: Ctx, one: Pick<Coloured, 'districtCode' | 'emergencyKind' | 'level'>, from: Date): Promise<Plan> {
  return planOf((await decideIf(system, 'health.followUp', one.districtCode, one.emergencyKind, { level: healthLevels[one.level]! })) ?? {}, from)
}
/** Whoever follows up health in a district, else who reviews there. */
export async function healthUnit(system: Ctx, one: Pick<Coloured, 'districtCode'>): Promise<string | undefined> {
  return ((await findUnitAt(system, 'department', one.districtCode, 'health')) ?? (await findReviewUnit(system, { districtCode: one.districtCode })))?.id
}
async function begin(system: Ctx, one: Coloured, status: StatusRow, kind: 'matter' | 'alert'): Promise<void> {
  const id = newId()
  const { employmentId, personId, enterpriseId, workplaceId, districtCode, emergencyId, emergencyKind } = one
  const plan = await planFor(system, one, system.now)
  const [firm] = await selectFirms(system, [enterpriseId])
  await insertAlert(system, { id, revision: 1, kind, employmentId, personId, enterpriseId, workplaceId, enterpriseName: firm?.name ?? '–', districtCode, level: one.level, state: 'open', result: null, observeUntil: null, emergencyId, emergencyKind, openedAt: status.at > system.now.toISOString() ? system.now.toISOString() : status.at, endedAt: null, endedBy: null, endReasonSealed: null })
  await addSteps(system, { id, enterpriseId, employmentId, districtCode }, plan)
  const unitId = await healthUnit(system, one)
  if (!unitId) throw new Error(`No unit of ${districtCode} could follow an alert up`)
  // No area and no trade: only the officers' key and the unit with the part reach the case. The firm sees its matter, not an alert.
  await openCase(system, {
    kind: kind === 'matter' ? MATTER : ALERT, subjectId: id, title: firm?.name ?? '–', enterpriseId: kind === 'matter' ? enterpriseId : null, districtCode: null, streetCode: null, zoneCode: null, departmentKey: caseKeyOf(districtCode), emergencyId, emergencyKind, sample: false,
    steps: [[{ unitId, role: 'lead' }]], openedBy: null,
    clocks: kind === 'matter' ? [] : [...(plan.respond === undefined ? [] : [{ clock: 'respond' as const, workingHours: plan.respond }]), ...(plan.resolve === undefined ? [] : [{ clock: 'resolve' as const, workingHours: plan.resolve }])],
  })
  system.announce('alert.opened', { kind: 'alert', id }, { kind })
  const until = plan.steps[0]?.dueAt.toISOString() ?? system.now.toISOString()
  const about = { kind: 'alert', id }
  if (kind === 'alert') await notify(system, { template: 'health.alert', to: { unitId, verb: 'alert.follow' }, params: { firm: firm?.name ?? '–', until }, link: `/console/alerts/${id}`, about })
  if (plan.steps.some(({ step }) => sideOf(step) === 'firm')) await notify(system, { template: 'health.matter', to: { enterpriseId, enterpriseName: firm?.name ?? '–' }, params: { firm: firm?.name ?? '–', until: plan.steps.find(({ step }) => sideOf(step) === 'firm')!.dueAt.toISOString() }, link: `/portal/enterprises/${enterpriseId}/matters`, about })
}
async function addSteps(system: Ctx, { id, enterpriseId, employmentId, districtCode }: Pick<AlertRecord, 'id' | 'enterpriseId' | 'employmentId' | 'districtCode'>, { steps }: Plan): Promise<void> {
  await insertSteps(system, steps.map(({ step, dueAt }) => ({ id: newId(), alertId: id, enterpriseId: sideOf(step) === 'firm' ? enterpriseId : null, caseKey: caseKeyOf(districtCode), employmentId, step, dueAt: dueAt.toISOString(), doneAt: null, doneBy: null, noteSealed: null, toldAt: null, dropped: false })))
}
/** Another level of an alert that is open: its steps stay as they are, and what the level asks beside them is added. */
async function raise(system: Ctx, open: AlertRecord, one: Coloured): Promise<void> {
  await updateAlert(system, open, { level: one.level })
  await addSteps(system, open, await planFor(system, one, system.now))
  const standing = await caseOf(system, ALERT, open.id)
  if (standing && standing.endedAt === null) await tellCase(system, standing.id, 'levelChanged', { side: 'clock', internal: true })
}
/** Ends what is open, because the colour is another one now. */
async function close(system: Ctx, open: AlertRecord, how: 'lifted' | 'raised'): Promise<void> {
  const matter = open.kind === 'matter'
  await updateAlert(system, open, { state: matter ? 'lapsed' : 'lifted', endedAt: system.now.toISOString() })
  await dropSteps(system, open.id)
  const standing = await caseOf(system, matter ? MATTER : ALERT, open.id)
  if (standing && standing.endedAt === null) {
    if (matter) await withdrawCase(system, standing.id, how === 'raised' ? 'raised' : 'lapsed')
    else await moveCase(system, standing.id, 'lift')
  }
  system.announce('alert.ended', { kind: 'alert', id: open.id }, { how: matter ? 'lapsed' : 'lifted' })
}
