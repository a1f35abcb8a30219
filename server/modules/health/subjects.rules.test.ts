// How somebody of a roster stands for triage, and how long each fact counts.
import { describe, expect, it } from 'vitest'
import { addDays, standingOf, widerCodes, type Ground, type Roster } from './subjects.rules.ts'

const limits = { originDays: 14, exposureDays: 14, twiceFor: ['dormitory', 'observing'], expected: ['onDuty', 'observing'] }
const ground = (set: Partial<Ground> = {}): Ground => ({ level: 'high', today: '2020-02-24', limits, ...set })
const person = (set: Partial<Roster> = {}): Roster => ({ state: 'onDuty', observingUntil: null, dormitory: null, originCode: '420103', from: '2020-02-12', contact: false, ...set })

describe('a standing', () => {
  it.each([
    ['2020-02-12', 'high', '2020-02-26'], ['2020-02-10', 'high', '2020-02-24'], ['2020-02-09', 'none', '2020-02-23'], ['2020-02-24', 'high', '2020-03-09'],
  ])('whoever left their place of origin on %s comes from a place that is %s, until %s', (from, originLevel, originUntil) => {
    expect(standingOf(person({ from }), ground())).toMatchObject({ originLevel, originUntil })
  })
  it('an unknown origin has no end, and the level says so', () => {
    expect(standingOf(person({ originCode: null, from: '2020-02-20' }), ground({ level: 'unlisted' }))).toMatchObject({ originLevel: 'unlisted', originUntil: null })
  })
  it.each([
    ['observing', null, true, null], ['observing', '2020-02-24', true, '2020-02-24'], ['observing', '2020-02-23', false, null], ['onDuty', '2020-03-01', false, null],
  ])('%s until %s is observed: %s', (state, observingUntil, observed, observedUntil) => {
    expect(standingOf(person({ state, observingUntil }), ground())).toMatchObject({ observed, observedUntil, twice: observed })
  })
  it.each([['2020-02-20', true, '2020-03-05'], ['2020-02-01', false, '2020-02-15']])('contact told of on %s counts: %s', (from, exposed, exposedUntil) => {
    expect(standingOf(person({ from, contact: true }), ground())).toMatchObject({ exposed, exposedUntil })
    expect(standingOf(person({ from }), ground())).toMatchObject({ exposed: false, exposedUntil: null })
  })
  it('who lives in a dormitory reports twice where the table says so', () => {
    expect(standingOf(person({ dormitory: '1 栋 101' }), ground()).twice).toBe(true)
    expect(standingOf(person({ dormitory: '1 栋 101' }), ground({ limits: { ...limits, twiceFor: ['observing'] } })).twice).toBe(false)
    expect(standingOf(person(), ground()).twice).toBe(false)
  })
  it('whose state the limits name is expected each day', () => {
    for (const [state, expected] of [['onDuty', true], ['observing', true], ['notReturned', false], ['left', false]] as const) expect(standingOf(person({ state }), ground()).expected).toBe(expected)
  })
  it('only who left reports no more', () => {
    for (const state of ['notReturned', 'onTheWay', 'observing', 'onDuty', 'absent']) expect(standingOf(person({ state }), ground()).active).toBe(true)
    expect(standingOf(person({ state: 'left' }), ground()).active).toBe(false)
  })
})
it('a county lies in its city and that in its province', () => {
  expect(widerCodes('420103')).toEqual(['420103', '420100', '420000'])
  expect(widerCodes('420000')).toEqual(['420000'])
  expect(addDays('2020-02-28', 2)).toBe('2020-03-01')
})
