// Notices over HTTP and jobs: who receives them, once each, read state, text messages and what the gateway refuses, the log of a unit.
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { fillMessage, listNotices, listSentNotices, noticeIssues, readAllNotices, readNotice } from '@fugong/contract/notices'
import { newId } from '../../base/ids.ts'
import { asSystem } from '../../base/request.ts'
import { sql } from '../../base/db.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { notify } from './notify.actions.ts'
import { sendToFirms, type Recipient, type Sender } from './send.actions.ts'
import { sendTexts } from './sms.actions.ts'

let city: City
let tian: Someone
let sender: Sender
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing')
  sender = await city.system(async (ctx) => (await sql<{ personId: string; unitId: string }>`select p.id as person_id, g.unit_id from identity.people p join identity.grants g on g.person_id = p.id where p.username = 'tianyuqing'`.execute(ctx.db)).rows[0]!)
})
afterAll(() => city?.close())

const send = (firms: Recipient[], options: { intent?: string; sms?: boolean; text?: string } = {}) =>
  city.system((ctx) => sendToFirms(ctx, options.intent ?? newId(), sender, { title: '请补报用工人数', text: options.text ?? '{企业名称}：请于周五前补报。{单位}', sms: options.sms ?? false }, firms))
const recipient = ({ firm }: { firm: { id: string; name: string } }): Recipient => ({ enterpriseId: firm.id, enterpriseName: firm.name })
const inbox = async (who: Someone) => who.call(listNotices, {})
const newest = async () => (await tian.call(listSentNotices, {})).items[0]!

describe('the text', () => {
  it.each<[string, string, number]>([['plain', '请补报', 0], ['filled in', '{企业名称}，{单位}', 0], ['unknown', '{姓名}你好', 1], ['empty', '{}', 1], ['code', '{{7*7}}', 1]])('%s', (_, text, faults) => {
    expect(noticeIssues({ title: '标题', text, sms: false })).toHaveLength(faults)
    expect(noticeIssues({ title: text, text: '正文', sms: false }, '/notice').map(({ path }) => path)).toEqual(faults ? ['/notice/title'] : [])
  })
  it('is filled in where it says so and nowhere else', () => {
    expect(fillMessage('{企业名称}{x}{单位}', { 企业名称: '甲{单位}', 单位: '乙' })).toBe('甲{单位}{x}乙')
  })
})

describe('the inbox', () => {
  it('holds the message for each contact of each firm, with its unit, once for one intent', async () => {
    const [one, other] = [await newFirm(city, 'yunyan'), await newFirm(city, 'yunyan')]
    const intent = newId()
    const reached = await send([recipient(one), recipient(other)], { intent })
    expect([...reached].sort()).toEqual([one.firm.id, other.firm.id].sort())
    await send([recipient(one)], { intent })
    const answer = await inbox(one.contact)
    expect(answer).toMatchObject({ total: 1, unread: 1, next: null })
    expect(answer.items[0]).toMatchObject({ enterpriseId: one.firm.id, enterpriseName: one.firm.name, title: { zh: '请补报用工人数' }, readAt: null })
    expect(answer.items[0]!.text.zh).toBe(`${one.firm.name}：请于周五前补报。${answer.items[0]!.from!.zh}`)
    expect(answer.items[0]!.from!.zh).toMatch(/云岩/)
  })
  it('is read by its reader only, and marked once', async () => {
    const [one, other] = [await newFirm(city, 'yunyan'), await newFirm(city, 'yunyan')]
    await send([recipient(one)])
    const { id } = (await inbox(one.contact)).items[0]!
    expect((await other.contact.refused(readNotice, { params: { id }, body: {} })).code).toBe('not_found')
    expect((await one.contact.refused(readNotice, { params: { id: newId() }, body: {} })).code).toBe('not_found')
    await one.contact.call(readNotice, { params: { id }, body: {} })
    const first = (await inbox(one.contact)).items[0]!.readAt
    city.clock.set('2020-02-24T03:00:00Z')
    await one.contact.call(readNotice, { params: { id }, body: {} })
    const answer = await inbox(one.contact)
    expect(answer).toMatchObject({ unread: 0, items: [{ readAt: first }] })
    expect((await one.contact.call(listNotices, { query: { unread: true } })).items).toEqual([])
    expect(await newest()).toMatchObject({ people: 1, read: 1 })
  })
  it('keeps nothing of a firm whose contact one is no longer', async () => {
    const one = await newFirm(city, 'yunyan')
    await send([recipient(one)])
    await city.system((ctx) => sql`update identity.memberships set ended_at = ${ctx.now} where enterprise_id = ${one.firm.id}`.execute(ctx.db))
    expect(await inbox(await city.contact(one.phone))).toMatchObject({ total: 0, unread: 0 })
  })
  it('turns its pages', async () => {
    const one = await newFirm(city, 'yunyan')
    for (let i = 0; i < 5; i++) await send([recipient(one)])
    const first = await one.contact.call(listNotices, { query: { limit: 2 } })
    const second = await one.contact.call(listNotices, { query: { limit: 2, cursor: first.next! } })
    const third = await one.contact.call(listNotices, { query: { limit: 2, cursor: second.next! } })
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toHaveLength(5)
    expect(third.next).toBeNull()
    expect((await one.contact.refused(listNotices, { query: { cursor: 'x' } })).issues).toMatchObject([{ path: '/cursor', code: 'issue.cursor' }])
  })
  it('is for whoever is signed in; the log is not for firms', async () => {
    expect((await city.anonymous().refused(listNotices)).code).toBe('session.required')
    expect((await tian.call(listNotices)).items).toEqual([])
    expect((await (await city.contact('13900000101')).refused(listSentNotices)).code).toBe('session.forbidden')
  })
})

