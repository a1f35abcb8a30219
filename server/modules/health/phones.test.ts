// Binding a phone over HTTP: the way through, every refusal, what a roster’s changes do to it, and that nothing personal leaks.
import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AnyEndpoint } from '@fugong/contract/base'
import { addWorkplace, getEnterprise, listMyEnterprises, type Enterprise } from '@fugong/contract/enterprises'
import { closeWorkplace } from '@fugong/contract/enterprises.places'
import { sendReport } from '@fugong/contract/health'
import { askBinding, bindPhone, listBoundPhones, readHealthDay, readHealthPoster, readOwnAnswers, revokePhone, unbindPhone, type HealthDay } from '@fugong/contract/health.phones'
import { signInByPhone } from '@fugong/contract/identity'
import { addPerson, changePerson, movePeople, type AddPerson } from '@fugong/contract/people'
import { makePoster } from '@fugong/contract/people.entries'
import { sql } from '../../base/db.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { mobile, residentId } from '../../test/rosters.ts'
import { ask, lastCode, pass, type Answer } from '../../test/sign-in.ts'
import { healthSubscriptions } from './jobs.ts'

let city: City
let firm: Someone
let here: Enterprise
let poster: string
let foreign: string
beforeAll(async () => {
  city = await openCity()
  const open = async (phone: string) => {
    const who = await city.contact(phone)
    const enterprise = await who.call(getEnterprise, { params: { id: (await who.call(listMyEnterprises)).items[0]!.id } })
    return { who, enterprise, poster: await posterOf(who, enterprise, enterprise.workplaces[0]!.id) }
  }
  const one = await open('13900000102')
  const other = await open('13900000104')
  firm = one.who
  here = one.enterprise
  poster = one.poster
  foreign = other.poster
})
afterAll(() => city.close())

async function posterOf(who: Someone, { id }: Enterprise, workplaceId: string): Promise<string> {
  return (await who.call(makePoster, { params: { id }, body: { workplaceId } })).url!.split('#')[1]!
}
let last = 0
/** Somebody new on the roster of `here`. */
async function enter(set: Partial<AddPerson> = {}) {
  const number = ++last
  const idNumber = set.idNumber ?? residentId(number)
  const body: AddPerson = { name: `周甲${number}`, idType: '01', idNumber, workplaceId: here.workplaces[0]!.id, state: 'onDuty', phone: mobile(number), originCode: '520103', leftOn: '2020-01-20', exposure: [], ...set }
  const { id } = await firm.call(addPerson, { params: { id: here.id }, body })
  return { id, name: body.name, tail: idNumber.slice(-4), phone: body.phone!, idNumber }
}
type Person = Awaited<ReturnType<typeof enter>>
let address = 0
/** An address of its own for each phone, unless one is named. */
const newAddress = () => `10.${9 + Math.floor(++address / 250)}.7.${1 + (address % 250)}`
const post = <T = Record<string, unknown>>(endpoint: AnyEndpoint, body: unknown, from = newAddress()): Promise<Answer<T>> => ask<T>(city, endpoint, { body, from })
const who = (person: Pick<Person, 'name' | 'tail'>, set: object = {}) => ({ poster, device: randomUUID(), noticeVersion: 2, agreed: true, name: person.name, tail: person.tail, ...set })
async function codeOf(person: Person, set: object = {}): Promise<{ ask: string; code: string }> {
  const asked = await post<{ ask: string }>(askBinding, who(person, set))
  expect([asked.status, asked.body]).toMatchObject([200, { sentTo: person.phone.slice(-2) }])
  await city.work()
  return { ask: asked.body.ask, code: await lastCode(city, person.phone) }
}
async function bind(person: Person, set: object = {}): Promise<string> {
  const bound = await post<{ token: string }>(bindPhone, await codeOf(person, set))
  expect(bound.status).toBe(200)
  return bound.body.token
}
const day = (token: string) => post<HealthDay & { code: string }>(readHealthDay, { token })
async function report(token: string, answers: object = { temperature: 36.5 }, at = '2020-02-24', slot = 1) {
  const answer = await city.http.inject({ method: 'POST', url: sendReport.path, headers: { authorization: `Bearer ${token}` }, payload: { key: `${at.replaceAll('-', '')}${slot}-${randomBytes(16).toString('base64url')}`, day: at, slot, answers } })
  return { status: answer.statusCode, body: answer.json<{ code: string; level: string; number: string }>() }
}
const other = (code: string) => (code === '111111' ? '222222' : '111111')
async function settle(): Promise<void> {
  await city.deliver(healthSubscriptions)
  await city.work()
}

