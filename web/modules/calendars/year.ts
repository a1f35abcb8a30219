// Pure pieces of a year: its days month by month, what kind each is, and arrangements that belong together.
import type { CalendarDay } from '@fugong/contract/calendars'

export type KindOfDay = 'holiday' | 'workday' | 'weekend' | 'plain'
const DAY = 86_400_000
const at = (day: string) => Date.parse(`${day}T00:00:00Z`)

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: string): number {
  return new Date(at(day)).getUTCDay() || 7
}
export function shifted(day: string, by: number): string {
  return new Date(at(day) + by * DAY).toISOString().slice(0, 10)
}
/** What a day is without any arrangement. */
export function kindByWeekday(day: string): 'weekend' | 'plain' {
  return weekdayOf(day) >= 6 ? 'weekend' : 'plain'
}
export function kindOf(day: string, arranged: CalendarDay | undefined): KindOfDay {
  return arranged?.kind ?? kindByWeekday(day)
}

/** The weeks of a month, Monday first; undefined where a day belongs to another month. */
export function weeksOf(year: number, month: number): (string | undefined)[][] {
  const first = `${year}-${String(month).padStart(2, '0')}-01`
  const count = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const cells: (string | undefined)[] = [...Array<undefined>(weekdayOf(first) - 1).fill(undefined), ...Array.from({ length: count }, (_, i) => shifted(first, i))]
  while (cells.length % 7 !== 0) cells.push(undefined)
  return Array.from({ length: cells.length / 7 }, (_, i) => cells.slice(i * 7, i * 7 + 7))
}

export interface Arrangement { kind: 'holiday' | 'workday'; name: CalendarDay['name']; source: CalendarDay['source']; from: string; to: string; days: number }
/** Neighbouring days of one kind, name and source become one line. */
export function arrangementsOf(days: readonly CalendarDay[]): Arrangement[] {
  const lines: Arrangement[] = []
  for (const day of [...days].sort((a, b) => a.day.localeCompare(b.day))) {
    const last = lines.at(-1)
    if (last && last.kind === day.kind && last.source === day.source && last.name.zh === day.name.zh && shifted(last.to, 1) === day.day) { last.to = day.day; last.days += 1 }
    else lines.push({ kind: day.kind, name: day.name, source: day.source, from: day.day, to: day.day, days: 1 })
  }
  return lines
}

/** Workdays of a year, days off among what would be any day, and make-up workdays. */
export function countsOf(year: number, days: readonly CalendarDay[]): { workdays: number; holidays: number; makeUp: number } {
  const arranged = new Map(days.map((day) => [day.day, day]))
  let workdays = 0
  for (let day = `${year}-01-01`; day.startsWith(String(year)); day = shifted(day, 1)) {
    const kind = kindOf(day, arranged.get(day))
    if (kind === 'plain' || kind === 'workday') workdays += 1
  }
  return { workdays, holidays: days.filter((day) => day.kind === 'holiday').length, makeUp: days.filter((day) => day.kind === 'workday').length }
}

/** `09:00` and `17:30` are 8.5 hours apart. */
export function hoursBetween(from: string, to: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return (minutes(to) - minutes(from)) / 60
}
