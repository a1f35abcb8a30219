// Clocks against a plain oracle that counts minute by minute, over random calendars, pauses and hours; and that nothing a case goes through changes them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingHours, workedBetween, type WorkCalendar } from '../calendars/index.ts'
import { dueOf, workedUntil, type Run, type WorkingTime } from './clocks.rules.ts'

const MINUTE = 60_000
const SHANGHAI = 8 * 60 * MINUTE
const start = Date.parse('2020-01-20T00:00:00Z')
const timeBy = (calendar: WorkCalendar): WorkingTime => ({ add: (from, hours) => addWorkingHours(from, hours, calendar), between: (from, to) => workedBetween(from, to, calendar) })

/** Whether the minute that begins at `at` is worked: written out once more, with nothing of the code under test. */
function isWorked(at: number, calendar: WorkCalendar): boolean {
  const local = new Date(at + SHANGHAI).toISOString()
  const [day, minute] = [local.slice(0, 10), local.slice(11, 16)]
  const exception = calendar.exceptions.get(day)
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  if (exception ? exception === 'holiday' : weekday === 0 || weekday === 6) return false
  const hours = [...calendar.hours].filter(({ effectiveFrom }) => effectiveFrom <= day).sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0] ?? [...calendar.hours].sort((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1))[0]!
  return minute >= hours.opens && minute < hours.closes
}
const standsStill = (at: number, run: Run) => run.pauses.some(({ begunAt, endedAt }) => at >= begunAt.getTime() && (endedAt === null || at < endedAt.getTime()))
/** Minutes that a clock has run up to a moment, one by one. */
function oracleWorked(run: Run, until: number, calendar: WorkCalendar): number {
  let minutes = 0
  for (let at = run.startedAt.getTime(); at < until; at += MINUTE) if (isWorked(at, calendar) && !standsStill(at, run)) minutes += 1
  return minutes
}
/** The end of the minute in which the limit is used up; null when the clock stands still for good before that. */
function oracleDue(run: Run, calendar: WorkCalendar): number | null {
  let left = run.hours * 60
  const open = run.pauses.find(({ endedAt }) => endedAt === null)
  for (let at = run.startedAt.getTime(); ; at += MINUTE) {
    if (open && at >= open.begunAt.getTime()) return null
    if (isWorked(at, calendar) && !standsStill(at, run) && --left === 0) return at + MINUTE
  }
}

const days = Array.from({ length: 40 }, (_, n) => new Date(start + n * 86_400_000).toISOString().slice(0, 10))
const time = fc.constantFrom(['08:30', '12:00'], ['09:00', '17:00'], ['09:00', '18:30'], ['00:00', '23:59'])
const calendars: fc.Arbitrary<WorkCalendar> = fc.record({
  exceptions: fc.array(fc.tuple(fc.constantFrom(...days), fc.constantFrom('holiday' as const, 'workday' as const)), { maxLength: 12 }).map((found) => new Map(found)),
  hours: fc.array(fc.tuple(fc.constantFrom('2017-01-01', '2020-01-28', '2020-02-10'), time), { minLength: 1, maxLength: 3 }).map((found) => [...new Map(found.map(([effectiveFrom, [opens, closes]]) => [effectiveFrom, { effectiveFrom, opens: opens!, closes: closes! }])).values()]),
})
const moment = fc.integer({ min: 0, max: 12 * 24 * 60 }).map((minutes) => new Date(start + minutes * MINUTE))
/** Pauses as a case has them: one after the other, the last of them perhaps still open. */
const pauses = fc.tuple(fc.uniqueArray(fc.integer({ min: 0, max: 14 * 24 * 60 }), { maxLength: 7 }), fc.boolean()).map(([cuts, open]) => {
  const sorted = cuts.sort((a, b) => a - b).map((minutes) => new Date(start + minutes * MINUTE))
  const found = []
  for (let at = 0; at + 1 < sorted.length; at += 2) found.push({ begunAt: sorted[at]!, endedAt: sorted[at + 1]! as Date | null })
  return open && sorted.length % 2 ? [...found, { begunAt: sorted.at(-1)!, endedAt: null }] : found
})
const runs: fc.Arbitrary<Run> = fc.record({ startedAt: moment, hours: fc.integer({ min: 1, max: 24 * 4 }).map((quarters) => quarters / 4), pauses })

