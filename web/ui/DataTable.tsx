// A list that one works through: sticky head, search by `/`, rows by arrows or `j k`, `Enter` opens, `x` chooses, pages by cursor, cards on a phone.
import { Button, Checkbox, Input, type InputRef } from 'antd'
import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useText } from '../base/i18n.ts'
import { KeyboardIcon, SearchIcon } from './icons.tsx'
import { showShortcuts, useShortcut } from './Shortcuts.tsx'
import { Empty, ErrorState, Loading } from './states.tsx'

export interface DataColumn<T> {
  key: string
  title: ReactNode
  cell: (row: T) => ReactNode
  /** Carries the link or the deed of the row, and heads its card. One column has it. */
  main?: boolean
  align?: 'right' | 'center'
  width?: number | string
  /** Not shown on the card of a phone. */
  wideOnly?: boolean
  nowrap?: boolean
}
/** The part of `usePaged` that a table shows; a plain array works as well through `rows`. */
export interface ListView<T> {
  rows: T[]; total?: number | undefined; totalIsMore?: boolean; page?: number; pending?: boolean; turning?: boolean; error?: unknown
  next?: (() => void) | undefined; previous?: (() => void) | undefined; retry?: () => void
}
export interface DataTableProps<T> {
  /** What the list holds, for screen readers. */
  label: string
  list: ListView<T>
  columns: DataColumn<T>[]
  rowKey: (row: T) => string
  /** Where a row leads; or `onOpen` for a panel beside the list. */
  href?: (row: T) => string
  onOpen?: (row: T) => void
  /** The row shown in the panel. */
  openKey?: string | undefined
  search?: { value: string; onSearch: (text: string) => void; placeholder: string }
  filters?: ReactNode
  extra?: ReactNode
  empty: { title: ReactNode; text?: ReactNode; action?: ReactNode }
  /** `all`: every row that matches, also on other pages, up to a stated limit. */
  selection?: { selected: string[]; onSelect: (keys: string[]) => void; bulk: ReactNode; all?: { chosen: boolean; limit: number; onAll: (chosen: boolean) => void } }
  /** Under the tools: filters in force, what a deed did. */
  notes?: ReactNode
  rowTone?: (row: T) => 'warn' | 'bad' | undefined
}
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, list, columns, rowKey, search, filters, extra, empty, selection, notes } = props
  const t = useText('ui')
  const body = useRef<HTMLTableSectionElement>(null)
  const searchBox = useRef<InputRef>(null)
  const move = (by: 1 | -1) => {
    const links = [...(body.current?.querySelectorAll<HTMLElement>('[data-row-main]') ?? [])]
    const at = links.indexOf(document.activeElement as HTMLElement)
    links[Math.max(0, Math.min(links.length - 1, at < 0 ? 0 : at + by))]?.focus()
  }
  useShortcut('/', t('shortcutSearch'), () => searchBox.current?.focus({ cursor: 'all' }), Boolean(search))
  useShortcut('j', t('shortcutNext'), () => move(1))
  useShortcut('k', t('shortcutPrevious'), () => move(-1))
  useShortcut('ArrowDown', t('shortcutNext'), () => move(1), list.rows.length > 0)
  useShortcut('ArrowUp', t('shortcutPrevious'), () => move(-1), list.rows.length > 0)
  useShortcut('Enter', t('shortcutOpen'), () => (document.activeElement as HTMLElement | null)?.click())
  const toggle = () => {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset['row']
    if (!row || !selection || !body.current?.contains(document.activeElement)) return
    selection.onSelect(selection.selected.includes(row) ? selection.selected.filter((key) => key !== row) : [...selection.selected, row])
  }
  useShortcut('x', t('shortcutChoose'), toggle, Boolean(selection))
  useShortcut(' ', t('shortcutChoose'), (event) => {
    // On any other control the space bar keeps its own meaning.
    if (document.activeElement?.closest('[data-row]')) toggle()
    else if (document.activeElement === document.body) window.scrollBy({ top: window.innerHeight * 0.8 })
    else (event.target as HTMLElement).click()
  }, Boolean(selection))
  const anyChosen = Boolean(selection && (selection.selected.length > 0 || selection.all?.chosen))
  useShortcut('Escape', t('shortcutClear'), () => { if (anyChosen) { selection?.all?.onAll(false); selection?.onSelect([]) } else search?.onSearch('') }, anyChosen || Boolean(search?.value))

  const all = list.rows.map(rowKey)
  const chosen = new Set(selection?.selected ?? [])
  const tools = search || filters || extra
  return (
    <div className="fg-list">
      {tools ? (
        <div className="fg-list-tools" role="search">
          {search ? <Input ref={searchBox} key={search.value} className="fg-list-search" prefix={<SearchIcon />} allowClear defaultValue={search.value} placeholder={search.placeholder} aria-label={search.placeholder} onKeyDown={(event) => { if (event.key === 'Escape') { event.stopPropagation(); if (event.currentTarget.value) search.onSearch(''); else event.currentTarget.blur() } }} onPressEnter={(event) => search.onSearch(event.currentTarget.value.trim())} onChange={(event) => { if (event.type === 'click' && event.target.value === '') search.onSearch('') }} onBlur={(event) => { if (event.target.value.trim() !== search.value) search.onSearch(event.target.value.trim()) }} /> : null}
          {filters}
          <div className="fg-list-extra">{extra}<Button type="text" className="fg-wideonly" icon={<KeyboardIcon />} aria-label={t('shortcuts')} title={t('shortcuts')} onClick={showShortcuts} /></div>
        </div>
      ) : null}
      {notes}
      {selection && anyChosen ? <SelectionBar selection={selection} total={list.total} totalIsMore={list.totalIsMore ?? false} wholePage={all.length > 0 && all.every((key) => chosen.has(key))} /> : null}
      {list.error ? <ErrorState error={list.error} retry={list.retry} />
        : list.pending ? <Loading lines={8} />
        : list.rows.length === 0 ? <Empty {...empty} />
        : (
          <div className={list.turning ? 'fg-table-frame fg-table-turning' : 'fg-table-frame'} aria-busy={list.turning ?? false}>
            <table className="fg-table" aria-label={label}>
              <thead><tr>
                {selection ? <th className="fg-cell-check" scope="col"><Checkbox aria-label={t('selectAll')} checked={all.length > 0 && all.every((key) => chosen.has(key))} indeterminate={all.some((key) => chosen.has(key)) && !all.every((key) => chosen.has(key))} onChange={(event) => selection.onSelect(event.target.checked ? all : [])} /></th> : null}
                {columns.map((column) => <th key={column.key} scope="col" className={cellClass(column)} style={{ width: column.width }}>{column.title}</th>)}
              </tr></thead>
              <tbody ref={body}>{list.rows.map((row) => <TableRow key={rowKey(row)} row={row} chosen={chosen.has(rowKey(row))} {...props} />)}</tbody>
            </table>
          </div>
        )}
      {!list.error && !list.pending && (list.total !== undefined || list.next || list.previous) && list.rows.length > 0 ? (
        <div className="fg-pager">
          <span className="fg-quiet" role="status">{list.total === undefined ? null : t(list.totalIsMore ? 'totalMore' : 'total', { count: list.total, shown: list.total.toLocaleString('en-US') })}</span>
          {list.next || list.previous ? (
            <span className="fg-pager-deeds"><Button disabled={!list.previous} onClick={list.previous}>{t('previous')}</Button><span className="fg-quiet">{t('page', { page: list.page ?? 1 })}</span><Button disabled={!list.next} onClick={list.next}>{t('next')}</Button></span>
          ) : null}
        </div>
      ) : null}
    </div>
  )
}

