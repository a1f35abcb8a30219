// Requests that share a transaction: done together, but checked, refused, recorded, remembered and answered each by itself.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Line, Strict, endpoint } from '@fugong/contract/base'
import { openGround, type Ground } from '../test/ground.ts'
import { nobody, type Actor } from './auth.ts'
import { readConfig } from './config.ts'
import { sql } from './db.ts'
import { buildHttp, SESSION_COOKIE } from './http.ts'
import { createMetrics } from './metrics.ts'
import { problem, type Problem } from './problem.ts'
import { togetherRoute } from './routes.ts'
import { selfClocking } from './self-clocking.ts'

let ground: Ground
let http: FastifyInstance
const folder = mkdtempSync(join(tmpdir(), 'fugong-together-'))
const firmOf = (n: number) => `00000000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
const personOf = (n: number) => `00000000-0000-7000-8000-0000000002${String(n).padStart(2, '0')}`
const tokenOf = (n: number) => `contact_of_a_sample_firm_${String(n).padStart(2, '0')}`
/** How many were asked at once, and what the database was told the transaction reaches. */
let flights: { size: number; reach: string }[] = []
let before: () => Promise<void> = async () => {}

const route = togetherRoute(endpoint({ method: 'POST', path: '/api/openings', verb: 'opening.make', summary: 'test', body: Strict({ text: Line(20) }), returns: Type.Object({ text: Type.String(), firm: Type.String() }) }), async (shared, asked) => {
  await before()
  flights.push({ size: asked.length, reach: (await sql<{ reach: string }>`select current_setting('app.enterprises') as reach`.execute(shared.db)).rows[0]!.reach })
  const answers: ({ text: string; firm: string } | Problem)[] = []
  for (const { ctx, input: { body } } of asked) {
    if (body.text === 'refused') { answers.push(problem('not_found')); continue }
    // A text that is there already spoils the transaction, as a unique index does.
    await sql`insert into base.schedules (name, next_at) values (${body.text}, ${ctx.now})`.execute(shared.db)
    ctx.announce('calendar.day_set', { kind: 'opening', id: body.text }, { day: 'x', kind: 'holiday' })
    answers.push({ text: body.text, firm: ctx.scope.enterprises.join() })
  }
  return answers
})
const contact = (n: number): Actor => ({ ...nobody, kind: 'contact', personId: personOf(n), name: '样例', enterprises: [firmOf(n)] })
const official: Actor = { ...nobody, kind: 'staff', personId: personOf(99), name: '样例', grants: [{ id: 'g', role: 'reviewer', unitId: personOf(98), unitName: { zh: '单位', en: 'unit' }, department: null, areaCode: '520102', areas: ['520102'], delegated: false }] }

beforeAll(async () => {
  ground = await openGround({ verbs: { 'opening.make': ['enterpriseContact', 'reviewer'] } })
  const people = new Map<string, Actor>([...Array.from({ length: 30 }, (_, n) => [tokenOf(n), contact(n)] as const), ['official_of_a_sample_unit', official]])
  http = await buildHttp({ config: readConfig({ DATA_DIR: folder, PUBLIC_URL: 'https://fugong.test', RATE_PER_MINUTE: '100000' }), services: ground.services, routes: [route], actorOf: async (token) => people.get(token), forgetActor: () => {}, metrics: createMetrics(), temporaryFolder: folder })
})
afterAll(async () => { await http.close(); await ground.close(); rmSync(folder, { recursive: true, force: true }) })
beforeEach(async () => { flights = []; before = async () => {}; await ground.asOwner('delete from base.schedules') })

const ask = (n: number, text: unknown, key?: string) => http.inject({ method: 'POST', url: '/api/openings', headers: { 'x-fugong': '1', cookie: `${SESSION_COOKIE}=${tokenOf(n)}`, ...(key ? { 'idempotency-key': key } : {}) }, payload: { text } })
const stored = async () => (await ground.asOwner<{ name: string }>('select name from base.schedules order by name')).map((row) => row.name)
const events = (id: string) => ground.asOwner<{ xid: string; actorId: string }>('select xid::text, actor_id as "actorId" from base.events where subject_id = $1', [id])
/** Holds the first flight back until all others wait behind them, so that what follows is one batch. */
function held(): { go(): void } {
  let go = () => {}
  const open = new Promise<void>((resolve) => { go = resolve })
  before = () => open
  return { go: () => go() }
}

describe('requests of many people', () => {
  test('leave at once when nothing is under way, and in batches when much is', async () => {
    const gate = held()
    const answers = Array.from({ length: 30 }, (_, n) => ask(n, `t${n}`))
    await new Promise((resolve) => setTimeout(resolve, 300))
    gate.go()
    expect((await Promise.all(answers)).map((answer) => answer.json<unknown>())).toEqual(Array.from({ length: 30 }, (_, n) => ({ text: `t${n}`, firm: firmOf(n) })))
    expect(flights.map(({ size }) => size)).toEqual([1, 29])
    expect(flights[1]!.reach.split(',').sort()).toEqual(Array.from({ length: 29 }, (_, n) => firmOf(n + 1)))
  })
  test('are recorded each under its own name, in the transaction they share', async () => {
    const gate = held()
    const answers = [5, 6, 7, 8].map((n) => ask(n, `own${n}`))
    await new Promise((resolve) => setTimeout(resolve, 200))
    gate.go()
    await Promise.all(answers)
    const [seven, eight] = [(await events('own7'))[0]!, (await events('own8'))[0]!]
    expect([seven.actorId, eight.actorId]).toEqual([personOf(7), personOf(8)])
    expect(seven.xid).toBe(eight.xid)
  })
  test('are refused alone, by a fault of their shape and by the deed', async () => {
    const gate = held()
    const answers = [ask(0, 'a'), ask(1, 'b'), ask(2, 'c'), ask(3, 'refused'), ask(4, 'x'.repeat(21)), ask(5, 'd')]
    await new Promise((resolve) => setTimeout(resolve, 200))
    gate.go()
    expect((await Promise.all(answers)).map((answer) => answer.statusCode)).toEqual([200, 200, 200, 404, 422, 200])
    expect(await stored()).toEqual(['a', 'b', 'c', 'd'])
  })
  test('fail alone: what spoils the transaction is tried by itself', async () => {
    await ask(0, 'taken')
    const gate = held()
    const answers = [ask(1, 'e'), ask(2, 'f'), ask(3, 'g'), ask(4, 'taken'), ask(5, 'h')]
    await new Promise((resolve) => setTimeout(resolve, 200))
    gate.go()
    expect((await Promise.all(answers)).map((answer) => answer.statusCode)).toEqual([200, 200, 200, 500, 200])
    expect(await stored()).toEqual(['e', 'f', 'g', 'h', 'taken'])
    expect(await events('g')).toHaveLength(1)
  })
  test('are told together that the database is lost, and not each after a try of its own', async () => {
    const gate = held()
    const answers = [ask(1, 'i'), ask(2, 'j'), ask(3, 'k'), ask(4, 'l')]
    await new Promise((resolve) => setTimeout(resolve, 200))
    const tries: number[] = []
    gate.go()
    before = async () => {
      tries.push(1)
      throw problem('database.unavailable')
    }
    expect((await Promise.all(answers)).map((answer) => answer.statusCode)).toEqual([200, 503, 503, 503])
    expect(tries).toHaveLength(1)
    expect(await stored()).toEqual(['i'])
  })
  test('never come from whoever reaches more than firms', async () => {
    const answer = await http.inject({ method: 'POST', url: '/api/openings', headers: { 'x-fugong': '1', cookie: `${SESSION_COOKIE}=official_of_a_sample_unit` }, payload: { text: 'no' } })
    expect(answer.statusCode).toBe(500)
    expect((await http.inject({ method: 'POST', url: '/api/openings', headers: { 'x-fugong': '1' }, payload: { text: 'no' } })).json()).toMatchObject({ code: 'session.required' })
    expect(await stored()).toEqual([])
  })
})

describe('a key per intent', () => {
  test('five at once make one row and one answer, also when they fall into one batch', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => ask(1, 'five', 'intent-0001')))
    expect(answers.map((answer) => answer.body)).toEqual(Array(5).fill(JSON.stringify({ text: 'five', firm: firmOf(1) })))
    expect(await stored()).toEqual(['five'])
    expect(await events('five')).toHaveLength(1)
  })
  test('another body under the key is refused, another person’s same key is not', async () => {
    await ask(1, 'one', 'intent-0002')
    expect((await ask(1, 'two', 'intent-0002')).json()).toMatchObject({ code: 'request.key_reused' })
    expect((await ask(2, 'three', 'intent-0002')).json()).toEqual({ text: 'three', firm: firmOf(2) })
    expect((await ask(1, 'one', 'intent-0002')).json()).toEqual({ text: 'one', firm: firmOf(1) })
  })
  test('a refusal leaves the key free', async () => {
    expect((await ask(1, 'refused', 'intent-0003')).statusCode).toBe(404)
    expect((await ask(1, 'now', 'intent-0003')).statusCode).toBe(200)
  })
  test('kept answers are sealed', async () => {
    await ask(1, 'sealed words', 'intent-0004')
    const [row] = await ground.asOwner<{ answer: Buffer }>("select answer from base.request_keys where key like '%intent-0004'")
    expect(row!.answer.includes('sealed words')).toBe(false)
  })
})

test('who has waited too long is asked to come again, and nothing of theirs is stored', async () => {
  const gate = held()
  const first = ask(0, 'w0')
  await new Promise((resolve) => setTimeout(resolve, 50))
  const late = ask(1, 'w1')
  await new Promise((resolve) => setTimeout(resolve, 5100))
  gate.go()
  expect((await first).statusCode).toBe(200)
  expect((await late).json()).toMatchObject({ code: 'server.busy' })
  expect(await stored()).toEqual(['w0'])
})

test('batches clock themselves: never more under way or in one than the limits say, nobody is left behind', async () => {
  const seen: number[][] = []
  let under = 0
  let most = 0
  const clocked = selfClocking<number>(() => ({ flights: 2, batch: 10 }), async (batch) => {
    under += 1
    most = Math.max(most, under)
    seen.push(batch)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 4))
    under -= 1
  })
  for (let n = 0; n < 200; n++) {
    clocked.push(n)
    if (n % 20 === 19) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  while (under || clocked.waiting()) await new Promise((resolve) => setTimeout(resolve, 2))
  expect(seen.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, n) => n))
  expect(most).toBe(2)
  expect(Math.max(...seen.map((batch) => batch.length))).toBeLessThanOrEqual(10)
})
