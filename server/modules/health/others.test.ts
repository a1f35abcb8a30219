// Who reports for whom, over HTTP: claims that the firm decides on, family, a clerk, the gate; and what a person sees of all of it.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyEndpoint } from '@fugong/contract/base'
import { getEnterprise, listMyEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { sendReport, type Receipt } from '@fugong/contract/health'
import { listGates, listReportables, makeGate, reportFor, revokeGate, sendReading, type GateAnswer } from '@fugong/contract/health.others'
import { readOwnRecord, type OwnRecord } from '@fugong/contract/health.own'
import { askBinding, bindPhone, decideAsk, listBoundPhones, listWaitingAsks, readBindingAsk, readHealthDay, readOwnAnswers, type AskState, type HealthDay } from '@fugong/contract/health.phones'
import { addPerson, movePeople, unmaskField, type AddPerson } from '@fugong/contract/people'
import { makePoster } from '@fugong/contract/people.entries'
import { sql } from '../../base/db.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { mobile, residentId } from '../../test/rosters.ts'
import { ask, lastCode, type Answer } from '../../test/sign-in.ts'

let city: City
let firm: Someone
let stranger: Someone
let here: Enterprise
let theirs: string
let poster: string
beforeAll(async () => {
  city = await openCity()
  firm = await city.contact('13900000102')
  here = await firm.call(getEnterprise, { params: { id: (await firm.call(listMyEnterprises)).items[0]!.id } })
  poster = (await firm.call(makePoster, { params: { id: here.id }, body: { workplaceId: here.workplaces[0]!.id } })).url!.split('#')[1]!
  stranger = await city.contact('13900000104')
  theirs = (await stranger.call(listMyEnterprises)).items[0]!.id
})
afterAll(() => city.close())

const TODAY = '2020-02-24'
let last = 500
async function enter(set: Partial<AddPerson> = {}) {
  const number = ++last
  const idNumber = residentId(number)
  const body: AddPerson = { name: `沈乙${number}`, idType: '01', idNumber, workplaceId: here.workplaces[0]!.id, state: 'onDuty', phone: mobile(number), originCode: '520103', leftOn: '2020-01-20', exposure: [], ...set }
  const { id } = await firm.call(addPerson, { params: { id: here.id }, body })
  return { id, name: body.name, tail: idNumber.slice(-4), phone: body.phone ?? null }
}
type Person = Awaited<ReturnType<typeof enter>>
let address = 0
const post = <T = Record<string, unknown>>(endpoint: AnyEndpoint, body: unknown): Promise<Answer<T>> => ask<T>(city, endpoint, { body, from: `10.44.${Math.floor(++address / 200)}.${1 + (address % 200)}` })
const claim = async ({ name, tail }: Person, set: object = {}) => (await post<{ ask: string; sentTo: string | null; code: string }>(askBinding, { poster, device: randomUUID(), noticeVersion: 2, agreed: true, name, tail, ...set })).body
const state = async (asked: string) => (await post<AskState & { code: string }>(readBindingAsk, { ask: asked })).body
const decide = (askId: string, body: object) => firm.call(decideAsk, { params: { id: here.id, askId }, body: body as never })
const waiting = async () => (await firm.call(listWaitingAsks, { params: { id: here.id } })).items
const keyFor = (slot = 1) => `${TODAY.replaceAll('-', '')}${slot}-${randomBytes(16).toString('base64url')}`
async function report(token: string, over: object = {}) {
  const answer = await city.http.inject({ method: 'POST', url: sendReport.path, headers: { authorization: `Bearer ${token}` }, payload: { key: keyFor(), day: TODAY, slot: 1, answers: { temperature: 36.5 }, ...over } })
  return { status: answer.statusCode, body: answer.json<Receipt & { code: string }>() }
}
const day = async (token: string) => (await post<HealthDay & { code: string }>(readHealthDay, { token })).body
async function bound(person: Person, set: object = {}): Promise<string> {
  const { ask: asked } = await claim(person, set)
  await city.work()
  return (await post<{ token: string }>(bindPhone, { ask: asked, code: await lastCode(city, person.phone!) })).body.token
}

describe('a claim of somebody whose number the roster lacks', () => {
  it('waits for the firm, and the phone that asked goes on once it is approved', async () => {
    const person = await enter({ phone: null, crew: '机修组' })
    const { ask: asked, sentTo } = await claim(person)
    expect([sentTo, await state(asked)]).toEqual([null, { state: 'waiting', reason: null, token: null }])
    const [one] = await waiting()
    expect(one).toMatchObject({ employmentId: person.id, name: person.name, crew: '机修组', relation: 'self', phones: 0, can: ['approve', 'refuse'] })
    await decide(one!.id, { approve: true })
    const { token } = await state(asked)
    expect([(await report(token!)).status, (await day(token!)).name]).toEqual([200, person.name])
    // Asked again it is the same token; decided again it is refused.
    expect((await state(asked)).token).toBe(token)
    expect(await firm.refused(decideAsk, { params: { id: here.id, askId: one!.id }, body: { approve: false, reason: '晚了' } })).toMatchObject({ status: 409, code: 'health.ask_decided' })
    expect(await waiting()).toEqual([])
  })
  it('that is refused says why to that phone alone; a refusal without a reason is none', async () => {
    const person = await enter({ phone: null })
    const { ask: asked } = await claim(person)
    const [one] = await waiting()
    expect((await firm.refused(decideAsk, { params: { id: here.id, askId: one!.id }, body: { approve: false, reason: ' ' } })).issues.map(({ path }) => path)).toEqual(['/reason'])
    await decide(one!.id, { approve: false, reason: '请到人事处核对身份' })
    expect(await state(asked)).toEqual({ state: 'refused', reason: '请到人事处核对身份', token: null })
    const forged = Buffer.from(asked, 'base64url')
    forged[20]! ^= 1
    expect((await state(forged.toString('base64url'))).code).toBe('health.ask_over')
    // No code binds what the firm decides on.
    expect((await post(bindPhone, { ask: asked, code: '123456' })).body['code']).toBe('health.ask_over')
  })
  it('nobody and a wrong ending hear what they hear elsewhere; more phones than the table allows wait for nobody; the same phone waits once', async () => {
    const person = await enter({ phone: null })
    const wrong = [await claim({ ...person, name: '查无此人' }), await claim({ ...person, tail: person.tail === '0000' ? '1111' : '0000' })]
    expect(wrong.map(({ code }) => code)).toEqual(['health.not_matched', 'health.not_matched'])
    const device = randomUUID()
    for (const set of [{ device }, { device }, {}, {}]) expect((await claim(person, set)).sentTo).toBeNull()
    expect((await claim(person)).code).toBe('health.asks_full')
    const mine = (await waiting()).filter(({ employmentId }) => employmentId === person.id)
    expect(mine).toHaveLength(3)
    const decided = await Promise.allSettled([1, 2, 3].map(() => decide(mine[0]!.id, { approve: true })))
    expect(decided.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })
  it('lapses when the firm says nothing, and is of no use once the person has left', async () => {
    const [person, gone] = [await enter({ phone: null }), await enter({ phone: null })]
    const asked = [await claim(person), await claim(gone)]
    const id = (await waiting()).find(({ employmentId }) => employmentId === gone.id)!.id
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [gone.id], to: 'left' } })
    expect((await waiting()).some(({ employmentId }) => employmentId === gone.id)).toBe(false)
    expect(await firm.refused(decideAsk, { params: { id: here.id, askId: id }, body: { approve: true } })).toMatchObject({ code: 'health.not_on_roster' })
    const now = city.clock.now()
    city.clock.set(new Date(now.getTime() + 73 * 3_600_000).toISOString())
    expect((await state(asked[0]!.ask)).state).toBe('over')
    city.clock.set(now.toISOString())
  })
  it('is seen and decided by the firm’s own contacts alone', async () => {
    const person = await enter({ phone: null })
    await claim(person)
    const one = (await waiting()).find(({ employmentId }) => employmentId === person.id)!
    expect((await stranger.call(listWaitingAsks, { params: { id: theirs } })).items).toEqual([])
    for (const id of [here.id, theirs]) expect(await stranger.refused(decideAsk, { params: { id, askId: one.id }, body: { approve: true } })).toMatchObject({ status: 404 })
    expect(await stranger.refused(listWaitingAsks, { params: { id: here.id } })).toMatchObject({ status: 404 })
    expect(await (await city.as('hanyuxuan')).refused(listWaitingAsks, { params: { id: here.id } })).toMatchObject({ status: 403 })
  })
})

