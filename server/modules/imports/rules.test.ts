// Cleaning, headers and counting: pure tables of cases, and what holds for any text.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanCell, exactDigits } from './clean.rules.ts'
import { findHeader, headerKey, isNoData, matchColumns, namesOf } from './header.rules.ts'
import type { Cell, ImportColumn } from './ports.ts'
import { Telling, addsUp, cleanRows, deedsOf, keyOf, matchingIssues, noCounts, secondsLeft } from './rules.ts'

const column = (kind: ImportColumn['kind'], set: Partial<ImportColumn> = {}): ImportColumn => ({ code: 'c', name: { zh: '列', en: 'Column' }, synonyms: [], kind, example: '', ...set })
const clean = (kind: ImportColumn['kind'], cell: Cell, set?: Partial<ImportColumn>) => {
  const { value, told, issue } = cleanCell(column(kind, set), cell)
  return issue ? issue.code : told.length ? [value, ...told] : value
}

describe('a cell', () => {
  it.each<[ImportColumn['kind'], Cell, unknown]>([
    ['text', '贵阳样例（Ａ）有限公司', '贵阳样例（Ａ）有限公司'], ['text', ' 贵阳\u00a0样例 ', ['贵阳 样例', 'spaces']], ['text', '贵\u200b阳', ['贵阳', 'invisible']], ['text', '一\n二', ['一 二', 'lines']], ['text', "'=1+1", ['=1+1', 'apostrophe']], ['text', "'贵阳", ['贵阳', 'apostrophe']],
    ['text', "rock'n'roll", "rock'n'roll"], ['text', '贵\u202e阳', 'issue.text'], ['text', '贵\u0007阳', 'issue.text'], ['text', { n: '12' }, ['12', 'numberAsText']], ['text', '   ', [null, 'spaces']], ['text', { e: '#REF!' }, 'issue.cell_error'],
    ['code', '９１５２０１０３ｍａ', ['91520103MA', 'fullWidth', 'upperCase']], ['code', "'007", ['007', 'apostrophe']], ['code', '5201 0300', ['52010300', 'spaces']], ['code', { n: '13900000101' }, ['13900000101', 'numberAsText']], ['code', { n: '1.39E+10' }, ['13900000000', 'numberAsText']],
    ['code', { n: '5.2010319900101E+17' }, 'issue.cell_precision'], ['code', '5.20E+17', 'issue.cell_precision'], ['code', { n: '520103600123456' }, ['520103600123456', 'numberAsText']], ['code', { n: '0.1' }, ['0.1', 'numberAsText']],
    ['phone', '139 0000 0101', ['13900000101', 'spaces']], ['phone', '+86-139-0000-0101', ['13900000101', 'spaces']], ['phone', '8613900000101', ['13900000101', 'spaces']], ['phone', '0851-1234567', 'issue.phone'], ['phone', { n: '1.3900000101E10' }, ['13900000101', 'numberAsText']],
    ['integer', '１２０', [120, 'fullWidth']], ['integer', '1,200', [1200, 'thousands']], ['integer', '12.5', 'issue.cell_whole'], ['integer', '12人', 'issue.cell_number'], ['integer', { n: '1E3' }, 1000], ['integer', '1E3', 'issue.cell_precision'], ['integer', { d: '2020-02-24' }, 'issue.cell_number'],
    ['decimal', { n: '0.30000000000000004' }, 0.3], ['decimal', '1,2', 'issue.cell_number'], ['decimal', '-5', -5],
    ['day', '2020-02-24', '2020-02-24'], ['day', '2020/2/4', ['2020-02-04', 'dateShape']], ['day', '20200224', ['2020-02-24', 'dateShape']], ['day', '2020年2月24日', ['2020-02-24', 'dateShape']], ['day', { n: '43885' }, ['2020-02-24', 'serialDate']], ['day', { n: '43885.5' }, 'issue.day'],
    ['day', { d: '2020-02-24T08:30:00' }, '2020-02-24'], ['day', '2020.2.24', ['2020-02-24', 'dateShape']], ['day', '2020-02-30', 'issue.day'], ['day', '24/2/2020', 'issue.day'], ['day', '20-2-24', 'issue.day'], ['day', { n: '20200224' }, ['2020-02-24', 'dateShape']], ['day', '2020-02-24 08:30', ['2020-02-24', 'spaces', 'dateShape']],
  ])('%s %j becomes %j', (kind, cell, expected) => expect(clean(kind, cell)).toEqual(expected))
  it('keeps to the bounds of its column, counted in characters', () => {
    expect(clean('text', '𬒈'.repeat(5), { max: 5 })).toBe('𬒈'.repeat(5))
    expect(clean('text', '𬒈'.repeat(6), { max: 5 })).toBe('issue.too_long')
    expect([clean('integer', '5', { least: 6 }), clean('integer', '7', { most: 6 }), clean('decimal', '1.234', { decimals: 2 })]).toEqual(['issue.too_small', 'issue.too_large', 'issue.cell_decimals'])
  })
  it('chooses by code and by word, and says what there is', () => {
    const choices = [{ code: 'office', words: ['办公场所', 'Office'] }, { code: 'yes', words: ['是'] }]
    expect(['office', ' 办公 场所', 'OFFICE', '√', '别处'].map((word) => cleanCell(column('choice', { choices }), word).value)).toEqual(['office', 'office', 'office', 'yes', null])
    expect(cleanCell(column('choice', { choices }), '别处').issue).toEqual({ code: 'issue.cell_choice', params: { choices: '办公场所、是', choicesEn: 'Office, yes' } })
  })
  it('cleaned once more stays as it is', () => {
    fc.assert(fc.property(fc.constantFrom('text', 'code') as fc.Arbitrary<'text' | 'code'>, fc.string({ unit: 'grapheme', maxLength: 20 }), (kind, text) => {
      const once = cleanCell(column(kind), text)
      if (once.issue || once.value === null) return
      // One apostrophe is taken off for each time it was put on, so a text that was guarded twice is not covered.
      if (/^'/.test(String(once.value))) return
      expect(cleanCell(column(kind), String(once.value))).toEqual({ value: once.value, told: [] })
    }), { numRuns: 500 })
  })
  it('no whole number of up to fifteen digits loses one, and no longer one passes', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), (n) => exactDigits(n.toString()) === n.toString() && exactDigits(Number(n).toExponential()) === n.toString()))
    fc.assert(fc.property(fc.bigInt({ min: 1_000_000_000_000_000n, max: 10n ** 20n }), (n) => exactDigits(n.toString()) === undefined && exactDigits(Number(n).toExponential()) === undefined))
  })
})

