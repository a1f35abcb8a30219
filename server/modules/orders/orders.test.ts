// Stop-work orders over HTTP: issued, seen by passers-by at once, rectified, rechecked, resumed or revoked by two people; who must not, bad input, two at once, the clock.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listCases } from '@fugong/contract/cases'
import { resumeCertificate, verifyCertificate } from '@fugong/contract/certificates'
import { getDeclaration, openDeclaration, submitDeclaration, type Declaration } from '@fugong/contract/declarations'
import { getAfter, withdrawFiling } from '@fugong/contract/declarations.after'
import { listEarlier } from '@fugong/contract/declarations.review'
import type { Enterprise } from '@fugong/contract/enterprises'
import { closeWorkplace } from '@fugong/contract/enterprises.places'
import { answerItem, decideRevocation, getOrder, handInOrder, issueOrder, listOrders, previewOrder, proposeRevocation, recheckOrder, type Order } from '@fugong/contract/orders'
import { declare, fill, newFirm, upload } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { declarationsSubscriptions } from '../declarations/jobs.ts'
import { tellLate } from './care.actions.ts'
import { ordersSubscriptions } from './jobs.ts'

let city: City
let passerBy: Someone
let reviewer: Someone
let commander: Someone
let numbers = 0
beforeAll(async () => {
  city = await openCity()
  passerBy = city.anonymous()
  reviewer = await city.as('pengxiulan')
  commander = await city.as('gaohongtao')
})
afterAll(() => city?.close())

interface Filed { contact: Someone; firm: Enterprise; filed: Declaration }
/** A firm of Wudang whose filing took effect on submission. */
async function filedFirm(): Promise<Filed> {
  const { contact, firm } = await newFirm(city, 'wudang')
  return { contact, firm, filed: await declare(contact, firm) }
}
const bodyFor = (filed: Declaration, more: Record<string, unknown> = {}) => ({ declarationId: filed.id, documentNo: `乌停〔2020〕${++numbers}号`, reason: '现场无人测温，口罩不足', findings: [{ code: 'screening', text: '入口无人测温' }, { text: '口罩只够一天' }], items: ['入口设专人测温', '备足三天口罩'], deadline: '2020-03-02', ...more })
const issued = (by: Someone, filed: Declaration, more?: Record<string, unknown>) => by.call(issueOrder, { body: bodyFor(filed, more) as never })
/** The firm shows a file for every point that is not accepted and hands in. */
async function rectify(contact: Someone, order: Order): Promise<Order> {
  let now = await contact.call(getOrder, { params: { id: order.id } })
  for (const item of now.items.filter(({ state }) => state !== 'accepted')) now = await contact.call(answerItem, { params: { id: order.id, position: String(item.position) }, body: { revision: now.revision, note: '已整改', fileIds: [(await upload(contact, `整改${item.position}.pdf`)).id] } })
  return contact.call(handInOrder, { params: { id: order.id }, body: { revision: now.revision } })
}
const seen = async (number: string | null) => (await passerBy.call(verifyCertificate, { params: { number: number! } })).state
const standing = async (who: Someone, { id }: { id: string }) => (await who.call(getAfter, { params: { id } })).standing
/** Delivers events and runs what they queued. */
async function settle(): Promise<void> {
  await city.deliver([...declarationsSubscriptions, ...ordersSubscriptions])
  await city.work()
}

