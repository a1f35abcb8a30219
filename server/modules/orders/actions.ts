// Stop-work orders as offices give and end them: issue, recheck, propose a revocation and agree to it.
import type { Input } from '@fugong/contract/base'
import type { decideRevocation, issueOrder, Order, proposeRevocation, recheckOrder } from '@fugong/contract/orders'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { moveCase, openCase, pauseClocks, tellCase } from '../cases/index.ts'
import { resumeByOrder, revokeByOrder, suspendByOrder } from '../certificates/index.ts'
import { unitLine } from '../identity/index.ts'
import { recordDecision } from '../rules/index.ts'
import { toOrder } from './answer.actions.ts'
import { tellIssued, tellLifted, tellRevoked } from './notices.actions.ts'
import { RECTIFICATION, STOP_WORK } from './kind.actions.ts'
import { deadlineFault, recheckFaults } from './rules.ts'
import { change, hold, load, openCaseOf } from './shared.actions.ts'
import { insertOrder, scopeOf, selectItems, updateItem, type OrderRecord } from './store.ts'
import { orderable, termsFor } from './terms.actions.ts'

/** Orders a workplace to stop: the certificate is suspended with the order's number, and the firm knows what, why and by when. */
export async function issue(ctx: Ctx, { body }: Input<typeof issueOrder>): Promise<Order> {
  const { filed, grant } = await orderable(ctx, body.declarationId)
  ctx.unit = grant
  const { latest, respondHours, recheckHours, objectUntil, decision } = await termsFor(ctx, filed)
  const fault = deadlineFault(body.deadline, shanghaiDay(ctx.now), latest)
  if (fault) throw invalid([fault])
  const id = newId()
  const now = ctx.now.toISOString()
  const above = (await unitLine(ctx, grant.unitId))[1]
  const row: OrderRecord = {
    ...scopeOf(filed), id, revision: 1, state: 'rectifying', documentNo: body.documentNo.trim(), declarationId: filed.id, certificateId: filed.certificateId, certificateNumber: filed.certificateNumber,
    enterpriseName: filed.enterpriseName, nameKey: searchKey(filed.enterpriseName), workplaceName: filed.workplaceName, address: filed.address, scene: filed.scene, level: filed.level,
    reason: body.reason.trim(), findings: body.findings, deadline: body.deadline, overdueToldAt: null, unitId: grant.unitId, issuedBy: ctx.actor.personId!, issuedAt: now, handedInAt: null, endedAt: null, endReason: null,
    proposedBy: null, proposedUnitId: null, proposedAt: null, proposedReason: null, proposedFrom: null,
    decision, decisionId: await recordDecision(ctx, decision, { kind: 'order', id }), objectUnitId: objectUntil === null ? null : (above?.id ?? grant.unitId), objectUntil, emergencyId: filed.emergencyId, emergencyKind: filed.emergencyKind, sample: filed.sample,
    changedBy: ctx.actor.personId, changedUnitId: grant.unitId, changedAt: now,
  }
  await insertOrder(ctx, row, body.items.map((text) => text.trim()))
  await suspendByOrder(ctx, { id: row.certificateId, orderNo: row.documentNo, reason: row.reason })
  const standing = await openCase(ctx, {
    ...scopeOf(row), kind: STOP_WORK, subjectId: id, title: `${row.enterpriseName} ${row.workplaceName} ${row.documentNo}`, emergencyId: row.emergencyId, emergencyKind: row.emergencyKind, sample: row.sample,
    steps: [[{ unitId: grant.unitId, role: 'lead' }]], clocks: [...(respondHours === undefined ? [] : [{ clock: 'respond' as const, workingHours: respondHours }]), { clock: 'resolve', workingHours: recheckHours }], openedBy: ctx.actor.personId,
  })
  // Until the firm hands in, no office is late.
  await pauseClocks(ctx, standing.id, RECTIFICATION)
  ctx.announce('order.issued', subjectOf(row), { declarationId: row.declarationId, certificateId: row.certificateId, items: body.items.length, deadline: row.deadline })
  await tellIssued(ctx, row, row.deadline)
  return toOrder(ctx, row)
}
const subjectOf = ({ id }: { id: string }) => ({ kind: 'order', id })

