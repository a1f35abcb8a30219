// The one checker of decision tables: probes, gaps and overlaps over numbers and texts, missing values, examples, differences.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Column, DecisionTable } from './rules.ts'
import { compileCell, environmentFor } from './rules.cells.ts'
import { examineTable, meaningIssues } from './rules.check.ts'
import { differencesOf } from './rules.differences.ts'
import { compileTable, evaluate } from './rules.evaluate.ts'
import { beginningsOf } from './rules.probes.ts'

const both = (text: string) => ({ zh: text, en: text })
const staff: Column = { name: 'staff', type: 'number', label: both('staff'), min: 0, whole: true, optional: true }
const revenue: Column = { name: 'revenue', type: 'number', label: both('revenue'), min: 0, optional: true, unit: { zh: '万元', en: '10,000 yuan' } }
const trade: Column = { name: 'trade', type: 'text', label: both('trade') }
const sector: Column = { name: 'sector', type: 'code', label: both('sector'), codes: ['industry', 'retail', 'other'].map((value) => ({ value, label: both(value) })) }
const size: Column = { name: 'size', type: 'code', label: both('size'), codes: ['large', 'medium', 'small', 'micro', 'unknown'].map((value) => ({ value, label: both(value) })) }
type Drawn = Record<string, string>
const tableOf = (inputs: Column[], rows: [Drawn, string][], more: Partial<DecisionTable> = {}): DecisionTable => ({
  code: 'enterprise.size', version: 1, name: both('Size'), areaCode: '520100', effectiveFrom: '2020-01-01T00:00:00Z', hit: 'first', source: both('source'),
  inputs, outputs: [size], rows: rows.map(([when, value], n) => ({ id: `r${n + 1}`, when, then: { size: value } })), ...more,
})
const codes = (table: DecisionTable) => meaningIssues(table).map((issue) => `${issue.path} ${issue.code}`)
const sizes: [Drawn, string][] = [
  [{ staff: 'staff == null || revenue == null' }, 'unknown'],
  [{ sector: 'sector == "industry"', staff: 'staff >= 1000', revenue: 'revenue >= 40000' }, 'large'],
  [{ sector: 'sector == "industry"', staff: 'staff >= 300', revenue: 'revenue >= 2000' }, 'medium'],
  [{ sector: 'sector == "industry"', staff: 'staff >= 20', revenue: 'revenue >= 300' }, 'small'],
  [{ sector: 'sector == "industry"' }, 'micro'],
  [{ sector: 'sector == "retail"', staff: 'staff >= 300', revenue: 'revenue >= 20000' }, 'large'],
  [{}, 'micro'],
]
const decideBy = (table: DecisionTable, inputs: Record<string, unknown>) => evaluate(compileTable(table), inputs, new Date(0))

