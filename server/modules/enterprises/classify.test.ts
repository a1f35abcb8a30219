// What offices say of a firm, over HTTP: flags with their history, another department than the table's.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getEnterprise, listEnterprises, listFlagKinds, type Enterprise } from '@fugong/contract/enterprises'
import { endFlag, listChanges, listFlags, setDepartment, setFlag } from '@fugong/contract/enterprises.register'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { newFirm, unitOfEvent } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { addMembership, ensureContact } from '../identity/index.ts'
import { enterprisesJobs } from './jobs.ts'

let city: City
let contact: Someone
let firm: Enterprise
let fang: Someone // reviewer of 南明
let jin: Someone // housing officer of 南明
let wen: Someone // industry officer of the city
let peng: Someone // reviewer of 乌当
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  ;({ contact, firm } = await newFirm(city, 'nanming', { name: '标记企业' }))
  ;[fang, jin, wen, peng] = await Promise.all(['fangzhiping', 'jinbaocheng', 'wenguangyu', 'pengxiulan'].map((name) => city.as(name))) as [Someone, Someone, Someone, Someone]
})
afterAll(() => city?.close())
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})].join(' ')).sort()

describe('flags', () => {
  it('there are some to choose from, with their words', async () => {
    const { items } = await contact.call(listFlagKinds)
    expect(items.map((kind) => kind.code)).toEqual(['aboveScale', 'keyEnterprise', 'supplyGuarantee', 'foreignInvested', 'leadingFarm', 'specialist', 'whiteList'])
    expect(items[0]).toMatchObject({ name: { zh: '四上企业' }, text: { zh: expect.stringContaining('规上工业') as string } })
    expect(await city.anonymous().refused(listFlagKinds)).toMatchObject({ status: 401 })
  })
  it('are put on with a reason, by whom and since when, and shown to the firm by the unit', async () => {
    const params = { id: firm.id }
    expect(await fang.call(listFlags, { params })).toEqual({ items: [], can: ['set'] })
    const flag = await fang.call(setFlag, { params, body: { code: 'aboveScale', from: '2020-01-01', reason: ' 统计局名单第 12 号 ' } })
    expect(flag).toMatchObject({ code: 'aboveScale', name: { zh: '四上企业' }, reason: '统计局名单第 12 号', from: '2020-01-01', until: null, setAt: '2020-02-24T02:00:00.000Z', setBy: { side: 'office', name: { zh: '方志平' } }, unit: { zh: '南明区复工复产工作专班' }, can: ['end'] })
    expect(await unitOfEvent(city, 'enterprise.flag_set', firm.id)).toBe('南明区复工复产工作专班')
    await wen.call(setFlag, { params, body: { code: 'keyEnterprise', reason: '市重点' } })
    expect((await contact.call(getEnterprise, { params })).flags).toEqual([{ code: 'aboveScale', name: { zh: '四上企业', en: 'Above-scale (四上)' } }, { code: 'keyEnterprise', name: { zh: '重点企业', en: 'Key enterprise' } }])
    const own = await contact.call(listFlags, { params })
    expect(own.can).toEqual([])
    expect(own.items.map((one) => [one.code, one.setBy.name?.zh, one.can])).toEqual([['keyEnterprise', '市工业和信息化局', []], ['aboveScale', '南明区复工复产工作专班', []]].map(([code, unit, can]) => [code, expect.stringContaining(String(unit).slice(-4)) as string, can]))
  })
  it('stand once at a time, and come off with a day and a reason that stay', async () => {
    const params = { id: firm.id }
    expect(await fang.refused(setFlag, { params, body: { code: 'aboveScale', reason: '再来' } })).toMatchObject({ status: 409, code: 'enterprises.flag_set', params: { name: '四上企业' } })
    const both = await Promise.allSettled([fang.call(setFlag, { params, body: { code: 'specialist', reason: '甲' } }), fang.call(setFlag, { params, body: { code: 'specialist', reason: '乙' } })])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    const [first] = (await fang.call(listFlags, { params })).items.filter((one) => one.code === 'aboveScale')
    const end = { params: { ...params, flagId: first!.id }, body: { until: '2020-02-20', reason: '已退库' } }
    expect(told(await fang.refused(endFlag, { ...end, body: { until: '2019-12-31', reason: ' ' } }))).toEqual(['/reason issue.text'])
    expect(told(await fang.refused(endFlag, { ...end, body: { until: '2019-12-31', reason: '退' } }))).toEqual(['/until issue.too_early 2020-01-01'])
    expect(await fang.call(endFlag, end)).toMatchObject({ until: '2020-02-20', endReason: '已退库', endedBy: { name: { zh: '方志平' } }, can: [] })
    expect(await fang.refused(endFlag, end)).toMatchObject({ status: 409, code: 'enterprises.flag_ended' })
    expect((await fang.call(getEnterprise, { params })).flags.map((one) => one.code)).not.toContain('aboveScale')
    await fang.call(setFlag, { params, body: { code: 'aboveScale', reason: '又入库' } })
    expect((await fang.call(listFlags, { params })).items.filter((one) => one.code === 'aboveScale').map((one) => one.until)).toEqual([null, '2020-02-20'])
  })
  it('tell what is wrong, and are not for everyone', async () => {
    const params = { id: firm.id }
    expect(told(await fang.refused(setFlag, { params, body: { code: 'Odd!', from: 'x', reason: '', more: 1 } }))).toEqual(['/code issue.choice', '/from issue.day', '/more issue.unknown more', '/reason issue.required'])
    expect(told(await fang.refused(setFlag, { params, body: { code: 'unheardOf', from: '2020-02-25', reason: '好' } }))).toEqual(['/code issue.choice', '/from issue.too_far 2020-02-24'])
    expect(await fang.refused(endFlag, { params: { ...params, flagId: newId() }, body: { reason: '好' } })).toMatchObject({ status: 404 })
    const body = { code: 'leadingFarm', reason: '好' }
    expect(await contact.refused(setFlag, { params, body })).toMatchObject({ status: 403 })
    expect(await (await city.as('gaohongtao')).refused(setFlag, { params, body })).toMatchObject({ status: 403 })
    for (const who of [peng, jin]) expect(await who.refused(setFlag, { params, body })).toMatchObject({ status: 404 })
    for (const who of [peng, await city.contact('13900000101')]) expect(await who.refused(listFlags, { params })).toMatchObject({ status: 404 })
  })
  it('not by an officer who belongs to the firm', async () => {
    const own = (await newFirm(city, 'nanming')).firm
    await city.system(async (ctx) => addMembership(ctx, await ensureContact(ctx, { phone: '13900000005' }), own.id))
    const both = await city.as('fangzhiping')
    expect(await both.refused(setFlag, { params: { id: own.id }, body: { code: 'aboveScale', reason: '好' } })).toMatchObject({ status: 403, code: 'session.own_firm' })
    expect(await both.refused(setDepartment, { params: { id: own.id }, body: { revision: 1, department: 'housing', reason: '好' } })).toMatchObject({ status: 403, code: 'session.own_firm' })
  })
})

