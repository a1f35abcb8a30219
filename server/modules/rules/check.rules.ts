// Checking a decision table beyond its shape: names, cells, results and whether every case is covered; all faults at once.
import type { Issue } from '@fugong/contract/base'
import { isDay } from '@fugong/contract/forms'
import type { Column, DecisionTable } from '@fugong/contract/rules'
import { compileCell, environmentFor, type Condition } from './cel.rules.ts'
import { coverageIssues } from './coverage.rules.ts'

type Row = DecisionTable['rows'][number]
/** Fault of a cell or row: rows are counted from 1 in texts, from 0 in paths. */
const at = (row: number, part: string, code: string, params: Record<string, unknown> = {}): Issue => ({ path: `/rows/${row}${part}`, code, params: { row: row + 1, ...params } })
const step = (name: string) => name.replaceAll('~', '~0').replaceAll('/', '~1')

/**
 * Faults of a table in meaning. `value` may have faults of shape (paths in `wrong`): what is sound is checked all the same,
 * what is not is left to the schema's own fault.
 */
export function meaningIssues(value: unknown, wrong: readonly string[]): Issue[] {
  const sound = (path: string) => !wrong.some((one) => one === path || one.startsWith(`${path}/`) || path.startsWith(`${one}/`))
  const table = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Record<string, unknown>
  const listOf = <T>(name: string) => (Array.isArray(table[name]) ? table[name] as unknown[] : []).map((item, index) => ({ index, item: sound(`/${name}/${index}`) ? (item as T) : undefined }))
  const inputs = listOf<Column>('inputs')
  const outputs = listOf<Column>('outputs')
  const rows = listOf<Row>('rows')
  const issues: Issue[] = [...columnIssues('inputs', inputs), ...columnIssues('outputs', outputs), ...repeated('rows', 'id', rows.map(({ index, item }) => ({ index, name: item?.id })))]
  if (sound('/effectiveFrom') && typeof table['effectiveFrom'] === 'string' && !isMoment(table['effectiveFrom'])) issues.push({ path: '/effectiveFrom', code: 'issue.instant' })

  const soundInputs = inputs.flatMap(({ item }) => item ?? [])
  const { environment, refused } = environmentFor(soundInputs)
  for (const { index, item } of inputs) if (item && refused.includes(item.name)) issues.push({ path: `/inputs/${index}/name`, code: 'issue.table_column_name', params: { column: item.name } })
  const columnsWhole = inputs.length === soundInputs.length && !refused.length
  const known = new Map<string, ReturnType<typeof compileCell>>()
  const conditions: Condition[][] = []
  let cellsWhole = true
  for (const { index, item } of rows) {
    const own: Condition[] = []
    if (!item) cellsWhole = false
    for (const [column, text] of Object.entries(item?.when ?? {})) {
      if (columnsWhole && !soundInputs.some((one) => one.name === column)) issues.push(at(index, `/when/${step(column)}`, 'issue.table_column_unknown', { column }))
      // With a broken column every cell that names it would seem faulty.
      if (!columnsWhole) continue
      const compiled = known.get(text) ?? compileCell(environment, soundInputs, text)
      known.set(text, compiled)
      if ('condition' in compiled) own.push(compiled.condition)
      else {
        cellsWhole = false
        for (const fault of compiled.faults) issues.push(at(index, `/when/${step(column)}`, fault.code, { column, ...fault.params }))
      }
    }
    conditions.push(own)
    if (item && outputs.every((output) => output.item)) issues.push(...resultIssues(index, item, outputs.flatMap((output) => output.item ?? [])))
  }
  if (columnsWhole && cellsWhole && rows.length && !issues.length) issues.push(...coverageIssues(soundInputs, conditions))
  return issues
}

/** Whether a text is a real moment of a usable year. */
export function isMoment(text: string): boolean {
  return isDay(text.slice(0, 10)) && text >= '2000' && text < '2200' && !Number.isNaN(Date.parse(text))
}

function columnIssues(list: string, columns: readonly { index: number; item: Column | undefined }[]): Issue[] {
  const issues = repeated(list, 'name', columns.map(({ index, item }) => ({ index, name: item?.name })))
  for (const { index, item } of columns) {
    if (item?.type !== 'code') continue
    if (!item.codes?.length) issues.push({ path: `/${list}/${index}/codes`, code: 'issue.table_codes_missing', params: { column: item.name } })
    else issues.push(...repeated(`${list}/${index}/codes`, 'value', item.codes.map((choice, place) => ({ index: place, name: choice.value }))))
  }
  return issues
}
function repeated(list: string, part: string, names: readonly { index: number; name: string | undefined }[]): Issue[] {
  const seen = new Set<string>()
  return names.flatMap(({ index, name }) => {
    if (name === undefined) return []
    if (!seen.has(name)) return void seen.add(name) ?? []
    return [{ path: `/${list}/${index}/${part}`, code: 'issue.duplicate', params: { field: name } }]
  })
}
function resultIssues(index: number, row: Row, outputs: readonly Column[]): Issue[] {
  const issues: Issue[] = []
  for (const column of outputs) {
    const value = Object.hasOwn(row.then, column.name) ? row.then[column.name] : undefined
    const path = `/then/${step(column.name)}`
    if (value === undefined) issues.push(at(index, path, 'issue.table_output_missing', { column: column.name }))
    else if (value !== null) {
      const wanted = column.type === 'number' ? 'number' : column.type === 'boolean' ? 'boolean' : 'string'
      if (typeof value !== wanted) issues.push(at(index, path, 'issue.table_output_type', { column: column.name, type: column.type }))
      else if (column.type === 'code' && column.codes?.length && !column.codes.some((choice) => choice.value === value)) issues.push(at(index, path, 'issue.table_code_unknown', { column: column.name, value }))
    }
  }
  for (const name of Object.keys(row.then)) if (!outputs.some((column) => column.name === name)) issues.push(at(index, `/then/${step(name)}`, 'issue.table_column_unknown', { column: name }))
  return issues
}