describe('a table of sizes: numbers that may be missing', () => {
  const table = tableOf([sector, staff, revenue], sizes)
  it('is whole', () => expect(examineTable(table)).toMatchObject({ issues: [], coverage: { gaps: [], shadowed: [], complete: true } }))
  it.each([
    [{ sector: 'industry', staff: 1000, revenue: 40000 }, 'r2', 'large'], [{ sector: 'industry', staff: 1200, revenue: 39999.5 }, 'r3', 'medium'],
    [{ sector: 'industry', staff: 19, revenue: 99999 }, 'r5', 'micro'], [{ sector: 'retail', staff: 5, revenue: 1 }, 'r7', 'micro'],
    [{ sector: 'industry', staff: null, revenue: 5 }, 'r1', 'unknown'], [{ sector: 'industry', staff: 5 }, 'r1', 'unknown'],
  ])('%j: %s, %s', (inputs, row, wanted) => expect(decideBy(table, inputs)).toMatchObject({ row, outputs: { size: wanted } }))
  it('says what was not reported, and keeps it as null', () => {
    const decision = decideBy(table, { sector: 'retail', staff: 8, revenue: null })
    expect(decision).toMatchObject({ inputs: { staff: 8, revenue: null }, sentence: { zh: expect.stringContaining('revenue未报'), en: expect.stringContaining('the revenue is not reported') } })
  })
  it.each([[{ sector: 'industry', staff: -1, revenue: 5 }, 'staff'], [{ sector: 'industry', staff: 2.5, revenue: 5 }, 'staff'], [{ sector: 'industry', staff: '8', revenue: 5 }, 'staff'], [{ staff: 5, revenue: 5 }, 'sector'], [{ sector: 'industry', staff: 5, revenue: NaN }, 'revenue']])('%j cannot be judged (%s)', (inputs, detail) => {
    expect(decideBy(table, inputs)).toEqual({ reason: 'input', detail })
  })
  it('finds the missing value that no row asks for', () => {
    const { coverage } = examineTable(tableOf([sector, staff], [[{ staff: 'staff >= 10' }, 'large'], [{ staff: 'staff < 10' }, 'micro']]))
    expect(coverage!.gaps).toEqual([{ where: { staff: [null] }, example: { sector: 'industry', staff: null } }])
  })
  it('finds the number between two bounds, and none where only whole numbers count', () => {
    const rows: [Drawn, string][] = [[{ n: 'n <= 3' }, 'small'], [{ n: 'n >= 4' }, 'large']]
    const n: Column = { name: 'n', type: 'number', label: both('n') }
    expect(examineTable(tableOf([n], rows)).coverage!.gaps).toEqual([{ where: { n: [3.5] }, example: { n: 3.5 } }])
    expect(examineTable(tableOf([{ ...n, whole: true }], rows)).coverage!.gaps).toEqual([])
  })
  it('names rows that cannot apply, and by whom their cases are taken', () => {
    const { coverage, issues } = examineTable(tableOf([staff], [[{ staff: 'staff == null' }, 'unknown'], [{ staff: 'staff >= 10' }, 'large'], [{ staff: 'staff > 50' }, 'medium'], [{ staff: 'staff > 5 && staff < 3' }, 'small'], [{ staff: 'staff >= 5' }, 'small'], [{}, 'micro']]))
    expect(coverage!.shadowed).toEqual([{ row: 2, by: [1] }, { row: 3, by: [] }])
    expect(coverage!.overlaps).toEqual([{ row: 4, with: [1] }, { row: 5, with: [0, 1, 4] }])
    expect(issues.map((issue) => `${issue.path} ${issue.code}`)).toEqual(['/rows/2 issue.table_unreachable', '/rows/3 issue.table_impossible'])
  })
  it('refuses what a column cannot hold or never is', () => {
    const n: Column = { name: 'n', type: 'number', label: both('n'), min: 0, max: 100 }
    expect(codes(tableOf([n], [[{ n: 'n > 200' }, 'large'], [{ n: 'n == null' }, 'micro'], [{ n: 'n >= -5' }, 'small']]))).toEqual(['/rows/0/when/n issue.cel_range', '/rows/1/when/n issue.cel_never_missing', '/rows/2/when/n issue.cel_range'])
  })
  it('takes ranges and missing values of numbers only, and of results no missing ones', () => {
    const table = tableOf([{ ...trade, optional: true }, { ...staff, min: 5, max: 1 }], [[{}, 'large']])
    table.outputs = [size, { name: 'hours', type: 'number', label: both('hours'), min: 1, max: 8, optional: true }]
    table.rows[0]!.then = { size: 'large', hours: 9 }
    expect(codes(table)).toEqual(['/inputs/0 issue.table_number_only', '/inputs/1/min issue.form_range', '/outputs/1/optional issue.unknown', '/rows/0/then/hours issue.table_output_range'])
  })
})

