// Pure decisions of exports, and lines that must be the same whichever way they are made.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { BETWEEN } from '../../base/reading.ts'
import { csvLine } from '../../base/sheets/write.ts'
import { cleanRows, csvLines } from './lines.actions.ts'
import { cellText, covers, isClean, mayCancel, mayTake, notes, numberFrom, sentenceOf, stateNow, watermark, type About } from './rules.ts'

describe('a second person', () => {
  const at = (areas: string[], departments: string[] = []) => ({ areas, departments })
  it.each([
    ['of the same district', at(['520103']), at(['520103']), true], ['of the whole city', at(['520102', '520103', '520171']), at(['520103']), true],
    ['of another district', at(['520112']), at(['520103']), false], ['of a part only', at(['520103']), at(['520103', '520112']), false],
    ['of the same department', at([], ['520103/industry']), at([], ['520103/industry']), true], ['of the district, for its department', at(['520103']), at([], ['520103/industry']), true],
    ['of the department, for the district', at([], ['520103/industry']), at(['520103']), false], ['of another department', at([], ['520103/commerce']), at([], ['520103/industry']), false],
    ['for nobody’s reach', at(['520103']), at([]), false],
  ])('%s', (_, whole, part, answer) => expect(covers(whole, part)).toBe(answer))
})
describe('time', () => {
  it.each([['asked', 'lapsed'], ['open', 'expired'], ['ready', 'expired'], ['done', 'done'], ['running', 'running']] as const)('ends %s as %s', (state, then) => {
    expect(stateNow({ state, expiresAt: '2020-02-24T02:00:00.000Z' }, '2020-02-24T02:00:00.000Z')).toBe(then)
    expect(stateNow({ state, expiresAt: '2020-02-24T02:00:00.001Z' }, '2020-02-24T02:00:00.000Z')).toBe(state)
    expect(stateNow({ state, expiresAt: null }, '2030-01-01T00:00:00.000Z')).toBe(state)
  })
  it('what is over can be neither taken nor cancelled', () => {
    for (const state of ['lapsed', 'expired', 'done', 'failed', 'cancelled', 'refused'] as const) expect([mayTake(state), mayCancel(state)]).toEqual([false, false])
    expect([mayTake('queued'), mayCancel('queued'), mayTake('ready'), mayCancel('ready')]).toEqual([false, true, true, true])
  })
})
describe('a line', () => {
  const cell = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('=1+1', '+86', '-5', '@x', "'", "'=1", ' a', 'a ', 'a,b', 'a"b', 'a\nb', '样例', '䶮𬒈', '＝1', '\t=1', ''))
  it('is what the writer of sheets makes of its cells', () => {
    fc.assert(fc.property(fc.array(fc.array(cell.map((text) => cellText(text.replaceAll(BETWEEN, ''))), { minLength: 1, maxLength: 5 }), { maxLength: 8 }), (rows) => {
      expect(csvLines(rows.map((cells) => cells.join(BETWEEN)))).toBe(rows.map((cells) => `${csvLine(cells)}\r\n`).join(''))
    }))
  })
  it('is clean whatever stood in its cells, and clean ones stay as they are', () => {
    fc.assert(fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 }), (rows) => {
      const joined = rows.map((cells) => cells.map((text) => text.replaceAll(BETWEEN, '')).join(BETWEEN))
      const clean = cleanRows(joined)
      expect(clean.every(isClean)).toBe(true)
      if (joined.every(isClean)) expect(clean).toEqual(joined)
      expect(clean.map((row) => row.split(BETWEEN).length)).toEqual(joined.map((row) => row.split(BETWEEN).length))
    }))
  })
})
describe('what a file says of itself', () => {
  const about: About = { name: { zh: '企业名单', en: 'Firms' }, number: 'DC20200224-7K3M9Q2B', reader: '田雨晴', unit: { zh: '云岩专班', en: 'Yunyan Task Force' }, filter: sentenceOf([]), moment: new Date('2020-02-23T16:00:05Z') }
  it('names reader, unit, number and the moment in Shanghai', () => {
    expect(watermark(about, 'zh')).toBe('复工 · 企业名单 · 导出编号 DC20200224-7K3M9Q2B · 导出人 田雨晴（云岩专班） · 2020-02-24 00:00:05')
    expect(watermark({ ...about, unit: null }, 'en')).toBe('Fugong · Firms · export DC20200224-7K3M9Q2B · by 田雨晴 · 2020-02-24 00:00:05')
  })
  it('says the same in both languages', () => expect(notes(about, { rows: 3, sha256: 'ab' }, 'zh').length).toBe(notes(about, { rows: 3, sha256: 'ab' }, 'en').length))
  it('has a number that nobody guesses and everybody can read out', () => {
    expect(numberFrom('2020-02-24', new Uint8Array(8))).toBe('DC20200224-00000000')
    fc.assert(fc.property(fc.uint8Array({ minLength: 8, maxLength: 8 }), (random) => { expect(numberFrom('2020-02-24', random)).toMatch(/^DC20200224-[0-9A-HJKMNP-TV-Z]{8}$/) }))
  })
})
