// The flow of a request over HTTP: verb, scope, one transaction, key per intent, answer after commit, problems in the reader's language.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { Type } from 'typebox'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Line, PUBLIC, SIGNED_IN, Strict, endpoint } from '@fugong/contract/base'
import { openGround, type Ground } from '../test/ground.ts'
import { nobody, type Actor } from './auth.ts'
import { readConfig } from './config.ts'
import { sql } from './db.ts'
import { buildHttp, SESSION_COOKIE } from './http.ts'
import { createMetrics } from './metrics.ts'
import { housekeeping } from './housekeeping.ts'
import { problem, refusedAndKept } from './problem.ts'
import { asSystem } from './request.ts'
import { addProbes } from './probes.ts'
import { route, type Route } from './routes.ts'

let ground: Ground
let http: FastifyInstance
const folder = mkdtempSync(join(tmpdir(), 'fugong-request-'))
const note = { body: Strict({ text: Line(20) }), returns: Type.Object({ text: Type.String() }) }
const post = (path: string, verb: string) => endpoint({ method: 'POST', path, verb, summary: 'test', ...note })
let behave: (text: string) => void = () => {}

const write = route(post('/api/notes', 'note.write'), async (ctx, { body }) => {
  await sql`insert into base.schedules (name, next_at) values (${body.text}, ${ctx.now})`.execute(ctx.db)
  ctx.announce('calendar.day_set', { kind: 'note', id: body.text }, { day: 'x', kind: 'holiday' })
  behave(body.text)
  return { text: body.text, secret: 'not in the contract' } as { text: string }
})
const routes: Route[] = [
  write,
  route(post('/api/refused-and-kept', PUBLIC), async (ctx) => {
    ctx.announce('session.failed', { kind: 'try', id: 'kept' }, { method: 'password', slowed: false })
    throw refusedAndKept('identity.sign_in_failed')
  }),
  route(endpoint({ method: 'GET', path: '/api/notes', verb: 'note.read', summary: 'test', returns: Type.Object({ named: Type.String(), areas: Type.String(), person: Type.String() }) }), async (ctx) =>
    (await sql<{ named: string; areas: string; person: string }>`select current_setting('app.named') as named, current_setting('app.areas') as areas, current_setting('app.person') as person`.execute(ctx.db)).rows[0]!),
  route(endpoint({ method: 'GET', path: '/api/writes-while-reading', verb: PUBLIC, summary: 'test', returns: Type.Object({}) }), async (ctx) => {
    await sql`insert into base.schedules (name, next_at) values ('sneaky', now())`.execute(ctx.db)
    return {}
  }),
  route(endpoint({ method: 'GET', path: '/api/mine', verb: SIGNED_IN, summary: 'test', returns: Type.Object({ name: Type.String() }), logsRead: true }), async (ctx) => ({ name: ctx.actor.name! })),
]
const grant = (role: string, areas: string[]) => ({ id: 'g', role, unitId: '00000000-0000-7000-8000-0000000000aa', unitName: { zh: '单位', en: 'unit' }, department: null, areaCode: areas[0]!, areas, delegated: false })
const people: Record<string, Actor> = {
  writer_________________________: { ...nobody, kind: 'staff', personId: '00000000-0000-7000-8000-000000000001', name: '样例', grants: [grant('writer', ['520102']), grant('reader', ['520103'])] },
  watcher________________________: { ...nobody, kind: 'staff', personId: '00000000-0000-7000-8000-000000000002', name: '样例', grants: [], seeingAs: grant('writer', ['520102']) },
}
beforeAll(async () => {
  ground = await openGround({ verbs: { 'note.write': ['writer'], 'note.read': ['reader'] } })
  const config = readConfig({ DATA_DIR: folder, PUBLIC_URL: 'https://fugong.test', RATE_PER_MINUTE: '100000' })
  const metrics = createMetrics()
  http = await buildHttp({ config, services: ground.services, routes, actorOf: async (token) => people[token], forgetActor: () => {}, metrics, temporaryFolder: folder })
  addProbes(http, { services: ground.services, metrics, token: 'metrics-token-for-tests' })
})
afterAll(async () => { await http.close(); await ground.close(); rmSync(folder, { recursive: true, force: true }) })
beforeEach(async () => { behave = () => {}; await ground.asOwner('delete from base.schedules') })

const send = (url: string, options: { token?: string; body?: unknown; headers?: Record<string, string>; method?: 'GET' | 'POST' } = {}) =>
  http.inject({ method: options.method ?? (options.body === undefined ? 'GET' : 'POST'), url, headers: { 'x-fugong': '1', ...(options.token ? { cookie: `${SESSION_COOKIE}=${options.token}` } : {}), ...options.headers }, ...(options.body === undefined ? {} : { payload: options.body as object }) })
const WRITER = 'writer_________________________'
const stored = async () => (await ground.asOwner<{ name: string }>('select name from base.schedules')).map((row) => row.name)

