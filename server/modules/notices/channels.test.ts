// Who is told how: quiet hours and bundles in jobs, wishes, the log and its walls, templates changed by two, a text message sent once though a worker dies.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as contract from '@fugong/contract/notices'
import * as logContract from '@fugong/contract/notices.log'
import * as robotContract from '@fugong/contract/notices.robots'
import * as templateContract from '@fugong/contract/notices.templates'
import { SIGNED_IN, type AnyEndpoint, type Bilingual } from '@fugong/contract/base'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { newId } from '../../base/ids.ts'
import { asSystem } from '../../base/request.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { notify } from './notify.actions.ts'
import { sendTexts } from './sms.actions.ts'

const { countNotices, getPreferences, listNoticeLog, setPreferences } = logContract
const { decideTemplate, listTemplates, proposeTemplate, templateHistory } = templateContract
let city: City
let day = 24
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
})
afterAll(() => city?.close())

/** Signed in anew each time: officials' sessions end with the working day. */
const administrator = () => city.as('luyuanming')
/** Each test has a day of its own, so that none reads what another left waiting. */
const nextDay = () => { day += 1; return at('10:00') }
const at = (time: string, plus = 0) => { const moment = new Date(new Date('2020-02-01T00:00:00+08:00').getTime() + (day - 1 + plus) * 86_400_000 + Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3)) * 60_000); city.clock.set(moment); return moment }
const sent: { phone: string; text: string; key: string }[] = []
const gateway = { send: vi.fn(async (phone: string, text: Bilingual, key?: string) => { sent.push({ phone, text: text.zh, key: key! }) }) }
const run = () => asSystem(city.system_.services, (ctx) => sendTexts(ctx, gateway, '520100'))
const drain = async () => { for (let i = 0; i < 8; i++) await run() }
const to = (phone: string) => sent.filter((one) => one.phone === phone)
const certificate = (enterpriseId: string, firm = '甲公司') => city.system((ctx) => notify(ctx, { template: 'batch.reminder', to: { enterpriseId, enterpriseName: firm }, params: { firm, batch: '第二批', day: '2020-03-02' }, link: '/portal', about: { kind: 'batch', id: newId() } }))
const urgent = (enterpriseId: string) => city.system((ctx) => notify(ctx, { template: 'stop_order.issued', to: { enterpriseId }, params: { firm: '甲公司', workplace: '一车间', unit: { zh: '云岩区专班', en: 'Yunyan' }, until: '2020-03-02' }, link: '/portal', about: { kind: 'stop_order', id: newId() } }))
const smsOf = async (who: Someone) => (await who.call(contract.listNotices)).items.map(({ sms }) => [sms?.state, sms?.why])

