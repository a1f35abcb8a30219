// One person's day on the phone: what is received and what waits, the ways to report, and the receipt; with a network or without.
import type { Answers } from '@fugong/contract/forms'
import type { Receipt } from '@fugong/contract/health'
import type { HealthDay } from '@fugong/contract/health.phones'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Filling } from './form.tsx'
import { send, t, type Refusal } from './kit.ts'
import { Frame } from './parts.tsx'
import { normalAnswers, sameAgain } from './report-answers.ts'
import { passes } from './report-deliver.ts'
import { dayAt, keep, keepDay, keepReceipt, keyFor, kept, personShown, serverNow, waiting, type Target } from './report-kept.ts'
import { measureControls, ShortDay } from './report-normal.tsx'
import { Receipts } from './report-proof.tsx'
import { pump, store, watch } from './report-pump.ts'
import { slotsOf } from './report-slots.ts'
import { Fixable, nameOf, Received, Slots, Waits } from './report-state.tsx'

const GONE = ['health.binding_unknown', 'health.not_on_roster']
/** A network that says nothing for so long is taken for none; its answer still counts when it comes. */
const PATIENCE = 5000
type Step = 'choose' | 'normal' | 'same' | 'other' | 'fix' | 'done' | 'waits'
type OwnPage = Awaited<ReturnType<typeof ownPage>>['OwnRecord']
/** It needs the network anyway, so it comes when it is asked for. */
const ownPage = () => import('./report-own.tsx')