describe('an order', () => {
  it('suspends the certificate at once; the firm shows each point, what is returned comes back with its reason, and work resumes when all is accepted', async () => {
    const { contact, filed } = await filedFirm()
    const terms = await reviewer.call(previewOrder, { query: { declaration: filed.id } })
    expect(terms).toMatchObject({ usual: '2020-03-02', latest: '2020-03-25', certificateNumber: filed.certificateNumber })
    const order = await issued(reviewer, filed)
    expect(order).toMatchObject({ state: 'rectifying', objectUntil: '2020-04-24', overdue: false, decision: { table: 'order.terms' } })
    expect(await seen(filed.certificateNumber)).toBe('suspended')
    await settle()
    expect(await standing(contact, filed)).toBe('suspended')
    // Neither a hand on the certificate nor a new declaration goes around the order.
    expect((await reviewer.refused(resumeCertificate, { params: { id: order.certificateId }, body: { reason: '先复工' } })).code).toBe('certificates.under_order')
    const again = await fill(contact, await contact.call(openDeclaration, { body: { enterpriseId: filed.enterpriseId, workplaceId: filed.workplace.id } }))
    expect((await contact.refused(submitDeclaration, { params: { id: again.id }, body: { revision: again.revision } })).code).toBe('declarations.stopped')

    const early = await contact.refused(handInOrder, { params: { id: order.id }, body: { revision: order.revision } })
    expect(early.issues.map(({ path }) => path)).toEqual(['/items/1/fileIds', '/items/2/fileIds'])
    const handed = await rectify(contact, order)
    expect(handed.state).toBe('handedIn')
    expect((await contact.call(getOrder, { params: { id: order.id } })).issuedBy).toBeNull()
    const faulty = await reviewer.refused(recheckOrder, { params: { id: order.id }, body: { revision: handed.revision, items: [{ position: 1, accept: true }, { position: 2, accept: false }] } })
    expect(faulty.issues.map(({ path }) => path)).toEqual(['/items/1/answer', '/deadline'])
    const back = await reviewer.call(recheckOrder, { params: { id: order.id }, body: { revision: handed.revision, items: [{ position: 1, accept: true }, { position: 2, accept: false, answer: '仍只够一天' }], deadline: '2020-03-05' } })
    expect(back).toMatchObject({ state: 'rectifying', deadline: '2020-03-05' })
    expect(back.items.map(({ state }) => state)).toEqual(['accepted', 'returned'])
    const second = await rectify(contact, back)
    const resumed = await reviewer.call(recheckOrder, { params: { id: order.id }, body: { revision: second.revision, items: [{ position: 2, accept: true }] } })
    expect(resumed.state).toBe('resumed')
    expect(resumed.can).toEqual([])
    expect(await seen(filed.certificateNumber)).toBe('valid')
    await settle()
    expect(await standing(contact, filed)).toBe('operating')
    const story = (await contact.call(getDeclaration, { params: { id: filed.id } })).timeline.map(({ event }) => event)
    expect(story).toEqual(expect.arrayContaining(['declaration.suspended', 'declaration.work_resumed']))
    expect((await reviewer.call(listEarlier, { params: { id: filed.id } })).items[0]).toMatchObject({ kind: 'order', link: `/console/orders/${order.id}` })
  })
  it('waits for the firm without a clock of the office, and for the office with one', async () => {
    const { contact, filed } = await filedFirm()
    const order = await issued(reviewer, filed)
    expect(order.dueAt).toBeNull()
    const handed = await rectify(contact, order)
    expect(handed.dueAt).not.toBeNull()
    expect((await reviewer.call(listCases, { query: { box: 'todo', kind: 'stopWork' } })).items.map(({ subject }) => subject.link)).toContain(`/console/orders/${order.id}`)
  })
  it('is revoked only when another person agrees; one who turns it down leaves it where it stood', async () => {
    const { contact, filed } = await filedFirm()
    const order = await issued(reviewer, filed)
    const proposed = await reviewer.call(proposeRevocation, { params: { id: order.id }, body: { revision: order.revision, reason: '拒不整改，继续生产' } })
    expect(proposed.state).toBe('revoking')
    // What offices weigh is not the firm's to read before it is decided.
    expect((await contact.call(getOrder, { params: { id: order.id } })).proposal).toBeNull()
    expect((await reviewer.refused(decideRevocation, { params: { id: order.id }, body: { revision: proposed.revision, agree: true, reason: '同意' } })).code).toBe('orders.second_person')
    const down = await commander.call(decideRevocation, { params: { id: order.id }, body: { revision: proposed.revision, agree: false, reason: '再给一周' } })
    expect(down).toMatchObject({ state: 'rectifying', proposal: null })
    expect(await seen(filed.certificateNumber)).toBe('suspended')
    const again = await commander.call(proposeRevocation, { params: { id: order.id }, body: { revision: down.revision, reason: '仍不整改' } })
    expect((await commander.refused(decideRevocation, { params: { id: order.id }, body: { revision: again.revision, agree: true, reason: '同意' } })).code).toBe('orders.second_person')
    // The part was raised to the command centre; a colleague of the unit that gave the order still judges.
    const agreed = await reviewer.call(decideRevocation, { params: { id: order.id }, body: { revision: again.revision, agree: true, reason: '同意' } })
    expect(agreed.state).toBe('revoked')
    expect(await seen(filed.certificateNumber)).toBe('revoked')
  })
  it('ends in a revocation that passers-by see and nobody undoes', async () => {
    const { contact, filed } = await filedFirm()
    const order = await issued(reviewer, filed)
    const proposed = await reviewer.call(proposeRevocation, { params: { id: order.id }, body: { revision: order.revision, reason: '拒不整改' } })
    const revoked = await commander.call(decideRevocation, { params: { id: order.id }, body: { revision: proposed.revision, agree: true, reason: '情况属实' } })
    expect(revoked).toMatchObject({ state: 'revoked', endReason: '拒不整改', can: [] })
    expect(await seen(filed.certificateNumber)).toBe('revoked')
    await settle()
    expect(await standing(contact, filed)).toBe('revoked')
    expect((await contact.refused(handInOrder, { params: { id: order.id }, body: { revision: revoked.revision } })).code).toBe('orders.state_refused')
  })
  it('is not shaken off by giving the filing up and declaring anew; it lapses with the workplace that is closed', async () => {
    const { contact, firm, filed } = await filedFirm()
    const order = await issued(reviewer, filed)
    await settle()
    const now = await contact.call(getDeclaration, { params: { id: filed.id } })
    expect((await contact.call(getAfter, { params: { id: filed.id } })).can).toEqual([])
    expect(await contact.refused(withdrawFiling, { params: { id: filed.id }, body: { revision: now.revision, reason: '不再经营' } })).toMatchObject({ status: 409, code: 'declarations.suspended_kept' })
    await contact.call(closeWorkplace, { params: { id: firm.id, workplaceId: filed.workplace.id }, body: { revision: 1, closedOn: '2020-02-24', reason: '不再经营' } })
    await settle()
    await settle()
    expect(await seen(filed.certificateNumber)).toBe('closed')
    expect((await contact.call(getOrder, { params: { id: order.id } })).state).toBe('lapsed')
  })
})

