// Cases for the order of an address.
import { expect, test } from 'vitest'
import { inOrder } from './areas.ts'

test.each([
  ['zh', '云岩区黔灵东路街道', '样例路 1 号', '云岩区黔灵东路街道 样例路 1 号'],
  ['en', 'Qianling East Road, Yunyan', '样例路 1 号', '样例路 1 号, Qianling East Road, Yunyan'],
  ['en', 'Yunyan', '', 'Yunyan'], ['zh', '', '样例路 1 号', '样例路 1 号'],
] as const)('%s: %s, %s', (language, path, address, words) => expect(inOrder(path, address, language)).toBe(words))
