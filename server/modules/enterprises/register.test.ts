// A firm's entry through time, over HTTP: its own facts, the events of its life, what held on a day, who still sees it afterwards.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addWorkplace, expectedCheckDigit, expectedOrganisationDigit, getEnterprise, listEnterprises, registerEnterprise, type Enterprise } from '@fugong/contract/enterprises'
import { closeWorkplace, listWorkplaces } from '@fugong/contract/enterprises.places'
import { cancelLifeEvent, changeFacts, listChanges, recordLifeEvent } from '@fugong/contract/enterprises.register'
import { sql } from '../../base/db.ts'
import { newFirm as register, type TestPlace } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { addMembership, ensureContact } from '../identity/index.ts'
import { enterprisesJobs } from './jobs.ts'

let city: City
beforeAll(async () => { city = await openCity({ now: '2020-02-10T02:00:00Z' }) })
afterAll(() => city?.close())
/** Someone who signs in anew for each call: here whole weeks pass between two of them. */
type Lasting = Pick<Someone, 'call' | 'refused'>
const lasting = (signIn: () => Promise<Someone>): Lasting => ({ call: async (...given) => (await signIn()).call(...given), refused: async (...given) => (await signIn()).refused(...given) })
const peng = lasting(() => city.as('pengxiulan')) // reviewer of 乌当 520112
const luo = lasting(() => city.as('luochengxi')) // reviewer of 花溪 520111
async function newFirm(at: City, place: TestPlace, change?: Parameters<typeof register>[2]): Promise<{ contact: Lasting; firm: Enterprise }> {
  const { phone, firm } = await register(at, place, change)
  return { contact: lasting(() => at.contact(phone)), firm }
}
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params }) => [path, code, ...Object.values(params ?? {})].join(' ')).sort()
const on = (day: string) => city.clock.set(`${day}T02:00:00Z`)
const look = (who: Lasting, { id }: { id: string }, at?: string) => who.call(getEnterprise, { params: { id }, query: at ? { at } : {} })
const change = (who: Lasting, firm: Enterprise, body: Record<string, unknown>) => who.call(changeFacts, { params: { id: firm.id }, body: { revision: firm.revision, ...body } as never })
const event = (who: Lasting, firm: Enterprise, body: Record<string, unknown>) => who.call(recordLifeEvent, { params: { id: firm.id }, body: { revision: firm.revision, reason: '按工商变更', ...body } as never })
const refusedEvent = (who: Lasting, firm: Enterprise, body: Record<string, unknown>) => who.refused(recordLifeEvent, { params: { id: firm.id }, body: { revision: firm.revision, reason: '按工商变更', ...body } })
const history = async (who: Lasting, firm: Enterprise) => (await who.call(listChanges, { params: { id: firm.id } })).items
const takeEffect = () => city.system((ctx) => enterprisesJobs.find((job) => job.name === 'enterprises.take_effect')!.run(ctx, null))
const huaxi = { districtCode: '520111', streetCode: '520111010', zoneCode: '520172', address: '花溪新路 9 号' }