describe('text messages', () => {
  it('go to every contact where chosen, in the log as sent', async () => {
    const firms = await Promise.all([1, 2, 3].map(() => newFirm(city, 'yunyan')))
    await send(firms.map(recipient), { sms: true })
    expect(await newest()).toMatchObject({ sms: true, people: 3, smsWaiting: 3, smsSent: 0 })
    await city.work()
    expect(await newest()).toMatchObject({ firms: 3, smsWaiting: 0, smsSent: 3, smsFailed: 0 })
  })
  it('carry the firm’s name, and none when not chosen', async () => {
    const one = await newFirm(city, 'yunyan')
    const gateway = { send: vi.fn(async () => {}) }
    await send([recipient(one)])
    await asSystem(city.system_.services, (ctx) => sendTexts(ctx, gateway, '520100'))
    expect(gateway.send).not.toHaveBeenCalled()
    await send([recipient(one)], { sms: true, text: '致{企业名称}' })
    await asSystem(city.system_.services, (ctx) => sendTexts(ctx, gateway, '520100'))
    expect(gateway.send).toHaveBeenCalledExactlyOnceWith(one.phone, expect.objectContaining({ zh: `【复工】请补报用工人数：致${one.firm.name}` }), expect.any(String))
  })
  it('that the gateway does not take are tried three times, a minute apart, then told as failed', async () => {
    const one = await newFirm(city, 'yunyan')
    await send([recipient(one)], { sms: true })
    const gateway = { send: vi.fn(async () => { throw new Error('down') }) }
    const begin = city.clock.now().getTime()
    for (let i = 0; i < 5; i++) {
      for (const seconds of [0, 59]) {
        city.clock.set(new Date(begin + i * 60_000 + seconds * 1000))
        await asSystem(city.system_.services, (ctx) => sendTexts(ctx, gateway, '520100'))
      }
    }
    expect(gateway.send).toHaveBeenCalledTimes(3)
    expect(new Set(gateway.send.mock.calls.map((call) => (call as unknown[])[2])).size).toBe(1)
    expect(await newest()).toMatchObject({ smsWaiting: 0, smsSent: 0, smsFailed: 1 })
    expect((await inbox(one.contact)).items[0]!.sms).toMatchObject({ state: 'failed', why: 'gateway' })
    expect(city.log.join('\n')).not.toContain(one.phone)
  })
})

