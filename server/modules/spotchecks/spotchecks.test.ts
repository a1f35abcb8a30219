// Spot checks over HTTP: a draw from commitment to result that anyone can repeat, jobs killed in between, who must not, and a check from visit to order.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getDeclaration, type Declaration } from '@fugong/contract/declarations'
import { listEarlier } from '@fugong/contract/declarations.review'
import { withdrawFiling } from '@fugong/contract/declarations.after'
import { verifyCertificate } from '@fugong/contract/certificates'
import { listNotices } from '@fugong/contract/notices'
import { getCheck, getPublicDraw, listChecks, listDraws, listPublicDraws, planDraw, recordVisit, reportRectified, type PublicDraw } from '@fugong/contract/spotchecks'
import { sealNext } from '../../base/audit.ts'
import { declare, newFirm, upload } from '../../test/declaring.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { declarationsSubscriptions } from '../declarations/jobs.ts'
import { commitmentOf, drawFrom, inspectorsFrom, keyOf, listHashOf } from './procedure.actions.ts'
import { proceed } from './draws.actions.ts'
import { spotchecksSubscriptions } from './jobs.ts'

let city: City
let reviewer: Someone
let passerBy: Someone
let firms: { contact: Someone; filed: Declaration }[]
const AREA = '520112'
beforeAll(async () => {
  city = await openCity()
  reviewer = await city.as('pengxiulan')
  passerBy = city.anonymous()
  firms = []
  for (let n = 0; n < 6; n++) {
    const { contact, firm } = await newFirm(city, 'wudang')
    firms.push({ contact, filed: await declare(contact, firm) })
  }
})
afterAll(() => city?.close())

const step = (id: string) => city.system((ctx) => proceed(ctx, id))
/** The same step, ended before its commit. */
const killed = (id: string) => city.system(async (ctx) => void (await ctx.attempt(async () => { await proceed(ctx, id); throw new Error('killed') })))
const seal = () => city.system(async (ctx) => void (await sealNext(ctx)))
const told = (id: string) => passerBy.call(getPublicDraw, { params: { id } })
async function drawWhole(): Promise<PublicDraw> {
  const planned = await reviewer.call(planDraw, { body: { areaCode: AREA, drawAt: new Date(city.clock.now().getTime() + 3_600_000).toISOString() } })
  city.clock.set(new Date(city.clock.now().getTime() + 3_600_000))
  // A block ends below the oldest running transaction of the whole server, other tests' too: it may take a few more steps.
  for (const until = Date.now() + 20_000; Date.now() < until && (await told(planned.id)).state !== 'drawn';) {
    await killed(planned.id)
    await step(planned.id)
    await city.system(async (ctx) => ctx.announce('view.saved', { kind: 'view', id: planned.id }, { list: 'x', shared: false }))
    await seal()
  }
  return told(planned.id)
}
async function settle(): Promise<void> {
  await city.deliver([...declarationsSubscriptions, ...spotchecksSubscriptions])
}

describe('a draw', () => {
  it('is committed to before its list is known, and tells the seed only with the result', async () => {
    const planned = await reviewer.call(planDraw, { body: { areaCode: AREA, drawAt: '2020-02-24T04:00:00.000Z' } })
    expect(planned).toMatchObject({ state: 'committed', seed: null, listHash: null })
    await step(planned.id)
    expect(await told(planned.id)).toMatchObject({ state: 'committed', list: [] })
    city.clock.set('2020-02-24T04:00:00.000Z')
    await step(planned.id)
    await step(planned.id)
    const frozen = await told(planned.id)
    expect(frozen).toMatchObject({ state: 'frozen', seed: null, drawn: [] })
    expect(frozen.list.map(({ id }) => id)).toEqual(expect.arrayContaining(firms.map(({ filed }) => filed.certificateNumber)))
    expect(listHashOf(frozen.list)).toBe(frozen.listHash)
    // Without a block sealed after the list nothing is drawn.
    await step(planned.id)
    await step(planned.id)
    expect((await told(planned.id)).state).toBe('frozen')
    const log = JSON.stringify(frozen)
    for (const { filed } of firms) expect(log).not.toContain(filed.enterpriseName)
  })
  it('can be drawn again by anyone, and killed in between leaves no check lost or doubled', async () => {
    const draw = await drawWhole()
    expect(draw.state).toBe('drawn')
    expect(commitmentOf(draw.seed!, draw.id)).toBe(draw.commitment)
    const key = keyOf({ seed: draw.seed!, blockHash: draw.blockHash!, listHash: draw.listHash! })
    expect(drawFrom(draw.list, new Map(draw.strata.map(({ stratum, take }) => [stratum, take])), key)).toEqual(draw.drawn.map(({ id, rank }) => ({ id, rank })))
    for (const { id, pool, inspectors } of draw.drawn) expect(inspectorsFrom(pool, key, id, 2)).toEqual(inspectors)
    const { items } = await reviewer.call(listChecks, { query: { draw: draw.id } })
    expect(items.map(({ certificateNumber }) => certificateNumber).sort()).toEqual(draw.drawn.map(({ id }) => id).sort())
    expect(items.every(({ dueOn }) => dueOn > '2020-02-24')).toBe(true)
    expect((await reviewer.call(listDraws, { query: {} })).items.find(({ id }) => id === draw.id)).toMatchObject({ checks: draw.drawn.length, ended: 0 })
    expect((await passerBy.call(listPublicDraws, { query: {} })).items.map(({ id }) => id)).toContain(draw.id)
    await step(draw.id)
    expect((await reviewer.call(listChecks, { query: { draw: draw.id } })).items).toHaveLength(items.length)
  })
  it('keeps a frozen list closed', async () => {
    const draw = await drawWhole()
    const failure = await city.system((ctx) => ctx.attempt(async () => void (await ctx.db.insertInto('spotchecks.entries' as never).values({ drawId: draw.id, number: 'GY-ZZZZZ-ZZZZZ-Z', stratum: 'x', declarationId: draw.id, districtCode: AREA } as never).execute())))
    expect(String(failure)).toMatch(/frozen/)
  })
})

