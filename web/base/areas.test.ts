// Cases for the names of areas and the order of an address.
import { expect, test } from 'vitest'
import { inOrder, nameAmong, pathAmong } from './areas.ts'

test.each([
  ['zh', '云岩区黔灵东路街道', '样例路 1 号', '云岩区黔灵东路街道 样例路 1 号'],
  ['en', 'Qianling East Road, Yunyan', '样例路 1 号', '样例路 1 号, Qianling East Road, Yunyan'],
  ['en', 'Yunyan', '', 'Yunyan'], ['zh', '', '样例路 1 号', '样例路 1 号'],
] as const)('%s: %s, %s', (language, path, address, words) => expect(inOrder(path, address, language)).toBe(words))

const known = new Map([
  ['520103', { kind: 'district' as const, parent: '520100', name: { zh: '云岩区', en: 'Yunyan' } }],
  ['520103020', { kind: 'street' as const, parent: '520103', name: { zh: '黔灵东路街道', en: 'Qianling East Road' } }],
])
test.each([
  ['520103', 'zh', '云岩区', '云岩区'], ['520103020', 'zh', '黔灵东路街道', '云岩区黔灵东路街道'], ['520103020', 'en', 'Qianling East Road', 'Qianling East Road, Yunyan'],
  ['520103020901', 'zh', '黔灵东路街道 · 520103020901', '云岩区黔灵东路街道 · 520103020901'], ['520103020901', 'en', 'Qianling East Road · 520103020901', 'Qianling East Road · 520103020901, Yunyan'],
  ['520199', 'zh', '520199', '520199'], ['520199020901', 'en', '520199020901', '520199020901'],
] as const)('%s in %s is %s, whole %s', (code, language, name, path) => {
  expect(nameAmong(known, code, language)).toBe(name)
  expect(pathAmong(known, code, language)).toBe(path)
})
