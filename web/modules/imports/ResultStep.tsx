// Step 5: how it ended: numbers that add up, rows to correct, where the records can be seen, and how a stopped import goes on.
import { getImport, listImportRejects, listImports, runImport, type Import, type ImportTargetColumn } from '@fugong/contract/imports'
import { problemText } from '@fugong/contract/problems'
import { Button } from 'antd'
import { Link } from 'react-router'
import { day, instant, number } from '../../base/format.ts'
import { useLanguage, useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Note, DeedBar } from '../../ui/parts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Changes } from './Changes.tsx'
import { Counts } from './Counts.tsx'
import { Rejects } from './Rejects.tsx'
import { useRoot } from './root.ts'
import { Told } from './Told.tsx'

export function ResultStep({ one, columns }: { one: Import; columns: ImportTargetColumn[] }) {
  const t = useText('imports')
  const language = useLanguage()
  const root = useRoot()
  // The records of a firm stand with the firm.
  const list = one.enterpriseId ? `/portal/enterprises/${one.enterpriseId}/roster` : one.listPath
  const run = useDeed(runImport, { invalidates: [getImport, listImportRejects, listImports] })
  const stored = (one.counts?.fresh ?? 0) + (one.counts?.changed ?? 0)
  const resumes = one.can.includes('resume')
  return (
    <div className="fg-stack">
      {run.problem ? <div className="fg-error" role="alert"><p>{wordsOf(run.problem)}</p></div> : null}
      {one.failure ? <Note tone="bad" title={t('result.failed')}>{problemText(one.failure, { row: one.failureRow ?? '' }, language)}</Note> : null}
      {one.state === 'cancelled' ? <Note tone="warn" title={t('result.cancelled')}>{stored > 0 ? t('result.cancelledStored', { count: stored, shown: number(stored), left: number(one.counts?.left ?? 0) }) : t('result.cancelledNothing')}</Note> : null}
      {one.state === 'done' ? <Note tone="good" title={t('result.done')}>{t('result.doneText', { at: instant(one.finishedAt), count: stored, shown: number(stored) })}{(one.counts?.fresh ?? 0) > 500 ? ` ${t('result.found')}` : ''}</Note> : null}
      {one.counts ? <Section title={t('result.counts')}><Counts one={one} /><p className="fg-quiet im-after">{t('result.addsUp')}</p></Section> : null}
      <Rejects one={one} columns={columns} />
      <Changes one={one} columns={columns} />
      <Told one={one} columns={columns} />
      <DeedBar note={one.counts ? t('result.kept', { day: day(one.forgottenAt) }) : null}>
        {resumes ? <Button type="primary" loading={run.running} onClick={() => void run.run({ params: { id: one.id }, body: {} })}>{t('result.resume')}</Button> : null}
        <Link className="fg-button" to={root}>{t('result.another')}</Link>
        {stored > 0 && list ? <Link className="fg-button" to={list}>{t('result.list')}</Link> : null}
      </DeedBar>
    </div>
  )
}
