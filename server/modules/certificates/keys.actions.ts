// The city's signing keys: Ed25519, one active, old ones kept for verifying; the private half is sealed by the master key and never shown.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto'
import type { Input, Returns } from '@fugong/contract/base'
import type { listSigningKeys, revokeSigningKey, rotateSigningKey, SigningKey } from '@fugong/contract/certificates.print'
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { problem } from '../../base/problem.ts'
import { findActiveKey, insertActiveKey, retireActive, revokeRetired, selectKeys, type KeyRow } from './keys.store.ts'

const PURPOSE = 'certificate signing key'
// DER around the 32 bytes of an Ed25519 public key (RFC 8410).
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')

interface Signer { id: string; key: KeyObject }
const signers = briefCache<Signer>(900)
const known = briefCache<KeyRow[]>(900)

/** Signs with the active key. */
export async function signWithActive(ctx: Ctx, bytes: Uint8Array): Promise<{ keyId: string; signature: Buffer }> {
  const { id, key } = await signers.get(ctx, 'active', async () => {
    const found = await findActiveKey(ctx)
    if (!found) throw new Error('There is no signing key; load the reference data')
    return { id: found.id, key: createPrivateKey({ key: Buffer.from(ctx.sealer.open(PURPOSE, found.privateSealed), 'base64'), format: 'der', type: 'pkcs8' }) }
  })
  return { keyId: id, signature: sign(null, bytes, key) }
}
/** Makes the first key before anything is signed; a key made in a transaction that fails would be gone with it. */
export async function ensureKey(ctx: Ctx): Promise<void> {
  if (!(await findActiveKey(ctx))) await makeKey(ctx, null)
}
async function makeKey(ctx: Ctx, reason: string | null): Promise<KeyRow> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const bytes = publicKey.export({ format: 'der', type: 'spki' }).subarray(SPKI.length)
  const row: KeyRow = { id: sha256(bytes).subarray(0, 4).toString('hex'), publicKey: bytes, state: 'active', createdAt: ctx.now.toISOString(), createdBy: ctx.actor.personId, endedAt: null, reason }
  const made = await insertActiveKey(ctx, { ...row, privateSealed: ctx.sealer.seal(PURPOSE, privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')) })
  if (made) ctx.announce('certificate.key_made', { kind: 'certificateKey', id: row.id }, { key: row.id, reason })
  return row
}
/** Whether a signature over bytes is of this key; needs no network and no database. */
export function isSignedBy(publicKey: Uint8Array, bytes: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' })
  return verify(null, bytes, key, signature)
}
export function keyOf(ctx: Ctx, id: string): Promise<KeyRow | undefined> {
  return known.get(ctx, 'all', () => selectKeys(ctx)).then((keys) => keys.find((one) => one.id === id))
}

export async function listKeys(ctx: Ctx): Promise<Returns<typeof listSigningKeys>> {
  return { items: (await selectKeys(ctx)).map(toKey) }
}
export async function rotate(ctx: Ctx, { body }: Input<typeof rotateSigningKey>): Promise<SigningKey> {
  await retireActive(ctx)
  const row = await makeKey(ctx, body.reason)
  forgetKeys(ctx)
  return toKey(row)
}
export async function revokeKey(ctx: Ctx, { params, body }: Input<typeof revokeSigningKey>): Promise<SigningKey> {
  const row = await revokeRetired(ctx, params.id, body.reason)
  if (!row) {
    const there = (await selectKeys(ctx)).some((one) => one.id === params.id)
    throw problem(there ? 'certificates.key_state_refused' : 'not_found')
  }
  ctx.announce('certificate.key_revoked', { kind: 'certificateKey', id: row.id }, { key: row.id, reason: body.reason })
  forgetKeys(ctx)
  return toKey(row)
}
function forgetKeys(ctx: Ctx): void {
  signers.forget(ctx)
  known.forget(ctx)
}
function toKey({ id, publicKey, state, createdAt, endedAt, reason }: KeyRow): SigningKey {
  return { id, algorithm: 'Ed25519', publicKey: publicKey.toString('base64url'), state, createdAt, endedAt, reason: state === 'revoked' ? reason : null }
}
