// Taking up a staff account by its one-time link: a password, a one-time-code app, done.
import type { Invitation, Session } from '@fugong/contract/identity'
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import en from './invitation.en.json'
import zh from './invitation.zh.json'
import { issueWords, learn, send, t } from './kit.ts'
import { Field, Frame, Password, show, Submit, Summary, type Errors } from './parts.tsx'

learn({ zh, en })
type Known = Static<typeof Invitation>
// The token stays in this page's memory; the address is cleaned so that neither history nor a screenshot keeps it.
const token = location.hash.slice(1)
if (token) history.replaceState(null, '', location.pathname + location.search)
const LEAST = 12

function InvitationPage() {
  const [known, setKnown] = useState<Known>()
  const [invalid, setInvalid] = useState<string>()
  const [done, setDone] = useState(false)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const [sending, setSending] = useState(false)
  const [errors, setErrors] = useState<Errors>({})
  const [refusal, setRefusal] = useState<string>()
  const [attempt, setAttempt] = useState(0)
  const read = () => {
    setInvalid(undefined)
    if (!/^[A-Za-z0-9_-]{20,100}$/.test(token)) return setInvalid(t('linkBroken'))
    void send<Known>('POST', '/api/invitations/read', { token }).then((answer) => (answer.ok ? setKnown(answer.data) : setInvalid(answer.title)))
  }
  useEffect(read, [])
  const labels: Record<string, string> = { password: t('newPassword'), code: t('totp') }
  const fail = (found: Errors, words?: string) => { setErrors(found); setRefusal(words); setAttempt(attempt + 1) }
  const submit = async (event: Event) => {
    event.preventDefault()
    if (sending) return
    const found: Errors = {}
    if (Array.from(password).length < LEAST) found['password'] = issueWords({ path: '', code: 'issue.too_short', params: { limit: LEAST } }, labels['password']!)
    if (!/^\d{6}$/.test(code.trim())) found['code'] = issueWords({ path: '', code: 'issue.code_six' }, labels['code']!)
    if (Object.keys(found).length > 0) return fail(found)
    setSending(true)
    const answer = await send<Session>('POST', '/api/invitations/accept', { token, password, code: code.trim() })
    setSending(false)
    if (answer.ok) return setDone(true)
    for (const issue of answer.issues) { const id = issue.path.slice(1); if (labels[id]) found[id] = issueWords(issue, labels[id]!) }
    if (answer.code === 'identity.code_wrong') found['code'] = answer.title
    if (answer.code === 'identity.weak_password') found['password'] = answer.title
    fail(found, Object.keys(found).length > 0 ? undefined : answer.title)
  }
  if (done) return <Frame title={t('doneTitle')}><div class="card state good-state"><Tick /><h1>{t('doneTitle')}</h1><p>{t('doneText')}</p><a class="main-deed" href="/console">{t('goConsole')}</a></div></Frame>
  if (invalid) return <Frame title={t('invitation')}><h1>{t('invitation')}</h1><div class="summary" role="alert"><h2>{invalid}</h2></div><p><button type="button" class="side" onClick={read}>{t('again')}</button></p></Frame>
  if (!known) return <Frame title={t('invitation')}><p role="status">{t('loading')}</p></Frame>
  return (
    <Frame title={t('invitation')}>
      <h1>{t('invitation')}</h1>
      <form class="card" noValidate onSubmit={(event) => void submit(event)}>
        <Summary refusal={refusal} errors={errors} attempt={attempt} />
        <dl class="facts"><dt>{t('name')}</dt><dd>{known.name}</dd><dt>{t('username')}</dt><dd class="mono">{known.username}</dd></dl>
        <h2>{t('stepPassword')}</h2>
        <input class="away" type="text" autoComplete="username" value={known.username} readOnly tabIndex={-1} aria-hidden="true" />
        <Password id="password" label={labels['password']!} help={t('passwordHelp')} value={password} onValue={setPassword} autoComplete="new-password" maxLength={200} error={errors['password']} />
        <h2>{t('stepApp')}</h2>
        <p class="help">{t('appHelp')}</p>
        <div class="qr"><img alt={t('qrAlt')} width="220" height="220" src={`data:image/svg+xml,${encodeURIComponent(known.totpQr)}`} />
          <div><div class="help">{t('secretHelp')}</div><code class="mono secret">{known.totpSecret.replace(/(.{4})(?=.)/g, '$1 ')}</code><p><a href={known.totpUri}>{t('openApp')}</a></p></div></div>
        <h2>{t('stepCode')}</h2>
        <Field id="code" label={labels['code']!} help={t('totpHelp')} value={code} onValue={setCode} inputMode="numeric" autoComplete="one-time-code" maxLength={8} mono error={errors['code']} />
        <Submit sending={sending}>{t('takeUp')}</Submit>
      </form>
    </Frame>
  )
}
function Tick() {
  return <svg width="64" height="64" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="7" fill="currentColor" /><path d="m4.800 8.200 2.200 2.200 4.200-4.600" fill="none" stroke="#fff" stroke-width="1.600" stroke-linecap="round" stroke-linejoin="round" /></svg>
}
show(InvitationPage)
