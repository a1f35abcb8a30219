// Checking a decision table beyond its shape: names, cells, results and whether every case is covered; all faults at once.
import type { Environment } from '@marcbachmann/cel-js'
import type { Issue } from './base.ts'
import { isDay } from './forms.ts'
import type { Column, DecisionTable } from './rules.ts'
import { compileCell, environmentFor, type Condition } from './rules.cells.ts'
import { coverageOf, type Coverage, type Gap } from './rules.coverage.ts'
import { fits } from './rules.evaluate.ts'
import { runExamples, type ExampleResult } from './rules.examples.ts'

type Row = { id?: string; when: [string, string][]; then: Record<string, unknown> | undefined }
/** Fault of a cell or row: rows are counted from 1 in texts, from 0 in paths. */
const at = (row: number, part: string, code: string, params: Record<string, unknown> = {}): Issue => ({ path: `/rows/${row}${part}`, code, params: { row: row + 1, ...params } })
const step = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')
const record = (value: unknown): Record<string, unknown> | undefined => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** What the check of a table finds: faults, the cases that its rows cover, and what became of its examples. */
export interface Examined { issues: Issue[]; /** Undefined while the columns or cells are faulty. */ coverage: Coverage | undefined; examples: ExampleResult[] }

/** Faults of a table in meaning; see `examineTable`. */
export function meaningIssues(value: unknown, wellShaped = true, clock: () => number = () => 0): Issue[] {
  return examineTable(value, wellShaped, clock).issues
}

/**
 * Checks a table in meaning. The value may have faults of shape as well: what is sound in it is checked all the same;
 * only its cases and examples make no sense then (`wellShaped` false). `clock` reads milliseconds, so that trying
 * the cases ends in time; without one only their number bounds it.
 */
export function examineTable(value: unknown, wellShaped = true, clock: () => number = () => 0): Examined {
  const table = record(value) ?? {}
  const inputs = list(table['inputs']).map(toColumn)
  const outputs = list(table['outputs']).map(toColumn)
  const rows = list(table['rows']).map(toRow)
  const issues: Issue[] = [...columnIssues('inputs', inputs), ...columnIssues('outputs', outputs), ...repeated('rows', 'id', rows.map((row) => row.id))]
  let coverage: Coverage | undefined
  let examples: ExampleResult[] = []
  if (typeof table['effectiveFrom'] === 'string' && !isMoment(table['effectiveFrom'])) issues.push({ path: '/effectiveFrom', code: 'issue.instant' })

  const columns = inputs.flatMap((column) => column ?? [])
  const { environment, refused } = environmentFor(columns)
  for (const [index, column] of inputs.entries()) if (column && refused.includes(column.name)) issues.push({ path: `/inputs/${index}/name`, code: 'issue.table_column_name', params: { column: column.name } })
  const results = outputs.length && outputs.every(Boolean) ? rows.flatMap((row, index) => (row.then ? resultIssues(index, row.then, outputs.flatMap((column) => column ?? [])) : [])) : []
  // With a broken column every cell that names it would seem faulty.
  if (inputs.length && columns.length === inputs.length && !refused.length) {
    const { faults, conditions } = cellIssues(rows, columns, environment)
    const before = issues.length
    issues.push(...faults)
    if (wellShaped && !issues.length && rows.length) {
      coverage = coverageOf(columns, conditions, clock)
      issues.push(...coverageIssues(columns, coverage))
    }
    if (wellShaped && !before && !faults.length && !results.length && rows.length) {
      examples = runExamples(value as DecisionTable)
      issues.push(...examples.flatMap((one) => one.issue ?? []))
    }
  }
  return { issues: [...issues, ...results], coverage, examples }
}

/** Gaps and rows without a case as faults. A table of codes and flags must be tried whole; of others it is told what was found. */
function coverageIssues(columns: readonly Column[], coverage: Coverage): Issue[] {
  if (coverage.complete === 'size' && columns.every((column) => column.type === 'code' || column.type === 'boolean')) return [{ path: '/rows', code: 'issue.table_unchecked' }]
  return [
    ...coverage.gaps.map((gap): Issue => ({ path: '/rows', code: 'issue.table_uncovered', params: { combination: spell(gap) } })),
    ...coverage.shadowed.map(({ row, by }): Issue => ({ path: `/rows/${row}`, code: by.length ? 'issue.table_unreachable' : 'issue.table_impossible', params: { row: row + 1 } })),
  ]
}
const spell = ({ where }: Gap) => Object.entries(where).map(([name, values]) => `${name} = ${values.map(String).join(' / ')}`).join(', ') || '…'

