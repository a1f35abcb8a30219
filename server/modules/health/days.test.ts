// The day over HTTP: who has not reported, by firm, crew, street and district, live and exact; reminders, handover, missed days; and who must not see it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getEnterprise, listMyEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { getDistrictDay, getFirmDay, handOverDay, listDistrictFirms, listFirmDay } from '@fugong/contract/health.days'
import { listOutbox } from '@fugong/contract/identity'
import { listNotices } from '@fugong/contract/notices'
import { addPerson, movePeople, type AddPerson } from '@fugong/contract/people'
import { connect } from '../../base/migrate.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { bindEmployment, reportFor, type Reporter } from '../../test/reporting.ts'
import { mobile, residentId } from '../../test/rosters.ts'
import { foldDeltas } from './counts.store.ts'
import { healthSubscriptions } from './jobs.ts'
import { countMissedPage } from './missed.actions.ts'
import { remindDue } from './remind.actions.ts'

let city: City
let firm: Someone
let here: Enterprise
const people: Reporter[] = []
const settle = async () => { await city.deliver(healthSubscriptions); await city.work() }
async function enter(number: number, set: Partial<AddPerson> = {}): Promise<string> {
  return (await firm.call(addPerson, { params: { id: here.id }, body: { name: `周甲${number}`, idType: '01', idNumber: residentId(number), workplaceId: here.workplaces[0]!.id, state: 'onDuty', phone: mobile(number), originCode: '520103', leftOn: '2020-01-20', exposure: [], crew: number % 2 ? '一班' : '二班', ...set } })).id
}
const day = () => firm.call(getFirmDay, { params: { id: here.id } })
const names = async (query: object) => (await firm.call(listFirmDay, { params: { id: here.id }, query })).items.map(({ name }) => name).sort()
const at = (time: string) => city.clock.set(`2020-02-24T${time}:00+08:00`)
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T08:00:00+08:00' })
  firm = await city.contact('13900000102')
  here = await firm.call(getEnterprise, { params: { id: (await firm.call(listMyEnterprises)).items[0]!.id } })
  const ids = []
  for (let number = 1; number <= 6; number++) ids.push(await enter(number, number === 6 ? { dormitory: '1 栋 101' } : {}))
  await enter(7, { state: 'left', leftOn: '2020-01-20' }).catch(() => undefined)
  await settle()
  for (const id of ids) people.push(await bindEmployment(city, id))
})
afterAll(() => city.close())

describe('a firm’s day', () => {
  it('expects its whole roster before anybody has a phone bound, and lists who is missing by name', async () => {
    expect(await day()).toMatchObject({ expected: 6, reported: 0, missing: 6, closesAt: '15:00', closed: false, evening: { expected: 1, reported: 0 }, handover: null, stages: [{ at: '09:30', sentAt: null }, { at: '11:00' }, { at: '13:00' }] })
    expect(await names({ group: 'missing', crew: '一班' })).toEqual(['周甲1', '周甲3', '周甲5'])
  })
  it('follows each report at once, by crew; the evening report is another', async () => {
    for (const who of people.slice(0, 3)) expect((await reportFor(city, who)).status).toBe(200)
    await reportFor(city, people[5]!, { temperature: 36.4 }, '2020-02-24', 2)
    const now = await day()
    expect(now).toMatchObject({ expected: 6, reported: 3, mayWork: 3, notYet: 0, missing: 3, evening: { expected: 1, reported: 1 } })
    expect(now.crews.map(({ crew, expected, missing }) => [crew, expected, missing]).sort()).toEqual([['一班', 3, 1], ['二班', 3, 2]])
    expect(await names({ group: 'missing' })).toEqual(['周甲4', '周甲5', '周甲6'])
    const page = await firm.call(listFirmDay, { params: { id: here.id }, query: { limit: 4 } })
    const rest = await firm.call(listFirmDay, { params: { id: here.id }, query: { limit: 4, cursor: page.next! } })
    expect([page.total, page.items.length, rest.items.length, rest.next]).toEqual([6, 4, 2, null])
  })
  it('tells the firm nothing of health, whatever the endpoint', async () => {
    const answers = [await day(), await firm.call(listFirmDay, { params: { id: here.id } })]
    expect(JSON.stringify(answers)).not.toMatch(/level|yellow|orange|red"|temperature|symptom|exposed|observ/i)
  })
  it('is nobody else’s: another firm, a district, a stranger', async () => {
    const other = await city.contact('13900000104')
    for (const endpoint of [getFirmDay, listFirmDay]) {
      expect((await other.refused(endpoint, { params: { id: here.id } })).code).toBe('not_found')
      expect((await (await city.as('tianyuqing')).refused(endpoint, { params: { id: here.id } })).status).toBe(403)
      expect((await city.anonymous().refused(endpoint, { params: { id: here.id } })).code).toBe('session.required')
    }
    expect((await other.refused(handOverDay, { params: { id: here.id }, body: { day: '2020-02-24', seen: { expected: 0, reported: 0 } } })).code).toBe('not_found')
  })
  it('refuses days that have not come or lie too far back', async () => {
    for (const wrong of ['2020-02-25', '2020-02-01']) expect((await firm.refused(getFirmDay, { params: { id: here.id }, query: { day: wrong } })).code).toBe('health.day_unknown')
  })
})

describe('areas', () => {
  const districtOf = () => here.workplaces[0]!.districtCode
  it('count the same before the fold, after it, and with both; raw rows agree', async () => {
    const chief = await city.as('gaohongtao')
    const read = async () => { const { expected, reported, missing, firms } = await chief.call(getDistrictDay, { query: { district: districtOf() } }); return { expected, reported, missing, firms } }
    const before = await read()
    expect(before).toEqual({ expected: 6, reported: 3, missing: 3, firms: 1 })
    expect(await city.system((ctx) => foldDeltas(ctx, 100))).toBeGreaterThan(0)
    expect(await read()).toEqual(before)
    await reportFor(city, people[3]!)
    expect(await read()).toMatchObject({ reported: 4, missing: 2 })
    await city.system((ctx) => foldDeltas(ctx, 100))
    expect(await city.system((ctx) => foldDeltas(ctx, 100))).toBe(0)
    const owner = await connect(city.database.owner)
    const sums = (await owner.query('select (select count(*)::int from health.reports) as raw, (select sum(reports)::int from health.counts) as counted, (select count(*)::int from health.subjects where active and expected) as people, (select sum(people)::int from health.places) as placed')).rows[0]
    await owner.end()
    expect(sums).toEqual({ raw: 5, counted: 5, people: 6, placed: 6 })
    expect((await chief.call(listDistrictFirms, { query: { missing: true } })).items).toMatchObject([{ enterpriseId: here.id, expected: 6, reported: 4, missing: 2, handedOverAt: null }])
  })
  it('reach no further than the reader’s own, and name nobody', async () => {
    const own = (await city.as('tianyuqing')).call(getDistrictDay)
    const other = [...['520102', '520103']].find((code) => code !== districtOf())!
    expect(JSON.stringify(await own)).not.toContain('周甲')
    const foreign = await (await city.as('tianyuqing')).call(getDistrictDay, { query: { district: other } })
    const mine = await (await city.as('tianyuqing')).call(getDistrictDay, { query: { district: districtOf() } })
    expect([foreign.expected, mine.expected].sort()).toEqual([0, expect.any(Number)])
    expect((await firm.refused(getDistrictDay)).code).toBe('session.forbidden')
    expect((await (await city.as('hanyuxuan')).refused(listDistrictFirms)).code).toBe('session.forbidden')
  })
  it('a person who leaves is expected no more', async () => {
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [people[4]!.employmentId], to: 'left' } })
    await settle()
    expect(await day()).toMatchObject({ expected: 5, reported: 4, missing: 1 })
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [people[4]!.employmentId], to: 'onDuty' } })
    await settle()
    expect(await day()).toMatchObject({ expected: 6 })
  })
})