describe('texts by how they begin', () => {
  it.each([
    ['^(0[6-9]|1[0-2])', ['06', '07', '08', '09', '10', '11', '12'], false], ['^62', ['62'], false], ['^(51|52)$', ['51', '52'], true], ['^[ABc-e]1', ['A1', 'B1', 'c1', 'd1', 'e1'], false], ['^(7222|餐饮)', ['7222', '餐饮'], false],
  ])('%s begins with %j', (pattern, values, equal) => expect(beginningsOf(pattern)).toEqual({ values, equal }))
  it.each(['62', '^6.', '^(a|b)c', '^a|b', '^[^6]', '^6+', '^6?', '^\\d', '^(((', '^[0-9][0-9][0-9]'])('%s says more', (pattern) => expect(beginningsOf(pattern)).toBeUndefined())
  const cell = (text: string) => {
    const compiled = compileCell(environmentFor([trade]).environment, [trade], text)
    return 'condition' in compiled ? compiled.condition : undefined
  }
  it('a pattern and its beginnings agree', () => {
    const digit = fc.integer({ min: 0, max: 9 }).map(String)
    const branch = fc.array(fc.oneof(digit, fc.tuple(digit, digit).map(([a, b]) => `[${a}${b}]`)), { minLength: 1, maxLength: 2 }).map((parts) => parts.join(''))
    fc.assert(fc.property(fc.array(branch, { minLength: 1, maxLength: 3 }), fc.array(digit, { maxLength: 4 }).map((digits) => digits.join('')), (branches, text) => {
      const pattern = `^(${branches.join('|')})`
      expect(cell(`trade.matches("${pattern}")`)!.test({ trade: text })).toBe(beginningsOf(pattern)!.values.some((head) => text.startsWith(String(head))))
    }))
  })
  it('finds gaps and shadowed rows', () => {
    const { coverage } = examineTable(tableOf([trade], [[{ trade: 'trade.matches("^(1[3-9]|2)")' }, 'large'], [{ trade: 'trade.startsWith("13")' }, 'small'], [{ trade: 'trade == "62"' }, 'micro']]))
    expect(coverage).toMatchObject({ complete: true, shadowed: [{ row: 1, by: [0] }] })
    expect(coverage!.gaps.map((gap) => gap.example)).toEqual([{ trade: '…' }])
    expect(coverage!.gaps[0]!.where['trade']).toContain('62…')
  })
  it('is not whole when a cell asks more than beginnings', () => {
    const rows: [Drawn, string][] = [[{ trade: 'trade.endsWith("9")' }, 'large'], [{}, 'small'], [{ trade: 'trade == "1"' }, 'micro']]
    expect(examineTable(tableOf([trade], rows)).coverage).toMatchObject({ complete: 'cells', gaps: [], shadowed: [{ row: 2, by: [1] }] })
  })
})

describe('gaps and overlaps against trying values', () => {
  type Case = { n: number | null; m: number; t: string }
  const bound = fc.integer({ min: 0, max: 6 })
  const operator = fc.constantFrom('<', '<=', '>', '>=', '==', '!=')
  const numeric = (name: 'n' | 'm') => fc.tuple(operator, bound).map(([sign, value]) => `${name} ${sign} ${value}`)
  const beginning = fc.constantFrom('a', 'ab', 'b')
  const condition = fc.oneof(numeric('n'), numeric('m'), fc.constant('n == null'), beginning.map((value) => `t.startsWith("${value}")`), beginning.map((value) => `t == "${value}"`), fc.constantFrom('n > 2 && n < 5', 'm == 1 || m == 3', 'n != null && m > 2'))
  const values: Case[] = [null, -1, 0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 7].flatMap((n) => [0, 1, 2, 3, 4, 5, 6].flatMap((m) => ['', 'a', 'ab', 'abc', 'ac', 'b', 'bb', 'x'].map((t) => ({ n, m, t }))))
  const columns: Column[] = [{ name: 'n', type: 'number', label: both('n'), optional: true }, { name: 'm', type: 'number', label: both('m'), whole: true, min: 0, max: 6 }, { ...trade, name: 't' }]
  it('agrees: a gap is real, a case without a row is in a gap, a shadowed row decides nothing', () => {
    fc.assert(fc.property(fc.array(fc.array(condition, { maxLength: 3 }), { minLength: 1, maxLength: 6 }), (drawn) => {
      const table = tableOf(columns, drawn.map((conditions) => [Object.fromEntries(conditions.map((text, place) => [['n', 'm', 't'][place]!, text])), 'large']))
      const compiled = compileTable(table)
      const { coverage } = examineTable(table)
      expect(coverage!.complete).toBe(true)
      for (const gap of coverage!.gaps) expect(evaluate(compiled, gap.example, new Date(0))).toMatchObject({ reason: 'no_row' })
      const decided = new Set<string>()
      let open = false
      for (const one of values) {
        const decision = evaluate(compiled, one, new Date(0))
        if ('reason' in decision) open = true
        else decided.add(decision.row)
      }
      expect(coverage!.gaps.length > 0).toBe(open)
      for (const { row } of coverage!.shadowed) expect(decided.has(`r${row + 1}`)).toBe(false)
      expect(table.rows.filter((_, row) => !coverage!.shadowed.some((one) => one.row === row)).every((row) => decided.has(row.id))).toBe(true)
    }), { numRuns: 200 })
  })
})