describe('what a firm says of itself', () => {
  let contact: Lasting
  let firm: Enterprise
  beforeAll(async () => {
    on('2020-02-10')
    const made = await newFirm(city, 'wudang')
    contact = made.contact
    firm = made.firm
  })
  it('begins with what the registration brought', () => {
    expect(firm).toMatchObject({ kind: 'company', state: 'active', districtCode: '520112', address: expect.stringMatching(/^样例路/) as string, staff: null, legalName: null, formerNames: [], flags: [], knownFrom: '2020-02-10', validFrom: '2020-02-10', at: null, revision: 1 })
  })
  it('takes every field, tidied, personal values sealed and masked', async () => {
    const all = {
      kind: 'cooperative', class: 'vital', industryCode: '2770', formerNames: [' 老厂 ', '老厂'], legalName: ' 陆远明 ', legalPhone: '13866667777', registeredDistrictCode: '110105', registeredAddress: ' 北京市朝阳区样例街 1 号 ', address: '样例新路 2 号', building: '样例大厦', park: '样例园',
      staff: 25, staffYear: 2019, insured: 20, insuredYear: 2019, revenue: 1234.56, revenueYear: 2019, assets: 800, assetsYear: 2018, hazardous: '乙醇 200 升', centralAir: true, reason: '年报',
    }
    const { reason: _reason, legalName: _name, legalPhone: _phone, ...plain } = all
    firm = await change(contact, firm, all)
    expect(firm).toMatchObject({ ...plain, formerNames: ['老厂'], registeredAddress: '北京市朝阳区样例街 1 号', legalName: '陆**', legalPhone: '138****7777', revision: 2, department: 'industry', size: { grade: 'small' } })
    const rows = await city.system((ctx) => sql<{ all: string }>`select (select json_agg(e)::text from enterprises.enterprises e) || (select json_agg(c)::text from enterprises.changes c) || (select json_agg(v)::text from enterprises.versions v) || (select json_agg(b)::text from base.events b) as all`.execute(ctx.db))
    expect(rows.rows[0]!.all).not.toMatch(/13866667777|陆远明/)
    expect(city.log.join('')).not.toMatch(/13866667777|陆远明/)
  })
  it('keeps the name when only the phone changes, and takes both back', async () => {
    firm = await change(contact, firm, { legalPhone: '13911112222' })
    expect(firm).toMatchObject({ legalName: '陆**', legalPhone: '139****2222' })
    firm = await change(contact, firm, { legalName: null, legalPhone: null })
    expect(firm).toMatchObject({ legalName: null, legalPhone: null })
  })
  it('does nothing when nothing is new', async () => {
    const { revision } = firm
    firm = await change(contact, firm, { building: '样例大厦', staff: 25, staffYear: 2019 })
    expect(firm.revision).toBe(revision)
  })
  it('tells every fault at once and saves nothing', async () => {
    const refusal = await contact.refused(changeFacts, { params: { id: firm.id }, body: { revision: 0, kind: 'x', class: 'y', industryCode: 'ZZ', legalName: 'a\u202Eb', legalPhone: '123', registeredDistrictCode: '12', staff: -1, insured: 1.5, revenue: 'viel', centralAir: 'ja', effectiveOn: '2020-13-01', name: '改名', hazardous: 'x'.repeat(301), formerNames: [''] } })
    expect(told(refusal)).toEqual([
      '/centralAir issue.type', '/class issue.choice', '/effectiveOn issue.day', '/formerNames/0 issue.required', '/hazardous issue.too_long 300', '/industryCode issue.industry', '/insured issue.type', '/insuredYear issue.required', '/kind issue.choice', '/legalName issue.text', '/legalPhone issue.phone', '/name issue.unknown name',
      '/registeredDistrictCode issue.area', '/revenue issue.type', '/revision issue.too_small 1', '/staff issue.too_small 0', '/staffYear issue.required',
    ])
    const half = await contact.refused(changeFacts, { params: { id: firm.id }, body: { revision: firm.revision, staff: 5, revenueYear: 2019, assets: 1.234, assetsYear: 2019 } })
    expect(told(half)).toEqual(['/assets issue.decimals 2', '/revenue issue.required', '/staffYear issue.required'])
    const meaning = await contact.refused(changeFacts, { params: { id: firm.id }, body: { revision: firm.revision, staff: 5, staffYear: 2021, industryCode: '9999', registeredDistrictCode: '520199', effectiveOn: '2020-02-09', address: '\uFB2C'.repeat(60) } })
    expect(told(meaning)).toEqual(['/address issue.too_long 120', '/effectiveOn issue.too_early 2020-02-10', '/industryCode issue.industry', '/registeredDistrictCode issue.area_unknown', '/staffYear issue.too_large 2020'])
    expect(told(await contact.refused(changeFacts, { params: { id: firm.id }, body: { revision: firm.revision, building: '高楼', effectiveOn: '2020-02-11' } }))).toEqual(['/effectiveOn issue.too_far 2020-02-10'])
    expect((await look(contact, firm)).revision).toBe(firm.revision)
  })
  it('is for the firm’s own people, on the revision they saw', async () => {
    const body = { revision: firm.revision, building: '别的楼' }
    const params = { id: firm.id }
    expect(await peng.refused(changeFacts, { params, body })).toMatchObject({ status: 403 })
    expect(await city.anonymous().refused(changeFacts, { params, body })).toMatchObject({ status: 401 })
    expect(await (await city.contact('13900000102')).refused(changeFacts, { params, body })).toMatchObject({ status: 404 })
    expect(await contact.refused(changeFacts, { params, body: { ...body, revision: 1 } })).toMatchObject({ status: 409, code: 'conflict.changed', params: { who: '企业', at: '2020-02-10T02:00:00.000Z' } })
    const both = await Promise.allSettled([change(contact, firm, { building: '甲楼' }), change(contact, firm, { building: '乙楼' })])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find((one) => one.status === 'rejected')).toMatchObject({ reason: { code: 'conflict.changed' } })
  })
  it('is announced by the names of the fields alone', async () => {
    const events = await city.system((ctx) => sql<{ payload: { fields: string[] } }>`select payload from base.events where name = 'enterprise.changed' and subject_id = ${firm.id} order by id`.execute(ctx.db))
    expect(events.rows[0]!.payload).toMatchObject({ kind: 'updated', effectiveOn: '2020-02-10', workplaceId: null, fields: expect.arrayContaining(['legalName', 'staff', 'hazardous']) as string[] })
  })
})

