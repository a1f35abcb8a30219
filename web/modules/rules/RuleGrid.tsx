// A table as a grid: conditions, results, reason; one row per rule, each with an address of its own.
import type { DecisionTable } from '@fugong/contract/rules'
import { useEffect, useRef, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { pick, useText } from '../../base/i18n.ts'
import { celInWords, valueInWords } from './cel.ts'
import { useCelWords } from './words.ts'

type Column = DecisionTable['inputs'][number]
type Row = DecisionTable['rows'][number]

export function RuleGrid({ table }: { table: DecisionTable }) {
  const t = useText('rules')
  const { hash } = useLocation()
  const marked = decodeURIComponent(hash.slice(1))
  const body = useRef<HTMLTableSectionElement>(null)
  useEffect(() => {
    const row = marked ? body.current?.querySelector<HTMLElement>(`tr[id="${CSS.escape(marked)}"]`) : null
    row?.scrollIntoView({ block: 'center' })
    row?.focus({ preventScroll: true })
  }, [marked, table])
  return (
    <div className="ru-frame">
      <table className="fg-table ru-grid" aria-label={t('grid', { name: pick(table.name), count: table.rows.length })}>
        <thead>
          <tr className="ru-groups"><td /><th scope="colgroup" colSpan={table.inputs.length}>{t('when')}</th><th scope="colgroup" className="ru-then" colSpan={table.outputs.length}>{t('then')}</th><td /></tr>
          <tr>
            <th scope="col">{t('row')}</th>
            {table.inputs.map((column) => <th key={column.name} scope="col">{pick(column.label)}<span className="fg-mono ru-name">{column.name}</span></th>)}
            {table.outputs.map((column, i) => <th key={column.name} scope="col" className={i === 0 ? 'ru-then' : ''}>{pick(column.label)}<span className="fg-mono ru-name">{column.name}</span></th>)}
            <th scope="col">{t('because')}</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {table.rows.map((row) => (
            <tr key={row.id} id={row.id} tabIndex={-1} className={row.id === marked ? 'ru-marked' : ''} aria-current={row.id === marked || undefined}>
              <th scope="row" className="fg-cell-main"><a className="fg-mono" href={`#${row.id}`} aria-label={t('rowOf', { row: row.id })}>{row.id}</a></th>
              {table.inputs.map((column) => <td key={column.name} data-label={pick(column.label)}><Condition column={column} row={row} /></td>)}
              {table.outputs.map((column, i) => <td key={column.name} data-label={pick(column.label)} className={i === 0 ? 'ru-then ru-result' : 'ru-result'}><Result column={column} row={row} /></td>)}
              <td data-label={t('because')} className="ru-because">{row.because ? pick(row.because) : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What a rule asks of one column: in words where that is simple, and as it is written. */
export function Condition({ column, row }: { column: Column; row: Row }): ReactNode {
  const t = useText('rules')
  const words = useCelWords()
  const cel = row.when[column.name]
  if (cel === undefined || cel === '') return <span className="fg-quiet">{t('any')}</span>
  const said = celInWords(column, cel, words)
  return <span className="ru-cell">{said ? <span>{said}</span> : null}<code className={said ? 'fg-mono ru-cel fg-quiet' : 'fg-mono ru-cel'}>{cel}</code></span>
}
export function Result({ column, row }: { column: Column; row: Row }): ReactNode {
  const t = useText('rules')
  const words = useCelWords()
  return valueInWords(column, row.then[column.name], words) ?? <span className="fg-quiet"><span aria-hidden="true">{t('nothing')}</span><span className="fg-hidden">{t('nothingLabel')}</span></span>
}
