// Simple cells become words, others stay as they are written.
import type { Column } from '@fugong/contract/rules'
import { describe, expect, it } from 'vitest'
import { celInWords, splitOutside, valueInWords, type CelWords } from './cel.ts'

const words: CelWords = { pick: (value) => value.zh, or: ' 或 ', and: ' 且 ', not: (value) => `不是${value}`, yes: '是', no: '否', missing: '未报', present: '已报', begins: (values) => `以 ${values} 开头` }
const both = (zh: string) => ({ zh, en: zh })
const level: Column = { name: 'level', type: 'code', label: both('等级'), codes: [{ value: 'none', label: both('无疫情') }, { value: 'low', label: both('低风险') }] }
const listed: Column = { name: 'listed', type: 'boolean', label: both('负面清单'), whenTrue: both('属负面清单'), whenFalse: both('不属负面清单') }
const vital: Column = { name: 'vital', type: 'boolean', label: both('重要') }
const people: Column = { name: 'people', type: 'number', label: both('人数') }
const trade: Column = { name: 'trade', type: 'text', label: both('行业') }

describe('cells in words', () => {
  it.each<[Column, string, string | undefined]>([
    [level, 'level == "none"', '无疫情'],
    [level, 'level == "none" || level == "low"', '无疫情 或 低风险'],
    [level, 'level in ["none", "low"]', '无疫情 或 低风险'],
    [level, 'level != "low"', '不是低风险'],
    [level, "level == 'new'", 'new'],
    [listed, 'listed', '属负面清单'],
    [listed, '!listed', '不属负面清单'],
    [vital, 'vital == false', '否'],
    [people, 'people >= 50 && people < 300', '≥ 50 且 < 300'],
    [trade, 'trade == "C || D"', 'C || D'],
    [trade, 'trade.matches("^(51|52)")', '以 51 或 52 开头'],
    [trade, 'trade.matches("^(0[6-9]|1[0-2]|1[3-9]|51)")', '以 06–19 或 51 开头'],
    [trade, 'trade.startsWith("8760") || trade.startsWith("8820")', '以 8760 开头 或 以 8820 开头'],
    [trade, 'trade.matches("9$")', undefined],
    [level, '!(level in ["none", "low"])', '不是无疫情 或 低风险'],
    [people, 'people == 10', '= 10'], [people, 'people == null', '未报'], [people, 'people != null', '已报'],
    [level, '(level == "none")', undefined],
    [level, 'size(level) > 2', undefined],
    [people, 'people == level', undefined],
  ])('%#', (column, cel, wanted) => expect(celInWords(column, cel, words)).toBe(wanted))

  it('splits outside of quotes and brackets only', () => {
    expect(splitOutside('a("x || y") || b', '||')).toEqual(['a("x || y")', 'b'])
    expect(splitOutside('"a\\" || b" || c', '||')).toEqual(['"a\\" || b"', 'c'])
  })
  it('says outputs', () => {
    expect([valueInWords(level, 'low', words), valueInWords(people, 2400, words), valueInWords(vital, true, words), valueInWords(people, null, words)]).toEqual(['低风险', '2,400', '是', undefined])
  })
})
