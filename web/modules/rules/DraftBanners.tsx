// What stands above a draft that is not simply one's own: another person edits it, it was changed meanwhile, or the version it began from is no longer in force.
import { getDraft, takeDraft } from '@fugong/contract/rules.editing'
import { Button } from 'antd'
import { call } from '../../base/api.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { useNotices } from '../../ui/notices.tsx'
import { Note } from '../../ui/parts.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import type { DraftView, Saving } from './useDraft.ts'

export function SavingTag({ saving }: { saving: Saving }) {
  const t = useText('rules')
  if (saving.state === 'saved') return <StatusTag tone="good">{t('saving.saved', { at: instant(saving.at) })}</StatusTag>
  if (saving.state === 'refused') return <StatusTag tone="bad">{t('saving.refused')}</StatusTag>
  return <StatusTag tone={saving.state === 'lost' ? 'warn' : 'info'}>{t(`saving.${saving.state}`)}</StatusTag>
}

export function DraftBanners({ view }: { view: DraftView }) {
  const t = useText('rules')
  const { refused } = useNotices()
  const { draft, saving } = view
  const take = useDeed(takeDraft, { onDone: (fresh) => view.accept(fresh, false), onProblem: refused })
  const load = async (keep: boolean) => {
    try {
      const fresh = await call(getDraft, { params: { id: draft.id } })
      if (!keep || fresh.can.includes('edit')) return view.accept(fresh, keep)
      // Going on over another person's work is taking the draft over, in so many words.
      view.accept(await call(takeDraft, { params: { id: draft.id }, body: { revision: fresh.revision } }), true)
    } catch (error) {
      refused(error)
    }
  }
  return (
    <>
      {saving.state === 'refused' ? (
        <Note tone="bad" title={t('saving.conflict')}>
          <p>{wordsOf(saving.problem)}</p>
          <p>{t('saving.conflictText')}</p>
          <div className="fg-row ru-gap"><Button type="primary" onClick={() => void load(false)}>{t('saving.load')}</Button><Button onClick={() => void load(true)}>{t('saving.keep')}</Button></div>
        </Note>
      ) : null}
      {draft.can.includes('take') && saving.state !== 'refused' ? (
        <Note tone="warn" title={t('drafts.others', { who: draft.owner })}>
          <p>{t('drafts.othersText', { at: instant(draft.savedAt) })}</p>
          <div className="fg-row ru-gap"><Button loading={take.running} onClick={() => void take.run({ params: { id: draft.id }, body: { revision: draft.revision } })}>{t('drafts.take')}</Button></div>
        </Note>
      ) : null}
      {draft.can.length === 0 ? <Note tone="info" title={t('drafts.reading', { who: draft.owner })} /> : null}
      {draft.inForce !== null && draft.inForce !== draft.basedOn ? <Note tone="warn">{t('drafts.behind', { basedOn: draft.basedOn, inForce: draft.inForce })}</Note> : null}
    </>
  )
}
