// Opens reports that phones sealed while they had no network: ECDH on P-256 with a key of the month that is made from the master key, AES-256-GCM under the agreed secret.
import { createDecipheriv, createECDH, type ECDH } from 'node:crypto'
import type { Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { problem } from '../../base/problem.ts'

const POINT = 65
const NONCE = 12
const TAG = 16
/** `202002`: the month, in UTC. */
const monthOf = (at: Date): string => at.toISOString().slice(0, 7).replace('-', '')
const known = new WeakMap<object, Map<string, ECDH>>()
/** The pair of a month: nothing else knows it, and nothing has to be kept. */
function pairOf(sealer: Ctx['sealer'], id: string): ECDH {
  let own = known.get(sealer)
  if (!own) known.set(sealer, (own = new Map()))
  const before = own.get(id)
  if (before) return before
  const pair = createECDH('prime256v1')
  // One hash in four thousand million is no number of the curve.
  for (let turn = 0; ; turn++) {
    try {
      pair.setPrivateKey(sealer.blind('report seal', `${id} ${turn}`))
      break
    } catch (error) {
      if (turn > 8) throw error
    }
  }
  own.set(id, pair)
  return pair
}
export function publicSealKey({ sealer, now }: Pick<Ctx, 'sealer' | 'now'>): { id: string; key: string } {
  const id = monthOf(now)
  return { id, key: pairOf(sealer, id).getPublicKey().toString('base64url') }
}
/** What was sealed for this token; throws `health.seal_unreadable` for a key of another time, another phone's token, and whatever was touched. */
export function openSeal({ sealer, now }: Pick<Ctx, 'sealer' | 'now'>, { keyId, sealed, token }: { keyId: string; sealed: string; token: string }, months: number): unknown {
  const oldest = monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)))
  const bytes = Buffer.from(sealed, 'base64url')
  if (keyId > monthOf(now) || keyId < oldest || bytes.length < POINT + NONCE + TAG) throw problem('health.seal_unreadable')
  try {
    const point = bytes.subarray(0, POINT)
    const decipher = createDecipheriv('aes-256-gcm', sha256(Buffer.concat([pairOf(sealer, keyId).computeSecret(point), point])), bytes.subarray(POINT, POINT + NONCE))
    decipher.setAAD(Buffer.from(token))
    decipher.setAuthTag(bytes.subarray(-TAG))
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(POINT + NONCE, -TAG)), decipher.final()]).toString('utf8')) as unknown
  } catch {
    throw problem('health.seal_unreadable')
  }
}