describe('text messages', () => {
  it('wait for the morning, urgent ones do not, and none is lost or doubled', async () => {
    nextDay()
    const one = await newFirm(city, 'yunyan')
    at('23:30')
    await certificate(one.firm.id)
    await urgent(one.firm.id)
    await drain()
    expect(to(one.phone).map(({ text }) => text)).toEqual(['【复工】云岩区专班要求甲公司立即停工整改，期限2020-03-02，请登录查看。'])
    expect(await smsOf(one.contact)).toEqual([['sent', null], ['waiting', 'quiet']])
    at('06:59', 1)
    await drain()
    expect(to(one.phone)).toHaveLength(1)
    at('07:21', 1)
    await drain()
    await drain()
    expect(to(one.phone).map(({ text }) => text)[1]).toBe('【复工】甲公司安排2020-03-02复工，备案尚未完成，请登录办理。')
    expect(to(one.phone)).toHaveLength(2)
    day += 1
  })
  it('become one where many of a template come within the hour, at once and later', async () => {
    nextDay()
    const one = await newFirm(city, 'yunyan')
    for (let i = 0; i < 5; i++) await certificate(one.firm.id)
    await drain()
    expect(to(one.phone).map(({ text }) => text)).toEqual(['【复工】“复工日期临近”共5条新消息，请登录查看。'])
    expect((await smsOf(one.contact)).map(([state]) => state).sort()).toEqual(['bundled', 'bundled', 'bundled', 'bundled', 'sent'])
    for (const time of ['10:05', '10:06']) { at(time); await certificate(one.firm.id); await drain() }
    expect(to(one.phone)).toHaveLength(3)
    for (const time of ['10:10', '10:12']) { at(time); await certificate(one.firm.id); await drain() }
    expect(to(one.phone)).toHaveLength(3)
    expect((await smsOf(one.contact)).filter(([state, why]) => state === 'waiting' && why === 'bundle')).toHaveLength(2)
    at('11:00')
    await drain()
    expect(to(one.phone).map(({ text }) => text).at(-1)).toBe('【复工】“复工日期临近”共2条新消息，请登录查看。')
    expect((await smsOf(one.contact)).some(([state]) => state === 'waiting')).toBe(false)
  })
  it('are sent again under the same key when the worker dies between sending and marking', async () => {
    nextDay()
    const one = await newFirm(city, 'yunyan')
    await certificate(one.firm.id)
    await expect(asSystem(city.system_.services, async (ctx) => { await sendTexts(ctx, gateway, '520100'); throw new Error('killed') })).rejects.toThrow('killed')
    expect(await smsOf(one.contact)).toEqual([['waiting', null]])
    await drain()
    expect(to(one.phone)).toHaveLength(2)
    expect(new Set(to(one.phone).map(({ key }) => key)).size).toBe(1)
    expect(await smsOf(one.contact)).toEqual([['sent', null]])
  })
})

describe('wishes', () => {
  it('switch off what may be, not what must be told, and hold for the one who has them', async () => {
    nextDay()
    const [one, other] = [await newFirm(city, 'yunyan'), await newFirm(city, 'yunyan')]
    const kinds = (await one.contact.call(getPreferences)).items
    expect(kinds.find(({ kind }) => kind === 'batch')).toEqual({ kind: 'batch', sms: 'choice', some: true, on: true })
    expect(kinds.find(({ kind }) => kind === 'certificate')).toMatchObject({ sms: 'choice', some: true, on: true })
    expect(kinds.find(({ kind }) => kind === 'stop_order')).toMatchObject({ sms: 'must', on: true })
    expect(kinds.find(({ kind }) => kind === 'export')).toMatchObject({ sms: 'never', on: false })
    expect((await one.contact.refused(setPreferences, { body: { items: [{ kind: 'stop_order', on: false }] } })).code).toBe('notices.must_stay')
    expect((await one.contact.refused(setPreferences, { body: { items: [{ kind: 'other', on: false }] } })).code).toBe('validation.failed')
    const saved = await one.contact.call(setPreferences, { body: { items: [{ kind: 'batch', on: false }] } })
    expect(saved.items.find(({ kind }) => kind === 'batch')).toMatchObject({ on: false })
    expect(saved.phone).toMatch(/^137\*{4}/)
    for (const firm of [one.firm, other.firm]) { await certificate(firm.id); await urgent(firm.id) }
    await drain()
    expect([to(one.phone).length, to(other.phone).length]).toEqual([1, 2])
    expect(await smsOf(one.contact)).toEqual([['sent', null], ['off', 'unwanted']])
    await one.contact.call(setPreferences, { body: { items: [{ kind: 'batch', on: true }] } })
    await certificate(one.firm.id)
    await drain()
    expect(to(one.phone)).toHaveLength(2)
  })
})

