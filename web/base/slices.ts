// A list that is whole already, shown in pages: for a few hundred rows that filters go through at once.
import { useState } from 'react'
import type { PagedList } from './query.tsx'

/** Rows of a page counted from 1; a page behind the last is the last. */
export function sliceOf<T>(rows: readonly T[], page: number, size: number): { rows: T[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(rows.length / size))
  const shown = Math.min(Math.max(1, page), pages)
  return { rows: rows.slice((shown - 1) * size, shown * size), page: shown, pages }
}
/** The pages of a list for `<DataTable list={…}>`; another `signature` (its filters) begins at the first page. */
export function useSlices<T>(all: readonly T[], signature: string, size = 50): Pick<PagedList<T>, 'rows' | 'total' | 'page' | 'next' | 'previous'> {
  const [turned, turn] = useState({ signature, page: 1 })
  const { rows, page, pages } = sliceOf(all, turned.signature === signature ? turned.page : 1, size)
  return {
    rows, page, total: all.length,
    next: page < pages ? () => turn({ signature, page: page + 1 }) : undefined,
    previous: page > 1 ? () => turn({ signature, page: page - 1 }) : undefined,
  }
}