describe('a clock', () => {
  it('is up when a minute-by-minute count says so', () => {
    fc.assert(fc.property(runs, calendars, (run, calendar) => { expect(dueOf(run, timeBy(calendar))?.getTime() ?? null).toBe(oracleDue(run, calendar)) }), { numRuns: 150 })
  })
  it('has run as many minutes as a count finds', () => {
    fc.assert(fc.property(runs, calendars, moment, (run, calendar, until) => { expect(workedUntil(run, until, timeBy(calendar)) / MINUTE).toBe(oracleWorked(run, until.getTime(), calendar)) }), { numRuns: 150 })
  })
  it('has used up exactly its limit when it is up, and is up when it has', () => {
    fc.assert(fc.property(runs, calendars, (run, calendar) => {
      const due = dueOf(run, timeBy(calendar))
      if (due) expect(workedUntil(run, due, timeBy(calendar))).toBe(run.hours * 60 * MINUTE)
    }), { numRuns: 150 })
  })
  it('does not care in which order pauses are told, nor how one pause is cut into two', () => {
    fc.assert(fc.property(runs, calendars, fc.integer({ min: 1, max: 600 }), (run, calendar, cut) => {
      const parts = run.pauses.flatMap((pause) => {
        const middle = new Date(pause.begunAt.getTime() + cut * MINUTE)
        return pause.endedAt !== null && middle < pause.endedAt ? [{ begunAt: middle, endedAt: pause.endedAt }, { begunAt: pause.begunAt, endedAt: middle }] : [pause]
      })
      expect(dueOf({ ...run, pauses: parts.reverse() }, timeBy(calendar))).toEqual(dueOf(run, timeBy(calendar)))
    }), { numRuns: 80 })
  })
  it('is never up earlier for a pause or a holiday more', () => {
    fc.assert(fc.property(runs, calendars, fc.constantFrom(...days), (run, calendar, day) => {
      const later = { ...calendar, exceptions: new Map([...calendar.exceptions, [day, 'holiday' as const]]) }
      const [before, after] = [dueOf(run, timeBy(calendar)), dueOf(run, timeBy(later))]
      if (before && after) expect(after.getTime()).toBeGreaterThanOrEqual(before.getTime())
    }), { numRuns: 80 })
  })
  it.each([
    ['a day', 8, [], '2020-02-25T10:00'],
    ['over a weekend', 40, [], '2020-03-02T10:00'],
    ['with a pause of a day', 8, [['2020-02-24T12:00', '2020-02-25T12:00']], '2020-02-26T10:00'],
    ['with a pause outside of hours', 8, [['2020-02-24T19:00', '2020-02-25T08:00']], '2020-02-25T10:00'],
    ['up before the pause began', 4, [['2020-02-24T15:00', null]], '2020-02-24T14:00'],
    ['standing still', 8, [['2020-02-24T15:00', null]], null],
    ['paused before it began', 8, [['2020-02-20T15:00', '2020-02-24T11:00']], '2020-02-25T11:00'],
  ] as const)('%s', (_, hours, stood, due) => {
    const at = (text: string) => new Date(`${text}:00+08:00`)
    const run = { startedAt: at('2020-02-24T10:00'), hours, pauses: stood.map(([from, to]) => ({ begunAt: at(from), endedAt: to === null ? null : at(to) })) }
    expect(dueOf(run, timeBy({ exceptions: new Map(), hours: [{ effectiveFrom: '2017-01-01', opens: '09:00', closes: '17:00' }] }))).toEqual(due === null ? null : at(due))
  })
})
