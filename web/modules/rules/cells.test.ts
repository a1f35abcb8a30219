// What officials choose becomes CEL and is read back as the same choice; hand-written cells keep their meaning.
import { compileCell, environmentFor } from '@fugong/contract/rules.cells'
import type { Column } from '@fugong/contract/rules'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankModel, celOf, kindsFor, modelOf, type Model } from './cells.ts'

const both = (zh: string) => ({ zh, en: zh })
const level: Column = { name: 'level', type: 'code', label: both('等级'), codes: ['none', 'low', 'medium', 'high'].map((value) => ({ value, label: both(value) })) }
const trade: Column = { name: 'trade', type: 'text', label: both('行业') }
const staff: Column = { name: 'staff', type: 'number', label: both('人数'), optional: true }
const vital: Column = { name: 'vital', type: 'boolean', label: both('重要') }

describe('reading cells', () => {
  it.each<[Column, string | undefined, Model]>([
    [level, undefined, { kind: 'any' }],
    [level, 'level == "none" || level == "low"', { kind: 'oneOf', values: ['none', 'low'] }],
    [level, "level in ['none', \"low\"]", { kind: 'oneOf', values: ['none', 'low'] }],
    [level, 'level != "none" && level != "low"', { kind: 'noneOf', values: ['none', 'low'] }],
    [level, '!(level in ["none", "low"])', { kind: 'noneOf', values: ['none', 'low'] }],
    [level, 'level == other', { kind: 'raw', cel: 'level == other' }],
    [level, 'level ==', { kind: 'raw', cel: 'level ==' }],
    [trade, 'trade.startsWith("62") || trade.startsWith("61")', { kind: 'beginsWith', values: ['62', '61'] }],
    [trade, 'trade.matches("^(0[6-7]|51)")', { kind: 'beginsWith', values: ['06', '07', '51'] }],
    [trade, 'trade.matches("9$")', { kind: 'raw', cel: 'trade.matches("9$")' }],
    [trade, 'trade == "C || D"', { kind: 'oneOf', values: ['C || D'] }],
    [staff, 'staff >= 20 && staff < 300', { kind: 'range', from: 20, fromIncluded: true, to: 300, toIncluded: false }],
    [staff, 'staff > 20.5', { kind: 'range', from: 20.5, fromIncluded: false, to: null, toIncluded: false }],
    [staff, 'staff == 10', { kind: 'equal', value: 10 }],
    [staff, 'staff == null', { kind: 'missing' }], [staff, 'staff != null', { kind: 'present' }],
    [staff, 'staff > 1 && staff > 2', { kind: 'raw', cel: 'staff > 1 && staff > 2' }],
    [staff, 'staff > 1 || staff < 0', { kind: 'raw', cel: 'staff > 1 || staff < 0' }],
    [vital, 'vital', { kind: 'flag', value: true }], [vital, '!vital', { kind: 'flag', value: false }], [vital, 'vital == false', { kind: 'flag', value: false }], [vital, 'true', { kind: 'raw', cel: 'true' }],
  ])('%# %s', (column, cel, model) => expect(modelOf(column, cel)).toEqual(model))
})

describe('there and back', () => {
  const codes = fc.uniqueArray(fc.constantFrom('none', 'low', 'medium', 'high'), { minLength: 1 })
  const digits = fc.uniqueArray(fc.integer({ min: 0, max: 999 }).map(String), { minLength: 1, maxLength: 12 })
  const number = fc.oneof(fc.integer({ min: -1000, max: 100000 }), fc.integer({ min: 0, max: 9999 }).map((n) => n / 4))
  const drawn: fc.Arbitrary<[Column, Model]> = fc.oneof(
    fc.tuple(fc.constantFrom('oneOf' as const, 'noneOf' as const), codes).map(([kind, values]): [Column, Model] => [level, { kind, values }]),
    digits.map((values): [Column, Model] => [trade, { kind: 'beginsWith', values }]),
    fc.tuple(fc.option(number), fc.boolean(), fc.option(number), fc.boolean()).filter(([from, , to]) => from !== null || to !== null)
      .map(([from, fromIncluded, to, toIncluded]): [Column, Model] => [staff, { kind: 'range', from, fromIncluded: from === null ? true : fromIncluded, to, toIncluded: to === null ? false : toIncluded }]),
    number.map((value): [Column, Model] => [staff, { kind: 'equal', value }]),
    fc.boolean().map((value): [Column, Model] => [vital, { kind: 'flag', value }]),
    fc.constantFrom<[Column, Model]>([staff, { kind: 'missing' }], [staff, { kind: 'present' }], [level, { kind: 'any' }]),
  )
  const sorted = (model: Model) => ('values' in model ? { ...model, values: [...model.values].sort() } : model)
  it('every choice is a sound cell and is read back as it was made', () => {
    fc.assert(fc.property(drawn, ([column, model]) => {
      const cel = celOf(column, model)
      if (cel !== undefined) expect(compileCell(environmentFor([column]).environment, [column], cel)).toHaveProperty('condition')
      expect(sorted(modelOf(column, cel))).toEqual(sorted(model))
    }), { numRuns: 500 })
  })
  it('beginnings mean the same as a pattern and one by one', () => {
    fc.assert(fc.property(digits, fc.integer({ min: 0, max: 99999 }).map(String), (values, text) => {
      const compiled = compileCell(environmentFor([trade]).environment, [trade], celOf(trade, { kind: 'beginsWith', values })!)
      expect('condition' in compiled && compiled.condition.test({ trade: text })).toBe(values.some((value) => text.startsWith(value)))
    }))
  })
  it('nothing chosen asks nothing', () => {
    for (const kind of ['oneOf', 'noneOf', 'beginsWith'] as const) expect(celOf(level, { kind, values: [] })).toBeUndefined()
    expect(celOf(staff, { kind: 'range', from: null, fromIncluded: true, to: null, toIncluded: true })).toBeUndefined()
  })
  it('another way of asking keeps what it can', () => {
    expect(blankModel('noneOf', level, { kind: 'oneOf', values: ['low'] })).toEqual({ kind: 'noneOf', values: ['low'] })
    expect(blankModel('raw', staff, { kind: 'equal', value: 5 })).toEqual({ kind: 'raw', cel: 'staff == 5' })
    expect(blankModel('range', staff, { kind: 'equal', value: 5 })).toMatchObject({ from: 5, to: null })
    expect(blankModel('equal', { ...staff, min: 1 }, { kind: 'any' })).toEqual({ kind: 'equal', value: 1 })
    expect(blankModel('flag', vital, { kind: 'any' })).toEqual({ kind: 'flag', value: true })
    expect(kindsFor(staff)).toContain('missing')
    expect(kindsFor({ ...staff, optional: undefined })).not.toContain('missing')
  })
})