describe('examples', () => {
  const withExamples = (examples: DecisionTable['examples']) => tableOf([sector, staff, revenue], sizes, { examples })
  it('pass in silence and fail with what was said', () => {
    const table = withExamples([
      { inputs: { sector: 'industry', staff: 1000, revenue: 40000 }, expect: { size: 'large' } },
      { inputs: { sector: 'industry', staff: 1000, revenue: null }, expect: { size: 'large' } },
      { inputs: { sector: 'mining', staff: 1, revenue: 1 }, expect: { size: 'micro' } },
      { inputs: { sector: 'retail', staff: 1, revenue: 1 }, expect: {} },
      { inputs: { sector: 'retail', staff: 1, revenue: 1 }, expect: { colour: 'red' } },
    ])
    const { issues, examples } = examineTable(table)
    expect(examples.map((one) => one.passed)).toEqual([true, false, false, false, false])
    expect(issues).toEqual([
      { path: '/examples/1', code: 'issue.table_example_failed', params: { example: 2, row: 'r1', said: 'size = unknown', wanted: 'size = large' } },
      { path: '/examples/2', code: 'issue.table_example_input', params: { example: 3, column: 'sector' } },
      { path: '/examples/3', code: 'issue.table_example_empty', params: { example: 4 } },
      { path: '/examples/4', code: 'issue.table_example_failed', params: { example: 5, row: 'r7', said: 'colour = null', wanted: 'colour = red' } },
    ])
  })
  it('wait until the cells are sound', () => {
    const table = withExamples([{ inputs: {}, expect: { size: 'large' } }])
    table.rows[0]!.when['staff'] = 'staff ='
    expect(codes(table)).toEqual(['/rows/0/when/staff issue.cel_equals'])
  })
})

describe('differences', () => {
  const rowsOf = (table: DecisionTable) => new Map(table.rows.map((row) => [row.id, row]))
  const rowDrawn = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), when: fc.dictionary(fc.constantFrom('x', 'y'), fc.constantFrom('1', '2'), { maxKeys: 2 }), then: fc.dictionary(fc.constantFrom('p', 'q'), fc.constantFrom(1, 'k', null), { maxKeys: 2 }) })
  const drawnTable = fc.uniqueArray(rowDrawn, { selector: (row) => row.id, minLength: 1, maxLength: 5 }).map((rows) => ({ ...tableOf([sector], []), rows }) as DecisionTable)
  it('applied to the old version give the new one', () => {
    fc.assert(fc.property(drawnTable, drawnTable, (before, after) => {
      const found = new Map(differencesOf(before, after).map((one) => [one.row, one]))
      const [old, next] = [rowsOf(before), rowsOf(after)]
      for (const id of new Set([...old.keys(), ...next.keys()])) {
        const difference = found.get(id)
        if (!old.has(id)) expect(difference?.change).toBe('added')
        else if (!next.has(id)) expect(difference?.change).toBe('removed')
        else {
          const patched = { when: { ...old.get(id)!.when }, then: { ...old.get(id)!.then } } as { when: Record<string, unknown>; then: Record<string, unknown> }
          for (const cell of difference?.cells ?? []) {
            if (cell.part === 'because') continue
            if (cell.after === undefined) delete patched[cell.part][cell.column]
            else patched[cell.part][cell.column] = cell.after
          }
          expect(patched).toEqual({ when: next.get(id)!.when, then: next.get(id)!.then })
        }
      }
      expect(differencesOf(after, after)).toEqual([])
    }))
  })
  it('tell a moved row from a changed one, and the reason from the rest', () => {
    const before = tableOf([staff], [[{ staff: 'staff > 1' }, 'large'], [{}, 'small']])
    const after = structuredClone(before)
    after.rows.reverse()
    after.rows[0]!.because = both('why')
    expect(differencesOf(before, after)).toEqual([
      { row: 'r2', change: 'changed', moved: true, cells: [{ part: 'because', column: '', before: undefined, after: both('why') }] },
      { row: 'r1', change: 'changed', moved: true, cells: [] },
    ])
  })
})