const columns = [column('code', { code: 'creditCode', name: { zh: '统一社会信用代码', en: 'Credit code' }, synonyms: ['信用代码'] }), column('text', { code: 'name', name: { zh: '企业名称', en: 'Name' }, synonyms: ['单位名称'], required: true }), column('text', { code: 'legalName', name: { zh: '法定代表人', en: 'Legal representative' }, synonyms: ['法人', '姓名'] })]
const row = (at: number, ...cells: Cell[]) => ({ at, cells })
describe('a header', () => {
  it('is compared without brackets, stars, blanks and width', () => expect(['企业名称（全称）*', '＊企业 名称:', '企业名称[必填]'].map(headerKey)).toEqual(['企业名称', '企业名称', '企业名称']))
  it('is found below titles, and never among data', () => {
    expect(findHeader([row(1, '2020 年名录'), row(3, '序号', '企业名称', '信用代码'), row(4, '企业名称', '法人', { n: '1' })], columns)).toEqual({ at: 3, rows: 1, names: ['序号', '企业名称', '信用代码'] })
    expect(findHeader([row(1, 'x', 'y'), row(2, '1', '2')], columns)).toEqual({ at: 1, rows: 1, names: ['x', 'y'] })
    expect(findHeader([], columns)).toEqual({ at: 0, rows: 0, names: [] })
  })
  it('of two rows is read as one', () => {
    const rows = [row(1, '基本', '基本', '法人'), row(2, '企业名称', '统一社会信用代码', '姓名'), row(3, '甲', '1', '乙')]
    const found = findHeader(rows, columns)
    expect(namesOf(rows, { at: 2, rows: 2 })).toEqual(['基本/企业名称', '基本/统一社会信用代码', '法人/姓名'])
    expect(matchColumns(found.names, columns).map((match) => match?.code)).toEqual(['name', 'creditCode', 'legalName'])
  })
  it('matches each column once, the name before a synonym, and never the reasons', () => {
    expect(matchColumns(['单位名称', '企业名称', '退回原因（导入时忽略）'], columns)).toEqual([null, { code: 'name', by: 'name' }, null])
  })
})
describe('rows', () => {
  it.each<[Cell[], string | undefined]>([[['合计', null, { n: '5' }], 'totalRow'], [[null, '小 计：', { n: '5' }], 'totalRow'], [['合计', '贵阳公司'], undefined], [['注：略'], 'noteRow'], [['Note: 3 rows'], 'noteRow'], [['注册部'], undefined], [['填表人：甲', '审核人：乙'], 'noteRow'], [['甲', '乙'], undefined]])('%j is %s', (cells, kind) => expect(isNoData({ at: 1, cells }, [1])).toBe(kind))
  it('are cleaned, told, rejected or left aside, and every one is one of them', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.oneof(fc.constantFrom<Cell>('合计', '', null, "'a", { n: '1E+30' }, { e: '#N/A' }), fc.string({ maxLength: 4 })), { minLength: 3, maxLength: 3 }), { maxLength: 20 }), (table) => {
      const telling = new Telling()
      const done = cleanRows(table.map((cells, at) => row(at + 2, ...cells)), columns.map((one, index) => ({ column: one, index })), [['creditCode']], telling)
      expect(done.clean.length + done.rejected.length + done.notData.length).toBe(table.length)
    }))
    const telling = new Telling()
    const done = cleanRows([row(2, ' a1', '甲', null), row(3, 'a2', null), row(4, '合计')], columns.map((one, index) => ({ column: one, index })), [['creditCode']], telling)
    expect(done).toEqual({ clean: [{ at: 2, values: { creditCode: 'A1', name: '甲', legalName: null } }], rejected: [{ at: 3, issues: [{ column: 'name', code: 'issue.required' }] }], notData: [4] })
    expect(telling.all).toContainEqual({ kind: 'spaces', column: 'creditCode', count: 1, rows: [2] })
  })
  it('have a key by the first way that is filled in', () => {
    expect(keyOf({ at: 1, values: { a: null, b: 'x', c: 1 } }, [['a'], ['b', 'c']])).toBe('b+c=x\u00001')
    expect(keyOf({ at: 1, values: { a: null } }, [['a']])).toBeUndefined()
  })
})
describe('an import', () => {
  it('allows what its state allows', () => {
    const facts = { hasFile: true, staged: true, stored: false, cancelling: false, left: true }
    expect(deedsOf('read', facts)).toEqual(['reread', 'check', 'cancel'])
    expect(deedsOf('read', { ...facts, hasFile: false })).toEqual(['check', 'cancel'])
    expect(deedsOf('running', { ...facts, cancelling: true })).toEqual([])
    expect([deedsOf('cancelled', facts), deedsOf('cancelled', { ...facts, stored: true }), deedsOf('failed', { ...facts, stored: true, staged: false }), deedsOf('done', facts)]).toEqual([[], ['resume'], [], []])
  })
  it('adds up, and says how long it takes', () => {
    expect(addsUp({ ...noCounts, rows: 6, fresh: 1, changed: 1, unchanged: 1, rejected: 1, notData: 1, left: 1 })).toBe(true)
    expect(addsUp({ ...noCounts, rows: 2, fresh: 1 })).toBe(false)
    expect([secondsLeft(0, 10, 0, 9000), secondsLeft(5, 10, 0, 5000), secondsLeft(10, 10, 0, 5000)]).toEqual([null, 5, 0])
  })
  it('needs its key matched, and each column once', () => {
    expect(matchingIssues(['name', 'name', 'other', null], columns, [['creditCode']])).toEqual([{ path: '/matching/1', code: 'issue.duplicate' }, { path: '/matching/2', code: 'issue.choice' }, { path: '/matching', code: 'issue.import_key_missing' }])
    expect(matchingIssues(['creditCode', null], columns, [['creditCode']])).toEqual([])
  })
})
