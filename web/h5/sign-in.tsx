// Signing in: firms with phone and code, officials with username, password and one-time code.
import type { Session, sendPhoneCode, signIn, signInByPhone } from '@fugong/contract/identity'
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import en from './sign-in.en.json'
import zh from './sign-in.zh.json'
import { issueWords, learn, nextPage, send, t, type Refusal } from './kit.ts'
import { Field, Frame, Password, show, Submit, Summary, type Errors } from './parts.tsx'

learn({ zh, en })
type Body<E extends { body?: unknown }> = Static<NonNullable<E['body']> extends infer B ? (B extends object ? B : never) : never>
const RESEND_AFTER = 60

/** Faults by field from what the server or the page itself found. */
function errorsOf(refusal: Refusal, labels: Record<string, string>): Errors {
  const errors: Errors = {}
  for (const issue of refusal.issues) {
    const id = issue.path.slice(1)
    if (labels[id] && !errors[id]) errors[id] = issueWords(issue, labels[id]!)
  }
  return errors
}
interface State { errors: Errors; refusal: string | undefined; attempt: number }
const calm: State = { errors: {}, refusal: undefined, attempt: 0 }
function refused(state: State, refusal: Refusal, labels: Record<string, string>): State {
  const errors = errorsOf(refusal, labels)
  if (refusal.code === 'identity.code_wrong') errors['code'] = refusal.title
  return { errors, refusal: Object.keys(errors).length > 0 ? undefined : refusal.title, attempt: state.attempt + 1 }
}
function enter(session: Session): void {
  location.assign(nextPage(location.search, session.staff))
}

function FirmForm({ sample }: { sample: boolean }) {
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [name, setName] = useState('')
  const [first, setFirst] = useState(false)
  const [sent, setSent] = useState<{ to: string; at: number }>()
  const [left, setLeft] = useState(0)
  const [sending, setSending] = useState(false)
  const [state, setState] = useState<State>(calm)
  const labels = { phone: t('phone'), code: t('code'), name: t('name') }
  useEffect(() => {
    if (!sent) return
    const tick = () => setLeft(Math.max(0, RESEND_AFTER - Math.floor((Date.now() - sent.at) / 1000)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [sent])
  const plain = phone.replace(/[\s-]/g, '').replace(/^\+?86(?=1\d{10}$)/, '')
  const fail = (errors: Errors) => setState({ errors, refusal: undefined, attempt: state.attempt + 1 })

  const ask = async () => {
    if (left > 0 || sending) return
    if (!/^1[3-9]\d{9}$/.test(plain)) return fail({ phone: issueWords({ path: '/phone', code: 'issue.phone' }, labels.phone) })
    setSending(true)
    const body: Body<typeof sendPhoneCode> = { phone: plain }
    const answer = await send('POST', '/api/phone-codes', body)
    setSending(false)
    if (!answer.ok) return setState(refused(state, answer, labels))
    setState(calm)
    setSent({ to: plain, at: Date.now() })
    const next = document.getElementById('code')
    if (next) next.focus()
  }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (sending) return
    const errors: Errors = {}
    if (!/^1[3-9]\d{9}$/.test(plain)) errors['phone'] = issueWords({ path: '/phone', code: 'issue.phone' }, labels.phone)
    if (!/^\d{6}$/.test(code.trim())) errors['code'] = issueWords({ path: '/code', code: 'issue.code_six' }, labels.code)
    if (first && !name.trim()) errors['name'] = issueWords({ path: '/name', code: 'issue.required' }, labels.name)
    if (Object.keys(errors).length > 0) return fail(errors)
    setSending(true)
    const body: Body<typeof signInByPhone> = { phone: plain, code: code.trim(), ...(first ? { name: name.trim() } : {}) }
    const answer = await send<Session>('POST', '/api/session/phone', body)
    if (answer.ok) return enter(answer.data)
    setSending(false)
    if (!first && answer.issues.some((issue) => issue.path === '/name')) {
      // A number that is new here: not a fault, one more question.
      setFirst(true)
      setState(calm)
      return void setTimeout(() => { const field = document.getElementById('name'); if (field) field.focus() })
    }
    setState(refused(state, answer, labels))
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Summary {...state} />
      <Field id="phone" label={labels.phone} value={phone} onValue={setPhone} type="tel" inputMode="tel" autoComplete="tel-national" maxLength={20} error={state.errors['phone']} wrap
        beside={<button type="button" class="side" aria-disabled={left > 0 || sending} onClick={() => void ask()}>{left > 0 ? t('resendIn', { seconds: left }) : t(sent ? 'resend' : 'sendCode')}</button>} />
      {sent ? <p class="good" role="status">{t('sent', { phone: `${sent.to.slice(0, 3)}****${sent.to.slice(7)}` })}{sample ? <> <a href="/outbox" target="_blank" rel="noreferrer">{t('seeOutbox')}</a></> : null}</p> : null}
      <Field id="code" label={labels.code} help={t('codeHelp')} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={8} mono error={state.errors['code']} />
      {first ? <Field id="name" label={labels.name} help={t('nameHelp')} value={name} onValue={setName} autoComplete="name" maxLength={40} error={state.errors['name']} /> : null}
      <Submit sending={sending}>{t('signIn')}</Submit>
    </form>
  )
}

function StaffForm() {
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [sending, setSending] = useState(false)
  const [state, setState] = useState<State>(calm)
  const labels = { username: t('username'), password: t('password'), code: t('totp') }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (sending) return
    const errors: Errors = {}
    if (!username.trim()) errors['username'] = issueWords({ path: '', code: 'issue.required' }, labels.username)
    if (!password) errors['password'] = issueWords({ path: '', code: 'issue.required' }, labels.password)
    if (!/^\d{6}$/.test(code.trim())) errors['code'] = issueWords({ path: '', code: 'issue.code_six' }, labels.code)
    if (Object.keys(errors).length > 0) return setState({ errors, refusal: undefined, attempt: state.attempt + 1 })
    setSending(true)
    const body: Body<typeof signIn> = { username: username.trim(), password, code: code.trim() }
    const answer = await send<Session>('POST', '/api/session', body)
    if (answer.ok) return enter(answer.data)
    setSending(false)
    setState(refused(state, answer, labels))
  }
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <Summary {...state} />
      <Field id="username" label={labels.username} value={username} onValue={setUsername} autoComplete="username" maxLength={60} error={state.errors['username']} />
      <Password id="password" label={labels.password} value={password} onValue={setPassword} autoComplete="current-password" maxLength={200} error={state.errors['password']} />
      <Field id="code" label={labels.code} help={t('totpHelp')} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={8} mono error={state.errors['code']} />
      <Submit sending={sending}>{t('signIn')}</Submit>
      <p class="help">{t('lost')}</p>
    </form>
  )
}

