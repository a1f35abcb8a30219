// The dry run of a changed table: how far it is, what would come out otherwise how often, and which firms the reader may see among them.
import type { DecisionTable } from '@fugong/contract/rules'
import { latestTrial, listTrialChanges, startTrial, stopTrial, type DraftTable, type Trial } from '@fugong/contract/rules.editing'
import { Button } from 'antd'
import { Link } from 'react-router'
import { useAreas } from '../../base/areas.ts'
import { instant } from '../../base/format.ts'
import { useText } from '../../base/i18n.ts'
import { useDeed, useRead } from '../../base/query.tsx'
import { Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Empty, ErrorState, Loading, Ready } from '../../ui/states.tsx'
import { StatusTag, type Tone } from '../../ui/tags.tsx'
import { outputsWords } from './finding-words.ts'
import { useCelWords } from './words.ts'

const TONES: Record<Trial['state'], Tone> = { waiting: 'info', running: 'info', done: 'good', stopped: 'warn', failed: 'bad' }
interface TrialProps {
  of: { draft: string } | { proposal: string }
  table: DraftTable | DecisionTable
  /** Saves what is typed first; false keeps the trial from starting. */
  prepare?: () => Promise<boolean>
  mayStart: boolean
  /** Why it cannot start now. */
  blocked?: string | undefined
}
export function TrialPanel({ of, table, prepare, mayStart, blocked }: TrialProps) {
  const t = useText('rules')
  const read = useRead(latestTrial, { query: of }, { every: 1500 })
  const start = useDeed(startTrial, { invalidates: [latestTrial] })
  const stop = useDeed(stopTrial, { invalidates: [latestTrial] })
  const go = async () => { if (!prepare || await prepare()) await start.run({ body: of }) }
  const trial = read.data?.trial ?? null
  const under = trial?.state === 'waiting' || trial?.state === 'running'
  const deed = mayStart ? <Button type={trial ? 'default' : 'primary'} disabled={blocked !== undefined || under} loading={start.running} onClick={() => void go()}>{t(trial ? 'trial.again' : 'trial.start')}</Button> : null
  const refused = start.problem ?? stop.problem
  return (
    <Section title={t('trial.title')} extra={trial ? <span className="fg-row">{trial.can.includes('stop') && under ? <Button loading={stop.running} onClick={() => void stop.run({ params: { id: trial.id } })}>{t('trial.stop')}</Button> : null}{deed}</span> : null}>
      {refused ? <ErrorState error={refused} /> : null}
      {blocked && mayStart ? <p className="fg-quiet ru-gap">{blocked}</p> : null}
      {!read.data ? (read.error ? <ErrorState error={read.error} retry={() => void read.refetch()} /> : <Loading lines={3} />)
        : trial ? <Outcome trial={trial} table={table} /> : <Empty title={t('trial.empty')} text={t('trial.emptyText')} action={deed} />}
    </Section>
  )
}

function Outcome({ trial, table }: { trial: Trial; table: TrialProps['table'] }) {
  const t = useText('rules')
  const words = useCelWords()
  const { state, total, done, changed, unreached, outcomes, others } = trial
  const share = (count: number) => t('trial.share', { count: count.toLocaleString('en-US'), of: done.toLocaleString('en-US') })
  const thing = t(`trial.subject.${trial.subject}`)
  return (
    <div className="fg-stack">
      <p role="status"><StatusTag tone={TONES[state]}>{t(`trial.state.${state}`)}</StatusTag> <span className="fg-quiet">{t('trial.by', { who: trial.startedBy, at: instant(trial.startedAt) })}</span></p>
      {trial.current ? null : <Note tone="warn">{t('trial.outdated')}</Note>}
      {state === 'waiting' || state === 'running' ? <div><progress className="ru-progress" max={total ?? 1} value={total ? done : 0} aria-label={t('trial.progress')} /><p className="fg-quiet">{total === null ? t('trial.counting') : t('trial.far', { done: done.toLocaleString('en-US'), total: total.toLocaleString('en-US'), thing })}</p></div> : null}
      {state === 'failed' ? <Note tone="bad">{t('trial.failedText')}</Note> : null}
      {done > 0 || state === 'done' ? (
        <>
          <p className="ru-sum">{changed === 0 ? t('trial.none', { total: done.toLocaleString('en-US'), thing }) : t('trial.sum', { changed: changed.toLocaleString('en-US'), total: done.toLocaleString('en-US'), thing })}</p>
          {unreached ? <p className="fg-quiet">{t('trial.unreached', { count: unreached.toLocaleString('en-US'), thing })}</p> : null}
          <table className="fg-table ru-outcomes" aria-label={t('trial.outcomes')}>
            <thead><tr><th scope="col">{t('trial.before')}</th><th scope="col">{t('trial.after')}</th><th scope="col" className="ru-right">{t('trial.count')}</th></tr></thead>
            <tbody>
              {outcomes.map((one, at) => (
                <tr key={at} className={one.changes ? 'ru-changing' : ''}>
                  <td data-label={t('trial.before')}>{outputsWords(t, table, one.before, words)}</td>
                  <td data-label={t('trial.after')}>{one.changes ? <strong>{outputsWords(t, table, one.after, words)}</strong> : <span className="fg-quiet">{t('trial.same')}</span>}</td>
                  <td data-label={t('trial.count')} className="fg-num ru-right">{share(one.count)}</td>
                </tr>
              ))}
              {others ? <tr><td colSpan={2}>{t('trial.others')}</td><td className="fg-num ru-right">{share(others)}</td></tr> : null}
            </tbody>
          </table>
          {changed > 0 && state !== 'running' && state !== 'waiting' ? (trial.can.includes('seeChanges') ? <Sample trial={trial} table={table} /> : <p className="fg-quiet">{t('trial.notYours')}</p>) : null}
        </>
      ) : null}
    </div>
  )
}
function Sample({ trial, table }: { trial: Trial; table: TrialProps['table'] }) {
  const t = useText('rules')
  const words = useCelWords()
  const { nameOf } = useAreas()
  const read = useRead(listTrialChanges, { params: { id: trial.id } })
  return (
    <Ready read={read} lines={3}>{({ items, changed }) => items.length === 0 ? <p className="fg-quiet">{t('trial.noneInScope')}</p> : (
      <>
        <h3>{t('trial.sample')}</h3>
        <p className="fg-quiet">{t('trial.sampleText', { shown: items.length.toLocaleString('en-US'), changed: changed.toLocaleString('en-US') })}</p>
        <div className="ru-faults">
          <table className="fg-table ru-outcomes" aria-label={t('trial.sample')}>
            <thead><tr><th scope="col">{t(`trial.thing.${trial.subject}`)}</th><th scope="col">{t('trial.place')}</th><th scope="col">{t('trial.before')}</th><th scope="col">{t('trial.after')}</th></tr></thead>
            <tbody>{items.map((item) => (
              <tr key={item.id}>
                <td data-label={t(`trial.thing.${trial.subject}`)} className="fg-cell-main"><Link to={trial.subject === 'declaration' ? `/console/declarations/${item.id}` : `/console/enterprises/${item.enterpriseId}`}>{item.title}</Link></td>
                <td data-label={t('trial.place')}>{nameOf(item.areaCode)}</td>
                <td data-label={t('trial.before')}>{outputsWords(t, table, item.before, words)}</td>
                <td data-label={t('trial.after')}>{outputsWords(t, table, item.after, words)}{item.row ? <span className="fg-quiet"> {t('trial.byRow', { row: item.row })}</span> : null}</td>
              </tr>
            ))}</tbody>
          </table>
        </div>
      </>
    )}</Ready>
  )
}