describe('as of a day', () => {
  it('answers what held then, also what was written down later', async () => {
    on('2020-02-10')
    const { contact, firm } = await newFirm(city, 'wudang', { name: '原名企业' })
    on('2020-02-20')
    const grown = await change(contact, firm, { staff: 80, staffYear: 2019 })
    on('2020-02-24')
    const renamed = await event(contact, grown, { kind: 'renamed', name: '新名企业', effectiveOn: '2020-02-15' })
    expect(renamed).toMatchObject({ name: '新名企业', formerNames: ['原名企业'], staff: 80, at: null, validFrom: '2020-02-20' })
    const seen = await Promise.all(['2020-02-10', '2020-02-14', '2020-02-15', '2020-02-19', '2020-02-20', '2020-02-24'].map((day) => look(contact, firm, day)))
    expect(seen.map((one) => [one.at, one.name, one.staff, one.validFrom])).toEqual([
      ['2020-02-10', '原名企业', null, '2020-02-10'], ['2020-02-14', '原名企业', null, '2020-02-10'], ['2020-02-15', '新名企业', null, '2020-02-15'], ['2020-02-19', '新名企业', null, '2020-02-15'], ['2020-02-20', '新名企业', 80, '2020-02-20'], ['2020-02-24', '新名企业', 80, '2020-02-20'],
    ])
    expect(seen[0]).toMatchObject({ can: [], flags: [] })
    expect((await history(contact, firm)).map((one) => [one.kind, one.effectiveOn, one.recordedAt.slice(0, 10), one.fields.filter((field) => !field.name.startsWith('size')).map((field) => `${field.name} ${String(field.before)}→${String(field.after)}`).join()])).toEqual([
      ['sized', '2020-02-20', '2020-02-20', ''], ['updated', '2020-02-20', '2020-02-20', 'staff null→80,staffYear null→2019'], ['renamed', '2020-02-15', '2020-02-24', 'name 原名企业→新名企业'], ['registered', '2020-02-10', '2020-02-10', ''],
    ])
    // Found by its new name only, and by its former one no longer.
    expect((await peng.call(listEnterprises, { query: { q: '新名企业' } })).total).toBe(1)
    expect((await peng.call(listEnterprises, { query: { q: '原名企业' } })).total).toBe(0)
  })
  it('refuses days before it was known, days to come, and what is no day', async () => {
    on('2020-02-10')
    const { contact, firm } = await newFirm(city, 'wudang')
    on('2020-02-24')
    const ask = (at: string) => contact.refused(getEnterprise, { params: { id: firm.id }, query: { at } })
    expect(await ask('2020-02-09')).toMatchObject({ status: 404, code: 'enterprises.not_known_then', params: { from: '2020-02-10' } })
    expect(told(await ask('2020-02-25'))).toEqual(['/at issue.future'])
    for (const at of ['2020-2-1', '20200201', '2020-02-30x', "'; drop", '0000-00-00']) expect(told(await ask(at))).toEqual(['/at issue.day'])
    expect((await ask('2020-02-30')).status).toBeLessThan(500)
    expect((await look(contact, firm, '2020-02-10')).name).toBe(firm.name)
  })
})

