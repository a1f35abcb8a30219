// Which cases of a decision table no row answers, which rows can never apply, and where rows lie over each other.
import type { Condition, InputValue } from './rules.cells.ts'
import type { Column } from './rules.ts'

/** Evaluations before the check gives up: whoever waits for it waits some tenths of a second. */
const MOST_WORK = 200_000
/** Milliseconds before the check gives up whatever it counted. */
const MOST_MS = 300
/** More gaps than this help nobody. */
const MOST_NAMED = 20

/** Values of the columns that matter; a number that is missing is null. `example` gives one value for every column. */
export interface Gap { where: Record<string, (InputValue | null)[]>; example: Record<string, InputValue | null> }
export interface Coverage {
  gaps: Gap[]
  /** Rows that decide no case; `by` are the rows that take their cases, none when its own conditions exclude each other. */
  shadowed: { row: number; by: number[] }[]
  /** Rows some of whose cases earlier rows decide. */
  overlaps: { row: number; with: number[] }[]
  /** Every case was tried: `cells` ask more than values to compare with, or the table is too large (`size`). */
  complete: true | 'cells' | 'size'
}

type Alive = { row: number; pending: readonly Condition[] }
type Assigned = Record<string, InputValue>

/** `rows` are the conditions of each row, `clock` reads milliseconds. Gaps and overlaps are certain; that there are no more only when `complete`. */
export function coverageOf(columns: readonly Column[], rows: readonly (readonly Condition[])[], clock: () => number): Coverage {
  const exact = rows.every((conditions) => conditions.every((condition) => [...condition.probes.values()].every((probe) => probe.exact)))
  const until = clock() + MOST_MS
  const gaps: Gap[] = []
  const hit = new Set<number>()
  const takers = rows.map(() => new Set<number>())
  const overlaps = rows.map(() => new Set<number>())
  let work = 0
  let late = false

  // `true` and the like name no column and are settled before any value is known.
  explore({}, {}, rows.flatMap((conditions, row) => {
    const constant = conditions.filter((condition) => !condition.uses.length)
    return constant.every((condition) => holds(condition, {})) ? [{ row, pending: conditions.filter((condition) => condition.uses.length) }] : []
  }))

  const complete = late ? 'size' : exact ? true : 'cells'
  const open = rows.findIndex((conditions) => !conditions.length)
  const shadowed = rows.flatMap((_, row) => {
    if (hit.has(row)) return []
    if (complete === true) return [{ row, by: [...takers[row]!].sort((a, b) => a - b) }]
    return open >= 0 && row > open ? [{ row, by: [open] }] : []
  })
  const never = new Set(shadowed.map(({ row }) => row))
  return { gaps, shadowed, complete, overlaps: overlaps.flatMap((found, row) => (found.size && !never.has(row) ? [{ row, with: [...found].sort((a, b) => a - b) }] : [])) }

  function explore(given: Assigned, where: Gap['where'], alive: readonly Alive[]): void {
    late ||= work > MOST_WORK || clock() > until
    if (late) return
    const first = alive[0]
    if (!first) return noteGap(given, where)
    if (!first.pending.length) {
      hit.add(first.row)
      for (const other of alive.slice(1)) {
        takers[other.row]!.add(first.row)
        if (!overlaps[other.row]!.has(first.row) && canHold(given, other)) overlaps[other.row]!.add(first.row)
      }
      return
    }
    const column = nextColumn(given, first)
    // Values after which the same rows remain with the same questions lead to the same place; one of them goes on.
    const groups = new Map<string, { value: InputValue; values: InputValue[]; alive: Alive[] }>()
    for (const value of samplesOf(column, alive)) {
      const now = { ...given, [column.name]: value }
      const left = alive.flatMap((one) => step(now, column.name, one) ?? [])
      const open = left.some((one) => one.pending.some((condition) => condition.uses.includes(column.name)))
      const key = `${open ? String(value) : ''}|${left.map((one) => `${one.row}:${one.pending.length}`).join(',')}`
      const group = groups.get(key)
      if (group) group.values.push(value)
      else groups.set(key, { value, values: [value], alive: left })
      if (work > MOST_WORK) break
    }
    for (const group of groups.values()) explore({ ...given, [column.name]: group.value }, { ...where, [column.name]: group.values.map(plain) }, group.alive)
  }

  /** The row after one more value is known; undefined when one of its conditions fails. */
  function step(given: Assigned, name: string, { row, pending }: Alive): Alive | undefined {
    const left: Condition[] = []
    for (const condition of pending) {
      if (!condition.uses.includes(name) || !condition.uses.every((used) => used in given)) left.push(condition)
      else if (!holds(condition, given)) return undefined
    }
    return { row, pending: left }
  }
  function holds(condition: Condition, given: Assigned): boolean {
    work += 1
    try {
      return condition.test(given)
    } catch {
      // An expression that fails on a case decides nothing there.
      return false
    }
  }
  function nextColumn(given: Assigned, { pending }: Alive): Column {
    return columns.find((column) => !(column.name in given) && pending.some((condition) => condition.uses.includes(column.name))) ?? columns.find((column) => !(column.name in given))!
  }
  /** Whether a row that is still alive applies to some case here. */
  function canHold(given: Assigned, one: Alive): boolean {
    if (!one.pending.length) return true
    if (late || work > MOST_WORK) return false
    const column = nextColumn(given, one)
    return samplesOf(column, [one]).some((value) => {
      const now = { ...given, [column.name]: value }
      const left = step(now, column.name, one)
      return left !== undefined && canHold(now, left)
    })
  }
  function noteGap(given: Assigned, where: Gap['where']): void {
    if (gaps.length >= MOST_NAMED) return
    const example = Object.fromEntries(columns.map((column) => [column.name, plain(given[column.name] ?? samplesOf(column, [])[0]!)]))
    gaps.push({ where, example })
  }
}
const plain = (value: InputValue): InputValue | null => (typeof value === 'number' && Number.isNaN(value) ? null : value)

