// The daily report on an employee's phone: bound once by the poster, then a normal day in two taps, with a receipt that says what is received; also without a network.
import { useEffect, useState } from 'preact/hooks'
import { learn, read, t } from './kit.ts'
import { Frame, show } from './parts.tsx'
import { BindPhone } from './report-bind.tsx'
import { addPerson, forget, keep, kept, people, personShown } from './report-kept.ts'
import zh from './report.zh.json'

learn({ zh, en: () => import('./report.en.json') })
// Poster's secret; it stands behind the sign # and reaches no server log.
const poster = /^#[A-Za-z0-9_-]{32}$/.test(location.hash) ? location.hash.slice(1) : ''

// Whoever binds a phone reads and types for a while: the day's page comes meanwhile, so that the first visit is small.
const fetched = () => import('./report-day.tsx')
type DayPage = Awaited<ReturnType<typeof fetched>>['Day']

function ReportPage() {
  const [Day, setDay] = useState<DayPage>()
  const [lost, setLost] = useState(false)
  const fetchDay = () => { setLost(false); fetched().then((page) => read().then(() => setDay(() => page.Day)), () => setLost(true)) }
  useEffect(fetchDay, [])
  const [shown, setShown] = useState((personShown() || { token: '' }).token)
  const [gone, setGone] = useState('')
  const [adding, setAdding] = useState(false)
  const bound = (token: string) => { addPerson(token); setGone(''); setAdding(false); setShown(token) }
  const choose = (token: string) => { keep({ shown: token }); setGone(''); setShown(token) }
  const lose = (words: string) => { forget(shown); setGone(words); setShown((personShown() || { token: '' }).token) }
  const told = gone ? <p class="note" role="status">{gone}</p> : null
  if (shown && !adding && !Day) return <Frame title={t('reportTitle')}>{lost ? <><h1>{t('network')}</h1><p><button type="button" class="main-deed" onClick={fetchDay}>{t('again')}</button></p></> : <p role="status">{t('loading')}</p>}</Frame>
  if (shown && !adding && Day) return (
    <Day key={shown} token={shown} lose={lose} told={told} foot={<>
      {people().length > 1 ? <nav class="card" aria-label={t('reportPeople')}><h2>{t('reportPeople')}</h2>{people().map(({ token, day }) => (
        <button type="button" key={token} class={token === shown ? 'main-deed' : 'side full'} aria-pressed={token === shown} onClick={() => choose(token)}>{day ? `${day.name} ${t('dot')} ${day.enterpriseName}` : '…'}</button>
      ))}</nav> : null}
      {poster ? <p class="report-end"><button type="button" class="plain" onClick={() => setAdding(true)}>{t('reportAdd')}</button></p> : null}
    </>} />
  )
  if (poster || kept().ask) return <BindPhone poster={poster} first={!people().length} bound={bound} back={adding ? () => setAdding(false) : undefined}>{told}</BindPhone>
  return <Frame title={t('reportTitle')}><h1>{t('reportTitle')}</h1>{told}<div class="card"><h2>{t('reportScan')}</h2><p class="help">{t('reportScanHelp')}</p></div></Frame>
}
show(ReportPage)
// Afterwards the page opens without a network. Browsers give it only to pages that came over HTTPS.
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/report-sw.js', { scope: '/report' }).catch(() => undefined)
