// What it means when an office lets the time run out: silence accepts where the table says so, else it goes up the line.
import type { Ctx } from '../../base/context.ts'
import type { CaseStanding } from '../cases/index.ts'
import { move } from './case.actions.ts'
import { isOpenPlace } from './facts.actions.ts'
import { overdueDeed } from './rules.ts'
import { change, takeEffect, tell } from './shared.actions.ts'
import { stoppedBy } from './standing.actions.ts'
import { lockDeclarationRow } from './store.ts'

/** Asked by the engine when the limit of a declaration has passed. */
export async function runOut(system: Ctx, standing: CaseStanding, clock: 'respond' | 'resolve'): Promise<'accepted' | 'escalate'> {
  if (clock === 'respond') return 'escalate'
  const row = await lockDeclarationRow(system, standing.subjectId)
  // The engine's clock is the one that counts; the row's own copy may be older than a change of the calendar.
  const deed = overdueDeed({ ...row, dueAt: system.now.toISOString() }, system.now.toISOString())
  // What stands under a stop-work order is not brought back by silence, and nothing is filed for a place that is closed.
  if (deed === 'acceptOverdue' && (await stoppedBy(system, row)) === undefined && (await isOpenPlace(system, row))) {
    await tell(system, row, 'clock', 'declaration.accepted_overdue', {})
    await takeEffect(system, row, 'clock', 'overdue')
    await move(system, row, 'acceptOverdue')
    return 'accepted'
  }
  if (deed === 'escalate') {
    const escalated = await change(system, row, 'clock', { escalatedAt: system.now.toISOString() })
    await tell(system, escalated, 'clock', 'declaration.escalated', { to: 'commandCentre' })
  }
  return 'escalate'
}
