// Cases for lists shown in pages.
import { expect, test } from 'vitest'
import { sliceOf } from './slices.ts'

const rows = [1, 2, 3, 4, 5]
test.each([
  [rows, 1, { rows: [1, 2], page: 1, pages: 3 }], [rows, 3, { rows: [5], page: 3, pages: 3 }], [rows, 9, { rows: [5], page: 3, pages: 3 }],
  [rows, 0, { rows: [1, 2], page: 1, pages: 3 }], [[], 1, { rows: [], page: 1, pages: 1 }], [[1, 2], 1, { rows: [1, 2], page: 1, pages: 1 }],
])('%j, page %i', (all, page, shown) => expect(sliceOf(all, page, 2)).toEqual(shown))