/** What is chosen and what can be done with it; after a whole page, everything that matches. */
function SelectionBar({ selection, total, totalIsMore, wholePage }: { selection: NonNullable<DataTableProps<unknown>['selection']>; total: number | undefined; totalIsMore: boolean; wholePage: boolean }) {
  const t = useText('ui')
  const { selected, all } = selection
  const shown = (total ?? 0).toLocaleString('en-US')
  const further = all && !all.chosen && wholePage && total !== undefined && total > selected.length
  return (
    <div className="fg-bulk">
      <span role="status">{all?.chosen ? t('selectedAll', { shown }) : t('selected', { count: selected.length })}</span>
      {further ? (totalIsMore || total > all.limit ? <span className="fg-quiet">{t('selectAllLimit', { limit: all.limit.toLocaleString('en-US') })}</span> : <Button type="link" onClick={() => all.onAll(true)}>{t('selectAllMatching', { shown })}</Button>) : null}
      {selection.bulk}
      <Button type="link" onClick={() => { all?.onAll(false); selection.onSelect([]) }}>{t('unselect')}</Button>
    </div>
  )
}

function TableRow<T>({ row, columns, rowKey, href, onOpen, openKey, selection, chosen, rowTone }: DataTableProps<T> & { row: T; chosen: boolean }) {
  const t = useText('ui')
  const navigate = useNavigate()
  const key = rowKey(row)
  const open = (event: MouseEvent | KeyboardEvent) => {
    // Links, boxes and selected text inside the row keep their own meaning.
    if ((event.target as HTMLElement).closest('a,button,input,label') || getSelection()?.toString()) return
    if (onOpen) onOpen(row)
    else if (href) void navigate(href(row))
  }
  const clickable = Boolean(href ?? onOpen)
  const tone = rowTone?.(row)
  return (
    <tr data-row={key} className={[clickable ? 'fg-row-open' : '', key === openKey ? 'fg-row-current' : '', tone ? `fg-row-${tone}` : ''].join(' ')} onClick={clickable ? open : undefined}>
      {selection ? <td className="fg-cell-check"><Checkbox aria-label={t('selectRow')} checked={chosen} onChange={(event) => selection.onSelect(event.target.checked ? [...selection.selected, key] : selection.selected.filter((other) => other !== key))} /></td> : null}
      {columns.map((column) => {
        const content = column.cell(row)
        const shown = !column.main ? content
          : onOpen ? <button type="button" className="fg-row-main" data-row-main="" onClick={() => onOpen(row)}>{content}</button>
          : href ? <Link className="fg-row-main" data-row-main="" to={href(row)}>{content}</Link> : content
        return <td key={column.key} className={cellClass(column)} data-label={typeof column.title === 'string' ? column.title : undefined}>{shown}</td>
      })}
    </tr>
  )
}
function cellClass<T>(column: DataColumn<T>): string {
  return ['fg-cell', column.main ? 'fg-cell-main' : '', column.align ? `fg-cell-${column.align}` : '', column.wideOnly ? 'fg-cell-wide' : '', column.nowrap ? 'fg-cell-nowrap' : ''].filter(Boolean).join(' ')
}
