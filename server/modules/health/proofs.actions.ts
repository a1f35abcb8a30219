// Use cases of proof: closing a day's tree with a signature, publishing its root, and the path from one receipt to it.
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import type { Input, Returns } from '@fugong/contract/base'
import { readReceiptNumber, receiptNumber, rootText, type listReceiptRoots, type proveReceipt } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { problem } from '../../base/problem.ts'
import { pathOf, rootOf } from '../../base/tree.ts'
import { findBatch, findRoot, insertRoot, selectBatchRoots, selectOpenDays, selectRoots } from './proofs.store.ts'
import { cutHashes } from './tree.actions.ts'

/** A day is closed an hour after its end: what was accepted in its last second has long been committed. */
const GRACE_MS = 3_600_000
/** Days that one look at the published roots shows. */
const MOST_ROOTS = 100
// What stands before the 32 bytes of an Ed25519 key in PKCS #8.
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
/** The key that signs days, made from the master key: nothing else knows it and nothing has to be kept. */
function signingKey({ sealer }: Pick<Ctx, 'sealer'>): { key: KeyObject; publicKey: string; keyId: string } {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8, sealer.blind('receipt roots', 'signing key 1')]), format: 'der', type: 'pkcs8' })
  const raw = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32)
  return { key, publicKey: raw.toString('base64'), keyId: sha256(raw).toString('hex', 0, 8) }
}
/** Signs every day that is over; the tree of a day stands on the roots of its batches. */
export async function closeDays(system: Ctx): Promise<void> {
  const { key, publicKey, keyId } = signingKey(system)
  for (const day of await selectOpenDays(system, shanghaiDay(new Date(system.now.getTime() - GRACE_MS)))) {
    const batches = await selectBatchRoots(system, day)
    const root = rootOf(batches.map((batch) => batch.root))
    const count = batches.reduce((sum, { leaves }) => sum + leaves, 0)
    const signature = sign(null, Buffer.from(rootText({ day, count, root: root.toString('hex') })), key)
    if (await insertRoot(system, { day, count, root, signature, keyId, publicKey })) system.announce('health.day_closed', { kind: 'day', id: day }, { count, root: root.toString('hex'), keyId })
  }
}
/** The path leads to the root of the batch, and once the day is closed on to that of the day. Leaves stay when answers are erased, so it holds for good. */
export function prove(ctx: Ctx, { params }: Input<typeof proveReceipt>): Promise<Returns<typeof proveReceipt>> {
  return elevated(ctx, async (system) => {
    const read = readReceiptNumber(params.number)
    const batch = read && (await findBatch(system, read.batch))
    const index = batch ? batch.positions.indexOf(read.position) : -1
    if (!batch || index < 0) throw problem('not_found')
    const leaves = cutHashes(batch.leaves)
    const path = pathOf(leaves, index)
    const closed = await findRoot(system, batch.acceptedOn)
    if (closed) {
      const batches = await selectBatchRoots(system, batch.acceptedOn)
      path.push(...pathOf(batches.map(({ root }) => root), batches.findIndex(({ id }) => id === batch.id)))
    }
    return {
      number: receiptNumber(batch.id, read!.position), hash: leaves[index]!.toString('hex'), acceptedOn: batch.acceptedOn, path, root: closed?.root.toString('hex') ?? null, count: closed?.count ?? null,
      signature: closed?.signature.toString('base64') ?? null, keyId: closed?.keyId ?? null, publicKey: closed?.publicKey ?? null, closedAt: closed?.closedAt ?? null,
    }
  })
}
export function listRoots(ctx: Ctx, { query }: Input<typeof listReceiptRoots>): Promise<Returns<typeof listReceiptRoots>> {
  return elevated(ctx, async (system) => {
    const rows = await selectRoots(system, query.before ?? null, MOST_ROOTS + 1)
    const page = rows.slice(0, MOST_ROOTS)
    return { items: page.map((row) => ({ ...row, root: row.root.toString('hex'), signature: row.signature.toString('base64') })), next: rows.length > MOST_ROOTS ? page[MOST_ROOTS - 1]!.day : null }
  })
}
