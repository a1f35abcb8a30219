// Steps that the deeds on orders share: load on the revision that was looked at, hold the part of the case, change with who changed it.
import type { OrderState } from '@fugong/contract/orders'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { caseOf, partsOf, raiseParts, type CaseStanding } from '../cases/index.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { personNames, unitLine, unitNames } from '../identity/index.ts'
import { answersFor, grantsAt, isOwn, readsAsFirm } from './policy.ts'
import { STOP_WORK } from './kind.actions.ts'
import { getOrderRow, lockOrder, updateOrder, type OrderRecord } from './store.ts'

const CLOCK = 'Fugong'
/** Loads an order for a deed of an office, or of its firm (`firm`); throws when it has changed since or stands otherwise. */
export async function load(ctx: Ctx, id: string, revision: number, states: readonly OrderState[], side: 'office' | 'firm' = 'office'): Promise<OrderRecord> {
  const row = await lockOrder(ctx, id)
  if (side === 'office' && (isOwn(ctx, row) || (await isRegistrant(ctx, row.enterpriseId)))) throw problem('session.own_firm')
  if (side === 'firm' && !answersFor(ctx, row)) throw problem('not_found')
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  if (!states.includes(row.state)) throw problem('orders.state_refused', { state: row.state })
  return row
}
/** `conflict.changed` naming who came first: officials among officials, their unit for the firm. */
export async function changedMeanwhile(ctx: Ctx, row: OrderRecord) {
  const { changedBy, changedUnitId, changedAt } = row
  const byUnit = changedUnitId !== null && readsAsFirm(ctx, row)
  const people = byUnit || changedBy === null ? undefined : (await personNames(ctx, [changedBy])).get(changedBy)
  const unit = changedUnitId ? (await unitNames(ctx, [changedUnitId])).get(changedUnitId) : undefined
  return problem('conflict.changed', { who: people ?? unit ?? CLOCK, at: changedAt })
}
export async function change(ctx: Ctx, row: OrderRecord, changes: Parameters<typeof updateOrder>[2]): Promise<OrderRecord> {
  const changed = await updateOrder(ctx, row, { ...changes, changedBy: ctx.actor.personId, changedUnitId: ctx.unit?.unitId ?? null, changedAt: ctx.now.toISOString() })
  if (!changed) throw await changedMeanwhile(ctx, await getOrderRow(ctx, row.id))
  return changed
}
export async function openCaseOf(ctx: Ctx, row: Pick<OrderRecord, 'id'>): Promise<CaseStanding> {
  const standing = await caseOf(ctx, STOP_WORK, row.id)
  if (!standing || standing.endedAt !== null) throw new Error(`Order ${row.id} is open without a case`)
  return standing
}
/** Which grant of the caller holds the open part of the order's case: their own unit's, or that of a unit above it; `below` are parts to be raised to it. */
export async function holdOn(ctx: Ctx, row: OrderRecord): Promise<{ grant: ReturnType<typeof grantsAt>[number]; below: string[] } | undefined> {
  const grants = grantsAt(ctx, row)
  const standing = grants.length ? await caseOf(ctx, STOP_WORK, row.id) : undefined
  if (!standing || standing.endedAt !== null) return undefined
  // Whether a revocation is right may always be judged by a colleague of the unit that gave the order.
  const issuing = row.state === 'revoking' ? grants.find(({ unitId }) => unitId === standing.openedUnitId) : undefined
  if (issuing) return { grant: issuing, below: [] }
  const open = (await partsOf(ctx, standing.id)).filter((part) => part.state === 'open')
  const own = grants.find((grant) => open.some(({ unitId }) => unitId === grant.unitId))
  if (own) return { grant: own, below: [] }
  for (const part of open) {
    const line = (await unitLine(ctx, part.unitId)).slice(1).map(({ id }) => id)
    const grant = grants.find(({ unitId }) => line.includes(unitId))
    if (grant) return { grant, below: [part.id] }
  }
  return undefined
}
/**
 * Makes the caller the one who acts, raising the part to their unit when it stands above (提级办理); throws when it is no matter
 * of theirs. `above` says whether it is not the unit that gave the order.
 */
export async function hold(ctx: Ctx, row: OrderRecord): Promise<{ above: boolean }> {
  const held = await holdOn(ctx, row)
  if (!held) throw problem('session.forbidden')
  ctx.unit = held.grant
  const standing = await openCaseOf(ctx, row)
  if (held.below.length) await raiseParts(ctx, standing.id, held.below, held.grant.unitId)
  return { above: held.grant.unitId !== standing.openedUnitId }
}