describe('the log', () => {
  it('is the sending unit’s own, counts and reasons without names or phones, by filter and page', async () => {
    nextDay()
    const one = await newFirm(city, 'yunyan')
    const unit = await city.system(async (ctx) => (await sql<{ unitId: string }>`select g.unit_id from identity.people p join identity.grants g on g.person_id = p.id where p.username = 'tianyuqing'`.execute(ctx.db)).rows[0]!.unitId)
    for (let i = 0; i < 3; i++) await certificate(one.firm.id)
    // As the owner: the application may not change what was sent.
    const owner = await connect(city.database.owner)
    await owner.query('update notices.messages set unit_id = $1 where sent_at = $2', [unit, city.clock.now()])
    await owner.end()
    await drain()
    const tian = await city.as('tianyuqing')
    const page = await tian.call(listNoticeLog, { query: { limit: 2, template: 'batch.reminder' } })
    expect(page).toMatchObject({ total: 3, items: [{ people: 1, read: 0, sms: { sent: 1, waiting: 0, failed: 0 } }, {}] })
    expect((await tian.call(listNoticeLog, { query: { limit: 2, template: 'batch.reminder', cursor: page.next! } })).items).toHaveLength(1)
    expect((await tian.call(listNoticeLog, { query: { state: 'failed' } })).items).toEqual([])
    expect((await tian.call(listNoticeLog, { query: { channel: 'robot' } })).items).toEqual([])
    expect((await tian.call(listNoticeLog, { query: { to: '2020-02-01' } })).total).toBe(0)
    expect(JSON.stringify(page)).not.toContain(one.phone)
    expect((await (await city.as('fangzhiping')).call(listNoticeLog)).items.filter(({ template }) => template === 'batch.reminder')).toEqual([])
    const counts = await (await administrator()).call(countNotices)
    expect(counts.items.find((row) => row.template === 'batch.reminder' && row.channel === 'sms' && row.state === 'sent')!.count).toBeGreaterThanOrEqual(3)
    expect(JSON.stringify(counts)).not.toMatch(/甲公司|137/)
    expect((await (await administrator()).refused(countNotices, { query: { from: '2020-03-02', to: '2020-03-01' } })).issues).toMatchObject([{ path: '/to' }])
  })
})

describe('templates', () => {
  const change = async (code: 'case.pressed' | 'case.escalated' = 'case.pressed') => {
    const before = (await (await administrator()).call(listTemplates)).items.find((row) => row.code === code && row.inForce)!
    const { title, text, sms, robot, smsMode, urgent: hurry, robots, version } = before
    return { code, areaCode: null, from: '2020-06-01', basedOn: version, title, text: { ...text, zh: '{unit}再次催办“{title}”。' }, sms, robot, smsMode, urgent: hurry, robots }
  }
  it('hold for every step, with their day', async () => {
    const { items } = await (await administrator()).call(listTemplates)
    expect(items.filter(({ inForce }) => inForce).map(({ code }) => code).sort()).toEqual([...templateContract.templateCodes].sort())
  })
  it('are changed by one administrator and confirmed by another, from their day on', async () => {
    nextDay()
    const body = await change()
    const made = await (await administrator()).call(proposeTemplate, { body })
    expect(made).toMatchObject({ state: 'proposed', version: 2, inForce: false, can: ['withdraw'] })
    expect((await (await administrator()).refused(decideTemplate, { params: { id: made.id }, body: { confirm: true, reason: '' } })).code).toBe('notices.template_own')
    expect((await (await administrator()).refused(proposeTemplate, { body })).code).toBe('notices.template_changed')
    expect((await (await administrator()).refused(proposeTemplate, { body: { ...body, basedOn: 2 } })).code).toBe('notices.template_waiting')
    const other = await city.as('shenruohan')
    expect((await other.refused(decideTemplate, { params: { id: made.id }, body: { confirm: false, reason: ' ' } })).issues).toMatchObject([{ path: '/reason' }])
    expect(await other.call(decideTemplate, { params: { id: made.id }, body: { confirm: true, reason: '' } })).toMatchObject({ state: 'confirmed', inForce: false, decidedBy: '沈若涵' })
    const press = () => city.system(async (ctx) => {
      const id = newId()
      await notify(ctx, { template: 'case.pressed', to: { people: [] }, params: { title: '甲', unit: { zh: '指挥部', en: 'Command' } }, link: '/console', about: { kind: 'case', id } })
      return (await sql<{ text: string }>`select text from notices.messages where about_id = ${id}`.execute(ctx.db)).rows[0]!.text
    })
    expect(await press()).toBe('指挥部催办“甲”，请尽快办理并回复。')
    city.clock.set('2020-06-01T02:00:00Z')
    expect(await press()).toBe('指挥部再次催办“甲”。')
    at('12:00')
    expect((await (await administrator()).refused(decideTemplate, { params: { id: made.id }, body: { confirm: false, reason: '' } })).code).toBe('notices.template_decided')
    expect((await (await administrator()).call(templateHistory, { params: { code: 'case.pressed' } })).items.map(({ version, state }) => [version, state])).toEqual([[2, 'confirmed'], [1, 'confirmed']])
  })
  it('are refused with every fault at once', async () => {
    const body = await change('case.escalated')
    const refused = await (await administrator()).refused(proposeTemplate, { body: { ...body, title: { zh: '', en: 'x' }, text: { zh: '{nobody}', en: '{' }, sms: null } })
    expect(refused.issues.map(({ path }) => path).sort()).toEqual(['/sms/zh', '/text/en', '/text/zh', '/title/zh'])
    expect((await (await administrator()).refused(proposeTemplate, { body: { ...body, from: '2020-01-01', areaCode: '999999' } })).issues.map(({ path }) => path).sort()).toEqual(['/areaCode', '/from'])
  })
})