describe('family', () => {
  it('reports from a phone of its own, beside the person’s, and the report says so', async () => {
    const person = await enter()
    const mine = await bound(person)
    city.clock.set(new Date(city.clock.now().getTime() + 61_000).toISOString())
    const family = await bound(person, { relation: 'family' })
    expect((await report(family)).status).toBe(200)
    expect([(await day(family)).relation, (await day(mine)).slots[0]]).toMatchObject(['family', { by: 'family', version: 1 }])
    expect((await report(mine, { version: 2, answers: { temperature: 37.5 } })).body).toMatchObject({ version: 2, level: 'yellow' })
    expect((await day(family)).slots[0]).toMatchObject({ by: 'self', version: 2 })
    expect((await firm.call(listBoundPhones, { params: { id: here.id, employmentId: person.id } })).items.map(({ relation }) => relation).sort()).toEqual(['family', 'self'])
  })
})

describe('a clerk', () => {
  const due = (query: object = {}) => firm.call(listReportables, { params: { id: here.id }, query: { limit: 200, ...query } as never })
  it('sees who has no phone and has not reported, reports once for each, and they are off the list', async () => {
    const [silent, withPhone] = [await enter({ phone: null, crew: '夜班组' }), await enter({ crew: '夜班组' })]
    await bound(withPhone)
    await city.deliver((await import('./jobs.ts')).healthSubscriptions)
    await city.work()
    expect((await due({ crew: '夜班组' })).items.map(({ employmentId }) => employmentId)).toEqual([silent.id])
    expect((await due({ crew: '夜班组', all: true })).items.map(({ employmentId, bound: has }) => [employmentId, has]).sort()).toEqual([[silent.id, false], [withPhone.id, true]].sort())
    const body = { key: keyFor(), day: TODAY, slot: 1 as const, answers: { temperature: 36.6 } }
    const send = () => firm.call(reportFor, { params: { id: here.id, employmentId: silent.id }, body })
    const [one, two] = await Promise.all([send(), send()])
    expect(one).toEqual(two)
    expect(await firm.refused(reportFor, { params: { id: here.id, employmentId: silent.id }, body: { ...body, answers: { temperature: 36.7 } } })).toMatchObject({ code: 'health.already_reported' })
    expect((await due({ crew: '夜班组' })).items).toEqual([])
    expect((await firm.call(listBoundPhones, { params: { id: here.id, employmentId: silent.id } })).items.map(({ relation }) => relation)).toEqual(['clerk'])
  })
  it('a slip, another day, somebody who left and somebody of another firm have one answer each', async () => {
    const [person, gone] = [await enter({ phone: null }), await enter({ phone: null })]
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [gone.id], to: 'left' } })
    const body = { key: keyFor(), day: TODAY, slot: 1, answers: { temperature: 36.6 } }
    const refused = (who: Someone, id: string, employmentId: string, over: object = {}) => who.refused(reportFor, { params: { id, employmentId }, body: { ...body, ...over } })
    expect((await refused(firm, here.id, person.id, { answers: { temperature: 3.66 } })).issues.map(({ path }) => path)).toEqual(['/answers/temperature'])
    expect((await refused(firm, here.id, person.id, { key: keyFor().replace('20200224', '20200225'), day: '2020-02-25' })).code).toBe('health.day_outside')
    expect((await refused(firm, here.id, gone.id)).code).toBe('health.not_on_roster')
    for (const id of [here.id, theirs]) expect((await refused(stranger, id, person.id)).status).toBe(404)
    expect((await refused(await city.as('hanyuxuan'), here.id, person.id)).status).toBe(403)
    expect(await city.system(async ({ db }) => (await sql`select 1 from health.reports where employment_id = ${person.id}`.execute(db)).rows.length)).toBe(0)
  })
})

