// A list that one works through: sticky head, search by `/`, `j k Enter` by row, pages by cursor, cards on a phone.
import { Button, Checkbox, Input, type InputRef } from 'antd'
import { useRef, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react'
import { Link, useNavigate } from 'react-router'
import { useText } from '../base/i18n.ts'
import { SearchIcon } from './icons.tsx'
import { useShortcut } from './Shortcuts.tsx'
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
  selection?: { selected: string[]; onSelect: (keys: string[]) => void; bulk: ReactNode }
  rowTone?: (row: T) => 'warn' | 'bad' | undefined
}
export function DataTable<T>(props: DataTableProps<T>) {
  const { label, list, columns, rowKey, search, filters, extra, empty, selection } = props
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
  useShortcut('Enter', t('shortcutOpen'), () => (document.activeElement as HTMLElement | null)?.click())

  const all = list.rows.map(rowKey)
  const chosen = new Set(selection?.selected ?? [])
  const tools = search || filters || extra
  return (
    <div className="fg-list">
      {tools ? (
        <div className="fg-list-tools" role="search">
          {search ? <Input ref={searchBox} key={search.value} className="fg-list-search" prefix={<SearchIcon />} allowClear defaultValue={search.value} placeholder={search.placeholder} aria-label={search.placeholder} onPressEnter={(event) => search.onSearch(event.currentTarget.value.trim())} onChange={(event) => { if (event.type === 'click' && event.target.value === '') search.onSearch('') }} onBlur={(event) => { if (event.target.value.trim() !== search.value) search.onSearch(event.target.value.trim()) }} /> : null}
          {filters}
          {extra ? <div className="fg-list-extra">{extra}</div> : null}
        </div>
      ) : null}
      {selection && chosen.size > 0 ? <div className="fg-bulk" role="status"><span>{t('selected', { count: chosen.size })}</span>{selection.bulk}<Button type="link" onClick={() => selection.onSelect([])}>{t('unselect')}</Button></div> : null}
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
    <tr className={[clickable ? 'fg-row-open' : '', key === openKey ? 'fg-row-current' : '', tone ? `fg-row-${tone}` : ''].join(' ')} onClick={clickable ? open : undefined}>
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
