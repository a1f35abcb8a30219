// The grid of a table under edit: cells by keyboard and mouse, one open editor at a time, what the check finds beside each row.
import type { DecisionTable } from '@fugong/contract/rules'
import type { DraftTable } from '@fugong/contract/rules.editing'
import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { pick, useText } from '../../base/i18n.ts'
import { useNotices } from '../../ui/notices.tsx'
import { blockText, duplicateRow, insertRow, moveRow, paste, placesOf, readBlock, removeRow, setBecause, setThen, setWhen, type Place, type Value } from './editor.ts'
import { EditorRow, type RowDeed, type RowFindings } from './EditorRow.tsx'
import { faultWords } from './finding-words.ts'
import type { Findings } from './useCheck.ts'
import type { DraftView } from './useDraft.ts'

/** `place` counts columns from 0; -1 is the head of the row with its deeds. */
export interface At { row: number; place: number }
interface GridProps { view: DraftView; base: DecisionTable; findings: Findings; /** A cell to go to; a new object each time. */ goal: At | undefined }
const within = (event: { target: EventTarget }) => (event.target as HTMLElement).closest('.ru-editor, .ru-rowmenu') !== null

export function EditorGrid({ view, base, findings, goal }: GridProps) {
  const t = useText('rules')
  const { done } = useNotices()
  const { table, editable, change } = view
  const places = useMemo(() => placesOf(table), [table.inputs, table.outputs])
  const body = useRef<HTMLTableElement>(null)
  const [at, setAt] = useState<At>({ row: 0, place: 0 })
  const [anchor, setAnchor] = useState<At | undefined>()
  const [editing, setEditing] = useState(false)
  const wantsFocus = useRef(false)
  const latest = useRef({ table, at, base })
  latest.current = { table, at, base }

  const go = useCallback((next: At, extend = false) => {
    const { table: now, at: from } = latest.current
    const to = { row: Math.max(0, Math.min(now.rows.length - 1, next.row)), place: Math.max(-1, Math.min(places.length - 1, next.place)) }
    setAnchor((before) => (extend ? (before ?? from) : undefined))
    setAt(to)
    setEditing(false)
    wantsFocus.current = true
  }, [places.length])
  const close = useCallback(() => { setEditing(false); wantsFocus.current = true }, [])
  useEffect(() => { if (goal) go(goal) }, [goal, go])
  useEffect(() => {
    if (!wantsFocus.current || editing) return
    wantsFocus.current = false
    const cell = body.current?.querySelector<HTMLElement>(`[data-cell="${at.row}:${at.place}"]`)
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  })

  const deed = useCallback((row: number, what: RowDeed) => {
    const { table: now, base: from, at: cell } = latest.current
    const moved = what === 'up' ? row - 1 : what === 'down' ? row + 1 : what === 'remove' ? Math.min(row, now.rows.length - 2) : row + 1
    change((one) => {
      switch (what) {
        case 'up': case 'down': return moveRow(one, row, moved)
        case 'duplicate': return duplicateRow(one, from, row)
        case 'remove': return removeRow(one, row)
        case 'above': return insertRow(one, from, row)
        case 'below': return insertRow(one, from, row + 1)
      }
    })
    setAnchor(undefined)
    setEditing(false)
    setAt({ row: Math.max(0, what === 'above' ? row : moved), place: what === 'above' || what === 'below' ? 0 : cell.place })
    wantsFocus.current = true
  }, [change])

  const block = blockOf(at, anchor)
  const clear = () => change((one) => {
    let next = one
    for (let row = block.top; row <= block.bottom; row += 1) for (const place of places.slice(block.left, block.right + 1)) next = emptied(next, row, place)
    return next
  })
  const onKeyDown = (event: KeyboardEvent) => {
    if (within(event)) {
      if (event.key === 'Escape' && editing && !document.querySelector('.ant-select-open')) { event.stopPropagation(); close() }
      else if (event.key === 'Enter' && editing && (event.ctrlKey || event.metaKey || (event.target as HTMLElement).matches('input:not([role="combobox"], [type="radio"])'))) { event.preventDefault(); close() }
      return
    }
    const command = event.ctrlKey || event.metaKey
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
    const handled = ((): boolean => {
      if (command) {
        if (key === 'z') { (event.shiftKey ? view.redo : view.undo)?.(); wantsFocus.current = true; return true }
        if (key === 'y') { view.redo?.(); wantsFocus.current = true; return true }
        if (!editable) return false
        if (key === 'd') { deed(at.row, 'duplicate'); return true }
        if (key === 'Enter') { deed(at.row, 'below'); return true }
        if (key === 'Backspace') { deed(at.row, 'remove'); return true }
        return false
      }
      if (event.altKey) {
        if (!editable || (key !== 'ArrowUp' && key !== 'ArrowDown')) return false
        deed(at.row, key === 'ArrowUp' ? 'up' : 'down')
        return true
      }
      switch (key) {
        case 'ArrowUp': go({ ...at, row: at.row - 1 }, event.shiftKey); return true
        case 'ArrowDown': go({ ...at, row: at.row + 1 }, event.shiftKey); return true
        case 'ArrowLeft': go({ ...at, place: at.place - 1 }, event.shiftKey); return true
        case 'ArrowRight': go({ ...at, place: at.place + 1 }, event.shiftKey); return true
        case 'Home': go({ ...at, place: 0 }); return true
        case 'End': go({ ...at, place: places.length - 1 }); return true
        case 'PageUp': go({ ...at, row: at.row - 15 }); return true
        case 'PageDown': go({ ...at, row: at.row + 15 }); return true
        case 'Tab': {
          const next = at.place + (event.shiftKey ? -1 : 1)
          if (next >= 0 && next < places.length) go({ ...at, place: next })
          else if (event.shiftKey ? at.row > 0 : at.row < table.rows.length - 1) go({ row: at.row + (event.shiftKey ? -1 : 1), place: event.shiftKey ? places.length - 1 : 0 })
          // Beyond the corner one leaves the grid, as with any control.
          else return false
          return true
        }
        case 'Enter': case 'F2': case ' ':
          if (at.place < 0 || !editable) return false
          setAnchor(undefined)
          setEditing(true)
          return true
        case 'Delete': case 'Backspace': if (editable && at.place >= 0) clear(); return editable
        case 'Escape': setAnchor(undefined); document.getElementById('ru-findings')?.focus(); return true
        default: return false
      }
    })()
    if (handled) event.preventDefault()
  }
  const onCopy = (event: ClipboardEvent) => {
    if (within(event) || at.place < 0) return
    event.preventDefault()
    event.clipboardData.setData('text/plain', blockText(table.rows.slice(block.top, block.bottom + 1), places.slice(block.left, block.right + 1)))
    if (event.type === 'cut' && editable) clear()
  }
  const onPaste = (event: ClipboardEvent) => {
    if (within(event) || !editable || at.place < 0) return
    event.preventDefault()
    const pasted = paste(table, { row: block.top, place: block.left }, readBlock(event.clipboardData.getData('text/plain')))
    change(() => pasted.table)
    if (pasted.refused) done(t('editor.pasteRefused', { count: pasted.refused }))
  }
  // A press anywhere else closes the open editor.
  useEffect(() => {
    if (!editing) return
    const outside = (event: PointerEvent) => { if (event.target instanceof Element && !event.target.closest('.ru-editor, .ant-popover, .ant-select-dropdown')) setEditing(false) }
    document.addEventListener('pointerdown', outside, true)
    return () => document.removeEventListener('pointerdown', outside, true)
  }, [editing])

  const onFocusCell = useCallback((row: number, place: number) => { setAt({ row, place }); setAnchor(undefined); setEditing(false) }, [])
  const onCell = useCallback((row: number, place: number, extend: boolean, open: boolean) => { go({ row, place }, extend); if (open && !extend) { wantsFocus.current = false; setEditing(true) } }, [go])
  const write = useCallback((row: number, place: Place, value: unknown) => {
    const mark = `${row}/${place.part}/${place.part === 'because' ? '' : place.column.name}`
    change((one) => (place.part === 'when' ? setWhen(one, row, place.column.name, value as string | undefined) : place.part === 'then' ? setThen(one, row, place.column.name, value as Value) : setBecause(one, row, value as { zh: string; en: string })), mark)
  }, [change])
  const byRow = useMemo(() => rowFindings(findings, (issue) => faultWords(t, table, issue)), [findings, t])
  return (
    <div className="ru-frame ru-edit">
      <table ref={body} className="fg-table ru-grid" role="grid" aria-label={t('grid', { name: pick(table.name), count: table.rows.length })} aria-rowcount={table.rows.length + 1} aria-multiselectable onKeyDown={onKeyDown} onCopy={onCopy} onCut={onCopy} onPaste={onPaste}>
        <thead>
          <tr>
            <th scope="col">{t('row')}</th>
            {places.map((place, index) => place.part === 'because' ? <th key="because" scope="col">{t('because')}</th> : (
              <th key={`${place.part}.${place.column.name}`} scope="col" className={index === table.inputs.length ? 'ru-then' : ''}>{pick(place.column.label)}<span className="ru-name fg-quiet">{t(place.part)} · {t(`editor.type.${place.column.type}`)}{place.column.unit ? ` · ${pick(place.column.unit)}` : ''}</span></th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, index) => {
            const inBlock = anchor && index >= block.top && index <= block.bottom
            return (
              <EditorRow key={row.id} row={row} index={index} count={table.rows.length} table={table} places={places} editable={editable} findings={byRow.get(index)}
                focus={at.row === index ? at.place : undefined} editing={editing && at.row === index} from={inBlock ? block.left : undefined} to={inBlock ? block.right : undefined} onCell={onCell} onFocusCell={onFocusCell} onWrite={write} onDeed={deed} onClose={close} />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function blockOf(at: At, anchor: At | undefined) {
  const other = anchor ?? at
  return { top: Math.min(at.row, other.row), bottom: Math.max(at.row, other.row), left: Math.max(0, Math.min(at.place, other.place)), right: Math.max(0, at.place, other.place) }
}
function emptied(table: DraftTable, row: number, place: Place): DraftTable {
  if (!table.rows[row]) return table
  return place.part === 'when' ? setWhen(table, row, place.column.name, undefined) : place.part === 'then' ? setThen(table, row, place.column.name, null) : setBecause(table, row, { zh: '', en: '' })
}

function rowFindings({ faults, coverage }: Findings, say: (issue: Findings['faults'][number]) => string): Map<number, RowFindings> {
  const found = new Map<number, RowFindings>()
  const at = (row: number) => { const one = found.get(row) ?? { faults: new Map(), shadowed: undefined, overlaps: undefined }; found.set(row, one); return one }
  for (const issue of faults) {
    const [, head, row, part = '', column] = issue.path.split('/')
    if (head !== 'rows' || row === undefined) continue
    const key = part === 'because' ? 'because' : column === undefined ? '' : `${part}/${column}`
    const one = at(Number(row))
    one.faults.set(key, [...(one.faults.get(key) ?? []), say(issue)])
  }
  for (const { row, by } of coverage?.shadowed ?? []) at(row).shadowed = by
  for (const overlap of coverage?.overlaps ?? []) at(overlap.row).overlaps = overlap.with
  return found
}
