// Identifiers sort in the order in which they were made, also when the clock stands or goes back.
import { expect, test } from 'vitest'
import { newId } from './ids.ts'

test('ids are UUIDs of version 7, all different, in the order in which they were made', () => {
  const made = Array.from({ length: 20_000 }, () => newId())
  for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(made).size).toBe(made.length)
  expect([...made].sort()).toEqual(made)
})
test('a clock that goes back does not put later ids before earlier ones', () => {
  const [before, after] = [newId(), newId(Date.now() - 60_000)]
  expect(after > before).toBe(true)
})
