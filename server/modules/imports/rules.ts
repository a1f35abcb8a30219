// Pure decisions of imports: which deeds a state allows, whether counts add up, how long a step still takes, what is told.
import type { ImportCounts, ImportState, ToldKind } from '@fugong/contract/imports'
import { cleanCell } from './clean.rules.ts'
import { isNoData } from './header.rules.ts'
import type { CellIssue, CleanRow, ImportColumn, SheetRow, Told } from './ports.ts'

export type Deed = 'reread' | 'check' | 'rematch' | 'run' | 'resume' | 'cancel'
/** The deeds that an import allows; `stored` says whether any batch has been stored, `hasFile` whether the file is still there. */
export function deedsOf(state: ImportState, facts: { hasFile: boolean; staged: boolean; stored: boolean; cancelling: boolean; left: boolean }): Deed[] {
  switch (state) {
    case 'uploaded': return ['cancel']
    case 'read': return [...(facts.hasFile ? ['reread' as const] : []), 'check', 'cancel']
    case 'checking': return ['cancel']
    case 'checked': return ['rematch', 'run', 'cancel']
    case 'running': return facts.cancelling ? [] : ['cancel']
    case 'done': return []
    // What has been stored stays, and the rest can follow from the next batch on.
    case 'cancelled': case 'failed': return facts.stored && facts.staged && facts.left ? ['resume'] : []
  }
}
export const isBusy = (state: ImportState) => state === 'uploaded' || state === 'checking' || state === 'running'

export const noCounts: ImportCounts = { rows: 0, fresh: 0, changed: 0, unchanged: 0, rejected: 0, notData: 0, left: 0 }
/** Whether every row in is accounted for. */
export function addsUp(counts: ImportCounts): boolean {
  return counts.rows === counts.fresh + counts.changed + counts.unchanged + counts.rejected + counts.notData + counts.left
}
/** Seconds a step still takes by its pace; null before a pace can be seen. */
export function secondsLeft(done: number, total: number, begunAt: number, now: number): number | null {
  const passed = (now - begunAt) / 1000
  if (done <= 0 || total <= 0 || passed < 0.5) return null
  return Math.max(0, Math.ceil((passed * (total - done)) / done))
}

/** Collects what is told: how often, and the first rows. */
export class Telling {
  private readonly found = new Map<string, Told>()
  constructor(before: readonly Told[] = []) {
    for (const told of before) this.found.set(`${told.kind} ${told.column ?? ''}`, { ...told, rows: [...told.rows] })
  }
  add(kind: ToldKind, column: string | null, row?: number, count = 1): void {
    const key = `${kind} ${column ?? ''}`
    const told = this.found.get(key) ?? { kind, column, count: 0, rows: [] }
    told.count += count
    if (row !== undefined && told.rows.length < MOST_ROWS_TOLD) told.rows.push(row)
    this.found.set(key, told)
  }
  get all(): Told[] {
    return [...this.found.values()]
  }
}
const MOST_ROWS_TOLD = 10

export interface Matched { column: ImportColumn; index: number }
export interface JudgedRows { clean: CleanRow[]; rejected: { at: number; issues: CellIssue[] }[]; notData: number[] }
/** Cleans the rows of a batch: those fit to be judged by the target, those whose cells are at fault, and those that are no data. */
export function cleanRows(rows: readonly SheetRow[], matched: readonly Matched[], keys: readonly (readonly string[])[], telling: Telling): JudgedRows {
  const keyColumns = matched.filter(({ column }) => keys.some((key) => key.includes(column.code))).map(({ index }) => index)
  const result: JudgedRows = { clean: [], rejected: [], notData: [] }
  for (const row of rows) {
    const nothing = isNoData(row, keyColumns)
    if (nothing) {
      telling.add(nothing, null, row.at)
      result.notData.push(row.at)
      continue
    }
    if (row.hidden) telling.add('hiddenRow', null, row.at)
    const values: Record<string, string | number | null> = {}
    const issues: CellIssue[] = []
    let numbers: string[] | undefined
    for (const { column, index } of matched) {
      const { value, told, issue } = cleanCell(column, row.cells[index])
      for (const kind of told) telling.add(kind, column.code, row.at)
      if (told.includes('numberAsText')) (numbers ??= []).push(column.code)
      if (row.merged?.includes(index)) telling.add('merged', column.code, row.at)
      if (issue) issues.push({ column: column.code, ...issue })
      else if (column.required && value === null) issues.push({ column: column.code, code: 'issue.required' })
      values[column.code] = value
    }
    if (issues.length) result.rejected.push({ at: row.at, issues })
    else result.clean.push(numbers ? { at: row.at, values, numbers } : { at: row.at, values })
  }
  return result
}
/** The key of a row as one text; undefined when none of the ways to name a record is filled in. */
export function keyOf(row: CleanRow, keys: readonly (readonly string[])[]): string | undefined {
  const found = keys.find((key) => key.every((code) => row.values[code] !== null && row.values[code] !== undefined))
  return found && `${found.join('+')}=${found.map((code) => String(row.values[code])).join('\u0000')}`
}

/** A matching as it may be used: known columns, each once, a key among them. */
export function matchingIssues(matching: readonly (string | null)[], columns: readonly ImportColumn[], keys: readonly (readonly string[])[]): { path: string; code: string; params?: Record<string, unknown> }[] {
  const issues: { path: string; code: string; params?: Record<string, unknown> }[] = []
  const seen = new Set<string>()
  matching.forEach((code, at) => {
    if (code === null) return
    if (!columns.some((column) => column.code === code)) issues.push({ path: `/matching/${at}`, code: 'issue.choice' })
    else if (seen.has(code)) issues.push({ path: `/matching/${at}`, code: 'issue.duplicate' })
    seen.add(code)
  })
  // Without a required column only records that are there already can be changed; rows of new ones are rejected and told why.
  if (!keys.some((key) => key.every((code) => seen.has(code)))) issues.push({ path: '/matching', code: 'issue.import_key_missing' })
  return issues
}