describe('moving to another district', () => {
  it('takes the file along: the new district sees all of it, the old one what it had', async () => {
    on('2020-02-10')
    const { contact, firm } = await newFirm(city, 'wudang', { name: '搬迁企业', industryCode: '3670' })
    expect(await luo.refused(getEnterprise, { params: { id: firm.id } })).toMatchObject({ status: 404 })
    on('2020-02-20')
    const named = await event(contact, firm, { kind: 'renamed', name: '搬迁新企业', effectiveOn: '2020-02-12' })
    const moved = await event(contact, named, { kind: 'moved', ...huaxi, effectiveOn: '2020-02-18' })
    expect(moved).toMatchObject({ ...huaxi, department: 'industry' })
    on('2020-02-22')
    await change(contact, moved, { building: '新大楼' })
    // The new district, whole history.
    expect(await look(luo, firm)).toMatchObject({ name: '搬迁新企业', building: '新大楼' })
    expect(await look(luo, firm, '2020-02-11')).toMatchObject({ name: firm.name, districtCode: '520112' })
    expect((await history(luo, firm)).map((one) => one.kind)).toEqual(['updated', 'moved', 'renamed', 'registered'])
    // Its workplace is still open in the old one, which therefore still sees the firm; once that closes, only the past is left.
    expect((await look(peng, firm)).workplaces).toHaveLength(1)
    const { items: [place] } = await contact.call(listWorkplaces, { params: { id: firm.id } })
    await contact.call(closeWorkplace, { params: { id: firm.id, workplaceId: place!.id }, body: { revision: place!.revision, closedOn: '2020-02-21', reason: '已搬走' } })
    expect(await peng.refused(getEnterprise, { params: { id: firm.id } })).toMatchObject({ status: 404 })
    expect(await peng.refused(listChanges, { params: { id: firm.id } })).toMatchObject({ status: 404 })
    expect((await peng.call(listEnterprises, { query: { q: '搬迁' } })).total).toBe(0)
    expect((await luo.call(listEnterprises, { query: { q: '搬迁' } })).total).toBe(1)
    const past = await look(peng, firm, '2020-02-17')
    expect(past).toMatchObject({ name: '搬迁新企业', districtCode: '520112', can: [], building: null })
    for (const at of ['2020-02-18', '2020-02-22']) expect(await peng.refused(getEnterprise, { params: { id: firm.id }, query: { at } })).toMatchObject({ status: 404, code: 'not_found' })
  })
  it('waits for its day, can be taken back before, and then takes effect by the clock', async () => {
    on('2020-02-24')
    const { contact, firm } = await newFirm(city, 'wudang', { name: '计划搬迁企业' })
    const planned = await event(contact, firm, { kind: 'moved', ...huaxi, effectiveOn: '2020-03-01' })
    expect(planned).toMatchObject({ districtCode: '520112', revision: 2 })
    const [waiting] = await history(contact, firm)
    expect(waiting).toMatchObject({ kind: 'moved', state: 'planned', effectiveOn: '2020-03-01', can: ['cancel'] })
    expect(waiting!.fields.find((field) => field.name === 'districtCode')).toEqual({ name: 'districtCode', before: '520112', after: '520111' })
    expect((await history(peng, firm))[0]).toMatchObject({ state: 'planned', can: [] })
    const cancel = { params: { id: firm.id, changeId: waiting!.id }, body: { reason: '改期' } }
    expect(await peng.refused(cancelLifeEvent, cancel)).toMatchObject({ status: 404 })
    expect(await contact.call(cancelLifeEvent, cancel)).toEqual({ done: true })
    expect(await contact.refused(cancelLifeEvent, cancel)).toMatchObject({ status: 409, code: 'enterprises.not_planned' })
    await event(contact, planned, { kind: 'moved', ...huaxi, effectiveOn: '2020-03-02' })
    const between = await change(contact, await look(contact, firm), { staff: 7, staffYear: 2019 })
    await takeEffect()
    expect((await look(contact, firm)).districtCode).toBe('520112')
    on('2020-03-02')
    await takeEffect()
    await takeEffect()
    expect(await look(contact, firm)).toMatchObject({ ...huaxi, staff: 7, revision: between.revision + 1 })
    expect((await history(contact, firm)).map((one) => [one.kind, one.state])).toEqual([['moved', 'done'], ['moved', 'cancelled'], ['sized', 'done'], ['updated', 'done'], ['registered', 'done']])
  })
  it('tells what is wrong with the area, and what is missing', async () => {
    on('2020-02-24')
    const { contact, firm } = await newFirm(city, 'wudang')
    expect(told(await refusedEvent(contact, firm, { kind: 'moved', effectiveOn: '2020-02-24' }))).toEqual(['/address issue.required', '/districtCode issue.required', '/streetCode issue.required'])
    expect(told(await refusedEvent(contact, firm, { kind: 'moved', effectiveOn: '2020-02-24', ...huaxi, districtCode: '520103' }))).toEqual(['/streetCode issue.street_outside_district', '/zoneCode issue.zone_outside_district'])
    expect(told(await refusedEvent(contact, firm, { kind: 'exploded', effectiveOn: 'soon', reason: ' ', extra: 1 }))).toEqual(['/effectiveOn issue.day', '/extra issue.unknown extra', '/kind issue.choice', '/reason issue.text'])
    expect(told(await refusedEvent(contact, firm, { kind: 'renamed', effectiveOn: '2022-01-01', name: firm.name }))).toEqual(['/effectiveOn issue.too_far 2021-02-24', '/name issue.unchanged'])
  })
})

