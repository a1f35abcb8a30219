// Decisions about stop-work orders as tables of cases: terms, deadlines, evidence, rechecks, and the soundness of the machine.
import { describe, expect, it } from 'vitest'
import { orderMachine } from './kind.actions.ts'
import { deadlineFault, missingEvidence, recheckFaults, termsOf, type ItemStanding } from './rules.ts'

const item = (position: number, state: ItemStanding['state'], files = 0): ItemStanding => ({ position, state, note: null, fileIds: Array.from({ length: files }, (_, n) => `f${n}`) })
describe('the machine of an order', () => {
  it('lets nobody revoke without a proposal before, and nothing begin in an end', () => {
    for (const deed of ['agree', 'agreeAbove']) expect(orderMachine.deeds[deed]!.from).toEqual(['revoking'])
    for (const deed of Object.values(orderMachine.deeds)) for (const state of deed.from) expect(orderMachine.states[state]!.waitingFor).not.toBe('none')
  })
})
describe('limits', () => {
  const outputs = { usualDays: 7, mostDays: 30, respondHours: 8, recheckHours: 16, objectDays: 60 }
  it.each([
    [outputs, { usual: '2020-03-02', latest: '2020-03-25', respondHours: 8, recheckHours: 16, objectUntil: '2020-04-24' }],
    [{ ...outputs, usualDays: 40 }, { usual: '2020-03-25', latest: '2020-03-25', respondHours: 8, recheckHours: 16, objectUntil: '2020-04-24' }],
    [{ ...outputs, respondHours: null, objectDays: null }, { usual: '2020-03-02', latest: '2020-03-25', respondHours: undefined, recheckHours: 16, objectUntil: null }],
    [{ ...outputs, mostDays: 0 }, undefined], [{ ...outputs, recheckHours: null }, undefined],
  ])('come from the table (%j)', (given, expected) => expect(termsOf(given, '2020-02-24')).toEqual(expected))
  it.each([['2020-02-23', 'issue.past_day'], ['2020-02-24', undefined], ['2020-03-25', undefined], ['2020-03-26', 'issue.too_far']])('a deadline of %s: %s', (day, code) => expect(deadlineFault(day, '2020-02-24', '2020-03-25')?.code).toBe(code))
})
describe('points', () => {
  it('each that was not accepted needs a file before it is handed in', () => {
    expect(missingEvidence([item(1, 'open'), item(2, 'open', 1), item(3, 'returned'), item(4, 'accepted')]).map(({ path }) => path)).toEqual(['/items/1/fileIds', '/items/3/fileIds'])
  })
  const waiting = [item(1, 'handedIn', 1), item(2, 'handedIn', 1), item(3, 'accepted', 1)]
  it.each([
    [[{ position: 1, accept: true }, { position: 2, accept: true }], []],
    [[{ position: 1, accept: true }, { position: 2, accept: false, answer: '测温点仍无人' }], []],
    [[{ position: 1, accept: true }], ['/items']],
    [[{ position: 1, accept: true }, { position: 1, accept: true }, { position: 2, accept: true }], ['/items/1/position']],
    [[{ position: 1, accept: true }, { position: 2, accept: false, answer: ' ' }], ['/items/1/answer']],
    [[{ position: 3, accept: false, answer: '已通过的不再评' }, { position: 9, accept: true }], ['/items/0/position', '/items/1/position', '/items']],
  ])('a recheck judges all that was handed in, once each (%#)', (judged, faults) => expect(recheckFaults(waiting, judged).map(({ path }) => path)).toEqual(faults))
})