describe('the gate', () => {
  const make = (name = '东门') => firm.call(makeGate, { params: { id: here.id }, body: { workplaceId: here.workplaces[0]!.id, name } })
  const reading = (over: object = {}) => ({ key: randomBytes(16).toString('base64url'), temperature: 36.4, ...over })
  async function measure(key: string, body: object) {
    const answer = await city.http.inject({ method: 'POST', url: sendReading.path, headers: { authorization: `Bearer ${key}` }, payload: body })
    return { status: answer.statusCode, body: answer.json<GateAnswer & { code: string; issues?: { path: string }[] }>() }
  }
  it('reports by staff number or name and ending; what was reported gains the temperature; the person sees that it was the gate', async () => {
    const { gate, key } = await make()
    const person = await enter({ staffNo: 'G-0007' })
    const body = reading({ staffNo: 'G-0007' })
    const first = await measure(key, body)
    expect(first).toMatchObject({ status: 200, body: { day: TODAY, slot: 1, version: 1, outcome: 'reported' } })
    expect((await measure(key, body)).body).toMatchObject({ number: first.body.number, outcome: 'unchanged' })
    const token = await bound(person)
    expect((await day(token)).slots[0]).toMatchObject({ by: 'gate', number: first.body.number })
    const other = await enter()
    const own = await bound(other)
    await report(own, { answers: { contact: true, travelled: false } })
    expect((await measure(key, reading({ name: other.name, tail: other.tail, temperature: 37.9 }))).body).toMatchObject({ version: 2, outcome: 'added' })
    expect((await post(readOwnAnswers, { token: own, day: TODAY, slot: 1 })).body).toEqual({ answers: { contact: true, travelled: false, temperature: 37.9 }, version: 2 })
    expect((await firm.call(listGates, { params: { id: here.id } })).items[0]).toMatchObject({ id: gate.id, name: '东门', lastAt: city.clock.now().toISOString(), can: ['revoke'] })
  })
  it('nobody, several alike and another workplace are not matched; what is wrong is told; answers say no colour', async () => {
    const { key } = await make('西门')
    for (const number of [1, 2]) await enter({ staffNo: 'G-DUP', name: `同号${number}` })
    for (const body of [{ staffNo: 'none' }, { staffNo: 'G-DUP' }, { name: '查无此人', tail: '0000' }]) expect((await measure(key, reading(body))).body.code).toBe('health.not_matched')
    expect((await measure(key, reading())).body.issues?.map(({ path }) => path).sort()).toEqual(['/name', '/tail'])
    for (const temperature of [3.65, 365, '36。5']) expect((await measure(key, reading({ staffNo: 'none', temperature }))).body.issues?.map(({ path }) => path)).toEqual(['/temperature'])
    await enter({ staffNo: 'G-0008' })
    expect(Object.keys((await measure(key, reading({ staffNo: 'G-0008', temperature: 39.5 }))).body).sort()).toEqual(['day', 'number', 'outcome', 'slot', 'version'])
  })
  it('a key is shown once and kept as a hash; a wrong one, a revoked one and too many readings are refused', async () => {
    const { gate, key } = await make('南门')
    await enter({ staffNo: 'G-0009' })
    const row = await city.system(async ({ db }) => JSON.stringify((await sql`select *, encode(key_hash, 'base64') as hash from health.gates where id = ${gate.id}`.execute(db)).rows))
    const secret = Buffer.from(key, 'base64url').subarray(16)
    for (const form of ['base64', 'base64url', 'hex'] as const) expect(row).not.toContain(secret.toString(form))
    const forged = Buffer.from(key, 'base64url')
    forged[30]! ^= 1
    for (const wrong of ['', 'x', forged.toString('base64url')]) expect(await measure(wrong, reading({ staffNo: 'G-0009' }))).toMatchObject({ status: 401, body: { code: 'health.gate_unknown' } })
    await city.system(({ db }) => sql`update health.gates set minute = date_trunc('minute', ${city.clock.now()}::timestamptz), readings = 119 where id = ${gate.id}`.execute(db))
    expect((await measure(key, reading({ staffNo: 'G-0009' }))).status).toBe(200)
    expect((await measure(key, reading({ staffNo: 'G-0009' }))).body.code).toBe('health.gate_slowed')
    for (const id of [here.id, theirs]) expect((await stranger.refused(revokeGate, { params: { id, gateId: gate.id }, body: {} })).status).toBe(404)
    await firm.call(revokeGate, { params: { id: here.id, gateId: gate.id }, body: {} })
    expect((await measure(key, reading({ staffNo: 'G-0009' }))).body.code).toBe('health.gate_unknown')
    expect((await firm.call(listGates, { params: { id: here.id } })).items.find(({ id }) => id === gate.id)).toMatchObject({ revokedAt: expect.any(String) as string, can: [] })
    expect((await stranger.call(listGates, { params: { id: theirs } })).items).toEqual([])
    expect(await stranger.refused(makeGate, { params: { id: theirs }, body: { workplaceId: here.workplaces[0]!.id, name: '北门' } })).toMatchObject({ status: 404 })
  })
})

