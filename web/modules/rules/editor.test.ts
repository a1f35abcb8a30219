// Deeds on a table under edit, undone and redone, and blocks of cells copied and pasted.
import type { DecisionTable } from '@fugong/contract/rules'
import type { DraftTable } from '@fugong/contract/rules.editing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begin, blockText, duplicateRow, insertRow, moveRow, newRowId, paste, placesOf, readBlock, redo, removeRow, setBecause, setThen, setWhen, step, undo, valueFrom, type History } from './editor.ts'

const both = (zh: string, en = zh) => ({ zh, en })
const base: DecisionTable = {
  code: 'a.b', version: 1, name: both('表'), areaCode: '520100', effectiveFrom: '2020-01-01T00:00:00Z', hit: 'first', source: both('来源'),
  inputs: [{ name: 'level', type: 'text', label: both('等级') }, { name: 'other', type: 'text', label: both('另') }, { name: 'vital', type: 'boolean', label: both('重要') }],
  outputs: [{ name: 'way', type: 'code', label: both('办法'), codes: [{ value: 'review', label: both('审核', 'Review') }] }, { name: 'hours', type: 'number', label: both('时限') }, { name: 'open', type: 'boolean', label: both('开') }],
  rows: [{ id: 'r1', when: { level: 'level == "a"' }, then: { way: 'review', hours: 8, open: true }, because: both('因') }, { id: 'r2', when: {}, then: { way: null, hours: null, open: false } }],
}
const table: DraftTable = { ...base, effectiveFrom: null }

describe('deeds', () => {
  it('leave what they do not touch', () => {
    const changed = setThen(setWhen(table, 0, 'level', undefined), 0, 'hours', 16)
    expect(changed.rows[0]).toEqual({ ...table.rows[0], when: {}, then: { ...table.rows[0]!.then, hours: 16 } })
    expect(changed.rows[1]).toBe(table.rows[1])
    expect(setBecause(table, 1, both('新')).rows[1]!.because).toEqual(both('新'))
  })
  it('rows come, go and move', () => {
    const added = insertRow(table, base, 1)
    expect(added.rows.map((row) => row.id)).toEqual(['r1', 'r3', 'r2'])
    expect(added.rows[1]).toEqual({ id: 'r3', when: {}, then: { way: null, hours: null, open: null } })
    expect(duplicateRow(table, base, 0).rows[1]).toEqual({ ...table.rows[0], id: 'r3' })
    expect(removeRow(table, 0).rows.map((row) => row.id)).toEqual(['r2'])
    expect(moveRow(added, 0, 2).rows.map((row) => row.id)).toEqual(['r3', 'r2', 'r1'])
    for (const [from, to] of [[0, -1], [0, 2], [5, 0], [1, 1]] as const) expect(moveRow(table, from, to)).toBe(table)
    expect([removeRow(table, 7), duplicateRow(table, base, 7)]).toEqual([table, table])
  })
  it('a new row never takes the name of a removed one', () => {
    expect(newRowId(removeRow(table, 1), base)).toBe('r3')
    expect(newRowId({ ...table, rows: [{ ...table.rows[0]!, id: 'first' }] }, { ...base, rows: [] })).toBe('r1')
  })
  it('a full table takes no more rows', () => {
    const full: DraftTable = { ...table, rows: Array.from({ length: 2000 }, (_, n) => ({ ...table.rows[0]!, id: `r${n}` })) }
    expect(insertRow(full, base, 0)).toBe(full)
  })
})

describe('undo and redo', () => {
  it('walk the same way back and forth, whatever was done', () => {
    const deed = fc.oneof(
      fc.tuple(fc.nat(5), fc.string({ maxLength: 3 })).map(([row, text]) => (one: DraftTable) => setWhen(one, row % one.rows.length || 0, 'level', text)),
      fc.nat(5).map((at) => (one: DraftTable) => insertRow(one, base, at % (one.rows.length + 1))),
      fc.nat(5).map((at) => (one: DraftTable) => (one.rows.length > 1 ? removeRow(one, at % one.rows.length) : one)),
      fc.tuple(fc.nat(5), fc.nat(5)).map(([from, to]) => (one: DraftTable) => moveRow(one, from % one.rows.length, to % one.rows.length)),
    )
    fc.assert(fc.property(fc.array(deed, { maxLength: 20 }), (deeds) => {
      const states: History[] = [begin(table)]
      for (const one of deeds) states.push(step(states.at(-1)!, one(states.at(-1)!.present)))
      let now = states.at(-1)!
      const last = now.present
      while (now.past.length) now = undo(now)
      expect(now.present).toBe(table)
      expect(undo(now).present).toBe(table)
      while (now.future.length) now = redo(now)
      expect(now.present).toBe(last)
      expect(redo(now).present).toBe(last)
    }))
  })
  it('typing in one place is one step, and something new forgets what was taken back', () => {
    let now = begin(table)
    for (const text of ['a', 'ab', 'abc']) now = step(now, setWhen(now.present, 0, 'level', text), 'level/0')
    expect(now.past).toHaveLength(1)
    now = undo(now)
    expect(now.present).toBe(table)
    now = step(now, setWhen(now.present, 0, 'level', 'x'), 'level/0')
    expect([now.past.length, now.future.length]).toEqual([1, 0])
    expect(step(now, now.present)).toBe(now)
  })
})

describe('copying and pasting', () => {
  const places = placesOf(table)
  it('a block copied is the same when pasted', () => {
    const copied = readBlock(blockText(table.rows.slice(0, 1), places))
    const { table: pasted, refused } = paste(table, { row: 1, place: 0 }, copied)
    expect(refused).toBe(0)
    expect({ ...pasted.rows[1], id: 'r1' }).toEqual(table.rows[0])
  })
  it('stops at the edges and tells what a column cannot hold', () => {
    const { table: pasted, refused } = paste(table, { row: 1, place: 3 }, [['审核', 'soon', 'Yes', 'why / en', 'more'], ['x']])
    expect(refused).toBe(1)
    expect(pasted.rows[1]).toEqual({ id: 'r2', when: {}, then: { way: 'review', hours: null, open: true }, because: { zh: 'why', en: 'en' } })
  })
  it('a condition pasted into another column of its kind asks that one', () => {
    expect(paste(table, { row: 1, place: 1 }, [['level == "a" || level == "level"']]).table.rows[1]!.when).toEqual({ other: 'other == "a" || other == "level"' })
    expect(paste(table, { row: 1, place: 2 }, [['level == "a"']]).table.rows[1]!.when).toEqual({ vital: 'level == "a"' })
    expect(paste(table, { row: 0, place: 0 }, [['']]).table.rows[0]!.when).toEqual({})
  })
  it('values of results', () => {
    const [way, hours, open] = base.outputs as [DraftTable['outputs'][number], DraftTable['outputs'][number], DraftTable['outputs'][number]]
    expect([valueFrom(way, 'REVIEW'), valueFrom(way, 'none'), valueFrom(hours, '-1.5'), valueFrom(hours, '1e3'), valueFrom(open, '否'), valueFrom(open, '?'), valueFrom(hours, ''), valueFrom({ ...way, type: 'text' }, 'x')]).toEqual(['review', undefined, -1.5, undefined, false, undefined, null, 'x'])
  })
})
