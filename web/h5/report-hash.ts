// Follows a receipt's hash up its tree with the browser's own SHA-256.
import type { ReceiptProof } from '@fugong/contract/health'

/** `open`: in its batch, the day is not over yet; `unable`: this browser cannot hash. */
export interface Checked { result: 'holds' | 'open' | 'fails' | 'missing' | 'unable'; root?: string }
const bytesOf = (hex: string): number[] => (hex.match(/../g) || []).map((pair) => parseInt(pair, 16))
const hexOf = (buffer: ArrayBuffer): string => Array.from(new Uint8Array(buffer)).map((one) => (one < 16 ? '0' : '') + one.toString(16)).join('')
/** The node over two others; its first byte tells it from a leaf. */
async function nodeOf(left: string, right: string): Promise<string> {
  return hexOf(await crypto.subtle.digest('SHA-256', new Uint8Array([1].concat(bytesOf(left), bytesOf(right)))))
}
export async function checkProof(hash: string, { hash: recorded, path, root }: Pick<ReceiptProof, 'hash' | 'path' | 'root'>): Promise<Checked> {
  // Browsers give their hash only to pages that came over HTTPS.
  if (!crypto.subtle) return { result: 'unable' }
  if (hash !== recorded) return { result: 'fails' }
  let at = hash
  for (const { side, hash: twin } of path) at = side === 'left' ? await nodeOf(twin, at) : await nodeOf(at, twin)
  if (root === null) return { result: 'open' }
  return { result: at === root ? 'holds' : 'fails', root: at }
}
