// Days, moments and numbers as readers see them, in both languages.
import { describe, expect, test } from 'vitest'
import { bytes, day, instant, large, number, rate, relative, toInstant, today } from './format.ts'

describe('moments', () => {
  test.each([
    ['2020-02-24T01:30:00.000Z', '2020-02-24 09:30'],
    ['2020-02-24T16:00:00Z', '2020-02-25 00:00'],
    ['2020-12-31T23:59:59+08:00', '2020-12-31 23:59'],
    ['2020-02-24T09:30+08:00', '2020-02-24 09:30'],
  ])('%s is %s in Shanghai', (value, shown) => expect(instant(value)).toBe(shown))
  test.each([null, undefined, '', 'nonsense'])('%s shows a dash', (value) => {
    expect(instant(value)).toBe('–')
    expect(day(value)).toBe('–')
  })
  test('a day stays the day it is, a moment becomes its day in Shanghai', () => {
    expect(day('2020-02-24')).toBe('2020-02-24')
    expect(day('2020-02-24T20:00:00Z')).toBe('2020-02-25')
    expect(today(Date.parse('2020-02-24T17:00:00Z'))).toBe('2020-02-25')
  })
  test('a local day and time goes out as an instant', () => {
    expect(toInstant('2020-02-24', '09:30')).toBe('2020-02-24T01:30:00.000Z')
    expect(toInstant('2020-02-24')).toBe('2020-02-23T16:00:00.000Z')
  })
  test('relative times name the largest whole unit', () => {
    const now = Date.parse('2020-02-24T01:30:00Z')
    expect(relative('2020-02-23T22:30:00Z', now, 'zh')).toBe('3小时前')
    expect(relative('2020-02-26T01:30:00Z', now, 'en')).toBe('in 2 days')
    expect(relative('2020-02-24T01:29:40Z', now, 'zh')).toBe('刚刚')
  })
})

describe('numbers', () => {
  test('are grouped, and missing is not nought', () => {
    expect(number(4113)).toBe('4,113')
    expect(number(0)).toBe('0')
    expect(number(null, 'zh')).toBe('未报')
    expect(number(undefined, 'en')).toBe('not reported')
  })
  test.each([[9999, '9,999', '9,999'], [123_000, '12.3 万', '123 thousand'], [120_000_000, '1.2 亿', '120 million'], [-52_000, '-5.2 万', '-52 thousand']])('%d in words', (value, zh, en) => {
    expect(large(value, 'zh')).toBe(zh)
    expect(large(value, 'en')).toBe(en)
  })
  test('a rate carries its fraction and never rounds up to everything', () => {
    expect(rate(4113, 4113, 'zh')).toBe('100.0%（4,113 / 4,113）')
    expect(rate(4112, 4113, 'en')).toBe('99.9% (4,112 / 4,113)')
    expect(rate(99_999, 100_000, 'en')).toBe('99.9% (99,999 / 100,000)')
    expect(rate(null, 4113, 'zh')).toBe('未报')
  })
  test('sizes', () => expect([bytes(12), bytes(2048), bytes(1.5 * 1024 ** 2)]).toEqual(['12 B', '2 KB', '1.5 MB']))
})
