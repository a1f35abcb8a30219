// A workplace with a confirmed infection in its stages: confirmed (it stops, by a stop-work order), controlled (so many clean days), resumed.
import type { Input, Returns } from '@fugong/contract/base'
import type { listOutbreaks, Outbreak, stopForOutbreak } from '@fugong/contract/alerts'
import type { CaseSubject } from '@fugong/contract/cases'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { caseOf, moveCase, openCase } from '../cases/index.ts'
import { filedAt, getFiled, workplaceOfFiled } from '../declarations/index.ts'
import { selectFirms, selectWorkplaces } from '../enterprises/index.ts'
import { findReviewUnit } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { issueOrder } from '../orders/index.ts'
import { OUTBREAK, outbreakStates } from './kind.actions.ts'
import { planFor } from './open.actions.ts'
import { findOpenOutbreak, insertOutbreak, lastAlertOn, lockConfirmed, lockOutbreak, selectOutbreaks, selectOutbreaksByIds, updateOutbreak, type OutbreakRecord } from './outbreaks.store.ts'
import { cleanUntil } from './rules.ts'
import type { AlertRecord } from './store.ts'

/** The first confirmed infection of a workplace opens it; a further one counts the clean days anew. */
export async function confirmOutbreak(system: Ctx, alert: AlertRecord): Promise<void> {
  const today = shanghaiDay(system.now)
  const open = await findOpenOutbreak(system, { workplaceId: alert.workplaceId })
  if (open) {
    await updateOutbreak(system, open.id, { lastOn: today, ...(open.stage === 'controlled' ? { stage: 'confirmed', controlledAt: null } : {}) })
    if (open.stage === 'controlled') await move(system, open, 'relapse')
    return
  }
  const place = (await selectWorkplaces(system, alert.enterpriseId)).find(({ id }) => id === alert.workplaceId)
  const [firm] = await selectFirms(system, [alert.enterpriseId])
  const unit = place && (await findReviewUnit(system, place))
  if (!place || !firm || !unit) throw new Error('An outbreak needs its workplace and a unit that reviews there')
  const id = newId()
  const departmentKey = place.department ? `${place.districtCode}/${place.department}` : null
  const { cleanDays } = await planFor(system, { ...alert, level: 3 }, system.now)
  const scope = { enterpriseId: alert.enterpriseId, districtCode: place.districtCode, streetCode: place.streetCode, zoneCode: place.zoneCode, departmentKey }
  await insertOutbreak(system, { ...scope, id, workplaceId: alert.workplaceId, enterpriseName: firm.name, workplaceName: place.name, stage: 'confirmed', confirmedOn: today, lastOn: today, cleanDays, orderId: null, controlledAt: null, resumedAt: null })
  await openCase(system, { ...scope, kind: OUTBREAK, subjectId: id, title: `${firm.name} ${place.name}`, emergencyId: alert.emergencyId, emergencyKind: alert.emergencyKind, sample: false, steps: [[{ unitId: unit.id, role: 'lead' }]], clocks: [{ clock: 'respond', workingHours: 4 }], openedBy: null })
  system.announce('outbreak.confirmed', { kind: 'outbreak', id }, { workplaceId: alert.workplaceId })
  const until = system.now.toISOString()
  await notify(system, { template: 'health.outbreak', to: [{ unitId: unit.id, verb: 'order.issue' }, { enterpriseId: alert.enterpriseId, enterpriseName: firm.name }], params: { firm: firm.name, until }, link: '/console/alerts/outbreaks', about: { kind: 'outbreak', id } })
}
async function move(system: Ctx, { id }: OutbreakRecord, deed: string): Promise<void> {
  const standing = await caseOf(system, OUTBREAK, id)
  if (standing && standing.endedAt === null) await moveCase(system, standing.id, deed)
}
export async function listAll(ctx: Ctx): Promise<Returns<typeof listOutbreaks>> {
  const items: Outbreak[] = []
  for (const row of await selectOutbreaks(ctx)) items.push(await toOutbreak(ctx, row))
  return { items }
}
async function toOutbreak(ctx: Ctx, row: OutbreakRecord): Promise<Outbreak> {
  const { id, enterpriseId, enterpriseName, workplaceName, districtCode, stage, confirmedOn, lastOn, cleanDays, orderId, controlledAt, resumedAt } = row
  const declarationId = orderId === null && stage === 'confirmed' ? ((await elevated(ctx, (system) => filedAt(system, row.workplaceId))) ?? null) : null
  return { id, enterpriseId, enterpriseName, workplaceName, districtCode, stage, confirmedOn, lastOn, cleanDays, cleanUntil: cleanUntil(lastOn, cleanDays), orderId, declarationId, controlledAt, resumedAt, name: outbreakStates[stage], can: ctx.may('order.issue') && declarationId ? ['stop'] : [] }
}
/** By the checks of every stop-work order; the certificate is suspended with it. */
export async function stop(ctx: Ctx, { params, body }: Input<typeof stopForOutbreak>): Promise<Outbreak> {
  const row = await lockOutbreak(ctx, params.id)
  const filed = await getFiled(ctx, body.declarationId)
  if (row.stage !== 'confirmed' || row.orderId !== null || filed.enterpriseId !== row.enterpriseId || (await elevated(ctx, (system) => filedAt(system, row.workplaceId))) !== filed.id) throw problem('alerts.state_refused')
  const order = await issueOrder(ctx, {
    declarationId: body.declarationId, documentNo: body.documentNo, reason: '经营场所出现确诊病例，按疫情处置要求停工，稳控期满后申请复工。', findings: [{ text: '经营场所出现确诊病例' }],
    items: ['配合流行病学调查，列出并通知密切接触者', '对全体员工进行健康筛查', '全面消毒并留存记录', `连续 ${row.cleanDays} 天没有新增病例和不明原因发热`], deadline: body.deadline,
  })
  const standing = await caseOf(ctx, OUTBREAK, row.id)
  if (standing && standing.endedAt === null) await moveCase(ctx, standing.id, 'stop')
  const stopped = await elevated(ctx, (system) => updateOutbreak(system, row.id, { orderId: order.id }))
  ctx.announce('outbreak.stopped', { kind: 'outbreak', id: row.id }, { orderId: order.id })
  return toOutbreak(ctx, stopped)
}
/** Clean days that are over; an alert opened meanwhile that is not negative moves their beginning. */
export async function controlDue(system: Ctx): Promise<void> {
  const today = shanghaiDay(system.now)
  for (const row of await lockConfirmed(system, today, 100)) {
    const last = await lastAlertOn(system, row.workplaceId)
    if (last !== null && last > row.lastOn) {
      await updateOutbreak(system, row.id, { lastOn: last })
      if (cleanUntil(last, row.cleanDays) >= today) continue
    }
    await updateOutbreak(system, row.id, { stage: 'controlled', controlledAt: system.now.toISOString() })
    await move(system, row, 'control')
    system.announce('outbreak.controlled', { kind: 'outbreak', id: row.id }, { cleanDays: row.cleanDays })
  }
}
/** A declaration that took effect, or an order that was ended, for a workplace that is under control. */
export async function resumeAt(system: Ctx, of: { declarationId: string } | { orderId: string }): Promise<void> {
  const row = 'orderId' in of ? await findOpenOutbreak(system, of) : await byDeclaration(system, of.declarationId)
  if (row?.stage !== 'controlled') return
  await updateOutbreak(system, row.id, { stage: 'resumed', resumedAt: system.now.toISOString() })
  await move(system, row, 'resume')
  system.announce('outbreak.resumed', { kind: 'outbreak', id: row.id }, {})
}
async function byDeclaration(system: Ctx, id: string): Promise<OutbreakRecord | undefined> {
  const workplaceId = await workplaceOfFiled(system, id)
  return workplaceId ? findOpenOutbreak(system, { workplaceId }) : undefined
}
export async function describeOutbreaks(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
  return new Map((await selectOutbreaksByIds(ctx, ids)).map((row) => [row.id, { title: row.enterpriseName, subtitle: row.workplaceName, link: '/console/alerts/outbreaks', facts: [] }]))
}
