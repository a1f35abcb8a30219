// The clock of stop-work orders: tells once that a firm's last day has passed, and ends orders whose filing has ended otherwise.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { caseOf, tellCase, withdrawCase } from '../cases/index.ts'
import { STOP_WORK } from './kind.actions.ts'
import { findOpenOrder, lockLate, updateOrder } from './store.ts'

export const LATE_JOB = 'orders.late'
const PER_RUN = 200
/** Some at a time; killed in between, the next run takes up what is not told yet. Answers whether there may be more. */
export async function tellLate(system: Ctx): Promise<boolean> {
  const late = await lockLate(system, shanghaiDay(system.now), PER_RUN)
  for (const row of late) {
    const standing = await caseOf(system, STOP_WORK, row.id)
    if (standing && standing.endedAt === null) await tellCase(system, standing.id, 'deadlinePassed', { side: 'clock' })
    await updateOrder(system, row, { overdueToldAt: system.now.toISOString(), changedBy: null, changedUnitId: null, changedAt: system.now.toISOString() })
    system.announce('order.deadline_passed', { kind: 'order', id: row.id }, { deadline: row.deadline })
  }
  return late.length === PER_RUN
}
/** What a certificate's end means for the order it stood under: nothing is left to be put right. Repeated it changes nothing. */
export async function lapse(system: Ctx, certificateId: string): Promise<void> {
  const row = await findOpenOrder(system, { certificateId })
  if (!row) return
  const standing = await caseOf(system, STOP_WORK, row.id)
  if (standing && standing.endedAt === null) await withdrawCase(system, standing.id, 'lapsed')
  const now = system.now.toISOString()
  await updateOrder(system, row, { state: 'lapsed', endedAt: now, proposedBy: null, proposedUnitId: null, proposedAt: null, proposedReason: null, proposedFrom: null, changedBy: null, changedUnitId: null, changedAt: now })
  system.announce('order.lapsed', { kind: 'order', id: row.id }, { certificateId })
}