describe('who must not', () => {
  it('another district, another firm, a passer-by and the firm itself neither order nor see', async () => {
    const { contact, filed } = await filedFirm()
    const order = await issued(reviewer, filed)
    const stranger = (await newFirm(city, 'wudang')).contact
    for (const who of [await city.as('tianyuqing'), stranger]) {
      expect(await who.refused(getOrder, { params: { id: order.id } })).toMatchObject({ status: 404 })
      expect((await who.call(listOrders, { query: {} })).items).toEqual([])
    }
    expect(await (await city.as('tianyuqing')).refused(issueOrder, { body: bodyFor(filed) })).toMatchObject({ status: 404 })
    expect((await contact.refused(issueOrder, { body: bodyFor(filed) })).code).toBe('session.forbidden')
    expect((await passerBy.refused(getOrder, { params: { id: order.id } })).status).toBe(401)
    expect((await stranger.refused(answerItem, { params: { id: order.id, position: '1' }, body: { revision: order.revision, note: '', fileIds: [] } })).status).toBe(404)
    expect((await reviewer.refused(answerItem, { params: { id: order.id, position: '1' }, body: { revision: order.revision, note: '', fileIds: [] } })).code).toBe('session.forbidden')
    expect((await contact.call(listOrders, { query: {} })).items.map(({ id }) => id)).toEqual([order.id])
  })
  it('a department orders its own trade, and no other', async () => {
    const { filed } = await filedFirm()
    const officer = await city.as('wenguangyu')
    expect((await issued(officer, filed, { documentNo: '筑工信停〔2020〕1号' })).state).toBe('rectifying')
    const other = await filedFirm()
    expect((await (await city.as('suyiran')).refused(issueOrder, { body: bodyFor(other.filed) })).status).toBe(404)
  })
})

