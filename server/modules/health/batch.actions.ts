// One batch of reports from queue to commit: whom it speaks of, judged, added in one statement, sealed, its hashes kept; then each one's answer.
import { receiptNumber } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { Problem, problem } from '../../base/problem.ts'
import { addReports, selectSubjects, selectVersions, type Standing } from './batch.store.ts'
import { storeCorrections } from './corrections.actions.ts'
import { newBatchId } from './intake.rules.ts'
import { judgeOf } from './judge.actions.ts'
import { keepBatch, receiptAgain, type Answer, type Given, type Judged, type Placed } from './receipts.actions.ts'
import { commitmentOf } from './tree.actions.ts'

/** Stores a batch in the caller's transaction and answers each report in its place. Nothing is answered that is not in it. */
export async function storeBatch(system: Ctx, given: readonly Given[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const judged = await judgeAll(system, given, answers)
  const firsts = judged.filter(({ one }) => one.report.version === undefined)
  if (firsts.length) await storeFirsts(system, firsts, answers)
  // After them: a phone that was long without network may send both together.
  if (firsts.length < judged.length) await storeCorrections(system, judged.filter(({ one }) => one.report.version !== undefined), answers)
  return answers
}
async function storeFirsts(system: Ctx, judged: readonly Placed[], answers: Answer[]): Promise<void> {
  const batchId = newBatchId(system.now.getTime(), Math.random())
  const rows = judged.map(({ one }) => one.row)
  const added = await addReports(system, batchId, system.now, rows)
  const before = added.size < rows.length ? await selectVersions(system, rows.filter((_, position) => !added.has(position))) : []
  await keepBatch(system, batchId, [...added].sort((a, b) => a - b).map((position) => ({ position, ...judged[position]! })), answers)
  for (const [position, { one, place }] of judged.entries()) if (!added.has(position)) answers[place] = await repeated(system, one, before)
}

async function judgeAll(system: Ctx, given: readonly Given[], answers: Answer[]): Promise<Placed[]> {
  const subjects = new Map((await selectSubjects(system, given.map((one) => one.bindingId), shanghaiDay(system.now))).map((subject) => [subject.bindingId, subject]))
  const judge = judgeOf(system)
  const judged: Placed[] = []
  for (const [place, one] of given.entries()) {
    const subject = subjects.get(one.bindingId)
    if (!subject?.active) {
      answers[place] = problem(subject ? 'health.not_on_roster' : 'health.binding_unknown')
      continue
    }
    try {
      const judgement = await judge(subject, one.report.answers, one.text)
      const commitment = commitmentOf(one.report.key, one.text)
      const { employmentId, enterpriseId, workplaceId } = subject
      judged.push({ place, one: { ...one, subject, judgement, commitment, row: { bindingId: one.bindingId, employmentId, enterpriseId, workplaceId, day: one.report.day, slot: one.report.slot, level: judgement.level, rule: judgement.rule, commitment } } })
    } catch (error) {
      // A wrong answer is its sender's alone; a lost database is everyone's.
      if (!(error instanceof Problem)) throw error
      answers[place] = error
    }
  }
  return judged
}

/** The same key and answers receive the receipt they had, also when they were corrected since; anything else of that day and slot is told that it was reported. */
async function repeated(system: Ctx, { row, commitment }: Judged, before: readonly Standing[]): Promise<Answer> {
  const versions = before.filter((one) => one.employmentId === row.employmentId && one.day === row.day && one.slot === row.slot)
  const same = versions.find((one) => one.version === 1 && one.commitment.equals(commitment))
  if (same) return receiptAgain(system, same)
  const latest = versions.at(-1)
  return latest ? problem('health.already_reported', { number: receiptNumber(latest.batchId, latest.position) }) : problem('server.busy', { seconds: 1 })
}
