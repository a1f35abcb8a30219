// What a row of an import changes: nothing where the register would read the same from a cell, figures with their year.
import { describe, expect, it } from 'vitest'
import { asRead } from '../imports/index.ts'
import type { Facts } from './facts.rules.ts'
import { patchOf, type Said } from './import.rules.ts'

const firm = { name: '贵阳样例有限公司', address: '北京路 1 号', staff: 20, staffYear: 2019, building: null } as unknown as Facts
const said = (facts: Partial<Facts>): Said => ({ creditCode: '91520103MA6DFAKE0E', facts, legal: {}, place: undefined, workplace: {} })
const patch = (facts: Partial<Facts>, known: Partial<Facts> = {}) => patchOf({ ...firm, ...known }, said(facts), 2020, asRead)

describe('patchOf', () => {
  it('takes what differs and leaves what is the same or not said', () => {
    expect(patch({ name: '贵阳样例有限公司', address: '北京路 2 号' })).toEqual({ address: '北京路 2 号' })
    expect(patch({ building: '甲座' })).toEqual({ building: '甲座' })
    expect(patch({})).toEqual({})
  })
  it.each([["'; 商贸公司", '; 商贸公司'], ["'><公司", '><公司'], ["'=1+1", '=1+1'], ['甲\u00A0乙公司', '甲 乙公司'], ['e\u0301 公司', 'é 公司']])('%j reads from a cell as %j and is unchanged', (name, read) => {
    expect(asRead(name)).toBe(read)
    expect(patch({ name: read }, { name })).toEqual({})
    expect(patch({ name }, { name })).toEqual({})
  })
  it('takes a text that reads otherwise', () => {
    expect(patch({ name: '商贸公司' }, { name: "'; 商贸公司" })).toEqual({ name: '商贸公司' })
    expect(patch({ name: "'; 商贸公司" }, { name: '; 商贸公司' })).toEqual({ name: "'; 商贸公司" })
  })
  it('gives a new figure the year given, else the present one; an old one keeps its year', () => {
    expect(patch({ staff: 30 })).toEqual({ staff: 30, staffYear: 2020 })
    expect(patch({ staff: 30, staffYear: 2018 })).toEqual({ staff: 30, staffYear: 2018 })
    expect(patch({ staff: 20 })).toEqual({})
  })
})
