// Ordering a workplace to stop: what was found, from the checklist of the scene or in one's own words, what must be put right, and by when.
import { getChecklist } from '@fugong/contract/declarations.review'
import { look } from '@fugong/contract/forms.engine'
import { issueOrder, listOrders, previewOrder } from '@fugong/contract/orders'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { day } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { DeedBar } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import './orders.css'

/** Lines of a text as they are meant: one a line, empty ones left out. */
const lines = (text: string) => text.split('\n').map((line) => line.trim()).filter(Boolean)
export function IssueOrder() {
  const t = useText('orders')
  const navigate = useNavigate()
  const [search] = useSearchParams()
  const declarationId = search.get('declaration') ?? ''
  const terms = useRead(previewOrder, { query: { declaration: declarationId } }, { enabled: declarationId !== '' })
  const checklist = useRead(getChecklist, { params: { id: declarationId } }, { enabled: declarationId !== '' }).data?.form ?? undefined
  const [form, set] = useState({ documentNo: '', reason: '', found: '', items: '', deadline: '' })
  const [ticked, tick] = useState<ReadonlySet<string>>(new Set())
  const [asked, ask] = useState(false)
  const [confirming, confirm] = useState(false)
  const deed = useDeed(issueOrder, { invalidates: [listOrders], onDone: (order) => void navigate(`/console/orders/${order.id}`, { replace: true }) })
  const back = { to: `/console/declarations/${declarationId}`, text: t('issue.back') }
  if (!terms.data) return <Page title={t('issue.title')} back={back} width="reading">{terms.error ? <ErrorState error={terms.error} retry={() => void terms.refetch()} /> : <Loading lines={6} />}</Page>
  const view = checklist ? look(checklist, {}, { facts: { workplace_scene: terms.data.scene } }) : undefined
  const fields = checklist?.pages.flatMap((page) => page.fields).filter(({ code }) => view?.field(code).shown) ?? []
  const findings = [...fields.filter(({ code }) => ticked.has(code)).map((field) => ({ code: field.code, text: pick(field.label).slice(0, 300) })), ...lines(form.found).map((text) => ({ text: text.slice(0, 300) }))]
  const items = lines(form.items).map((text) => text.slice(0, 300))
  const deadline = form.deadline || terms.data.usual
  const missing = { documentNo: !form.documentNo.trim(), reason: !form.reason.trim(), found: findings.length === 0, items: items.length === 0 }
  const error = (name: keyof typeof missing) => (asked && missing[name] ? t(`issue.${name}Missing`) : undefined)
  const put = (name: keyof typeof form) => (event: { target: { value: string } }) => set((before) => ({ ...before, [name]: event.target.value }))
  const begin = () => { ask(true); deed.reset(); if (Object.values(missing).some(Boolean)) document.querySelector<HTMLElement>('.fg-field-faulty input, .fg-field-faulty textarea')?.focus(); else confirm(true) }
  return (
    <Page title={t('issue.title')} back={back} width="reading" sub={`${terms.data.enterpriseName} · ${terms.data.workplaceName}`}>
      <p>{t('issue.sub', { number: terms.data.certificateNumber, unit: pick(terms.data.unit) })}</p>
      <Section>
        <div className="fg-form">
          <Field id="order-no" label={t('field.documentNo')} help={t('issue.documentNoHelp')} error={error('documentNo')}><Input id="order-no" maxLength={60} value={form.documentNo} onChange={put('documentNo')} /></Field>
          <Field id="order-reason" label={t('field.reason')} help={t('issue.reasonHelp')} error={error('reason')}><Input.TextArea id="order-reason" rows={3} maxLength={500} value={form.reason} onChange={put('reason')} /></Field>
          {fields.length ? <Field id="order-ticks" group label={t('issue.checklist')} help={t('issue.checklistHelp')}>
            <ul className="fg-order-ticks">{fields.map((field) => <li key={field.code}><Checkbox checked={ticked.has(field.code)} onChange={() => tick((before) => { const next = new Set(before); if (!next.delete(field.code)) next.add(field.code); return next })}>{pick(field.label)}</Checkbox></li>)}</ul>
          </Field> : null}
          <Field id="order-found" label={t('issue.found')} help={t('issue.linesHelp')} error={error('found')}><Input.TextArea id="order-found" rows={3} value={form.found} onChange={put('found')} /></Field>
          <Field id="order-items" label={t('issue.items')} help={t('issue.itemsHelp')} error={error('items')}><Input.TextArea id="order-items" rows={4} value={form.items} onChange={put('items')} /></Field>
          <Field id="order-deadline" label={t('field.deadline')} help={t('issue.deadlineHelp', { latest: day(terms.data.latest) })}><Input id="order-deadline" type="date" className="fg-order-day" max={terms.data.latest} value={deadline} onChange={put('deadline')} /></Field>
        </div>
        <p className="fg-sentence">{pick(terms.data.decision.sentence)}</p>
      </Section>
      <DeedBar note={t('issue.note')}><Button danger type="primary" onClick={begin}>{t('issue.deed')}</Button></DeedBar>
      <Modal open={confirming} title={t('issue.confirmTitle', { firm: terms.data.enterpriseName })} okText={t('issue.deed')} okButtonProps={{ danger: true }} cancelText={t('cancel')} confirmLoading={deed.running} onCancel={() => confirm(false)}
        onOk={() => void deed.run({ body: { declarationId, documentNo: form.documentNo.trim(), reason: form.reason.trim(), findings, items, deadline } })}>
        {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
        <p>{t('issue.confirmText', { number: terms.data.certificateNumber, workplace: terms.data.workplaceName, deadline: day(deadline), count: items.length })}</p>
      </Modal>
    </Page>
  )
}
