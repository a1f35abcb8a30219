// Data keys: values open under the key that sealed them and for the row they are of; keys are renewed, shared between processes, destroyed for good.
import { createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createSealer } from './crypto.ts'
import { createEnvelope } from './envelope.ts'

const folder = mkdtempSync(join(tmpdir(), 'fugong-keys-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const master = randomBytes(32)

describe('an envelope', () => {
  it('opens what it sealed, for the row it was sealed for and for no other', () => {
    const envelope = createEnvelope(master)
    const { seal, keyId } = envelope.under('people/520103')
    const sealed = Array.from({ length: 600 }, (_, at) => seal(`row ${at}`, `11010519491231${at}`))
    expect(sealed.map((one, at) => envelope.open(`row ${at}`, one))).toEqual(sealed.map((_, at) => `11010519491231${at}`))
    expect(new Set(sealed.map((one) => one.toString('hex', 9, 21))).size).toBe(600)
    expect(sealed[0]!.toString('hex', 1, 9)).toBe(keyId)
    expect(() => envelope.open('row 1', sealed[0]!)).toThrow()
    expect(sealed[0]!.includes('11010519491231')).toBe(false)
  })
  it('refuses what was changed, cut, or is none of its own', () => {
    const envelope = createEnvelope(master)
    const sealed = envelope.under('a').seal('x', 'text')
    for (let at = 0; at < sealed.length; at++) {
      const other = Buffer.from(sealed)
      other[at]! ^= 1
      expect(() => envelope.open('x', other), String(at)).toThrow()
    }
    expect(() => envelope.open('x', sealed.subarray(0, 20))).toThrow('Unknown sealed format')
    expect(() => envelope.open('x', Buffer.alloc(0))).toThrow('Unknown sealed format')
  })
  it('seals under the newest key of a label and still opens what is older', () => {
    const envelope = createEnvelope(master)
    const before = envelope.under('a')
    const old = before.seal('x', 'text')
    const fresh = envelope.renew('a')
    expect([envelope.under('a').keyId, envelope.under('b').keyId === fresh.id]).toEqual([fresh.id, false])
    expect(envelope.open('x', old)).toBe('text')
    envelope.destroy(before.keyId)
    expect(() => envelope.open('x', old)).toThrow('The key of this value is gone')
    expect(envelope.keys().map(({ label }) => label).sort()).toEqual(['a', 'b'])
  })
  it('lies wrapped in files of its own, which only the same master key opens', () => {
    const one = createEnvelope(master, folder)
    const sealed = one.under('people/520103').seal('x', 'text')
    const [file] = readdirSync(folder)
    if (process.platform !== 'win32') expect(statSync(join(folder, file!)).mode & 0o777).toBe(0o600)
    expect(Object.keys(JSON.parse(readFileSync(join(folder, file!), 'utf8')) as object).sort()).toEqual(['id', 'label', 'madeAt', 'wrapped'])
    // Another process: finds the key by the value that names it, and takes up a newer one.
    const other = createEnvelope(master, folder)
    expect(other.open('x', sealed)).toBe('text')
    const renewed = other.renew('people/520103')
    expect(one.open('x', other.under('people/520103').seal('x', 'later'))).toBe('later')
    expect(one.keys().at(-1)!.id).toBe(renewed.id)
    one.destroy(sealed.toString('hex', 1, 9))
    expect(() => createEnvelope(master, folder).open('x', sealed)).toThrow('gone')
    expect(() => createEnvelope(randomBytes(32), folder).keys()).toThrow()
  })
})
describe('a blinder', () => {
  it('is the HMAC that blind is, for every length', () => {
    const sealer = createSealer(master)
    const blind = sealer.blinder('people.person')
    for (const text of ['', 'x', '01 11010519491231002X', '样例'.repeat(40), 'é'.repeat(600), 'long '.repeat(200)]) expect(blind(text).equals(sealer.blind('people.person', text)), String(text.length)).toBe(true)
    expect(createHmac('sha256', 'x').update('y').digest().length).toBe(blind('y').length)
    expect(sealer.blinder('people.tail')('x').equals(blind('x'))).toBe(false)
  })
})
