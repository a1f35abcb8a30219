// Binding this phone: whose poster it is, name and last four of the ID number, then the code that was sent to the phone on the roster.
import type { AskState, BindingAsked, HealthPoster } from '@fugong/contract/health.phones'
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { issueWords, language, send, t, type Refusal } from './kit.ts'
import { Field, Frame, Submit, Summary, type Errors } from './parts.tsx'
import { deviceId, keep, kept } from './report-kept.ts'

interface Told { errors: Errors; refusal: string | undefined; attempt: number }
const calm: Told = { errors: {}, refusal: undefined, attempt: 0 }
const required = (label: string) => issueWords({ path: '', code: 'issue.required' }, label)

export interface BindProps { poster: string; /** Whether this phone reports for nobody yet. */ first: boolean; bound: (token: string) => void; back: (() => void) | undefined; children: ComponentChildren }
export function BindPhone(props: BindProps) {
  const [ask, setAsk] = useState(kept().ask || '')
  if (ask) return <Claim ask={ask} bound={props.bound} over={() => { keep({ ask: '' }); setAsk('') }} again={props.poster !== ''} />
  return <AskFor {...props} claimed={(made) => { keep({ ask: made }); setAsk(made) }} />
}
/** Seconds between two looks at a claim. */
const LOOK = 10
/** What waits for the firm; looked at again and again while the page is open, and whenever it is opened. */
function Claim({ ask, bound, over, again }: { ask: string; bound: (token: string) => void; over: () => void; again: boolean }) {
  const [state, setState] = useState<AskState>()
  const [trouble, setTrouble] = useState<string>()
  useEffect(() => {
    let stopped = false
    let timer: ReturnType<typeof setTimeout>
    const look = () => void send<AskState>('POST', '/api/health/binding-asks/state', { ask }).then((answer) => {
      if (stopped) return
      if (answer.ok && answer.data.token) return bound(answer.data.token)
      setTrouble(answer.ok || answer.code === 'health.ask_over' ? undefined : answer.title)
      if (answer.ok) setState(answer.data)
      else if (answer.code === 'health.ask_over') setState({ state: 'over', reason: null, token: null })
      if (!answer.ok || answer.data.state === 'waiting') timer = setTimeout(look, LOOK * 1000)
    })
    look()
    return () => { stopped = true; clearTimeout(timer) }
  }, [])
  const title = t('reportBindTitle')
  if (!state) return <Frame title={title}><h1>{title}</h1><p role="status">{trouble || t('loading')}</p></Frame>
  return (
    <Frame title={title}>
      <h1>{title}</h1>
      <div class={`card state ${state.state === 'waiting' ? 'suspended-state' : 'revoked-state'}`} role="status">
        <h1>{t(`reportClaim.${state.state}`)}</h1>
        {state.reason ? <p class="strong">{state.reason}</p> : null}
        <p class="help">{trouble || t(`reportClaimHelp.${state.state}`)}</p>
      </div>
      {state.state === 'waiting' ? null : <p><button type="button" class="main-deed" onClick={over}>{t(again ? 'reportAnew' : 'reportBack')}</button></p>}
    </Frame>
  )
}
function AskFor({ poster, first, bound, back, children, claimed }: BindProps & { claimed: (ask: string) => void }) {
  const [family, setFamily] = useState(!first)
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
    const answer = await send<BindingAsked>('POST', '/api/health/binding-asks', { poster, device: deviceId(), relation: family ? 'family' : 'self', noticeVersion: place.notice.version, agreed: true, name: name.trim(), tail: tail.trim() })
    setSending(false)
    if (answer.ok) { if (answer.data.sentTo === null) return claimed(answer.data.ask); setCode(''); setTold(calm); return setAsked(answer.data) }
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
      {back ? <p><button type="button" class="plain back" onClick={back}>‹ {t('reportBack')}</button></p> : null}
      {asked ? (
        <form class="card" noValidate onSubmit={(event) => void bind(event)}>
          {summary}
          <p class="note" role="status">{t('reportSentTo', { tail: asked.sentTo || '' })}</p>
          <Field id="code" label={t('code')} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={6} mono error={told.errors['code']} />
          <Submit sending={sending}>{t('reportBind')}</Submit>
          <button type="button" class="plain" onClick={() => { setAsked(undefined); setTold(calm) }}>‹ {t('reportNoCode')}</button>
        </form>
      ) : (
        <form class="card" noValidate onSubmit={(event) => void askFor(event)}>
          {summary}
          <p class="help">{t('reportBindHelp')}</p>
          <fieldset class="field"><legend>{t('reportFor')}</legend>{[false, true].map((one) => <label class="tick" key={String(one)}><input type="radio" name="for" checked={family === one} onChange={() => setFamily(one)} /><span>{t(one ? 'reportForFamily' : 'reportForSelf')}</span></label>)}{family ? <div class="help">{t('reportForHelp')}</div> : null}</fieldset>
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
