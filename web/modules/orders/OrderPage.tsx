// One stop-work order as offices see it: grounds, points with their evidence, the recheck, and the way to a revocation by two people.
import { decideRevocation, getOrder, listOrders, proposeRevocation, recheckOrder, type Order } from '@fugong/contract/orders'
import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { ReasonDialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { DeedBar, Note } from '../../ui/parts.tsx'
import { ErrorState, Loading } from '../../ui/states.tsx'
import { Grounds, Point, StateOf, Story } from './Parts.tsx'
import './orders.css'

const stale = [getOrder, listOrders]
export function OrderPage() {
  const t = useText('orders')
  const { id = '' } = useParams()
  const read = useRead(getOrder, { params: { id } })
  const back = { to: '/console/orders', text: t('list.title') }
  if (!read.data) return <Page title={t('title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const order = read.data
  return (
    <Page title={`${order.enterpriseName} · ${order.workplaceName}`} back={back} tags={<StateOf of={order} />} sub={<>{t('numbered', { number: order.documentNo })} · <Link to={`/console/declarations/${order.declarationId}`}>{t('toDeclaration')}</Link></>}>
      <Note tone={order.state === 'resumed' ? 'good' : order.state === 'revoked' ? 'bad' : 'warn'} title={t(`now.${order.state}.title`)}>{t(`now.${order.state}.office`, { at: instant(order.dueAt ?? order.endedAt ?? order.issuedAt), reason: order.endReason ?? '–' })}</Note>
      <Grounds order={order} />
      <Points key={order.revision} order={order} latest={() => void read.refetch()} />
      <Revocation order={order} />
      <Story order={order} />
    </Page>
  )
}

function Points({ order, latest }: { order: Order; latest: () => void }) {
  const t = useText('orders')
  const [judged, judge] = useState<Record<number, 'accept' | 'return'>>({})
  const [answers, setAnswers] = useState<Record<number, string>>({})
  const [deadline, setDeadline] = useState('')
  const [asked, ask] = useState(false)
  const deed = useDeed(recheckOrder, { invalidates: stale })
  const rechecking = order.can.includes('recheck')
  const waiting = order.items.filter(({ state }) => state === 'handedIn')
  const returned = waiting.filter(({ position }) => judged[position] === 'return')
  const whole = waiting.every(({ position }) => judged[position] && (judged[position] === 'accept' || answers[position]?.trim())) && (!returned.length || deadline)
  const decide = () => {
    ask(true)
    if (whole) void deed.run({ params: { id: order.id }, body: { revision: order.revision, items: waiting.map(({ position }) => ({ position, accept: judged[position] === 'accept', ...(answers[position] ? { answer: answers[position] } : {}) })), ...(returned.length ? { deadline } : {}) } })
  }
  return (
    <>
      <Section title={t('pointsTitle')}>
        <ol className="fg-order-points">
          {order.items.map((item) => (
            <Point key={item.position} item={item}>
              {rechecking && item.state === 'handedIn' ? (
                <div className="fg-form">
                  <Field id={`judge-${item.position}`} group label={t('judge.label')} error={asked && !judged[item.position] ? t('judge.missing') : undefined}>
                    <Radio.Group aria-labelledby={`judge-${item.position}-label`} value={judged[item.position]} onChange={(event) => judge((before) => ({ ...before, [item.position]: event.target.value as 'accept' | 'return' }))} options={(['accept', 'return'] as const).map((value) => ({ value, label: t(`judge.${value}`) }))} />
                  </Field>
                  {judged[item.position] === 'return' ? <Field id={`why-${item.position}`} label={t('judge.why')} error={asked && !answers[item.position]?.trim() ? t('judge.whyMissing') : undefined}><Input id={`why-${item.position}`} maxLength={300} value={answers[item.position] ?? ''} onChange={(event) => setAnswers((before) => ({ ...before, [item.position]: event.target.value }))} /></Field> : null}
                </div>
              ) : null}
            </Point>
          ))}
        </ol>
        {rechecking && returned.length ? <Field id="new-deadline" label={t('judge.deadline')} error={asked && !deadline ? t('judge.deadlineMissing') : undefined}><Input id="new-deadline" type="date" className="fg-order-day" value={deadline} onChange={(event) => setDeadline(event.target.value)} /></Field> : null}
        {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p><Button onClick={() => { deed.reset(); latest() }}>{t('latest')}</Button></div> : null}
      </Section>
      {rechecking ? <DeedBar note={returned.length ? t('judge.returns', { count: returned.length }) : t('judge.resumes')}><Button type="primary" loading={deed.running} onClick={decide}>{t(returned.length ? 'judge.doReturn' : 'judge.doResume')}</Button></DeedBar> : null}
    </>
  )
}

function Revocation({ order }: { order: Order }) {
  const t = useText('orders')
  const [asking, ask] = useState<'propose' | 'agree' | 'turnDown' | undefined>(undefined)
  const done = { invalidates: stale, onDone: () => ask(undefined) }
  const propose = useDeed(proposeRevocation, done)
  const decide = useDeed(decideRevocation, done)
  const params = { id: order.id }
  if (!order.proposal && !order.can.includes('propose')) return null
  const begin = (what: 'propose' | 'agree' | 'turnDown') => { propose.reset(); decide.reset(); ask(what) }
  const deed = asking === 'propose' ? propose : decide
  return (
    <Section title={t('revocation.title')}>
      {order.proposal ? <Note tone="bad" title={t('revocation.proposed', { unit: pick(order.proposal.unit), by: order.proposal.by ?? '', at: instant(order.proposal.at) })}>{order.proposal.reason}</Note> : <p>{t('revocation.text')}</p>}
      <div className="fg-row">
        {order.can.includes('propose') ? <Button danger onClick={() => begin('propose')}>{t('revocation.propose')}</Button> : null}
        {order.can.includes('decideRevocation') ? <><Button danger type="primary" onClick={() => begin('agree')}>{t('revocation.agree')}</Button><Button onClick={() => begin('turnDown')}>{t('revocation.turnDown')}</Button></> : order.proposal ? <span className="fg-quiet">{t('revocation.waits')}</span> : null}
      </div>
      {asking ? <ReasonDialog open danger={asking !== 'turnDown'} title={t(`revocation.${asking}Title`, { firm: order.enterpriseName })} text={t(`revocation.${asking}Text`, { number: order.certificateNumber })} deed={t(`revocation.${asking}`)} running={deed.running} problem={deed.problem} onCancel={() => ask(undefined)}
        onDo={(reason) => void (asking === 'propose' ? propose.run({ params, body: { revision: order.revision, reason } }) : decide.run({ params, body: { revision: order.revision, agree: asking === 'agree', reason } }))} /> : null}
    </Section>
  )
}
