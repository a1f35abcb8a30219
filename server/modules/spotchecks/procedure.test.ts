// The draw against fixed vectors that anyone can compute by hand, and that nobody can change one input without being seen.
import { describe, expect, it } from 'vitest'
import { createHash } from 'node:crypto'
import { workedDraw } from '@fugong/contract/spotchecks.vectors'
import { commitmentOf, drawFrom, inspectorsFrom, keyOf, listHashOf, rankOf, stratumOf, takeOf, type Entry } from './procedure.actions.ts'

const seed = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'
const drawId = '01890000-0000-7000-8000-000000000001'
const blockHash = 'ab'.repeat(32)
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const entries: Entry[] = ['GY-B0000-00000-1', 'GY-A0000-00000-1', 'GY-C0000-00000-1', 'GY-D0000-00000-1'].map((id, n) => ({ id, stratum: n < 3 ? 'low/park/general/effective' : 'low/site/general/effective' }))
const strata = new Map([['low/park/general/effective', 1], ['low/site/general/effective', 1]])
const draw = (of: readonly Entry[], s = seed, b = blockHash) => drawFrom(of, strata, keyOf({ seed: s, blockHash: b, listHash: listHashOf(of) }))

describe('the published steps', () => {
  it('are plain hashes of plain lines', () => {
    expect(commitmentOf(seed, drawId)).toBe(hash(`fugong-draw-1\n${drawId}\n${seed}`))
    expect(listHashOf(entries)).toBe(hash(['A', 'B', 'C'].map((letter) => `GY-${letter}0000-00000-1\tlow/park/general/effective`).join('\n') + '\nGY-D0000-00000-1\tlow/site/general/effective'))
    const key = keyOf({ seed, blockHash, listHash: listHashOf(entries) })
    expect(key).toBe(hash(`${seed}\n${blockHash}\n${listHashOf(entries)}`))
    expect(rankOf(key, 'GY-A0000-00000-1')).toBe(hash(`${key}\nentry\nGY-A0000-00000-1`))
  })
  it('take those with the smallest ranks of each stratum', () => {
    const key = keyOf({ seed, blockHash, listHash: listHashOf(entries) })
    const first = entries.slice(0, 3).map(({ id }) => ({ id, rank: rankOf(key, id) })).sort((a, b) => a.rank.localeCompare(b.rank))[0]!
    expect(draw(entries).map(({ id }) => id)).toEqual([first.id, 'GY-D0000-00000-1'].sort())
  })
  it('do not go by the order in which the list is handed in', () => {
    expect(draw([...entries].reverse())).toEqual(draw(entries))
    expect(listHashOf([...entries].reverse())).toBe(listHashOf(entries))
  })
  it.each([[0, 10, 0], [1, 10, 1], [10, 10, 1], [11, 10, 2], [100, 5, 5], [3, 100, 3], [3, 0, 0], [7, 14.3, 2], [1000, 0.1, 1]])('of %d at %d percent take %d', (count, percent, take) => expect(takeOf(count, percent)).toBe(take))
  it('say of what a stratum consists', () => expect(stratumOf({ level: null, scene: 'park', enterpriseClass: 'vital', procedure: null })).toBe('unlisted/park/vital/review'))
})
describe('nobody can change one input unseen', () => {
  /** A small generator with a seed of its own, so that a failure can be repeated. */
  function* numbers(n: number) { for (let x = 12345; n > 0; n--) yield (x = (x * 1103515245 + 12345) & 0x7fffffff) }
  it('every changed, added, left out or moved entry changes the hash of the list and with it the key', () => {
    for (const n of numbers(200)) {
      const list: Entry[] = Array.from({ length: 2 + (n % 9) }, (_, i) => ({ id: `GY-${String((n * (i + 3)) % 99991).padStart(5, '0')}-${String(i).padStart(5, '0')}-0`, stratum: `low/${['park', 'site', 'office'][(n + i) % 3]}/general/effective` }))
      const at = n % list.length
      const before = listHashOf(list)
      const changed = [
        list.filter((_, i) => i !== at), [...list, { id: 'GY-ZZZZZ-ZZZZZ-Z', stratum: 'low/park/general/effective' }],
        list.map((entry, i) => (i === at ? { ...entry, id: `${entry.id}X` } : entry)), list.map((entry, i) => (i === at ? { ...entry, stratum: 'high/site/vital/review' } : entry)),
      ]
      for (const other of changed) {
        expect(listHashOf(other)).not.toBe(before)
        expect(keyOf({ seed, blockHash, listHash: listHashOf(other) })).not.toBe(keyOf({ seed, blockHash, listHash: before }))
      }
    }
  })
  it('another seed breaks the commitment, another block the key', () => {
    for (const n of numbers(200)) {
      const other = hash(String(n))
      expect(commitmentOf(other, drawId)).not.toBe(commitmentOf(seed, drawId))
      expect(keyOf({ seed, blockHash: other, listHash: 'x' })).not.toBe(keyOf({ seed, blockHash, listHash: 'x' }))
    }
    expect(commitmentOf(seed, drawId)).not.toBe(commitmentOf(seed, `${drawId.slice(0, -1)}2`))
  })
})
describe('inspectors', () => {
  it('come from the codes of those who may, as many as asked, never anyone else', () => {
    const pool = ['aa', 'bb', 'cc', 'dd']
    const two = inspectorsFrom(pool, 'key', 'GY-1', 2)
    expect(two).toHaveLength(2)
    expect(pool).toEqual(expect.arrayContaining(two))
    expect(inspectorsFrom([...pool].reverse(), 'key', 'GY-1', 2)).toEqual(two)
    expect(inspectorsFrom(['aa'], 'key', 'GY-1', 2)).toEqual(['aa'])
    expect(inspectorsFrom([], 'key', 'GY-1', 2)).toEqual([])
  })
})
describe('the draw that was worked through', () => {
  it('comes out the same here', () => {
    const { id, seed: s, blockHash: b, list, strata: told, listHash, commitment, drawn } = workedDraw
    const key = keyOf({ seed: s, blockHash: b, listHash })
    expect([commitmentOf(s, id), listHashOf(list)]).toEqual([commitment, listHash])
    expect(drawFrom(list, new Map(told.map(({ stratum, take }) => [stratum, take])), key)).toEqual(drawn.map(({ id: number, rank }) => ({ id: number, rank })))
    for (const one of drawn) expect(inspectorsFrom(one.pool, key, one.id, one.inspectors.length)).toEqual(one.inspectors)
  })
})