describe('telling by a template', () => {
  const about = () => ({ kind: 'case', id: newId() })
  const assigned = (to: Parameters<typeof notify>[1]['to'], intent?: string, record = about()) =>
    city.system((ctx) => notify(ctx, { template: 'case.assigned', to, params: { title: '云岩区复工备案' }, link: `/console/declarations/${record.id}`, about: record, ...(intent ? { intent } : {}) }))
  it('reaches people, those of a unit who hold a verb, and a firm’s contacts, each once', async () => {
    const one = await newFirm(city, 'yunyan')
    const record = about()
    expect((await assigned([{ people: [sender.personId] }, { unitId: sender.unitId! }, { unitId: sender.unitId!, verb: 'declaration.review' }, { enterpriseId: one.firm.id }], 'once', record)).people).toBeGreaterThanOrEqual(2)
    expect((await assigned({ people: [sender.personId] }, 'once', record)).people).toBe(0)
    expect((await inbox(tian)).items[0]).toMatchObject({ kind: 'case', title: { zh: '有办件交给您', en: 'A case for you' }, text: { zh: '“云岩区复工备案”已交给您办理。' }, link: `/console/declarations/${record.id}`, readAt: null, sms: null })
    expect((await inbox(tian)).items.filter(({ link }) => link?.endsWith(record.id))).toHaveLength(1)
    expect((await inbox(one.contact)).items[0]).toMatchObject({ enterpriseId: one.firm.id })
  })
  it('reaches nobody of a unit where no role holds the verb, nor anyone deactivated', async () => {
    expect(await assigned({ unitId: sender.unitId!, verb: 'notice.administer' })).toEqual({ people: 0 })
    expect(await assigned({ people: [newId()] })).toEqual({ people: 0 })
  })
  it('refuses a link that leaves the product and a value left out, and nothing is written', async () => {
    const before = (await inbox(tian)).total
    const bad = (change: object) => city.system((ctx) => notify(ctx, { template: 'case.assigned', to: { people: [sender.personId] }, params: { title: 'x' }, link: '/console', about: about(), ...change }))
    for (const link of ['https://example.com', '//example.com', '/elsewhere', '/console/../api', 'javascript:alert(1)']) await expect(bad({ link })).rejects.toThrow('leads outside')
    await expect(bad({ params: {} })).rejects.toThrow('was not given title')
    expect((await inbox(tian)).total).toBe(before)
  })
  it('is undone with the deed that told it', async () => {
    const before = (await inbox(tian)).total
    await expect(city.system(async (ctx) => {
      await notify(ctx, { template: 'case.assigned', to: { people: [sender.personId] }, params: { title: 'x' }, link: '/console', about: about() })
      throw new Error('the deed failed')
    })).rejects.toThrow('the deed failed')
    expect((await inbox(tian)).total).toBe(before)
  })
  it('marks everything as read for its reader alone', async () => {
    const other = await city.as('fangzhiping')
    const otherId = await city.system(async (ctx) => (await sql<{ id: string }>`select id from identity.people where username = 'fangzhiping'`.execute(ctx.db)).rows[0]!.id)
    await assigned({ people: [sender.personId, otherId] })
    expect((await tian.call(readAllNotices, { body: {} })).read).toBeGreaterThan(0)
    expect((await inbox(tian)).unread).toBe(0)
    expect((await inbox(other)).unread).toBe(1)
  })
})

describe('the log', () => {
  it('counts firms nobody can be reached at, and is the unit’s own', async () => {
    const one = await newFirm(city, 'yunyan')
    await city.system((ctx) => sql`update identity.memberships set ended_at = ${ctx.now} where enterprise_id = ${one.firm.id}`.execute(ctx.db))
    expect((await send([recipient(one)])).size).toBe(0)
    expect(await newest()).toMatchObject({ firms: 0, firmsWithoutContact: 1, people: 0, by: '田雨晴' })
    expect((await (await city.as('fangzhiping')).call(listSentNotices, {})).total).toBe(0)
  })
  it('holds the sample firm’s message under its own name', async () => {
    const contact = await city.contact('13900000101')
    const [firm] = (await contact.call(listMyEnterprises)).items
    await send([{ enterpriseId: firm!.id, enterpriseName: firm!.name }])
    expect((await inbox(contact)).items[0]).toMatchObject({ enterpriseName: firm!.name })
  })
})