describe('the way through', () => {
  it('a poster, name and last four, a code, a token, a report; and the day shows its receipt', async () => {
    const person = await enter({ dormitory: '1 栋 101' })
    const shown = await post(readHealthPoster, { poster })
    expect(shown.body).toMatchObject({ enterpriseName: here.name, workplaceName: here.workplaces[0]!.name, notice: { version: 2 } })
    const token = await bind(person)
    const before = (await day(token)).body
    expect(before).toMatchObject({ name: person.name, enterpriseName: here.name, employmentId: person.id, today: '2020-02-24', slots: [{ day: '2020-02-24', slot: 1, number: null }, { slot: 2, number: null }], form: { code: 'health.daily', pages: [{ code: 'today' }] } })
    const sent = await report(token)
    expect([sent.status, sent.body.level]).toEqual([200, 'green'])
    const after = (await day(token)).body
    expect(after.slots).toEqual([
      { day: '2020-02-24', slot: 1, number: sent.body.number, version: 1, acceptedAt: city.clock.now().toISOString(), by: 'self', correctable: true },
      { day: '2020-02-24', slot: 2, number: null, version: 0, acceptedAt: null, by: null, correctable: false },
    ])
    expect(after).toMatchObject({ relation: 'self', now: city.clock.now().toISOString(), earlier: [], last: null, seal: { id: '202002' } })
  })
  it('the day after, what was said before may be corrected until noon and said again; its answers are shown to this phone alone', async () => {
    const person = await enter()
    const token = await bind(person)
    const said = { temperature: 36.9, contact: false, symptoms: [] }
    const { body: { number } } = await report(token, said)
    const [stranger] = [await bind(await enter())]
    const before = city.clock.now()
    try {
      city.clock.set('2020-02-25T03:59:00Z')
      const { earlier, last, slots } = (await day(token)).body
      expect([earlier.map((one) => [one.day, one.number, one.correctable]), last, slots.map((one) => one.number)]).toEqual([[['2020-02-24', number, true]], { day: '2020-02-24', slot: 1 }, [null]])
      const asked = { token, day: '2020-02-24', slot: 1 }
      expect((await post(readOwnAnswers, asked)).body).toEqual({ answers: said, version: 1 })
      expect((await post(readOwnAnswers, { ...asked, slot: 2 })).body).toEqual({ answers: null, version: 0 })
      expect((await post(readOwnAnswers, { ...asked, token: stranger })).body).toEqual({ answers: null, version: 0 })
      expect((await post(readOwnAnswers, { ...asked, token: token.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')) })).body['code']).toBe('health.binding_unknown')
      city.clock.set('2020-02-25T04:00:00Z')
      expect((await day(token)).body.earlier).toEqual([])
    } finally {
      city.clock.set(before.toISOString())
    }
  })
  it('takes the ending in small letters and a name with spaces around', async () => {
    const person = await enter({ name: '欧阳乙' })
    expect((await post(askBinding, who({ name: ' 欧阳乙 ', tail: ` ${person.tail.toLowerCase()} ` }))).status).toBe(200)
  })
  it('what the roster knows counts in the judgement', async () => {
    const near = await bind(await enter({ exposure: ['caseContact'], leftOn: '2020-02-20' }))
    expect((await report(near)).body.level).toBe('orange')
    const past = await bind(await enter({ exposure: ['caseContact'], leftOn: '2020-01-20' }))
    expect((await report(past)).body.level).toBe('green')
  })
})

describe('who is not matched', () => {
  it('nobody, a wrong ending, somebody of another workplace, someone who left and two alike hear the same', async () => {
    const person = await enter()
    const gone = await enter()
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [gone.id], to: 'left' } })
    const first = residentId(20_000)
    const alike = [first, Array.from({ length: 90_000 }, (_, i) => residentId(20_001 + i)).find((id) => id.slice(-4) === first.slice(-4))!]
    for (const idNumber of alike) await enter({ name: '双生', idNumber })
    const answers = [
      await post(askBinding, who({ name: '查无此人', tail: person.tail })), await post(askBinding, who({ name: person.name, tail: person.tail === '0000' ? '1111' : '0000' })),
      await post(askBinding, who(person, { poster: foreign })), await post(askBinding, who(gone)),
      await post(askBinding, who({ name: '双生', tail: first.slice(-4) })),
    ]
    for (const { status, body } of answers) expect({ ...body, requestId: '', status }).toEqual({ ...answers[0]!.body, requestId: '', status: 422 })
    expect(answers[0]!.body['code']).toBe('health.not_matched')
  })
  it('after five tries a phone pauses at this workplace, whatever it says then, and is heard again a quarter of an hour later', async () => {
    const person = await enter()
    const device = randomUUID()
    const wrong = { name: person.name, tail: '0000' }
    for (let i = 0; i < 5; i++) expect((await post(askBinding, who(wrong, { device }))).body['code']).toBe('health.not_matched')
    const paused = await post(askBinding, who(person, { device }))
    expect([paused.status, paused.body['code'], paused.body['params']]).toEqual([429, 'health.match_slowed', { minutes: 15 }])
    pass(city, 15 * 60)
    expect((await post(askBinding, who(person, { device }))).status).toBe(200)
  })
  it('a network pauses too, although each try comes from another phone; one that matches takes nothing from it', async () => {
    const from = '10.200.1.1'
    const person = await enter()
    for (let i = 0; i < 60; i++) expect((await post(askBinding, who({ name: '查无此人', tail: '0000' }), from)).body['code']).toBe('health.not_matched')
    expect((await post(askBinding, who(person), from)).body['code']).toBe('health.match_slowed')
    expect((await post(askBinding, who(person))).status).toBe(200)
  })
  it('twenty tries at once are counted one by one', async () => {
    const device = randomUUID()
    const all = await Promise.all(Array.from({ length: 20 }, () => post(askBinding, who({ name: '查无此人', tail: '0000' }, { device }))))
    expect(all.filter(({ body }) => body['code'] === 'health.not_matched')).toHaveLength(5)
  })
  it('every fault of what was typed is told at its field', async () => {
    const { body } = await post<{ issues: { path: string; code: string }[] }>(askBinding, { ...who({ name: '', tail: '12' }), device: 'x', agreed: false })
    expect(body.issues.map(({ path }) => path).sort()).toEqual(['/agreed', '/device', '/name', '/tail'])
  })
  it('another wording of the notice, a poster that is none and one of a closed workplace each have one answer', async () => {
    const mute = await enter({ phone: null })
    expect((await post(askBinding, who(mute, { noticeVersion: 1 }))).body['code']).toBe('health.notice_changed')
    expect((await post(askBinding, who(mute, { poster: 'A'.repeat(32) }))).body['code']).toBe('people.poster_over')
    const grown = await firm.call(addWorkplace, { params: { id: here.id }, body: { name: '临时点', scene: 'commercial', districtCode: '520103', streetCode: here.workplaces[0]!.streetCode, address: '样例路 2 号' } })
    const workplaceId = grown.workplaces.find(({ name }) => name === '临时点')!.id
    const closing = await posterOf(firm, here, workplaceId)
    expect((await post(readHealthPoster, { poster: closing })).status).toBe(200)
    await firm.call(closeWorkplace, { params: { id: here.id, workplaceId }, body: { revision: 1, closedOn: '2020-02-24', reason: '到期' } })
    for (const endpoint of [readHealthPoster, askBinding]) expect((await post(endpoint, endpoint === askBinding ? who(mute, { poster: closing }) : { poster: closing })).body['code']).toBe('people.poster_over')
  })
})

describe('codes', () => {
  it('a wrong one, one that is too old, one that was used and one of somebody else bind nothing', async () => {
    const [one, two] = [await enter(), await enter()]
    const first = await codeOf(one)
    const second = await codeOf(two)
    const codes = async (body: object) => (await post(bindPhone, body)).body['code']
    expect(await codes({ ...first, code: other(first.code) })).toBe('identity.code_wrong')
    if (first.code !== second.code) expect(await codes({ ...first, code: second.code })).toBe('identity.code_wrong')
    expect((await post(bindPhone, first)).status).toBe(200)
    expect(await codes(first)).toBe('health.ask_over')
    pass(city, 5 * 60)
    expect(await codes(second)).toBe('identity.code_wrong')
    pass(city, 10 * 60)
    expect(await codes(second)).toBe('health.ask_over')
    const forged = Buffer.from(second.ask, 'base64url')
    forged[20]! ^= 1
    expect(await codes({ ...second, ask: forged.toString('base64url') })).toBe('health.ask_over')
  })
  it('five wrong ones kill the right one, and a minute later there is another', async () => {
    const person = await enter()
    const asked = await codeOf(person)
    for (let i = 0; i < 5; i++) expect((await post(bindPhone, { ...asked, code: other(asked.code) })).body['code']).toBe('identity.code_wrong')
    expect((await post(bindPhone, asked)).body['code']).toBe('identity.code_wrong')
    expect((await post(askBinding, who(person))).body['code']).toBe('identity.sign_in_slowed')
    pass(city, 60)
    await bind(person)
  })
  it('for a phone sign nobody in', async () => {
    const person = await enter()
    const { code } = await codeOf(person)
    expect((await post(signInByPhone, { phone: person.phone, code, name: '某人' })).body['code']).toBe('identity.code_wrong')
  })
  it('are of no use once the person has left', async () => {
    const person = await enter()
    const asked = await codeOf(person)
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [person.id], to: 'left' } })
    expect((await post(bindPhone, asked)).body['code']).toBe('health.ask_over')
  })
})