/** Everything handed in is judged at once: all accepted, work resumes; what is returned goes back with its reason and a new last day. */
export async function recheck(ctx: Ctx, { params, body }: Input<typeof recheckOrder>): Promise<Order> {
  const row = await load(ctx, params.id, body.revision, ['handedIn'])
  const items = await selectItems(ctx, row.id)
  const issues = recheckFaults(items, body.items)
  const returned = body.items.filter(({ accept }) => !accept)
  const today = shanghaiDay(ctx.now)
  if (returned.length) {
    const fault = body.deadline === undefined ? { path: '/deadline', code: 'issue.required' } : deadlineFault(body.deadline, today, (await termsFor(ctx, row)).latest)
    if (fault) issues.push(fault)
  }
  if (issues.length) throw invalid(issues)
  await hold(ctx, row)
  for (const { position, accept, answer } of body.items) await updateItem(ctx, row.id, position, { state: accept ? 'accepted' : 'returned', answer: answer?.trim() || null })
  const open = await openCaseOf(ctx, row)
  if (!returned.length) {
    const reason = body.note?.trim() || null
    await moveCase(ctx, open.id, 'resume', reason === null ? {} : { note: reason })
    await resumeByOrder(ctx, { id: row.certificateId, orderNo: row.documentNo, reason: row.reason })
    const resumed = await change(ctx, row, { state: 'resumed', endedAt: ctx.now.toISOString(), endReason: reason })
    ctx.announce('order.resumed', subjectOf(row), { certificateId: row.certificateId })
    await tellLifted(ctx, row)
    return toOrder(ctx, resumed)
  }
  await moveCase(ctx, open.id, 'returnItems', { reason: returned.map(({ position, answer }) => `${position}. ${answer!.trim()}`).join('\n').slice(0, 1000) })
  await tellCase(ctx, open.id, 'deadlineSet', { params: { day: body.deadline } })
  const back = await change(ctx, row, { state: 'rectifying', deadline: body.deadline!, overdueToldAt: null, handedInAt: null })
  ctx.announce('order.returned', subjectOf(row), { items: returned.length, deadline: body.deadline! })
  await tellIssued(ctx, row, body.deadline!)
  return toOrder(ctx, back)
}

/** Revoking is for good, so one person proposes it and another one agrees. */
export async function propose(ctx: Ctx, { params, body }: Input<typeof proposeRevocation>): Promise<Order> {
  const row = await load(ctx, params.id, body.revision, ['rectifying', 'handedIn'])
  await hold(ctx, row)
  await moveCase(ctx, (await openCaseOf(ctx, row)).id, 'propose', { reason: body.reason })
  const proposed = await change(ctx, row, { state: 'revoking', proposedBy: ctx.actor.personId, proposedUnitId: ctx.unit!.unitId, proposedAt: ctx.now.toISOString(), proposedReason: body.reason.trim(), proposedFrom: row.state as 'rectifying' | 'handedIn' })
  ctx.announce('order.revocation_proposed', subjectOf(row), { certificateId: row.certificateId })
  return toOrder(ctx, proposed)
}
export async function decideOn(ctx: Ctx, { params, body }: Input<typeof decideRevocation>): Promise<Order> {
  const row = await load(ctx, params.id, body.revision, ['revoking'])
  if (row.proposedBy === ctx.actor.personId) throw problem('orders.second_person')
  const { above } = await hold(ctx, row)
  const open = await openCaseOf(ctx, row)
  const from = row.proposedFrom!
  const closed = { proposedBy: null, proposedUnitId: null, proposedAt: null, proposedReason: null, proposedFrom: null }
  if (!body.agree) {
    await moveCase(ctx, open.id, above ? 'turnDownAbove' : 'turnDown', { outcome: from, reason: body.reason })
    const again = await change(ctx, row, { ...closed, state: from })
    ctx.announce('order.revocation_refused', subjectOf(row), {})
    return toOrder(ctx, again)
  }
  await moveCase(ctx, open.id, above ? 'agreeAbove' : 'agree', { reason: body.reason })
  await revokeByOrder(ctx, { id: row.certificateId, orderNo: row.documentNo, reason: row.proposedReason! })
  const revoked = await change(ctx, row, { ...closed, state: 'revoked', endedAt: ctx.now.toISOString(), endReason: row.proposedReason })
  ctx.announce('order.revoked', subjectOf(row), { certificateId: row.certificateId, proposedBy: row.proposedBy! })
  await tellRevoked(ctx, row)
  return toOrder(ctx, revoked)
}
