// What became of a filing since: how it stands and by which rule, what was corrected, orders against it, and what the firm can still do.
import { countDeclarations, getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { correctDeclaration, getAfter, withdrawFiling, type Correction } from '@fugong/contract/declarations.after'
import type { Form } from '@fugong/contract/forms'
import { listOrders } from '@fugong/contract/orders'
import { Button, Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { useSession } from '../../base/session.tsx'
import { wordsOfIssue, wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { Sentence } from './Parts.tsx'
import { useLabels } from './useForms.ts'

const stale = [getDeclaration, getAfter, listDeclarations, countDeclarations]
export function AfterFiling({ declaration, plan, side }: { declaration: Declaration; plan: Form; side: 'firm' | 'office' }) {
  const t = useText('declarations')
  const { may } = useSession()
  const filed = declaration.state === 'filed'
  const after = useRead(getAfter, { params: { id: declaration.id } }, { enabled: filed }).data
  const orders = useRead(listOrders, { query: { declaration: declaration.id, limit: 10 } }, { enabled: filed && may('order.read') }).data?.items ?? []
  const [asking, ask] = useState<'withdraw' | 'correct' | undefined>(undefined)
  const withdraw = useDeed(withdrawFiling, { invalidates: stale, onDone: () => ask(undefined) })
  if (!after?.standing) return null
  const stoppable = side === 'office' && may('order.issue') && (after.standing === 'operating' || after.standing === 'suspended') && !orders.some(({ endedAt }) => endedAt === null)
  return (
    <Section title={t('after.title')} extra={stoppable ? <Link className="fg-button" to={`/console/orders/new?declaration=${declaration.id}`}>{t('after.stop')}</Link> : null}>
      <p><strong>{t(`after.standing.${after.standing}`)}</strong> <span className="fg-quiet">{t('after.since', { at: instant(after.since) })}</span></p>
      <p>{t(`after.next.${after.standing}.${side}`)}</p>
      {after.decision ? <Sentence of={{ decision: after.decision, emergencyId: declaration.emergencyId }} link={side === 'office'} /> : after.reason ? <p className="fg-answer-text">{t('after.reason', { reason: after.reason })}</p> : null}
      {orders.length ? <ul className="fg-plainlist">{orders.map((order) => <li key={order.id}><Link to={`/${side === 'firm' ? 'portal' : 'console'}/orders/${order.id}`}>{t('after.order', { number: order.documentNo })}</Link> <span className="fg-quiet">{t(`after.orderState.${order.state}`)} · {instant(order.issuedAt)}</span></li>)}</ul> : null}
      {after.corrections.map((one) => <Corrected key={one.no} correction={one} plan={plan} />)}
      {after.can.length ? (
        <div className="fg-row">
          {after.can.includes('correct') ? <Button onClick={() => ask('correct')}>{t('after.correct')}</Button> : null}
          {after.can.includes('withdrawFiling') ? <Button type="link" danger onClick={() => { withdraw.reset(); ask('withdraw') }}>{t('after.withdraw')}</Button> : null}
        </div>
      ) : null}
      <ReasonDialog open={asking === 'withdraw'} danger title={t('after.withdrawTitle', { workplace: declaration.workplace.name })} text={t('after.withdrawText', { number: declaration.certificateNumber ?? '' })} deed={t('after.withdraw')} maxLength={300} running={withdraw.running} problem={withdraw.problem} onCancel={() => ask(undefined)} onDo={(reason) => void withdraw.run({ params: { id: declaration.id }, body: { revision: declaration.revision, reason } })} />
      {asking === 'correct' ? <Correct declaration={declaration} plan={plan} rules={after.rules.map(pick)} namesDiffer={after.namesDiffer} close={() => ask(undefined)} /> : null}
    </Section>
  )
}
function Corrected({ correction, plan }: { correction: Correction; plan: Form }) {
  const t = useText('declarations')
  const labels = useLabels(plan)
  const shown = (value: unknown) => (value === null || value === undefined || value === '' ? '–' : typeof value === 'boolean' ? t(value ? 'yes' : 'no') : Array.isArray(value) ? value.join('、') : String(value as string | number))
  return (
    <div className="fg-correction">
      <p><strong>{t('after.corrected', { no: correction.no, at: instant(correction.at) })}</strong> <span className="fg-quiet">{correction.reason}</span></p>
      <ul className="fg-plainlist">{correction.items.map((item) => <li key={item.code}>{labels[`/answers/${item.code}`] ?? labels[`/${item.code}`] ?? t(`after.field.${item.code.replace('.', '-')}`)}{t('colon')}<del>{shown(item.before)}</del> → <ins>{shown(item.after)}</ins></li>)}</ul>
    </div>
  )
}
/** Short entries of the plan may be typed anew here; which of them may be corrected is for the table to say, and it says so field by field. */
function Correct({ declaration, plan, rules, namesDiffer, close }: { declaration: Declaration; plan: Form; rules: string[]; namesDiffer: boolean; close: () => void }) {
  const t = useText('declarations')
  const simple = plan.pages.flatMap((page) => page.fields).filter((field) => (field.type === 'text' || field.type === 'number') && field.computed === undefined && declaration.answers[field.code] !== undefined)
  const [headcount, setHeadcount] = useState(String(declaration.headcount ?? ''))
  const [plannedDate, setDay] = useState(declaration.plannedDate ?? '')
  const [answers, setAnswers] = useState<Record<string, string>>(Object.fromEntries(simple.map(({ code }) => [code, String(declaration.answers[code] as string | number)])))
  const [names, setNames] = useState(false)
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const deed = useDeed(correctDeclaration, { invalidates: stale, onDone: close })
  const issues = deed.problem?.issues ?? []
  const fault = (path: string, label: string) => { const issue = issues.find((one) => one.path === path); return issue ? wordsOfIssue(issue, label) : undefined }
  const save = () => {
    setAsked(true)
    if (!reason.trim()) return
    const changed = Object.fromEntries(simple.filter(({ code }) => answers[code] !== String(declaration.answers[code] as string | number)).map(({ code, type }) => [code, type === 'number' ? Number(answers[code]) : (answers[code] ?? '')]))
    void deed.run({ params: { id: declaration.id }, body: {
      revision: declaration.revision, reason: reason.trim(), ...(Number(headcount) !== declaration.headcount && headcount.trim() ? { headcount: Number(headcount) } : {}), ...(plannedDate !== declaration.plannedDate && plannedDate ? { plannedDate } : {}),
      ...(Object.keys(changed).length ? { answers: changed } : {}), ...(names ? { names: true as const } : {}),
    } })
  }
  return (
    <Modal open title={t('after.correctTitle', { workplace: declaration.workplace.name })} okText={t('after.correctDeed')} cancelText={t('cancel')} onOk={save} onCancel={close} confirmLoading={deed.running} width={640} mask={{ closable: false }}>
      {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
      <ul className="fg-correct-rules">{rules.map((rule) => <li key={rule}>{rule}</li>)}</ul>
      <div className="fg-form">
        <Field id="correct-reason" label={t('after.correctReason')} error={asked && !reason.trim() ? t('after.correctReasonMissing') : undefined}><Input id="correct-reason" maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} /></Field>
        <Field id="correct-headcount" label={t('field.headcount')} error={fault('/headcount', t('field.headcount'))}><Input id="correct-headcount" inputMode="numeric" value={headcount} onChange={(event) => setHeadcount(event.target.value.replace(/\D/g, ''))} /></Field>
        <Field id="correct-day" label={t('field.plannedDate')} error={fault('/plannedDate', t('field.plannedDate'))}><Input id="correct-day" type="date" value={plannedDate} onChange={(event) => setDay(event.target.value)} /></Field>
        {namesDiffer ? <Field id="correct-names" group label={t('after.names')} error={fault('/names', t('after.names'))}><Checkbox checked={names} onChange={(event) => setNames(event.target.checked)}>{t('after.namesTake')}</Checkbox></Field> : null}
        {simple.map((field) => <Field key={field.code} id={`correct-${field.code}`} label={pick(field.label)} error={fault(`/answers/${field.code}`, pick(field.label))}><Input id={`correct-${field.code}`} value={answers[field.code] ?? ''} onChange={(event) => setAnswers((before) => ({ ...before, [field.code]: event.target.value }))} /></Field>)}
      </div>
    </Modal>
  )
}
