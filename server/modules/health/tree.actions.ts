// Hash trees of receipts: commitments, leaves, roots and the paths between them; leaves and nodes are told apart by their first byte (RFC 6962).
import { createHash } from 'node:crypto'
import * as crypto from 'node:crypto'
import type { ProofPath } from '@fugong/contract/health'

// One-shot hashing costs half of an object's making; Node 20.12 brought it.
const oneShot = (crypto as { hash?: (algorithm: string, data: Buffer | string, encoding: 'buffer') => Buffer }).hash
export const sha256 = (data: Buffer | string): Buffer => (oneShot ? oneShot('sha256', data, 'buffer') : createHash('sha256').update(data).digest())

/** Binds a receipt to the key and the answers it was given for; without the key the answers cannot be guessed from it. */
export const commitmentOf = (key: string, answers: string): Buffer => sha256(`${key}\n${answers}`)
export interface Leaf { day: string; slot: number; employmentId: string; commitment: Buffer; /** Milliseconds since 1970. */ acceptedAt: number }
export const leafOf = ({ day, slot, employmentId, commitment, acceptedAt }: Leaf): Buffer => sha256(`\0${day} ${slot} ${employmentId} ${commitment.toString('hex')} ${acceptedAt}`)
const nodeOf = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([NODE, left, right]))
const NODE = Buffer.of(1)

/** The levels of a tree from its leaves to its root; an odd one at the end of a level moves up as it is. */
function levelsOf(leaves: readonly Buffer[]): Buffer[][] {
  const levels = [[...leaves]]
  while (levels.at(-1)!.length > 1) {
    const below = levels.at(-1)!
    const above: Buffer[] = []
    for (let i = 0; i < below.length; i += 2) above.push(i + 1 < below.length ? nodeOf(below[i]!, below[i + 1]!) : below[i]!)
    levels.push(above)
  }
  return levels
}
/** Root over at least one leaf. */
export function rootOf(leaves: readonly Buffer[]): Buffer {
  const root = levelsOf(leaves).at(-1)![0]
  if (!root) throw new RangeError('A tree has at least one leaf')
  return root
}
/** The path from one leaf to the root. */
export function pathOf(leaves: readonly Buffer[], index: number): ProofPath {
  const path: ProofPath = []
  let at = index
  for (const level of levelsOf(leaves)) {
    const twin = level[at ^ 1]
    if (twin && level.length > 1) path.push({ side: at % 2 ? 'left' : 'right', hash: twin.toString('hex') })
    at >>= 1
  }
  return path
}
/** Where a path leads from a leaf. */
export function follow(leaf: Buffer, path: ProofPath): Buffer {
  return path.reduce((hash, { side, hash: twin }) => (side === 'left' ? nodeOf(Buffer.from(twin, 'hex'), hash) : nodeOf(hash, Buffer.from(twin, 'hex'))), leaf)
}
/** 32-byte hashes that lie one after another. */
export const cutHashes = (bytes: Buffer): Buffer[] => Array.from({ length: bytes.length / 32 }, (_, i) => bytes.subarray(i * 32, i * 32 + 32))
