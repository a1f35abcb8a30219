// Workplaces with a confirmed infection in their three stages, and the order that stops one; nothing of a person stands here.
import { listOutbreaks, stopForOutbreak, type Outbreak } from '@fugong/contract/alerts'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { Page } from '../../ui/Page.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { Tabs } from './Parts.tsx'
import './alerts.css'

const tones: Record<Outbreak['stage'], Tone> = { confirmed: 'bad', controlled: 'info', resumed: 'good' }
export function Outbreaks() {
  const t = useText('alerts')
  const { nameOf } = useAreas()
  const { may } = useSession()
  const read = useRead(listOutbreaks, { query: {} })
  const [stopping, stop] = useState<Outbreak>()
  const [form, set] = useState({ documentNo: '', deadline: '' })
  const deed = useDeed(stopForOutbreak, { invalidates: [listOutbreaks], onDone: () => stop(undefined) })
  return (
    <Page title={t('tab.outbreaks')} sub={t('outbreaks.sub')} width="wide">
      {may('alert.follow') ? <Tabs at="outbreaks" /> : null}
      {read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : !read.data ? <Loading lines={4} /> : read.data.items.length === 0 ? <Empty title={t('outbreaks.empty')} text={t('outbreaks.emptyText')} /> : (
        <div className="al-cards">{read.data.items.map((one) => (
          <article key={one.id} className="al-card">
            <div className="fg-row"><strong>{one.enterpriseName}</strong><span className="fg-quiet">{one.workplaceName} · {nameOf(one.districtCode)}</span><StatusTag tone={tones[one.stage]}>{pick(one.name)}</StatusTag></div>
            <p>{t(`outbreaks.now.${one.stage}`, { confirmed: one.confirmedOn, last: one.lastOn, days: one.cleanDays, until: one.cleanUntil })}</p>
            {one.orderId ? <p><Link to={`/console/orders/${one.orderId}`}>{t('outbreaks.order')}</Link></p> : one.can.includes('stop') ? <div className="fg-row"><Button danger type="primary" onClick={() => { deed.reset(); set({ documentNo: '', deadline: one.cleanUntil }); stop(one) }}>{t('outbreaks.stop')}</Button></div> : one.stage === 'confirmed' ? <p className="fg-quiet">{t('outbreaks.noFiling')}</p> : null}
          </article>
        ))}</div>
      )}
      <Modal open={stopping !== undefined} title={stopping ? t('outbreaks.stopTitle', { firm: stopping.enterpriseName }) : ''} okText={t('outbreaks.stop')} okButtonProps={{ danger: true, disabled: !form.documentNo.trim() || !form.deadline }} cancelText={t('cancel')} confirmLoading={deed.running} onCancel={() => stop(undefined)}
        onOk={() => void deed.run({ params: { id: stopping!.id }, body: { declarationId: stopping!.declarationId!, documentNo: form.documentNo.trim(), deadline: form.deadline } })}>
        {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
        <p>{t('outbreaks.stopText')}</p>
        <div className="fg-form"><Field id="ob-no" label={t('outbreaks.documentNo')}><Input id="ob-no" maxLength={60} value={form.documentNo} onChange={(event) => set((before) => ({ ...before, documentNo: event.target.value }))} /></Field>
          <Field id="ob-until" label={t('outbreaks.deadline')}><Input id="ob-until" type="date" value={form.deadline} onChange={(event) => set((before) => ({ ...before, deadline: event.target.value }))} /></Field></div>
      </Modal>
    </Page>
  )
}
