// One list as its reader set it up: filters, order and columns in the address bar, and the views under which such a setting is kept.
import { changeView, chooseDefaultView, listViews, removeView, saveView, type View, type ViewList } from '@fugong/contract/views'
import { useEffect, useMemo, useRef } from 'react'
import { useSearchParams } from 'react-router'
import { useFilters } from './filters.ts'
import { useDeed, useRead } from './query.tsx'
import { useSession } from './session.tsx'

const COLUMNS = 'columns'
export interface ListSetup<N extends string> {
  filters: Partial<Record<N, string>>
  set: (changes: Partial<Record<N, string | undefined>>) => void
  clear: () => void
  any: boolean
  /** Keys of the shown columns in their order. */
  columns: string[]
  setColumns: (keys: string[]) => void
  views: ListViews | undefined
}
/** What `<SavedViews>` takes; undefined for those who keep no views. */
export interface ListViews {
  items: View[]
  /** The view whose setting stands in the address now. */
  current: View | undefined
  defaultId: string | null
  onApply: (view: View | undefined) => void
  onKeep: (view: { id?: string; name: string; shared: boolean }) => Promise<boolean>
  onRemove: (view: View) => void
  onDefault: (id: string | null) => void
  onOpen: () => void
  problem: unknown
  running: boolean
}
/** `names` are the filters that a view keeps, `defaults` the columns shown when nothing else is chosen. */
export function useList<const N extends string>(list: ViewList, names: readonly N[], defaults: readonly string[]): ListSetup<N> {
  const { may } = useSession()
  const { filters, set, clear, any } = useFilters(names)
  const [search, setSearch] = useSearchParams()
  const enabled = may('view.keep')
  const read = useRead(listViews, { query: { list } }, { enabled, staleTime: 60_000 })
  const invalidates = [listViews]
  const [choose, save, change, remove] = [useDeed(chooseDefaultView, { invalidates }), useDeed(saveView, { invalidates }), useDeed(changeView, { invalidates }), useDeed(removeView, { invalidates })]
  const chosen = search.get(COLUMNS)
  const columns = useMemo(() => (chosen ? chosen.split(',') : [...defaults]), [chosen, defaults])
  const present = useMemo(() => ({ filters: filters as Record<string, string>, columns: chosen ? chosen.split(',') : [] }), [filters, chosen])
  const items = read.data?.items ?? []

  const apply = (view: View | undefined) => setSearch(new URLSearchParams({ ...view?.filters, ...(view?.columns.length ? { [COLUMNS]: view.columns.join(',') } : {}) }), { replace: true })
  // A list that is opened without any wish of its own begins with the view its reader chose.
  const begun = useRef(search.size > 0)
  useEffect(() => {
    if (begun.current || !read.data) return
    begun.current = true
    const view = read.data.items.find(({ id }) => id === read.data.defaultId)
    if (view) apply(view)
  })
  const same = (view: View) => JSON.stringify([sorted(view.filters), view.columns]) === JSON.stringify([sorted(present.filters), present.columns])
  return {
    filters, set, clear, any, columns,
    setColumns: (keys) => setSearch((before) => {
      const next = new URLSearchParams(before)
      if (keys.join() === defaults.join() || keys.length === 0) next.delete(COLUMNS)
      else next.set(COLUMNS, keys.join(','))
      return next
    }, { replace: true }),
    views: enabled ? {
      items, current: items.find(same), defaultId: read.data?.defaultId ?? null, onApply: apply, problem: save.problem ?? change.problem, running: save.running || change.running,
      onKeep: async ({ id, name, shared }) => (id ? await change.run({ params: { id }, body: { name, shared, ...present } }) : await save.run({ body: { list, name, shared, ...present } })) !== undefined,
      onRemove: (view) => void remove.run({ params: { id: view.id } }), onDefault: (viewId) => void choose.run({ params: { list }, body: { viewId } }), onOpen: () => { save.reset(); change.reset() },
    } : undefined,
  }
}
const sorted = (record: Record<string, string>) => Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))
/** Columns of a list in the chosen order; unknown keys of an older view are passed over, the main column is always there. */
export function chosenColumns<C extends { key: string; main?: boolean }>(all: readonly C[], keys: readonly string[]): C[] {
  const main = all.filter((column) => column.main && !keys.includes(column.key))
  return [...main, ...keys.flatMap((key) => all.find((column) => column.key === key) ?? [])]
}
