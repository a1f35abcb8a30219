// What becomes of a certificate: suspended and resumed, revoked, superseded, expired, withdrawn, closed; each with its line of history and its event.
import type { Input } from '@fugong/contract/base'
import type { Certificate, suspendCertificate } from '@fugong/contract/certificates'
import { isOwnFirm } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { notify } from '../notices/index.ts'
import { toCertificate } from './actions.ts'
import { unitOf } from './policy.ts'
import { next, standingOn, type Deed, type OfficeDeed } from './rules.ts'
import { insertHistory, lockCertificate, selectDue, updateState, type HistoryEvent, type ShownRow } from './store.ts'

const told = { suspend: 'suspended', resume: 'resumed', revoke: 'revoked', supersede: 'superseded', expire: 'expired', withdraw: 'withdrawn', close: 'closed' } as const satisfies Record<Deed, HistoryEvent>
interface Given { reason?: string; orderNo?: string; by?: { id: string; number: string } }

/** Moves a locked certificate; refuses what its state does not allow. The history names person and unit of `ctx`. */
async function move(ctx: Ctx, row: ShownRow, deed: Deed, { reason, orderNo, by }: Given): Promise<ShownRow> {
  const standing = standingOn(row, shanghaiDay(ctx.now)).state
  // What is over can only be written down as over.
  const state = next(deed === 'expire' ? row.state : standing, deed)
  if (!state) throw problem('certificates.state_refused', { state: standing })
  const change = { state, stateSince: ctx.now.toISOString(), stateReason: reason ?? null, orderNo: state === 'suspended' ? (orderNo ?? null) : null, supersededBy: by?.id ?? null }
  await Promise.all([updateState(ctx, row.id, change), insertHistory(ctx, row, told[deed], reason ?? null, orderNo ?? row.orderNo)])
  return { ...row, ...change, successor: by?.number ?? null }
}
const subjectOf = ({ id }: { id: string }) => ({ kind: 'certificate', id })

/** The action of an office's deed by hand, with a reason that the firm sees; a stop-work order's suspension ends with the order. */
export function doing(deed: OfficeDeed) {
  return async (ctx: Ctx, { params, body }: Input<typeof suspendCertificate>): Promise<Certificate> => {
    const row = await lockCertificate(ctx, params.id)
    if (isOwnFirm(ctx.actor, row.enterpriseId) || (await isRegistrant(ctx, row.enterpriseId))) throw problem('session.own_firm')
    ctx.unit = unitOf(ctx, deed, row)
    if (deed === 'resume' && row.orderNo !== null) throw problem('certificates.under_order', { order: row.orderNo })
    const moved = await move(ctx, row, deed, { reason: body.reason })
    if (deed === 'suspend') ctx.announce('certificate.suspended', subjectOf(row), { reason: body.reason, orderNo: null })
    else ctx.announce(`certificate.${told[deed]}`, subjectOf(row), { reason: body.reason })
    await notify(ctx, { template: `certificate.${told[deed]}`, to: { enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName }, params: { firm: row.enterpriseName, number: row.number, unit: ctx.unit?.unitName ?? '' }, link: `/portal/certificates/${row.id}`, about: subjectOf(row) })
    return toCertificate(ctx, moved)
  }
}

// What rooms above do in the transaction of their own deed. They have settled who may; the certificate must lie in the caller's scope,
// and a state that does not allow it is `certificates.state_refused`.

/** Suspends by a stop-work order; a certificate suspended already by hand comes under the order too. */
export async function suspendByOrder(ctx: Ctx, { id, orderNo, reason }: { id: string; orderNo: string; reason: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  const held = row.state === 'suspended' && row.orderNo === null ? { ...row, state: 'valid' as const } : row
  await move(ctx, held, 'suspend', { reason, orderNo })
  ctx.announce('certificate.suspended', subjectOf(row), { reason, orderNo })
}
/** Ends the suspension of a stop-work order that was ended. */
export async function resumeByOrder(ctx: Ctx, { id, orderNo, reason }: { id: string; orderNo: string; reason: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  if (row.orderNo !== null && row.orderNo !== orderNo) throw problem('certificates.under_order', { order: row.orderNo })
  await move(ctx, row, 'resume', { reason, orderNo })
  ctx.announce('certificate.resumed', subjectOf(row), { reason })
}
/** Revokes for good what a stop-work order had suspended. */
export async function revokeByOrder(ctx: Ctx, { id, orderNo, reason }: { id: string; orderNo: string; reason: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  if (row.orderNo !== null && row.orderNo !== orderNo) throw problem('certificates.under_order', { order: row.orderNo })
  await move(ctx, row, 'revoke', { reason, orderNo })
  ctx.announce('certificate.revoked', subjectOf(row), { reason })
}
/** The certificate of a new declaration for the same workplace takes the place of this one, which must hold. */
export async function supersedeCertificate(ctx: Ctx, { id, by }: { id: string; by: { id: string; number: string } }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  await move(ctx, row, 'supersede', { by })
  ctx.announce('certificate.superseded', subjectOf(row), { by: by.number })
}
/** The firm gives its filing up. */
export async function withdrawCertificate(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  await move(ctx, row, 'withdraw', { reason })
  ctx.announce('certificate.withdrawn', subjectOf(row), { reason })
}
/** Firm or workplace is no more. */
export async function closeCertificate(ctx: Ctx, { id, reason }: { id: string; reason: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  await move(ctx, row, 'close', { reason })
  ctx.announce('certificate.closed', subjectOf(row), { reason })
}
/** Writes down that a certificate's last day has passed. */
export async function expireCertificate(ctx: Ctx, { id }: { id: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  await move(ctx, row, 'expire', {})
  ctx.announce('certificate.expired', subjectOf(row), { declarationId: row.declarationId })
}

const PER_RUN = 500
/** The clock: ends what is over, some at a time; readers have been told `expired` since midnight. */
export async function expireDue(system: Ctx): Promise<void> {
  const due = await selectDue(system, shanghaiDay(system.now), PER_RUN)
  for (const id of due) {
    const failure = await system.attempt(() => expireCertificate(system, { id }))
    if (failure) system.log.error({ certificate: id }, 'a certificate could not be ended')
  }
  if (due.length === PER_RUN) system.enqueue(EXPIRE_JOB, null, { key: due.at(-1)! })
}
export const EXPIRE_JOB = 'certificates.expire'
