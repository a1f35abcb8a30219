// Cases for the order of an address, and for places that a search names.
import type { Area } from '@fugong/contract/areas'
import { expect, test } from 'vitest'
import { inOrder, placesLike } from './areas.ts'

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
