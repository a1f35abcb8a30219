// Random bytes in small pieces: drawn many at once, because a draw of its own costs more than what most pieces are for.
import { randomFillSync } from 'node:crypto'

const pool = Buffer.alloc(4096)
let drawn = pool.length
/** Fresh random bytes, each used for one piece and never again. Take them into use at once: their place is filled anew later. */
export function freshBytes(length: number): Buffer {
  if (drawn + length > pool.length) {
    randomFillSync(pool)
    drawn = 0
  }
  return pool.subarray(drawn, (drawn += length))
}
