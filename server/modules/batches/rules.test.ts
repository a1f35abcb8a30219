// The pure decisions of batches: who comes before whom, who fits where, which days and deeds are taken.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayIssues, distribute, inTurn, overOf, readCodes, undoUntil, type Candidate, type Load, type Slot } from './rules.ts'

const firm = (id: string, change: Partial<Candidate> = {}): Candidate => ({ id, rank: 10, declared: 'none', answer: null, wishedDay: null, heads: 10, creditCode: id, ...change })
const slot = (day: string, firmsLimit: number | null = null, headsLimit: number | null = null): Slot => ({ id: `b${day}`, day, firmsLimit, headsLimit })
const placed = (candidates: Candidate[], slots: Slot[], taken?: Map<string, Load>) => Object.fromEntries(distribute(candidates, slots, taken))

describe('the order', () => {
  it.each<[string, Partial<Candidate>, Partial<Candidate>]>([
    ['the table first', { rank: 1, answer: 'notReady' }, { rank: 2, declared: 'filed' }], ['filed before declared', { declared: 'filed' }, { declared: 'declared' }], ['declared before ready', { declared: 'declared' }, { answer: 'ready' }],
    ['ready before silent', { answer: 'ready' }, {}], ['silent before not ready', {}, { answer: 'notReady' }], ['another day as silent, then the code', { answer: 'otherDay', creditCode: 'A' }, { creditCode: 'B' }], ['then the code', { creditCode: 'A' }, { creditCode: 'B' }],
  ])('%s', (_, before, after) => {
    expect(inTurn(firm('x', before), firm('y', after))).toBeLessThan(0)
    expect(inTurn(firm('y', after), firm('x', before))).toBeGreaterThan(0)
  })
  it('is the same for the same firms, however they come', () => {
    expect(inTurn(firm('x', { creditCode: 'A' }), firm('y', { creditCode: 'A' }))).toBeLessThan(0)
    expect(inTurn(firm('x'), firm('x'))).toBe(0)
  })
})

