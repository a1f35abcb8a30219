// The daily report on an employee's phone: bound once by the poster, then a normal day in two taps, with a receipt that says what is received.
import type { Answers } from '@fugong/contract/forms'
import type { Receipt } from '@fugong/contract/health'
import type { HealthDay } from '@fugong/contract/health.phones'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Filling } from './form.tsx'
import { instant, language, learn, send, t, type Refusal } from './kit.ts'
import { Frame, show } from './parts.tsx'
import { BindPhone } from './report-bind.tsx'
import { deliver, forget, keep, keepReceipt, kept, keyFor } from './report-deliver.ts'
import { measureControls, NormalDay } from './report-normal.tsx'
import { Receipts } from './report-proof.tsx'
import en from './report.en.json'
import zh from './report.zh.json'

learn({ zh, en })
// Poster's secret; it stands behind the sign # and reaches no server log.
const poster = /^#[A-Za-z0-9_-]{32}$/.test(location.hash) ? location.hash.slice(1) : ''
const GONE = ['health.binding_unknown', 'health.not_on_roster']
type Step = 'choose' | 'normal' | 'other' | 'done'

function ReportPage() {
  const [token, setToken] = useState(kept().token || '')
  const [gone, setGone] = useState('')
  const bound = (made: string) => { keep({ token: made }); setGone(''); setToken(made) }
  const lose = (words: string) => { forget(); setToken(''); setGone(words) }
  if (token) return <Day token={token} lose={lose} />
  const told = gone ? <p class="note" role="status">{gone}</p> : null
  if (poster) return <BindPhone poster={poster} bound={bound}>{told}</BindPhone>
  return <Frame title={t('reportTitle')}><h1>{t('reportTitle')}</h1>{told}<div class="card"><h2>{t('reportScan')}</h2><p class="help">{t('reportScanHelp')}</p></div></Frame>
}

