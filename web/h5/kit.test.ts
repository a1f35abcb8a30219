// The phone pages' own pieces: where a sign-in may lead, and how moments are written.
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { instant, issueWords, nextPage, questions } from './kit.ts'

test.each([
  ['', true, '/console'], ['', false, '/portal'],
  ['?next=%2Fconsole%2Fdeclarations%3Fstate%3DunderReview', true, '/console/declarations?state=underReview'],
  ['?as=staff&next=/console/people', true, '/console/people'],
  ['?next=%2Fportal', true, '/console'], ['?next=%2Fconsole%2Fpeople', false, '/portal'],
  ['?next=%2F%2Fevil.example', false, '/portal'], ['?next=%2F%5Cevil.example', false, '/portal'], ['?next=https%3A%2F%2Fevil.example', true, '/console'],
  ['?next=javascript%3Aalert(1)', true, '/console'], ['?next=%2F%09%2Fevil.example', true, '/console'], ['?next=%E0%A4%A', true, '/console'],
])('after signing in at %s (staff %s): %s', (search, staff, to) => expect(nextPage(search, staff)).toBe(to))
test('moments are written in Shanghai time', () => {
  expect(instant('2020-02-24T01:30:07Z')).toBe('2020-02-24 09:30')
  expect(instant('2020-02-24T01:30:07Z', true)).toBe('2020-02-24 09:30:07')
  expect(instant('never')).toBe('–')
})
test('faults are in words, unknown ones too', () => {
  expect(issueWords({ path: '/name', code: 'issue.required' }, '姓名')).toBe('请填写姓名')
  expect(issueWords({ path: '/name', code: 'issue.never_heard' }, '姓名')).toBe('姓名的格式不对')
})
test('only the last question may answer, whatever the order of arrival', async () => {
  const begin = questions()
  const shown: string[] = []
  const ask = async (number: string, answered: Promise<void>) => {
    const isLast = begin()
    await answered
    if (isLast()) shown.push(number)
  }
  let arrive = (): void => undefined
  const late = ask('A', new Promise((resolve) => { arrive = resolve }))
  await ask('B', Promise.resolve())
  arrive()
  await late
  expect(shown).toEqual(['B'])
})
// Texts are split by page so that nobody loads those of the others: each page must bring all it says.
const folder = 'web/h5/'
const read = (file: string) => readFileSync(folder + file, 'utf8')
const sourcesOf = (file: string, found = new Set<string>()): Set<string> => {
  if (found.has(file)) return found
  found.add(file)
  for (const [, inner] of read(file).matchAll(/from '\.\/([\w.-]+)'/g)) if (/\.tsx?$/.test(inner!)) sourcesOf(inner!, found)
  return found
}
test.each(readdirSync(folder).filter((file) => file.endsWith('.html')))('%s brings every text that it says', (html) => {
  const sources = [...sourcesOf(html.replace(/html$/, 'tsx'))].map(read)
  const files = sources.flatMap((text) => [...text.matchAll(/from '\.\/([\w.-]*zh\.json)'/g)].map((match) => match[1]!))
  const known = Object.keys(Object.assign({}, ...files.map((file) => JSON.parse(read(file)) as object)) as object)
  const said = sources.flatMap((text) => [...text.matchAll(/\bt\('([\w.]+)'/g)].map((match) => match[1]!))
  const begun = sources.flatMap((text) => [...text.matchAll(/\bt\(`([\w.]+)\$\{/g)].map((match) => match[1]!))
  expect(said.length).toBeGreaterThan(5)
  expect(said.filter((key) => !known.includes(key))).toEqual([])
  expect(begun.filter((start) => !known.some((key) => key.startsWith(start)))).toEqual([])
})
