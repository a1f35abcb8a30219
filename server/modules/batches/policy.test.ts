// Who sees and changes plans of batches: other districts, departments, firms, lapsed grants and raw SQL, and who may not plan their own firm.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addFirms, answerBatch, batchChoices, changeBatchPlan, dropFirms, endBatchPlan, getBatchPlan, inviteFirms, listBatchDeeds, listBatchInvitations, listBatchMembers, listBatchMoves, listBatchPlans, moveFirms, openBatchPlan, proposeOrder, type BatchPlan } from '@fugong/contract/batches'
import type { Enterprise } from '@fugong/contract/enterprises'
import { beginExport, takeExport } from '@fugong/contract/exports'
import { endGrant, getSession } from '@fugong/contract/identity'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { addMembership } from '../identity/index.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

const CANARY = '金丝雀批次'
let city: City
let tian: Someone
let gao: Someone
let contact: Someone
let firm: Enterprise
let district: BatchPlan
let wide: BatchPlan
let nanming: Enterprise
beforeAll(async () => {
  city = await openCity()
  tian = await city.as('tianyuqing')
  gao = await city.as('gaohongtao')
  ;({ contact, firm } = await newFirm(city, 'yunyan', { name: `${CANARY}有限公司`, industryCode: '5211' }))
  district = await plan(tian, `${CANARY}区方案`, [firm.creditCode])
  nanming = (await newFirm(city, 'nanming', { name: '南明批次企业' })).firm
  const other = (await newFirm(city, 'yunyan', { name: '云岩批次企业' })).firm
  wide = await plan(gao, '全市方案', [nanming.creditCode, other.creditCode])
})
afterAll(() => city?.close())

async function plan(who: Someone, name: string, codes: string[]): Promise<BatchPlan> {
  const { units } = await who.call(batchChoices)
  const made = await who.call(openBatchPlan, { body: { unitId: units[0]!.unitId, name, batches: [{ day: '2020-02-26', firmsLimit: null, headsLimit: null }] } })
  const added = (await who.call(addFirms, { params: { id: made.id }, body: { revision: 1, codes } })).plan
  const { items } = await who.call(listBatchMembers, { params: { id: made.id } })
  const moved = await who.call(moveFirms, { params: { id: made.id }, body: { revision: added.revision, ids: items.map(({ id }) => id), to: added.batches[0]!.id } })
  return who.call(inviteFirms, { params: { id: made.id, batchId: moved.batches[0]!.id }, body: { revision: moved.revision } })
}
const memberId = async (who: Someone, { id }: BatchPlan) => (await who.call(listBatchMembers, { params: { id } })).items[0]!.id

describe('a district’s plan', () => {
  it.each(['fangzhiping', 'mengqingfan'])('is nobody else’s: %s', async (username) => {
    const stranger = await city.as(username)
    expect(JSON.stringify(await stranger.call(listBatchPlans))).not.toContain(CANARY)
    const member = await memberId(tian, district)
    for (const endpoint of [getBatchPlan, listBatchMembers, listBatchDeeds]) expect(await stranger.refused(endpoint, { params: { id: district.id } })).toMatchObject({ status: 404, code: 'not_found' })
    expect(await stranger.refused(listBatchMoves, { params: { id: district.id, memberId: member } })).toMatchObject({ status: 404 })
    const deeds = [[moveFirms, { ids: [member], to: null }], [dropFirms, { ids: [member], reason: '试' }], [proposeOrder, { anew: true }], [endBatchPlan, { reason: '试' }], [changeBatchPlan, { name: '试', note: '' }]] as const
    for (const [deed, body] of deeds) expect(await stranger.refused(deed, { params: { id: district.id }, body: { revision: district.revision, ...body } })).toMatchObject({ status: 404, code: 'not_found' })
  })
  it('is looked at by the command centre, and changed by its own unit only', async () => {
    expect(await gao.call(getBatchPlan, { params: { id: district.id } })).toMatchObject({ name: `${CANARY}区方案`, counts: { firms: 1 }, can: [] })
    expect(await gao.refused(proposeOrder, { params: { id: district.id }, body: { revision: district.revision, anew: true } })).toMatchObject({ status: 403, code: 'session.forbidden' })
  })
  it('is no matter of those without the right', async () => {
    for (const username of ['luyuanming', 'maolihua', 'yuzhenzhu']) for (const endpoint of [listBatchPlans, getBatchPlan, batchChoices]) expect(await (await city.as(username)).refused(endpoint, { params: { id: district.id } })).toMatchObject({ status: 403 })
    for (const endpoint of [listBatchPlans, getBatchPlan, listBatchMembers]) {
      expect(await contact.refused(endpoint, { params: { id: district.id } })).toMatchObject({ status: 403 })
      expect(await city.anonymous().refused(endpoint, { params: { id: district.id } })).toMatchObject({ status: 401 })
    }
    expect(await tian.refused(listBatchInvitations)).toMatchObject({ status: 403 })
  })
  it('is opened in the name of one’s own unit', async () => {
    const fang = await city.as('fangzhiping')
    expect((await fang.refused(openBatchPlan, { body: { unitId: district.unitId, name: '冒名', batches: [] } })).code).toBe('batches.unit_foreign')
  })
})

