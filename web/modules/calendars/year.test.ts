// Months begin on the right weekday, arrangements join, workdays are counted.
import type { CalendarDay } from '@fugong/contract/calendars'
import { describe, expect, it } from 'vitest'
import { arrangementsOf, countsOf, hoursBetween, kindOf, shifted, weekdayOf, weeksOf } from './year.ts'

const off = (day: string, zh: string): CalendarDay => ({ day, kind: 'holiday', name: { zh, en: zh }, source: 'official' })
const work = (day: string, zh: string): CalendarDay => ({ day, kind: 'workday', name: { zh, en: zh }, source: 'official' })

describe('a year', () => {
  it('lays out weeks from Monday', () => {
    const february = weeksOf(2020, 2)
    expect(february[0]).toEqual([undefined, undefined, undefined, undefined, undefined, '2020-02-01', '2020-02-02'])
    expect(february.flat().filter(Boolean)).toHaveLength(29)
    expect(february.at(-1)?.[5]).toBe('2020-02-29')
    expect(weeksOf(2021, 2)).toHaveLength(4)
  })
  it('knows weekdays and neighbours across months', () => {
    expect([weekdayOf('2020-02-24'), weekdayOf('2020-03-01')]).toEqual([1, 7])
    expect([shifted('2020-02-28', 1), shifted('2020-02-29', 1), shifted('2021-01-01', -1)]).toEqual(['2020-02-29', '2020-03-01', '2020-12-31'])
  })
  it('lets an arrangement win over the weekday', () => {
    expect([kindOf('2020-01-24', undefined), kindOf('2020-01-24', off('2020-01-24', '春节')), kindOf('2020-01-19', undefined), kindOf('2020-01-19', work('2020-01-19', '调休'))]).toEqual(['plain', 'holiday', 'weekend', 'workday'])
  })
  it('joins neighbouring days of one name', () => {
    const lines = arrangementsOf([off('2020-01-25', '春节'), off('2020-01-24', '春节'), work('2020-01-19', '调休'), off('2020-01-31', '延长'), off('2020-02-01', '延长'), off('2020-01-26', '春节')])
    expect(lines.map(({ from, to, days }) => [from, to, days])).toEqual([['2020-01-19', '2020-01-19', 1], ['2020-01-24', '2020-01-26', 3], ['2020-01-31', '2020-02-01', 2]])
  })
  it('keeps apart what the country announced and what the city set', () => {
    const lines = arrangementsOf([off('2020-01-24', '春节'), { ...off('2020-01-25', '春节'), source: 'administrator' }])
    expect(lines.map(({ from, source }) => [from, source])).toEqual([['2020-01-24', 'official'], ['2020-01-25', 'administrator']])
  })
  it('counts workdays with and without arrangements', () => {
    expect(countsOf(2020, []).workdays).toBe(262)
    expect(countsOf(2020, [off('2020-01-24', '春节'), off('2020-01-25', '春节'), work('2020-01-19', '调休')])).toEqual({ workdays: 262, holidays: 2, makeUp: 1 })
  })
  it('measures working hours', () => {
    expect([hoursBetween('09:00', '17:00'), hoursBetween('08:30', '17:00')]).toEqual([8, 8.5])
  })
})
