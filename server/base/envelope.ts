// Data keys outside the database: each seals the values of one label (a district), lies wrapped by the master key in a file of its own, and can be replaced while the system runs.
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes, randomFillSync, type KeyObject } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, unlinkSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export interface DataKey { id: string; label: string; madeAt: string }
/** `about` names the row and purpose of a value: a sealed value moved to another row does not open. */
export type Seal = (about: string, text: string) => Buffer
export interface Envelope {
  /** Seals under the newest key of a label, made when there is none. Good for a batch; a later batch asks anew, so that a new key is taken up. */
  under(label: string): { keyId: string; seal: Seal }
  /** Throws when the key was destroyed, or the value is not what was sealed about this. */
  open(about: string, sealed: Buffer): string
  /** Makes a new key for a label; what is sealed from then on is sealed under it. */
  renew(label: string): DataKey
  keys(): DataKey[]
  /** Destroys a key for good: what is still sealed under it can never be opened again. */
  destroy(id: string): void
}
interface KnownKey extends DataKey { secret: KeyObject }
interface KeyFile extends DataKey { wrapped: string }

const FORMAT = 2
const ID = 8
const HEAD = 1 + ID + 12
/** Another process may have made a key: the folder is looked at again after so long. */
const LOOK_AGAIN_MS = 1000

/** Keys below `folder`, wrapped by `master`; without a folder they live as long as this process (tests). */
export function createEnvelope(master: Buffer, folder?: string): Envelope {
  const known = new Map<string, KnownKey>()
  let lookedAt = -Infinity
  const wrap = (about: string, secret: Buffer): string => {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', master, nonce).setAAD(Buffer.from(about))
    return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]).toString('base64')
  }
  const unwrap = (about: string, wrapped: string): KeyObject => {
    const bytes = Buffer.from(wrapped, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', master, bytes.subarray(0, 12)).setAAD(Buffer.from(about))
    decipher.setAuthTag(bytes.subarray(-16))
    return createSecretKey(Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]))
  }
  /** Takes up keys that other processes made, and forgets those they destroyed. */
  function look(): void {
    if (!folder) return
    lookedAt = performance.now()
    const there = new Set(existsSync(folder) ? readdirSync(folder).filter((name) => /^[0-9a-f]{16}\.key$/.test(name)).map((name) => name.slice(0, 16)) : [])
    for (const id of known.keys()) if (!there.has(id)) known.delete(id)
    for (const id of there) {
      if (known.has(id)) continue
      const { label, madeAt, wrapped } = JSON.parse(readFileSync(join(folder, `${id}.key`), 'utf8')) as KeyFile
      known.set(id, { id, label, madeAt, secret: unwrap(`${id} ${label}`, wrapped) })
    }
  }
  function make(label: string): KnownKey {
    const secret = randomBytes(32)
    const id = randomBytes(ID).toString('hex')
    // Later than every other of its label, also within one millisecond and after a clock was set back.
    const newest = newestOf(label)?.madeAt
    const madeAt = new Date(Math.max(Date.now(), newest ? Date.parse(newest) + 1 : 0)).toISOString()
    if (folder) {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      writeWhole(folder, `${id}.key`, JSON.stringify({ id, label, madeAt, wrapped: wrap(`${id} ${label}`, secret) } satisfies KeyFile))
    }
    const key = { id, label, madeAt, secret: createSecretKey(secret) }
    known.set(id, key)
    return key
  }
  function newestOf(label: string): KnownKey | undefined {
    let newest: KnownKey | undefined
    for (const key of known.values()) if (key.label === label && (!newest || key.madeAt > newest.madeAt)) newest = key
    return newest
  }
  return {
    under(label) {
      if (performance.now() - lookedAt > LOOK_AGAIN_MS) look()
      const { id, secret } = newestOf(label) ?? make(label)
      return { keyId: id, seal: sealerUnder(Buffer.from(id, 'hex'), secret) }
    },
    open(about, sealed) {
      if (sealed[0] !== FORMAT || sealed.length < HEAD + 16) throw new Error('Unknown sealed format')
      const id = sealed.toString('hex', 1, 1 + ID)
      if (!known.has(id)) look()
      const key = known.get(id)
      if (!key) throw new Error('The key of this value is gone')
      const decipher = createDecipheriv('aes-256-gcm', key.secret, sealed.subarray(1 + ID, HEAD)).setAAD(Buffer.from(about))
      decipher.setAuthTag(sealed.subarray(-16))
      return decipher.update(sealed.subarray(HEAD, -16), undefined, 'utf8') + decipher.final('utf8')
    },
    renew(label) {
      look()
      const { secret: _, ...key } = make(label)
      return key
    },
    keys() {
      look()
      return [...known.values()].map(({ secret: _, ...key }) => key).sort((a, b) => (a.madeAt < b.madeAt ? -1 : 1))
    },
    destroy(id) {
      known.delete(id)
      if (folder && /^[0-9a-f]{16}$/.test(id)) unlinkSync(join(folder, `${id}.key`))
    },
  }
}
/** Random nonces are drawn for many values at once: one by one they cost as much as the sealing. */
function sealerUnder(id: Buffer, secret: KeyObject): Seal {
  const nonces = Buffer.alloc(12 * 256)
  let at = nonces.length
  return (about, text) => {
    if (at === nonces.length) {
      randomFillSync(nonces)
      at = 0
    }
    const nonce = nonces.subarray(at, (at += 12))
    const cipher = createCipheriv('aes-256-gcm', secret, nonce).setAAD(Buffer.from(about))
    return Buffer.concat([Buffer.of(FORMAT), id, nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
  }
}
/** A new file that the disk has, or none: a key that seals anything must outlive the power. */
function writeWhole(folder: string, name: string, text: string): void {
  const file = openSync(join(folder, name), 'wx', 0o600)
  writeSync(file, text)
  fsyncSync(file)
  closeSync(file)
  // Windows lets nobody sync a folder.
  if (process.platform === 'win32') return
  const above = openSync(folder, 'r')
  fsyncSync(above)
  closeSync(above)
}