describe('one’s own data', () => {
  it('is what the roster holds, masked, every version with who said it, who looked and why, and what was agreed to', async () => {
    const person = await enter({ address: '样例路 5 号', exposure: ['sharedVehicle'] })
    const token = await bound(person)
    const first = await report(token)
    await report(token, { version: 2, answers: { temperature: 37.4 } })
    await firm.call(unmaskField, { params: { id: here.id, employmentId: person.id }, body: { field: 'phone', reason: '联系返岗' } })
    const own = (await post<OwnRecord>(readOwnRecord, { token })).body
    expect(own).toMatchObject({ name: person.name, enterpriseName: here.name, held: { phone: `${person.phone!.slice(0, 3)}****${person.phone!.slice(-4)}`, address: '样例****', exposure: true }, notice: { version: 2 }, days: 30 })
    expect(own.reports).toMatchObject([{ day: TODAY, slot: 1, versions: [{ version: 2, level: 'yellow', by: 'self' }, { version: 1, number: first.body.number }] }])
    expect(own.reads).toMatchObject([{ field: 'phone', reason: '联系返岗', office: false }])
    expect(own.consents).toMatchObject([{ relation: 'self', version: 2, endedAt: null, here: true }])
    expect(JSON.stringify(own)).not.toContain(person.phone!)
    expect((await post(readOwnRecord, { token: token.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) })).body['code']).toBe('health.binding_unknown')
  })
  it('a family phone does not see who looked', async () => {
    const person = await enter()
    const family = await bound(person, { relation: 'family' })
    await firm.call(unmaskField, { params: { id: here.id, employmentId: person.id }, body: { field: 'idNumber', reason: '核对' } })
    expect((await post<OwnRecord>(readOwnRecord, { token: family })).body.reads).toEqual([])
  })
})
