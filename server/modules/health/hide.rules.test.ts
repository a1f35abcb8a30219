// Small cells: what is hidden cannot be worked out from what is shown, whatever the tree of sums.
import { describe, expect, it } from 'vitest'
import { hiddenIn, hiddenLevels, type Cell } from './hide.rules.ts'

const leaf = (key: string, value: number): Cell => ({ key, value, below: [] })
const sum = (key: string, below: Cell[]): Cell => ({ key, value: below.reduce((total, cell) => total + cell.value, 0), below })
const hidden = (root: Cell) => [...hiddenIn(root, 5)].sort()

describe('hiding', () => {
  it('takes what is below five, and a sister so that the difference tells nothing', () => {
    expect(hidden(sum('street', [leaf('a', 3), leaf('b', 9), leaf('c', 20)]))).toEqual(['a', 'b'])
    expect(hidden(sum('street', [leaf('a', 3), leaf('b', 4), leaf('c', 20)]))).toEqual(['a', 'b'])
    expect(hidden(sum('street', [leaf('a', 1), leaf('b', 1), leaf('c', 20)]))).toEqual(['a', 'b', 'c'])
  })
  it('takes the sum where no sister is left, and lets noughts and large cells stand', () => {
    expect(hidden(sum('street', [leaf('a', 4), leaf('b', 0)]))).toEqual(['a', 'street'])
    expect(hidden(sum('street', [leaf('a', 6), leaf('b', 0), leaf('c', 12)]))).toEqual([])
  })
  it('hides a part of whatever sum it hides', () => {
    const tree = sum('city', [sum('d1', [leaf('a', 3)]), sum('d2', [leaf('b', 8), leaf('c', 6)])])
    expect(hidden(tree)).toEqual(['a', 'c', 'd1', 'd2'])
  })
  it('of levels beside their sum', () => {
    expect(hiddenLevels({ yellow: 12, orange: 0, red: 0 }, false, 5)).toEqual({ yellow: 12, orange: 0, red: 0 })
    expect(hiddenLevels({ yellow: 12, orange: 2, red: 0 }, false, 5)).toEqual({ yellow: null, orange: null, red: 0 })
    expect(hiddenLevels({ yellow: 3, orange: 0, red: 0 }, true, 5)).toEqual({ yellow: null, orange: null, red: null })
  })
})

// A reader solves for hidden cells: every sum that is shown is one equation over hidden leaves. No equation, and no
// difference of nested ones, may leave a group of hidden leaves that comes to less than the limit.
it('over random trees no shown sum leaves less than five behind what is hidden below it', () => {
  let seed = 7
  const random = (below: number) => { seed = (seed * 1103515245 + 12345) & 0x7fffffff; return seed % below }
  for (let round = 0; round < 400; round++) {
    let name = 0
    const tree = (depth: number): Cell => depth === 0 ? leaf(`k${name++}`, random(3) ? random(8) : random(40)) : sum(`k${name++}`, Array.from({ length: 1 + random(5) }, () => tree(depth - 1)))
    const root = tree(3)
    const gone = hiddenIn(root, 5)
    const restOf = (cell: Cell): number => {
      // What of a shown sum is not explained by shown cells below it.
      const left = cell.below.reduce((total, one) => total + (gone.has(one.key) ? unexplained(one) : 0), 0)
      return left
    }
    const unexplained = (cell: Cell): number => cell.below.length ? cell.below.reduce((total, one) => total + (gone.has(one.key) ? unexplained(one) : 0), 0) : cell.value
    const visit = (cell: Cell): void => {
      if (cell.value > 0 && cell.value < 5) expect(gone.has(cell.key)).toBe(true)
      if (cell.below.length && !gone.has(cell.key)) {
        const rest = restOf(cell)
        expect(rest === 0 || rest >= 5, `round ${round}: ${cell.key} leaves ${rest}`).toBe(true)
        expect(cell.below.filter(({ key }) => gone.has(key)).length).not.toBe(1)
      }
      if (cell.below.length && gone.has(cell.key) && cell.value > 0) expect(cell.below.some(({ key }) => gone.has(key))).toBe(true)
      cell.below.forEach(visit)
    }
    visit(root)
  }
})