export function Day({ token, lose, told, foot }: { token: string; lose: (words: string) => void; told: ComponentChildren; foot: ComponentChildren }) {
  const [day, setDay] = useState<HealthDay>()
  const [off, setOff] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const [step, setStep] = useState<Step>('choose')
  const [target, setTarget] = useState<Target>()
  const [said, setSaid] = useState<Answers>({})
  const [receipt, setReceipt] = useState<Receipt>()
  const [failed, setFailed] = useState(0)
  const [ending, setEnding] = useState(false)
  const [note, setNote] = useState<string>()
  const [Own, setOwn] = useState<OwnPage>()
  const busy = useRef(false)
  const readAt = useRef(0)
  const shown = useRef(step)
  shown.current = step
  const withoutNetwork = (title: string) => {
    const person = personShown()
    if (person && person.token === token && person.day) { setDay(person.day); setOff(true) } else setTrouble(title)
  }
  const read = () => {
    setTrouble(undefined)
    const patience = setTimeout(() => withoutNetwork(t('network')), PATIENCE)
    void send<HealthDay>('POST', '/api/health/day', { token }).then((answer) => {
      clearTimeout(patience)
      readAt.current = Date.now()
      if (answer.ok) { keepDay(token, answer.data); setOff(false); setTrouble(undefined); setDay(answer.data); return pump() }
      if (GONE.indexOf(answer.code) >= 0) return lose(answer.title)
      if (passes(answer.status)) return withoutNetwork(answer.title)
      setTrouble(answer.title)
    })
  }
  useEffect(() => {
    read()
    const stop = watch((count, got) => {
      setFailed(count)
      if (got) { setReceipt(got); if (shown.current === 'waits') setStep('done'); read() }
    })
    // A page left open overnight shows the new day when it is looked at again; a network that came back is used at once.
    const look = () => { if (document.visibilityState === 'visible' && !busy.current && Date.now() - readAt.current > 600000) { setStep('choose'); read() } }
    const online = () => { if (!busy.current) read() }
    document.addEventListener('visibilitychange', look)
    window.addEventListener('online', online)
    return () => { stop(); document.removeEventListener('visibilitychange', look); window.removeEventListener('online', online) }
  }, [])
  if (trouble) return <Frame title={t('reportTitle')}><h1>{t('reportTitle')}</h1><div class="summary" role="alert"><h2>{trouble}</h2><p class="help">{t('reportNotSent')}</p></div><p><button type="button" class="main-deed" onClick={read}>{t('again')}</button></p></Frame>
  if (!day) return <Frame title={t('reportTitle')}><p role="status">{t('loading')}</p></Frame>

  const today = off ? dayAt(serverNow()) : day.today
  const waits = waiting().filter((one) => one.who === day.employmentId)
  const { slots, earlier } = slotsOf(day, today, waits)
  const next = slots.filter((one) => !one.version && !one.waits)[0]
  const aim = (of: { day: string; slot: 1 | 2; version: number; last: number }): Target => ({ who: day.employmentId, day: of.day, slot: of.slot, version: of.last + 1 })
  const go = (to: Step, at?: Target) => { if (at) setTarget(at); setNote(undefined); setStep(to) }
  const recall = async (at: { day: string; slot: 1 | 2 }, to: Step, then: Target) => {
    const answer = await send<{ answers: Answers | null }>('POST', '/api/health/answers', { token, day: at.day, slot: at.slot })
    if (!answer.ok) return setNote(answer.title)
    setSaid(answer.data.answers || {})
    go(to, then)
  }
  const report = async (answers: Answers): Promise<Refusal | undefined> => {
    if (busy.current || !target) return undefined
    busy.current = true
    const given = { key: keyFor(target), day: target.day, slot: target.slot, ...(target.version > 1 ? { version: target.version } : {}), answers }
    const answer = await send<Receipt>('POST', '/api/health/reports', given, token)
    busy.current = false
    if (answer.ok) {
      keepReceipt(answer.data)
      setReceipt(answer.data)
      setStep('done')
      window.scrollTo(0, 0)
      read()
      return undefined
    }
    if (passes(answer.status)) {
      // Sealed first, then stored; nothing that was answered lies on the phone in clear.
      if (!(await store(given, target, day.seal, token))) return { ...answer, title: t('reportNoSeal') }
      setFailed(1)
      setStep('waits')
      window.scrollTo(0, 0)
      void pump(1)
      return undefined
    }
    if (GONE.indexOf(answer.code) >= 0) { lose(answer.title); return undefined }
    if (answer.code === 'health.already_reported' || answer.code === 'health.corrected_meanwhile') { keep({ keys: {} }); setStep('choose'); setNote(answer.title); read() }
    return answer
  }
  const end = () => void send('POST', '/api/health/bindings/end', { token }).then((answer) => (answer.ok || answer.code === 'health.binding_unknown' ? lose(t('reportEnded')) : setTrouble(answer.title)))
  const back = () => setStep('choose')
  const words = failed && waits.length ? t('reportRetry', { failed }) : note
  const named = target ? nameOf(day, target, today) : ''
  if (Own) return <Own token={token} back={() => setOwn(undefined)} />
  const resting = step === 'choose' || step === 'done' || step === 'waits'
  return (
    <Frame title={t('reportTitle')}>
      <h1>{t('reportHello', { name: day.name })}</h1>
      <p class="help">{day.enterpriseName}{t('dot')}{day.workplaceName}{t('dot')}{today}{day.relation === 'family' ? `${t('dot')}${t('reportBy.family')}` : ''}</p>
      {told}
      {off ? <p class="note" role="status">{t('reportOffline')}</p> : null}
      {words ? <p class="note" role="status">{words}</p> : null}
      {step === 'done' && receipt ? <Received receipt={receipt} /> : <Slots day={day} today={today} slots={slots} off={off} />}
      {resting ? <Waits day={day} today={today} waits={waits} changed={() => { setFailed(0); void pump(); read() }} /> : null}
      {next && resting ? (
        <section class="card" aria-label={nameOf(day, next, today)}>
          <h2>{step === 'choose' ? t('reportHow', { slot: nameOf(day, next, today) }) : t('reportMore', { slot: nameOf(day, next, today) })}</h2>
          <button type="button" class="main-deed huge" onClick={() => go('normal', aim(next))}>{t('reportNormal')}</button>
          {day.last && !off ? <button type="button" class="side full huge" onClick={() => void recall(day.last!, 'same', aim(next))}>{t('reportSame')}</button> : null}
          <button type="button" class="side full huge" onClick={() => go('other', aim(next))}>{t('reportOther')}</button>
        </section>
      ) : null}
      {resting && !off ? <Fixable day={day} today={today} slots={slots.concat(earlier)} fix={(one) => void recall(one, 'fix', aim(one))} late={(one) => go('normal', aim(one))} /> : null}
      {target && (step === 'normal' || step === 'same') ? <ShortDay form={day.form} title={t(step === 'same' ? 'reportSameOf' : 'reportNormalOf', { slot: named })} said={step === 'same' ? sameAgain(day.form, said) : normalAnswers(day.form)} deed={t('reportSend')} send={report} back={back} other={() => setStep('other')} /> : null}
      {target && (step === 'other' || step === 'fix') ? <>
        <h2>{step === 'fix' ? t('reportFixOf', { slot: named, version: target.version }) : named}</h2>
        <Filling key={step} form={day.form} known={{ today }} begin={step === 'fix' ? said : {}} keep="" deed={t(step === 'fix' ? 'reportFixSend' : 'reportSend')} send={report} controls={measureControls(day.form)} />
        <p><button type="button" class="plain" onClick={back}>‹ {t('reportBack')}</button></p>
      </> : null}
      {resting ? <>
        <Receipts key={`${(kept().receipts || []).length}`} who={day.employmentId} />
        {foot}
        {off ? null : <p class="report-end"><button type="button" class="plain" onClick={() => void ownPage().then((page) => setOwn(() => page.OwnRecord), () => setNote(t('network')))}>{t('reportOwn')}</button></p>}
        <p class="report-end">{ending
          ? <span role="group" aria-label={t('reportEnd')}>{t('reportEndSure')} <button type="button" class="plain" onClick={end}>{t('reportEndYes')}</button> <button type="button" class="plain" onClick={() => setEnding(false)}>{t('reportEndNo')}</button></span>
          : <button type="button" class="plain" onClick={() => setEnding(true)}>{t('reportEnd')}</button>}</p>
      </> : null}
    </Frame>
  )
}
