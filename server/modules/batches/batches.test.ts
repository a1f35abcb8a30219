// Plans of batches over HTTP: made, filled, ordered by the rule, moved and undone, answered by firms, watched beside their declarations.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addBatch, addFirms, answerBatch, batchChoices, changeBatch, changeBatchPlan, dropFirms, endBatchPlan, getBatchPlan, inviteFirms, listBatchDeeds, listBatchInvitations, listBatchMembers, listBatchMoves, moveFirms, openBatchPlan, proposeOrder, removeBatch, undoBatchDeed, type BatchPlan } from '@fugong/contract/batches'
import { endEmergency, listEmergencies } from '@fugong/contract/emergencies'
import type { Enterprise } from '@fugong/contract/enterprises'
import { changeFacts } from '@fugong/contract/enterprises.register'
import { listNotices } from '@fugong/contract/notices'
import { declare, fill, newFirm, openFor, setLevelNow, type TestPlace } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

let city: City
let tian: Someone
let plan: BatchPlan
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing')
})
afterAll(() => city?.close())
beforeEach(async () => {
  city.clock.set('2020-02-24T02:00:00Z')
  plan = await openPlan(tian, [['2020-02-26', 1, null], ['2020-02-28', null, 100], ['2020-03-03', null, null]])
})

type Days = [string, number | null, number | null][]
async function openPlan(who: Someone, days: Days = []): Promise<BatchPlan> {
  const { units } = await who.call(batchChoices)
  return who.call(openBatchPlan, { body: { unitId: units[0]!.unitId, name: '分批方案', batches: days.map(([day, firmsLimit, headsLimit]) => ({ day, firmsLimit, headsLimit })) } })
}
const at = () => ({ params: { id: plan.id } })
const on = <B extends object>(body: B) => ({ ...at(), body: { revision: plan.revision, ...body } })
const inBatch = <B extends object>(number: number, body: B) => ({ params: { id: plan.id, batchId: plan.batches[number]!.id }, body: { revision: plan.revision, ...body } })
/** A firm of its own with a headcount, put on the plan of this test. */
async function planned(change: Parameters<typeof newFirm>[2] = {}, staff?: number, place: TestPlace = 'yunyan') {
  const made = await newFirm(city, place, change)
  if (staff !== undefined) await made.contact.call(changeFacts, { params: { id: made.firm.id }, body: { revision: made.firm.revision, staff, staffYear: 2019 } })
  const answer = await tian.call(addFirms, on({ codes: [made.firm.creditCode] }))
  plan = answer.plan
  return { ...made, ...answer }
}
const members = async (who = tian, query: object = {}) => (await who.call(listBatchMembers, { ...at(), query })).items
const memberOf = async (firm: Enterprise) => (await members()).find(({ enterpriseId }) => enterpriseId === firm.id)!
/** The day of the batch that each of these firms stands in. */
const where = async (...firms: Enterprise[]) => {
  const rows = await members(tian, { limit: 200 })
  return firms.map((firm) => plan.batches.find(({ id }) => id === rows.find(({ enterpriseId }) => enterpriseId === firm.id)?.batchId)?.day ?? null)
}
/** Days later staff sign in anew. */
const later = async (moment: string) => { city.clock.set(moment); tian = await city.as('tianyuqing') }
const end = async () => { plan = await tian.call(endBatchPlan, on({ reason: '已完成' })) }

