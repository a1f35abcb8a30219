// Following up, without a database: what a table asks, what holds a release, who was near whom, clean days.
import { describe, expect, it } from 'vitest'
import { cleanUntil, holdsOf, lateMeans, planOf, sideOf, waysBetween, type Held, type Near } from './rules.ts'

const from = new Date('2020-02-24T02:00:00Z')
it('a plan asks only what the row names, in hours by the clock', () => {
  const plan = planOf({ isolate: 1, trace: 6, verify: null, respond: 1, resolve: 120, observeDays: 14, cleanDays: 14 }, from)
  expect(plan.steps).toEqual([{ step: 'isolate', dueAt: new Date('2020-02-24T03:00:00Z') }, { step: 'trace', dueAt: new Date('2020-02-24T08:00:00Z') }])
  expect(plan).toMatchObject({ respond: 1, resolve: 120, observeDays: 14 })
  expect(planOf({}, from)).toEqual({ steps: [], respond: undefined, resolve: undefined, observeDays: 0, cleanDays: 0 })
})
it('the firm does what concerns its rooms and people', () => {
  expect((['verify', 'isolate', 'disinfect'] as const).map(sideOf)).toEqual(['firm', 'firm', 'firm'])
  expect((['report', 'clinic', 'trace', 'result'] as const).map(sideOf)).toEqual(['office', 'office', 'office', 'office'])
})
describe('a release', () => {
  const held = (set: Partial<Held> = {}): Held => ({ kind: 'alert', state: 'observing', result: 'negative', observeUntil: '2020-03-09', ...set })
  it.each([
    ['is free once the result is negative and the last day is over', {}, '2020-03-09', []],
    ['waits for the last day', {}, '2020-03-08', ['observation']],
    ['waits for a result', { result: null, observeUntil: null }, '2020-03-08', ['result']],
    ['is not for a confirmed infection', { result: 'confirmed' }, '2020-03-10', ['result']],
    ['needs somebody who has responded', { state: 'open', result: null, observeUntil: null }, '2020-03-08', ['state', 'result']],
  ] as const)('%s', (_, set, today, expected) => {
    expect(holdsOf(held(set), today)).toEqual(expected)
  })
})
it('people are near by what they share; a crew of another workplace only bears the same name', () => {
  const one = (set: Partial<Near> = {}): Near => ({ workplaceId: 'w1', crew: '一班', dormitory: '1 栋 101', shift: '白班', ...set })
  expect(waysBetween(one(), one())).toEqual(['crew', 'dormitory', 'shift', 'workplace'])
  expect(waysBetween(one(), one({ workplaceId: 'w2' }))).toEqual(['dormitory'])
  expect(waysBetween(one({ crew: null, shift: null, dormitory: null }), one({ crew: null, shift: null, dormitory: null }))).toEqual(['workplace'])
})
it('clean days count from the day after the last infection', () => {
  expect(cleanUntil('2020-02-24', 14)).toBe('2020-03-09')
})
it('silence lifts only where the table says so', () => {
  expect([lateMeans({ late: 'lift' }), lateMeans({ late: 'up' }), lateMeans({}), lateMeans(undefined)]).toEqual(['lift', 'up', 'up', 'up'])
})
