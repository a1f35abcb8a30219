// How working time runs: which days are worked, and when a limit given in working hours is up.

/** Days that depart from Monday to Friday, and office hours by the day from which they hold; times in Asia/Shanghai. */
export interface WorkCalendar {
  exceptions: ReadonlyMap<string, 'holiday' | 'workday'>
  /** At least one, in any order; days before the earliest use the earliest. `HH:MM`. */
  hours: readonly OfficeHours[]
}
export interface OfficeHours { effectiveFrom: string; opens: string; closes: string }

const MINUTE = 60_000
const DAY = 86_400_000
// UTC+8 all year: China has had no summer time since 1992.
const SHANGHAI = 8 * 3_600_000
/** A calendar without a working day in ten years is a fault, not a long wait. */
const LONGEST_DAYS = 3660

/** Number of a Shanghai day, counted from 1970-01-01. */
const dayNumber = (at: number) => Math.floor((at + SHANGHAI) / DAY)
const dayText = (number: number) => new Date(number * DAY).toISOString().slice(0, 10)

/** The day `count` days after (or before) a day. */
export function shiftDay(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY).toISOString().slice(0, 10)
}
/** Whether a day such as `2020-02-24` is worked: by exception, else Monday to Friday. */
export function isWorkday(day: string, calendar: WorkCalendar): boolean {
  const exception = calendar.exceptions.get(day)
  if (exception) return exception === 'workday'
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6
}
/** Office hours of a day. */
export function hoursOn(day: string, calendar: WorkCalendar): OfficeHours {
  const sorted = [...calendar.hours].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))
  const found = sorted.findLast((hours) => hours.effectiveFrom <= day) ?? sorted[0]
  if (!found) throw new RangeError('The calendar has no office hours')
  return found
}
/**
 * The moment at which `hours` working hours have passed since `from`; the clock runs only in office hours of working days.
 * A limit that is used up at closing time ends there, not at the next opening.
 */
export function addWorkingHours(from: Date, hours: number, calendar: WorkCalendar): Date {
  if (!(hours >= 0)) throw new RangeError('Working hours cannot be negative')
  if (hours === 0) return new Date(from)
  let left = Math.round(hours * 60 * MINUTE)
  const first = dayNumber(from.getTime())
  for (let number = first; number < first + LONGEST_DAYS; number += 1) {
    const day = dayText(number)
    if (!isWorkday(day, calendar)) continue
    const { opens, closes } = hoursOn(day, calendar)
    const begin = Math.max(from.getTime(), momentOf(number, opens))
    const end = momentOf(number, closes)
    if (end <= begin) continue
    if (left <= end - begin) return new Date(begin + left)
    left -= end - begin
  }
  throw new RangeError('The calendar has too few working days')
}
/** The working time between two moments, in milliseconds: what `addWorkingHours` would have used up; none when `to` is not later. */
export function workedBetween(from: Date, to: Date, calendar: WorkCalendar): number {
  let worked = 0
  const last = dayNumber(to.getTime())
  for (let number = dayNumber(from.getTime()); number <= last; number += 1) {
    const day = dayText(number)
    if (!isWorkday(day, calendar)) continue
    const { opens, closes } = hoursOn(day, calendar)
    worked += Math.max(0, Math.min(to.getTime(), momentOf(number, closes)) - Math.max(from.getTime(), momentOf(number, opens)))
  }
  return worked
}
function momentOf(number: number, time: string): number {
  const [hour = '0', minute = '0'] = time.split(':')
  return number * DAY - SHANGHAI + (Number(hour) * 60 + Number(minute)) * MINUTE
}
/** Published arrangements of a year always name National Day, its last holiday; a year without it has not been published. */
export function isPublished(year: number, exceptions: WorkCalendar['exceptions']): boolean {
  return exceptions.get(`${year}-10-01`) === 'holiday'
}
