// Facts through time: what is folded from changes holds, day by day, what laying them over one another by hand gives.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedIn, fold, maskName, pickFacts, told, versionOn, withoutLoneYears, type Patch } from './facts.rules.ts'

interface Small { name: string; staff: number | null; area: string }
const base: Small = { name: '甲', staff: null, area: '1' }
const change = (id: string, effectiveOn: string, patch: Partial<Small>): Patch<Small> => ({ id, effectiveOn, no: Number(id), patch })
const first = change('0', '2020-01-01', base)

describe('fold', () => {
  it('is one version while nothing changes', () => expect(fold([first])).toEqual([{ validFrom: '2020-01-01', validTo: null, facts: base }]))
  it('lets what was written down late hold from its own day, and later days keep what they had', () => {
    const versions = fold([first, change('1', '2020-02-20', { staff: 9 }), change('2', '2020-02-10', { name: '乙' })])
    expect(versions.map((version) => [version.validFrom, version.validTo, version.facts.name, version.facts.staff])).toEqual([['2020-01-01', '2020-02-10', '甲', null], ['2020-02-10', '2020-02-20', '乙', null], ['2020-02-20', null, '乙', 9]])
  })
  it('takes the last of one day, and makes no version where nothing comes out differently', () => {
    expect(fold([first, change('1', '2020-02-10', { name: '乙' }), change('2', '2020-02-10', { name: '丙' })]).map((version) => version.facts.name)).toEqual(['甲', '丙'])
    expect(fold([first, change('1', '2020-02-10', { name: '甲' }), change('2', '2020-02-11', { area: '2' })]).map((version) => version.validFrom)).toEqual(['2020-01-01', '2020-02-11'])
    expect(fold([first, change('1', '2020-01-01', { name: '乙' })])).toEqual([{ validFrom: '2020-01-01', validTo: null, facts: { ...base, name: '乙' } }])
  })
  it('does not follow the order in which changes are handed over', () => {
    const some = [first, change('3', '2020-02-10', { name: '丙' }), change('1', '2020-02-10', { name: '乙' }), change('2', '2020-02-05', { staff: 1 })]
    expect(fold([...some].reverse())).toEqual(fold(some))
  })

  const days = fc.integer({ min: 1, max: 28 }).map((n) => `2020-02-${String(n).padStart(2, '0')}`)
  const patches = fc.record({ name: fc.constantFrom('甲', '乙', '丙'), staff: fc.constantFrom(null, 1, 2), area: fc.constantFrom('1', '2') }, { requiredKeys: [] })
  const histories = fc.array(fc.tuple(days, patches), { maxLength: 12 }).map((list) => [first, ...list.map(([day, patch], at) => change(String(at + 1), day, patch))])
  it('equals, on every day, all changes up to that day laid over one another', () => {
    fc.assert(fc.property(histories, days, (history, day) => {
      const expected = history.filter((one) => one.effectiveOn <= day).sort((a, b) => a.effectiveOn.localeCompare(b.effectiveOn) || a.no - b.no).reduce((facts, one) => ({ ...facts, ...one.patch }), {} as Small)
      expect(versionOn(fold(history), day)!.facts).toEqual(expected)
    }), { numRuns: 500 })
  })
  it('leaves no day out and none twice', () => {
    fc.assert(fc.property(histories, (history) => {
      const versions = fold(history)
      expect(versions[0]!.validFrom).toBe('2020-01-01')
      expect(versions.at(-1)!.validTo).toBeNull()
      for (const [at, version] of versions.entries()) if (at > 0) expect([versions[at - 1]!.validTo, version.validFrom > versions[at - 1]!.validFrom, JSON.stringify(version.facts) !== JSON.stringify(versions[at - 1]!.facts)]).toEqual([version.validFrom, true, true])
    }), { numRuns: 300 })
  })
})

describe('versionOn', () => {
  const versions = fold([first, change('1', '2020-02-10', { name: '乙' })])
  it.each([['2019-12-31', undefined], ['2020-01-01', '甲'], ['2020-02-09', '甲'], ['2020-02-10', '乙'], ['2099-01-01', '乙']])('on %s it is %s', (day, name) => expect(versionOn(versions, day)?.facts.name).toBe(name))
})

describe('told', () => {
  const done = (one: Patch<Small>, isDone = true) => ({ ...one, done: isDone })
  it('says what each change found and set, in the order in which they hold', () => {
    const lines = told([done(first), done(change('2', '2020-02-20', { staff: 9, name: '乙' })), done(change('1', '2020-02-10', { name: '乙' }))])
    expect(lines.get('0')).toEqual([])
    expect(lines.get('1')).toEqual([{ name: 'name', before: '甲', after: '乙' }])
    expect(lines.get('2')).toEqual([{ name: 'staff', before: null, after: 9 }])
  })
  it('sets what is only planned against the present', () => {
    expect(told([done(first), done(change('1', '2020-02-10', { name: '乙' })), done(change('2', '2021-01-01', { name: '丙' }), false)]).get('2')).toEqual([{ name: 'name', before: '乙', after: '丙' }])
  })
  it('shows no sealed value', () => {
    const sealed = [{ id: '1', effectiveOn: '2020-01-01', no: 1, patch: { legalSealed: null, legalName: null }, done: true }, { id: '2', effectiveOn: '2020-01-02', no: 2, patch: { legalSealed: 'c2VhbGVk', legalName: '陆**' }, done: true }]
    expect(told<{ legalSealed: string | null; legalName: string | null }>(sealed).get('2')).toEqual([{ name: 'legalName', before: null, after: '陆**' }])
  })
})

describe('small parts', () => {
  it('a patch that repeats what is there changes nothing', () => {
    expect(changedIn(base, { name: '甲', staff: null })).toEqual([])
    expect(changedIn(base, { name: '甲', staff: 0 })).toEqual(['staff'])
    expect(changedIn({ list: ['a'] }, { list: ['a'] })).toEqual([])
    expect(changedIn(base, { name: undefined } as never)).toEqual([])
  })
  it('pickFacts leaves the rest behind', () => expect(pickFacts<Pick<Small, 'name'>>(base, ['name'])).toEqual({ name: '甲' }))
  it.each([['陆远明', '陆**'], ['欧阳修文', '欧**'], ['李四', '李*'], ['王', '王'], ['𬒈石一', '𬒈**'], ['', '']])('%s is masked as %s', (name, masked) => expect(maskName(name)).toBe(masked))
  it('a figure taken back takes its year with it', () => {
    expect(withoutLoneYears({ staff: null, revenue: 5, revenueYear: 2019 })).toEqual({ staff: null, staffYear: null, revenue: 5, revenueYear: 2019 })
    expect(withoutLoneYears({ address: '样例路' })).toEqual({ address: '样例路' })
  })
})
