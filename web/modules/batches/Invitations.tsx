// What batches a firm is invited to: the day, who planned it, what it means; answered here, and the way to the declaration.
import { answerBatch, batchAnswers, listBatchInvitations, type BatchInvitation } from '@fugong/contract/batches'
import { Input, InputNumber, Radio, Button } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { missing } from '../../base/form-paths.ts'
import { useForm } from '../../base/form.tsx'
import { day, instant, number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { FormField, FormSummary } from '../../ui/FormField.tsx'
import { DayInput } from '../../ui/inputs.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { toneOfDeclared, toneOfMember } from './tones.ts'
import './batches.css'

export function Invitations() {
  const t = useText('batches')
  const read = useRead(listBatchInvitations)
  return (
    <Page title={t('mine.title')} sub={t('mine.sub')} back={{ to: '/portal', text: t('mine.back') }}>
      <Ready read={read}>{({ items }) => (items.length === 0 ? <Section><Empty title={t('mine.empty')} text={t('mine.emptyText')} /></Section> : <div className="fg-stack">{items.map((item) => <Invitation key={item.id} of={item} />)}</div>)}</Ready>
    </Page>
  )
}
function Invitation({ of }: { of: BatchInvitation }) {
  const t = useText('batches')
  const [answering, answer] = useState(of.answer === null)
  const state = of.answer ?? 'invited'
  return (
    <Section title={<>{day(of.day)} · {of.workplaceName}</>} extra={<StatusTag tone={toneOfMember(state)}>{t(`mine.state.${state}`)}</StatusTag>}>
      <div className="fg-stack">
      <Facts columns={2} items={[
        { label: t('member.firm'), value: of.enterpriseName }, { label: t('plan.unit'), value: pick(of.unit) }, { label: t('plan.title'), value: of.plan }, { label: t('mine.invitedAt'), value: instant(of.invitedAt) },
        { label: t('member.declared'), value: <StatusTag tone={toneOfDeclared(of.declared)}>{t(`declared.${of.declared}`)}</StatusTag> }, { label: t('count.heads'), value: number(of.heads) },
        of.wishedDay ? { label: t('member.wishedLabel'), value: day(of.wishedDay) } : null, of.reason ? { label: t('member.reason'), value: of.reason, wide: true } : null,
      ]} />
      {of.meaning ? <Note tone={of.meaning.meaning === 'free' ? 'good' : 'info'} title={t(`mine.meaning.${of.meaning.meaning}`)}>{pick(of.meaning.sentence)}</Note> : null}
      {of.can.includes('answer') ? (answering ? <Answer of={of} onDone={() => answer(false)} onCancel={of.answer === null ? undefined : () => answer(false)} /> : <div className="fg-row"><Button onClick={() => answer(true)}>{t('mine.change')}</Button></div>) : null}
      <p>{of.declared === 'none' ? <Link to={`/portal/enterprises/${of.enterpriseId}`}>{t('mine.declare')}</Link> : of.declarationId ? <Link to={`/portal/declarations/${of.declarationId}`}>{t('mine.declaration')}</Link> : null}</p>
      </div>
    </Section>
  )
}
function Answer({ of, onDone, onCancel }: { of: BatchInvitation; onDone: () => void; onCancel: (() => void) | undefined }) {
  const t = useText('batches')
  const form = useForm(answerBatch, {
    initial: { answer: of.answer ?? undefined, reason: of.reason ?? '', wishedDay: of.wishedDay, heads: of.heads } as { answer: string | undefined; reason: string; wishedDay: string | null; heads: number | null },
    labels: { '/answer': t('mine.answer'), '/heads': t('mine.heads'), '/wishedDay': t('mine.wishedDay'), '/reason': t('member.reason') }, params: { id: of.id },
    check: (values) => missing(values, ['/answer', ...(values.answer === 'notReady' ? ['/reason'] : []), ...(values.answer === 'otherDay' ? ['/wishedDay'] : [])]),
    body: ({ answer, reason, wishedDay, heads }) => ({ revision: of.revision, answer, ...(reason.trim() && answer !== 'ready' ? { reason: reason.trim() } : {}), ...(wishedDay && answer === 'otherDay' ? { wishedDay } : {}), ...(heads && answer === 'ready' ? { heads } : {}) }) as never,
    invalidates: [listBatchInvitations], onDone,
  })
  const said = form.values.answer
  return (
    <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void form.submit() }}>
      <FormSummary form={form} />
      <FormField form={form} path="/answer" group><Radio.Group className="ba-answers" options={batchAnswers.map((one) => ({ value: one, label: t(`mine.says.${one}`) }))} /></FormField>
      {said === 'ready' ? <FormField form={form} path="/heads" optional help={t('mine.headsHelp')}><InputNumber className="fg-number" controls={false} inputMode="numeric" precision={0} min={1} /></FormField> : null}
      {said === 'otherDay' ? <FormField form={form} path="/wishedDay"><DayInput /></FormField> : null}
      {said === 'notReady' || said === 'otherDay' ? <FormField form={form} path="/reason" optional={said === 'otherDay'}><Input.TextArea rows={2} maxLength={300} /></FormField> : null}
      <div className="fg-row"><Button type="primary" htmlType="submit" loading={form.sending}>{t('mine.send')}</Button>{onCancel ? <Button onClick={onCancel}>{t('cancel')}</Button> : null}</div>
    </form>
  )
}
