// Cases for the names of areas, the order of an address, and places that a search names.
import type { Area } from '@fugong/contract/areas'
import { expect, test } from 'vitest'
import { inOrder, nameAmong, pathAmong, placesLike } from './areas.ts'

const area = (code: string, kind: Area['kind'], zh: string, en: string) => ({ code, kind, name: { zh, en } }) as Area
const all = [area('520100', 'city', '贵阳市', 'Guiyang City'), area('520103020', 'street', '黔灵东路街道', 'Qianling East Road Subdistrict'), area('520103', 'district', '云岩区', 'Yunyan District'), area('520102099', 'street', '云岩路街道', 'Yunyan Road Subdistrict')]
test.each([
  ['黔灵东', ['520103020']], [' qianling EAST ', ['520103020']], ['云岩', ['520103', '520102099']], ['黔', []], ['贵阳', []], ['影城', []], ['', []],
])('%j names %j', (typed, codes) => expect(placesLike(all, typed).map(({ code }) => code)).toEqual(codes))

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
