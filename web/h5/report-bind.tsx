// Binding this phone: whose poster it is, name and last four of the ID number, then the code that was sent to the phone on the roster.
import type { BindingAsked, HealthPoster } from '@fugong/contract/health.phones'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { issueWords, language, send, t, type Refusal } from './kit.ts'
import { Field, Frame, Submit, Summary, type Errors } from './parts.tsx'
import { deviceId } from './report-deliver.ts'

interface Told { errors: Errors; refusal: string | undefined; attempt: number }
const calm: Told = { errors: {}, refusal: undefined, attempt: 0 }
const required = (label: string) => issueWords({ path: '', code: 'issue.required' }, label)

export function BindPhone({ poster, bound, children }: { poster: string; bound: (token: string) => void; children: ComponentChildren }) {
  const [place, setPlace] = useState<HealthPoster>()
  const [invalid, setInvalid] = useState<string>()
  const [name, setName] = useState('')
  const [tail, setTail] = useState('')
  const [agreed, setAgreed] = useState(false)
  const [asked, setAsked] = useState<BindingAsked>()
  const [code, setCode] = useState('')
  const [sending, setSending] = useState(false)
  const [told, setTold] = useState<Told>(calm)
  const read = () => {
    setInvalid(undefined)
    void send<HealthPoster>('POST', '/api/health/posters/read', { poster }).then((answer) => (answer.ok ? setPlace(answer.data) : setInvalid(answer.title)))
  }
  useEffect(read, [])
  const fail = (errors: Errors, refusal?: string) => setTold((before) => ({ errors, refusal, attempt: before.attempt + 1 }))
  const refuse = (refusal: Refusal, labels: Record<string, string>) => {
    const errors: Errors = {}
    for (const issue of refusal.issues) { const id = issue.path.slice(1); if (labels[id] && !errors[id]) errors[id] = issueWords(issue, labels[id]!) }
    if (refusal.code === 'identity.code_wrong') errors['code'] = refusal.title
    fail(errors, Object.keys(errors).length ? undefined : refusal.title)
  }
  const askFor = async (event: Event) => {
    event.preventDefault()
    if (sending || !place) return
    const errors: Errors = {}
    if (!name.trim()) errors['name'] = required(t('name'))
    if (!/^\s*[0-9A-Za-z]{4}\s*$/.test(tail)) errors['tail'] = t('issue.id_tail')
    if (!agreed) errors['agreed'] = t('reportAgree')
    if (Object.keys(errors).length) return fail(errors)
    setSending(true)
    const answer = await send<BindingAsked>('POST', '/api/health/binding-asks', { poster, device: deviceId(), noticeVersion: place.notice.version, agreed: true, name: name.trim(), tail: tail.trim() })
    setSending(false)
    if (answer.ok) { setCode(''); setTold(calm); return setAsked(answer.data) }
    if (answer.code === 'health.notice_changed') { setAgreed(false); read() }
    refuse(answer, { name: t('name'), tail: t('reportTail') })
  }
  const bind = async (event: Event) => {
    event.preventDefault()
    if (sending || !asked) return
    if (!/^\d{6}$/.test(code.trim())) return fail({ code: t('issue.code_six') })
    setSending(true)
    const answer = await send<{ token: string }>('POST', '/api/health/bindings', { ask: asked.ask, code: code.trim() })
    setSending(false)
    if (answer.ok) return bound(answer.data.token)
    if (answer.code === 'health.ask_over') setAsked(undefined)
    refuse(answer, { code: t('code') })
  }
  const title = t('reportBindTitle')
  if (invalid) return <Frame title={title}><h1>{title}</h1>{children}<div class="summary" role="alert"><h2>{invalid}</h2></div><p><button type="button" class="side" onClick={read}>{t('again')}</button></p></Frame>
  if (!place) return <Frame title={title}><p role="status">{t('loading')}</p></Frame>
  const summary = <Summary refusal={told.refusal} errors={told.errors} attempt={told.attempt} />
  return (
    <Frame title={title}>
      <h1>{title}</h1>
      <p>{place.enterpriseName}{t('dot')}{place.workplaceName}</p>
      {children}
      {asked ? (
        <form class="card" noValidate onSubmit={(event) => void bind(event)}>
          {summary}
          <p class="note" role="status">{t('reportSentTo', { tail: asked.sentTo })}</p>
          <Field id="code" label={t('code')} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={6} mono error={told.errors['code']} />
          <Submit sending={sending}>{t('reportBind')}</Submit>
          <button type="button" class="plain" onClick={() => { setAsked(undefined); setTold(calm) }}>‹ {t('reportNoCode')}</button>
        </form>
      ) : (
        <form class="card" noValidate onSubmit={(event) => void askFor(event)}>
          {summary}
          <p class="help">{t('reportBindHelp')}</p>
          <Field id="name" label={t('name')} value={name} onValue={setName} autoComplete="name" maxLength={40} error={told.errors['name']} />
          <Field id="tail" label={t('reportTail')} value={tail} onValue={setTail} autoComplete="off" maxLength={6} mono error={told.errors['tail']} help={t('reportTailHelp')} />
          <h2>{t('reportNotice')}</h2>
          <p class="help">{place.notice.text[language()]}</p>
          <div class={told.errors['agreed'] ? 'field faulty' : 'field'}>
            {told.errors['agreed'] ? <div class="error" id="agreed-error">{told.errors['agreed']}</div> : null}
            <label class="tick"><input id="agreed" type="checkbox" aria-describedby={told.errors['agreed'] ? 'agreed-error' : undefined} checked={agreed} onChange={(event) => setAgreed(event.currentTarget.checked)} /><span>{t('reportAgreed', { version: place.notice.version })}</span></label>
          </div>
          <Submit sending={sending}>{t('reportSendCode')}</Submit>
          <p class="help">{t('reportNotYet')} <a href={`/join#${poster}`}>{t('reportJoin')}</a></p>
        </form>
      )}
    </Frame>
  )
}
