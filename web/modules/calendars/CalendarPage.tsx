// The working year at a glance: which days are off, which weekends are worked, and one day changed at a time.
import { listCalendarDays } from '@fugong/contract/calendars'
import { Button } from 'antd'
import { useState } from 'react'
import { useFilters } from '../../base/filters.ts'
import { day as dayWords, today } from '../../base/format.ts'
import { useText, usePick } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import { Choice } from '../../ui/Choice.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { ArrowLeft, ArrowRight } from '../../ui/icons.tsx'
import { Page, Section } from '../../ui/Page.tsx'
import { Note } from '../../ui/parts.tsx'
import { Empty, Ready } from '../../ui/states.tsx'
import { DayDialog } from './DayDialog.tsx'
import { HoursDialog } from './HoursDialog.tsx'
import { YearView } from './YearView.tsx'
import { arrangementsOf, countsOf, hoursBetween } from './year.ts'
import './calendar.css'

const FIRST = 2000
const LAST = 2199

export function CalendarPage() {
  const t = useText('calendars')
  const pick = usePick()
  const { filters, set } = useFilters(['year'])
  const present = Number(today().slice(0, 4))
  const asked = Number(filters.year)
  const year = asked >= FIRST && asked <= LAST ? Math.trunc(asked) : present
  const read = useRead(listCalendarDays, { query: { year } }, { keepPrevious: true })
  const [editing, setEditing] = useState<string | undefined>()
  const [settingHours, setSettingHours] = useState(false)
  const go = (next: number) => set({ year: next === present ? undefined : String(next) })
  // The years around the shown one, and the years for which arrangements are usual.
  const years = [...new Set([...Array.from({ length: present + 2 - 2019 }, (_, i) => 2020 + i), year - 1, year, year + 1])].filter((one) => one >= FIRST && one <= LAST).sort((a, b) => b - a)
  return (
    <Page
      title={t('title')} sub={t('sub')}
      actions={<>
        <Button icon={<ArrowLeft />} aria-label={t('yearBefore')} title={t('yearBefore')} disabled={year <= FIRST} onClick={() => go(year - 1)} />
        <Choice aria-label={t('yearChoose')} className="cal-year" value={year} onChange={go} options={years.map((value) => ({ value, label: t('year', { year: value }) }))} />
        <Button icon={<ArrowRight />} aria-label={t('yearAfter')} title={t('yearAfter')} disabled={year >= LAST} onClick={() => go(year + 1)} />
        {year === present ? null : <Button onClick={() => go(present)}>{t('thisYear')}</Button>}
      </>}
    >
      <Ready read={read} lines={12}>{(answer) => {
        const counts = countsOf(answer.year, answer.days)
        const lines = arrangementsOf(answer.days)
        const mayEdit = answer.can.includes('set_day')
        return (
          <div className={read.isPlaceholderData ? 'fg-stack fg-table-turning' : 'fg-stack'}>
            {answer.complete ? null : <Note tone="warn" title={t('incomplete', { year: answer.year })}>{t('incompleteText')}</Note>}
            <Section title={t('hours')} extra={answer.can.includes('set_hours') ? <Button onClick={() => setSettingHours(true)}>{t('hoursSet')}</Button> : null}>
              <Facts items={[
                { label: t('hoursPresent'), value: t('hoursValue', { from: answer.hours.from, to: answer.hours.to, hours: hoursBetween(answer.hours.from, answer.hours.to) }), source: t('hoursSince', { day: dayWords(answer.hours.effectiveFrom) }) },
                ...answer.coming.map((hours) => ({ key: hours.effectiveFrom, label: t('hoursComing'), value: t('hoursValue', { from: hours.from, to: hours.to, hours: hoursBetween(hours.from, hours.to) }), source: t('hoursLater', { day: dayWords(hours.effectiveFrom) }) })),
              ]} />
            </Section>
            <Section>
              <Facts items={[
                { label: t('countsLabel'), value: t('counts', counts) },
              ]} />
              <ul className="cal-legend" aria-label={t('legend')}>
                <li><span className="cal-day cal-holiday" aria-hidden="true"><span>1<i>{t('markHoliday')}</i></span></span>{t('holiday')}</li>
                <li><span className="cal-day cal-workday" aria-hidden="true"><span>1<i>{t('markWorkday')}</i></span></span>{t('workday')}</li>
                <li><span className="cal-day cal-weekend" aria-hidden="true">1</span>{t('weekend')}</li>
                <li><span className="cal-day cal-plain" aria-hidden="true">1</span>{t('plain')}</li>
                {mayEdit ? <li className="fg-quiet">{t('keys')}</li> : null}
              </ul>
            </Section>
            <YearView year={answer.year} days={answer.days} onEdit={mayEdit ? setEditing : undefined} />
            <Section title={t('list')}>
              {lines.length === 0 ? <Empty title={t('listEmpty')} text={t('incompleteText')} /> : (
                <ul className="cal-lines">{lines.map((line) => (
                  <li key={line.from}><span className={`cal-mark cal-mark-${line.kind}`}>{t(line.kind)}</span><strong>{pick(line.name)}</strong><span className="fg-num">{line.days === 1 ? line.from : t('range', { from: line.from, to: line.to })}</span><span className="fg-quiet">{t('days', { count: line.days })}{line.source === 'administrator' ? ` · ${t('setHere')}` : ''}</span></li>
                ))}</ul>
              )}
              {lines.some((line) => line.source === 'official') ? <p className="fg-quiet cal-source">{t('source')}</p> : null}
            </Section>
            <HoursDialog open={settingHours} present={answer.hours} onClose={() => setSettingHours(false)} />
            <DayDialog day={editing} arranged={answer.days.find((one) => one.day === editing)} onClose={() => setEditing(undefined)} />
          </div>
        )
      }}</Ready>
    </Page>
  )
}
