// Tokens of phones and of what waits for a code: read, and proved by the keyed hash that they bear.
import { sameBytes } from '../../base/crypto.ts'
import { readToken } from './intake.rules.ts'

/** The id that a token names, when its tag is the keyed hash of it. */
export function idOfToken(token: string, keyed: (text: string) => Buffer): string | undefined {
  const read = readToken(token)
  return read && sameBytes(keyed(read.id).subarray(0, 12), read.tag) ? read.id : undefined
}
