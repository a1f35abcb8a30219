// How much working time a case has left, and why its clocks stand still; for the page of any room whose record is a case.
import type { CaseClock, CaseRow, ClockStanding } from '@fugong/contract/cases'
import { clockWords, hoursWords, standingTone } from './cases.ts'
import { instant, relative } from './format.ts'
import { pick, useLanguage, useText } from './i18n.ts'
import { StatusTag } from '../ui/tags.tsx'
import './cases.css'

export function CaseClocks({ clocks }: { clocks: readonly CaseClock[] }) {
  const t = useText('base')
  useLanguage()
  if (!clocks.length) return <p className="fg-quiet">{t('case.noClocks')}</p>
  return (
    <ul className="fg-case-clocks">
      {clocks.map((clock) => {
        const over = clock.state === 'running' && clock.left <= 0
        return (
          <li key={clock.id} className={over ? 'fg-case-over' : clock.state === 'running' ? undefined : 'fg-quiet'}>
            <div className="fg-case-clock-head"><strong>{t(`case.clockName.${clock.clock}`)}</strong><span>{clockWords(t, clock)}</span></div>
            <progress max={clock.hours} value={Math.min(clock.hours, clock.worked)} aria-label={t('case.used', { used: hoursWords(t, clock.worked), limit: hoursWords(t, clock.hours) })} />
            <div className="fg-quiet fg-case-clock-foot">
              <span>{t('case.used', { used: hoursWords(t, clock.worked), limit: hoursWords(t, clock.hours) })}</span>
              {clock.state === 'running' && clock.dueAt ? <time dateTime={clock.dueAt}>{t('case.dueAt', { at: instant(clock.dueAt) })}</time> : null}
              {clock.state === 'paused' ? <span>{t('case.pausedSince', { at: instant(clock.pausedSince) })}</span> : null}
              {clock.escalations && clock.state === 'running' ? <span>{t('case.escalated', { count: clock.escalations })}</span> : null}
            </div>
          </li>
        )
      })}
    </ul>
  )
}
/** How a case stands against its nearest limit, in one tag. */
export function CaseStanding({ of }: { of: Pick<CaseRow, 'standing' | 'dueAt' | 'endedAt'> & { pausedFor?: CaseRow['pausedFor'] } }) {
  const t = useText('base')
  useLanguage()
  const standing: ClockStanding = of.standing
  if (of.endedAt) return <span className="fg-quiet">{t('case.endedAt', { at: instant(of.endedAt) })}</span>
  return (
    <span className="fg-case-standing">
      <StatusTag tone={standingTone[standing]}>{standing === 'paused' && of.pausedFor ? pick(of.pausedFor) : t(`case.standing.${standing}`)}</StatusTag>
      {of.dueAt ? <time className="fg-quiet" dateTime={of.dueAt} title={instant(of.dueAt)}>{relative(of.dueAt)}</time> : null}
    </span>
  )
}
