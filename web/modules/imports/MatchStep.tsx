// Step 2: which column of the file is which column of the register; by name and synonym already, by hand where that was not enough.
import { cancelImport, checkImport, getImport, importEncodings, importSeparators, listImports, rereadImport, type Import, type ImportTargetColumn } from '@fugong/contract/imports'
import { Button, InputNumber } from 'antd'
import { useState } from 'react'
import { number } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf, wordsOfIssue } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { DeedBar, Note } from '../../ui/parts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Told } from './Told.tsx'

const LEFT_OUT = ''
export function MatchStep({ one, columns }: { one: Import; columns: ImportTargetColumn[] }) {
  const t = useText('imports')
  const pick = usePick()
  const [matching, setMatching] = useState(one.columns.map((column) => column.matched))
  const [header, setHeader] = useState({ at: one.headerAt, rows: one.headerRows })
  const check = useDeed(checkImport, { invalidates: [getImport, listImports] })
  const reread = useDeed(rereadImport, { invalidates: [getImport, listImports] })
  const cancel = useDeed(cancelImport, { invalidates: [getImport, listImports] })
  const missing = columns.filter((column) => column.required && !matching.includes(column.code))
  const keyMissing = columns.some((column) => column.key) && !columns.some((column) => column.key && matching.includes(column.code))
  const headerMoved = header.at !== one.headerAt || header.rows !== one.headerRows
  const match = (index: number, code: string) => setMatching((all) => all.map((other, at) => (at === index ? code || null : other === code ? null : other)))
  const again = (choice: { sheet?: string; encoding?: Import['encoding']; separator?: Import['separator'] }) => void reread.run({ params: { id: one.id }, body: Object.fromEntries(Object.entries({ sheet: one.sheet, encoding: one.encoding, separator: one.separator, ...choice }).filter(([, value]) => value)) as never })
  const problem = check.problem ?? reread.problem ?? cancel.problem
  return (
    <div className="fg-stack">
      {problem ? <div className="fg-error" role="alert"><p>{wordsOf(problem)}</p>{problem.issues.map((issue) => <p key={issue.path}>{wordsOfIssue(issue, t(issue.path === '/headerAt' ? 'match.headerAt' : 'match.column'))}</p>)}</div> : null}
      <Section title={t('match.file')}>
        <div className="im-file">
          <span>{t('match.rows', { total: number(one.total) })}</span>
          {one.sheets.length > 1 ? <label>{t('match.sheet')}<Choice aria-label={t('match.sheet')} value={one.sheet ?? ''} disabled={!one.can.includes('reread')} onChange={(sheet: string) => again({ sheet })} options={one.sheets.map((sheet) => ({ value: sheet.name, label: sheet.hidden ? t('match.hiddenSheet', { name: sheet.name }) : sheet.name }))} /></label> : null}
          {one.format === 'csv' ? <>
            <label>{t('match.encoding')}<Choice aria-label={t('match.encoding')} value={one.encoding ?? 'utf-8'} disabled={!one.can.includes('reread')} onChange={(encoding: string) => again({ encoding: encoding as Import['encoding'] })} options={importEncodings.map((value) => ({ value, label: value.toUpperCase() }))} /></label>
            <label>{t('match.separator')}<Choice aria-label={t('match.separator')} value={one.separator ?? ','} disabled={!one.can.includes('reread')} onChange={(separator: string) => again({ separator: separator as Import['separator'] })} options={importSeparators.map((value) => ({ value, label: t(`separator.${{ ',': 'comma', ';': 'semicolon', '\t': 'tab' }[value]}`) }))} /></label>
          </> : null}
          <label>{t('match.headerAt')}<InputNumber aria-label={t('match.headerAt')} min={0} max={50} value={header.at} onChange={(at) => setHeader({ at: at ?? 0, rows: Math.min(header.rows, at ?? 0) || (at ? 1 : 0) })} /></label>
          <label>{t('match.headerRows')}<InputNumber aria-label={t('match.headerRows')} min={0} max={Math.min(3, header.at)} value={header.rows} onChange={(rows) => setHeader({ ...header, rows: rows ?? 1 })} /></label>
        </div>
        {headerMoved ? <p className="fg-quiet">{t('match.headerMoved')}</p> : null}
      </Section>
      {keyMissing ? <Note tone="bad">{t('match.keyMissing', { names: columns.filter((column) => column.key).map((column) => pick(column.name)).join(t('q.comma')) })}</Note> : null}
      {!keyMissing && missing.length ? <Note tone="warn">{t('match.missing', { names: missing.map((column) => pick(column.name)).join(t('q.comma')) })}</Note> : null}
      <Section title={t('match.title')} extra={<span className="fg-quiet">{t('match.matched', { n: matching.filter(Boolean).length, of: matching.length })}</span>}>
        <div className="im-scroll" tabIndex={0} role="region" aria-label={t('match.title')}>
          <table className="im-table">
            <thead><tr><th scope="col">{t('match.letter')}</th><th scope="col">{t('match.header')}</th><th scope="col">{t('match.becomes')}</th><th scope="col">{t('match.samples')}</th></tr></thead>
            <tbody>
              {one.columns.map((column, at) => (
                <tr key={column.index} className={matching[at] ? '' : 'im-left-out'}>
                  <td className="fg-mono">{column.letter}</td>
                  <th scope="row">{column.header || t('match.noHeader')}{column.hidden ? <span className="fg-quiet"> {t('match.hidden')}</span> : null}</th>
                  <td><Choice className="im-choice" aria-label={t('match.for', { header: column.header || column.letter })} value={matching[at] ?? LEFT_OUT} onChange={(code: string) => match(at, code)} showSearch={{ optionFilterProp: 'label' }} options={[{ value: LEFT_OUT, label: t('match.leaveOut') }, ...columns.map((other) => ({ value: other.code, label: `${pick(other.name)}${other.required ? ' *' : ''}` }))]} /></td>
                  <td className="im-samples">{column.samples.filter(Boolean).slice(0, 4).join(' · ') || '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Section>
      <Told one={one} columns={columns} />
      <DeedBar note={t('match.next')}>
        <Button loading={cancel.running} onClick={() => void cancel.run({ params: { id: one.id }, body: {} })}>{t('cancel.before')}</Button>
        <Button type="primary" disabled={keyMissing} loading={check.running} onClick={() => void check.run({ params: { id: one.id }, body: { headerAt: header.at, headerRows: header.rows, matching } })}>{t('match.check')}</Button>
      </DeedBar>
    </div>
  )
}