describe('the distribution', () => {
  it('fills the first day first and goes on where it is full', () => expect(placed([firm('a'), firm('b'), firm('c')], [slot('2020-03-02', 2), slot('2020-03-01', 1)])).toEqual({ a: 'b2020-03-01', b: 'b2020-03-02', c: 'b2020-03-02' }))
  it('counts heads beside firms, and lets a smaller firm into the rest', () => expect(placed([firm('a', { heads: 60 }), firm('b', { heads: 50 }), firm('c', { heads: 40 })], [slot('2020-03-01', null, 100), slot('2020-03-02', null, 60)])).toEqual({ a: 'b2020-03-01', b: 'b2020-03-02', c: 'b2020-03-01' }))
  it('leaves out what fits nowhere, for a person to decide', () => expect(placed([firm('a', { heads: 500 }), firm('b')], [slot('2020-03-01', 5, 100)])).toEqual({ a: null, b: 'b2020-03-01' }))
  it('keeps to a day that was wished for, and not before it', () => expect(placed([firm('a', { answer: 'otherDay', wishedDay: '2020-03-02' }), firm('b', { answer: 'otherDay', wishedDay: '2020-03-09' })], [slot('2020-03-01'), slot('2020-03-03')])).toEqual({ a: 'b2020-03-03', b: null }))
  it('takes a firm of unknown headcount by its place alone', () => expect(placed([firm('a', { heads: null }), firm('b', { heads: null })], [slot('2020-03-01', 1, 1)])).toEqual({ a: 'b2020-03-01', b: null }))
  it('begins from what stands there', () => expect(placed([firm('a')], [slot('2020-03-01', 2), slot('2020-03-02', 2)], new Map([['b2020-03-01', { firms: 2, heads: 0 }]]))).toEqual({ a: 'b2020-03-02' }))
  it('knows no batch', () => expect(placed([firm('a')], [])).toEqual({ a: null }))

  const candidates = fc.uniqueArray(fc.record({ id: fc.string({ minLength: 1, maxLength: 4 }), rank: fc.integer({ min: 1, max: 4 }), declared: fc.constantFrom('none', 'declared', 'filed'), answer: fc.constantFrom(null, 'ready', 'notReady', 'otherDay'), heads: fc.option(fc.integer({ min: 0, max: 90 })), creditCode: fc.string({ maxLength: 3 }) }), { selector: ({ id }) => id, maxLength: 25 })
    .map((all) => all.map((one): Candidate => ({ ...one, wishedDay: one.answer === 'otherDay' ? '2020-03-03' : null }) as Candidate))
  const slots = fc.uniqueArray(fc.record({ day: fc.integer({ min: 1, max: 9 }), firmsLimit: fc.option(fc.integer({ min: 1, max: 6 })), headsLimit: fc.option(fc.integer({ min: 1, max: 200 })) }), { selector: ({ day }) => day, maxLength: 5 }).map((all) => all.map(({ day, ...limits }): Slot => ({ id: `b${day}`, day: `2020-03-0${day}`, ...limits })))
  it('never goes over a limit, gives every firm one answer, and is the same whatever the order it is given in', () => fc.assert(fc.property(candidates, slots, (firms, days) => {
    const found = distribute(firms, days)
    expect([...found.keys()].sort()).toEqual(firms.map(({ id }) => id).sort())
    for (const day of days) {
      const held = firms.filter(({ id }) => found.get(id) === day.id)
      expect(overOf(day, { firms: held.length, heads: held.reduce((sum, { heads }) => sum + (heads ?? 0), 0) })).toEqual({ firmsOver: 0, headsOver: 0 })
      for (const one of held) if (one.wishedDay) expect(day.day >= one.wishedDay).toBe(true)
    }
    expect(distribute([...firms].reverse(), [...days].reverse())).toEqual(found)
  })))
  it('gives nobody an earlier day than one who comes before them and asks for no more room', () => fc.assert(fc.property(candidates, slots, (firms, days) => {
    const found = distribute(firms, days)
    const dayOf = (id: string) => days.find((day) => day.id === found.get(id))?.day ?? '9999'
    for (const first of firms) for (const later of firms) {
      if (inTurn(first, later) < 0 && (first.heads ?? 0) <= (later.heads ?? 0) && (first.wishedDay ?? '') <= (later.wishedDay ?? '')) expect(dayOf(first.id) <= dayOf(later.id)).toBe(true)
    }
  })))
})

it.each<[string, Slot, Load, number, number]>([['within', slot('2020-03-01', 2, 100), { firms: 2, heads: 100 }, 0, 0], ['over', slot('2020-03-01', 2, 100), { firms: 5, heads: 130 }, 3, 30], ['without a limit', slot('2020-03-01'), { firms: 500, heads: 9999 }, 0, 0]])('a batch %s', (_, of, load, firmsOver, headsOver) => {
  expect(overOf(of, load)).toEqual({ firmsOver, headsOver })
})

it.each([['2020-02-24', []], ['2020-02-23', ['issue.past_day']], ['2020-08-22', []], ['2020-08-23', ['issue.too_far']], ['2020-02-31', ['issue.day']]])('the day %s', (day, codes) => {
  expect(dayIssues(day, '2020-02-24', '/day').map(({ code }) => code)).toEqual(codes)
})

it.each<[string, string, string | null, string, string | undefined]>([
  ['a move within its time', 'moved', null, '2020-02-24T02:29:59.000Z', '2020-02-24T02:30:00.000Z'], ['one that is too old', 'moved', null, '2020-02-24T02:30:00.000Z', undefined], ['one undone already', 'dropped', '2020-02-24T02:01:00.000Z', '2020-02-24T02:02:00.000Z', undefined], ['an invitation, which was read', 'invited', null, '2020-02-24T02:01:00.000Z', undefined],
])('undoing %s', (_, deed, undoneAt, now, until) => {
  expect(undoUntil({ deed, at: '2020-02-24T02:00:00.000Z', undoneAt }, 30, new Date(now))).toBe(until)
})

it('reads codes as they are pasted', () => expect(readCodes([' 91520103mayp000281 ', '', '91520103MAYP000281', '520100000000001'])).toEqual(['91520103MAYP000281', '520100000000001']))
