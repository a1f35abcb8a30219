// Use cases of the working calendar: show a year, set a day, load the published days, say when a limit is up.
import type { Input, Returns } from '@fugong/contract/base'
import type { CalendarDay, listCalendarDays, setCalendarDay, setWorkingHours } from '@fugong/contract/calendars'
import { isDay } from '@fugong/contract/forms'
import { briefCache } from '../../base/brief-cache.ts'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { invalid } from '../../base/problem.ts'
import { addWorkingHours, hoursOn, isPublished, shiftDay, type OfficeHours, type WorkCalendar } from './rules.ts'
import { replaceOfficialDays, selectDays, selectHours, upsertDay, upsertHours, type DayRow } from './store.ts'

export async function listDaysOf(ctx: Ctx, { query }: Input<typeof listCalendarDays>): Promise<Returns<typeof listCalendarDays>> {
  const rows = await selectDays(ctx, `${query.year}-01-01`, `${query.year}-12-31`)
  const exceptions = exceptionsOf(rows)
  const today = shanghaiDay(ctx.now)
  const all = await selectHours(ctx)
  const hours = hoursOn(today, { exceptions, hours: all })
  return {
    year: query.year,
    days: rows.flatMap((row) => (row.kind === 'weekday_rule' ? [] : [toDay({ ...row, kind: row.kind })])),
    hours: toHours(hours),
    coming: all.filter(({ effectiveFrom }) => effectiveFrom > today && effectiveFrom !== hours.effectiveFrom).map(toHours),
    complete: isPublished(query.year, exceptions),
    can: (['set_day', 'set_hours'] as const).filter((deed) => ctx.may(`calendar.${deed}`)),
  }
}

const DEFAULT_NAMES = { holiday: { zh: '放假', en: 'Day off' }, workday: { zh: '上班', en: 'Workday' }, weekday_rule: { zh: '按星期', en: 'By weekday' } } as const
export async function setDay(ctx: Ctx, { params, body }: Input<typeof setCalendarDay>): Promise<Returns<typeof setCalendarDay>> {
  if (!isDay(params.day)) throw invalid([{ path: '/day', code: 'issue.day' }])
  const name = body.name ?? DEFAULT_NAMES[body.kind]
  await upsertDay(ctx, { day: params.day, kind: body.kind, nameZh: name.zh, nameEn: name.en, source: 'administrator' })
  whole.forget(ctx)
  ctx.announce('calendar.day_set', { kind: 'calendar_day', id: params.day }, { day: params.day, kind: body.kind })
  return { day: params.day }
}

/** From today on at the earliest: deadlines already counted by the old hours stay as they were told. */
export async function setHours(ctx: Ctx, { body }: Input<typeof setWorkingHours>): Promise<Returns<typeof setWorkingHours>> {
  const { effectiveFrom, from, to } = body
  const today = shanghaiDay(ctx.now)
  const limit = shiftDay(today, HOURS_AHEAD)
  if (!isDay(effectiveFrom)) throw invalid([{ path: '/effectiveFrom', code: 'issue.day' }])
  if (effectiveFrom < today) throw invalid([{ path: '/effectiveFrom', code: 'issue.past_day' }])
  if (effectiveFrom > limit) throw invalid([{ path: '/effectiveFrom', code: 'issue.too_far', params: { limit } }])
  await upsertHours(ctx, { effectiveFrom, opens: from, closes: to })
  whole.forget(ctx)
  ctx.announce('calendar.hours_set', { kind: 'calendar_hours', id: effectiveFrom }, { effectiveFrom, from, to })
  return { from, to, effectiveFrom }
}
/** Hours are set at most this many days ahead: further off it is a slip of the year. */
const HOURS_AHEAD = 730
const toHours = ({ opens, closes, effectiveFrom }: OfficeHours) => ({ from: opens, to: closes, effectiveFrom })

/** The moment at which a limit of working hours that began at `from` is up. */
export async function dueAfter(ctx: Ctx, from: Date, workingHours: number): Promise<Date> {
  const hours = await selectHours(ctx)
  const first = shanghaiDay(from)
  // A first guess that nearly always reaches; a limit that ends behind it is counted again over a longer stretch.
  for (let span = 45 + Math.ceil(workingHours / 2); ; span *= 2) {
    const last = shiftDay(first, span)
    const due = addWorkingHours(from, workingHours, { exceptions: exceptionsOf(await selectDays(ctx, first, last)), hours })
    if (shanghaiDay(due) <= last) return due
  }
}

const whole = briefCache<WorkCalendar>(900)
/**
 * The whole calendar for many limits: a few hundred days and the hours. It may be a second old when it was changed by
 * another process; `fresh` reads it anew, for those who count again because it changed.
 */
export async function workCalendar(ctx: Ctx, { fresh = false } = {}): Promise<WorkCalendar> {
  const read = async () => {
    const [days, hours] = await Promise.all([selectDays(ctx, '2000-01-01', '2199-12-31'), selectHours(ctx)])
    return { exceptions: exceptionsOf(days), hours }
  }
  return fresh ? read() : whole.get(ctx, 'calendar', read)
}

interface HolidaysFile { years: Record<string, { day: string; kind: 'holiday' | 'workday'; name: { zh: string; en: string } }[]> }
interface HoursFile { effectiveFrom: string; from: string; to: string }
/** Loads the published holidays and the office hours; runs at boot and does nothing when the files are unchanged. */
export async function loadCalendar(ctx: Ctx): Promise<void> {
  whole.forget(ctx)
  const holidays = readData<HolidaysFile>('data', 'china', 'holidays.json')
  await loadOnce(ctx, 'calendars/holidays', holidays.hash, () =>
    replaceOfficialDays(ctx, Object.values(holidays.value.years).flat().map(({ day, kind, name }): DayRow => ({ day, kind, nameZh: name.zh, nameEn: name.en, source: 'official' }))))
  const hours = readData<HoursFile>('data', 'china', 'working-hours.json')
  await loadOnce(ctx, 'calendars/hours', hours.hash, () => upsertHours(ctx, { effectiveFrom: hours.value.effectiveFrom, opens: hours.value.from, closes: hours.value.to }))
}

function exceptionsOf(rows: readonly DayRow[]): WorkCalendar['exceptions'] {
  return new Map(rows.flatMap((row) => (row.kind === 'weekday_rule' ? [] : [[row.day, row.kind] as const])))
}
function toDay(row: DayRow & { kind: CalendarDay['kind'] }): CalendarDay {
  return { day: row.day, kind: row.kind, name: { zh: row.nameZh, en: row.nameEn }, source: row.source }
}
