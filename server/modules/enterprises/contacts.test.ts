// Contacts of a firm over HTTP: who reads them, adding by phone, ending, never without one.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addContact, endContact, getEnterprise, listContacts, listMyEnterprises } from '@fugong/contract/enterprises'
import { getSession } from '@fugong/contract/identity'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'

let city: City
let zhu: Someone
let params: { id: string }
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  zhu = await city.contact('13900000102')
  params = { id: (await zhu.call(listMyEnterprises)).items[0]!.id }
})
afterAll(() => city?.close())
const told = (refusal: Refusal) => refusal.issues.map(({ path, code, params: more }) => [path, code, ...Object.values(more ?? {})].join(' ')).sort()

describe('contacts', () => {
  it('are read by the firm and its reviewer, phones masked', async () => {
    const own = await zhu.call(listContacts, { params })
    expect(own).toMatchObject({ items: [{ name: '祝俊杰', phoneMasked: '139****0102', self: true }], can: ['add', 'end'] })
    const tian = await city.as('tianyuqing')
    expect(await tian.call(listContacts, { params })).toEqual({ items: [{ ...own.items[0], self: false }], can: [] })
    expect(JSON.stringify(own)).not.toContain('13900000102')
  })
  it('are not there for others', async () => {
    for (const who of [await city.contact('13900000101'), await city.as('pengxiulan')]) expect(await who.refused(listContacts, { params })).toMatchObject({ status: 404 })
    expect(await city.anonymous().refused(listContacts, { params })).toMatchObject({ status: 401 })
    const body = { name: '冒名者', phone: '13811112222' }
    expect(await (await city.contact('13900000101')).refused(addContact, { params, body })).toMatchObject({ status: 404 })
    expect(await (await city.as('tianyuqing')).refused(addContact, { params, body })).toMatchObject({ status: 403 })
    expect((await zhu.call(listContacts, { params })).items).toHaveLength(1)
  })
  it('are added by phone, sign in and act; adding twice changes nothing', async () => {
    const body = { name: ' 马晓𬒈 ', phone: '13811113333' }
    const added = await zhu.call(addContact, { params, body })
    expect(added).toMatchObject({ name: '马晓𬒈', phoneMasked: '138****3333', self: false })
    expect(await zhu.call(addContact, { params, body: { ...body, name: '别名' } })).toEqual(added)
    const ma = await city.contact('13811113333')
    expect((await ma.call(listMyEnterprises)).items).toMatchObject([{ id: params.id }])
    expect((await ma.call(listContacts, { params })).items.map((item) => item.self).sort()).toEqual([false, true])
    const events = await city.system((ctx) => sql<{ payload: unknown }>`select payload from base.events where name = 'enterprise.contact_added' and subject_id = ${params.id}`.execute(ctx.db))
    expect(events.rows).toEqual([{ payload: { personId: added.personId } }])
    expect(city.log.join('')).not.toMatch(/13811113333|马晓/)
  })
  it('tell every fault of a new one at once', async () => {
    expect(told(await zhu.refused(addContact, { params, body: { name: 'a\u202Eb', phone: '12345', role: 'x' } }))).toEqual(['/name issue.text', '/phone issue.phone', '/role issue.unknown role'])
    expect(told(await zhu.refused(addContact, { params, body: {} }))).toEqual(['/name issue.required', '/phone issue.required'])
    expect(told(await zhu.refused(addContact, { params, body: { name: '\uFB2C'.repeat(30), phone: '13811114444' } }))).toEqual(['/name issue.too_long 40'])
    expect(told(await zhu.refused(addContact, { params: { id: '1' }, body: { name: '甲', phone: '13811114444' } }))).toEqual(['/id issue.id'])
  })
  it('end at once, also for themselves, but never the last', async () => {
    const ma = await city.contact('13811113333')
    const members = (await ma.call(listContacts, { params })).items
    const [self, other] = [members.find((item) => item.self)!, members.find((item) => !item.self)!]
    expect(await zhu.refused(endContact, { params: { ...params, personId: newId() }, body: {} })).toMatchObject({ status: 404, code: 'identity.not_a_member' })
    expect(await ma.call(endContact, { params: { ...params, personId: self.personId }, body: {} })).toEqual({ done: true })
    expect(await ma.refused(getEnterprise, { params })).toMatchObject({ status: 404 })
    expect(await ma.call(listMyEnterprises)).toEqual({ items: [] })
    expect(await zhu.refused(endContact, { params: { ...params, personId: other.personId }, body: {} })).toMatchObject({ status: 409, code: 'identity.last_contact' })
    const events = await city.system((ctx) => sql<{ payload: unknown }>`select payload from base.events where name = 'enterprise.contact_ended' and subject_id = ${params.id}`.execute(ctx.db))
    expect(events.rows).toEqual([{ payload: { personId: self.personId } }])
  })
  it('two who end each other at the same moment leave one', async () => {
    await zhu.call(addContact, { params, body: { name: '丁一', phone: '13811115555' } })
    const ding = await city.contact('13811115555')
    const members = (await zhu.call(listContacts, { params })).items
    const [own, other] = [members.find((item) => item.self)!, members.find((item) => !item.self)!]
    await Promise.allSettled([zhu.call(endContact, { params: { ...params, personId: other.personId }, body: {} }), ding.call(endContact, { params: { ...params, personId: own.personId }, body: {} })])
    expect((await (await city.as('tianyuqing')).call(listContacts, { params })).items).toHaveLength(1)
  })
})

