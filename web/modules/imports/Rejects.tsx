// Rejected rows: the first faults by row and column in plain words, and all of them as a file to correct.
import { downloadImportRejects, listImportRejects, type Import, type ImportTargetColumn } from '@fugong/contract/imports'
import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '../../base/api.ts'
import { number } from '../../base/format.ts'
import { useLanguage, usePick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { wordsOfIssue } from '../../base/words.ts'
import { Section } from '../../ui/Page.tsx'
import { Ready } from '../../ui/states.tsx'

export function Rejects({ one, columns }: { one: Import; columns: ImportTargetColumn[] }) {
  const t = useText('imports')
  const pick = usePick()
  const language = useLanguage()
  const [after, setAfter] = useState<number[]>([])
  // What the check refused and what storing refused are two lists under one address.
  const read = useRead(listImportRejects, { params: { id: one.id }, query: { limit: 20, ...(after.length ? { after: after.at(-1)! } : {}) } }, { keepPrevious: true, staleTime: 0 })
  if (!one.counts?.rejected) return null
  const file = (format: 'xlsx' | 'csv') => addressOf(downloadImportRejects, { params: { id: one.id }, query: { format, language } })
  const same = one.format ?? 'xlsx'
  const other = same === 'xlsx' ? 'csv' : 'xlsx'
  return (
    <Section title={t('rejects.title', { count: one.counts.rejected, shown: number(one.counts.rejected) })}>
      <div className="fg-stack">
        <p>{t('rejects.text')}</p>
        <p className="fg-row"><Button type="primary" href={file(same)} download>{t('rejects.download', { format: same })}</Button><Button href={file(other)} download>{t('rejects.download', { format: other })}</Button></p>
        <Ready read={read}>{({ items, next }) => (
          <>
            <div className="im-scroll" tabIndex={0} role="region" aria-label={t('rejects.list')}>
              <table className="im-table">
                <thead><tr><th scope="col">{t('rejects.row')}</th><th scope="col">{t('rejects.column')}</th><th scope="col">{t('rejects.value')}</th><th scope="col">{t('rejects.reason')}</th></tr></thead>
                <tbody>
                  {items.flatMap((reject) => reject.issues.map((issue, at) => {
                    const name = columns.find((column) => column.code === issue.column)?.name
                    return (
                      <tr key={`${reject.row} ${at}`}>
                        <td className="fg-num" data-label={at === 0 ? t('rejects.row') : undefined}>{at === 0 ? reject.row : ''}</td>
                        <td>{issue.letter ? <><span className="fg-mono fg-quiet">{issue.letter}</span> {issue.header}</> : pick(name) || '–'}</td>
                        <td className="im-value">{issue.value || '–'}</td>
                        <td className="im-reason">{wordsOfIssue({ path: '', code: issue.code, params: issue.params }, pick(name) || t('rejects.thisRow'))}</td>
                      </tr>
                    )
                  }))}
                </tbody>
              </table>
            </div>
            {after.length || next !== null ? <div className="fg-row"><Button disabled={!after.length} onClick={() => setAfter(after.slice(0, -1))}>{t('rejects.previous')}</Button><Button disabled={next === null} onClick={() => setAfter([...after, next!])}>{t('rejects.next')}</Button></div> : null}
          </>
        )}</Ready>
      </div>
    </Section>
  )
}