function Day({ token, lose }: { token: string; lose: (words: string) => void }) {
  const [day, setDay] = useState<HealthDay>()
  const [trouble, setTrouble] = useState<string>()
  const [step, setStep] = useState<Step>('choose')
  const [receipt, setReceipt] = useState<Receipt>()
  const [failed, setFailed] = useState(0)
  const [ending, setEnding] = useState(false)
  const [note, setNote] = useState<string>()
  const busy = useRef(false)
  const readAt = useRef(0)
  const read = () => {
    setTrouble(undefined)
    void send<HealthDay>('POST', '/api/health/day', { token }).then((answer) => {
      readAt.current = Date.now()
      if (answer.ok) return setDay(answer.data)
      if (GONE.indexOf(answer.code) >= 0) return lose(answer.title)
      setTrouble(answer.title)
    })
  }
  useEffect(() => {
    read()
    // A page left open overnight shows the new day when it is looked at again.
    const look = () => { if (document.visibilityState === 'visible' && !busy.current && Date.now() - readAt.current > 600000) { setStep('choose'); read() } }
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  if (trouble) return <Frame title={t('reportTitle')}><h1>{t('reportTitle')}</h1><div class="summary" role="alert"><h2>{trouble}</h2><p class="help">{t('reportNotSent')}</p></div><p><button type="button" class="main-deed" onClick={read}>{t('again')}</button></p></Frame>
  if (!day) return <Frame title={t('reportTitle')}><p role="status">{t('loading')}</p></Frame>
  const open = day.slots.filter((one) => one.number === null)
  const next = open[0]
  const nameOf = (slot: 1 | 2) => t(day.slots.length > 1 ? `reportSlot${slot}` : 'reportToday')

  const report = async (answers: Answers): Promise<Refusal | undefined> => {
    if (busy.current || !next) return undefined
    busy.current = true
    const answer = await deliver({ key: keyFor(next.day, next.slot), day: next.day, slot: next.slot, answers }, {
      post: (given) => send<Receipt>('POST', '/api/health/reports', given, token), wait: (time) => new Promise((done) => setTimeout(done, time)), random: Math.random, told: setFailed,
    })
    busy.current = false
    setFailed(0)
    if (answer.ok) {
      keepReceipt(answer.data)
      setReceipt(answer.data)
      setDay({ ...day, slots: day.slots.map((one) => (one.slot === next.slot ? { ...one, number: answer.data.number } : one)) })
      setStep('done')
      window.scrollTo(0, 0)
      return undefined
    }
    if (GONE.indexOf(answer.code) >= 0) { lose(answer.title); return undefined }
    if (answer.code === 'health.already_reported') { keep({ key: '' }); setStep('choose'); setNote(answer.title); read() }
    return answer
  }
  const end = () => void send('POST', '/api/health/bindings/end', { token }).then((answer) => (answer.ok || answer.code === 'health.binding_unknown' ? lose(t('reportEnded')) : setTrouble(answer.title)))
  const words = failed ? t('reportRetry', { failed }) : note
  return (
    <Frame title={t('reportTitle')}>
      <h1>{t('reportHello', { name: day.name })}</h1>
      <p class="help">{day.enterpriseName}{t('dot')}{day.workplaceName}{t('dot')}{day.today}</p>
      {words ? <p class="note" role="status">{words}</p> : null}
      {step === 'done' && receipt ? <Received receipt={receipt} /> : <Slots day={day} nameOf={nameOf} />}
      {next && (step === 'choose' || step === 'done') ? (
        <section class="card" aria-label={nameOf(next.slot)}>
          <h2>{step === 'done' ? t('reportMore', { slot: nameOf(next.slot) }) : t('reportHow', { slot: nameOf(next.slot) })}</h2>
          <button type="button" class="main-deed huge" onClick={() => setStep('normal')}>{t('reportNormal')}</button>
          <button type="button" class="side full huge" onClick={() => setStep('other')}>{t('reportOther')}</button>
        </section>
      ) : null}
      {next && step === 'normal' ? <NormalDay form={day.form} slot={nameOf(next.slot)} send={report} back={() => setStep('choose')} other={() => setStep('other')} /> : null}
      {next && step === 'other' ? <>
        <Filling form={day.form} known={{ today: day.today }} keep="" deed={t('reportSend')} send={report} controls={measureControls(day.form)} />
        <p><button type="button" class="plain" onClick={() => setStep('choose')}>‹ {t('reportBack')}</button></p>
      </> : null}
      {step === 'choose' || step === 'done' ? <Receipts key={receipt ? receipt.number : ''} /> : null}
      {step === 'choose' || step === 'done' ? (
        <p class="report-end">{ending
          ? <span role="group" aria-label={t('reportEnd')}>{t('reportEndSure')} <button type="button" class="plain" onClick={end}>{t('reportEndYes')}</button> <button type="button" class="plain" onClick={() => setEnding(false)}>{t('reportEndNo')}</button></span>
          : <button type="button" class="plain" onClick={() => setEnding(true)}>{t('reportEnd')}</button>}</p>
      ) : null}
    </Frame>
  )
}
/** What of today is safely received, and what is not. */
function Slots({ day, nameOf }: { day: HealthDay; nameOf: (slot: 1 | 2) => string }) {
  const receipts = kept().receipts || []
  return (
    <dl class="facts report-slots" aria-label={t('reportState')}>{day.slots.map(({ slot, number }) => {
      const found = receipts.filter((one) => one.number === number)[0]
      return [<dt key={slot}>{nameOf(slot)}</dt>, <dd key={`${slot}-state`}>{number ? <><strong class="report-in">✓ {t('reportIn')}</strong><br /><span class="help">{t('reportNumber')} <span class="mono">{number}</span>{found ? <><br />{t('reportAt', { at: instant(found.acceptedAt) })}</> : null}</span></> : <strong class="report-out">{t('reportOut')}</strong>}</dd>]
    })}</dl>
  )
}
function Received({ receipt }: { receipt: Receipt }) {
  const head = useRef<HTMLHeadingElement>(null)
  useEffect(() => { if (head.current) head.current.focus() }, [])
  return (
    <div class={`card state ${receipt.level === 'green' ? 'good-state' : receipt.level === 'yellow' ? 'suspended-state' : 'revoked-state'}`}>
      <h1 tabIndex={-1} ref={head} aria-live="polite">✓ {t('reportIn')}</h1>
      <p class="strong">{t(`reportLevel.${receipt.level}`)}</p>
      <p>{receipt.because[language()]}</p>
      <p class="help">{t(`reportNext.${receipt.level}`)}</p>
      <dl class="facts">
        <dt>{t('reportNumber')}</dt><dd class="mono strong">{receipt.number}</dd>
        <dt>{t('reportTime')}</dt><dd>{instant(receipt.acceptedAt, true)}</dd>
        <dt>{t('reportHash')}</dt><dd class="mono draw-hash">{receipt.hash}</dd>
      </dl>
    </div>
  )
}
show(ReportPage)
