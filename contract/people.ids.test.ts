// Identity documents: known numbers, every single slip found, and what numbers say of their holders.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ageOn, idCheckCharacter, idFault, idTypes, maskId, saidById, tailOf, tidyId } from './people.ids.ts'

const TODAY = '2020-02-24'
// The example of GB 11643-1999.
const KNOWN = '11010519491231002X'
const numbers = fc.record({ province: fc.constantFrom('11', '42', '52', '65', '82'), area: fc.integer({ min: 0, max: 9999 }), day: fc.date({ min: new Date('1930-01-01T00:00:00Z'), max: new Date('2003-12-31T00:00:00Z'), noInvalidDate: true }), no: fc.integer({ min: 0, max: 999 }) })
  .map(({ province, area, day, no }) => {
    const first = `${province}${String(area).padStart(4, '0')}${day.toISOString().slice(0, 10).replaceAll('-', '')}${String(no).padStart(3, '0')}`
    return first + idCheckCharacter(first)
  })

describe('resident numbers', () => {
  it.each([
    [KNOWN, undefined], ['110105491231002', 'issue.id_fifteen'], ['1101051949123100', 'issue.id_length'], ['11010519491231002Y', 'issue.id_letters'], ['00010519491231002X', 'issue.id_province'],
    ['110105194902300021', 'issue.id_birth'], ['11010520300101002X', 'issue.id_birth'], ['110105194912310021', 'issue.id_check'], ['', 'issue.id_length'], ['110105190002290027', 'issue.id_birth'],
  ])('%s: %s', (id, code) => expect(idFault('01', id, TODAY)?.code).toBe(code))
  it('are sound exactly as the standard makes them', () => {
    fc.assert(fc.property(numbers, (id) => idFault('01', id, TODAY) === undefined))
  })
  it('do not survive one wrong digit, nor two neighbours that changed places', () => {
    fc.assert(fc.property(numbers, fc.nat(16), fc.integer({ min: 1, max: 9 }), (id, at, step) => {
      const other = `${id.slice(0, at)}${(Number(id[at]) + step) % 10}${id.slice(at + 1)}`
      return idFault('01', other, TODAY) !== undefined
    }))
    fc.assert(fc.property(numbers, fc.nat(15), (id, at) => {
      if (id[at] === id[at + 1]) return true
      return idFault('01', `${id.slice(0, at)}${id[at + 1]}${id[at]}${id.slice(at + 2)}`, TODAY) !== undefined
    }))
  })
  it('say birth day and sex', () => {
    expect(saidById('01', KNOWN)).toEqual({ birth: '1949-12-31', sex: 'female' })
    expect(saidById('03', 'E12345678')).toBeUndefined()
    expect(ageOn('2004-02-25', TODAY)).toBe(15)
    expect(ageOn('2004-02-24', TODAY)).toBe(16)
  })
})
describe('other documents', () => {
  it.each([
    ['03', 'E12345678', true], ['03', 'ABCDEFG', false], ['03', '12', false], ['04', '军字第2001988号', true], ['04', '军', false], ['06', 'H12345678', true], ['06', 'X123', false], ['07', '12345678', true], ['07', 'T1', false], ['99', 'FIN-2020/1', false], ['99', 'FIN-20201', true],
  ] as const)('%s %s: %s', (type, id, sound) => expect(idFault(type, tidyId(id), TODAY) === undefined).toBe(sound))
})
describe('forms', () => {
  it('tidies what was typed', () => expect(tidyId(' 110105 19491231 002ｘ\u200b')).toBe(KNOWN))
  it('masks so that the middle is gone', () => {
    expect(maskId('11010519491231123X')).toBe('110***********123X')
    expect(maskId('E12345678')).toBe('E****5678')
    fc.assert(fc.property(numbers, (id) => {
      const masked = maskId(id)
      return masked.length === id.length && masked.slice(3, -4) === '*'.repeat(id.length - 7)
    }))
    for (const type of idTypes) expect(maskId('12345678').includes('12345678'), type).toBe(false)
  })
  it('takes the last four', () => expect([tailOf(KNOWN), tailOf('13900001234')]).toEqual(['002X', '1234']))
})
