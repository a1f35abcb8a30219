// What can be done with a draft as a whole: hand it in, take it back, publish or refuse it, give it up; and how it is kept meanwhile.
import { decideDraft, discardDraft, getDraft, getFormVersion, listDrafts, listFields, listFormVersions, proposeDraft, reopenDraft, type FormDraft } from '@fugong/contract/forms.edit'
import { Button } from 'antd'
import { useState } from 'react'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { DeedBar } from '../../ui/parts.tsx'
import type { DocumentView } from './useDocument.ts'

type Deed = 'propose' | 'publish' | 'reject' | 'discard'
const STALE = [getDraft, listDrafts, listFormVersions, getFormVersion, listFields]
export function DraftDeeds<D>({ view, name, faults, onFaults }: { view: DocumentView<D>; name: string; faults: number; onFaults: () => void }) {
  const t = useText('forms')
  const { draft } = view
  const [asking, ask] = useState<Deed | undefined>()
  const done = (answer: FormDraft) => { view.accept(answer); ask(undefined) }
  const propose = useDeed(proposeDraft, { invalidates: STALE, onDone: done })
  const reopen = useDeed(reopenDraft, { invalidates: STALE, onDone: done })
  const discard = useDeed(discardDraft, { invalidates: STALE, onDone: done })
  const decide = useDeed(decideDraft, { invalidates: STALE, onDone: done })
  const current = asking === 'propose' ? propose : asking === 'discard' ? discard : decide
  const can = (deed: string) => draft.can.includes(deed)
  const open = (deed: Deed) => { propose.reset(); discard.reset(); decide.reset(); ask(deed) }
  const start = async () => {
    if (!(await view.flush())) return
    if (faults > 0) onFaults()
    else open('propose')
  }
  const go = (note: string) => {
    const own = { params: { id: draft.id } }
    const revision = view.draft.revision
    if (asking === 'propose') void propose.run({ ...own, body: { revision, note } })
    else if (asking === 'discard') void discard.run({ ...own, body: { revision } })
    else void decide.run({ ...own, body: { revision, publish: asking === 'publish', note } })
  }
  return (
    <>
      <DeedBar note={<SaveWords view={view} faults={faults} />}>
        {can('discard') ? <Button danger onClick={() => open('discard')}>{t('discard')}</Button> : null}
        {can('save') && view.undo ? <Button onClick={view.undo}>{t('undo')}</Button> : null}
        {can('reopen') ? <Button loading={reopen.running} onClick={() => void reopen.run({ params: { id: draft.id }, body: { revision: draft.revision } })}>{t('reopen')}</Button> : null}
        {can('propose') ? <Button type="primary" onClick={() => void start()}>{t('propose')}</Button> : null}
        {can('reject') ? <Button onClick={() => open('reject')}>{t('reject')}</Button> : null}
        {can('publish') ? <Button type="primary" onClick={() => open('publish')}>{t('publish')}</Button> : null}
      </DeedBar>
      {reopen.problem ? <div className="fg-error" role="alert"><p>{wordsOf(reopen.problem)}</p></div> : null}
      {asking ? <ReasonDialog open title={t(`ask.${asking}`, { name })} text={t(`askText.${asking}`)} deed={t(asking)} danger={asking === 'discard' || asking === 'reject'} needsReason={asking !== 'discard'} reasonLabel={t(asking === 'propose' ? 'proposeNote' : 'decisionNote')} running={current.running} problem={current.problem} onCancel={() => ask(undefined)} onDo={go} /> : null}
    </>
  )
}

function SaveWords<D>({ view, faults }: { view: DocumentView<D>; faults: number }) {
  const t = useText('forms')
  const { draft, state, problem } = view
  if (state === 'conflict') {
    return <div role="alert"><strong>{wordsOf(problem)}</strong> {t('conflictText')} <Button size="small" onClick={() => void view.takeTheirs()}>{t('takeTheirs')}</Button> <Button size="small" onClick={() => void view.keepMine()}>{t('keepMine')}</Button></div>
  }
  if (state === 'failed') return <div role="alert"><strong>{wordsOf(problem)}</strong> <Button size="small" onClick={() => void view.flush()}>{t('saveAgain')}</Button></div>
  if (draft.state === 'published') return <span role="status">{t('publishedNote', { version: draft.publishedVersion })}</span>
  if (draft.state === 'proposed') return <span role="status">{t(draft.can.includes('publish') ? 'proposedForYou' : 'proposedNote', { by: draft.proposedBy ?? '' })}</span>
  if (draft.state !== 'draft') return <span role="status">{t(`stateText.${draft.state}`)}</span>
  return <span role="status">{t(state === 'kept' ? 'kept' : 'keeping')}{faults > 0 ? t('faultsLeft', { count: faults }) : t('noFaults')}</span>
}