describe('closing, reopening, merging', () => {
  it('closes the workplaces with the firm and opens them again with it', async () => {
    on('2020-02-10')
    const { contact, firm } = await newFirm(city, 'wudang')
    const two = await contact.call(addWorkplace, { params: { id: firm.id }, body: { name: '二车间', scene: 'park', districtCode: '520111', streetCode: '520111010', address: '样例路 2 号' } })
    on('2020-02-20')
    const closed = await event(peng, two, { kind: 'closed', effectiveOn: '2020-02-15', reason: '吊销执照' })
    expect(closed).toMatchObject({ state: 'closed', stateSince: '2020-02-15', workplaces: [] })
    expect(await luo.refused(getEnterprise, { params: { id: firm.id } })).toMatchObject({ status: 404 })
    expect((await contact.call(listWorkplaces, { params: { id: firm.id } })).items.map((place) => [place.closedOn, place.closeReason])).toEqual([['2020-02-15', '吊销执照'], ['2020-02-15', '吊销执照']])
    expect(await contact.refused(changeFacts, { params: { id: firm.id }, body: { revision: closed.revision, building: '楼' } })).toMatchObject({ status: 409, code: 'enterprises.not_active' })
    expect(await contact.refused(addWorkplace, { params: { id: firm.id }, body: { name: '三车间', scene: 'park', districtCode: '520111', streetCode: '520111010', address: '样例路 3 号' } })).toMatchObject({ code: 'enterprises.not_active' })
    expect(await refusedEvent(contact, closed, { kind: 'closed', effectiveOn: '2020-02-20' })).toMatchObject({ status: 409, code: 'enterprises.not_active' })
    expect(told(await refusedEvent(contact, closed, { kind: 'reopened', effectiveOn: '2020-02-14' }))).toEqual(['/effectiveOn issue.too_early 2020-02-15'])
    const open = await event(contact, closed, { kind: 'reopened', effectiveOn: '2020-02-18' })
    expect(open).toMatchObject({ state: 'active', stateSince: '2020-02-18' })
    expect(open.workplaces).toHaveLength(2)
    expect((await look(luo, firm)).workplaces.map((place) => place.name)).toEqual(['二车间'])
    expect([(await look(contact, firm, '2020-02-14')).state, (await look(contact, firm, '2020-02-16')).state, (await look(contact, firm, '2020-02-18')).state]).toEqual(['active', 'closed', 'active'])
    expect(await refusedEvent(contact, open, { kind: 'reopened', effectiveOn: '2020-02-20' })).toMatchObject({ code: 'enterprises.not_closed' })
  })
  it('merges into a firm that goes on, never into itself or one that is gone', async () => {
    on('2020-02-24')
    const [a, b, c] = [await newFirm(city, 'wudang'), await newFirm(city, 'nanming'), await newFirm(city, 'wudang')]
    const merge = (survivorCode: string) => ({ kind: 'merged', effectiveOn: '2020-02-24', survivorCode })
    for (const code of [a.firm.creditCode, '91520103MAZZZZZZ0X', '520103600999999']) expect(await refusedEvent(a.contact, a.firm, merge(code))).toMatchObject({ status: 422, code: 'enterprises.survivor_unfit' })
    const merged = await event(a.contact, a.firm, merge(b.firm.creditCode))
    expect(merged).toMatchObject({ state: 'merged', mergedInto: { name: b.firm.name, creditCode: b.firm.creditCode, visible: false }, workplaces: [] })
    expect((await history(a.contact, a.firm)).find((one) => one.kind === 'merged')!.fields).toContainEqual({ name: 'mergedInto', before: null, after: b.firm.name })
    expect(await refusedEvent(b.contact, b.firm, merge(a.firm.creditCode))).toMatchObject({ code: 'enterprises.survivor_unfit' })
    expect(await refusedEvent(a.contact, merged, { kind: 'reopened', effectiveOn: '2020-02-24' })).toMatchObject({ code: 'enterprises.not_closed' })
    // A plan that has become impossible is marked, not lost.
    await event(c.contact, c.firm, { ...merge(b.firm.creditCode), effectiveOn: '2020-03-05' })
    await event(b.contact, b.firm, { kind: 'closed', effectiveOn: '2020-02-24' })
    on('2020-03-05')
    await takeEffect()
    expect((await history(c.contact, c.firm))[0]).toMatchObject({ kind: 'merged', state: 'failed', failure: 'enterprises.survivor_unfit' })
    expect((await look(c.contact, c.firm)).state).toBe('active')
    on('2020-02-24')
  })
  it('was founded when it was, whatever day it says so', async () => {
    on('2020-02-24')
    const { contact, firm } = await newFirm(city, 'wudang')
    expect(told(await refusedEvent(contact, firm, { kind: 'founded', effectiveOn: '2020-02-25' }))).toEqual(['/effectiveOn issue.future'])
    const founded = await event(contact, firm, { kind: 'founded', effectiveOn: '1998-05-04' })
    expect(founded.foundedOn).toBe('1998-05-04')
    expect((await look(contact, firm, '2020-02-24')).foundedOn).toBe('1998-05-04')
  })
})

