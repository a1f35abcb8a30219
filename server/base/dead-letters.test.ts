// Dead letters over HTTP: who sees them, trying again, settling, and a delivery that is made good.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { listDeadLetters, retryDeadLetter, settleDeadLetter } from '@fugong/contract/base.letters'
import { openCity, type City, type Someone } from '../test/harness.ts'
import type { Ctx } from './context.ts'
import { redelivery } from './dead-letters.ts'
import { sql } from './db.ts'
import { newId } from './ids.ts'
import { runJob } from './jobs.ts'

let city: City
let administrator: Someone
beforeAll(async () => {
  city = await openCity()
  administrator = await city.as('luyuanming')
})
afterAll(() => city.close())
beforeEach(() => city.system((ctx) => sql`delete from base.dead_letters`.execute(ctx.db)))

const nothing = newId()
/** A letter as the worker leaves it, at a minute of its own. */
function letter(kind: 'job' | 'event', name: string, { reference = newId(), payload = null as unknown, minute = 0 } = {}): Promise<string> {
  const id = newId()
  return city.system(async (ctx) => {
    await sql`insert into base.dead_letters (id, kind, name, reference, payload, error, at) values (${id}, ${kind}, ${name}, ${reference}, ${JSON.stringify(payload)}::jsonb, 'TypeError', ${new Date(Date.parse('2020-02-24T01:00:00Z') + minute * 60_000)})`.execute(ctx.db)
    return id
  })
}
const list = (query: object = {}) => administrator.call(listDeadLetters, { query })
const announced = (name: string) => city.system(async (ctx) => (await ctx.db.selectFrom('base.events').select(['subjectId', 'payload', 'actorId']).where('name', '=', name).orderBy('id').execute()) as { subjectId: string; payload: Record<string, unknown>; actorId: string | null }[])
const jobs = (name: string) => city.system(async (ctx) => (await sql<{ payload: unknown }>`select payload from base.jobs where name = ${name}`.execute(ctx.db)).rows.map(({ payload }) => payload))

describe('the list', () => {
  it('comes newest first, in pages, without what the job was given', async () => {
    for (let minute = 0; minute < 5; minute++) await letter('job', `job.${minute}`, { payload: { sealed: 'secret' }, minute })
    const first = await list({ limit: 2 })
    expect(first).toMatchObject({ total: 5, totalIsMore: false, items: [{ kind: 'job', name: 'job.4', error: 'TypeError', at: '2020-02-24T01:04:00.000Z' }, { name: 'job.3' }] })
    expect(JSON.stringify(first)).not.toContain('secret')
    const second = await list({ limit: 2, cursor: first.next })
    const third = await list({ limit: 2, cursor: second.next })
    expect([...second.items, ...third.items].map(({ name }) => name)).toEqual(['job.2', 'job.1', 'job.0'])
    expect(third.next).toBeNull()
    expect((await administrator.refused(listDeadLetters, { query: { cursor: 'x' } })).issues).toMatchObject([{ path: '/cursor', code: 'issue.cursor' }])
  })
  it('is for administrators', async () => {
    const id = await letter('job', 'a job')
    for (const who of [await city.as('gaohongtao'), await city.as('tianyuqing'), await city.contact('13900000101')]) {
      expect((await who.refused(listDeadLetters)).code).toBe('session.forbidden')
      expect((await who.refused(retryDeadLetter, { params: { id } })).code).toBe('session.forbidden')
      expect((await who.refused(settleDeadLetter, { params: { id }, body: { reason: '试' } })).code).toBe('session.forbidden')
    }
  })
})

describe('a job', () => {
  it('that was given up keeps what it was given, and is queued again with it', async () => {
    const claimed = { id: newId(), name: 'failing', payload: { n: 1 }, attempt: 10 }
    expect(await runJob({ name: 'failing', run: () => Promise.reject(new RangeError('why')) }, claimed, 'test', city.system)).toBe('dead')
    const [given] = (await list()).items
    expect(given).toMatchObject({ kind: 'job', name: 'failing', reference: claimed.id, error: 'RangeError' })
    await administrator.call(retryDeadLetter, { params: { id: given!.id } })
    expect(await jobs('failing')).toEqual([{ n: 1 }])
    expect((await list()).items).toEqual([])
    expect((await announced('dead_letter.retried')).at(-1)).toMatchObject({ subjectId: given!.id, payload: { kind: 'job', name: 'failing', reference: claimed.id }, actorId: expect.any(String) as string })
    expect((await administrator.refused(retryDeadLetter, { params: { id: given!.id } })).code).toBe('not_found')
  })
  it('is settled with a reason, once', async () => {
    const id = await letter('job', 'settled')
    expect((await administrator.refused(settleDeadLetter, { params: { id }, body: { reason: ' ' } })).issues).toMatchObject([{ path: '/reason' }])
    await administrator.call(settleDeadLetter, { params: { id }, body: { reason: '已人工补发' } })
    expect((await announced('dead_letter.settled')).at(-1)).toMatchObject({ subjectId: id, payload: { name: 'settled', reason: '已人工补发' } })
    expect(await jobs('settled')).toEqual([])
    for (const params of [{ id }, { id: nothing }]) expect((await administrator.refused(settleDeadLetter, { params, body: { reason: '试' } })).code).toBe('not_found')
    expect((await administrator.refused(settleDeadLetter, { params: { id: 'x' }, body: {} })).status).toBe(422)
  })
})

describe('an event that was not received', () => {
  it('is delivered again as a job', async () => {
    const id = await city.system(async (ctx) => (await sql<{ id: string }>`select id from base.events order by xid, id limit 1`.execute(ctx.db)).rows[0]!.id)
    await administrator.call(retryDeadLetter, { params: { id: await letter('event', 'a.subscriber', { reference: id }) } })
    const [payload] = await jobs('base.redeliver')
    expect(payload).toEqual({ subscriber: 'a.subscriber', event: id })
    const received: string[] = []
    const kind = redelivery([{ subscriber: 'a.subscriber', names: [], receive: async (_ctx: Ctx, event) => void received.push(event.id) }])
    await city.system((ctx) => kind.run(ctx, payload))
    expect(received).toEqual([id])
    // Neither a subscriber that is gone nor an event that is none fails.
    await city.system((ctx) => kind.run(ctx, { subscriber: 'gone', event: id }))
    await city.system((ctx) => kind.run(ctx, { subscriber: 'a.subscriber', event: nothing }))
    expect(received).toHaveLength(1)
  })
})
