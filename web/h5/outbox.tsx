// The sample city's outbox: text messages that would have been sent, and sign-ins whose one-time codes renew themselves.
import type { listOutbox } from '@fugong/contract/identity'
import type { Static } from 'typebox'
import { useEffect, useState } from 'preact/hooks'
import en from './outbox.en.json'
import zh from './outbox.zh.json'
import { instant, language, learn, send, t } from './kit.ts'
import { Frame, show } from './parts.tsx'

learn({ zh, en })
type Outbox = Static<(typeof listOutbox)['returns']>
const EVERY = 5000

function OutboxPage() {
  const [outbox, setOutbox] = useState<Outbox>()
  const [problem, setProblem] = useState<{ absent: boolean; words: string }>()
  const [at, setAt] = useState(Date.now())
  const [now, setNow] = useState(Date.now())
  useEffect(() => {
    let timer = 0
    const read = () => {
      if (document.visibilityState !== 'visible') { timer = window.setTimeout(read, EVERY); return }
      void send<Outbox>('GET', '/api/sample/outbox').then((answer) => {
        if (answer.ok) { setOutbox(answer.data); setAt(Date.now()); setProblem(undefined) }
        else setProblem({ absent: answer.status === 404, words: answer.title })
        if (answer.ok || answer.status !== 404) timer = window.setTimeout(read, EVERY)
      })
    }
    read()
    const clock = window.setInterval(() => setNow(Date.now()), 1000)
    return () => { clearTimeout(timer); clearInterval(clock) }
  }, [])
  const passed = Math.max(0, Math.floor((now - at) / 1000))
  return (
    <Frame title={t('outbox')} wide>
      <h1>{t('outbox')}</h1>
      <p class="note">{t('outboxText')}</p>
      {problem ? <div class="summary" role="alert"><h2>{problem.absent ? t('outboxAbsent') : problem.words}</h2></div> : null}
      {!outbox && !problem ? <p role="status">{t('loading')}</p> : null}
      {outbox ? (
        <>
          <section class="card">
            <h2>{t('messages')}</h2>
            {outbox.messages.length === 0 ? <p class="help">{t('noMessages')}</p> : <ul class="messages">{outbox.messages.map((message) => (
              <li key={message.id}><div class="help"><span class="mono">{message.to}</span><time>{instant(message.at)}</time></div><div>{message.text[language()]}</div></li>
            ))}</ul>}
          </section>
          <section class="card">
            <h2>{t('staff')}</h2><p class="help">{t('staffHelp')} <a href="/sign-in?as=staff">{t('signIn')}</a></p>
            <ul class="people">{outbox.staff.map((one) => {
              const left = one.secondsLeft - passed
              return (
                <li key={one.username}>
                  <div><strong>{one.name}</strong><div class="help">{one.roleName[language()]}{t('dot')}{one.unitName[language()]}</div></div>
                  <Copy label={t('username')} text={one.username} />{one.password ? <Copy label={t('password')} text={one.password} /> : <p class="help">{t('passwordOwn')}</p>}
                  <Copy label={t('totp')} text={one.code} big note={left > 0 ? t('secondsLeft', { seconds: left }) : t('renewing')} />
                </li>
              )
            })}</ul>
          </section>
          <section class="card">
            <h2>{t('contacts')}</h2><p class="help">{t('contactsHelp')} <a href="/sign-in">{t('signIn')}</a></p>
            <ul class="people">{outbox.contacts.map((one) => <li key={one.phone + one.enterprise}><div><strong>{one.name}</strong><div class="help">{one.enterprise}</div></div><Copy label={t('phone')} text={one.phone} /></li>)}</ul>
          </section>
        </>
      ) : null}
    </Frame>
  )
}

/** A value to carry over, copied by one press; where copying is refused it can still be marked by hand. */
function Copy({ label, text, big, note }: { label: string; text: string; big?: boolean; note?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = () => {
    if (!navigator.clipboard) return
    void navigator.clipboard.writeText(text).then(() => { setCopied(true); setTimeout(() => setCopied(false), 1500) }, () => undefined)
  }
  return (
    <div class="copy">
      <span class="help">{label}{note ? <span class="left">{note}</span> : null}</span>
      <span class="beside"><code class={big ? 'mono big' : 'mono'}>{text}</code><button type="button" class="plain" aria-label={`${t('copy')} ${label} ${text}`} onClick={copy}>{t(copied ? 'copied' : 'copy')}</button></span>
    </div>
  )
}
show(OutboxPage)