describe('a plan', () => {
  it('is for the area of the unit, under the emergency open there, with its batches by day', () => {
    expect(plan).toMatchObject({ revision: 1, state: 'open', areaCode: '520103', unit: { zh: '云岩区复工复产工作专班' }, counts: { firms: 0 }, unplaced: 0, undo: null, can: ['plan'] })
    expect(plan.batches.map(({ day, firmsLimit, headsLimit, locked }) => [day, firmsLimit, headsLimit, locked])).toEqual([['2020-02-26', 1, null, false], ['2020-02-28', null, 100, false], ['2020-03-03', null, null, false]])
  })
  it('tells every faulty day at once, and takes no day twice', async () => {
    const { units } = await tian.call(batchChoices)
    const body = (...days: string[]) => ({ body: { unitId: units[0]!.unitId, name: '方案', batches: days.map((day) => ({ day, firmsLimit: null, headsLimit: null })) } })
    expect((await tian.refused(openBatchPlan, body('2020-02-23', '2020-12-31'))).issues.map(({ path, code }) => [path, code])).toEqual([['/batches/0/day', 'issue.past_day'], ['/batches/1/day', 'issue.too_far']])
    expect((await tian.refused(openBatchPlan, body('2020-03-01', '2020-03-01'))).issues).toMatchObject([{ path: '/batches/1/day', code: 'issue.duplicate' }])
    expect((await tian.refused(addBatch, on({ day: '2020-02-26', firmsLimit: null, headsLimit: null }))).code).toBe('batches.day_taken')
    expect((await tian.refused(addBatch, on({ day: '2020-02-01', firmsLimit: 0, headsLimit: null }))).issues.map(({ path }) => path)).toEqual(['/firmsLimit'])
  })
  it('is renamed, gets and loses batches, each with the revision it was decided on', async () => {
    const first = plan
    plan = await tian.call(changeBatchPlan, on({ name: '新名', note: '说明' }))
    expect(plan).toMatchObject({ revision: 2, name: '新名', note: '说明' })
    expect(await tian.refused(addBatch, { ...at(), body: { revision: first.revision, day: '2020-03-05', firmsLimit: null, headsLimit: null } })).toMatchObject({ code: 'conflict.changed', params: { who: '田雨晴' } })
    plan = await tian.call(addBatch, on({ day: '2020-02-27', firmsLimit: 4, headsLimit: null }))
    expect(plan.batches.map(({ day, position }) => [position, day])).toEqual([[1, '2020-02-26'], [2, '2020-02-27'], [3, '2020-02-28'], [4, '2020-03-03']])
    plan = await tian.call(removeBatch, inBatch(1, {}))
    plan = await tian.call(changeBatch, inBatch(0, { day: '2020-02-29', firmsLimit: 7, headsLimit: 9, locked: false }))
    expect(plan.batches.map(({ day, firmsLimit }) => [day, firmsLimit])).toEqual([['2020-02-28', null], ['2020-02-29', 7], ['2020-03-03', null]])
    const deeds = (await tian.call(listBatchDeeds, at())).items
    expect(deeds.map(({ deed }) => deed)).toEqual(['batchChanged', 'batchRemoved', 'batchAdded', 'changed', 'opened'])
    expect(deeds[0]).toMatchObject({ by: '田雨晴', unit: { zh: '云岩区复工复产工作专班' }, day: '2020-02-29' })
  })
  it('that has ended is only read, and its firms are free for another', async () => {
    const { firm } = await planned()
    await end()
    expect(plan).toMatchObject({ state: 'ended', endReason: '已完成', can: [] })
    expect((await tian.refused(proposeOrder, on({ anew: false }))).code).toBe('batches.ended')
    plan = await openPlan(tian)
    expect(await tian.call(addFirms, on({ codes: [firm.creditCode] }))).toMatchObject({ added: 1, taken: 0 })
  })
})

