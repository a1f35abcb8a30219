// The signed code of a certificate: what goes in comes out, and nothing else passes; and what a poster of it looks like to a phone.
import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import QRCode from 'qrcode'
import { describe, expect, it } from 'vitest'
import { CODE_LIMITS, cut, factBytes, readCode, readQr, signedBytes, writeCode, type CodeFacts } from '@fugong/contract/certificates.code'
import { isSignedBy } from './keys.actions.ts'

const facts: CodeFacts = { issued: '2020-02-24', planned: '2020-02-26', validUntil: '2020-05-24', level: 'high', procedure: 'reviewAndSite', firm: '贵阳市云岩区样例䶮𠮷电子科技有限责任公司', workplace: '一车间', address: '贵阳市云岩区普陀路街道样例路 188 号样例科技园 3 栋 5 层' }
const digest = Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8])
const NUMBER = 'GY-7K2M9-QX4TZ-P'
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
const codeOf = (of: CodeFacts, number = NUMBER) => { const bytes = factBytes(of, digest); return writeCode('a1b2c3d4', sign(null, signedBytes(number, bytes), privateKey), bytes) }
const isGenuine = (code: string, number = NUMBER) => { const read = readCode(code); return read !== undefined && isSignedBy(raw, signedBytes(number, read.signed), read.signature) }

describe('a code', () => {
  it('gives back its facts, key and signature', () => {
    const read = readCode(codeOf(facts))!
    expect(read).toMatchObject({ keyId: 'a1b2c3d4', facts })
    expect(isGenuine(codeOf(facts))).toBe(true)
  })
  it.each([[{ validUntil: null }], [{ level: null, procedure: null }], [{ firm: '', workplace: '', address: '' }], [{ firm: 'é𠮷'.repeat(10) }]])('with %j too', (change) => expect(readCode(codeOf({ ...facts, ...change }))!.facts).toEqual({ ...facts, ...change }))
  it('cuts what is long without splitting a character, and says so', () => {
    const read = readCode(codeOf({ ...facts, firm: '𠮷'.repeat(60), workplace: '场'.repeat(50) }))!
    expect(read.facts.firm).toBe(`${'𠮷'.repeat(19)}…`)
    expect(read.facts.workplace).toBe(`${'场'.repeat(19)}…`)
    expect(cut('短', 20)).toBe('短')
  })
  it('is not of another number, nor of other facts, nor of another key', () => {
    expect(isGenuine(codeOf(facts), 'GY-7K2M9-QX4TZ-Q')).toBe(false)
    const [right, wrong] = [readCode(codeOf(facts))!, factBytes({ ...facts, firm: '贵阳市云岩区样例䶮𠮷电子科技有限公司' }, digest)]
    expect(isGenuine(writeCode('a1b2c3d4', right.signature, wrong))).toBe(false)
    expect(isSignedBy(generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' }).subarray(-32), signedBytes(NUMBER, right.signed), right.signature)).toBe(false)
  })
  it('with any single digit changed is not genuine', () => {
    const code = codeOf(facts)
    fc.assert(fc.property(fc.nat(code.length - 1), fc.integer({ min: 1, max: 9 }), (place, by) => {
      const digit = String((Number(code[place]) + by) % 10)
      expect(isGenuine(code.slice(0, place) + digit + code.slice(place + 1))).toBe(false)
    }), { numRuns: 60 })
  })
  it.each(['', '0', '12345', 'abc', '0'.repeat(400), '9'.repeat(1401), '1'.repeat(300), '9'.repeat(300)])('is none: %s', (digits) => expect(readCode(digits)).toBeUndefined())
  it('any bytes behind a right head are read or refused, never a crash', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 0, maxLength: 300 }), (tail) => { const read = readCode(writeCode('00000000', new Uint8Array(64), tail)); if (read) expect(factBytes(read.facts, read.signed.subarray(7, 15)).length).toBeLessThanOrEqual(read.signed.length) }), { numRuns: 200 })
  })
  it.each([[8, '2019-12-30'], [7, '2020-02-24'], [8, '2300-01-01']])('is not made with a digest of %d bytes and the day %s', (length, day) => expect(() => factBytes({ ...facts, issued: day }, new Uint8Array(length))).toThrow())
  it('is found behind the address of a QR', () => {
    expect(readQr(`https://fugong.test/base/c/${NUMBER}#123`)).toEqual({ number: NUMBER, code: '123' })
    for (const text of ['', 'https://fugong.test/c/', `https://fugong.test/c/${NUMBER}`, `https://fugong.test/c/${NUMBER}#12a`]) expect(readQr(text)).toBeUndefined()
  })
})

describe('the QR', () => {
  const modules = (of: CodeFacts) => QRCode.create(`https://fugong.guiyang.gov.cn/c/${NUMBER}#${codeOf(of)}`, { errorCorrectionLevel: 'M' }).modules.size
  it('of a common certificate has modules of 1.8 mm and more on the A4 poster, of the longest possible 1.5 mm', () => {
    expect(120 / modules(facts)).toBeGreaterThan(1.8)
    const longest = { ...facts, firm: '𠮷'.repeat(CODE_LIMITS.firm), workplace: '场'.repeat(99), address: '号'.repeat(99) }
    expect(120 / modules(longest)).toBeGreaterThan(1.5)
  })
})
