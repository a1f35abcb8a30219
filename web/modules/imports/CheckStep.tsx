// Step 3: what storing would do, before anything is stored: the numbers, what would change from what to what, the first faults.
import { cancelImport, getImport, listImportRejects, listImports, rematchImport, runImport, type Import, type ImportTargetColumn } from '@fugong/contract/imports'
import { Button } from 'antd'
import { number } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Note, DeedBar } from '../../ui/parts.tsx'
import { Section } from '../../ui/Page.tsx'
import { Changes } from './Changes.tsx'
import { Counts } from './Counts.tsx'
import { Rejects } from './Rejects.tsx'
import { Told } from './Told.tsx'

export function CheckStep({ one, columns }: { one: Import; columns: ImportTargetColumn[] }) {
  const t = useText('imports')
  const stale = { invalidates: [getImport, listImports, listImportRejects] }
  const [run, rematch, cancel] = [useDeed(runImport, stale), useDeed(rematchImport, stale), useDeed(cancelImport, stale)]
  const problem = run.problem ?? rematch.problem ?? cancel.problem
  const input = { params: { id: one.id }, body: {} }
  const writes = (one.counts?.fresh ?? 0) + (one.counts?.changed ?? 0)
  return (
    <div className="fg-stack">
      {problem ? <div className="fg-error" role="alert"><p>{wordsOf(problem)}</p></div> : null}
      <Section title={t('check.title')}>
        <Counts one={one} />
        <p className="fg-quiet im-after">{t('check.text')}</p>
      </Section>
      {writes === 0 ? <Note tone="info">{t('check.nothing')}</Note> : null}
      <Rejects one={one} columns={columns} />
      <Changes one={one} columns={columns} />
      <Told one={one} columns={columns} />
      <DeedBar note={one.counts?.rejected ? t('check.noteRejected', { count: one.counts.rejected, shown: number(one.counts.rejected) }) : t('check.note')}>
        <Button loading={cancel.running} onClick={() => void cancel.run(input)}>{t('cancel.before')}</Button>
        <Button loading={rematch.running} onClick={() => void rematch.run(input)}>{t('check.back')}</Button>
        <Button type="primary" loading={run.running} onClick={() => void run.run(input)}>{t('check.run', { count: writes, shown: number(writes) })}</Button>
      </DeedBar>
    </div>
  )
}
