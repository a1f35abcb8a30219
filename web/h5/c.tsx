// Anyone checks a certificate: a number from the QR or typed, the state as the largest thing on the page, asked again whenever the page comes back.
import type { PublicCertificate } from '@fugong/contract/certificates'
import { useEffect, useRef, useState } from 'preact/hooks'
import en from './c.en.json'
import zh from './c.zh.json'
import { instant, language, learn, questions, send, t } from './kit.ts'
import { Field, Frame, show } from './parts.tsx'

learn({ zh, en })
type Found = { kind: PublicCertificate['state']; certificate: PublicCertificate } | { kind: 'unknown'; at: string } | { kind: 'faulty'; at: string } | { kind: 'failed'; words: string }
const SHAPES = {
  valid: <><circle cx="8" cy="8" r="7.500" fill="currentColor" /><path d="m4.500 8.300 2.500 2.500 4.600-5.100" fill="none" stroke="#fff" stroke-width="1.700" stroke-linecap="round" stroke-linejoin="round" /></>,
  suspended: <><path d="M8 .8 15.600 14.600H.4Z" fill="currentColor" /><path d="M6.600 7v4.500M9.400 7v4.500" stroke="#fff" stroke-width="1.600" stroke-linecap="round" /></>,
  revoked: <><path d="M4.900.5h6.200l4.400 4.400v6.200l-4.400 4.400H4.900L.5 11.100V4.900Z" fill="currentColor" /><path d="m5.200 5.200 5.600 5.600m0-5.600-5.600 5.600" stroke="#fff" stroke-width="1.700" stroke-linecap="round" /></>,
  superseded: <><path d="M.800 8a7.200 7.200 0 1 0 14.400 0A7.200 7.200 0 1 0 .800 8Z" fill="currentColor" /><path d="M4.500 8h6.500M8.500 5l3 3-3 3" fill="none" stroke="#fff" stroke-width="1.700" stroke-linecap="round" stroke-linejoin="round" /></>,
  over: <><path d="M.800.800h14.400v14.400H.800Z" fill="currentColor" /><path d="M4 8h8" stroke="#fff" stroke-width="2" stroke-linecap="round" /></>,
  unknown: <><path d="M.8.8h14.400v14.400H.8Z" fill="none" stroke="currentColor" stroke-width="1.400" stroke-dasharray="2.400 1.600" /><path d="M6 6.200C6.200 4.900 7 4.300 8.100 4.300c1.200 0 2.100.7 2.100 1.900 0 1.600-2.100 1.600-2.100 3.200M8.100 11.600v.1" fill="none" stroke="currentColor" stroke-width="1.500" stroke-linecap="round" /></>,
}

