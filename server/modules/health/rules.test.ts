// Pure rules of health: trees of receipts, tokens, days that are open, receipt numbers, the triage table of the sample.
import fc from 'fast-check'
import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { keyIssues, readReceiptNumber, receiptNumber } from '@fugong/contract/health'
import { compileTable, evaluate } from '@fugong/contract/rules.evaluate'
import type { DecisionTable } from '@fugong/contract/rules'
import { shanghaiDay } from '../../base/clock.ts'
import { sha256 } from '../../base/crypto.ts'
import { readData } from '../../base/data.ts'
import { follow, pathOf, rootOf } from '../../base/tree.ts'
import { dayIsOpen, newBatchId, readToken, roomFor, tokenOf } from './intake.rules.ts'
import { inputsOf } from './judge.actions.ts'
import { commitmentOf, cutHashes, leafOf } from './tree.actions.ts'

describe('trees of receipts', () => {
  const leaves = (count: number) => Array.from({ length: count }, (_, i) => sha256(`leaf ${i}`))
  it('prove every leaf of every size', () => {
    for (const size of [1, 2, 3, 5, 8, 13, 64, 100]) {
      const all = leaves(size)
      const root = rootOf(all)
      for (const [index, leaf] of all.entries()) expect(follow(leaf, pathOf(all, index)).equals(root)).toBe(true)
    }
  })
  it('refuse another leaf, another order, a shorter tree', () => {
    fc.assert(fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(39), (size, at) => {
      const all = leaves(size)
      const index = at % size
      const root = rootOf(all)
      expect(follow(sha256('forged'), pathOf(all, index)).equals(root)).toBe(false)
      expect(rootOf([...all].reverse()).equals(root)).toBe(false)
      expect(rootOf(all.slice(0, -1)).equals(root)).toBe(false)
    }))
  })
  it('an inner node is no leaf', () => {
    const all = leaves(4)
    const upper = [rootOf(all.slice(0, 2)), rootOf(all.slice(2))]
    expect(rootOf(upper).equals(rootOf(all))).toBe(true)
    expect(leafOf({ day: '2020-02-24', slot: 1, employmentId: randomUUID(), commitment: upper[0]!, acceptedAt: 0 }).equals(rootOf(all))).toBe(false)
    expect(() => rootOf([])).toThrow(RangeError)
  })
  it('a leaf binds day, slot, person, answers and moment', () => {
    const leaf = { day: '2020-02-24', slot: 1, employmentId: randomUUID(), commitment: commitmentOf('key', '{}'), acceptedAt: 1582509600000 }
    const hash = leafOf(leaf).toString('hex')
    for (const other of [{ day: '2020-02-25' }, { slot: 2 }, { employmentId: randomUUID() }, { commitment: commitmentOf('key', '{"contact":true}') }, { commitment: commitmentOf('yek', '{}') }, { acceptedAt: 1582509600001 }]) expect(leafOf({ ...leaf, ...other }).toString('hex')).not.toBe(hash)
  })
  it('hashes lie one after another', () => {
    const all = leaves(3)
    expect(cutHashes(Buffer.concat(all)).map((hash) => hash.toString('hex'))).toEqual(all.map((hash) => hash.toString('hex')))
  })
})

describe('receipt numbers', () => {
  it('tell batch and place, and every wrong character', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }), fc.integer({ min: 0, max: 1023 }), fc.nat(13), fc.nat(31), (batch, position, at, letter) => {
      const number = receiptNumber(batch, position)
      expect(number).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{4}$/)
      expect(readReceiptNumber(` ${number.toLowerCase().replaceAll('-', ' ')} `)).toEqual({ batch, position })
      const plain = number.replaceAll('-', '')
      const other = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'[letter]!
      if (plain[at] !== other) expect(readReceiptNumber(plain.slice(0, at) + other + plain.slice(at + 1))).toBeUndefined()
    }))
  })
  it.each(['', 'XXXXX', '!!!!!-00000-0000', '0'.repeat(200)])('is not a number: %s', (typed) => expect(readReceiptNumber(typed)).toBeUndefined())
  it('batches order by time and never repeat', () => {
    const ids = Array.from({ length: 2000 }, (_, i) => newBatchId(1582509600000 + (i >> 6), 0.5))
    expect(new Set(ids).size).toBe(2000)
    expect([...ids].sort((a, b) => a - b)).toEqual(ids)
    // A clock that goes back does not bring old numbers back.
    expect(newBatchId(1000, 0.5)).toBeGreaterThan(ids.at(-1)!)
  })
})