describe('bad input and two at once', () => {
  it('tells all faults at once and saves nothing', async () => {
    const { filed } = await filedFirm()
    const refusal = await reviewer.refused(issueOrder, { body: { ...bodyFor(filed), documentNo: ' ', items: [], findings: [{ text: '' }], deadline: '2020-13-01' } })
    expect(refusal.issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['/documentNo', '/items', '/findings/0/text', '/deadline']))
    expect((await reviewer.refused(issueOrder, { body: bodyFor(filed, { deadline: '2020-02-20' }) })).issues).toMatchObject([{ path: '/deadline', code: 'issue.past_day' }])
    expect((await reviewer.refused(issueOrder, { body: bodyFor(filed, { deadline: '2020-02-30' }) })).issues).toMatchObject([{ path: '/deadline', code: 'issue.day' }])
    expect((await reviewer.refused(issueOrder, { body: bodyFor(filed, { deadline: '2021-02-20' }) })).issues).toMatchObject([{ path: '/deadline', code: 'issue.too_far' }])
    expect(await seen(filed.certificateNumber)).toBe('valid')
  })
  it('one order at a time, one number once, and the second of two is told what changed', async () => {
    const { contact, filed } = await filedFirm()
    const other = await filedFirm()
    const tries = await Promise.allSettled([issued(reviewer, filed), issued(commander, filed)])
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const order = (tries.find(({ status }) => status === 'fulfilled') as PromiseFulfilledResult<Order>).value
    expect((await reviewer.refused(issueOrder, { body: bodyFor(filed) })).code).toBe('orders.open_exists')
    const by = order.documentNo && (await reviewer.call(getOrder, { params: { id: order.id } })).unit.zh.includes('乌当') ? reviewer : commander
    expect((await by.refused(issueOrder, { body: bodyFor(other.filed, { documentNo: order.documentNo }) })).code).toBe('orders.number_taken')
    const handed = await rectify(contact, order)
    const all = { params: { id: order.id }, body: { revision: handed.revision, items: handed.items.map(({ position }) => ({ position, accept: true })) } }
    await by.call(recheckOrder, all)
    expect(await by.refused(recheckOrder, all)).toMatchObject({ status: 409, code: 'conflict.changed' })
  })
})

describe('the clock', () => {
  it('tells once that a last day has passed, whatever happens in between', async () => {
    const { contact, filed } = await filedFirm()
    const order = await issued(reviewer, filed, { deadline: '2020-02-25' })
    city.clock.set('2020-02-26T02:00:00Z')
    await city.system(async (ctx) => {
      const failure = await ctx.attempt(async () => {
        await tellLate(ctx)
        throw new Error('killed before the commit')
      })
      expect(failure).toBeInstanceOf(Error)
    })
    await city.system(async (ctx) => void (await tellLate(ctx)))
    await city.system(async (ctx) => void (await tellLate(ctx)))
    const late = await contact.call(getOrder, { params: { id: order.id } })
    expect(late.overdue).toBe(true)
    expect(late.timeline.filter(({ event }) => event === 'deadlinePassed')).toHaveLength(1)
    // Two days on, an official signs in anew.
    expect((await (await city.as('pengxiulan')).call(listOrders, { query: { overdue: true } })).items.map(({ id }) => id)).toContain(order.id)
  })
})
