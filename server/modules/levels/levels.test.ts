// Levels over HTTP: the map, the history, who may set what, and what a setter is told.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listLevelHistory, listLevels, setLevel } from '@fugong/contract/levels'
import { endGrant, getPerson, getSession, grantRole, listUnits } from '@fugong/contract/identity'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { unitOfEvent } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { levelAt, seedLevels } from './index.ts'

let city: City
let gao: Someone
let tian: Someone
const order = { areaCode: '520123', level: 'medium' as const, effectiveFrom: '2020-02-24T02:00:00.000Z', documentNo: '筑疫指〔2020〕18 号', reason: '新增本地病例' }

beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  gao = await city.as('gaohongtao')
  tian = await city.as('tianyuqing')
})
afterAll(() => city?.close())
/** What a refusal says of each entry, in the order of the paths. */
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})].join(' ')).sort()
const currentOf = async (who: Someone, areaCode: string, at?: string) => (await who.call(listLevels, { query: at ? { at } : {} })).items.find((item) => item.areaCode === areaCode)!

describe('the map of levels', () => {
  it('shows ten districts to anyone, as published on 24 February 2020', async () => {
    const map = await city.anonymous().call(listLevels)
    expect(map.at).toBe('2020-02-24T02:00:00.000Z')
    expect(Object.fromEntries(map.items.map((item) => [item.areaCode, item.current?.level]))).toEqual({
      '520102': 'medium', '520103': 'low', '520111': 'medium', '520112': 'low', '520113': 'low',
      '520115': 'medium', '520121': 'low', '520122': 'low', '520123': 'low', '520181': 'medium',
    })
    expect(map.items[0]).toMatchObject({ coming: { level: 'low', effectiveFrom: '2020-04-07T16:00:00.000Z', documentNo: '黔府办发电〔2020〕85号', sample: true } })
  })
  it('shows any other moment, and nothing as not listed', async () => {
    expect((await currentOf(city.anonymous(), '520103', '2020-02-12T00:00:00+08:00')).current?.level).toBe('medium')
    expect((await currentOf(city.anonymous(), '520103', '2020-05-01T00:00:00+08:00'))).toMatchObject({ current: { level: 'low' }, coming: null })
    expect((await currentOf(city.anonymous(), '520103', '2020-01-01T00:00:00Z'))).toMatchObject({ current: null, coming: { level: 'medium' } })
  })
  it.each([['2020-02-30T00:00:00Z', 'issue.instant'], ['yesterday', 'issue.instant'], ["'; drop table levels.records; --", 'issue.instant']])('refuses the moment %s', async (at, code) => {
    const refusal = await city.anonymous().refused(listLevels, { query: { at } })
    expect(refusal).toMatchObject({ status: 422, issues: [{ path: '/at', code }] })
  })
})

describe('levelAt', () => {
  const at = (iso: string, code = '520103') => city.system((ctx) => levelAt(ctx, code, new Date(iso)))
  it('turns at the very moment', async () => {
    expect(await at('2020-02-23T15:59:59.999Z')).toMatchObject({ level: 'medium' })
    expect(await at('2020-02-23T16:00:00.000Z')).toMatchObject({ level: 'low' })
    expect(await at('2019-12-31T00:00:00Z')).toBeNull()
    expect(await at('2020-02-24T00:00:00Z', '999999')).toBeNull()
  })
  it('takes the street’s own level before its district’s', async () => {
    await city.system(async (ctx) => {
      await sql`insert into levels.records (id, area_code, level, effective_from, document_no, reason, set_by_name, set_by_unit, set_at) values (${newId()}, '520122100', 'high', '2020-02-20T00:00:00Z', '1', 'x', 'x', 'x', ${ctx.now})`.execute(ctx.db)
    })
    expect(await at('2020-02-24T00:00:00Z', '520122100')).toMatchObject({ level: 'high' })
    expect(await at('2020-02-24T00:00:00Z', '520122100201')).toMatchObject({ level: 'high' })
    expect(await at('2020-02-24T00:00:00Z', '520122')).toMatchObject({ level: 'low' })
    expect(await at('2020-02-19T00:00:00Z', '520122100')).toMatchObject({ level: 'low' })
  })
})