describe('reminding', () => {
  const run = () => city.system(remindDue)
  const messages = async () => (await city.anonymous().call(listOutbox)).messages.filter(({ text }) => text.zh.includes('还没有申报'))
  it('writes to people first, then to the firm, then to the street; each once', async () => {
    at('09:20')
    await run()
    await city.work()
    expect(await messages()).toEqual([])
    at('10:05')
    await run(); await run()
    await city.work()
    expect((await messages()).map(({ to }) => to).sort()).toEqual([mobile(5), mobile(6)].sort())
    at('11:40')
    await run(); await run()
    expect((await firm.call(listNotices)).items.filter(({ title }) => title.zh === '还有员工未申报健康')).toHaveLength(1)
    at('13:01')
    await run(); await run()
    expect((await day()).stages.map(({ sentAt, missing }) => [sentAt !== null, missing])).toEqual([[true, 2], [true, 2], [true, 2]])
  })
})

describe('handing over', () => {
  it('signs what stands on the page: other numbers are told, late is said, the last one holds', async () => {
    const body = (seen: object) => ({ params: { id: here.id }, body: { day: '2020-02-24', seen } }) as never
    expect(await firm.refused(handOverDay, body({ expected: 6, reported: 3 }))).toMatchObject({ code: 'health.day_moved', params: { expected: 6, reported: 4 } })
    const signed = await firm.call(handOverDay, body({ expected: 6, reported: 4 }))
    expect(signed).toMatchObject({ no: 1, late: false, expected: 6, missing: 2, sentence: { zh: expect.stringContaining('应申报 6 人，已申报 4 人') } })
    await reportFor(city, people[4]!)
    at('15:00')
    const again = await firm.call(handOverDay, body({ expected: 6, reported: 5 }))
    expect(again).toMatchObject({ no: 2, late: true })
    expect(again.hash).not.toBe(signed.hash)
    expect((await day()).handover).toMatchObject({ no: 2 })
    expect((await (await city.as('gaohongtao')).call(listDistrictFirms)).items[0]).toMatchObject({ late: true, handedOverAt: expect.any(String) })
  })
})
it('missed days are counted after the day, once, and healed by a late report', async () => {
  const missed = async () => (await firm.call(listFirmDay, { params: { id: here.id } })).items.map((one) => one.missed)
  city.clock.set('2020-02-26T08:00:00+08:00')
  const count = () => city.system((ctx) => countMissedPage(ctx, '520100', { until: '2020-02-25', after: null }))
  await count(); await count()
  expect((await missed()).sort()).toEqual([1, 1, 1, 1, 1, 1])
  await reportFor(city, people[0]!, { temperature: 36.6 }, '2020-02-25')
  await count()
  expect((await missed()).sort()).toEqual([0, 1, 1, 1, 1, 1])
})