describe('firms', () => {
  it('come by code, in capitals or not, once each; unknown and foreign ones are named', async () => {
    const [here, there] = [await newFirm(city, 'yunyan'), await newFirm(city, 'nanming')]
    const answer = await tian.call(addFirms, on({ codes: [` ${here.firm.creditCode.toLowerCase()} `, here.firm.creditCode, there.firm.creditCode, 'XYZ'] }))
    expect(answer).toMatchObject({ added: 1, taken: 0, own: 0, unknown: [there.firm.creditCode, 'XYZ'], plan: { counts: { firms: 1 }, unplaced: 1 } })
  })
  it('come by the filters of the register and by id, with their priority and why', async () => {
    const mask = await newFirm(city, 'yunyan', { industryCode: '2770', class: 'vital', name: '批次口罩厂甲' })
    const cinema = await newFirm(city, 'yunyan', { industryCode: '8760', name: '批次影院甲' })
    plan = (await tian.call(addFirms, on({ filter: { q: '批次口罩厂甲' } }))).plan
    plan = (await tian.call(addFirms, on({ ids: [cinema.firm.id] }))).plan
    const rows = await members()
    expect(rows.map(({ enterpriseName, rank, priority }) => [enterpriseName, rank, priority?.code])).toEqual([['批次口罩厂甲', 1, 'epidemicControl'], ['批次影院甲', 10, 'general']])
    expect(rows[0]!.priority!.sentence).toMatchObject({ zh: expect.stringContaining('排在最前'), en: expect.stringContaining('come first') })
    expect((await tian.refused(addFirms, on({}))).issues).toMatchObject([{ path: '/ids', code: 'issue.required' }])
    expect((await tian.refused(addFirms, on({ ids: [mask.firm.id], codes: ['x'] }))).issues).toMatchObject([{ path: '/ids', code: 'issue.required' }])
  })
  it('are on one open plan at most, also when two units take them at once', async () => {
    const { firm } = await planned()
    const gao = await city.as('gaohongtao')
    const other = await openPlan(gao)
    expect(await gao.call(addFirms, { params: { id: other.id }, body: { revision: 1, codes: [firm.creditCode] } })).toMatchObject({ added: 0, taken: 1 })
    const late = await newFirm(city, 'yunyan')
    const both = await Promise.allSettled([tian.call(addFirms, on({ codes: [late.firm.creditCode] })), gao.call(addFirms, { params: { id: other.id }, body: { revision: 2, codes: [late.firm.creditCode] } })])
    const added = both.map((one) => (one.status === 'fulfilled' ? one.value.added : (one.reason as { code: string }).code))
    expect(added.filter((one) => one === 1)).toHaveLength(1)
    expect(added.every((one) => one === 1 || one === 0 || one === 'batches.already_planned')).toBe(true)
  })
  it('tell how many people come when the firm has one workplace and said so', async () => {
    const { firm } = await planned({}, 42)
    await planned()
    expect(await memberOf(firm)).toMatchObject({ heads: 42, state: 'planned', declared: 'none' })
    expect(plan.counts).toMatchObject({ firms: 2, heads: 42, headsKnown: 1 })
  })
})

