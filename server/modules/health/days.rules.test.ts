// Sums of a firm's day, its hours, the sentence that is signed, and what counts as missed.
import { describe, expect, it } from 'vitest'
import { clockText, evening, hoursOf, minuteOfDay, missedBy, offsetOf, sentenceOf, talliesBy, tallyOf, type Counted } from './days.rules.ts'

const row = (set: Partial<Counted> = {}): Counted => ({ workplaceId: 'w1', crew: 'a', reported: true, twice: false, again: false, mayWork: true, people: 1, ...set })

describe('a day', () => {
  it('counts who may work among those who reported only', () => {
    expect(tallyOf([row({ people: 5 }), row({ people: 2, mayWork: false }), row({ people: 3, reported: false }), row({ people: 1, reported: false, mayWork: false })])).toEqual({ expected: 11, reported: 7, mayWork: 5, notYet: 2, missing: 4 })
    expect(tallyOf([])).toEqual({ expected: 0, reported: 0, mayWork: 0, notYet: 0, missing: 0 })
  })
  it('by workplace and crew, leaving out whoever has none', () => {
    const by = talliesBy([row(), row({ crew: null, people: 4 }), row({ crew: 'b', reported: false })], ({ crew }) => crew)
    expect([...by].map(([key, { expected, missing }]) => [key, expected, missing])).toEqual([['a', 1, 0], ['b', 1, 1]])
  })
  it('the evening is of those who report twice', () => {
    expect(evening([row({ twice: true, again: true, people: 2 }), row({ twice: true, people: 3 }), row({ again: true })])).toEqual({ expected: 5, reported: 2 })
  })
})
describe('hours', () => {
  it('are whole only, and read as a clock', () => {
    expect(hoursOf({ personAt: 9.5, firmAt: 11, unitAt: 13, closesAt: 15, spread: 30 })).toMatchObject({ closesAt: 15 })
    expect(hoursOf({ personAt: 9.5, firmAt: 11, unitAt: 13, closesAt: null, spread: 30 })).toBeUndefined()
    expect([9.5, 15, 0, 8.25].map(clockText)).toEqual(['09:30', '15:00', '00:00', '08:15'])
    expect(minuteOfDay(new Date('2020-02-24T01:30:00Z'))).toBe(570)
    expect(minuteOfDay(new Date('2020-02-24T16:05:00Z'))).toBe(5)
  })
  it('a firm keeps its minute within the spread', () => {
    const offsets = Array.from({ length: 200 }, (_, i) => offsetOf(`00000000-0000-7000-8000-${String(i * 977).padStart(12, '0')}`, 30))
    expect(Math.max(...offsets)).toBeLessThan(30)
    expect(new Set(offsets).size).toBeGreaterThan(15)
  })
})
it('the sentence bears every number and no name but the signer’s', () => {
  const { zh, en } = sentenceOf({ firm: '甲厂', day: '2020-02-24', tally: { expected: 10, reported: 8, mayWork: 7, notYet: 1, missing: 2 }, name: '周甲', at: '2020-02-24 14:32' })
  expect(zh).toBe('甲厂 2020-02-24 应申报 10 人，已申报 8 人，其中可以上岗 7 人、暂不能上岗 1 人；未申报 2 人。周甲于 2020-02-24 14:32 签名上报。')
  expect(en).toContain('10 expected, 8 reported, of whom 7 may work and 1 may not yet; 2 have not reported')
})
it.each([
  ['reported that day', { last: '2020-02-23', before: 4, countedTo: '2020-02-22', since: '2020-01-01' }, 0],
  ['reported two days before', { last: '2020-02-21', before: 0, countedTo: null, since: '2020-01-01' }, 2],
  ['never reported since the first day', { last: null, before: 0, countedTo: null, since: '2020-02-22' }, 2],
  ['entered today: nothing is missed', { last: null, before: 0, countedTo: null, since: '2020-02-24' }, 0],
  ['goes on from what was counted', { last: null, before: 20, countedTo: '2020-02-21', since: '2020-01-01' }, 22],
  ['counted already', { last: null, before: 20, countedTo: '2020-02-23', since: '2020-01-01' }, 20],
])('missed up to 2020-02-23: %s', (_, given, expected) => {
  expect(missedBy({ until: '2020-02-23', ...given })).toBe(expected)
})
