// The intake over HTTP on a real database: accepted once, repeated alike, refused clearly, sealed at rest, never half-stored.
import { createCipheriv, createECDH, createHash, randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveReceipt, readReceiptNumber, type Receipt, type SendReport } from '@fugong/contract/health'
import { sendSealed, type SendSealed } from '@fugong/contract/health.sealed'
import { sql } from '../../base/db.ts'
import { rootOf } from '../../base/tree.ts'
import { openCity, type City } from '../../test/harness.ts'
import { bindPeople, type Reporter } from '../../test/reporting.ts'
import { openEnvelope } from './envelopes.actions.ts'
import { publicSealKey } from './seal.actions.ts'
import { commitmentOf, cutHashes, leafOf } from './tree.actions.ts'

let city: City
let base: string
let people: Reporter[]
let next = 0
beforeAll(async () => {
  city = await openCity()
  people = await bindPeople(city, 150)
  await city.http.listen({ host: '127.0.0.1', port: 0 })
  base = `http://127.0.0.1:${(city.http.server.address() as AddressInfo).port}`
})
afterAll(() => city.close())

const TODAY = '2020-02-24'
const keyFor = (day = TODAY, slot = 1) => `${day.replaceAll('-', '')}${slot}-${randomBytes(16).toString('base64url')}`
const report = (over: Partial<SendReport> = {}): SendReport => {
  const { day = TODAY, slot = 1 } = over
  return { key: keyFor(day, slot), day, slot, answers: { temperature: 36.5 }, ...over }
}
const somebody = () => people[next++]!
/** Over the wire, so that the short way is taken; `inject` goes through the framework. */
async function send(token: string | undefined, body: unknown, way: 'lean' | 'framework' | 'sealed' = 'lean', language = 'zh-CN'): Promise<{ status: number; text: string; json: Receipt & { code: string; title: string; issues?: { path: string; code: string }[] }; headers: Record<string, unknown> }> {
  const headers = { 'content-type': 'application/json', 'accept-language': language, ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const payload = typeof body === 'string' ? body : JSON.stringify(body)
  if (way === 'framework') {
    const answer = await city.http.inject({ method: 'POST', url: '/api/health/reports', headers, payload })
    return { status: answer.statusCode, text: answer.payload, json: JSON.parse(answer.payload) as never, headers: answer.headers }
  }
  const answer = await fetch(`${base}${way === 'sealed' ? sendSealed.path : '/api/health/reports'}`, { method: 'POST', headers, body: payload })
  const text = await answer.text()
  return { status: answer.status, text, json: JSON.parse(text) as never, headers: Object.fromEntries(answer.headers) }
}
/** As a phone seals it. */
function sealFor(token: string, content: unknown, over: Partial<SendSealed>): SendSealed {
  const { id, key } = publicSealKey({ sealer: city.system_.services.sealer, now: city.clock.now() })
  const own = createECDH('prime256v1')
  const point = own.generateKeys()
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', createHash('sha256').update(own.computeSecret(Buffer.from(key, 'base64url'))).update(point).digest(), nonce)
  cipher.setAAD(Buffer.from(token))
  const sealed = Buffer.concat([point, nonce, cipher.update(JSON.stringify(content), 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
  return { keyId: id, sealed, sentAt: 0, ...over }
}
const stored = (employmentId: string) => city.system(async ({ db }) => (await sql<{ day: string; slot: number; level: number }>`select day, slot, level from health.reports where employment_id = ${employmentId} order by day, slot`.execute(db)).rows)

describe('a report', () => {
  it.each(['lean', 'framework'] as const)('is accepted, and its receipt binds what was said (%s)', async (way) => {
    const who = somebody()
    const body = report()
    const { status, json } = await send(who.token, body, way)
    expect(status).toBe(200)
    expect(json).toMatchObject({ day: TODAY, slot: 1, level: 'green', employmentId: who.employmentId })
    expect(json.commitment).toBe(commitmentOf(body.key, JSON.stringify(body.answers)).toString('hex'))
    expect(json.hash).toBe(leafOf({ day: TODAY, slot: 1, employmentId: who.employmentId, commitment: Buffer.from(json.commitment, 'hex'), acceptedAt: Date.parse(json.acceptedAt) }).toString('hex'))
    expect(await stored(who.employmentId)).toEqual([{ day: TODAY, slot: 1, level: 0 }])
  })
  it('sent five times at once is one row and the same receipt byte for byte', async () => {
    const who = somebody()
    const body = report()
    const answers = await Promise.all(Array.from({ length: 5 }, (_, i) => send(who.token, body, i % 2 ? 'lean' : 'framework')))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]!.status).toBe(200)
    expect(await stored(who.employmentId)).toHaveLength(1)
    const later = await send(who.token, body)
    expect(later.text).toBe(answers[0]!.text)
  })
  it('another body under the key is refused, and so is a second one for the slot', async () => {
    const who = somebody()
    const body = report()
    const first = await send(who.token, body)
    const other = await send(who.token, { ...body, answers: { temperature: 36.6 } })
    expect([other.status, other.json.code]).toEqual([409, 'health.already_reported'])
    expect(other.json.title).toContain(first.json.number)
    expect((await send(who.token, report())).json.code).toBe('health.already_reported')
    // The key names its day and slot, so it cannot be used for another.
    expect((await send(who.token, { ...body, day: '2020-02-23' })).json.issues).toEqual([expect.objectContaining({ path: '/key' })])
    expect(await stored(who.employmentId)).toHaveLength(1)
  })
  it('of the evening and of days before stand beside it', async () => {
    const who = somebody()
    for (const [day, slot] of [[TODAY, 1], [TODAY, 2], ['2020-02-21', 1]] as const) expect((await send(who.token, report({ day, slot }))).status).toBe(200)
    expect(await stored(who.employmentId)).toHaveLength(3)
  })
  it('is judged by the table, with the reason', async () => {
    const fever = await send(somebody().token, report({ answers: { temperature: 37.3 } }))
    expect(fever.json).toMatchObject({ level: 'yellow', because: { zh: '体温达到 37.3 ℃。' } })
    const [exposed] = await bindPeople(city, 1, { exposed: true })
    expect((await send(exposed!.token, report())).json.level).toBe('orange')
    const [high] = await bindPeople(city, 1, { originLevel: 'high' })
    expect((await send(high!.token, report({ answers: { temperature: 38.1 } }))).json.level).toBe('red')
  })
})

describe('what is wrong', () => {
  it.each([
    ['3.65 ℃', { answers: { temperature: 3.65 } }, 422, '/answers/temperature'], ['365 ℃', { answers: { temperature: 365 } }, 422, '/answers/temperature'], ['a text', { answers: { temperature: '36。5' } }, 422, '/answers/temperature'],
    ['an unknown symptom', { answers: { symptoms: ['ennui'] } }, 422, '/answers/symptoms'], ['an unknown question', { answers: { mood: 'good' } }, 422, '/answers/mood'],
    ['no place', { answers: { travelled: true } }, 422, '/answers/travelledTo'], ['a column of the table', { level: 'green' }, 422, '/level'], ['a slot that is none', { slot: 3 }, 422, '/slot'], ['a day that is none', { day: '2020-02-30' }, 422, '/key'],
  ])('%s has its place named', async (_, over, status, path) => {
    const who = somebody()
    const answer = await send(who.token, { ...report(), ...over })
    expect(answer.status).toBe(status)
    expect(answer.json.issues?.map((issue) => issue.path)).toContain(path)
    expect(await stored(who.employmentId)).toEqual([])
  })
  it.each([['2020-02-25', 'tomorrow'], ['2020-02-20', 'too late'], ['2021-02-24', 'a phone a year ahead'], ['2019-02-24', 'a phone a year behind']])('%s (%s) is outside, and the answer says which day it is', async (day) => {
    const { status, json } = await send(somebody().token, report({ day }))
    expect([status, json.code]).toEqual([422, 'health.day_outside'])
    expect(json.title).toContain(TODAY)
  })
  it('42 ℃ is possible and is taken', async () => expect((await send(somebody().token, report({ answers: { temperature: 42 } }))).json.level).toBe('yellow'))
  it('a foreign, forged, revoked or missing token reports for nobody', async () => {
    const who = somebody()
    const other = somebody()
    const forged = Buffer.concat([Buffer.from(who.token, 'base64url').subarray(0, 16), Buffer.from(other.token, 'base64url').subarray(16)]).toString('base64url')
    await city.system(({ db }) => sql`update health.bindings set revoked_at = now() where id = ${other.bindingId}`.execute(db))
    for (const token of [undefined, '', 'x', forged, other.token]) expect((await send(token, report())).json.code).toBe('health.binding_unknown')
    expect(await stored(who.employmentId)).toEqual([])
  })
  it.each([['{', 'request.malformed'], ['[]', 'validation.failed'], ['null', 'validation.failed'], [JSON.stringify({ a: 'x'.repeat(20_000) }), 'request.too_large'], ['{"__proto__":{"slot":1}}', 'validation.failed']])('%.20s… is told', async (body, code) => {
    const { status, json } = await send(people[0]!.token, body)
    expect([status < 500, json.code]).toEqual([true, code])
  })
  it('is told in the reader’s language', async () => expect((await send('x', report(), 'lean', 'en')).json.title).toContain('not bound'))
  it('one wrong report among many sinks none of them', async () => {
    const many = Array.from({ length: 20 }, () => somebody())
    const answers = await Promise.all(many.map((who, i) => send(who.token, report(i % 5 === 0 ? { answers: { temperature: 99 } } : {}))))
    expect(answers.map(({ status }) => status)).toEqual(many.map((_, i) => (i % 5 === 0 ? 422 : 200)))
  })
})

describe('a correction', () => {
  const correct = (version: number, over: Partial<SendReport> = {}) => report({ version, ...over })
  const kept = (employmentId: string) => city.system(async ({ db }) => (await sql<{ version: number; level: number }>`select version, level from health.reports where employment_id = ${employmentId} union all select version, level from health.superseded where employment_id = ${employmentId} order by 1`.execute(db)).rows)
  it('stands in the place of the report, which is kept; each version has a receipt of its own', async () => {
    const who = somebody()
    const first = report()
    const one = (await send(who.token, first)).json
    const fever = correct(2, { answers: { temperature: 38.2 } })
    const two = (await send(who.token, fever)).json
    const three = (await send(who.token, correct(3, { answers: { temperature: 36.8 } }), 'framework')).json
    expect([one, two, three].map(({ version, level }) => [version, level])).toEqual([[1, 'green'], [2, 'yellow'], [3, 'green']])
    expect(new Set([one, two, three].map(({ number }) => number)).size).toBe(3)
    expect(await kept(who.employmentId)).toEqual([{ version: 1, level: 0 }, { version: 2, level: 1 }, { version: 3, level: 0 }])
    expect(await stored(who.employmentId)).toEqual([{ day: TODAY, slot: 1, level: 0 }])
    // Repeated under their keys, all three have the receipts they had; the number says where the leaf stands.
    expect((await send(who.token, first)).json).toEqual(one)
    expect((await send(who.token, fever)).json).toEqual(two)
    for (const { number, hash } of [one, two, three]) expect((await city.anonymous().call(proveReceipt, { params: { number } })).hash).toBe(hash)
  })
  it('sent five times at once is one version; two different ones at once are one, and the other is told what stands', async () => {
    const who = somebody()
    await send(who.token, report())
    const body = correct(2, { answers: { temperature: 37.9 } })
    const same = await Promise.all(Array.from({ length: 5 }, () => send(who.token, body)))
    expect(new Set(same.map(({ text }) => text)).size).toBe(1)
    const rivals = await Promise.all([36.1, 36.2, 36.3].map((temperature) => send(who.token, correct(3, { answers: { temperature } }))))
    expect(rivals.map(({ status }) => status).sort()).toEqual([200, 409, 409])
    const refused = rivals.find(({ status }) => status === 409)!.json
    expect([refused.code, refused.title.includes(rivals.find(({ status }) => status === 200)!.json.number)]).toEqual(['health.corrected_meanwhile', true])
    expect(await kept(who.employmentId)).toHaveLength(3)
  })
  it('before the report, of a version to come, too late, too often and with a slip has one clear answer each', async () => {
    const who = somebody()
    expect((await send(who.token, correct(2))).json.code).toBe('health.nothing_to_correct')
    await send(who.token, report())
    expect((await send(who.token, correct(3))).json.code).toBe('health.corrected_meanwhile')
    expect((await send(who.token, correct(11))).json.code).toBe('health.corrections_full')
    expect((await send(who.token, correct(2, { answers: { temperature: 365 } }))).json.issues?.map(({ path }) => path)).toEqual(['/answers/temperature'])
    for (const version of [0, 1, 101, 1.5]) expect((await send(who.token, { ...report(), version })).json.issues?.map(({ path }) => path)).toEqual(['/version'])
    // The table says 36 hours from midnight: 02-23 until noon of the 24th. It is ten o'clock.
    await send(who.token, report({ day: '2020-02-23' }))
    await send(who.token, report({ day: '2020-02-22' }))
    expect((await send(who.token, correct(2, { day: '2020-02-22' }))).json.code).toBe('health.correction_late')
    expect((await send(who.token, correct(2, { day: '2020-02-23' }))).json.version).toBe(2)
    expect(await kept(who.employmentId)).toHaveLength(4)
  })
  it('that waited on a phone since it was in time is taken', async () => {
    const who = somebody()
    await send(who.token, report({ day: '2020-02-22' }))
    const now = city.clock.now().getTime()
    const at = Date.parse('2020-02-23T03:00:00Z')
    expect((await send(who.token, sealFor(who.token, { ...correct(2, { day: '2020-02-22' }), at }, { sentAt: now }), 'sealed')).json.version).toBe(2)
  })
  it('no version is ever written over, whoever tries', async () => {
    const who = somebody()
    await send(who.token, report())
    await expect(city.system(({ db }) => sql`update health.reports set level = 3 where employment_id = ${who.employmentId}`.execute(db))).rejects.toThrow('next version')
    for (const text of ['update health.superseded set level = 0', 'delete from health.superseded', 'delete from health.reports', 'update health.reports set day = day']) await expect(city.system(({ db }) => sql.raw(text).execute(db)), text).rejects.toThrow('permission denied')
  })
})

describe('what waited on a phone', () => {
  const now = () => city.clock.now().getTime()
  it('sealed there is taken for the day on which it was answered, once, with the receipt that it would have had in clear', async () => {
    const who = somebody()
    const body = report({ day: '2020-02-21' })
    const sealed = sealFor(who.token, { ...body, at: now() - 3 * 86_400_000 }, { sentAt: now() })
    const answers = [...await Promise.all([1, 2, 3].map(() => send(who.token, sealed, 'sealed'))), await send(who.token, body)]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await stored(who.employmentId)).toEqual([{ day: '2020-02-21', slot: 1, level: 0 }])
  })
  it('what is wrong inside is told as it would be in clear', async () => {
    const who = somebody()
    const answer = await send(who.token, sealFor(who.token, { ...report(), answers: { temperature: 365 }, at: now() }, { sentAt: now() }), 'sealed')
    expect([answer.status, answer.json.issues?.map(({ path }) => path)]).toEqual([422, ['/answers/temperature']])
    for (const odd of [null, [], 'x', { ...report(), level: 'green' }]) expect((await send(who.token, sealFor(who.token, odd, { sentAt: now() }), 'sealed')).status).toBe(422)
  })
  it('a phone a year ahead is refused with the day it is, and its person names the day: nothing is lost', async () => {
    const who = somebody()
    const later = now() + 366 * 86_400_000
    const sealed = sealFor(who.token, { ...report({ day: '2021-02-24' }), at: later }, { sentAt: later })
    const refused = await send(who.token, sealed, 'sealed')
    expect([refused.json.code, refused.json.title.includes(TODAY)]).toEqual(['health.day_outside', true])
    const named = { ...sealed, day: TODAY }
    const taken = await send(who.token, named, 'sealed')
    expect([taken.status, taken.json.day]).toEqual([200, TODAY])
    expect((await send(who.token, named, 'sealed')).text).toBe(taken.text)
  })
  it('opens with the token it was sealed for, under a key of late, and whole; with nothing else', async () => {
    const [mine, other] = [somebody(), somebody()]
    const sealed = sealFor(mine.token, { ...report(), at: now() }, { sentAt: now() })
    const touched = Buffer.from(sealed.sealed, 'base64url')
    touched[80]! ^= 1
    const outside = Buffer.from(sealed.sealed, 'base64url')
    outside.fill(7, 1, 65)
    const unreadable = [send(other.token, sealed, 'sealed'), ...[{ sealed: touched.toString('base64url') }, { sealed: outside.toString('base64url') }, { keyId: '202003' }, { keyId: '201911' }, { keyId: '202001' }].map((over) => send(mine.token, { ...sealed, ...over }, 'sealed'))]
    for (const { status, json } of await Promise.all(unreadable)) expect([status, json.code]).toEqual([422, 'health.seal_unreadable'])
    for (const token of [undefined, 'x']) expect((await send(token, sealed, 'sealed')).json.code).toBe('health.binding_unknown')
    expect((await send(mine.token, { ...sealed, sealed: 'short' }, 'sealed')).json.issues?.map(({ path }) => path)).toEqual(['/sealed'])
    expect(await stored(other.employmentId)).toEqual([])
    expect((await send(mine.token, sealed, 'sealed')).status).toBe(200)
  })
})

describe('at rest', () => {
  it('answers lie sealed under the key of their day, and what is in clear tells nothing of them', async () => {
    const who = somebody()
    const body = report({ answers: { temperature: 36.9, travelled: true, travelledTo: '样例市' } })
    const { json } = await send(who.token, body)
    const { batch, position } = readReceiptNumber(json.number)!
    await city.system(async (ctx) => {
      const { sealed } = (await sql<{ sealed: Buffer }>`select sealed from health.envelopes where day = ${TODAY} and batch_id = ${batch}`.execute(ctx.db)).rows[0]!
      expect(sealed.includes('样例市')).toBe(false)
      expect((await openEnvelope(ctx, TODAY, sealed)).find(([place]) => place === position)).toEqual([position, body.key, body.answers, expect.objectContaining({ temperature: 36.9, originLevel: 'none' })])
      const touched = Buffer.from(sealed)
      touched[20]! ^= 1
      await expect(openEnvelope(ctx, TODAY, touched)).rejects.toThrow()
    })
  })
  it('every leaf that was answered is in its batch, the root is over them, and the audit names it', async () => {
    await city.system(async ({ db }) => {
      const batches = (await sql<{ id: number; positions: number[]; leaves: Buffer; root: Buffer; stored: number }>`select b.id, b.positions, b.leaves, b.root, (select count(*)::int from health.reports r where r.batch_id = b.id) + (select count(*)::int from health.superseded r where r.batch_id = b.id) as stored from health.batches b`.execute(db)).rows
      expect(batches.length).toBeGreaterThan(0)
      for (const { positions, leaves, root, stored: rows } of batches) {
        expect(cutHashes(leaves)).toHaveLength(positions.length)
        expect(rows).toBe(positions.length)
        expect(rootOf(cutHashes(leaves)).equals(root)).toBe(true)
      }
      const told = (await sql<{ batch: number; root: string }>`select (payload->>'batch')::bigint as batch, payload->>'root' as root from base.events where name = 'health.reports_accepted'`.execute(db)).rows
      expect(new Map(told.map((one) => [one.batch, one.root]))).toEqual(new Map(batches.map((one) => [one.id, one.root.toString('hex')])))
    })
  })
  it('the counts that wait equal the rows, corrections and all', async () => {
    await city.system(async ({ db }) => {
      const rows = (await sql`select day, slot, workplace_id, level, count(*)::int as n from health.reports group by 1, 2, 3, 4 order by 1, 2, 3, 4`.execute(db)).rows
      const waiting = (await sql`select day, slot, workplace_id, level, sum(coalesce(amount, 1))::int as n from health.deltas d, unnest(d.days, d.slots, d.workplaces, d.levels, d.amounts) as g (day, slot, workplace_id, level, amount) group by 1, 2, 3, 4 having sum(coalesce(amount, 1)) <> 0 order by 1, 2, 3, 4`.execute(db)).rows
      expect(waiting).toEqual(rows)
    })
  })
  it('a request’s own scope reads no report, no envelope, no key', async () => {
    const scope = { named: '' as const, person: '', areas: ['520103'], departments: [], enterprises: [people[0]!.enterpriseId], units: [] }
    await city.system_.services.database.transaction({ scope, readOnly: true }, async (db) => {
      for (const table of ['reports', 'superseded', 'envelopes', 'day_keys', 'subjects', 'bindings', 'deltas']) expect((await sql<{ n: number }>`select count(*)::int as n from ${sql.table(`health.${table}`)}`.execute(db)).rows[0]!.n, table).toBe(0)
    })
  })
})
