// Every text stands in both languages, with the same params; faults speak with the contract's words.
import { issues } from '@fugong/contract/problems.issues'
import { expect, test } from 'vitest'
import { firstLanguage } from './i18n.ts'

const files = import.meta.glob<Record<string, unknown>>(['./*.json', '../ui/*.json', '../h5/*.json', '../modules/*/*.json'], { eager: true, import: 'default' })
function flat(texts: Record<string, unknown>, under = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(texts)) {
    if (typeof value === 'string') found.set(under + key.replace(/_(one|other)$/, ''), value)
    else for (const [below, text] of flat(value as Record<string, unknown>, `${under}${key}.`)) found.set(below, text)
  }
  return found
}
const params = (text: string) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]))].sort().join()
/** Rooms have one pair of files, the phone pages one for each page. */
const rooms = Object.keys(files).filter((path) => /[/.]zh\.json$/.test(path))
const english = (path: string) => path.replace(/zh\.json$/, 'en.json')

test('there are texts to look at', () => expect(rooms.length).toBeGreaterThanOrEqual(10))
test.each(rooms)('%s and its English hold the same texts', (path) => {
  const zh = flat(files[path]!)
  const en = flat(files[english(path)] ?? {})
  expect([...en.keys()].sort()).toEqual([...zh.keys()].sort())
  for (const [key, text] of zh) expect(`${key}: ${params(en.get(key)!)}`).toBe(`${key}: ${params(text)}`)
})
const phone = rooms.filter((path) => path.startsWith('../h5/'))
test.each(phone.flatMap((path) => Object.keys(files[path]!).filter((key) => key.startsWith('issue.')).map((key) => [path, key] as const)))('%s says %s with the words of the contract', (path, key) => {
  expect(files[path]![key]).toBe(issues[key as keyof typeof issues].zh)
  expect(files[english(path)]![key]).toBe(issues[key as keyof typeof issues].en)
})
test('the language is what was asked, then what was remembered, then Chinese', () => {
  expect(firstLanguage('?lang=en', 'zh')).toBe('en')
  expect(firstLanguage('', 'en')).toBe('en')
  expect(firstLanguage('', null)).toBe('zh')
  expect(firstLanguage('?lang=zh', 'en')).toBe('zh')
})
