// Which colour holds after a report: up at once, down by the table, never by an older report.
import { expect, it } from 'vitest'
import { colourAfter, fallsBackTo } from './status.rules.ts'

const set = { day: '2020-02-24', slot: 1 as const }
it.each([
  ['worse is worse at once', 0, { level: 2, day: '2020-02-24', slot: 1 }, undefined, 'person', 2],
  ['worse in an older report counts too', 1, { level: 3, day: '2020-02-22', slot: 1 }, set, 'person', 3],
  ['better, where a report lowers', 1, { level: 0, day: '2020-02-25', slot: 1 }, set, 'report', 0],
  ['better in the evening of the same day', 1, { level: 0, day: '2020-02-24', slot: 2 }, set, 'report', 0],
  ['better, but older than what set the colour', 1, { level: 0, day: '2020-02-23', slot: 2 }, set, 'report', 1],
  ['better, where only a person lowers', 3, { level: 0, day: '2020-03-25', slot: 1 }, set, 'person', 3],
  ['the same stays', 2, { level: 2, day: '2020-02-25', slot: 1 }, set, 'person', 2],
] as const)('%s', (_, now, told, before, by, expected) => {
  expect(colourAfter(now, told, before, by)).toBe(expected)
})
it('a change by hand falls back to what was reported since, else to what stood before', () => {
  expect([fallsBackTo({ before: 3, reported: undefined }), fallsBackTo({ before: 3, reported: 1 }), fallsBackTo({ before: 2, reported: 0 })]).toEqual([3, 1, 0])
})