describe('tokens', () => {
  const keyed = (secret: string) => (text: string) => sha256(`${secret}${text}`)
  it('name their binding and carry its tag', () => {
    const id = randomUUID()
    const read = readToken(tokenOf(id, keyed('a')))!
    expect(read.id).toBe(id)
    expect(read.tag.equals(keyed('a')(id).subarray(0, 12))).toBe(true)
    expect(read.tag.equals(keyed('b')(id).subarray(0, 12))).toBe(false)
  })
  it.each(['', 'x', 'ä'.repeat(38), randomBytes(40).toString('base64url')])('refuse %s', (token) => expect(readToken(token)).toBeUndefined())
})

describe('days', () => {
  it.each([
    ['2020-02-24', '2020-02-24T15:59:59.999Z', true], ['2020-02-24', '2020-02-24T16:00:00.000Z', true], ['2020-02-25', '2020-02-24T15:59:59.999Z', false], ['2020-02-25', '2020-02-24T16:00:00.000Z', true],
    ['2020-02-21', '2020-02-24T02:00:00.000Z', true], ['2020-02-20', '2020-02-24T02:00:00.000Z', false], ['2021-02-24', '2020-02-24T02:00:00.000Z', false], ['2019-02-24', '2020-02-24T02:00:00.000Z', false], ['2020-02-29', '2020-03-01T02:00:00.000Z', true],
  ])('%s at %s: %s', (day, now, open) => expect(dayIsOpen(day, shanghaiDay(new Date(now)), 3)).toBe(open))
  it('turn at midnight in Shanghai', () => expect([shanghaiDay(new Date('2020-02-24T15:59:59Z')), shanghaiDay(new Date('2020-02-24T16:00:00Z'))]).toEqual(['2020-02-24', '2020-02-25']))
  it('a key speaks of one day and slot', () => {
    const report = { key: `202002241-${'a'.repeat(22)}`, day: '2020-02-24', slot: 1 as const, answers: {} }
    expect(keyIssues(report)).toEqual([])
    expect(keyIssues({ ...report, day: '2020-02-25' })).toHaveLength(1)
    expect(keyIssues({ ...report, slot: 2 })).toHaveLength(1)
  })
  it('the door opens wider where more is done', () => expect([roomFor(0, 0.3, 500), roomFor(20_000, 0.3, 500), roomFor(1000, 0.3, 500)]).toEqual([500, 6000, 500]))
})

describe('the triage table of the sample', () => {
  const table = compileTable(readData<DecisionTable>('packs', 'epidemic-2020', 'tables', 'health.triage.json').value)
  const person = { originLevel: 'none' as const, observed: false, exposed: false, missed: 0 }
  const levelOf = (answers: Record<string, unknown>, facts: Partial<Record<keyof typeof person, unknown>> = {}) => {
    const decided = evaluate(table, inputsOf({ ...person, ...facts } as typeof person, answers as never), new Date())
    return 'reason' in decided ? decided : decided.outputs['level']
  }
  it.each([
    [{}, {}, 'green'], [{ temperature: 37.2 }, {}, 'green'], [{ temperature: 37.3 }, {}, 'yellow'], [{ temperature: 37.3, contact: true }, {}, 'red'], [{ contact: true }, {}, 'orange'],
    [{ symptoms: ['cough'] }, {}, 'yellow'], [{ symptoms: [] }, {}, 'green'], [{ diagnosis: 'suspected' }, {}, 'red'], [{ diagnosis: 'confirmed' }, {}, 'red'], [{ diagnosis: 'none' }, {}, 'green'],
    [{}, { exposed: true }, 'orange'], [{ temperature: 38 }, { exposed: true }, 'red'], [{}, { originLevel: 'high' }, 'orange'], [{ temperature: 38 }, { originLevel: 'high' }, 'red'], [{}, { originLevel: 'medium' }, 'yellow'],
    [{}, { originLevel: 'unlisted' }, 'green'], [{}, { missed: 1 }, 'green'], [{}, { missed: 2 }, 'yellow'], [{ travelled: true }, {}, 'green'],
  ])('%j of %j is %s', (answers, facts, level) => expect(levelOf(answers, facts)).toBe(level))
})