describe('a plan of the city', () => {
  it('shows each district its own firms and counts', async () => {
    for (const [username, name] of [['fangzhiping', '南明批次企业'], ['tianyuqing', '云岩批次企业']] as const) {
      const someone = await city.as(username)
      expect((await someone.call(listBatchMembers, { params: { id: wide.id } })).items.map(({ enterpriseName }) => enterpriseName)).toEqual([name])
      expect(await someone.call(getBatchPlan, { params: { id: wide.id } })).toMatchObject({ counts: { firms: 1 }, can: [] })
    }
    expect(wide.counts.firms).toBe(2)
    const foreign = await memberId(await city.as('fangzhiping'), wide)
    expect(await tian.refused(listBatchMoves, { params: { id: wide.id, memberId: foreign } })).toMatchObject({ status: 404 })
  })
  it('of a department holds its trade only', async () => {
    const su = await city.as('suyiran')
    const [trade, factory] = [(await newFirm(city, 'yunyan', { industryCode: '5211' })).firm, (await newFirm(city, 'yunyan', { industryCode: '3982' })).firm]
    const { units } = await su.call(batchChoices)
    const made = await su.call(openBatchPlan, { body: { unitId: units[0]!.unitId, name: '商贸方案', batches: [] } })
    expect(await su.call(addFirms, { params: { id: made.id }, body: { revision: 1, codes: [trade.creditCode, factory.creditCode] } })).toMatchObject({ added: 1, unknown: [factory.creditCode] })
    for (const username of ['wenguangyu', 'fangzhiping']) expect(await (await city.as(username)).refused(getBatchPlan, { params: { id: made.id } })).toMatchObject({ status: 404 })
    // The task force of the district sees what a bureau plans there, and leaves it to the bureau.
    expect(await tian.call(getBatchPlan, { params: { id: made.id } })).toMatchObject({ name: '商贸方案', counts: { firms: 1 }, can: [] })
  })
})

describe('a firm', () => {
  it('sees its own invitation, without what the office keeps, and answers no other', async () => {
    const [own] = (await contact.call(listBatchInvitations)).items
    expect(own).toMatchObject({ enterpriseName: firm.name, plan: `${CANARY}区方案` })
    for (const kept of ['rank', 'priority', 'byHand', 'outReason', 'unitId']) expect(own).not.toHaveProperty(kept)
    const stranger = await city.contact('13900000101')
    expect(JSON.stringify(await stranger.call(listBatchInvitations))).not.toContain(CANARY)
    expect((await stranger.call(listBatchInvitations, { query: { enterprise: firm.id } })).items).toEqual([])
    expect(await stranger.refused(answerBatch, { params: { id: own!.id }, body: { revision: own!.revision, answer: 'ready' } })).toMatchObject({ status: 404, code: 'not_found' })
  })
  it('of one’s own is for a colleague to plan', async () => {
    const { firm: mine } = await newFirm(city, 'yunyan')
    await city.system(async (ctx) => addMembership(ctx, (await sql<{ id: string }>`select id from identity.people where username = 'tianyuqing'`.execute(ctx.db)).rows[0]!.id, mine.id))
    const again = await city.as('tianyuqing')
    expect(await again.call(addFirms, { params: { id: district.id }, body: { revision: district.revision, codes: [mine.creditCode] } })).toMatchObject({ added: 0, own: 1 })
    district = await again.call(getBatchPlan, { params: { id: district.id } })
  })
})