describe('the order', () => {
  it('is proposed by priority and capacity, the same each time, and leaves what was placed by hand', async () => {
    const cinema = await planned({ industryCode: '8760' }, 30)
    const mask = await planned({ industryCode: '2770' }, 80)
    const power = await planned({ industryCode: '4411' }, 90)
    plan = await tian.call(proposeOrder, on({ anew: false }))
    expect(await where(mask.firm, power.firm, cinema.firm)).toEqual(['2020-02-26', '2020-02-28', '2020-03-03'])
    const revision = plan.revision
    plan = await tian.call(proposeOrder, on({ anew: false }))
    expect(plan).toMatchObject({ revision: revision + 1, undo: { deed: 'proposed', count: 0 } })
    const row = await memberOf(cinema.firm)
    plan = await tian.call(moveFirms, on({ ids: [row.id], to: plan.batches[0]!.id }))
    expect(plan.batches[0]).toMatchObject({ counts: { firms: 2, heads: 110 }, firmsOver: 1, headsOver: 0 })
    plan = await tian.call(proposeOrder, on({ anew: false }))
    expect(await where(mask.firm, power.firm, cinema.firm)).toEqual(['2020-02-28', '2020-03-03', '2020-02-26'])
    plan = await tian.call(proposeOrder, on({ anew: true }))
    expect(await where(mask.firm, power.firm, cinema.firm)).toEqual(['2020-02-26', '2020-02-28', '2020-03-03'])
  })
  it('passes over locked and past batches, and says when none is left', async () => {
    const { firm } = await planned()
    plan = await tian.call(changeBatch, inBatch(0, { day: '2020-02-26', firmsLimit: 1, headsLimit: null, locked: true }))
    plan = await tian.call(proposeOrder, on({ anew: false }))
    expect(await where(firm)).toEqual(['2020-02-28'])
    await later('2020-03-09T02:00:00Z')
    expect((await tian.refused(proposeOrder, on({ anew: false }))).code).toBe('batches.no_batch')
  })
  it('is changed many at once and undone while it may be', async () => {
    const [a, b] = [await planned(), await planned()]
    plan = await tian.call(moveFirms, on({ ids: (await members()).map(({ id }) => id), to: plan.batches[2]!.id }))
    expect(plan).toMatchObject({ unplaced: 0, undo: { deed: 'moved', count: 2, until: '2020-02-24T02:30:00.000Z' } })
    const { deedId } = plan.undo!
    plan = await tian.call(undoBatchDeed, on({ deedId }))
    expect(plan).toMatchObject({ unplaced: 2, undo: null })
    expect(await where(a.firm, b.firm)).toEqual([null, null])
    expect((await tian.refused(undoBatchDeed, on({ deedId }))).code).toBe('batches.undo_over')
    plan = await tian.call(moveFirms, on({ ids: [(await memberOf(a.firm)).id], to: plan.batches[2]!.id }))
    city.clock.set('2020-02-24T02:30:00Z')
    expect((await tian.refused(undoBatchDeed, on({ deedId: plan.undo!.deedId }))).code).toBe('batches.undo_over')
    const { items } = await tian.call(listBatchMoves, { params: { id: plan.id, memberId: (await memberOf(a.firm)).id } })
    expect(items.map(({ deed, from, to }) => [deed, from, to])).toEqual([['moved', null, '2020-03-03'], ['undone', '2020-03-03', null], ['moved', null, '2020-03-03'], ['added', null, null]])
  })
  it('leaves a locked batch alone in every way', async () => {
    const { firm } = await planned()
    const row = await memberOf(firm)
    plan = await tian.call(moveFirms, on({ ids: [row.id], to: plan.batches[0]!.id }))
    expect((await tian.refused(removeBatch, inBatch(0, {})))).toMatchObject({ code: 'batches.not_empty', params: { count: 1 } })
    const kept = { day: '2020-02-26', firmsLimit: 1, headsLimit: null }
    plan = await tian.call(changeBatch, inBatch(0, { ...kept, locked: true }))
    for (const [deed, body] of [[moveFirms, { ids: [row.id], to: null }], [dropFirms, { ids: [row.id], reason: '不来' }]] as const) expect(await tian.refused(deed, on(body))).toMatchObject({ code: 'batches.locked', params: { day: '2020-02-26' } })
    expect((await tian.refused(changeBatch, inBatch(0, { ...kept, day: '2020-02-27', locked: true }))).code).toBe('batches.locked')
    plan = await tian.call(changeBatch, inBatch(0, { ...kept, locked: false }))
    plan = await tian.call(dropFirms, on({ ids: [row.id], reason: '设备检修' }))
    expect(plan).toMatchObject({ counts: { firms: 0 }, out: 1 })
    expect(await members(tian, { batch: 'out' })).toMatchObject([{ state: 'out', outReason: '设备检修' }])
    plan = await tian.call(undoBatchDeed, on({ deedId: plan.undo!.deedId }))
    expect(await where(firm)).toEqual(['2020-02-26'])
  })
  it('does not take back a firm that another plan has taken since', async () => {
    const { firm } = await planned()
    plan = await tian.call(dropFirms, on({ ids: [(await memberOf(firm)).id], reason: '转市级' }))
    const gao = await city.as('gaohongtao')
    const other = await openPlan(gao)
    expect(await gao.call(addFirms, { params: { id: other.id }, body: { revision: 1, codes: [firm.creditCode] } })).toMatchObject({ added: 1 })
    plan = await tian.call(undoBatchDeed, on({ deedId: plan.undo!.deedId }))
    expect(plan).toMatchObject({ counts: { firms: 0 }, out: 1 })
    await gao.call(endBatchPlan, { params: { id: other.id }, body: { revision: 2, reason: '收回' } })
    expect(await tian.call(addFirms, on({ codes: [firm.creditCode] }))).toMatchObject({ added: 1, plan: { out: 0 } })
  })
})