describe('naming people by phone', () => {
  let bai: Someone
  let params: { id: string }
  beforeAll(async () => {
    const made = await newFirm(city, 'nanming')
    bai = made.contact
    params = { id: made.firm.id }
  })
  it('shows the name that was typed, never the one a known phone has elsewhere', async () => {
    const lu = await city.contact('13900000101')
    const own = (await lu.call(listMyEnterprises)).items[0]!
    const added = await bai.call(addContact, { params, body: { name: '张三', phone: '13900000101' } })
    expect(added).toMatchObject({ name: '张三', phoneMasked: '139****0101' })
    expect((await bai.call(listContacts, { params })).items.map((item) => item.name)).toContain('张三')
    expect((await lu.call(listContacts, { params: { id: own.id } })).items.map((item) => item.name)).not.toContain('张三')
    await bai.call(endContact, { params: { ...params, personId: added.personId }, body: {} })
  })
  it('gives nobody a name: a person who was enrolled is asked for theirs at the first sign-in', async () => {
    await bai.call(addContact, { params, body: { name: '某某', phone: '13811116666' } })
    const session = await (await city.contact('13811116666', '裴真')).call(getSession)
    expect(session).toMatchObject({ name: '裴真', enterprises: [params.id] })
    await bai.call(endContact, { params: { ...params, personId: session.personId! }, body: {} })
  })
  it('makes no official a contact: that would bar them from deciding', async () => {
    const refused = await bai.refused(addContact, { params, body: { name: '田雨晴', phone: '13900000004' } })
    expect(refused).toMatchObject({ status: 409, code: 'enterprises.contact_refused', params: {} })
    expect((await (await city.as('tianyuqing')).call(getSession)).enterprises).toEqual([])
  })
  it('ends at twenty contacts, also when two are added at once', async () => {
    const start = (await bai.call(listContacts, { params })).items
    for (let at = start.length; at < 19; at += 1) await bai.call(addContact, { params, body: { name: `第${at}名`, phone: `138111170${at + 10}` } })
    const last = await Promise.allSettled(['13811118001', '13811118002'].map((phone) => bai.call(addContact, { params, body: { name: '最后', phone } })))
    expect(last.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(last.find((one) => one.status === 'rejected')).toMatchObject({ reason: { status: 409, code: 'enterprises.too_many_contacts' } })
    const kept = new Set(start.map((item) => item.personId))
    for (const { personId } of (await bai.call(listContacts, { params })).items) if (!kept.has(personId)) await bai.call(endContact, { params: { ...params, personId }, body: {} })
  })
})