it('two who change a plan at once: the second is told who came first', async () => {
  district = await tian.call(getBatchPlan, { params: { id: district.id } })
  const both = await Promise.allSettled([1, 2].map((n) => tian.call(changeBatchPlan, { params: { id: district.id }, body: { revision: district.revision, name: `${CANARY}方案${n}`, note: '' } })))
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'conflict.changed', params: { who: '田雨晴' } } })
})

it('the sample holds a plan of the command centre, with one batch told', async () => {
  const { items } = await gao.call(listBatchPlans, { query: { q: '样例' } })
  expect(items).toMatchObject([{ sample: true, batches: 3, firstDay: '2020-02-26', counts: { firms: 5, invited: 2, ready: 1, notReady: 1 } }])
})

it('an export holds what its reader sees of a plan', async () => {
  const fang = await city.as('fangzhiping')
  const asked = { body: { source: 'batches', format: 'csv', language: 'zh', columns: ['enterpriseName', 'day', 'state', 'declared'], filter: { plan: wide.id } } } as never
  const mine = await fang.call(beginExport, asked)
  const text = Buffer.from(await fang.call(takeExport, { params: { id: mine.id } })).toString('utf8')
  expect(text).toContain('南明批次企业')
  expect(text).toContain('2020-02-26')
  expect(text).not.toContain('云岩批次企业')
  expect((await fang.refused(beginExport, { body: { source: 'batches', format: 'csv', language: 'zh', columns: ['enterpriseName'], filter: { plan: district.id } } })).code).toBe('not_found')
})

it('raw SQL of the application role finds nothing foreign, and history is not rewritten', async () => {
  const raw = await connect(city.database.app)
  try {
    for (const table of ['plans', 'batches', 'members', 'deeds', 'moves', 'reaches']) {
      expect((await raw.query(`select count(*)::int as count from batches.${table}`)).rows).toEqual([{ count: 0 }])
      await raw.query("select set_config('app.areas', '520171', false)")
      expect((await raw.query(`select count(*)::int as count from batches.${table} t where t::text like '%${CANARY}%' or t::text like '%${firm.id}%' or t::text like '%${district.id}%'`)).rows).toEqual([{ count: 0 }])
      await raw.query("select set_config('app.areas', '', false)")
    }
    await raw.query("select set_config('app.areas', '520103', false)")
    expect((await raw.query(`select count(*)::int as count from batches.plans where id = '${district.id}'`)).rows).toEqual([{ count: 1 }])
    for (const change of ['delete from batches.moves', "update batches.deeds set note = 'x'", 'delete from batches.members', "update batches.plans set unit_id = gen_random_uuid()", 'update batches.members set district_code = null']) await expect(raw.query(change)).rejects.toThrow(/permission denied/)
  } finally {
    await raw.end()
  }
})

it('a mandate that has ended opens nothing', async () => {
  const fang = await city.as('fangzhiping')
  const { grants } = await fang.call(getSession)
  await (await city.as('luyuanming')).call(endGrant, { params: { id: grants[0]!.id }, body: { reason: '调离' } })
  expect(await (await city.as('fangzhiping')).refused(getBatchPlan, { params: { id: wide.id } })).toMatchObject({ status: 403 })
})
