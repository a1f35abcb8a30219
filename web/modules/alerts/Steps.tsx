// Steps of an alert with their limits, and the people met: listed from the roster, put under observation.
import { alertResults, contactWays, doAlertStep, getAlert, listAlerts, observeAlert, traceAlert, type Alert, type AlertStep, type ContactWay } from '@fugong/contract/alerts'
import { Button, Checkbox, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { instant, today } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed } from '../../base/query.tsx'
import { wordsOf } from '../../base/words.ts'
import { Field } from '../../ui/Field.tsx'
import { Section } from '../../ui/Page.tsx'
import { StatusTag } from '../../ui/tags.tsx'
import { Colour, Limit } from './Parts.tsx'

const stale = [getAlert, listAlerts]
type Result = (typeof alertResults)[number]
export function Steps({ alert, latest }: { alert: Alert; latest: () => void }) {
  const t = useText('alerts')
  const [doing, begin] = useState<AlertStep>()
  const [note, setNote] = useState('')
  const [result, setResult] = useState<Result>()
  const deed = useDeed(doAlertStep, { invalidates: stale, onDone: () => begin(undefined) })
  const open = (step: AlertStep) => { deed.reset(); setNote(''); setResult(undefined); begin(step) }
  const mine = (step: AlertStep) => alert.can.includes('step') && step.side === 'office' && step.step !== 'trace' && !step.doneAt && !step.dropped
  return (
    <Section title={t('steps')}>
      <ol className="al-steps">
        {alert.steps.map((step) => (
          <li key={step.id}>
            <span><strong>{t(`step.${step.step}`)}</strong> <span className="fg-quiet">{t(`side.${step.side}`)}</span></span>
            <span className="fg-row">{step.doneAt ? <StatusTag tone="good">{instant(step.doneAt)}{step.doneBy ? ` ${step.doneBy}` : ''}</StatusTag> : step.dropped ? <span className="fg-quiet">{t('dropped')}</span> : <Limit at={step.dueAt} late={step.overdue} />}{mine(step) ? <Button size="small" onClick={() => open(step)}>{t('deed.done')}</Button> : null}</span>
            {step.note ? <p>{step.note}</p> : null}
          </li>
        ))}
      </ol>
      <Modal open={doing !== undefined} title={doing ? t(`step.${doing.step}`) : ''} okText={t('deed.done')} cancelText={t('cancel')} confirmLoading={deed.running} okButtonProps={{ disabled: doing?.step === 'result' && !result }} onCancel={() => { begin(undefined); latest() }}
        onOk={() => void deed.run({ params: { id: alert.id, step: doing!.step }, body: { revision: alert.revision, ...(note.trim() ? { note: note.trim() } : {}), ...(result ? { result } : {}) } })}>
        {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
        <div className="fg-form">
          {doing?.step === 'result' ? <Field id="al-result" group label={t('field.result')}><Radio.Group aria-labelledby="al-result-label" value={result} onChange={(event) => setResult(event.target.value as Result)} options={alertResults.map((value) => ({ value, label: t(`result.${value}`) }))} /></Field> : null}
          {result === 'confirmed' ? <p className="al-late">{t('confirmedMeans')}</p> : null}
          <Field id="al-note" label={t('field.note')} optional><Input.TextArea id="al-note" rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} /></Field>
        </div>
      </Modal>
    </Section>
  )
}
export function Met({ alert, latest }: { alert: Alert; latest: () => void }) {
  const t = useText('alerts')
  const [ways, setWays] = useState<ContactWay[]>(['crew', 'dormitory', 'shift'])
  const [chosen, choose] = useState<string[]>([])
  const [observing, observe] = useState<'person' | 'contacts'>()
  const [from, setFrom] = useState(today())
  const tracing = useDeed(traceAlert, { invalidates: stale })
  const deed = useDeed(observeAlert, { invalidates: stale, onDone: () => { observe(undefined); choose([]) } })
  const problem = tracing.problem ?? deed.problem
  const toggle = (id: string) => choose((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]))
  return (
    <Section title={t('met.title', { count: alert.contacts.length })}>
      {alert.can.includes('trace') ? <div className="fg-row"><Checkbox.Group value={ways} onChange={(value) => setWays(value)} options={contactWays.map((value) => ({ value, label: t(`way.${value}`) }))} /><Button disabled={!ways.length} loading={tracing.running} onClick={() => void tracing.run({ params: { id: alert.id }, body: { revision: alert.revision, ways } })}>{t('deed.trace')}</Button></div> : null}
      {problem && !observing ? <div className="fg-error" role="alert"><p>{wordsOf(problem)}</p><Button onClick={() => { tracing.reset(); deed.reset(); latest() }}>{t('latest')}</Button></div> : null}
      {alert.contacts.length ? <ul className="al-steps">{alert.contacts.map((one) => (
        <li key={one.employmentId}>
          <span className="fg-row">{alert.can.includes('observe') ? <Checkbox aria-label={one.name} checked={chosen.includes(one.employmentId)} onChange={() => toggle(one.employmentId)} /> : null}<strong>{one.name}</strong><span className="fg-quiet">{one.ways.map((way) => t(`way.${way}`)).join(t('comma'))}</span></span>
          <span className="fg-row"><Colour level={one.level} />{one.observeUntil ? <span>{t('observedUntil', { day: one.observeUntil })}</span> : null}</span>
        </li>
      ))}</ul> : <p className="fg-quiet">{t('met.none')}</p>}
      {alert.can.includes('observe') ? <div className="fg-row"><Button disabled={!chosen.length} onClick={() => { deed.reset(); observe('contacts') }}>{t('deed.observeContacts', { count: chosen.length })}</Button><Button onClick={() => { deed.reset(); observe('person') }}>{t('deed.observe')}</Button></div> : null}
      <Modal open={observing !== undefined} title={t(observing === 'contacts' ? 'deed.observeContacts' : 'deed.observe', { count: chosen.length })} okText={t('deed.begin')} cancelText={t('cancel')} confirmLoading={deed.running} onCancel={() => observe(undefined)} onOk={() => void deed.run({ params: { id: alert.id }, body: { revision: alert.revision, from, ...(observing === 'contacts' ? { contacts: chosen } : {}) } })}>
        {deed.problem ? <div className="fg-error" role="alert"><p>{wordsOf(deed.problem)}</p></div> : null}
        <div className="fg-form"><Field id="al-from" label={t('field.lastContact')} help={t('observeHelp', { days: alert.observeDays })}><Input id="al-from" type="date" max={today()} value={from} onChange={(event) => setFrom(event.target.value)} /></Field></div>
      </Modal>
    </Section>
  )
}
