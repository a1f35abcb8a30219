// What a clerk's short way says: the normal day of the form in force, temperatures as keypads type them, keys that name their slot.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import type { Form } from '@fugong/contract/forms'
import { checkAnswers } from '@fugong/contract/forms.engine'
import { keyIssues } from '@fugong/contract/health'
import { intentKey, normalDay, temperatureOf } from './report-for.ts'

const form = JSON.parse(readFileSync('packs/epidemic-2020/forms/health.daily.json', 'utf8')) as Form
it('a normal day answers what is shown and nothing else, and the form takes it', () => {
  expect(normalDay(form)).toEqual({ contact: false, diagnosis: 'none', travelled: false })
  expect(checkAnswers(form, { ...normalDay(form), temperature: 36.5 }, '', true)).toEqual([])
})
it.each([['36.5', 36.5], ['36。5', 36.5], ['３６．５', 36.5], ['36,5', 36.5], ['365', 36.5], ['430', 43], ['36.5℃', 36.5], ['', null], [' ', null], ['333', 333], ['3.65', 3.65], ['热', '热']])('%s is read as %s', (typed, read) => expect(temperatureOf(typed)).toBe(read))
it('a key names its day and slot and is never the same', () => {
  const [one, two] = [intentKey('2020-02-24', 2), intentKey('2020-02-24', 2)]
  expect(keyIssues({ key: one, day: '2020-02-24', slot: 2, answers: {} })).toEqual([])
  expect([one === two, /^202002242-[A-Za-z0-9_-]{22}$/.test(one)]).toEqual([false, true])
})