describe('the department', () => {
  it('named by an office stays when the tables are read again, until it returns to them', async () => {
    const made = (await newFirm(city, 'nanming', { name: '归口企业' })).firm
    const params = { id: made.id }
    expect(made.department).toBe('industry')
    expect(await jin.refused(getEnterprise, { params })).toMatchObject({ status: 404 })
    const named = await fang.call(setDepartment, { params, body: { revision: made.revision, department: 'housing', reason: '装配式建筑，归住建' } })
    expect(named).toMatchObject({ department: 'housing', departmentSet: { reason: '装配式建筑，归住建', by: { side: 'office', name: { zh: '方志平' } } } })
    await city.system((ctx) => enterprisesJobs.find((job) => job.name === 'enterprises.renew_departments')!.run(ctx, null))
    expect((await jin.call(getEnterprise, { params })).department).toBe('housing')
    expect((await jin.call(listEnterprises, { query: { q: '归口企业' } })).total).toBe(1)
    expect(await wen.refused(getEnterprise, { params })).toMatchObject({ status: 404 })
    expect((await fang.call(listChanges, { params })).items.map((one) => [one.kind, one.reason])).toContainEqual(['departmentSet', '装配式建筑，归住建'])
    expect(await jin.refused(setDepartment, { params, body: { revision: made.revision, department: null, reason: '按表' } })).toMatchObject({ code: 'conflict.changed', params: { who: '方志平' } })
    // The officer hands it back, and with that out of sight.
    const back = await jin.call(setDepartment, { params, body: { revision: named.revision, department: null, reason: '按表' } })
    expect(back).toMatchObject({ department: 'industry', departmentSet: null })
    expect(await jin.refused(getEnterprise, { params })).toMatchObject({ status: 404 })
    expect((await wen.call(listEnterprises, { query: { q: '归口企业' } })).total).toBe(1)
    const rows = await city.system((ctx) => sql<{ d: string }>`select distinct department as d from (select department from enterprises.workplaces where enterprise_id = ${made.id} union all select department from enterprises.grams where enterprise_id = ${made.id}) as x`.execute(ctx.db))
    expect(rows.rows).toEqual([{ d: 'industry' }])
  })
  it('tells what is wrong', async () => {
    expect(told(await fang.refused(setDepartment, { params: { id: firm.id }, body: { revision: 'x', department: '住建', reason: ' ' } }))).toEqual(['/department issue.choice', '/reason issue.text', '/revision issue.type'])
    expect(await peng.refused(setDepartment, { params: { id: firm.id }, body: { revision: 1, department: 'housing', reason: '好' } })).toMatchObject({ status: 404 })
  })
})
