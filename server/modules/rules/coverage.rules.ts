// Whether a decision table answers every case that its columns allow, and whether each row can ever apply.
import type { Issue } from '@fugong/contract/base'
import type { Column } from '@fugong/contract/rules'
import type { Condition, InputValue } from './cel.rules.ts'

const MOST_CASES = 5000
/** Evaluations before the check gives up, a remembered one counted as a tenth: the server waits meanwhile, so some tenths of a second. */
const MOST_WORK = 200_000
/** Milliseconds before the check gives up whatever it counted. */
const MOST_MS = 300
/** More uncovered cases than this help nobody. */
const MOST_NAMED = 20

const unreachable = (row: number): Issue => ({ path: `/rows/${row}`, code: 'issue.table_unreachable', params: { row: row + 1 } })

/**
 * For columns of codes and booleans with at most 5,000 combinations, each is tried: it must hit a row, and each row must be hit.
 * For others only rows behind a row without conditions are known to be unreachable. `rows` are the conditions of each row, `clock` reads milliseconds.
 */
export function coverageIssues(columns: readonly Column[], rows: readonly (readonly Condition[])[], clock: () => number): Issue[] {
  const values = columns.map(valuesOf)
  const cases = values.reduce((count, list) => (list ? count * list.length : Infinity), 1)
  if (cases > MOST_CASES) {
    const open = rows.findIndex((conditions) => !conditions.length)
    return open < 0 ? [] : rows.slice(open + 1).map((_, offset) => unreachable(open + 1 + offset))
  }
  return tryAll(columns, values as InputValue[][], cases, rows, clock)
}

function valuesOf(column: Column): InputValue[] | undefined {
  if (column.type === 'boolean') return [true, false]
  return column.type === 'code' ? (column.codes ?? []).map((choice) => choice.value) : undefined
}

interface Tried { condition: Condition; /** Places of the inputs it names. */ places: number[]; answers: Map<number, boolean> }

function tryAll(columns: readonly Column[], values: readonly InputValue[][], cases: number, rows: readonly (readonly Condition[])[], clock: () => number): Issue[] {
  // A condition depends on the inputs it names alone, so its answer is remembered for each of their combinations.
  const known = new Map<Condition, Tried>()
  const tried = rows.map((conditions) => conditions.map((condition) => {
    const one = known.get(condition) ?? { condition, places: columns.flatMap((column, place) => (condition.uses.includes(column.name) ? [place] : [])), answers: new Map<number, boolean>() }
    known.set(condition, one)
    return one
  }))
  const uncovered: Issue[] = []
  const hit = new Set<number>()
  let work = 0
  const until = clock() + MOST_MS
  let late = false
  for (let number = 0; number < cases; number += 1) {
    const digits = digitsOf(values, number)
    const inputs = Object.fromEntries(columns.map((column, place) => [column.name, values[place]![digits[place]!]!]))
    let row = -1
    try {
      row = tried.findIndex((conditions) => conditions.every((one) => answer(one, digits, inputs)))
    } catch {
      // An expression that fails on a case decides nothing there.
    }
    if (late || work > MOST_WORK) return [{ path: '/rows', code: 'issue.table_unchecked' }]
    if (row >= 0) hit.add(row)
    else if (uncovered.length < MOST_NAMED) uncovered.push({ path: '/rows', code: 'issue.table_uncovered', params: { combination: spell(inputs) } })
  }
  return [...uncovered, ...rows.flatMap((_, row) => (hit.has(row) ? [] : [unreachable(row)]))]

  function answer({ condition, places, answers }: Tried, digits: readonly number[], inputs: Record<string, InputValue>): boolean {
    let key = 0
    for (const place of places) key = key * values[place]!.length + digits[place]!
    const before = answers.get(key)
    work += before === undefined ? 1 : 0.1
    if (before !== undefined) return before
    late ||= clock() > until
    const found = !late && work <= MOST_WORK && condition.test(inputs)
    answers.set(key, found)
    return found
  }
}
/** Which value each column has in a case: its number written in the columns' sizes, the first column fastest. */
function digitsOf(values: readonly InputValue[][], number: number): number[] {
  let rest = number
  return values.map((list) => {
    const digit = rest % list.length
    rest = Math.floor(rest / list.length)
    return digit
  })
}
const spell = (inputs: Record<string, InputValue>) => Object.entries(inputs).map(([name, value]) => `${name} = ${String(value)}`).join(', ')
