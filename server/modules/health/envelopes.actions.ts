// Sealed answers: one envelope for a batch and day under the key of the day, and its opening for whoever may.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { SendReport } from '@fugong/contract/health'
import type { Ctx } from '../../base/context.ts'
import type { Judgement } from './judge.actions.ts'
import { findEnvelope } from './day.store.ts'
import { dayKey } from './keys.store.ts'

/** What an envelope holds of each report: its place in the batch, key, answers, and what the table was asked. */
export type Sealed = [position: number, key: string, answers: SendReport['answers'], inputs: Judgement['inputs']]
export async function seal(system: Ctx, kept: readonly { position: number; report: SendReport; judgement: Judgement }[]): Promise<Map<string, Buffer>> {
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

/** What was answered in a report that is kept; undefined once its day is erased. */
export async function sealedOf(system: Ctx, { day, batchId, position }: { day: string; batchId: number; position: number }): Promise<Sealed | undefined> {
  const envelope = await findEnvelope(system, day, batchId)
  return envelope && (await openEnvelope(system, day, envelope)).find(([place]) => place === position)
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
/** After a day is erased nothing of its key stays in this process; another process holds one no longer than it runs. */
export function forgetKey(system: Ctx, day: string): void {
  keys.get(system.database)?.delete(day)
}
