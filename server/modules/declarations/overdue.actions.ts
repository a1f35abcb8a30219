// What happens when an office lets the time run out: silence accepts where the table says so, else the command centre is told.
import type { Ctx } from '../../base/context.ts'
import { overdueDeed } from './rules.ts'
import { change, takeEffect, tell } from './shared.actions.ts'
import { lockOverdue } from './store.ts'

const BATCH = 100
/** Deals with one batch of overdue declarations; answers whether there may be more. Running it again changes nothing that it did. */
export async function sweepOverdue(ctx: Ctx): Promise<boolean> {
  const rows = await lockOverdue(ctx, BATCH)
  for (const row of rows) {
    const deed = overdueDeed(row, ctx.now.toISOString())
    if (deed === 'acceptOverdue') {
      await tell(ctx, row, 'clock', 'declaration.accepted_overdue', {})
      await takeEffect(ctx, row, 'clock', 'overdue')
    } else if (deed === 'escalate') {
      const escalated = await change(ctx, row, 'clock', { escalatedAt: ctx.now.toISOString() })
      await tell(ctx, escalated, 'clock', 'declaration.escalated', { to: 'commandCentre' })
    }
  }
  return rows.length === BATCH
}
