// What one version of a decision table changes against another: rows, and in them each cell.
import type { DecisionTable } from './rules.ts'

type Row = DecisionTable['rows'][number]
export type RowChange = { row: string; change: 'added' | 'removed' | 'changed' }
/** A cell that differs: a condition or result by its column, or the reason. */
export interface CellChange { part: 'when' | 'then' | 'because'; column: string; before: unknown; after: unknown }
export interface RowDifference extends RowChange { cells: CellChange[]; /** The row decides before or after others than it did. */ moved: boolean }

/** Rows that a new version adds, removes, changes or moves against its first-hit order. */
export function changedRows(before: DecisionTable | undefined, after: DecisionTable): RowChange[] {
  return differencesOf(before, after).map(({ row, change }) => ({ row, change }))
}

/** The same with every cell; rows in the order of the new version, removed ones last. */
export function differencesOf(before: DecisionTable | undefined, after: DecisionTable): RowDifference[] {
  const old = new Map(before?.rows.map((row) => [row.id, row]))
  const fresh = new Set(after.rows.map((row) => row.id))
  const rankBefore = new Map([...old.keys()].filter((id) => fresh.has(id)).map((id, rank) => [id, rank]))
  let rank = -1
  const found: RowDifference[] = []
  for (const row of after.rows) {
    const earlier = old.get(row.id)
    if (!earlier) {
      found.push({ row: row.id, change: 'added', cells: [], moved: false })
      continue
    }
    rank += 1
    const moved = rankBefore.get(row.id) !== rank
    const cells = cellsChanged(earlier, row)
    if (moved || cells.length) found.push({ row: row.id, change: 'changed', cells, moved })
  }
  for (const id of old.keys()) if (!fresh.has(id)) found.push({ row: id, change: 'removed', cells: [], moved: false })
  return found
}

function cellsChanged(before: Row, after: Row): CellChange[] {
  const found: CellChange[] = []
  for (const part of ['when', 'then'] as const) {
    for (const column of new Set([...Object.keys(before[part]), ...Object.keys(after[part])])) {
      const [old, next] = [before[part][column], after[part][column]]
      if (old !== next) found.push({ part, column, before: old, after: next })
    }
  }
  if (canonical(before.because) !== canonical(after.because)) found.push({ part: 'because', column: '', before: before.because, after: after.because })
  return found
}

/** JSON with sorted keys, so that the order of writing makes no difference. */
export function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null'
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  return `{${Object.entries(value).filter(([, inner]) => inner !== undefined).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).join(',')}}`
}
