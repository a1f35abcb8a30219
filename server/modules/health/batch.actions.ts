// One batch of reports from queue to commit: whom it speaks of, judged, added in one statement, sealed, its hashes kept; then each one's answer.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { healthLevels, receiptNumber, type Receipt, type SendReport } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { Problem, problem } from '../../base/problem.ts'
import { rootOf } from '../../base/tree.ts'
import { addBatch, addReports, selectStanding, selectSubjects, type NewReport, type Subject } from './batch.store.ts'
import { newBatchId } from './intake.rules.ts'
import { becauseOf, judgeOf, type Judgement } from './judge.actions.ts'
import { dayKey } from './keys.store.ts'
import { commitmentOf, leafOf } from './tree.actions.ts'

/** A report that was read and checked, and the binding whose token it came with. */
export interface Given { bindingId: string; report: SendReport; text: string }
interface Judged extends Given { subject: Subject; judgement: Judgement; commitment: Buffer; row: NewReport }
export type Answer = Receipt | Problem

/** Stores a batch in the caller's transaction and answers each report in its place. Nothing is answered that is not in it. */
export async function storeBatch(system: Ctx, given: readonly Given[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const judged = await judgeAll(system, given, answers)
  if (!judged.length) return answers
  const acceptedAt = system.now
  const batchId = newBatchId(acceptedAt.getTime(), Math.random())
  const rows = judged.map(({ one }) => one.row)
  const added = await addReports(system, batchId, acceptedAt, rows)
  const before = added.size < rows.length ? await selectStanding(system, rows.filter((_, position) => !added.has(position))) : []
  const positions = [...added].sort((a, b) => a - b)
  const kept = positions.map((position) => ({ position, ...judged[position]!.one }))
  const leaves = kept.map(({ row, commitment }) => leafOf({ ...row, commitment, acceptedAt: acceptedAt.getTime() }))
  for (const [i, one] of kept.entries()) {
    answers[judged[one.position]!.place] = receiptOf({ ...one.row, batchId, position: one.position, acceptedAt: acceptedAt.toISOString() }, leaves[i]!, one.judgement.because)
  }
  if (kept.length) {
    const root = rootOf(leaves)
    addBatch(system, { id: batchId, acceptedOn: shanghaiDay(acceptedAt), acceptedAt, positions, leaves, root, envelopes: await seal(system, kept) })
    system.announce('health.reports_accepted', { kind: 'reports', id: newId() }, { batch: batchId, count: kept.length, root: root.toString('hex') })
  }
  for (const [position, { one, place }] of judged.entries()) if (!added.has(position)) answers[place] = await repeated(system, one, before)
  return answers
}

async function judgeAll(system: Ctx, given: readonly Given[], answers: Answer[]): Promise<{ one: Judged; place: number }[]> {
  const subjects = new Map((await selectSubjects(system, given.map((one) => one.bindingId), shanghaiDay(system.now))).map((subject) => [subject.bindingId, subject]))
  const judge = judgeOf(system)
  const judged: { one: Judged; place: number }[] = []
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

/** The same key and answers receive the receipt they had; anything else of that day and slot is told that it was reported. */
async function repeated(system: Ctx, { row, commitment }: Judged, before: readonly { employmentId: string; day: string; slot: 1 | 2; level: number; rule: number; position: number; batchId: number; acceptedAt: string; commitment: Buffer }[]): Promise<Answer> {
  const standing = before.find((one) => one.employmentId === row.employmentId && one.day === row.day && one.slot === row.slot)
  if (!standing) return problem('server.busy', { seconds: 1 })
  if (!standing.commitment.equals(commitment)) return problem('health.already_reported', { number: receiptNumber(standing.batchId, standing.position) })
  return receiptOf({ ...standing, employmentId: row.employmentId }, leafOf({ ...standing, commitment, acceptedAt: Date.parse(standing.acceptedAt) }), await becauseOf(system, standing.rule))
}
function receiptOf({ batchId, position, day, slot, employmentId, acceptedAt, commitment, level }: { batchId: number; position: number; day: string; slot: 1 | 2; employmentId: string; acceptedAt: string; commitment: Buffer; level: number }, leaf: Buffer, because: Receipt['because']): Receipt {
  return { number: receiptNumber(batchId, position), hash: leaf.toString('hex'), day, slot, employmentId, acceptedAt, commitment: commitment.toString('hex'), level: healthLevels[level]!, because }
}

// ── sealed answers ──────────────────────────────────────────────────────────
/** What an envelope holds of each report: its place in the batch, key, answers, and what the table was asked. */
export type Sealed = [position: number, key: string, answers: SendReport['answers'], inputs: Judgement['inputs']]
async function seal(system: Ctx, kept: readonly (Judged & { position: number })[]): Promise<Map<string, Buffer>> {
  const byDay = new Map<string, Sealed[]>()
  for (const { position, report, judgement } of kept) {
    const of: Sealed = [position, report.key, report.answers, judgement.inputs]
    const there = byDay.get(report.day)
    if (there) there.push(of)
    else byDay.set(report.day, [of])
  }
  const envelopes = new Map<string, Buffer>()
  for (const [day, reports] of byDay) {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', await keyOf(system, day), nonce)
    envelopes.set(day, Buffer.concat([Buffer.of(1), nonce, cipher.update(JSON.stringify(reports), 'utf8'), cipher.final(), cipher.getAuthTag()]))
  }
  return envelopes
}
/** Opens an envelope; throws when it was touched or its key is gone. */
export async function openEnvelope(system: Ctx, day: string, sealed: Buffer): Promise<Sealed[]> {
  const decipher = createDecipheriv('aes-256-gcm', await keyOf(system, day), sealed.subarray(1, 13))
  decipher.setAuthTag(sealed.subarray(-16))
  return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(13, -16)), decipher.final()]).toString('utf8')) as Sealed[]
}

const keys = new WeakMap<object, Map<string, Buffer>>()
/** The key of a day, made at its first use and sealed under the master key. */
async function keyOf(system: Ctx, day: string): Promise<Buffer> {
  let own = keys.get(system.database)
  if (!own) keys.set(system.database, (own = new Map()))
  const before = own.get(day)
  if (before) return before
  const fresh = system.sealer.seal('health-day', randomBytes(32).toString('base64'))
  // In a transaction of its own: a key that a batch uses must outlive the batch's failure.
  const sealed = await system.apart((apart) => dayKey(apart, day, fresh))
  const key = Buffer.from(system.sealer.open('health-day', sealed), 'base64')
  own.set(day, key)
  return key
}
