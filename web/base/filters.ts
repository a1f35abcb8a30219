// Filters of a list in the address bar, so that a view can be kept, sent and returned to.
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export type Filters = Record<string, string>
/** The named filters as the address has them; setting one to undefined or '' removes it. Changes replace the address, so that "back" leaves the list. */
export function useFilters<const N extends string>(names: readonly N[]): { filters: Partial<Record<N, string>>; set: (changes: Partial<Record<N, string | undefined>>) => void; clear: () => void; any: boolean } {
  const [search, setSearch] = useSearchParams()
  const key = names.map((name) => `${name}=${search.get(name) ?? ''}`).join('&')
  const filters = useMemo(() => {
    const found: Partial<Record<N, string>> = {}
    for (const name of names) {
      const value = search.get(name)
      if (value) found[name] = value
    }
    return found
  }, [key])
  const set = useCallback((changes: Partial<Record<N, string | undefined>>) => {
    setSearch((before) => {
      const next = new URLSearchParams(before)
      for (const [name, value] of Object.entries(changes) as [N, string | undefined][]) {
        if (value) next.set(name, value)
        else next.delete(name)
      }
      return next
    }, { replace: true })
  }, [setSearch])
  const clear = useCallback(() => set(Object.fromEntries(names.map((name) => [name, undefined])) as Partial<Record<N, undefined>>), [set, names])
  return { filters, set, clear, any: Object.keys(filters).length > 0 }
}
