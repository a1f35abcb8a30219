// Draws in public: what was committed to, the frozen list, the result, and a check that draws again on the reader's own phone.
import type { PublicDraw } from '@fugong/contract/spotchecks'
import { useEffect, useState } from 'preact/hooks'
import { redraw, type Redrawn, type Told } from './draw.ts'
import en from './draws.en.json'
import zh from './draws.zh.json'
import { instant, language, learn, send, t } from './kit.ts'
import { Frame, show } from './parts.tsx'

learn({ zh, en })
type Listed = { id: string; areaCode: string; unit: { zh: string; en: string }; state: PublicDraw['state']; committedAt: string; drawAt: string; listCount: number | null }
const idIn = () => { const found = /^\/draws\/([0-9a-f-]{36})/.exec(location.pathname); return found ? found[1]! : '' }

function DrawsPage() {
  const id = idIn()
  return <Frame title={t('draws.title')} wide>{id ? <One id={id} /> : <All />}</Frame>
}
function All() {
  const [rows, setRows] = useState<Listed[]>()
  const [failure, setFailure] = useState<string>()
  useEffect(() => { void send<{ items: Listed[] }>('GET', '/api/public/draws').then((answer) => { if (answer.ok) setRows(answer.data.items); else setFailure(answer.title) }) }, [])
  return (
    <>
      <h1>{t('draws.title')}</h1>
      <p>{t('draws.what')}</p>
      {failure ? <p class="summary" role="alert">{failure}</p> : rows === undefined ? <p role="status">{t('loading')}</p> : rows.length === 0 ? <p class="card">{t('draws.none')}</p> : rows.map((row) => (
        <a key={row.id} class="card draw-row" href={`/draws/${row.id}`}><strong>{row.unit[language()]}</strong><span>{t('draws.at', { at: instant(row.drawAt) })}</span><span class="help">{t(`draws.state.${row.state}`)}</span></a>
      ))}
    </>
  )
}
const steps = ['commitment', 'list', 'rates', 'result', 'inspectors'] as const
function One({ id }: { id: string }) {
  const [draw, setDraw] = useState<PublicDraw>()
  const [failure, setFailure] = useState<string>()
  const [checked, setChecked] = useState<Redrawn>()
  useEffect(() => { void send<PublicDraw>('GET', `/api/public/draws/${id}`).then((answer) => { if (answer.ok) setDraw(answer.data); else setFailure(answer.title) }) }, [id])
  if (failure) return <p class="summary" role="alert">{failure}</p>
  if (!draw) return <p role="status">{t('loading')}</p>
  const done = draw.seed !== null && draw.blockHash !== null && draw.listHash !== null
  return (
    <>
      <h1>{draw.unit[language()]}</h1>
      <p>{t('draws.at', { at: instant(draw.drawAt) })} {t('dot')}{t(`draws.state.${draw.state}`)}</p>
      <section class="card">
        <dl class="facts draw-facts">
          <dt>{t('draws.committedAt')}</dt><dd>{instant(draw.committedAt, true)}</dd>
          <dt>{t('draws.commitment')}</dt><dd class="mono draw-hash">{draw.commitment}</dd>
          {draw.frozenAt ? <><dt>{t('draws.frozenAt')}</dt><dd>{instant(draw.frozenAt, true)}</dd><dt>{t('draws.listHash', { count: draw.listCount || 0 })}</dt><dd class="mono draw-hash">{draw.listHash}</dd></> : null}
          {draw.blockNo === null ? null : <><dt>{t('draws.block', { no: draw.blockNo })}</dt><dd class="mono draw-hash">{draw.blockHash}</dd><dt>{t('draws.seed')}</dt><dd class="mono draw-hash">{draw.seed}</dd></>}
        </dl>
        {done ? <button type="button" class="main-deed" onClick={() => setChecked(redraw(draw as unknown as Told))}>{t('draws.again')}</button> : <p class="help">{t('draws.later')}</p>}
        <div aria-live="polite">{checked ? (
          <>
            <h2>{t(steps.every((step) => checked[step]) ? 'draws.holds' : 'draws.fails')}</h2>
            <ul class="draw-steps">{steps.map((step) => <li key={step}><strong>{checked[step] ? '✓' : '✗'}</strong> {t(`draws.step.${step}`)}</li>)}</ul>
          </>
        ) : null}</div>
      </section>
      {draw.strata.length ? (
        <section class="card">
          <h2>{t('draws.strata')}</h2>
          <ul class="draw-steps">{draw.strata.map((one) => <li key={one.stratum}>{t('draws.stratum', { count: one.count, percent: one.percent, take: one.take })}<br /><span class="help">{one.sentence[language()]}</span></li>)}</ul>
        </section>
      ) : null}
      {draw.drawn.length ? <section class="card"><h2>{t('draws.drawn', { count: draw.drawn.length })}</h2><ul class="draw-numbers">{draw.drawn.map((one) => <li key={one.id}><a class="mono" href={`/c/${one.id}`}>{one.id}</a></li>)}</ul></section> : null}
      {draw.list.length ? <details class="card"><summary>{t('draws.wholeList', { count: draw.list.length })}</summary><ul class="draw-numbers">{draw.list.slice(0, 2000).map((one) => <li key={one.id} class="mono">{one.id}</li>)}</ul></details> : null}
      <section class="card">
        <h2>{t('draws.how')}</h2>
        <ol class="draw-how">{['1', '2', '3', '4', '5'].map((no) => <li key={no}>{t(`draws.how${no}`)}</li>)}</ol>
        <p><a href={`/api/public/draws/${draw.id}`} download={`draw-${draw.id}.json`}>{t('draws.json')}</a></p>
        <p><a href="/draws">{t('draws.all')}</a></p>
      </section>
    </>
  )
}
show(DrawsPage)