function SignIn() {
  const [staff, setStaff] = useState(/[?&]as=staff/.test(location.search) || /[?&]next=(%2F|\/)console/i.test(location.search))
  const [session, setSession] = useState<Session>()
  useEffect(() => void send<Session>('GET', '/api/session').then((answer) => { if (answer.ok) setSession(answer.data) }), [])
  const sample = Boolean(session && session.sampleCity)
  const tab = (on: boolean, text: string) => (
    <button type="button" role="tab" id={on ? 'tab-staff' : 'tab-firm'} aria-selected={staff === on} aria-controls="panel" tabIndex={staff === on ? 0 : -1} onClick={() => setStaff(on)}
      onKeyDown={(event) => { if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') { setStaff(!staff); const other = document.getElementById(staff ? 'tab-firm' : 'tab-staff'); if (other) other.focus() } }}>{text}</button>
  )
  return (
    <Frame title={t('signIn')}>
      <h1>{t('signInTitle')}</h1>
      {session && session.signedIn ? <p class="note">{t('already', { name: session.name || '' })} <a href={nextPage(location.search, session.staff)}>{t('goOn')}</a></p> : null}
      <div class="card">
        <div class="tabs" role="tablist" aria-label={t('who')}>{tab(false, t('firms'))}{tab(true, t('officials'))}</div>
        <div id="panel" role="tabpanel" aria-labelledby={staff ? 'tab-staff' : 'tab-firm'}>{staff ? <StaffForm /> : <FirmForm sample={sample} />}</div>
      </div>
      {sample ? <p class="note">{t('sampleNote')} <a href="/outbox">{t('openOutbox')}</a></p> : null}
    </Frame>
  )
}
show(SignIn)
