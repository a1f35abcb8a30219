// From judged reports to receipts: the batch with its hashes and sealed answers, the receipt of each, and the one that a repetition had before.
import { healthLevels, receiptNumber, type Receipt, type SendReport } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import type { Problem } from '../../base/problem.ts'
import { rootOf } from '../../base/tree.ts'
import { addBatch, type NewReport, type Standing, type Subject } from './batch.store.ts'
import { seal } from './envelopes.actions.ts'
import { becauseOf, type Judgement } from './judge.actions.ts'
import { TURNS_JOB } from './status.actions.ts'
import { leafOf } from './tree.actions.ts'
import { addTurns } from './turns.store.ts'

/** A report that was read and checked, and the binding that sent it. */
export interface Given { bindingId: string; report: SendReport; text: string }
export interface Judged extends Given { subject: Subject; judgement: Judgement; commitment: Buffer; row: NewReport }
/** A judged report, and which of those given it is. */
export interface Placed { one: Judged; place: number }
export type Answer = Receipt | Problem

/** Keeps hashes and sealed answers of what was added to a batch, tells the audit, and answers the receipts. */
export async function keepBatch(system: Ctx, id: number, added: readonly (Placed & { position: number })[], answers: Answer[]): Promise<void> {
  if (!added.length) return
  const acceptedAt = system.now
  const leaves = added.map(({ one: { row, commitment } }) => leafOf({ ...row, commitment, acceptedAt: acceptedAt.getTime() }))
  for (const [i, { one, place, position }] of added.entries()) {
    answers[place] = receiptOf({ ...one.row, version: one.report.version ?? 1, batchId: id, position, acceptedAt: acceptedAt.toISOString() }, leaves[i]!, one.judgement.because)
  }
  const root = rootOf(leaves)
  const envelopes = await seal(system, added.map(({ one, position }) => ({ position, report: one.report, judgement: one.judgement })))
  addBatch(system, { id, acceptedOn: shanghaiDay(acceptedAt), acceptedAt, positions: added.map(({ position }) => position), leaves, root, envelopes })
  const turned = added.filter(({ one }) => one.row.level !== one.subject.colour)
  if (turned.length) {
    addTurns(system, id, turned.map(({ one: { row }, position }) => ({ employmentId: row.employmentId, day: row.day, slot: row.slot, level: row.level, rule: row.rule, position })))
    system.enqueue(TURNS_JOB, null, { key: 'turned' })
  }
  system.announce('health.reports_accepted', { kind: 'reports', id: newId() }, { batch: id, count: added.length, root: root.toString('hex') })
}
/** The receipt of a report that is kept. */
export async function receiptAgain(system: Ctx, standing: Standing): Promise<Receipt> {
  return receiptOf(standing, leafOf({ ...standing, acceptedAt: Date.parse(standing.acceptedAt) }), await becauseOf(system, standing.rule))
}
/** Byte for byte the same however often it is asked for: the words of a table come in the order of its storage, so theirs is set here. */
function receiptOf({ batchId, position, day, slot, version, employmentId, acceptedAt, commitment, level }: Omit<Standing, 'rule'>, leaf: Buffer, because: Receipt['because']): Receipt {
  return { number: receiptNumber(batchId, position), hash: leaf.toString('hex'), day, slot, version, employmentId, acceptedAt, commitment: commitment.toString('hex'), level: healthLevels[level]!, because: { zh: because.zh, en: because.en } }
}
