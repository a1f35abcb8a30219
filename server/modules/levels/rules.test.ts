// The rules of levels: real dates, how far back and ahead, and which area's level is nearest.
import { describe, expect, it } from 'vitest'
import { earliest, momentOf, nearestFirst, setFault } from './rules.ts'

const now = new Date('2020-02-24T02:00:00.000Z')

describe('momentOf', () => {
  it.each([
    ['2020-02-24T00:00:00+08:00', '2020-02-23T16:00:00.000Z'],
    ['2020-02-29T00:00:00Z', '2020-02-29T00:00:00.000Z'],
    ['2020-02-24T01:30:00.123456Z', '2020-02-24T01:30:00.123Z'],
    ['2020-02-24T01:30Z', '2020-02-24T01:30:00.000Z'],
    ['2020-12-31T23:59:59-12:00', '2021-01-01T11:59:59.000Z'],
  ])('%s', (text, iso) => expect(momentOf(text)?.toISOString()).toBe(iso))
  it.each(['2020-02-30T00:00:00Z', '2021-02-29T00:00:00Z', '2020-04-31T00:00:00+08:00', 'nonsense', ''])('%j is no moment', (text) => expect(momentOf(text)).toBeUndefined())
})

describe('setFault', () => {
  const from = (iso: string) => ({ level: 'high' as const, from: new Date(iso) })
  it.each([
    ['now', '2020-02-24T02:00:00Z', 'low', undefined],
    ['exactly a day late', '2020-02-23T02:00:00Z', 'low', undefined],
    ['more than a day late', '2020-02-23T01:59:59Z', 'low', 'backdated'],
    ['to come', '2020-03-10T00:00:00Z', 'low', undefined],
    ['next year’s slip', '2021-02-24T02:00:00Z', 'low', undefined],
    ['far away', '2121-02-24T02:00:00Z', 'low', 'tooFar'],
    ['already so', '2020-02-24T02:00:00Z', 'high', 'unchanged'],
    ['not listed before', '2020-02-24T02:00:00Z', null, undefined],
    ['backdated comes first', '2019-02-24T02:00:00Z', 'high', 'backdated'],
  ] as const)('%s', (_, iso, inForce, fault) => expect(setFault(from(iso), inForce, now)).toBe(fault))
  it('says from when on it may be set', () => expect(earliest(now).toISOString()).toBe('2020-02-23T02:00:00.000Z'))
})

describe('nearestFirst', () => {
  it.each([
    ['520103', ['520103']],
    ['520103020', ['520103020', '520103']],
    ['520103020901', ['520103020', '520103']],
  ])('%s', (code, codes) => expect(nearestFirst(code)).toEqual(codes))
})
