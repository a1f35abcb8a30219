// Hiding small cells: what is below the limit is not shown, nor anything from which it could be worked out by difference.

/** A cell of a tree of sums: `value` is the sum of the values below it. */
export interface Cell { key: string; value: number; below: Cell[] }
/**
 * Keys of the cells to hide. In each group with a hidden cell and a shown sum at least two are hidden and come to the limit
 * together; where no sister can be hidden with it, the sum is. Noughts are shown: they hide behind nothing.
 */
export function hiddenIn(root: Cell, limit: number): Set<string> {
  const hidden = new Set<string>()
  const visit = (cell: Cell): void => {
    for (const one of cell.below) visit(one)
    if (cell.value > 0 && cell.value < limit) hidden.add(cell.key)
    close(cell)
  }
  const close = (cell: Cell): void => {
    for (;;) {
      const gone = cell.below.filter(({ key }) => hidden.has(key))
      if (!gone.length || hidden.has(cell.key) || (gone.length > 1 && gone.reduce((sum, { value }) => sum + value, 0) >= limit)) return
      const next = cell.below.filter(({ key, value }) => value > 0 && !hidden.has(key)).sort((one, other) => one.value - other.value || (one.key < other.key ? -1 : 1))[0]
      if (next) conceal(next)
      else hidden.add(cell.key)
    }
  }
  /** A sum is hidden only when one of its parts is. */
  const conceal = (cell: Cell): void => {
    hidden.add(cell.key)
    const parts = cell.below.filter(({ value }) => value > 0)
    if (parts.length && !parts.some(({ key }) => hidden.has(key))) conceal(parts.sort((one, other) => one.value - other.value || (one.key < other.key ? -1 : 1))[0]!)
  }
  visit(root)
  return hidden
}
/** The three levels of one district beside their sum. */
export function hiddenLevels(levels: Readonly<Record<'yellow' | 'orange' | 'red', number>>, sumHidden: boolean, limit: number): { yellow: number | null; orange: number | null; red: number | null } {
  if (sumHidden) return { yellow: null, orange: null, red: null }
  const names = ['yellow', 'orange', 'red'] as const
  const hidden = hiddenIn({ key: 'sum', value: names.reduce((sum, name) => sum + levels[name], 0), below: names.map((key) => ({ key, value: levels[key], below: [] })) }, limit)
  const shown = (name: (typeof names)[number]) => (hidden.has('sum') || hidden.has(name) ? null : levels[name])
  return { yellow: shown('yellow'), orange: shown('orange'), red: shown('red') }
}