describe('another code', () => {
  const codeOf = (no: number) => {
    const first17 = `91520112MAYW${String(no).padStart(4, '0')}${expectedOrganisationDigit(`MAYW${String(no).padStart(4, '0')}`)}`
    return first17 + expectedCheckDigit(first17)
  }
  it('is given by a reviewer alone, who vouches for one that fails its digits', async () => {
    on('2020-02-24')
    const { contact, firm } = await newFirm(city, 'wudang')
    const recoded = (creditCode: string, more = {}) => ({ kind: 'recoded', effectiveOn: '2020-02-24', creditCode, ...more })
    expect(await refusedEvent(contact, firm, recoded(codeOf(1)))).toMatchObject({ status: 403, code: 'enterprises.code_needs_reviewer' })
    expect(told(await refusedEvent(peng, firm, recoded(firm.creditCode)))).toEqual(['/creditCode issue.unchanged'])
    expect(told(await refusedEvent(peng, firm, recoded('520112600123456')))).toEqual(['/creditCode issue.registration_number'])
    expect(await refusedEvent(peng, firm, recoded('91520112MAYP0001X2'))).toMatchObject({ status: 409, code: 'enterprises.code_taken' })
    const done = await event(peng, firm, recoded(codeOf(1)))
    expect(done).toMatchObject({ creditCode: codeOf(1), codeState: 'valid' })
    for (const q of [codeOf(1), codeOf(1).slice(8, 14)]) expect((await peng.call(listEnterprises, { query: { q } })).items).toMatchObject([{ id: firm.id }])
    expect((await peng.call(listEnterprises, { query: { q: firm.creditCode } })).total).toBe(0)
    const vouched = await event(peng, done, recoded('91350203M0001QAY9B', { creditCodeReason: '执照上即为此码' }))
    expect(vouched).toMatchObject({ codeState: 'confirmed', codeReason: '执照上即为此码', codeConfirmedBy: { zh: '彭秀岚' } })
    expect((await look(contact, firm, '2020-02-24')).creditCode).toBe('91350203M0001QAY9B')
    expect((await history(peng, firm)).filter((one) => one.kind === 'recoded').map((one) => one.by)).toEqual([{ side: 'office', name: { zh: '彭秀岚', en: '彭秀岚' } }, { side: 'office', name: { zh: '彭秀岚', en: '彭秀岚' } }])
    expect((await history(contact, firm))[0]!.by.name?.zh).toMatch(/乌当区/)
  })
  it('not by a reviewer who belongs to the firm', async () => {
    const { firm } = await newFirm(city, 'wudang')
    await city.system(async (ctx) => addMembership(ctx, await ensureContact(ctx, { phone: '13900000008' }), firm.id))
    expect(await refusedEvent(peng, firm, { kind: 'recoded', effectiveOn: '2020-02-24', creditCode: codeOf(2) })).toMatchObject({ status: 403, code: 'session.own_firm' })
  })
})

