// Folding: what batches added moves into the counts, twice a second as long as reports come in.
import type { Ctx } from '../../base/context.ts'
import { foldDeltas } from './counts.store.ts'

export const FOLD_JOB = 'health.fold'
/** Batches that one fold takes: some seconds of the busiest morning. */
const MOST_FOLDED = 2000
const PACE_MS = 500
export async function fold(system: Ctx): Promise<void> {
  if (await foldDeltas(system, MOST_FOLDED)) system.enqueue(FOLD_JOB, null, { at: new Date(system.now.getTime() + PACE_MS), key: 'again' })
}