const fromPath = () => {
  const part = /^\/c\/([^/?#]+)/.exec(location.pathname)
  try { return part ? decodeURIComponent(part[1]!) : '' } catch { return '' }
}

/** The signed digits behind # in a QR; the browser keeps them to itself until they are handed in here. */
const codeInAddress = () => (/^#(\d{100,1500})$/.exec(location.hash) || [])[1] || ''

const begin = questions()

function CheckPage() {
  const [typed, setTyped] = useState(fromPath())
  const [asked, setAsked] = useState(fromPath())
  const [found, setFound] = useState<Found>()
  const [checking, setChecking] = useState(false)
  const [error, setError] = useState<string>()
  const last = useRef(0)
  const check = async (number: string) => {
    if (!number) return
    last.current = Date.now()
    setChecking(true)
    const isLast = begin()
    const answer = await send<PublicCertificate>('GET', `/api/public/certificates/${encodeURIComponent(number)}${number === fromPath() && codeInAddress() ? `?code=${codeInAddress()}` : ''}`)
    // A late answer about the number before must not stand under this one.
    if (!isLast()) return
    setChecking(false)
    if (answer.ok) setFound({ kind: answer.data.state, certificate: answer.data })
    else if (answer.status === 404 || answer.status === 422) setFound({ kind: answer.code === 'certificates.number_faulty' ? 'faulty' : 'unknown', at: new Date().toISOString() })
    // An older answer must not stand there as if it had just been checked.
    else setFound({ kind: 'failed', words: answer.title })
  }
  useEffect(() => { void check(asked) }, [asked])
  useEffect(() => {
    const again = () => { if (document.visibilityState === 'visible' && Date.now() - last.current > 4000) void check(asked) }
    document.addEventListener('visibilitychange', again)
    window.addEventListener('pageshow', again)
    window.addEventListener('online', again)
    // Another code of the same number loads no page anew: it would go unread, and a false one be taken for the one before.
    const scanned = () => void check(asked)
    window.addEventListener('hashchange', scanned)
    return () => { document.removeEventListener('visibilitychange', again); window.removeEventListener('pageshow', again); window.removeEventListener('online', again); window.removeEventListener('hashchange', scanned) }
  }, [asked])
  const submit = (event: Event) => {
    event.preventDefault()
    const number = typed.toUpperCase().replace(/\s/g, '').slice(0, 40)
    if (!number) { setError(t('numberMissing')); const field = document.getElementById('number'); if (field) field.focus(); return }
    setError(undefined)
    history.replaceState(null, '', `/c/${encodeURIComponent(number)}`)
    if (number === asked) void check(number)
    else { setFound(undefined); setAsked(number) }
  }
  return (
    <Frame title={t('checkTitle')}>
      {asked ? null : <h1>{t('checkTitle')}</h1>}
      <div aria-live="polite" aria-busy={checking}>
        {asked && !found ? <p class="card" role="status">{t('checking')}</p> : null}
        {found ? <Result found={found} number={asked} checking={checking} again={() => void check(asked)} /> : null}
      </div>
      <form class="card" noValidate onSubmit={submit}>
        <Field id="number" label={t(asked ? 'checkOther' : 'number')} help={t('numberHelp')} value={typed} onValue={setTyped} maxLength={40} mono autoComplete="off" error={error} placeholder="GY-XXXXX-XXXXX-X" />
        <button type="submit" class={asked ? 'side full' : 'main-deed'}>{t('checkDeed')}</button>
      </form>
    </Frame>
  )
}

function Result({ found, number, checking, again }: { found: Found; number: string; checking: boolean; again: () => void }) {
  const button = <button type="button" class="side full" aria-disabled={checking} onClick={again}>{t(checking ? 'checking' : 'checkAgain')}</button>
  if (found.kind === 'failed') return <div class="summary" role="alert"><h2>{found.words}</h2><p>{t('failedHelp')}</p>{button}</div>
  if (found.kind === 'unknown' || found.kind === 'faulty') {
    return (
      <section class="card state unknown-state">
        <svg width="84" height="84" viewBox="0 0 16 16" aria-hidden="true">{SHAPES.unknown}</svg>
        <h1>{t(`state.${found.kind}`)}</h1><p class="mono">{number}</p><p>{t(`${found.kind}Text`)}</p><p class="help">{t('checkedAt', { at: instant(found.at, true) })}</p>{button}
      </section>
    )
  }
  const it = found.certificate
  // A false code is the first thing to know: the record below may be another place's.
  const fake = it.signature === 'forged' || it.signature === 'unknownKey'
  const shown = fake ? 'fake' : found.kind
  return (
    <section class={`card state ${fake ? 'revoked' : found.kind}-state`}>
      <svg width="84" height="84" viewBox="0 0 16 16" aria-hidden="true">{fake ? SHAPES.revoked : found.kind in SHAPES ? SHAPES[found.kind as keyof typeof SHAPES] : SHAPES.over}</svg>
      <h1>{t(`state.${shown}`)}</h1>
      <p>{t(`text.${shown}`)}</p>
      <Signature of={it} />
      {it.sample ? <p class="sample">{t('sampleCertificate')}</p> : null}
      <dl class="facts">
        {fake ? <><dt>{t('recorded')}</dt><dd class="strong">{t(`state.${found.kind}`)}</dd></> : null}
        <dt>{t('enterprise')}</dt><dd class="strong">{it.enterpriseName}</dd>
        <dt>{t('workplace')}</dt><dd>{it.workplaceName}</dd>
        <dt>{t('address')}</dt><dd>{it.address}</dd>
        <dt>{t('number')}</dt><dd class="mono">{it.number}</dd>
        <dt>{t('plannedDate')}</dt><dd>{it.plannedDate}</dd>
        <dt>{t('basis')}</dt><dd>{it.emergency[language()]}</dd>
        {it.unit ? <><dt>{t('unit')}</dt><dd>{it.unit[language()]}</dd></> : null}
        <dt>{t('issuedAt')}</dt><dd>{instant(it.issuedAt)}</dd>
        <dt>{t('validUntil')}</dt><dd>{it.validUntil ?? t('openEnded')}</dd>
        {it.supersededBy ? <><dt>{t('successor')}</dt><dd><a class="mono" href={`/c/${it.supersededBy}`}>{it.supersededBy}</a></dd></> : null}
        {found.kind === 'valid' ? null : <><dt>{t(`since.${found.kind}`)}</dt><dd>{instant(it.stateSince)}</dd></>}
      </dl>
      <p class="checked"><strong>{t('checkedAt', { at: instant(it.checkedAt, true) })}</strong></p>
      <p class="help">{t('compare')}</p>
      {button}
    </section>
  )
}
/** Whether the city signed what the paper says; a forged code is told as loudly as a bad state. */
function Signature({ of }: { of: PublicCertificate }) {
  if (of.signature === null) return <p class="help">{t('signature.none')}</p>
  const good = of.signature === 'genuine'
  return <p class={good ? 'signature good-state' : 'signature revoked-state'} role={good ? undefined : 'alert'}><strong>{t(`signature.${of.signature}`)}</strong>{of.keyId ? <> <a class="mono" href="/c/keys">{of.keyId}</a></> : null}</p>
}

interface Key { id: string; publicKey: string; state: 'active' | 'retired' | 'revoked'; createdAt: string; endedAt: string | null; reason: string | null }
/** The public keys, for whoever checks without this server. */
function KeysPage() {
  const [keys, setKeys] = useState<Key[]>()
  const [failed, setFailed] = useState<string>()
  useEffect(() => { void send<{ items: Key[] }>('GET', '/api/public/certificate-keys').then((answer) => { if (answer.ok) setKeys(answer.data.items); else setFailed(answer.title) }) }, [])
  return (
    <Frame title={t('keys.title')}>
      <h1>{t('keys.title')}</h1>
      <p>{t('keys.text')}</p>
      {failed ? <div class="summary" role="alert"><h2>{failed}</h2></div> : null}
      {!keys && !failed ? <p role="status">{t('keys.loading')}</p> : null}
      {(keys || []).map((key) => (
        <section class="card" key={key.id}>
          <h2 class="mono">{key.id}</h2>
          <dl class="facts">
            <dt>{t('keys.state')}</dt><dd class="strong">{t(`keys.${key.state}`)}{key.reason ? ` · ${key.reason}` : ''}</dd>
            <dt>{t('keys.since')}</dt><dd>{instant(key.createdAt)}{key.endedAt ? ` – ${instant(key.endedAt)}` : ''}</dd>
            <dt>{t('keys.public')}</dt><dd class="mono">{key.publicKey}</dd>
          </dl>
        </section>
      ))}
      <p class="help"><a href="/c">{t('checkTitle')}</a> · <a href="/api/public/certificate-keys">JSON</a></p>
    </Frame>
  )
}
show(fromPath() === 'keys' ? KeysPage : CheckPage)
