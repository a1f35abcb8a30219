// Requests of others for personal columns: who needs which values of whom and why; approved or refused by a second person.
import { approveExport, countExports, listExportRequests, refuseExport, type Export } from '@fugong/contract/exports'
import { Button } from 'antd'
import { useState } from 'react'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { ExportTabs } from './ExportTabs.tsx'
import { toneOfExport } from './states.ts'
import './exports.css'

export function ExportRequests() {
  const t = useText('exports')
  const waiting = useRead(listExportRequests, { query: { state: 'waiting' } }, { every: 20_000 })
  const decided = useRead(listExportRequests, { query: { state: 'decided' } })
  return (
    <Page title={t('requests.title')} sub={t('requests.sub')}>
      <ExportTabs active="requests" />
      <Ready read={waiting}>{({ items }) => (items.length === 0 ? <Section><Empty title={t('requests.empty')} text={t('requests.emptyText')} /></Section> : <div className="fg-stack">{items.map((item) => <Request key={item.id} of={item} />)}</div>)}</Ready>
      {decided.data?.items.length ? <Section plain title={t('requests.decided')}><div className="fg-stack">{decided.data.items.map((item) => <Request key={item.id} of={item} />)}</div></Section> : null}
    </Page>
  )
}

function Request({ of }: { of: Export }) {
  const t = useText('exports')
  const [deciding, decide] = useState<'approve' | 'refuse' | undefined>(undefined)
  const options = { invalidates: [listExportRequests, countExports], onDone: () => decide(undefined) }
  const approve = useDeed(approveExport, options)
  const refuse = useDeed(refuseExport, options)
  const deed = deciding === 'refuse' ? refuse : approve
  const words = { who: of.askedBy.name, name: pick(of.name) }
  const ask = (what: 'approve' | 'refuse') => { approve.reset(); refuse.reset(); decide(what) }
  const comma = t('comma')
  return (
    <article className="fg-section" aria-label={t('requests.named', { ...words, number: of.number })}>
      <div className="fg-section-head"><h2 className="ex-head">{t('requests.of', words)}</h2><StatusTag tone={toneOfExport(of.state)}>{t(`state.${of.state}`)}</StatusTag></div>
      <Facts columns={3} items={[
        { label: t('requests.personal'), value: <strong>{of.personal.map((column) => pick(column)).join(comma)}</strong> }, { label: t('list.filter'), value: pick(of.filter) }, { label: t('requests.expected'), value: of.expected === null ? t('requests.many') : String(of.expected) },
        { label: t('dialog.reason'), value: of.reason, wide: true },
        { label: t('requests.by'), value: [of.askedBy.name, pick(of.askedBy.unit)].filter(Boolean).join(' · ') }, { label: t('list.asked'), value: instant(of.askedAt) },
        of.state === 'asked' ? { label: t('requests.until'), value: instant(of.expiresAt) } : null, { label: t('requests.others'), value: of.columns.filter((column) => !of.personal.some((one) => one.zh === column.zh)).map((column) => pick(column)).join(comma), wide: true },
        of.decidedAt ? { label: t('requests.decidedBy'), value: [of.decidedBy?.name, pick(of.decidedBy?.unit)].filter(Boolean).join(' · ') } : null, of.decidedAt ? { label: t('requests.decidedAt'), value: instant(of.decidedAt) } : null,
        of.decisionReason ? { label: t('requests.reason'), value: of.decisionReason } : null,
      ]} />
      {of.can.includes('approve') ? <div className="ex-deeds ex-deeds-end"><Button onClick={() => ask('refuse')}>{t('requests.refuse')}</Button><Button type="primary" onClick={() => ask('approve')}>{t('requests.approve')}</Button></div> : null}
      <ReasonDialog open={deciding !== undefined} needsReason={deciding === 'refuse'} danger={deciding === 'refuse'} title={t(deciding === 'refuse' ? 'requests.refuseTitle' : 'requests.approveTitle', words)} text={t(deciding === 'refuse' ? 'requests.refuseText' : 'requests.approveText', { columns: of.personal.map((column) => pick(column)).join(comma) })}
        deed={t(deciding === 'refuse' ? 'requests.refuse' : 'requests.approve')} maxLength={300} running={deed.running} problem={deed.problem} onCancel={() => decide(undefined)}
        onDo={(reason) => void (deciding === 'refuse' ? refuse.run({ params: { id: of.id }, body: { reason } }) : approve.run({ params: { id: of.id }, body: {} }))} />
    </article>
  )
}
