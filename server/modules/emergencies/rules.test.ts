// Pure decisions about packs, measures and moments.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { MeasuresFile, PackFile } from '@fugong/contract/emergencies'
import { isInsideName, isMoment, measuresFor, measuresIssues, packIssues, stageNames } from './rules.ts'

const packs = new URL('../../../packs/', import.meta.url)
const read = <T>(path: string) => JSON.parse(readFileSync(new URL(path, packs), 'utf8')) as T
const epidemic = read<PackFile>('epidemic-2020/pack.json')
const workplace = read<MeasuresFile>('epidemic-2020/measures/workplace.json')
const flood = read<MeasuresFile>('flood/measures/workplace.json')

describe('names of files in a pack', () => {
  it.each(['pack.json', 'tables/declaration.procedure.json', 'a_b/c-d.json'])('%s stays inside', (name) => expect(isInsideName(name)).toBe(true))
  it.each(['../flood/pack.json', 'tables/../../x.json', '/etc/passwd.json', 'C:\\x.json', 'tables\\x.json', 'tables//x.json', './x.json', '.hidden.json', 'x.txt', '', 'a..b.json', 'x.json/', 'é.json', 'tables/x.json\u0000'])('%j does not', (name) => expect(isInsideName(name)).toBe(false))
})

describe('moments', () => {
  it.each([['2020-02-10T00:00:00+08:00', true], ['2020-02-30T00:00:00Z', false], ['0000-01-01T00:00:00Z', false], ['1999-12-31T00:00:00Z', false], ['2200-01-01T00:00:00Z', false], ['2020-02-29T24:00:00Z', true]])('%s: %s', (text, real) => expect(isMoment(text)).toBe(real))
})

describe('faults of a pack', () => {
  it('the shipped ones have none', () => {
    expect(packIssues(epidemic, 'epidemic-2020')).toEqual([])
    expect(measuresIssues(workplace)).toEqual([])
  })
  it('names that repeat, and a pack in a foreign folder', () => {
    const broken = { ...epidemic, stages: [...epidemic.stages, epidemic.stages[0]!], retention: [epidemic.retention[0]!, epidemic.retention[0]!], forms: ['a.json', 'a.json'] }
    expect(packIssues(broken, 'flood')).toEqual([
      { path: '/code', code: 'issue.pack_code', params: { code: 'epidemic-2020', folder: 'flood' } },
      { path: '/stages/4/code', code: 'issue.duplicate', params: { field: 'response' } }, { path: '/retention/1/what', code: 'issue.duplicate', params: { field: 'health' } },
      { path: '/forms/1', code: 'issue.duplicate', params: { field: 'a.json' } },
    ])
    expect(measuresIssues({ ...workplace, effectiveFrom: '2020-13-01T00:00:00Z', items: [workplace.items[0], workplace.items[0]] }).map((issue) => issue.path)).toEqual(['/effectiveFrom', '/items/1/code'])
  })
  it.each([[null], [5], ['x'], [[]], [{ stages: 5, tables: [null, {}], retention: [1] }]])('%j does not break the check', (value) => {
    expect(() => [packIssues(value, 'x'), measuresIssues(value)]).not.toThrow()
  })
})

describe('measures', () => {
  const codes = (at: string, query: { scene?: string; level?: string }) => measuresFor([flood], new Date(at), query).map((item) => item.code)
  it.each([
    ['all without a question', '2020-07-01', {}, ['F1', 'F2', 'F3', 'F4', 'F5']],
    ['by scene', '2020-07-01', { scene: 'site' }, ['F1', 'F3', 'F5']],
    ['by scene and level', '2020-07-01', { scene: 'site', level: 'low' }, ['F1', 'F3']],
    ['not listed is a level of its own', '2020-07-01', { scene: 'commercial', level: 'unlisted' }, ['F1', 'F2', 'F4']],
    ['an unknown scene has none', '2020-07-01', { scene: 'ship' }, []],
    ['none before they take effect', '2020-05-01', {}, []],
  ])('%s', (_, at, query, wanted) => expect(codes(at, query)).toEqual(wanted))
})
it('stages keep their order', () => expect([...stageNames(epidemic).keys()]).toEqual(['response', 'resumption', 'regular', 'standDown']))