describe('a trader’s registration number', () => {
  const trader = (creditCode: string, kind: string | undefined, name: string) => ({ creditCode, name, industryCode: '6210', class: 'general' as const, ...(kind ? { kind: kind as never } : {}), workplace: { name: '店面', scene: 'commercial' as const, districtCode: '520112', streetCode: '520112008', address: '样例街 5 号' } })
  it('stands in place of a credit code, for traders only, once', async () => {
    const who = lasting(() => city.contact('13755550001', '粉店老板'))
    for (const kind of [undefined, 'company', 'cooperative', 'publicBody', 'other']) expect(told(await who.refused(registerEnterprise, { body: trader('520112600123456', kind, '样例粉店') }))).toEqual(['/creditCode issue.registration_number'])
    for (const code of ['52011260012345', '5201126001234567', '52011260012345X']) expect(told(await who.refused(registerEnterprise, { body: trader(code, 'trader', '样例粉店') }))).toEqual(['/creditCode issue.credit_code_shape'])
    const shop = await who.call(registerEnterprise, { body: trader('520112600123456', 'trader', '样例粉店') })
    expect(shop).toMatchObject({ creditCode: '520112600123456', kind: 'trader', codeState: 'valid' })
    expect((await peng.call(listEnterprises, { query: { q: '5201126001' } })).items).toMatchObject([{ id: shop.id, kind: 'trader' }])
    expect(await (await city.contact('13755550002', '别人')).refused(registerEnterprise, { body: trader('520112600123456', 'trader', '另一店') })).toMatchObject({ code: 'enterprises.already_registered' })
    expect(told(await who.refused(changeFacts, { params: { id: shop.id }, body: { revision: shop.revision, kind: 'company' } }))).toEqual(['/kind issue.registration_number'])
    const coded = await event(peng, shop, { kind: 'recoded', effectiveOn: '2020-02-24', creditCode: '92520112MAYP0009X6', creditCodeReason: '已换发新执照' })
    expect(coded.creditCode).toBe('92520112MAYP0009X6')
  })
})
