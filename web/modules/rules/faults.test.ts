// Faults are found by row and column, in the order of the file.
import { describe, expect, it } from 'vitest'
import { describeTable, faultsOf } from './faults.ts'

const label = { zh: '风险等级', en: 'Risk level' }
const table = { code: 'declaration.procedure', version: 2, inputs: [{ name: 'level', label }], outputs: [{ name: 'hours', label: { zh: '时限' } }], rows: [{ id: 'r1' }, { id: 'r2' }, {}] }

describe('faults of an imported table', () => {
  it('stand by row and column', () => {
    const faults = faultsOf([
      { path: '/table/rows/2/id', code: 'issue.required' },
      { path: '/table/rows/1/when/level', code: 'issue.cel' },
      { path: '/rows/1/then/unknown', code: 'issue.unknown' },
      { path: '/table/rows/0/then/hours', code: 'issue.type' },
      { path: '/table/effectiveFrom', code: 'issue.instant' },
      { path: '/table/inputs/0/type', code: 'issue.choice' },
      { path: '/table', code: 'issue.type' },
    ], table)
    expect(faults.map(({ row, rowId, column }) => [row, rowId, column])).toEqual([
      [undefined, undefined, { key: 'effectiveFrom' }],
      [undefined, undefined, { label }],
      [undefined, undefined, undefined],
      [1, 'r1', { key: 'hours' }],
      [2, 'r2', { label }],
      [2, 'r2', { key: 'unknown' }],
      [3, undefined, { key: 'id' }],
    ])
  })
  it('are found in anything that was a file', () => {
    expect(faultsOf([{ path: '/table/rows/4/when/x', code: 'issue.cel' }], null)).toHaveLength(1)
    expect(describeTable({ name: 'a.json', table: [] })).toBeUndefined()
    expect(describeTable({ name: 'a.json', table })).toEqual({ table: 'declaration.procedure', version: 2, count: 3 })
  })
})
