// What a firm has to do about its employees and by when; what was found stays with the person and the case officer.
import { answerFirmMatter, listFirmMatters, type FirmMatter } from '@fugong/contract/alerts'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { Limit } from './Parts.tsx'
import './alerts.css'

export function Matters() {
  const t = useText('alerts')
  const { id = '' } = useParams()
  const { filters, set } = useFilters(['all'] as const)
  const read = useRead(listFirmMatters, { params: { id }, query: filters.all ? {} : { open: true } }, { every: 30_000, keepPrevious: true })
  const [answering, answer] = useState<FirmMatter>()
  const deed = useDeed(answerFirmMatter, { invalidates: [listFirmMatters], onDone: () => answer(undefined) })
  const back = { to: `/portal/enterprises/${id}/health`, text: t('matters.back') }
  return (
    <Page title={t('matters.title')} back={back} sub={t('matters.sub')} width="reading">
      <Checkbox checked={Boolean(filters.all)} onChange={(event) => set({ all: event.target.checked ? 'true' : undefined })}>{t('matters.all')}</Checkbox>
      {read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : !read.data ? <Loading lines={4} /> : read.data.items.length === 0 ? <Empty title={t('matters.empty')} /> : (
        <div className="al-cards">{read.data.items.map((matter) => (
          <article key={matter.stepId} className="al-card">
            <div className="fg-row"><strong>{matter.name}</strong><span className="fg-quiet">{[matter.workplaceName, matter.crew].filter(Boolean).join(' · ')}</span></div>
            <p><strong>{t(`matters.step.${matter.step}`)}</strong></p>
            {matter.doneAt ? <p><StatusTag tone="good">{instant(matter.doneAt)}</StatusTag> {matter.note}</p> : <p>{t('matters.until')} <Limit at={matter.dueAt} late={matter.overdue} /></p>}
            {matter.can.includes('answer') ? <div className="fg-row"><Button type="primary" onClick={() => { deed.reset(); answer(matter) }}>{t('matters.answer')}</Button></div> : null}
          </article>
        ))}</div>
      )}
      {answering ? <ReasonDialog open title={t('matters.answerTitle', { name: answering.name })} text={t(`matters.step.${answering.step}`)} deed={t('matters.answer')} reasonLabel={t('matters.what')} running={deed.running} problem={deed.problem} onCancel={() => answer(undefined)} onDo={(note) => void deed.run({ params: { id, stepId: answering.stepId }, body: { note } })} /> : null}
    </Page>
  )
}
