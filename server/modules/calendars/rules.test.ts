// Working time against a plain minute-by-minute oracle, and the days that people argue about.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addWorkingHours, hoursOn, isPublished, isWorkday, shiftDay, type WorkCalendar } from './rules.ts'

const office = [{ effectiveFrom: '2020-01-01', opens: '09:00', closes: '17:00' }]
const spring2020: WorkCalendar = {
  hours: office,
  exceptions: new Map([
    ...['2020-04-04', '2020-04-05', '2020-04-06', '2020-05-01', '2020-05-02', '2020-05-03', '2020-05-04', '2020-05-05'].map((day) => [day, 'holiday'] as const),
    ['2020-04-26', 'workday'], ['2020-05-09', 'workday'],
  ]),
}
const at = (text: string) => new Date(`${text}:00+08:00`)

describe('isWorkday', () => {
  it.each([
    ['2020-04-03', true, 'Friday'],
    ['2020-04-04', false, 'Tomb-Sweeping Day, a Saturday'],
    ['2020-04-06', false, 'Monday in lieu'],
    ['2020-04-11', false, 'plain Saturday'],
    ['2020-04-26', true, 'make-up Sunday'],
    ['2020-05-01', false, 'Labour Day, a Friday'],
  ])('%s is %s (%s)', (day, worked) => expect(isWorkday(day, spring2020)).toBe(worked))
})

describe('addWorkingHours', () => {
  it.each([
    ['inside one day', '2020-04-01T10:00', 3, '2020-04-01T13:00'],
    ['before opening waits for it', '2020-04-01T03:00', 1, '2020-04-01T10:00'],
    ['after closing waits for the next day', '2020-04-01T20:00', 1, '2020-04-02T10:00'],
    ['ends at closing, not at the next opening', '2020-04-01T09:00', 8, '2020-04-01T17:00'],
    ['24 hours are three workdays', '2020-03-30T09:30', 24, '2020-04-02T09:30'],
    ['over the holiday', '2020-04-03T16:00', 2, '2020-04-07T10:00'],
    ['the make-up Sunday counts', '2020-04-24T16:00', 10, '2020-04-27T10:00'],
    ['begins on a holiday', '2020-05-02T11:00', 8, '2020-05-06T17:00'],
    ['half hours', '2020-04-01T16:45', 0.5, '2020-04-02T09:15'],
    ['nothing to wait for', '2020-05-02T11:00', 0, '2020-05-02T11:00'],
  ])('%s', (_, from, hours, due) => expect(addWorkingHours(at(from), hours, spring2020)).toEqual(at(due)))

  it('follows office hours from the day they change', () => {
    const calendar: WorkCalendar = { exceptions: new Map(), hours: [{ effectiveFrom: '2020-06-01', opens: '08:00', closes: '12:00' }, ...office] }
    expect(addWorkingHours(at('2020-05-29T16:00'), 5, calendar)).toEqual(at('2020-06-01T12:00'))
    expect(hoursOn('2019-01-01', calendar).opens).toBe('09:00')
  })
  it('refuses what has no answer', () => {
    expect(() => addWorkingHours(at('2020-04-01T09:00'), -1, spring2020)).toThrow(RangeError)
    expect(() => addWorkingHours(at('2020-04-01T09:00'), Number.NaN, spring2020)).toThrow(RangeError)
    expect(() => addWorkingHours(at('2020-04-01T09:00'), 1, { exceptions: new Map(), hours: [] })).toThrow(RangeError)
    const never = new Map(Array.from({ length: 4000 }, (_, n) => [shiftDay('2020-01-01', n), 'holiday'] as const))
    expect(() => addWorkingHours(at('2020-01-02T09:00'), 1, { exceptions: never, hours: office })).toThrow(RangeError)
  })

  it('agrees with counting minute by minute over random calendars', () => {
    const time = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
    const hoursFrom = (effectiveFrom: string) => fc.tuple(fc.integer({ min: 0, max: 1438 }), fc.integer({ min: 1, max: 1439 }))
      .filter(([a, b]) => b - a >= 60).map(([a, b]) => ({ effectiveFrom, opens: time(a), closes: time(b) }))
    const calendars = fc.record({
      exceptions: fc.array(fc.tuple(fc.integer({ min: -2, max: 40 }).map((n) => shiftDay('2020-03-01', n)), fc.constantFrom('holiday' as const, 'workday' as const)), { maxLength: 25 }).map((days) => new Map(days)),
      hours: fc.tuple(hoursFrom('2020-01-01'), hoursFrom('2020-03-05')).map((both) => [...both]),
    })
    fc.assert(fc.property(calendars, fc.integer({ min: 0, max: 6 * 1440 }), fc.integer({ min: 0, max: 600 }), (calendar, minute, length) => {
      const from = new Date(Date.parse('2020-03-01T00:00:00+08:00') + minute * 60_000)
      expect(addWorkingHours(from, length / 60, calendar).getTime()).toBeCloseTo(countMinutes(from, length, calendar).getTime(), -2)
    }), { numRuns: 60 })
  })
})

/** Walks minute by minute and looks up each one: slow, and plainly right. */
function countMinutes(from: Date, minutes: number, calendar: WorkCalendar): Date {
  let now = from.getTime()
  for (let left = minutes; left > 0; now += 60_000) {
    const [day = '', time = ''] = new Date(now + 8 * 3_600_000).toISOString().slice(0, 16).split('T')
    const exception = calendar.exceptions.get(day)
    const weekday = new Date(`${day}T12:00:00Z`).getUTCDay()
    const worked = exception === 'workday' || (exception === undefined && weekday >= 1 && weekday <= 5)
    const hours = calendar.hours.filter((one) => one.effectiveFrom <= day).at(-1)!
    if (worked && time >= hours.opens && time < hours.closes) left -= 1
  }
  return new Date(now)
}

it('a year is published when its National Day is known', () => {
  expect(isPublished(2020, new Map([['2020-10-01', 'holiday']]))).toBe(true)
  expect(isPublished(2027, new Map([['2027-01-01', 'holiday']]))).toBe(false)
})
