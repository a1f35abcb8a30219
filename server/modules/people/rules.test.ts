// Tables of cases for the roster: states, observation, days, initials, search, origins, returns, and what held on a day.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rosterStates } from '@fugong/contract/people'
import { readData } from '../../base/data.ts'
import { findDivision, indexDivisions, shortDivision, wholeName, type DivisionItem } from './divisions.rules.ts'
import { missingForNew, rosterColumns, sayOf, type Bounds } from './import.rules.ts'
import { addDays, answerOf, countedFrom, daysBetween, exposureOf } from './return.rules.ts'
import { dateFaults, heldOn, isSameState, joinInitials, machine, moveFault, readIdentity, readSought, type Standing } from './rules.ts'

const TODAY = '2020-02-24'
describe('states', () => {
  const at = (state: Standing['state'], set: Partial<Standing> = {}): Standing => ({ state, stateSince: '2020-02-10', observingUntil: null, ...set })
  it.each([
    ['onDuty', 'absent', {}, {}, undefined], ['notReturned', 'absent', {}, {}, 'issue.move_unknown'], ['onDuty', 'absent', {}, { effectiveOn: '2020-02-25' }, 'issue.future'], ['onDuty', 'absent', {}, { effectiveOn: '2020-02-09' }, 'issue.before_last'],
    ['onDuty', 'observing', {}, {}, 'issue.observing_until'], ['onDuty', 'observing', {}, { until: '2020-03-09' }, undefined], ['onDuty', 'observing', {}, { until: '2020-02-23' }, 'issue.observing_until'],
    ['observing', 'onDuty', { observingUntil: '2020-03-01' }, {}, 'issue.observation_runs'], ['observing', 'onDuty', { observingUntil: TODAY }, {}, undefined], ['observing', 'left', { observingUntil: '2020-03-01' }, {}, undefined],
    ['observing', 'observing', { observingUntil: '2020-03-01' }, { until: '2020-02-28' }, 'issue.observing_until'], ['observing', 'observing', { observingUntil: '2020-03-01' }, { until: '2020-03-05' }, undefined], ['left', 'onDuty', {}, {}, undefined],
  ] as const)('%s → %s', (from, to, set, move, code) => {
    expect(moveFault(at(from, set), { to, effectiveOn: TODAY, until: null, ...move }, TODAY)?.code).toBe(code)
  })
  it('lead somewhere, and from everywhere somebody can leave', () => {
    for (const state of rosterStates) expect(state === 'left' || machine[state].includes('left'), state).toBe(true)
    expect(isSameState(at('observing', { observingUntil: TODAY }), { to: 'observing', effectiveOn: TODAY, until: '2020-02-25' })).toBe(false)
  })
  it('are told as they were on a day, whatever came later', () => {
    const past = [{ effectiveOn: '2020-02-12', before: { crew: 'A', state: 'notReturned' as const } }, { effectiveOn: '2020-02-20', before: { crew: 'B' } }]
    const now = { crew: 'C', state: 'onDuty' as const }
    expect([heldOn(now, past, '2020-02-11'), heldOn(now, past, '2020-02-12'), heldOn(now, past, '2020-02-20')]).toEqual([{ crew: 'A', state: 'notReturned' }, { crew: 'B', state: 'onDuty' }, now])
  })
})
describe('an entry', () => {
  const bounds = { today: TODAY, leastAge: 16 }
  it('is held against its own number', () => {
    const id = '11010519491231002X'
    expect(readIdentity({ idType: '01', idNumber: ' 11010519491231002x ' }, bounds)).toEqual({ idType: '01', idNumber: id, sex: 'female' })
    expect(readIdentity({ idType: '01', idNumber: id, sex: 'male', birth: '1949-12-30' }, bounds)).toEqual([{ field: 'sex', code: 'issue.id_sex' }, { field: 'birth', code: 'issue.id_day' }])
    expect(readIdentity({ idType: '01', idNumber: '520103200405010018' }, bounds)).toEqual([expect.objectContaining({ code: expect.stringMatching(/id_(check|young)/) as string })])
    expect(readIdentity({ idType: '03', idNumber: 'e12345678', sex: 'male' }, bounds)).toEqual({ idType: '03', idNumber: 'E12345678', sex: 'male' })
  })
  it('has days in order and none to come', () => {
    expect(dateFaults({ leftOn: '2020-02-25', returnedOn: '2020-02-24' }, TODAY).map(({ field }) => field)).toEqual(['leftOn', 'returnedOn'])
    expect(dateFaults({ leftOn: null, returnedOn: TODAY }, TODAY)).toEqual([])
  })
  it.each([['1234', 'tail'], ['123x', 'tail'], ['zxm', 'initials'], ['张', 'name'], ['z', 'name'], ['12345', 'name']])('%s is sought as %s', (text, kind) => expect(readSought(text).kind).toBe(kind))
  it('has initials in each way of reading', () => {
    expect(joinInitials([['z', 'c'], ['w'], []])).toBe('zw cw')
    fc.assert(fc.property(fc.array(fc.array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 }), (letters) => joinInitials(letters).split(' ').length <= 8))
  })
})
describe('origins', () => {
  const divisions = indexDivisions(readData<{ items: DivisionItem[] }>('data', 'china', 'divisions.json').value.items)
  it.each([
    ['湖北省武汉市', '420100'], ['湖北武汉', '420100'], ['武汉', '420100'], ['湖北省 武汉市 江汉区', '420103'], ['武汉江汉区', '420103'], ['420103', '420103'], ['北京市朝阳区', '110105'], ['北京', '110000'], ['上海浦东新区', '310115'], ['广西桂林', '450300'],
    ['吉林省吉林市', '220200'], ['贵州省/贵阳市/云岩区', '520103'], ['重庆', '500000'], ['内蒙古自治区呼和浩特市', '150100'], ['云岩区', '520103'], ['中国湖北', '420000'], ['恩施', '422800'], ['湖北恩施州', '422800'], ['黔东南', '522600'],
  ])('%s is %s', (text, code) => expect(findDivision(divisions, text)).toEqual({ code }))
  it.each([['火星', 'issue.origin_unknown'], ['999999', 'issue.origin_unknown'], ['鼓楼区', 'issue.origin_several'], ['', 'issue.origin_unknown'], ['湖北火星', 'issue.origin_unknown']])('%s: %s', (text, fault) => expect(findDivision(divisions, text)).toMatchObject({ fault }))
  it('are told whole', () => {
    expect(wholeName(divisions, '420103').name).toEqual({ zh: '湖北省武汉市江汉区', en: 'Jianghan, Wuhan, Hubei' })
    expect(wholeName(divisions, '110105').name.zh).toBe('北京市朝阳区')
    expect(wholeName(divisions, '000000').name.zh).toBe('000000')
    expect(['恩施土家族苗族自治州', '沙市区', '沧县', '西双版纳傣族自治州', '龙胜各族自治县', '克孜勒苏柯尔克孜自治州'].map(shortDivision)).toEqual(['恩施', '沙市', '沧县', '西双版纳', '龙胜', '克孜勒苏'])
  })
  it('are found again by their whole name, all of them', () => {
    const lost = [...divisions.byCode.keys()].filter((code) => { const found = findDivision(divisions, wholeName(divisions, code).name.zh); return !('code' in found) || found.code !== code })
    expect(lost).toEqual([])
  })
})
describe('a return', () => {
  const facts = { originCode: '420100', leftOn: '2020-02-20', returnedOn: '2020-02-21', exposure: [], observingUntil: null }
  it.each([
    [{}, 0, { outcome: 'now', mayStartOn: TODAY, place: null }], [{}, 14, { outcome: 'from', mayStartOn: '2020-03-05' }], [{ leftOn: '2020-02-10' }, 14, { outcome: 'now', mayStartOn: TODAY }], [{ leftOn: null }, 14, { outcome: 'from', mayStartOn: '2020-03-06' }],
    [{ leftOn: null, returnedOn: null }, 14, { outcome: 'ask', missing: 'leftOn' }], [{ leftOn: null, returnedOn: null }, 0, { outcome: 'now' }], [{ observingUntil: '2020-03-20' }, 14, { outcome: 'from', mayStartOn: '2020-03-20' }], [{ observingUntil: '2020-03-01' }, 0, { outcome: 'from', mayStartOn: '2020-03-01' }],
  ])('%j, %i days', (set, days, expected) => expect(answerOf({ ...facts, ...set }, { days, place: 'home' }, TODAY)).toMatchObject(expected))
  it('counts days over the end of February', () => {
    expect([addDays('2020-02-28', 2), daysBetween('2020-02-28', '2020-03-01'), countedFrom({ leftOn: null, returnedOn: TODAY })]).toEqual(['2020-03-01', 2, TODAY])
    expect([exposureOf(null), exposureOf([]), exposureOf(['keyArea']), exposureOf(['keyArea', 'caseContact'])]).toEqual(['none', 'none', 'area', 'contact'])
  })
})
describe('a row of a clerk', () => {
  const bounds: Bounds = { today: TODAY, leastAge: 16, places: [{ id: 'a', name: '一厂', open: true }, { id: 'b', name: '旧厂', open: false }], origin: (text) => (text === '武汉' ? { code: '420100' } : { fault: 'issue.origin_unknown' }) }
  const row = { idNumber: '11010519491231002X', name: '样例', state: 'onDuty', origin: '武汉', caseContact: 'no', keyArea: 'yes' }
  it('becomes an entry', () => {
    const said = sayOf({ values: row }, bounds)
    expect(said).toMatchObject({ identity: { sex: 'female' }, open: { originCode: '420100' }, sealed: { exposure: ['keyArea'] } })
    expect(missingForNew(said as never, bounds.places)).toEqual([])
    expect(missingForNew(sayOf({ values: { idNumber: row.idNumber } }, bounds) as never, [])).toEqual([{ column: 'name', code: 'issue.required' }, { column: 'state', code: 'issue.required' }, { column: 'workplace', code: 'issue.workplace_choose' }])
  })
  it('tells every fault at once', () => {
    const faults = sayOf({ values: { ...row, idNumber: '110105194912310021', workplace: '旧 厂', origin: '火星', state: 'observing', leftOn: '2020-02-25', returnedOn: '2020-02-20' } }, bounds)
    expect((faults as { column: string; code: string }[]).map(({ column, code }) => `${column} ${code}`)).toEqual(['idNumber issue.id_check', 'workplace issue.workplace_closed', 'origin issue.origin_unknown', 'observingUntil issue.observing_until', 'leftOn issue.future', 'returnedOn issue.end_before_begin'])
  })
  it('is known by columns that bear no header twice', () => {
    const seen = new Map<string, string>()
    for (const column of rosterColumns) for (const name of new Set([column.name.zh, ...column.synonyms].map((one) => one.replace(/[（(].*?[）)]|[\s/、]/g, '').toLowerCase()))) {
      expect(seen.get(name), name).toBeUndefined()
      seen.set(name, column.code)
    }
  })
})
