// Whether a decision table answers every case that its columns allow, and whether each row can ever apply.
import type { Issue } from '@fugong/contract/base'
import type { Column } from '@fugong/contract/rules'
import type { Condition, InputValue } from './cel.rules.ts'

const MOST_CASES = 5000
/** Evaluations before the check gives up, a repeated one counted as a quarter: below a second. */
const MOST_WORK = 1_000_000
/** More uncovered cases than this help nobody. */
const MOST_NAMED = 20

const unreachable = (row: number): Issue => ({ path: `/rows/${row}`, code: 'issue.table_unreachable', params: { row: row + 1 } })

/**
 * For columns of codes and booleans with at most 5,000 combinations, each is tried: it must hit a row, and each row must be hit.
 * For others only rows behind a row without conditions are known to be unreachable. `rows` are the conditions of each row.
 */
export function coverageIssues(columns: readonly Column[], rows: readonly (readonly Condition[])[]): Issue[] {
  const values = columns.map(valuesOf)
  const cases = values.reduce((count, list) => (list ? count * list.length : Infinity), 1)
  if (cases > MOST_CASES) {
    const open = rows.findIndex((conditions) => !conditions.length)
    return open < 0 ? [] : rows.slice(open + 1).map((_, offset) => unreachable(open + 1 + offset))
  }
  return tryAll(columns, values as InputValue[][], cases, rows)
}

function valuesOf(column: Column): InputValue[] | undefined {
  if (column.type === 'boolean') return [true, false]
  return column.type === 'code' ? (column.codes ?? []).map((choice) => choice.value) : undefined
}

function tryAll(columns: readonly Column[], values: readonly InputValue[][], cases: number, rows: readonly (readonly Condition[])[]): Issue[] {
  const issues: Issue[] = []
  const hit = new Set<number>()
  const answers = new Map<Condition, Map<number, boolean>>()
  let work = 0
  for (let number = 0; number < cases; number += 1) {
    const inputs = caseOf(columns, values, number)
    let row = -1
    try {
      row = rows.findIndex((conditions) => conditions.every((condition) => answer(condition, inputs)))
    } catch {
      issues.push({ path: '/rows', code: 'issue.table_uncovered', params: { combination: spell(inputs) } })
      continue
    }
    if (work > MOST_WORK) return [{ path: '/rows', code: 'issue.table_unchecked' }]
    if (row >= 0) hit.add(row)
    else issues.push({ path: '/rows', code: 'issue.table_uncovered', params: { combination: spell(inputs) } })
  }
  return [...issues.slice(0, MOST_NAMED), ...rows.flatMap((_, row) => (hit.has(row) ? [] : [unreachable(row)]))]

  /** A condition depends on the inputs it names alone, so its answer is kept for each of their combinations. */
  function answer(condition: Condition, inputs: Record<string, InputValue>): boolean {
    let known = answers.get(condition)
    if (!known) answers.set(condition, (known = new Map()))
    let key = 0
    for (const [place, column] of columns.entries()) if (condition.uses.includes(column.name)) key = key * values[place]!.length + values[place]!.indexOf(inputs[column.name]!)
    const before = known.get(key)
    work += before === undefined ? 1 : 0.25
    if (before !== undefined) return before
    const found = work <= MOST_WORK && condition.test(inputs)
    known.set(key, found)
    return found
  }
}
function caseOf(columns: readonly Column[], values: readonly InputValue[][], number: number): Record<string, InputValue> {
  let rest = number
  return Object.fromEntries(columns.map((column, place) => {
    const list = values[place]!
    const value = list[rest % list.length]!
    rest = Math.floor(rest / list.length)
    return [column.name, value]
  }))
}
const spell = (inputs: Record<string, InputValue>) => Object.entries(inputs).map(([name, value]) => `${name} = ${String(value)}`).join(', ')
