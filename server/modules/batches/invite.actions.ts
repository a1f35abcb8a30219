// Telling firms their day, and what they answer: the office invites, the firm says ready, not yet, or another day.
import type { Input, Returns } from '@fugong/contract/base'
import type { answerBatch, BatchInvitation, BatchPlan, inviteFirms, listBatchInvitations } from '@fugong/contract/batches'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { getEmergency } from '../emergencies/index.ts'
import { unitNames } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { toPlan } from './actions.ts'
import { answerMember, inviteMembers, getInvited, selectInvited, selectOpen, type MemberRow } from './members.store.ts'
import { dayIssues } from './rules.ts'
import { keep, loadFor, meaningAt, slotOf, touched } from './shared.actions.ts'
import { getPlanRow, lockPlanRow, selectSlots, type PlanRow } from './store.ts'
import { declaredOf } from './views.ts'

/** Whoever has not been told this very day is told it; an answer to another day counts no more. */
export async function invite(ctx: Ctx, { params, body }: Input<typeof inviteFirms>): Promise<BatchPlan> {
  const plan = await loadFor(ctx, params.id, body.revision)
  const slot = await slotOf(ctx, plan, params.batchId)
  if (slot.day < shanghaiDay(ctx.now)) throw problem('batches.day_passed')
  const asked = (await selectOpen(ctx, plan.id)).filter((member) => member.batchId === slot.id && member.invitedDay !== slot.day)
  if (!asked.length) throw problem('batches.nobody_to_invite')
  await inviteMembers(ctx, asked.map(({ id }) => id), slot.day)
  const position = (await selectSlots(ctx, [plan.id])).findIndex(({ id }) => id === slot.id) + 1
  const batch = { zh: `“${plan.name}”第 ${position} 批`, en: `batch ${position} of “${plan.name}”` }
  for (const { id, enterpriseId, enterpriseName, invitedDay } of asked) {
    await notify(ctx, { template: invitedDay === null ? 'batch.invited' : 'batch.moved', to: { enterpriseId, enterpriseName }, params: { firm: enterpriseName, batch, day: slot.day }, link: '/portal/batches', about: { kind: 'batchMember', id } })
  }
  await keep(ctx, plan, 'invited', 'batch.firms_invited', { batchId: slot.id, day: slot.day, count: asked.length }, { firms: asked.length, day: slot.day })
  return toPlan(ctx, await touched(ctx, plan))
}

export async function listInvitations(ctx: Ctx, { query }: Input<typeof listBatchInvitations>): Promise<Returns<typeof listBatchInvitations>> {
  return { items: await toInvitations(ctx, await selectInvited(ctx, query.enterprise)) }
}
export async function answer(ctx: Ctx, { params, body }: Input<typeof answerBatch>): Promise<BatchInvitation> {
  const { planId } = await getInvited(ctx, params.id)
  // The plan first, as every deed of its unit does: it neither ends nor moves the firm between reading and writing.
  const plan = await elevated(ctx, (system) => lockPlanRow(system, planId))
  const row = await getInvited(ctx, params.id)
  if (row.revision !== body.revision || !row.open || plan.state === 'ended' || (await getEmergency(ctx, plan.emergencyId)).endedAt !== null) throw problem('batches.not_invited')
  const wishedDay = body.answer === 'otherDay' ? body.wishedDay! : null
  const issues = wishedDay === null ? [] : wishedDay === row.invitedDay ? [{ path: '/wishedDay', code: 'issue.unchanged' }] : dayIssues(wishedDay, shanghaiDay(ctx.now), '/wishedDay')
  if (issues.length) throw invalid(issues)
  const answered = await answerMember(ctx, row, { answer: body.answer, reason: body.reason?.trim() ?? null, wishedDay, heads: body.heads ?? row.heads })
  ctx.announce('batch.answered', { kind: 'batchMember', id: row.id }, { planId: row.planId, answer: body.answer })
  return (await toInvitations(ctx, [answered]))[0]!
}
/** The plan is its unit's; what of it is the firm's stands in its own line: its name, its unit, the day that was told. */
async function toInvitations(ctx: Ctx, rows: readonly MemberRow[]): Promise<BatchInvitation[]> {
  const plans = new Map<string, PlanRow>()
  for (const id of new Set(rows.map((row) => row.planId))) plans.set(id, await elevated(ctx, (system) => getPlanRow(system, id)))
  const [units, declared] = [await unitNames(ctx, [...plans.values()].map((plan) => plan.unitId)), await declaredOf(ctx, rows.map(({ id }) => id))]
  return Promise.all(rows.map(async (row) => {
    const plan = plans.get(row.planId)!
    const { id, revision, enterpriseId, enterpriseName, workplaceId, workplaceName, answer: said, answeredAt, reason, wishedDay, heads } = row
    return {
      id, revision, plan: plan.name, unit: units.get(plan.unitId) ?? { zh: '–', en: '–' }, enterpriseId, enterpriseName, workplaceId, workplaceName, day: row.invitedDay!, invitedAt: row.invitedAt!, answer: said, answeredAt, reason, wishedDay, heads,
      meaning: (await meaningAt(ctx, row.districtCode, plan.emergencyKind)) ?? null, ...(declared.get(id) ?? { declared: 'none', declarationId: null }), can: plan.state === 'open' ? ['answer'] : [],
    }
  }))
}
