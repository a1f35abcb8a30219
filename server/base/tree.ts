// Hash trees: root over leaves, the path from one of them, and where a path leads; leaves and nodes are told apart by their first byte (RFC 6962).
import { sha256 } from './crypto.ts'

/** Steps from a leaf to the root: the neighbour's hash in hex, and on which side it stands. */
export type TreePath = { side: 'left' | 'right'; hash: string }[]
const NODE = Buffer.of(1)
const nodeOf = (left: Buffer, right: Buffer): Buffer => sha256(Buffer.concat([NODE, left, right]))

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
export function pathOf(leaves: readonly Buffer[], index: number): TreePath {
  const path: TreePath = []
  let at = index
  for (const level of levelsOf(leaves)) {
    const twin = level[at ^ 1]
    if (twin && level.length > 1) path.push({ side: at % 2 ? 'left' : 'right', hash: twin.toString('hex') })
    at >>= 1
  }
  return path
}
/** Where a path leads from a leaf. */
export function follow(leaf: Buffer, path: TreePath): Buffer {
  return path.reduce((hash, { side, hash: twin }) => (side === 'left' ? nodeOf(Buffer.from(twin, 'hex'), hash) : nodeOf(hash, Buffer.from(twin, 'hex'))), leaf)
}
