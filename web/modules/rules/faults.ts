// Faults of an imported table by row and column, as its author finds them in the file.
import type { Bilingual, Issue } from '@fugong/contract/base'

export interface ReadFile { name: string; table: unknown }
export interface Fault {
  /** Position of the row from 1; undefined when the fault is not in a row. */
  row: number | undefined
  rowId: string | undefined
  /** A column of the table by its label, or a part of the file by its key (`field.<key>`). */
  column: { label: Bilingual } | { key: string } | undefined
  issue: Issue
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])
const isBilingual = (value: unknown): value is Bilingual => typeof record(value)['zh'] === 'string' && typeof record(value)['en'] === 'string'

/** What a file seems to hold; undefined when it is no table. */
export function describeTable(file: ReadFile): { table: string; version: number; count: number } | undefined {
  const table = record(file.table)
  return typeof table['code'] === 'string' && typeof table['version'] === 'number' ? { table: table['code'], version: table['version'], count: list(table['rows']).length } : undefined
}

/** Paths are `/table/rows/2/when/level`, with or without `/table`. Rows come in the order of the file, what concerns the whole table first. */
export function faultsOf(issues: readonly Issue[], file: unknown): Fault[] {
  const table = record(file)
  const columns = [...list(table['inputs']), ...list(table['outputs'])].map(record)
  const faults = issues.map((issue): Fault => {
    const path = issue.path.split('/').slice(1)
    if (path[0] === 'table') path.shift()
    if (path[0] !== 'rows' || path[1] === undefined || !/^\d+$/.test(path[1])) {
      const column = path[0] === 'inputs' || path[0] === 'outputs' ? record(list(table[path[0]])[Number(path[1])])['label'] : undefined
      return { row: undefined, rowId: undefined, column: isBilingual(column) ? { label: column } : path[0] ? { key: path[0] } : undefined, issue }
    }
    const row = Number(path[1])
    const id = record(list(table['rows'])[row])['id']
    const cell = path[2] === 'when' || path[2] === 'then' ? path[3] : undefined
    const label = cell === undefined ? undefined : columns.find((one) => one['name'] === cell)?.['label']
    const column = isBilingual(label) ? { label } : cell !== undefined ? { key: cell } : path[2] ? { key: path[2] } : undefined
    return { row: row + 1, rowId: typeof id === 'string' ? id : undefined, column, issue }
  })
  return faults.map((fault, i) => ({ fault, i })).sort((a, b) => (a.fault.row ?? 0) - (b.fault.row ?? 0) || a.i - b.i).map(({ fault }) => fault)
}
