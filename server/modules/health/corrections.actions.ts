// Corrections of reports: the next version of a slot, with a receipt of its own; what stood before is kept, and the counts move from its cell.
import { receiptNumber } from '@fugong/contract/health'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { selectVersions, type Standing } from './batch.store.ts'
import { correctReports, lockStanding, moveCounts, type Corrected } from './corrections.store.ts'
import { newBatchId } from './intake.rules.ts'
import { keepBatch, receiptAgain, type Answer, type Judged, type Placed } from './receipts.actions.ts'

const slotOf = ({ employmentId, day, slot }: { employmentId: string; day: string; slot: 1 | 2 }): string => `${employmentId} ${day} ${slot}`
/** Takes each correction whose turn it is, under the lock of the row it corrects; a repetition has its receipt, anything else is told what stands. */
export async function storeCorrections(system: Ctx, judged: readonly Placed[], answers: Answer[]): Promise<void> {
  const standing = new Map((await lockStanding(system, judged.map(({ one }) => one.row))).map((row) => [slotOf(row), row]))
  const batchId = newBatchId(system.now.getTime(), Math.random())
  const taken: (Placed & { position: number; before: Corrected['before'] })[] = []
  const others: Placed[] = []
  for (const placed of judged) {
    const { row, report } = placed.one
    const before = standing.get(slotOf(row))
    // One version of a slot in a batch: the next one finds this one standing when it comes again.
    if (!before || before.version + 1 !== report.version || taken.some(({ one }) => slotOf(one.row) === slotOf(row))) others.push(placed)
    else taken.push({ ...placed, position: taken.length, before })
  }
  if (taken.length) {
    const corrected = taken.map(({ one, position, before }) => ({ row: one.row, version: one.report.version!, position, before }))
    await correctReports(system, batchId, corrected)
    moveCounts(system, batchId, corrected)
    await keepBatch(system, batchId, taken, answers)
  }
  if (!others.length) return
  const versions = await selectVersions(system, others.map(({ one }) => one.row))
  for (const { one, place } of others) answers[place] = await answerFor(system, one, versions.filter((row) => slotOf(row) === slotOf(one.row)))
}
async function answerFor(system: Ctx, { report, commitment }: Judged, versions: readonly Standing[]): Promise<Answer> {
  const latest = versions.at(-1)
  if (!latest) return problem('health.nothing_to_correct')
  const same = versions.find((row) => row.version === report.version && row.commitment.equals(commitment))
  if (same) return receiptAgain(system, same)
  return problem('health.corrected_meanwhile', { number: receiptNumber(latest.batchId, latest.position), version: latest.version })
}
