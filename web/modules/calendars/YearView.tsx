// Twelve months; a day says by shape and word what it is. One day takes the focus, arrows move it.
import type { CalendarDay } from '@fugong/contract/calendars'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { today } from '../../base/format.ts'
import { usePick, useText } from '../../base/i18n.ts'
import { kindOf, shifted, weekdayOf, weeksOf } from './year.ts'

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7]

export function YearView({ year, days, onEdit }: { year: number; days: readonly CalendarDay[]; onEdit: ((day: string) => void) | undefined }) {
  const t = useText('calendars')
  const pick = usePick()
  const now = today()
  const frame = useRef<HTMLDivElement>(null)
  const [reached, setReached] = useState(now.startsWith(String(year)) ? now : `${year}-01-01`)
  useEffect(() => { setReached((before) => (before.startsWith(String(year)) ? before : now.startsWith(String(year)) ? now : `${year}-01-01`)) }, [year, now])
  const arranged = new Map(days.map((day) => [day.day, day]))
  const onKey = (event: KeyboardEvent) => {
    const from = (event.target as HTMLElement).dataset['day']
    const by = STEPS[event.key]
    if (!from || by === undefined) return
    event.preventDefault()
    const to = shifted(from, by)
    if (!to.startsWith(String(year))) return
    setReached(to)
    frame.current?.querySelector<HTMLElement>(`[data-day="${to}"]`)?.focus()
  }
  const cell = (day: string) => {
    const arrangement = arranged.get(day)
    const kind = kindOf(day, arrangement)
    const words = { day, weekday: t(`weekdayLong.${weekdayOf(day)}`), kind: t(kind), name: pick(arrangement?.name) }
    const label = `${arrangement ? t('cellNamed', words) : t('cell', words)}${day === now ? ` · ${t('today')}` : ''}`
    const mark = kind === 'holiday' ? <i>{t('markHoliday')}</i> : kind === 'workday' ? <i>{t('markWorkday')}</i> : null
    const looks = `cal-day cal-${kind}${day === now ? ' cal-today' : ''}`
    const shown = <><span aria-hidden="true">{Number(day.slice(8))}{mark}</span><span className="fg-hidden">{label}</span></>
    return onEdit
      ? <button type="button" className={looks} data-day={day} title={label} tabIndex={day === reached ? 0 : -1} onFocus={() => setReached(day)} onClick={() => onEdit(day)}>{shown}</button>
      : <span className={looks} title={label}>{shown}</span>
  }
  return (
    <div className="cal-months" ref={frame} onKeyDown={onKey}>
      {Array.from({ length: 12 }, (_, i) => i + 1).map((month) => (
        <section key={month} className="cal-month" aria-labelledby={`cal-${month}`}>
          <h2 id={`cal-${month}`}>{t(`month.${month}`)}</h2>
          <table>
            <thead><tr>{WEEKDAYS.map((weekday) => <th key={weekday} scope="col"><abbr title={t(`weekdayLong.${weekday}`)}>{t(`weekday.${weekday}`)}</abbr></th>)}</tr></thead>
            <tbody>{weeksOf(year, month).map((week, i) => <tr key={i}>{week.map((day, j) => <td key={j}>{day ? cell(day) : null}</td>)}</tr>)}</tbody>
          </table>
        </section>
      ))}
    </div>
  )
}
