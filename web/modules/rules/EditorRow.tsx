// One row of the grid: its number with deeds and findings, its cells, and the editor of the cell that is open.
import { Dropdown, Popover } from 'antd'
import { memo, type ReactNode } from 'react'
import type { DraftRow, DraftTable } from '@fugong/contract/rules.editing'
import { pick, useText } from '../../base/i18n.ts'
import { StatusTag } from '../../ui/tags.tsx'
import { BecauseEditor, ConditionEditor, ResultEditor } from './CellEditor.tsx'
import { celInWords } from './cel.ts'
import type { Place } from './editor.ts'
import { Result } from './RuleGrid.tsx'
import { rowsWords } from './finding-words.ts'
import { useCelWords } from './words.ts'

export type RowDeed = 'up' | 'down' | 'duplicate' | 'above' | 'below' | 'remove'
export interface RowFindings { /** Words by `when/level`, `then/hours`, `because`; '' for the row itself. */ faults: Map<string, string[]>; shadowed: number[] | undefined; overlaps: number[] | undefined }
interface RowProps {
  row: DraftRow; index: number; count: number; table: DraftTable; places: readonly Place[]; editable: boolean; findings: RowFindings | undefined
  /** The column that has the focus; the columns `from` to `to` are selected. */
  focus: number | undefined; editing: boolean; from: number | undefined; to: number | undefined
  /** The focus came by other ways than the grid's own keys. */
  onFocusCell: (row: number, place: number) => void
  onCell: (row: number, place: number, extend: boolean, open: boolean) => void
  onWrite: (row: number, place: Place, value: unknown) => void
  onDeed: (row: number, deed: RowDeed) => void
  onClose: () => void
}
export const EditorRow = memo(function EditorRow(props: RowProps) {
  const { row, index, table, places, editable, findings, focus, editing, from, to, onCell, onFocusCell } = props
  const t = useText('rules')
  const keyOf = (place: Place) => (place.part === 'because' ? 'because' : `${place.part}/${place.column.name}`)
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className="fg-cell-main ru-rowhead">
        <RowHead {...props} />
        <RowNotes findings={findings} />
      </th>
      {places.map((place, at) => {
        const faults = findings?.faults.get(keyOf(place)) ?? []
        const open = editing && focus === at
        const selected = from !== undefined && to !== undefined && at >= from && at <= to
        const label = place.part === 'because' ? t('because') : pick(place.column.label)
        const classes = [at === table.inputs.length ? 'ru-then' : '', place.part === 'then' ? 'ru-result' : '', place.part === 'because' ? 'ru-because' : '', 'ru-at', selected ? 'ru-selected' : '', faults.length ? 'ru-faulty' : ''].filter(Boolean).join(' ')
        return (
          <td key={keyOf(place)} role="gridcell" data-cell={`${index}:${at}`} data-label={label} tabIndex={focus === at || (focus === undefined && index === 0 && at === 0) ? 0 : -1} className={classes} aria-selected={selected || undefined} aria-invalid={faults.length ? true : undefined}
            onFocus={(event) => { if (event.target === event.currentTarget && focus !== at) onFocusCell(index, at) }}
            onMouseDown={(event) => { if (event.shiftKey) event.preventDefault() }}
            onClick={(event) => { if (!(event.target as HTMLElement).closest('.ru-editor')) onCell(index, at, event.shiftKey, editable && (focus === at || event.detail > 1 || matchMedia('(pointer: coarse)').matches)) }}>
            {open ? (
              <Popover open placement="bottomLeft" arrow={false} trigger={[]} content={<Opened {...props} place={place} faults={faults} />}>
                <div className="ru-open"><CellText row={row} place={place} /></div>
              </Popover>
            ) : <CellText row={row} place={place} />}
            {faults.length && !open ? <span className="ru-fault">{faults[0]}</span> : null}
          </td>
        )
      })}
    </tr>
  )
})

function Opened({ row, index, place, faults, onWrite, onClose }: RowProps & { place: Place; faults: readonly string[] }) {
  const t = useText('rules')
  const write = (value: unknown) => onWrite(index, place, value)
  return (
    <div className="ru-editor ru-pop">
      {place.part === 'when' ? <ConditionEditor column={place.column} cel={row.when[place.column.name]} faults={faults} onChange={write} />
        : place.part === 'then' ? <ResultEditor column={place.column} value={row.then[place.column.name]} faults={faults} onChange={write} />
        : <BecauseEditor because={row.because} faults={faults} onChange={write} />}
      <div className="ru-pop-foot"><button type="button" className="fg-button" onClick={onClose}>{t('editor.close')}</button></div>
    </div>
  )
}

/** What a cell says: in words where it can, as an expression where it must. */
function CellText({ row, place }: { row: DraftRow; place: Place }): ReactNode {
  const t = useText('rules')
  const words = useCelWords()
  if (place.part === 'because') return row.because && (row.because.zh || row.because.en) ? pick(row.because) : <span className="fg-quiet">–</span>
  if (place.part === 'then') return <Result column={place.column} row={row} />
  const cel = row.when[place.column.name]
  if (cel === undefined) return <span className="fg-quiet">{t('any')}</span>
  return celInWords(place.column, cel, words) ?? <code className="fg-mono ru-cel">{cel || t('editor.empty')}</code>
}

function RowHead({ row, index, count, editable, focus, onDeed, onFocusCell }: RowProps) {
  const t = useText('rules')
  const deeds: { key: RowDeed; off?: boolean; danger?: true }[] = [{ key: 'up', off: index === 0 }, { key: 'down', off: index === count - 1 }, { key: 'above' }, { key: 'below' }, { key: 'duplicate' }, { key: 'remove', danger: true }]
  const name = <><span className="fg-num">{index + 1}</span><span className="fg-mono ru-id">{row.id}</span></>
  if (!editable) return <span className="ru-rowname">{name}</span>
  return (
    <Dropdown trigger={['click']} classNames={{ root: 'ru-rowmenu' }} menu={{ items: deeds.map(({ key, off, danger }) => ({ key, label: t(`editor.deed.${key}`), disabled: off ?? false, danger: danger ?? false })), onClick: ({ key, domEvent }) => { domEvent.stopPropagation(); onDeed(index, key as RowDeed) } }}>
      <button type="button" className="ru-rowname" data-cell={`${index}:-1`} tabIndex={focus === -1 ? 0 : -1} aria-haspopup="menu" onFocus={() => { if (focus !== -1) onFocusCell(index, -1) }}>{name}<span className="fg-hidden">{t('editor.rowDeeds', { row: index + 1 })}</span><span aria-hidden="true">⋯</span></button>
    </Dropdown>
  )
}
function RowNotes({ findings }: { findings: RowFindings | undefined }) {
  const t = useText('rules')
  if (!findings) return null
  const { faults, shadowed, overlaps } = findings
  const rows = (list: readonly number[]) => rowsWords(list, t('editor.comma'))
  return (
    <span className="ru-notes">
      {faults.size ? <StatusTag tone="bad">{t('editor.rowFaults')}</StatusTag> : null}
      {faults.get('')?.map((words) => <span key={words} className="ru-fault">{words}</span>)}
      {shadowed ? <><StatusTag tone="bad">{t('editor.neverUsed')}</StatusTag><span className="fg-quiet">{shadowed.length ? t('editor.takenBy', { rows: rows(shadowed) }) : t('editor.impossible')}</span></> : null}
      {overlaps ? <span className="fg-quiet">{t('editor.partlyTaken', { rows: rows(overlaps) })}</span> : null}
    </span>
  )
}