describe('who must not', () => {
  it('plan for another district, without notice, or as a firm; see the checks of others', async () => {
    const drawAt = new Date(city.clock.now().getTime() + 7_200_000).toISOString()
    expect((await (await city.as('tianyuqing')).refused(planDraw, { body: { areaCode: AREA, drawAt } })).code).toBe('session.forbidden')
    expect((await firms[0]!.contact.refused(planDraw, { body: { areaCode: AREA, drawAt } })).code).toBe('session.forbidden')
    expect((await reviewer.refused(planDraw, { body: { areaCode: AREA, drawAt: city.clock.now().toISOString() } })).code).toBe('spotchecks.too_soon')
    expect((await reviewer.refused(planDraw, { body: { areaCode: '520100', drawAt } })).issues).toMatchObject([{ path: '/areaCode' }])
    const draw = await drawWhole()
    const [check] = (await reviewer.call(listChecks, { query: { draw: draw.id } })).items
    const stranger = (await newFirm(city, 'wudang')).contact
    for (const who of [await city.as('tianyuqing'), stranger]) {
      expect((await who.refused(getCheck, { params: { id: check!.id } })).status).toBe(404)
      expect((await who.call(listChecks, { query: {} })).items).toEqual([])
    }
    expect((await passerBy.refused(getCheck, { params: { id: check!.id } })).status).toBe(401)
  })
})

describe('a check', () => {
  const bodyOf = async (id: string, more: object) => ({ params: { id }, body: { revision: (await reviewer.call(getCheck, { params: { id } })).revision, findings: '', answers: {}, fileIds: [], ...more } })
  it('goes from a visit over rectifying to a stop, feeds the record of the firm, and is left with a filing that ends', async () => {
    const draw = await drawWhole()
    const { id, declarationId, certificateNumber } = (await reviewer.call(listChecks, { query: { draw: draw.id, state: 'open' } })).items[0]!
    const { contact } = firms.find(({ filed }) => filed.id === declarationId)!
    const faults = await reviewer.refused(recordVisit, await bodyOf(id, { result: 'rectify' }))
    expect(faults.issues.map(({ path }) => path)).toEqual(expect.arrayContaining(['/findings', '/deadline']))
    const rectifying = await reviewer.call(recordVisit, (await bodyOf(id, { result: 'rectify', findings: '测温记录不全', deadline: '2020-03-02' })) as never)
    expect(rectifying).toMatchObject({ state: 'rectifying', deadline: '2020-03-02', can: [] })
    expect((await contact.call(listNotices)).items.find(({ link }) => link === `/portal/spotchecks/${id}`)).toMatchObject({ title: { zh: '抽查发现问题，请整改' }, text: { zh: expect.stringContaining('2020-03-02') as string } })
    const seen = await contact.call(getCheck, { params: { id } })
    expect(seen).toMatchObject({ can: ['report'], inspectors: [] })
    expect(seen.visits[0]!.by).toBeNull()
    const reported = await contact.call(reportRectified, { params: { id }, body: { revision: seen.revision, note: '已补齐', fileIds: [(await upload(contact)).id] } })
    expect(reported.state).toBe('rechecking')
    expect((await reviewer.call(listNotices)).items.find(({ link }) => link === `/console/spotchecks/${id}`)).toMatchObject({ title: { zh: '企业报告已整改' } })
    const stop = await bodyOf(id, { result: 'stopWork', findings: '仍无人测温', order: { documentNo: '乌停〔2020〕抽1号', reason: '抽查复查仍不合格', items: ['专人测温'], deadline: '2020-03-05' } })
    const stopped = await reviewer.call(recordVisit, stop as never)
    expect(stopped.state).toBe('stopped')
    expect(stopped.orderId).not.toBeNull()
    expect((await passerBy.call(verifyCertificate, { params: { number: certificateNumber } })).state).toBe('suspended')
    expect((await reviewer.refused(recordVisit, stop)).code).toBe('conflict.changed')
    expect((await reviewer.call(listEarlier, { params: { id: declarationId } })).items.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['order', 'spotcheck']))
  })
  it('lapses with its filing', async () => {
    await settle() // a filing that was ordered to stop is drawn no more
    const draw = await drawWhole()
    const { id, declarationId } = (await reviewer.call(listChecks, { query: { draw: draw.id, state: 'open' } })).items[0]!
    const { contact } = firms.find(({ filed }) => filed.id === declarationId)!
    const now = await contact.call(getDeclaration, { params: { id: declarationId } })
    await contact.call(withdrawFiling, { params: { id: declarationId }, body: { revision: now.revision, reason: '不再经营' } })
    await settle()
    expect((await reviewer.call(getCheck, { params: { id } })).state).toBe('lapsed')
  })
})
