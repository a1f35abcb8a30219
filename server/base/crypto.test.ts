// Sealed fields: nothing in clear, nothing interchangeable, nothing altered unnoticed.
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createSealer, loadMasterKey, maskPhone, newSecret, sameBytes, sha256 } from './crypto.ts'

const sealer = createSealer(Buffer.alloc(32, 7))
describe('sealing', () => {
  test('opens to the same text, rare characters included', () => {
    for (const text of ['', '13900000001', '䶮㼆𬒈', 'a'.repeat(10_000)]) expect(sealer.open('phone', sealer.seal('phone', text))).toBe(text)
  })
  test('the same text is sealed differently each time and never in clear', () => {
    const first = sealer.seal('phone', '13900000001')
    expect(first.equals(sealer.seal('phone', '13900000001'))).toBe(false)
    expect(first.includes('13900000001')).toBe(false)
  })
  test('another purpose, another key, a changed byte: refused', () => {
    const sealed = sealer.seal('phone', '13900000001')
    expect(() => sealer.open('totp', sealed)).toThrow()
    expect(() => createSealer(Buffer.alloc(32, 8)).open('phone', sealed)).toThrow()
    for (const at of [0, 1, 15, sealed.length - 1]) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => sealer.open('phone', changed)).toThrow()
    }
    expect(() => sealer.open('phone', Buffer.alloc(3))).toThrow()
  })
  test('the blind index is equal for equals, per purpose, and not the plain hash', () => {
    expect(sealer.blind('phone', '1')).toEqual(sealer.blind('phone', '1'))
    expect(sealer.blind('phone', '1')).not.toEqual(sealer.blind('phone', '2'))
    expect(sealer.blind('phone', '1')).not.toEqual(sealer.blind('id', '1'))
    expect(sealer.blind('phone', '1')).not.toEqual(sha256('1'))
  })
  test('a short master key is refused', () => expect(() => createSealer(Buffer.alloc(16))).toThrow('32 bytes'))
})
describe('the master key', () => {
  test('is made once, readable by its owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'fugong-key-'))
    const first = loadMasterKey(undefined, folder)
    expect(first).toHaveLength(32)
    expect(loadMasterKey(undefined, folder)).toEqual(first)
    expect(statSync(join(folder, 'keys', 'master.key')).mode & 0o777).toBe(0o600)
    rmSync(folder, { recursive: true })
  })
  test('a setting comes first', () => expect(loadMasterKey(Buffer.alloc(32, 1).toString('base64'), '/nowhere')).toEqual(Buffer.alloc(32, 1)))
})
test('secrets are long and differ', () => {
  expect(newSecret()).toMatch(/^[\w-]{43}$/)
  expect(newSecret()).not.toBe(newSecret())
})
test('masking keeps three and four digits', () => expect(maskPhone('13812340000')).toBe('138****0000'))
test('comparison of different lengths is false', () => expect(sameBytes(Buffer.of(1), Buffer.of(1, 2))).toBe(false))
