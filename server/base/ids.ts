// Identifiers: UUIDv7 made here, so that rows sort by time without a global sequence.
import { freshBytes } from './random.ts'

let last = 0
let count = 0
/** A UUIDv7 (RFC 9562) as 36 lower-case characters. Those of one process sort in the order in which they were made, also within a millisecond: histories are read in that order. */
export function newId(now = Date.now()): string {
  if (now > last) {
    last = now
    count = 0
  } else if (++count > 0xfff) {
    last += 1
    count = 0
  }
  const bytes = freshBytes(16)
  bytes.writeUIntBE(last, 0, 6)
  bytes.writeUInt16BE(0x7000 | count, 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
