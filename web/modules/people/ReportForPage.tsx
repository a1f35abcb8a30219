// Reporting for people without phones: one person at a time, a temperature and Enter; whoever is not well has the whole form. What was sent can be corrected here.
import type { Answers, Form } from '@fugong/contract/forms'
import { checkAnswers, look } from '@fugong/contract/forms.engine'
import type { Receipt } from '@fugong/contract/health'
import { getFirmDay, listFirmDay } from '@fugong/contract/health.days'
import { listReportables, reportFor, type Reportable } from '@fugong/contract/health.others'
import { Button, Checkbox, Input, type InputRef } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { Link, useParams } from 'react-router'
import { useFilters } from '../../base/filters.ts'
import { useForm } from '../../base/form.tsx'
import { day as dayText, instant } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'
import { Questions } from '../../base/questions.tsx'
import { useDeed, useRead } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Choice } from '../../ui/Choice.tsx'
import { FormDialog } from '../../ui/FormDialog.tsx'
import { FormSummary } from '../../ui/FormField.tsx'
import { Empty, ErrorState, Loading } from '../../ui/states.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { rosterPath } from './people.ts'
import { intentKey, normalDay, temperatureOf } from './report-for.ts'
import './people.css'

interface Sent { person: Reportable; answers: Answers; receipt: Receipt }
const stale = [listReportables, getFirmDay, listFirmDay]
export function ReportForPage() {
  const t = useText('people')
  const { id = '' } = useParams()
  const { filters, set } = useFilters(['workplace', 'all'] as const)
  const read = useRead(listReportables, { params: { id }, query: { limit: 50, ...(filters.workplace ? { workplace: filters.workplace } : {}), ...(filters.all ? { all: true } : {}) } }, { every: 20_000, keepPrevious: true })
  const [sent, setSent] = useState<Sent[]>([])
  const [skipped, skip] = useState<string[]>([])
  const [chosen, choose] = useState<string>()
  const [whole, setWhole] = useState<{ person: Reportable; before?: Sent }>()
  const back = { to: rosterPath(id), text: t('title') }
  if (!read.data) return <Page title={t('for.title')} back={back}>{read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={8} />}</Page>
  const { day, form, workplaces, total } = read.data
  const done = new Set(sent.map(({ person }) => person.employmentId))
  const left = read.data.items.filter((one) => !done.has(one.employmentId))
  const waiting = left.filter((one) => !skipped.includes(one.employmentId))
  const now = left.find((one) => one.employmentId === chosen) ?? waiting[0] ?? left[0]
  const took = (entry: Sent) => { setSent((all) => [entry, ...all.filter(({ person }) => person.employmentId !== entry.person.employmentId)]); choose(undefined); if (left.length <= 2) void read.refetch() }
  return (
    <Page title={t('for.title')} sub={t('for.sub', { day: dayText(day), count: Math.max(0, total - [...done].filter((one) => read.data.items.some(({ employmentId }) => employmentId === one)).length) })} back={back}>
      <div className="fg-row">
        {workplaces.length > 1 ? <Choice className="fg-filter" allowClear aria-label={t('field.workplace')} placeholder={t('field.workplace')} value={filters.workplace ?? null} onChange={(value) => set({ workplace: value ?? undefined })} options={workplaces.map((place) => ({ value: place.id, label: place.name }))} /> : null}
        <Checkbox checked={filters.all !== undefined} onChange={(event) => set({ all: event.target.checked ? '1' : undefined })}>{t('for.all')}</Checkbox>
      </div>
      {now && form ? <Quick key={now.employmentId} firm={id} day={day} form={form} person={now} onSent={took} onWhole={() => setWhole({ person: now })} onSkip={() => { skip((all) => [...all.filter((one) => one !== now.employmentId), now.employmentId]); choose(undefined) }} /> : <Empty title={t('for.empty')} text={t(filters.all ? 'for.emptyAll' : 'for.emptyText')} />}
      <div className="fg-two">
        <Section title={t('for.queue', { count: left.length })}>{left.length ? <ul className="pe-list">{left.slice(0, 20).map((one) => (
          <li key={one.employmentId}><button type="button" className="fg-row-main" aria-current={one === now ? 'true' : undefined} onClick={() => choose(one.employmentId)}>{one.name}</button><span className="fg-quiet">{[one.crew, one.dormitory, one.slot === 2 ? t('for.evening') : ''].filter(Boolean).join(' · ')}</span></li>
        ))}</ul> : <p className="fg-quiet">{t('for.none')}</p>}</Section>
        <Section title={t('for.sent', { count: sent.length })}>{sent.length ? <ul className="pe-list">{sent.slice(0, 20).map((one) => (
          <li key={one.person.employmentId}><strong>{one.person.name}</strong><span className="fg-num">{typeof one.answers['temperature'] === 'number' ? `${one.answers['temperature']} ℃` : '–'}</span><span className="fg-quiet fg-mono">{one.receipt.number}{one.receipt.version > 1 ? ` · ${t('for.version', { version: one.receipt.version })}` : ''}</span><span className="fg-quiet fg-num">{instant(one.receipt.acceptedAt).slice(11)}</span><Button size="small" onClick={() => setWhole({ person: one.person, before: one })}>{t('for.correct')}</Button></li>
        ))}</ul> : <p className="fg-quiet">{t('for.noneSent')}</p>}</Section>
      </div>
      <p className="fg-quiet"><Link to={`/portal/enterprises/${id}/health`}>{t('for.toDay')}</Link></p>
      {whole && form ? <Whole firm={id} day={day} form={form} {...whole} onClose={() => setWhole(undefined)} onSent={(entry) => { took(entry); setWhole(undefined) }} /> : null}
    </Page>
  )
}
interface OneProps { firm: string; day: string; form: Form; person: Reportable; onSent: (sent: Sent) => void }
/** The short way: temperature, Enter, next. */
function Quick({ firm, day, form, person, onSent, onWhole, onSkip }: OneProps & { onWhole: () => void; onSkip: () => void }) {
  const t = useText('people')
  const [text, setText] = useState('')
  const [fault, setFault] = useState<string>()
  const [key] = useState(() => intentKey(day, person.slot))
  const input = useRef<InputRef>(null)
  const send = useDeed(reportFor, { invalidates: stale })
  useEffect(() => input.current?.focus(), [])
  const submit = async () => {
    if (send.running) return
    const read = temperatureOf(text)
    const answers: Answers = { ...normalDay(form), ...(read === null ? {} : { temperature: read }) }
    if (checkAnswers(form, answers, '', true).length) return setFault(t('for.badTemperature'))
    setFault(undefined)
    const receipt = await send.run({ params: { id: firm, employmentId: person.employmentId }, body: { key, day, slot: person.slot, answers } })
    if (receipt) onSent({ person, answers, receipt })
    else input.current?.focus()
  }
  const told = fault ?? (send.problem ? wordsOf(send.problem) : undefined)
  return (
    <section className="pe-for" aria-label={person.name}>
      <div><h2>{person.name}</h2><p className="fg-quiet">{[person.workplaceName, person.crew, person.dormitory, person.staffNo, person.slot === 2 ? t('for.evening') : ''].filter(Boolean).join(' · ')}</p></div>
      <form className="fg-row" noValidate onSubmit={(event) => { event.preventDefault(); void submit() }} onKeyDown={(event) => { if (event.key === 'Escape') onSkip() }}>
        <label htmlFor="for-temperature">{t('for.temperature')}</label>
        <Input id="for-temperature" ref={input} size="large" className="pe-for-number" inputMode="decimal" autoComplete="off" maxLength={8} suffix="℃" value={text} onChange={(event) => setText(event.target.value)} status={told ? 'error' : ''} aria-invalid={told ? true : undefined} aria-describedby={told ? 'for-fault' : 'for-keys'} />
        <Button type="primary" size="large" htmlType="submit" loading={send.running}>{t('for.normal')}</Button>
        <Button size="large" onClick={onWhole}>{t('for.notNormal')}</Button>
        <Button type="text" size="large" onClick={onSkip}>{t('for.skip')}</Button>
      </form>
      {told ? <p id="for-fault" className="pe-for-fault" role="alert">{told}</p> : null}
      <p id="for-keys" className="fg-quiet">{t('for.keys')}</p>
    </section>
  )
}
/** The whole form, for whoever is not well, and to correct what was sent. */
function Whole({ firm, day, form: asked, person, before, onClose, onSent }: OneProps & { before?: Sent; onClose: () => void }) {
  const t = useText('people')
  const [key] = useState(() => intentKey(day, person.slot))
  const version = before ? { version: before.receipt.version + 1 } : {}
  const form = useForm(reportFor, {
    initial: { answers: before?.answers ?? {} } as { answers: Answers }, labels: Object.fromEntries(asked.pages.flatMap((page) => page.fields).map((field) => [`/answers/${field.code}`, pick(field.label)])), params: { id: firm, employmentId: person.employmentId }, invalidates: stale,
    body: ({ answers }) => ({ key, day, slot: person.slot, answers: look(asked, answers).effective(), ...version }), check: ({ answers }) => checkAnswers(asked, answers, '/answers', true),
    onDone: (receipt) => onSent({ person, answers: form.values.answers, receipt }),
  })
  const seen = look(asked, form.values.answers)
  return (
    <FormDialog open width={640} title={t(before ? 'for.correctTitle' : 'for.wholeTitle', { name: person.name })} onCancel={onClose}>
      <form className="fg-form" noValidate onSubmit={(event) => { event.preventDefault(); void form.submit() }}>
        <FormSummary form={form} />
        {asked.pages.map((page) => <Questions key={page.code} page={page} look={seen} form={form} base="/answers" />)}
        <div className="fg-row"><Button type="primary" htmlType="submit" loading={form.sending}>{t(before ? 'for.sendCorrection' : 'for.send')}</Button><Button onClick={onClose}>{t('close')}</Button></div>
      </form>
    </FormDialog>
  )
}