describe('a bound phone', () => {
  it('is taken off by its owner, and by a third one of the same person', async () => {
    const person = await enter()
    const tokens = [await bind(person)]
    for (let i = 0; i < 2; i++) {
      pass(city, 61)
      tokens.push(await bind(person))
    }
    expect([(await day(tokens[0]!)).body.code, (await report(tokens[0]!)).body.code]).toEqual(['health.binding_unknown', 'health.binding_unknown'])
    expect((await day(tokens[1]!)).status).toBe(200)
    expect((await post(unbindPhone, { token: tokens[1]! })).body).toEqual({ done: true })
    expect((await post(unbindPhone, { token: tokens[1]! })).body['code']).toBe('health.binding_unknown')
    expect((await report(tokens[1]!)).body.code).toBe('health.binding_unknown')
    expect((await report(tokens[2]!)).status).toBe(200)
  })
  it('that was lost is taken off by the firm, by its own contacts alone', async () => {
    const person = await enter()
    const token = await bind(person)
    const at = { id: here.id, employmentId: person.id }
    const { items } = await firm.call(listBoundPhones, { params: at })
    expect(items).toEqual([{ id: expect.any(String) as string, relation: 'self', boundAt: city.clock.now().toISOString(), can: ['revoke'] }])
    const stranger = await city.contact('13900000104')
    const theirs = (await stranger.call(listMyEnterprises)).items[0]!.id
    for (const id of [here.id, theirs]) expect(await stranger.refused(revokePhone, { params: { ...at, id, bindingId: items[0]!.id }, body: {} })).toMatchObject({ status: 404 })
    expect((await stranger.call(listBoundPhones, { params: { ...at, id: theirs } })).items).toEqual([])
    expect(await (await city.as('hanyuxuan')).refused(listBoundPhones, { params: at })).toMatchObject({ status: 403, code: 'session.forbidden' })
    expect((await day(token)).status).toBe(200)
    await firm.call(revokePhone, { params: { ...at, bindingId: items[0]!.id }, body: {} })
    expect([(await day(token)).body.code, (await report(token)).body.code]).toEqual(['health.binding_unknown', 'health.binding_unknown'])
    expect(await firm.refused(revokePhone, { params: { ...at, bindingId: items[0]!.id }, body: {} })).toMatchObject({ status: 404 })
  })
  it('bound anew keeps one token', async () => {
    const person = await enter()
    const device = randomUUID()
    const first = await bind(person, { device })
    pass(city, 61)
    const second = await bind(person, { device })
    expect([(await day(first)).status, (await day(second)).status]).toEqual([401, 200])
  })
  it('reports for its own person alone: a token put together of two is none', async () => {
    const [one, two] = [await bind(await enter()), await bind(await enter())]
    const mixed = Buffer.concat([Buffer.from(one, 'base64url').subarray(0, 16), Buffer.from(two, 'base64url').subarray(16)]).toString('base64url')
    expect([(await report(mixed)).body.code, (await day(mixed)).body.code]).toEqual(['health.binding_unknown', 'health.binding_unknown'])
  })
  it('is told when its person has left, and works again when they come back', async () => {
    const person = await enter()
    const token = await bind(person)
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [person.id], to: 'left' } })
    await settle()
    expect([(await day(token)).body.code, (await report(token)).body.code]).toEqual(['health.not_on_roster', 'health.not_on_roster'])
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [person.id], to: 'onDuty' } })
    await settle()
    expect((await report(token)).status).toBe(200)
  })
  it('follows its person: under observation, then in a dormitory, with another origin, elsewhere', async () => {
    const person = await enter()
    const token = await bind(person)
    const row = () => city.system(async ({ db }) => (await sql<Record<string, unknown>>`select workplace_id, origin_code, observed, observed_until, twice, exposed, missed from health.subjects where employment_id = ${person.id}`.execute(db)).rows[0]!)
    expect(await row()).toMatchObject({ observed: false, twice: false, exposed: false, originCode: '520103' })
    await firm.call(movePeople, { params: { id: here.id }, body: { ids: [person.id], to: 'observing', until: '2020-03-05' } })
    await settle()
    expect(await row()).toMatchObject({ observed: true, observedUntil: '2020-03-05', twice: true })
    expect((await day(token)).body.slots).toHaveLength(2)
    await firm.call(changePerson, { params: { id: here.id, employmentId: person.id }, body: { revision: 2, dormitory: '2 栋', originCode: '420103', leftOn: '2020-02-23', exposure: ['sharedVehicle'] } })
    await settle()
    expect(await row()).toMatchObject({ twice: true, exposed: true, originCode: '420103' })
  })
})

it('no name, ID number, phone, code or token is in an event, a queued job or the log', async () => {
  const person = await enter({ name: '独孤丙' })
  const asked = await codeOf(person)
  const { body } = await post<{ token: string }>(bindPhone, asked)
  const secrets = [person.name, person.idNumber, person.phone, body.token, asked.ask, poster]
  const text = await city.system(async ({ db }) => JSON.stringify((await sql`select payload from base.events union all select payload from base.jobs`.execute(db)).rows))
  for (const secret of secrets) {
    expect(text).not.toContain(secret)
    expect(city.log.join('\n')).not.toContain(secret)
  }
  expect(text).toContain(person.id)
})