function cellIssues(rows: readonly Row[], columns: readonly Column[], environment: Environment): { faults: Issue[]; conditions: Condition[][] } {
  const faults: Issue[] = []
  const known = new Map<string, ReturnType<typeof compileCell>>()
  const conditions = rows.map((row, index) => row.when.flatMap(([column, text]) => {
    if (!columns.some((one) => one.name === column)) faults.push(at(index, `/when/${step(column)}`, 'issue.table_column_unknown', { column }))
    const compiled = known.get(text) ?? compileCell(environment, columns, text)
    known.set(text, compiled)
    if ('condition' in compiled) return [compiled.condition]
    for (const fault of compiled.faults) faults.push(at(index, `/when/${step(column)}`, fault.code, { column, ...fault.params }))
    return []
  }))
  return { faults, conditions }
}

const isText = (value: unknown): value is string => typeof value === 'string'
function toColumn(value: unknown): Column | undefined {
  const column = record(value)
  if (!column || !isText(column['name']) || !['code', 'text', 'number', 'boolean'].includes(column['type'] as string)) return undefined
  const codes = list(column['codes']).flatMap((choice) => { const code = record(choice)?.['value']; return isText(code) ? [{ value: code, label: { zh: '', en: '' } }] : [] })
  const number = (name: string) => (typeof column[name] === 'number' ? { [name]: column[name] } : {})
  const flag = (name: string) => (column[name] === true ? { [name]: true } : {})
  return { name: column['name'], type: column['type'] as Column['type'], label: { zh: '', en: '' }, codes, ...number('min'), ...number('max'), ...flag('whole'), ...flag('optional') }
}
function toRow(value: unknown): Row {
  const row = record(value)
  return { id: isText(row?.['id']) ? row['id'] : undefined, when: Object.entries(record(row?.['when']) ?? {}).filter((cell): cell is [string, string] => isText(cell[1])), then: record(row?.['then']) }
}

/** Whether a text is a real moment of a usable year. */
export function isMoment(text: string): boolean {
  return isDay(text.slice(0, 10)) && text >= '2000' && text < '2200' && !Number.isNaN(Date.parse(text))
}

function columnIssues(name: string, columns: readonly (Column | undefined)[]): Issue[] {
  const issues = repeated(name, 'name', columns.map((column) => column?.name))
  for (const [index, column] of columns.entries()) {
    if (column && column.type !== 'number' && (column.min !== undefined || column.max !== undefined || column.whole || column.optional)) issues.push({ path: `/${name}/${index}`, code: 'issue.table_number_only', params: { column: column.name } })
    if (column?.optional && name === 'outputs') issues.push({ path: `/${name}/${index}/optional`, code: 'issue.unknown', params: { name: 'optional' } })
    if (column?.min !== undefined && column.max !== undefined && column.min > column.max) issues.push({ path: `/${name}/${index}/min`, code: 'issue.form_range', params: { field: column.name } })
    if (column?.type !== 'code') continue
    if (!column.codes?.length) issues.push({ path: `/${name}/${index}/codes`, code: 'issue.table_codes_missing', params: { column: column.name } })
    else issues.push(...repeated(`${name}/${index}/codes`, 'value', column.codes.map((choice) => choice.value)))
  }
  return issues
}
function repeated(where: string, part: string, names: readonly (string | undefined)[]): Issue[] {
  const seen = new Set<string>()
  return names.flatMap((name, index) => {
    if (name === undefined) return []
    if (seen.has(name)) return [{ path: `/${where}/${index}/${part}`, code: 'issue.duplicate', params: { field: name } }]
    seen.add(name)
    return []
  })
}
function resultIssues(index: number, then: Record<string, unknown>, outputs: readonly Column[]): Issue[] {
  const issues: Issue[] = []
  for (const column of outputs) {
    const value = Object.hasOwn(then, column.name) ? then[column.name] : undefined
    const path = `/then/${step(column.name)}`
    if (value === undefined) issues.push(at(index, path, 'issue.table_output_missing', { column: column.name }))
    else if (value !== null) {
      const wanted = column.type === 'number' ? 'number' : column.type === 'boolean' ? 'boolean' : 'string'
      if (typeof value !== wanted) issues.push(at(index, path, 'issue.table_output_type', { column: column.name, type: column.type }))
      else if (typeof value === 'number' && !fits(column, value)) issues.push(at(index, path, 'issue.table_output_range', { column: column.name, value, min: column.min ?? '−∞', max: column.max ?? '∞' }))
      else if (column.type === 'code' && column.codes?.length && !column.codes.some((choice) => choice.value === value)) issues.push(at(index, path, 'issue.table_code_unknown', { column: column.name, value }))
    }
  }
  for (const name of Object.keys(then)) if (!outputs.some((column) => column.name === name)) issues.push(at(index, `/then/${step(name)}`, 'issue.table_column_unknown', { column: name }))
  return issues
}
