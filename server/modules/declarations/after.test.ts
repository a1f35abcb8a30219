// After filing, over HTTP: given up, corrected by the table, superseded by a new declaration, closed with firm or workplace, expired with a word before.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyCertificate } from '@fugong/contract/certificates'
import { getDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { correctDeclaration, getAfter, withdrawFiling } from '@fugong/contract/declarations.after'
import { changeWorkplace, closeWorkplace } from '@fugong/contract/enterprises.places'
import type { Enterprise } from '@fugong/contract/enterprises'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { answers, declare, newFirm } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { changesOf, eventOf } from './after.rules.ts'
import { declarationsSubscriptions } from './jobs.ts'
import { followLife } from './life.actions.ts'

let city: City
let reviewer: Someone
beforeAll(async () => {
  city = await openCity()
  reviewer = await city.as('pengxiulan')
})
afterAll(() => city?.close())
interface Filed { contact: Someone; firm: Enterprise; filed: Declaration }
async function filedFirm(): Promise<Filed> {
  const { contact, firm } = await newFirm(city, 'wudang')
  return { contact, firm, filed: await declare(contact, firm) }
}
async function settle(): Promise<void> {
  await city.deliver(declarationsSubscriptions)
  await city.work()
}
const seen = async (number: string | null) => city.anonymous().call(verifyCertificate, { params: { number: number! } })
const look = (who: Someone, { id }: { id: string }) => who.call(getDeclaration, { params: { id } })
const standing = async (who: Someone, { id }: { id: string }) => who.call(getAfter, { params: { id } })

describe('giving a filing up', () => {
  it('ends the certificate at once, with the reason, once', async () => {
    const { contact, filed } = await filedFirm()
    expect((await contact.refused(withdrawFiling, { params: { id: filed.id }, body: { revision: filed.revision } })).issues).toMatchObject([{ path: '/reason' }])
    const body = { revision: filed.revision, reason: '场地到期' }
    await contact.call(withdrawFiling, { params: { id: filed.id }, body })
    expect(await seen(filed.certificateNumber)).toMatchObject({ state: 'withdrawn' })
    expect(await standing(contact, filed)).toMatchObject({ standing: 'withdrawn', reason: '场地到期', can: [] })
    expect((await contact.refused(withdrawFiling, { params: { id: filed.id }, body })).code).toBe('conflict.changed')
    await settle()
    expect((await look(contact, filed)).timeline.filter(({ event }) => event === 'declaration.filing_withdrawn')).toHaveLength(1)
    expect((await reviewer.call(listDeclarations, { query: { standing: 'withdrawn' } })).items.map(({ id }) => id)).toContain(filed.id)
    expect((await reviewer.call(listDeclarations, { query: { standing: 'operating' } })).items.map(({ id }) => id)).not.toContain(filed.id)
  })
  it('is the firm’s own: no other firm, no office', async () => {
    const { filed } = await filedFirm()
    const input = { params: { id: filed.id }, body: { revision: filed.revision, reason: '试' } }
    expect((await (await newFirm(city, 'wudang')).contact.refused(withdrawFiling, input)).status).toBe(404)
    expect((await reviewer.refused(withdrawFiling, input)).code).toBe('session.forbidden')
    expect((await reviewer.refused(correctDeclaration, input)).code).toBe('session.forbidden')
    expect((await (await city.as('tianyuqing')).refused(getAfter, { params: { id: filed.id } })).status).toBe(404)
  })
})

describe('a correction', () => {
  it('takes effect where the table allows it, keeps what stood there, and the certificate follows', async () => {
    const { contact, filed } = await filedFirm()
    const corrected = await contact.call(correctDeclaration, { params: { id: filed.id }, body: { revision: filed.revision, reason: '增加两名工人，推迟两天', headcount: 24, plannedDate: '2020-02-28', answers: { masks: 2500 } } })
    expect(corrected).toMatchObject({ headcount: 24, plannedDate: '2020-02-28', state: 'filed', certificateNumber: filed.certificateNumber })
    expect(corrected.answers).toMatchObject({ masks: 2500 })
    expect(await seen(filed.certificateNumber)).toMatchObject({ state: 'valid', plannedDate: '2020-02-28' })
    const { corrections } = await standing(reviewer, filed)
    expect(corrections).toHaveLength(1)
    expect(corrections[0]!.items.map(({ code, before, after, row }) => [code, before, after, row])).toEqual([['headcount', 20, 24, 'r1'], ['plannedDate', '2020-02-26', '2020-02-28', 'r2'], ['masks', answers.masks, 2500, 'r4']])
  })
  it('that goes too far is refused field by field with the rule, and nothing is saved', async () => {
    const { contact, filed } = await filedFirm()
    const refusal = await contact.refused(correctDeclaration, { params: { id: filed.id }, body: { revision: filed.revision, reason: '扩产', headcount: 30, plannedDate: '2020-02-27', answers: { screening: false } } })
    expect(refusal.issues.map(({ path, code }) => [path, code])).toEqual(expect.arrayContaining([['/headcount', 'issue.declare_anew'], ['/answers/screening', 'issue.declare_anew']]))
    expect(await look(contact, filed)).toMatchObject({ headcount: 20, plannedDate: '2020-02-26', revision: filed.revision })
    expect((await contact.refused(correctDeclaration, { params: { id: filed.id }, body: { revision: filed.revision, reason: '无', headcount: 20 } })).code).toBe('declarations.nothing_corrected')
    expect((await contact.refused(correctDeclaration, { params: { id: filed.id }, body: { revision: filed.revision, reason: '提前', plannedDate: '2020-02-20' } })).issues.map(({ code }) => code)).toContain('issue.past_day')
  })
  it('takes the names of the register over', async () => {
    const { contact, firm, filed } = await filedFirm()
    const place = firm.workplaces[0]!
    await contact.call(changeWorkplace, { params: { id: firm.id, workplaceId: place.id }, body: { revision: 1, name: '一号车间' } })
    await settle()
    expect(await standing(contact, filed)).toMatchObject({ standing: 'operating', namesDiffer: true })
    const fresh = await look(contact, filed)
    await contact.call(correctDeclaration, { params: { id: filed.id }, body: { revision: fresh.revision, reason: '车间改名', names: true } })
    expect(await seen(filed.certificateNumber)).toMatchObject({ workplaceName: '一号车间' })
    expect((await standing(contact, filed)).namesDiffer).toBe(false)
  })
})

describe('another declaration, another day, another place', () => {
  it('supersedes the filing before at the same workplace', async () => {
    const { contact, firm, filed } = await filedFirm()
    const again = await declare(contact, firm)
    expect(await seen(filed.certificateNumber)).toMatchObject({ state: 'superseded', supersededBy: again.certificateNumber })
    expect(await standing(contact, filed)).toMatchObject({ standing: 'superseded', reason: again.certificateNumber, can: [] })
    expect(await standing(contact, again)).toMatchObject({ standing: 'operating' })
    await settle()
    expect((await look(contact, filed)).timeline.filter(({ event }) => event === 'declaration.superseded')).toHaveLength(1)
  })
  it('closes with its workplace by a rule that the page shows, once however often the job runs', async () => {
    const { contact, firm, filed } = await filedFirm()
    const place = firm.workplaces[0]!
    await contact.call(closeWorkplace, { params: { id: firm.id, workplaceId: place.id }, body: { revision: 1, closedOn: '2020-02-24', reason: '退租' } })
    const payload = { change: 'workplaceClosed' as const, enterpriseId: firm.id, workplaceId: place.id, after: null }
    await city.system(async (ctx) => void (await ctx.attempt(async () => { await followLife(ctx, payload); throw new Error('killed') })))
    expect((await standing(contact, filed)).standing).toBe('operating')
    await settle()
    await city.system((ctx) => followLife(ctx, payload))
    expect(await standing(reviewer, filed)).toMatchObject({ standing: 'closed', decision: { table: 'declaration.life', row: 'r3' } })
    expect(await seen(filed.certificateNumber)).toMatchObject({ state: 'closed' })
    expect((await look(contact, filed)).timeline.filter(({ event }) => event === 'declaration.closed')).toHaveLength(1)
  })
  it('tells the firm before it expires, once, and ends on its day', async () => {
    const { contact, filed } = await filedFirm()
    const owner = await connect(city.database.superuser)
    await owner.query("update certificates.certificates set valid_until = '2020-03-05' where number = $1", [filed.certificateNumber]).finally(() => owner.end())
    city.clock.set('2020-02-25T02:00:00Z')
    for (let n = 0; n < 2; n++) {
      await city.system(async (ctx) => ctx.enqueue('certificates.remind', null))
      await city.work()
    }
    const messages = await city.system((ctx) => sql<{ count: number }>`select count(*)::int as count from notices.deliveries d join notices.messages m on m.id = d.message_id where m.template = 'declaration.expiring' and d.enterprise_id = ${filed.enterpriseId}`.execute(ctx.db))
    expect(messages.rows[0]!.count).toBe(1)
    city.clock.set('2020-03-06T02:00:00Z')
    await city.system(async (ctx) => ctx.enqueue('certificates.expire', null))
    await city.work()
    await settle()
    expect((await standing(contact, filed)).standing).toBe('expired')
    // Ten days on, an official signs in anew.
    expect((await (await city.as('pengxiulan')).call(listDeclarations, { query: { standing: 'expired' } })).items.map(({ id }) => id)).toContain(filed.id)
  })
})

describe('what a correction asks', () => {
  const row = { plannedDate: '2020-02-26', headcount: 20, answers: { masks: 10, duties: '班组' }, enterpriseName: '甲', workplaceName: '乙', address: '丙' }
  it.each([
    [{ headcount: 20 }, []], [{ headcount: 24 }, [['headcount', 20, null]]], [{ headcount: 10 }, [['headcount', 50, null]]], [{ plannedDate: '2020-02-19' }, [['plannedDate', null, 7]]],
    [{ answers: { masks: 10 } }, []], [{ answers: { masks: null } }, [['masks', null, null]]], [{ names: { enterpriseName: '甲', workplaceName: '丁', address: '丙' } }, [['workplace.name', null, null]]],
  ])('%j', (wanted, expected) => expect(changesOf(row, wanted as never).map(({ code, changePercent, changeDays }) => [code, changePercent, changeDays])).toEqual(expected))
  it('each standing has its own entry', () => expect(['suspended', 'operating', 'withdrawn', 'closed'].map((to) => eventOf('suspended', to as never))).toEqual(['declaration.suspended', 'declaration.work_resumed', 'declaration.filing_withdrawn', 'declaration.closed']))
})
