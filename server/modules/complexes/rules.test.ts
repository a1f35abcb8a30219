// The pure decisions of complexes: where a tenant stands, what its operator can do, what is counted.
import { describe, expect, it } from 'vitest'
import { countsOf, deedsOnFiling, deedsOnTenant, tenantState, type CountedTenant } from './rules.ts'

it.each([[null, undefined, null], ['draft', undefined, null], ['asked', undefined, 'unregistered'], ['closed', undefined, null], ['asked', 'asked', 'asked'], ['closed', 'confirmed', 'confirmed'], ['asked', 'leftOut', 'leftOut']] as const)('filing %s, answer %s: %s', (filing, answer, state) => {
  expect(tenantState(filing, answer)).toBe(state)
})
describe('an operator can', () => {
  it.each([['asked', 'asked', ['end', 'leaveOut']], ['asked', 'objected', ['end', 'leaveOut']], ['asked', 'confirmed', ['end']], ['asked', 'unregistered', ['end']], ['closed', 'asked', ['end']], [null, null, ['end']]] as const)('in a filing %s, of a tenant %s: %s', (filing, state, can) => expect(deedsOnTenant(filing, state)).toEqual(can))
  it.each([[null, ['openFiling']], ['draft', ['saveFiling', 'askTenants', 'closeFiling']], ['asked', ['closeFiling']], ['closed', ['openFiling']]] as const)('with a filing %s: %s', (state, can) => expect(deedsOnFiling(state)).toEqual(can))
})
it('counts each tenant once by where it stands, and declarations by theirs', () => {
  const tenant = (state: CountedTenant['state'], headcount: number | null, declared: string | null = null, certificateNumber: string | null = null): CountedTenant => ({ state, headcount, declaration: declared ? { state: declared, certificateNumber } : null })
  expect(countsOf([tenant('confirmed', 5, 'filed', 'X'), tenant('confirmed', null, 'underReview'), tenant('asked', 3), tenant('objected', 2), tenant('leftOut', 1), tenant('unregistered', null), tenant(null, 4)]))
    .toEqual({ tenants: 7, heads: 15, unregistered: 1, asked: 1, confirmed: 2, objected: 1, leftOut: 1, underReview: 1, filed: 1 })
  expect(countsOf([])).toEqual({ tenants: 0, heads: 0, unregistered: 0, asked: 0, confirmed: 0, objected: 0, leftOut: 0, underReview: 0, filed: 0 })
})
