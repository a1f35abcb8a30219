// Everything the check finds, beside the rows: faults that lead to their cell, cases without a row, rows without a case, examples that fail.
import type { Issue } from '@fugong/contract/base'
import type { Gap } from '@fugong/contract/rules.coverage'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import { useText } from '../../base/i18n.ts'
import { StatusTag } from '../../ui/tags.tsx'
import { faultWords, gapWords, rowsWords } from './finding-words.ts'
import type { Findings } from './useCheck.ts'
import { useCelWords } from './words.ts'

interface PanelProps { findings: Findings; editable: boolean; onFault: (issue: Issue) => void; onRow: (row: number) => void; onFill: (gap: Gap) => void; onExample: (gap: Gap) => void; onExamples: () => void }
export function FindingsPanel({ findings, editable, onFault, onRow, onFill, onExample, onExamples }: PanelProps) {
  const t = useText('rules')
  const words = useCelWords()
  const { faults, coverage, examples, blocking, table } = findings
  const failing = examples.filter((one) => !one.passed).length
  return (
    <aside className="ru-findings" aria-labelledby="ru-findings">
      <h2 id="ru-findings" tabIndex={-1}>{t('findings.title')}</h2>
      <p role="status">{blocking === 0 ? <StatusTag tone="good">{t('findings.none')}</StatusTag> : <StatusTag tone="bad">{t('findings.count', { count: blocking })}</StatusTag>}</p>
      {faults.length ? <Group title={t('findings.faults', { count: faults.length })}>{faults.slice(0, 60).map((issue, at) => <li key={at}><button type="button" className="ru-link" onClick={() => onFault(issue)}>{faultWords(t, table, issue)}</button></li>)}</Group> : null}
      {coverage?.gaps.length ? (
        <Group title={t('findings.gaps', { count: coverage.gaps.length })} text={t('findings.gapsText')}>
          {coverage.gaps.map((gap, at) => (
            <li key={at}>{gapWords(t, table, gap, words)}
              {editable ? <span className="fg-row"><Button size="small" onClick={() => onFill(gap)}>{t('findings.fill')}</Button><Button size="small" onClick={() => onExample(gap)}>{t('findings.asExample')}</Button></span> : null}
            </li>
          ))}
        </Group>
      ) : null}
      {coverage?.shadowed.length ? <Group title={t('findings.shadowed', { count: coverage.shadowed.length })}>{coverage.shadowed.map(({ row, by }) => <li key={row}><button type="button" className="ru-link" onClick={() => onRow(row)}>{by.length ? t('findings.shadowedRow', { row: row + 1, rows: rowsWords(by, t('editor.comma')) }) : t('findings.impossibleRow', { row: row + 1 })}</button></li>)}</Group> : null}
      {coverage?.complete === 'cells' ? <p className="fg-quiet">{t('findings.cells')}</p> : coverage?.complete === 'size' ? <p className="fg-quiet">{t('findings.size')}</p> : null}
      {coverage && !coverage.gaps.length && coverage.complete === true ? <p className="fg-quiet">{t('findings.covered')}</p> : null}
      <Group title={t('findings.examples', { passed: examples.length - failing, count: table.examples?.length ?? 0 })}>
        <li>{failing ? <StatusTag tone="bad">{t('findings.failing', { count: failing })}</StatusTag> : null} <Button size="small" onClick={onExamples}>{t('findings.toExamples')}</Button></li>
      </Group>
      {coverage?.overlaps.length ? (
        <details className="ru-group"><summary>{t('findings.overlaps', { count: coverage.overlaps.length })}</summary><p className="fg-quiet">{t('findings.overlapsText')}</p>
          <ul>{coverage.overlaps.slice(0, 60).map((one) => <li key={one.row}><button type="button" className="ru-link" onClick={() => onRow(one.row)}>{t('findings.overlapRow', { row: one.row + 1, rows: rowsWords(one.with, t('editor.comma')) })}</button></li>)}</ul></details>
      ) : null}
    </aside>
  )
}
function Group({ title, text, children }: { title: string; text?: string; children: ReactNode }) {
  return <section className="ru-group"><h3>{title}</h3>{text ? <p className="fg-quiet">{text}</p> : null}<ul>{children}</ul></section>
}