it('every endpoint is for whom it says, and nobody else', async () => {
  const allowed: Record<string, readonly string[]> = {
    listNotices: ['*'], readNotice: ['*'], readAllNotices: ['*'], getPreferences: ['*'], setPreferences: ['*'], listSentNotices: ['tianyuqing', 'gaohongtao', 'wenguangyu'], listNoticeLog: ['tianyuqing', 'gaohongtao', 'wenguangyu'],
    countNotices: ['luyuanming'], listTemplates: ['luyuanming'], templateHistory: ['luyuanming'], proposeTemplate: ['luyuanming'], decideTemplate: ['luyuanming'],
    listRobots: ['luyuanming'], addRobot: ['luyuanming'], changeRobot: ['luyuanming'], removeRobot: ['luyuanming'], testRobot: ['luyuanming'],
  }
  const endpoints = Object.entries({ ...contract, ...logContract, ...robotContract, ...templateContract }).filter(([, value]) => typeof value === 'object' && 'verb' in value && 'path' in value) as unknown as [string, AnyEndpoint][]
  expect(endpoints.map(([name]) => name).sort()).toEqual(Object.keys(allowed).sort())
  const callers: [string, Someone][] = [['nobody', city.anonymous()], ['contact', await city.contact('13900000101')], ...(await Promise.all(['luyuanming', 'gaohongtao', 'tianyuqing', 'wenguangyu', 'leixiaofeng', 'maolihua'].map(async (name): Promise<[string, Someone]> => [name, await city.as(name)])))]
  for (const [name, endpoint] of endpoints) {
    expect(endpoint.verb === SIGNED_IN, name).toBe(allowed[name]![0] === '*')
    // Whoever lacks the verb must be refused whatever they send; bodies are well formed where they are looked at first.
    if (endpoint.method !== 'GET') continue
    for (const [who, someone] of callers) {
      if (who === 'nobody' ? false : allowed[name]![0] === '*' || allowed[name]!.includes(who)) continue
      expect([name, who, (await someone.refused(endpoint, { params: { code: 'case.assigned' } })).code]).toEqual([name, who, who === 'nobody' ? 'session.required' : 'session.forbidden'])
    }
  }
})