describe('rights', () => {
  test('nobody: sign in first; without the role: forbidden', async () => {
    expect((await send('/api/notes', { body: { text: 'a' } })).json()).toMatchObject({ status: 401, code: 'session.required' })
    expect((await send('/api/notes', { body: { text: 'a' }, token: 'unknown_token_unknown_token' })).json()).toMatchObject({ code: 'session.required' })
    expect((await send('/api/mine')).statusCode).toBe(401)
  })
  test('the scope of a verb holds only the grants whose role has it', async () => {
    expect((await send('/api/notes', { token: WRITER })).json()).toEqual({ named: '', areas: '520103', person: '00000000-0000-7000-8000-000000000001' })
  })
  test('seeing as another role is read-only', async () => {
    expect((await send('/api/notes', { body: { text: 'a' }, token: 'watcher________________________' })).json()).toMatchObject({ code: 'session.read_only' })
    expect(await stored()).toEqual([])
  })
  test('a route whose verb no role holds does not boot', async () => {
    const config = readConfig({ DATA_DIR: folder })
    await expect(buildHttp({ config, services: ground.services, routes: [route(post('/api/orphan', 'orphan.do'), async () => ({ text: '' }))], actorOf: async () => undefined, forgetActor: () => {}, metrics: createMetrics(), temporaryFolder: folder })).rejects.toThrow('POST /api/orphan (orphan.do)')
  })
  test.each([['without our header', { 'x-fugong': '' }], ['from another origin', { origin: 'https://evil.test' }], ['from a page without origin', { origin: 'null' }], ['from an unreadable origin', { origin: 'x' }], ['marked cross-site', { 'sec-fetch-site': 'cross-site' }]])('a write %s is refused', async (_, headers) => {
    expect((await send('/api/notes', { body: { text: 'a' }, token: WRITER, headers })).json()).toMatchObject({ code: 'session.foreign_origin' })
    expect(await stored()).toEqual([])
  })
})
describe('one transaction', () => {
  test('answers after the commit, with what the contract lists and no more', async () => {
    const answer = await send('/api/notes', { body: { text: 'saved' }, token: WRITER })
    expect(answer.json()).toEqual({ text: 'saved' })
    expect(await stored()).toEqual(['saved'])
  })
  test('a failure saves nothing, answers 500 with a request id, and logs no values', async () => {
    behave = () => { throw new Error('broken inside') }
    const answer = await send('/api/notes', { body: { text: 'SECRETVALUE' }, token: WRITER })
    expect(answer.json()).toMatchObject({ status: 500, code: 'server.failed', params: { requestId: answer.headers['x-request-id'] } })
    expect(await stored()).toEqual([])
    expect(ground.log.join('')).toContain('broken inside')
    expect(ground.log.join('')).not.toContain('SECRETVALUE')
  })
  test('a database error names no values in the log', async () => {
    await send('/api/notes', { body: { text: 'TWICE' }, token: WRITER })
    expect((await send('/api/notes', { body: { text: 'TWICE' }, token: WRITER })).statusCode).toBe(500)
    expect(ground.log.at(-2)).toContain('23505')
    expect(ground.log.join('')).not.toContain('TWICE')
  })
  test('a problem thrown late undoes everything', async () => {
    behave = () => { throw problem('conflict.changed', { who: '甲', at: '乙' }) }
    expect((await send('/api/notes', { body: { text: 'late' }, token: WRITER })).json()).toMatchObject({ status: 409, title: '内容已被 甲 于 乙 更改，请查看最新内容后再办' })
    expect(await stored()).toEqual([])
  })
  test('a refusal may keep its own traces', async () => {
    expect((await send('/api/refused-and-kept', { body: { text: 'x' } })).statusCode).toBe(401)
    expect(await ground.asOwner("select 1 from base.events where subject_id = 'kept'")).toHaveLength(1)
  })
  test('a reading cannot write', async () => {
    expect((await send('/api/writes-while-reading')).statusCode).toBe(500)
    expect(await stored()).toEqual([])
  })
  test('a reading that must be written down is, before the answer', async () => {
    await send('/api/mine', { token: WRITER })
    expect(await ground.asOwner("select actor_id, payload->>'what' as what from base.events where name = 'record.read'")).toEqual([{ actor_id: people[WRITER]!.personId, what: '/api/mine' }])
  })
})
describe('a key per intent', () => {
  const key = (value: string) => ({ 'idempotency-key': value })
  test('five at once make one row and one answer', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => send('/api/notes', { body: { text: 'five' }, token: WRITER, headers: key('intent-0001') })))
    expect(answers.map((answer) => answer.body)).toEqual(Array(5).fill('{"text":"five"}'))
    expect(await stored()).toEqual(['five'])
  })
  test('another body under the key is refused', async () => {
    await send('/api/notes', { body: { text: 'one' }, token: WRITER, headers: key('intent-0002') })
    expect((await send('/api/notes', { body: { text: 'two' }, token: WRITER, headers: key('intent-0002') })).json()).toMatchObject({ code: 'request.key_reused' })
  })
  test('a failed first try leaves the key free', async () => {
    behave = () => { throw new Error('once') }
    await send('/api/notes', { body: { text: 'again' }, token: WRITER, headers: key('intent-0003') })
    behave = () => {}
    expect((await send('/api/notes', { body: { text: 'again' }, token: WRITER, headers: key('intent-0003') })).statusCode).toBe(200)
  })
  test('kept answers are forgotten after a day', async () => {
    await send('/api/notes', { body: { text: 'old' }, token: WRITER, headers: key('intent-0005') })
    ground.clock.set(new Date(ground.clock.now().getTime() + 25 * 3_600_000))
    await asSystem(ground.services, (ctx) => housekeeping[0]!.run(ctx, null))
    expect(await ground.asOwner("select 1 from base.request_keys where key like '%intent-0005'")).toEqual([])
  })
  test('kept answers are sealed', async () => {
    await send('/api/notes', { body: { text: 'sealed' }, token: WRITER, headers: key('intent-0004') })
    const [row] = await ground.asOwner<{ answer: Buffer }>("select answer from base.request_keys where key like '%intent-0004'")
    expect(row!.answer.includes('sealed')).toBe(false)
  })
})
describe('problems', () => {
  test.each([['zh-CN', '请填写'], ['en-GB,zh;q=0.5', 'Enter']])('in %s', async (language, words) => {
    const answer = await send('/api/notes', { body: {}, token: WRITER, headers: { 'accept-language': language } })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.json<{ issues: { path: string; text: string }[] }>().issues).toMatchObject([{ path: '/text', text: expect.stringContaining(words) as string }])
  })
  test.each([['not JSON', '{', 'application/json', 400, 'request.malformed'], ['a poisoned prototype', '{"__proto__":{"x":1},"text":"a"}', 'application/json', 400, 'request.malformed'], ['XML', '<a/>', 'text/xml', 415, 'request.unsupported_type'], ['two megabytes', `{"text":"${'x'.repeat(2e6)}"}`, 'application/json', 413, 'request.too_large']])('%s', async (_, payload, type, status, code) => {
    const answer = await http.inject({ method: 'POST', url: '/api/notes', payload, headers: { 'content-type': type, 'x-fugong': '1', cookie: `${SESSION_COOKIE}=${WRITER}` } })
    expect(answer.json()).toMatchObject({ status, code })
  })
  test('the rate limit says when to come again', async () => {
    const slow = await buildHttp({ config: readConfig({ DATA_DIR: folder, RATE_PER_MINUTE: '60' }), services: ground.services, routes: [routes[2]!], actorOf: async () => undefined, forgetActor: () => {}, metrics: createMetrics(), temporaryFolder: folder })
    const answers = []
    for (let i = 0; i < 61; i++) answers.push(await slow.inject({ url: '/api/notes' }))
    expect(answers.at(-1)!.json()).toMatchObject({ status: 429, code: 'request.too_many' })
    expect(Number(answers.at(-1)!.headers['retry-after'])).toBeGreaterThan(0)
    await slow.close()
  })
})
test('behind one proxy the address is the one the proxy saw, whatever the caller wrote before it', async () => {
  const behind = await buildHttp({ config: readConfig({ DATA_DIR: folder, RATE_PER_MINUTE: '60', TRUST_PROXY: '1' }), services: ground.services, routes: [routes[2]!], actorOf: async () => undefined, forgetActor: () => {}, metrics: createMetrics(), temporaryFolder: folder })
  const statuses = []
  for (let i = 0; i < 62; i++) statuses.push((await behind.inject({ url: '/api/notes', remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': `6.6.6.${i}, 198.51.100.7` } })).statusCode)
  expect(statuses.at(-1)).toBe(429)
  expect((await behind.inject({ url: '/api/notes', remoteAddress: '10.0.0.1', headers: { 'x-forwarded-for': '6.6.6.1, 198.51.100.8' } })).statusCode).toBe(401)
  await behind.close()
})
describe('headers and probes', () => {
  test('answers are not stored, framed or sniffed', async () => {
    expect((await send('/api/notes', { token: WRITER })).headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'referrer-policy': 'no-referrer', 'strict-transport-security': expect.stringContaining('max-age') as string })
  })
  test('alive and ready', async () => {
    expect((await send('/healthz')).json()).toEqual({ alive: true })
    expect((await send('/readyz')).json()).toEqual({ ready: true })
  })
  test('metrics need their token', async () => {
    expect((await send('/metrics')).statusCode).toBe(404)
    expect((await send('/metrics', { headers: { authorization: 'Bearer wrong' } })).statusCode).toBe(404)
    expect((await send('/metrics', { headers: { authorization: 'Bearer metrics-token-for-tests' } })).body).toContain('fugong_request_seconds')
  })
  test('request logs hold the route, not the address', async () => {
    await send('/api/notes?limit=PERSONAL', { token: WRITER })
    expect(ground.log.at(-1)).toContain('"route":"/api/notes"')
    expect(ground.log.join('')).not.toContain('PERSONAL')
  })
})
