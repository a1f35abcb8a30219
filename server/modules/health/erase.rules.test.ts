// Which days are to be erased, and why.
import { expect, it } from 'vitest'
import { eraseBefore } from './erase.rules.ts'

it.each([
  ['while the emergency goes on, by age alone', { endedOn: null, daysAfterEnd: 30 }, { before: '2020-03-02', why: 'age', days: 60 }],
  ['soon after its end, still by age', { endedOn: '2020-04-15', daysAfterEnd: 30 }, { before: '2020-03-02', why: 'age', days: 60 }],
  ['on the last of the days after its end, still by age', { endedOn: '2020-04-01', daysAfterEnd: 30 }, { before: '2020-03-02', why: 'age', days: 60 }],
  ['then everything, today’s too', { endedOn: '2020-03-31', daysAfterEnd: 30 }, { before: '2020-05-02', why: 'ended', days: 30 }],
  ['a pack that names no clock erases by age', { endedOn: '2020-03-01', daysAfterEnd: null }, { before: '2020-03-02', why: 'age', days: 60 }],
] as const)('%s', (_, of, expected) => {
  expect(eraseBefore({ today: '2020-05-01', keepDays: 60, ...of })).toEqual(expected)
})