describe('an invitation', () => {
  async function invited() {
    const made = await planned({}, 20)
    plan = await tian.call(moveFirms, on({ ids: [(await memberOf(made.firm)).id], to: plan.batches[0]!.id }))
    plan = await tian.call(inviteFirms, inBatch(0, {}))
    return made
  }
  const mine = async (who: Someone) => (await who.call(listBatchInvitations)).items
  const say = (who: Someone, { id, revision }: { id: string; revision: number }, body: object) => who.call(answerBatch, { params: { id }, body: { revision, ...body } as never })

  it('reaches the firm once for one day, in its portal and its inbox', async () => {
    const { contact, firm } = await invited()
    expect(await mine(contact)).toMatchObject([{ enterpriseName: firm.name, workplaceName: '一车间', day: '2020-02-26', plan: '分批方案', answer: null, declared: 'none', can: ['answer'] }])
    expect((await contact.call(listNotices)).items).toMatchObject([{ text: { zh: expect.stringContaining('安排于 2020-02-26 复工') }, link: '/portal/batches', from: { zh: '云岩区复工复产工作专班' } }])
    expect(plan.batches[0]!.counts).toMatchObject({ firms: 1, invited: 1, unanswered: 1 })
    expect((await tian.refused(inviteFirms, inBatch(0, {}))).code).toBe('batches.nobody_to_invite')
  })
  it('is answered, and the answer may change; every fault at once', async () => {
    const { contact, firm } = await invited()
    const [first] = await mine(contact)
    expect((await contact.refused(answerBatch, { params: { id: first!.id }, body: { revision: first!.revision, answer: 'notReady' } })).issues).toMatchObject([{ path: '/reason', code: 'issue.required' }])
    expect((await contact.refused(answerBatch, { params: { id: first!.id }, body: { revision: first!.revision, answer: 'otherDay', wishedDay: '2020-02-01' } })).issues).toMatchObject([{ path: '/wishedDay', code: 'issue.past_day' }])
    expect((await contact.refused(answerBatch, { params: { id: first!.id }, body: { revision: first!.revision, answer: 'otherDay', wishedDay: '2020-02-26' } })).issues).toMatchObject([{ path: '/wishedDay', code: 'issue.unchanged' }])
    const ready = await say(contact, first!, { answer: 'ready', heads: 33 })
    expect(ready).toMatchObject({ answer: 'ready', heads: 33, answeredAt: '2020-02-24T02:00:00.000Z' })
    expect((await contact.refused(answerBatch, { params: { id: first!.id }, body: { revision: first!.revision, answer: 'ready' } })).code).toBe('batches.not_invited')
    await say(contact, ready, { answer: 'otherDay', wishedDay: '2020-03-02', reason: '原料未到' })
    expect(await memberOf(firm)).toMatchObject({ state: 'otherDay', wishedDay: '2020-03-02', reason: '原料未到', heads: 33 })
    plan = await tian.call(getBatchPlan, at())
    expect(plan.batches[0]!.counts).toMatchObject({ otherDay: 1, ready: 0, unanswered: 0 })
    plan = await tian.call(proposeOrder, on({ anew: true }))
    expect(await where(firm)).toEqual(['2020-03-03'])
  })
  it('to a day that was changed is told anew; the firm sees the day it was told', async () => {
    const { contact, firm } = await invited()
    await say(contact, (await mine(contact))[0]!, { answer: 'ready' })
    plan = await tian.call(changeBatch, inBatch(0, { day: '2020-02-27', firmsLimit: 1, headsLimit: null, locked: false }))
    expect(await memberOf(firm)).toMatchObject({ state: 'changed' })
    expect(plan.batches[0]!.counts).toMatchObject({ invited: 0, ready: 0 })
    expect(await mine(contact)).toMatchObject([{ day: '2020-02-26', answer: 'ready' }])
    plan = await tian.call(inviteFirms, inBatch(0, {}))
    expect(await mine(contact)).toMatchObject([{ day: '2020-02-27', answer: null }])
  })
  it('is gone when the firm fell out or the plan ended, and none goes out for a day that has passed', async () => {
    const { contact, firm } = await invited()
    const [first] = await mine(contact)
    plan = await tian.call(dropFirms, on({ ids: [(await memberOf(firm)).id], reason: '停产' }))
    expect(await mine(contact)).toEqual([])
    expect((await contact.refused(answerBatch, { params: { id: first!.id }, body: { revision: first!.revision, answer: 'ready' } })).code).toBe('batches.not_invited')
    const late = await planned()
    plan = await tian.call(moveFirms, on({ ids: [(await memberOf(late.firm)).id], to: plan.batches[0]!.id }))
    await later('2020-02-27T02:00:00Z')
    expect((await tian.refused(inviteFirms, inBatch(0, {}))).code).toBe('batches.day_passed')
  })
  it('says what the day means at the level of the district, and holds nobody', async () => {
    const { contact, firm } = await invited()
    expect((await mine(contact))[0]!.meaning).toMatchObject({ level: 'low', meaning: 'free', sentence: { zh: expect.stringContaining('不必等到批次日期') } })
    expect(await declare(contact, firm, 0, '2020-02-25')).toMatchObject({ state: 'filed' })
    expect(plan.meanings).toMatchObject([{ districtCode: '520103', meaning: 'free' }])
  })
})