describe('setting a level', () => {
  it('takes effect, is announced without names and stands in the history', async () => {
    const record = await gao.call(setLevel, { body: { ...order, documentNo: '  筑疫指〔2020〕18 号 ' } })
    expect(record).toMatchObject({ areaCode: '520123', level: 'medium', effectiveFrom: order.effectiveFrom, documentNo: order.documentNo, setBy: { zh: '高洪涛', en: '高洪涛' }, setAt: '2020-02-24T02:00:00.000Z', sample: false })
    expect((await currentOf(gao, '520123')).current).toEqual(record)
    const history = await gao.call(listLevelHistory, { params: { areaCode: '520123' } })
    expect(history.can).toEqual(['set'])
    expect(history.items.map((item) => item.level)).toEqual(['low', 'medium', 'low', 'low'])
    expect(history.items.filter((item) => item.level === 'medium')).toEqual([record])
    const event = await city.system((ctx) => sql<{ payload: unknown }>`select payload from base.events where name = 'level.set' and subject_id = ${record.id}`.execute(ctx.db))
    expect(event.rows[0]?.payload).toEqual({ areaCode: '520123', level: 'medium', effectiveFrom: order.effectiveFrom, documentNo: order.documentNo })
  })
  it('shows the public and firms the unit, not the person', async () => {
    const firm = await city.contact('13900000101')
    for (const who of [city.anonymous(), firm]) {
      const { current } = await currentOf(who, '520123')
      expect(JSON.stringify(current)).not.toContain('高洪涛')
      expect(current?.setBy).toMatchObject({ zh: expect.stringMatching(/指挥/) as string, en: expect.stringMatching(/[a-z]{4}/i) as string })
    }
    expect((await firm.call(listLevelHistory, { params: { areaCode: '520123' } })).can).toEqual([])
  })
  it('is done in the name of the unit that covers the district', async () => {
    const lu = await city.as('luyuanming')
    const units = (await lu.call(listUnits)).items
    const id = (await tian.call(getSession)).personId!
    for (const [code, areaCode] of [['gy-520103-taskforce', '520103'], ['gy-command', '520100']] as const) {
      await lu.call(grantRole, { params: { id }, body: { role: 'commander', unitId: units.find((unit) => unit.code === code)!.id, areaCode } })
    }
    const record = await (await city.as('tianyuqing')).call(setLevel, { body: { ...order, areaCode: '520122', effectiveFrom: '2020-03-05T00:00:00.000Z' } })
    expect(await unitOfEvent(city, 'level.set', record.id)).toBe('贵阳市企业复工复产指挥部')
    expect((await city.anonymous().call(listLevels)).items.find((item) => item.areaCode === '520122')?.coming?.setBy).toEqual({ zh: '贵阳市企业复工复产指挥部', en: 'Guiyang Work Resumption Command Centre' })
    for (const grant of (await lu.call(getPerson, { params: { id } })).grants) if (grant.role === 'commander') await lu.call(endGrant, { params: { id: grant.id }, body: { reason: '演练结束' } })
    tian = await city.as('tianyuqing')
  })
  it('refuses what is so already, also for a moment to come', async () => {
    expect(await gao.refused(setLevel, { body: order })).toMatchObject({ status: 409, code: 'levels.unchanged' })
    expect(await gao.refused(setLevel, { body: { ...order, level: 'low', effectiveFrom: '2020-04-09T00:00:00Z' } })).toMatchObject({ code: 'levels.unchanged' })
  })
  it('sets changes to come, and the last word for a moment counts', async () => {
    const coming = { ...order, areaCode: '520121', effectiveFrom: '2020-03-01T00:00:00+08:00' }
    await gao.call(setLevel, { body: { ...coming, level: 'high' } })
    expect((await currentOf(gao, '520121'))).toMatchObject({ current: { level: 'low' }, coming: { level: 'high' } })
    city.clock.set('2020-02-24T03:00:00Z')
    await gao.call(setLevel, { body: { ...coming, level: 'medium', reason: '更正' } })
    expect((await currentOf(gao, '520121')).coming?.level).toBe('medium')
    city.clock.set('2020-02-24T02:00:00Z')
  })
  it('may be a day late, not more', async () => {
    const refusal = await gao.refused(setLevel, { body: { ...order, areaCode: '520181', level: 'high', effectiveFrom: '2020-02-23T01:59:59Z' } })
    expect(refusal).toMatchObject({ status: 422, code: 'levels.backdated', params: { limit: '2020-02-23T02:00:00.000Z' } })
    await gao.call(setLevel, { body: { ...order, areaCode: '520181', level: 'high', effectiveFrom: '2020-02-23T16:30:00Z' } })
    expect((await currentOf(gao, '520181')).current?.level).toBe('high')
  })
  it('lets only one of two people make the same change', async () => {
    const body = { ...order, areaCode: '520112', level: 'high' as const }
    const answers = await Promise.allSettled([gao.call(setLevel, { body }), gao.call(setLevel, { body })])
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('is for commanders', async () => {
    expect(await tian.refused(setLevel, { body: order })).toMatchObject({ status: 403, code: 'session.forbidden' })
    expect(await (await city.contact('13900000102')).refused(setLevel, { body: order })).toMatchObject({ status: 403 })
    expect(await city.anonymous().refused(setLevel, { body: order })).toMatchObject({ status: 401 })
    expect((await tian.call(listLevelHistory, { params: { areaCode: '520103' } })).can).toEqual([])
  })
})

describe('bad input', () => {
  it('names every wrong entry at once', async () => {
    const refusal = await gao.refused(setLevel, { body: { areaCode: '5201', level: 'severe', effectiveFrom: 'soon', documentNo: ' ', reason: 'x'.repeat(501), setBy: 'me' } })
    expect(refusal).toMatchObject({ status: 422, code: 'validation.failed' })
    expect(told(refusal)).toEqual(['/areaCode issue.area', '/documentNo issue.text', '/effectiveFrom issue.instant', '/level issue.choice', '/reason issue.too_long 500', '/setBy issue.unknown setBy'])
  })
  it('names everything missing', async () => {
    const refusal = await gao.refused(setLevel, { body: {} })
    expect(told(refusal)).toEqual(['/areaCode', '/documentNo', '/effectiveFrom', '/level', '/reason'].map((path) => `${path} issue.required`))
  })
  it('names an area without levels of its own', async () => {
    for (const areaCode of ['999999', '520100', '520171', '520103020']) expect(told(await gao.refused(setLevel, { body: { ...order, areaCode } }))).toEqual(['/areaCode issue.area_unknown'])
  })
  it('names a day that never was, with whatever else is wrong in shape', async () => {
    expect(told(await gao.refused(setLevel, { body: { ...order, documentNo: '', effectiveFrom: '2020-02-30T00:00:00Z' } }))).toEqual(['/documentNo issue.required', '/effectiveFrom issue.instant'])
  })
  it('refuses a moment a lifetime away', async () => {
    const refusal = await gao.refused(setLevel, { body: { ...order, level: 'high', effectiveFrom: '2120-02-24T00:00:00Z' } })
    expect(told(refusal)).toEqual(['/effectiveFrom issue.too_far 2021-02-24T02:00:00.000Z'])
  })
  it.each(['a\u0000b', 'a\u202Eb', 'a\u001b[31mb'])('refuses controls in %j', async (reason) => {
    expect(told(await gao.refused(setLevel, { body: { ...order, reason } }))).toEqual(['/reason issue.text'])
  })
  it('keeps script, formulas and rare Han as plain text', async () => {
    const reason = '<script>alert(1)</script> =HYPERLINK("x") \'; drop table levels.records; -- 䶮㼆𬒈'
    const record = await gao.call(setLevel, { body: { ...order, areaCode: '520113', level: 'high', reason } })
    expect(record.reason).toBe(reason)
    expect((await currentOf(gao, '520113')).current?.reason).toBe(reason)
  })
  it('does not know areas that are not there', async () => {
    expect(await gao.refused(listLevelHistory, { params: { areaCode: '999999' } })).toMatchObject({ status: 404 })
    expect(await city.anonymous().refused(listLevelHistory, { params: { areaCode: '520103' } })).toMatchObject({ status: 401 })
  })
})

describe('the record', () => {
  it('cannot be rewritten by the application', async () => {
    for (const deed of [sql`update levels.records set level = 'none'`, sql`delete from levels.records`]) {
      await expect(city.system((ctx) => deed.execute(ctx.db))).rejects.toThrow(/permission denied/)
    }
  })
  it('is not doubled by seeding again', async () => {
    const count = async () => (await city.system((ctx) => sql<{ n: number }>`select count(*)::int as n from levels.records where sample`.execute(ctx.db))).rows[0]!.n
    expect(await count()).toBe(30)
    await city.system(async (ctx) => {
      await sql`update base.loaded_data set hash = '\\x00' where name = 'levels/520100'`.execute(ctx.db)
      await seedLevels(ctx, '520100')
    })
    expect(await count()).toBe(30)
  })
})