/** Values that stand for all values of a column under the conditions still open; at least one. */
export function samplesOf(column: Column, alive: readonly Alive[]): InputValue[] {
  if (column.type === 'boolean') return [true, false]
  if (column.type === 'code') return column.codes?.length ? column.codes.map((choice) => choice.value) : ['']
  const probes = alive.flatMap((one) => one.pending.flatMap((condition) => condition.probes.get(column.name) ?? []))
  if (column.type === 'number') return numbersBetween(column, probes.flatMap((probe) => probe.values as number[]))
  const values = [...new Set(probes.flatMap((probe) => probe.values as string[]))]
  const further = probes.some((probe) => probe.equal) ? values.map((value) => `${value}…`) : []
  return [...new Set(['…', ...values, ...further])]
}
/** Each bound, a value before, between and after them, as far as the column can hold it, and the missing value. */
function numbersBetween({ min = -Infinity, max = Infinity, whole, optional }: Column, bounds: readonly number[]): number[] {
  const sorted = [...new Set(bounds)].sort((a, b) => a - b)
  const found = !sorted.length ? [Math.min(Math.max(0, min), max)]
    : whole ? sorted.flatMap((bound) => [Math.ceil(bound) - 1, Math.floor(bound), Math.ceil(bound), Math.floor(bound) + 1])
    : [sorted[0]! - 1, ...sorted.flatMap((bound, place) => [bound, place + 1 < sorted.length ? (bound + sorted[place + 1]!) / 2 : bound + 1])]
  const fitting = [...new Set(found)].filter((value) => value >= min && value <= max)
  // Bounds just inside a limit that is no whole step away leave the limit itself to try.
  for (const limit of [min, max]) if (Number.isFinite(limit) && !fitting.includes(limit)) fitting.push(limit)
  return optional ? [...fitting, NaN] : fitting
}