describe('beside the declarations', () => {
  it('a firm counts as declared and filed by what it did, and as missed when its day has passed without', async () => {
    await setLevelNow(city, '520103', 'medium')
    const [silent, drafting, declared] = [await planned(), await planned(), await planned()]
    plan = await tian.call(moveFirms, on({ ids: (await members()).map(({ id }) => id), to: plan.batches[0]!.id }))
    await fill(drafting.contact, await openFor(drafting.contact, drafting.firm))
    const sent = await declare(declared.contact, declared.firm)
    expect(await memberOf(declared.firm)).toMatchObject({ declared: 'declared', declarationId: sent.id })
    expect(await memberOf(drafting.firm)).toMatchObject({ declared: 'none' })
    plan = await tian.call(getBatchPlan, at())
    expect(plan.meanings).toMatchObject([{ districtCode: '520103', level: 'medium', meaning: 'ordered' }])
    expect(plan.batches[0]).toMatchObject({ missed: 0, counts: { firms: 3, declared: 1, filed: 0 } })
    await later('2020-02-27T02:00:00Z')
    plan = await tian.call(getBatchPlan, at())
    expect(plan.batches[0]).toMatchObject({ missed: 2 })
    expect((await members(tian, { missed: true })).map(({ enterpriseId }) => enterpriseId).sort()).toEqual([silent.firm.id, drafting.firm.id].sort())
    // Nothing moves by itself: the unit takes them to the next batch.
    plan = await tian.call(moveFirms, on({ ids: (await members(tian, { missed: true })).map(({ id }) => id), to: plan.batches[1]!.id }))
    expect(plan.batches.map(({ missed, counts }) => [missed, counts.firms])).toEqual([[0, 1], [0, 2], [0, 0]])
  })
  it('the list turns its pages by priority and finds by name and code', async () => {
    const made = []
    for (const industryCode of ['8760', '2770', '4411', '3982', '3982']) made.push(await planned({ industryCode }))
    const page = (cursor?: string) => tian.call(listBatchMembers, { ...at(), query: { limit: 2, ...(cursor ? { cursor } : {}) } })
    const first = await page()
    const second = await page(first.next!)
    const third = await page(second.next!)
    expect([first, second, third].map(({ items, total }) => [total, items.map(({ rank }) => rank)])).toEqual([[5, [1, 3]], [5, [10, 10]], [5, [10]]])
    expect(third.next).toBeNull()
    expect(await members(tian, { q: made[1]!.firm.creditCode.slice(4) })).toHaveLength(1)
    expect(await members(tian, { q: made[2]!.firm.name })).toHaveLength(1)
    expect(await members(tian, { declared: 'filed' })).toEqual([])
    expect((await tian.refused(listBatchMembers, { ...at(), query: { cursor: 'x' } })).issues).toMatchObject([{ path: '/cursor', code: 'issue.cursor' }])
    expect((await tian.refused(listBatchMembers, { ...at(), query: { batch: 'all' } })).issues).toMatchObject([{ path: '/batch', code: 'issue.choice' }])
  })
})

it('nothing is planned once the emergency is over', async () => {
  const { items } = await (await city.as('luyuanming')).call(listEmergencies)
  await (await city.as('gaohongtao')).call(endEmergency, { params: { id: items.find(({ id }) => id === plan.emergencyId)!.id }, body: { documentNo: '筑复工办〔2020〕99号', note: '结束' } as never })
  expect((await tian.refused(proposeOrder, on({ anew: false }))).code).toBe('emergencies.already_ended')
  expect((await tian.refused(openBatchPlan, { body: { unitId: plan.unitId, name: '方案', batches: [] } })).code).toBe('emergencies.none_open')
})
