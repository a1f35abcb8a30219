// The kind of cases of declarations says the same as the machine of declarations, deed by deed; that it is sound is looked at when the house is built.
import { describe, expect, it } from 'vitest'
import { declarationMachine } from './kind.actions.ts'
import { machine, next, type Deed } from './rules.ts'

/** Deed of the case → deed of the declaration, and the procedure under which it leads there. */
const pairs: [string, Deed, 'effective' | 'review' | 'reviewAndSite'][] = [
  ['accept', 'accept', 'review'], ['acceptPapers', 'accept', 'reviewAndSite'], ['return', 'return', 'review'], ['reject', 'reject', 'review'], ['passSite', 'passSite', 'reviewAndSite'], ['failSite', 'failSite', 'reviewAndSite'],
  ['supplement', 'submit', 'review'], ['supplementFiled', 'submit', 'effective'], ['withdraw', 'withdraw', 'review'], ['acceptOverdue', 'acceptOverdue', 'review'],
]
describe('the two machines', () => {
  it.each(pairs)('agree on %s', (code, deed, procedure) => {
    const { from, to, who } = declarationMachine.deeds[code]!
    for (const state of from) expect(next(state as never, deed, procedure)).toBe(to)
    expect({ unit: 'office', firm: 'firm', clock: 'clock' }[who as 'unit']).toBe(machine[deed].who)
  })
  it('know the same states, but for drafts, which are no case', () => {
    const known = new Set(Object.values(machine).flatMap(({ moves }) => Object.keys(moves)))
    known.delete('draft')
    for (const state of known) expect(Object.keys(declarationMachine.states)).toContain(state)
  })
})
