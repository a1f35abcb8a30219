// What happens when an office lets the time run out: silence accepts where the table says so, else the command centre is told.
import type { Ctx } from '../../base/context.ts'
import { loggable } from '../../base/log.ts'
import { overdueDeed } from './rules.ts'
import { change, takeEffect, tell } from './shared.actions.ts'
import { lockOverdue, type DeclarationRecord, type OverdueMark } from './store.ts'

export type { OverdueMark }
const BATCH = 100
/**
 * Deals with one batch of overdue declarations and answers where the next one begins, undefined after the last. Running it
 * again changes nothing that it did. One that fails is undone by itself and passed over: it is met again by the next sweep
 * that begins at the front, and holds up no other firm.
 */
export async function sweepOverdue(ctx: Ctx, after?: OverdueMark): Promise<OverdueMark | undefined> {
  const rows = await lockOverdue(ctx, BATCH, after)
  for (const row of rows) {
    const failure = await ctx.attempt(() => runOut(ctx, row))
    if (failure) ctx.log.error({ declaration: row.id, failure: loggable(failure) }, 'overdue declaration passed over')
  }
  const last = rows.length === BATCH ? rows.at(-1) : undefined
  return last && { dueAt: last.dueAt!, id: last.id }
}
async function runOut(ctx: Ctx, row: DeclarationRecord): Promise<void> {
  const deed = overdueDeed(row, ctx.now.toISOString())
  if (deed === 'acceptOverdue') {
    await tell(ctx, row, 'clock', 'declaration.accepted_overdue', {})
    await takeEffect(ctx, row, 'clock', 'overdue')
  } else if (deed === 'escalate') {
    const escalated = await change(ctx, row, 'clock', { escalatedAt: ctx.now.toISOString() })
    await tell(ctx, escalated, 'clock', 'declaration.escalated', { to: 'commandCentre' })
  }
}
