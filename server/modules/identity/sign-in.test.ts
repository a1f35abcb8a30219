// Staff sign-in over HTTP: who gets in, replayed codes, throttling that shuts nobody out, sessions that end.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Session } from '@fugong/contract/identity'
import { listEmergencies } from '@fugong/contract/emergencies'
import { chooseEmergency, deactivatePerson, delegateGrant, endGrant, endMySession, getSession, listMySessions, listPeople, listUnits, signIn, signOut, startSeeingAs, stopSeeingAs, createUnit, renameUnit } from '@fugong/contract/identity'
import { openCity, type City } from '../../test/harness.ts'
import { ask, aSecond, faults, pass, secretsOf, signInStaff } from '../../test/sign-in.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city.close())
// A new code and no memory of earlier failures for each test.
beforeEach(() => pass(city, 2 * 3600))

const session = (cookie?: string) => ask<Session>(city, getSession, { cookie })
const events = (name: string) => city.system(async (ctx) => (await ctx.db.selectFrom('base.events').select(['name', 'subjectId', 'payload']).where('name', '=', name).orderBy('id').execute()) as { subjectId: string; payload: Record<string, unknown> }[])
const idOf = async (username: string) => (await (await city.as('luyuanming')).call(listPeople, { query: { q: username } })).items[0]!.id
const unitId = async (code: string) => (await (await city.as('luyuanming')).call(listUnits)).items.find((unit) => unit.code === code)!.id

describe('signing in', () => {
  it('opens a session by password and code', async () => {
    const answer = await signInStaff(city, 'tianyuqing')
    expect(answer.status).toBe(200)
    expect(answer.body).toMatchObject({ signedIn: true, name: '田雨晴', staff: true, roles: ['reviewer'], enterprises: [], seeingAs: null, sampleCity: true, cityCode: '520100' })
    expect(answer.body['grants']).toEqual([expect.objectContaining({ role: 'reviewer', areaCode: '520103', inForce: true, delegatedFrom: null, unitName: { zh: '云岩区复工复产工作专班', en: expect.any(String) as string } })])
    expect(answer.body['verbs']).toContain('grant.delegate')
    expect(answer.body['verbs']).not.toContain('person.read')
    expect((await session(answer.cookie)).body).toEqual(answer.body)
  })
  it('takes the username in any case and with spaces around it', async () => {
    expect((await signInStaff(city, 'shenruohan', { username: '  ShenRuoHan ' })).status).toBe(200)
  })
  it('says who nobody is', async () => {
    expect((await session()).body).toMatchObject({ signedIn: false, personId: null, name: null, staff: false, roles: [], verbs: [], grants: [], enterprises: [] })
    expect((await session('x'.repeat(43))).body.signedIn).toBe(false)
  })
  it.each([
    ['a wrong password', { password: 'not the password' }], ['a wrong code', { code: '000000' }], ['an unknown name', { username: 'nobody-here' }], ['the name of a contact', { username: 'wupeiling' }],
  ])('answers %s in one way', async (_what, change) => {
    const answer = await signInStaff(city, 'luochengxi', change, '10.9.9.9')
    expect([answer.status, answer.body['code'], answer.body['params'], answer.cookie]).toEqual([401, 'identity.sign_in_failed', {}, undefined])
  })
  it('names every fault of a malformed body', async () => {
    const refused = await city.anonymous().refused(signIn, { body: { username: '', password: 7, code: '12345', more: true } })
    expect(refused.code).toBe('validation.failed')
    expect(faults(refused)).toEqual(['/code issue.code_six', '/more issue.unknown', '/password issue.type', '/username issue.required'])
    for (const username of ['\u0000', 'lu\u0000yuanming', ' ']) expect(faults(await city.anonymous().refused(signIn, { body: { username, password: 'x', code: '123456' } })), JSON.stringify(username)).toEqual(['/username issue.text'])
  })
  it('refuses a code that was used, also two at once', async () => {
    const secrets = await secretsOf(city, 'gaohongtao')
    expect((await ask(city, signIn, { body: secrets })).status).toBe(200)
    expect((await ask(city, signIn, { body: secrets })).body['code']).toBe('identity.sign_in_failed')
    pass(city, 60)
    const later = await secretsOf(city, 'gaohongtao')
    const both = await Promise.all([ask(city, signIn, { body: later, from: '10.2.0.1' }), ask(city, signIn, { body: later, from: '10.3.0.1' })])
    expect(both.map((one) => one.status).filter((status) => status === 200)).toHaveLength(1)
  })
  it('takes the code of the step before and after, no further', async () => {
    const start = Math.ceil(city.clock.now().getTime() / 30_000) * 30
    const at = async (seconds: number) => { city.clock.set(new Date((start + seconds) * 1000)); return secretsOf(city, 'jianghaoyu') }
    const code = await at(15)
    for (const [seconds, status] of [[-31, 401], [60, 401], [-1, 200]] as const) {
      city.clock.set(new Date((start + seconds) * 1000))
      expect((await ask(city, signIn, { body: code })).status, `${seconds} s`).toBe(status)
    }
    const next = await at(45)
    city.clock.set(new Date((start + 89) * 1000))
    expect((await ask(city, signIn, { body: next })).status).toBe(200)
  })
  it('announces failures without what was typed', async () => {
    const before = (await events('session.failed')).length
    await signInStaff(city, 'pengxiulan', { username: 'my secret passphrase' }, '10.8.8.8')
    await signInStaff(city, 'pengxiulan', { password: 'a wrong password!' }, '10.8.8.8')
    const added = (await events('session.failed')).slice(before)
    expect(added).toEqual([
      { name: 'session.failed', subjectId: 'unknown', payload: { method: 'password', slowed: false } },
      { name: 'session.failed', subjectId: await idOf('pengxiulan'), payload: { method: 'password', slowed: false } },
    ])
  })
})

describe('throttling', () => {
  const wrong = (username: string, from: string) => signInStaff(city, username, { password: 'wrong password' }, from)

  it('slows an account from one network after five failures, twice as long each time, and hears no right password meanwhile', async () => {
    for (let i = 0; i < 5; i++) expect((await wrong('qinmingde', '10.20.0.7')).body['code']).toBe('identity.sign_in_failed')
    const slowed = await signInStaff(city, 'qinmingde', {}, '10.20.0.8')
    expect([slowed.status, slowed.body['code'], slowed.body['params']]).toEqual([429, 'identity.sign_in_slowed', { seconds: 2 }])
    pass(city, 2)
    expect((await wrong('qinmingde', '10.20.0.7')).status).toBe(401)
    expect((await wrong('qinmingde', '10.20.0.7')).body['params']).toEqual({ seconds: 4 })
    // Asking while one must wait makes the wait no longer.
    expect((await wrong('qinmingde', '10.20.0.7')).body['params']).toEqual({ seconds: 4 })
    pass(city, 4)
    expect((await signInStaff(city, 'qinmingde', {}, '10.20.0.7')).status).toBe(200)
    // Success cleared this network.
    expect((await wrong('qinmingde', '10.20.0.7')).status).toBe(401)
  })
  it('never waits longer than fifteen minutes', async () => {
    for (let i = 0; i < 20; i++) {
      await wrong('renguodong', '10.21.0.1')
      pass(city, 900)
    }
    await wrong('renguodong', '10.21.0.1')
    expect((await wrong('renguodong', '10.21.0.1')).body['params']).toEqual({ seconds: 900 })
  })
  it('cannot shut a person out from elsewhere', async () => {
    const home = '10.30.0.1'
    expect((await signInStaff(city, 'hanxueyan', {}, home)).status).toBe(200)
    for (let i = 0; i < 40; i++) await wrong('hanxueyan', `10.31.${i}.1`)
    // Known at home: at once, while the guessing goes on in the same second.
    pass(city, 60)
    await wrong('hanxueyan', '10.32.0.1')
    expect((await signInStaff(city, 'hanxueyan', {}, home)).status).toBe(200)
    // New elsewhere: two seconds at most.
    pass(city, 60)
    await wrong('hanxueyan', '10.33.0.1')
    expect((await signInStaff(city, 'hanxueyan', {}, '10.34.0.1')).body['params']).toEqual({ seconds: 2 })
    pass(city, 2)
    expect((await signInStaff(city, 'hanxueyan', {}, '10.34.0.1')).status).toBe(200)
  })
  it('lets colleagues behind one address sign in while one of them fails', async () => {
    for (let i = 0; i < 12; i++) await wrong('baijingwen', '10.40.0.1')
    expect((await signInStaff(city, 'mengqingfan', {}, '10.40.0.1')).status).toBe(200)
  })
  it('slows an address that tries many names', async () => {
    for (let i = 0; i < 30; i++) await wrong(`kangwenbo`, '10.50.0.1').then(() => ask(city, signIn, { body: { username: `guess-${i}`, password: 'x', code: '123456' }, from: '10.50.0.1' }))
    const slowed = await signInStaff(city, 'douyunfei', {}, '10.50.0.1')
    expect(slowed.status).toBe(429)
    expect((await signInStaff(city, 'douyunfei', {}, '10.51.0.1')).status).toBe(200)
  })
  it('treats unknown names alike', async () => {
    const guess = () => ask(city, signIn, { body: { username: 'not-a-person', password: 'x', code: '123456' }, from: '10.60.0.1' })
    for (let i = 0; i < 5; i++) expect((await guess()).body['code']).toBe('identity.sign_in_failed')
    expect((await guess()).body).toMatchObject({ code: 'identity.sign_in_slowed', params: { seconds: 2 } })
  })
  it('hears only one of many tries at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => wrong('xiaoyating', '10.70.0.1')))
    const heard = answers.filter((one) => one.status === 401).length
    expect(heard).toBeGreaterThan(0)
    expect(heard).toBeLessThanOrEqual(5)
    expect(answers.every((one) => one.status === 401 || one.status === 429)).toBe(true)
  })
})

describe('sessions', () => {
  it('end by signing out', async () => {
    const { cookie } = await signInStaff(city, 'wenguangyu')
    const out = await ask(city, signOut, { cookie })
    expect([out.status, out.cookie]).toEqual([200, ''])
    expect((await session(cookie)).body.signedIn).toBe(false)
    expect((await ask(city, listMySessions, { cookie })).status).toBe(401)
  })
  it('are listed and ended from elsewhere, only by their own person', async () => {
    const first = await signInStaff(city, 'suyiran')
    pass(city, 60)
    const second = await signInStaff(city, 'suyiran')
    const list = (await ask<{ items: { id: string; current: boolean; agent: string }[] }>(city, listMySessions, { cookie: second.cookie })).body.items
    expect(list.map((one) => [one.current, one.agent])).toEqual([[true, 'a test'], [false, 'a test']])
    const other = await city.as('jinbaocheng')
    expect((await other.refused(endMySession, { params: { id: list[1]!.id } })).code).toBe('not_found')
    expect((await ask(city, endMySession, { cookie: second.cookie, params: { id: list[1]!.id } })).status).toBe(200)
    expect((await ask(city, endMySession, { cookie: second.cookie, params: { id: list[1]!.id } })).status).toBe(404)
    await aSecond()
    expect((await ask(city, listMySessions, { cookie: first.cookie })).status).toBe(401)
    expect((await ask(city, listMySessions, { cookie: second.cookie })).status).toBe(200)
  })
  it('expire after twelve hours for staff', async () => {
    const { cookie } = await signInStaff(city, 'leixiaofeng')
    pass(city, 12 * 3600 - 1)
    expect((await session(cookie)).body.signedIn).toBe(true)
    pass(city, 1)
    await aSecond()
    expect((await session(cookie)).body.signedIn).toBe(false)
  })
  it('end before a new one begins on the same device', async () => {
    const first = await signInStaff(city, 'yuzhenzhu')
    pass(city, 60)
    await ask(city, signIn, { body: await secretsOf(city, 'yuzhenzhu'), cookie: first.cookie })
    expect((await session(first.cookie)).body.signedIn).toBe(false)
  })
  it('note when they were last seen, once a minute', async () => {
    const { cookie } = await signInStaff(city, 'maolihua')
    const seen = async () => (await ask<{ items: { lastSeenAt: string }[] }>(city, listMySessions, { cookie })).body.items[0]!.lastSeenAt
    const first = await seen()
    pass(city, 30)
    await aSecond()
    expect(await seen()).toBe(first)
    pass(city, 31)
    await aSecond()
    expect(await seen()).toBe(city.clock.now().toISOString())
  })
  it('keep the emergency that was chosen, if there is such a one', async () => {
    const person = await city.as('gumingyue')
    expect((await person.refused(chooseEmergency, { body: { emergencyId: '01900000-0000-7000-8000-000000000000' } })).code).toBe('not_found')
    const [emergency] = (await person.call(listEmergencies)).items
    expect((await person.call(chooseEmergency, { body: { emergencyId: emergency!.id } })).emergencyId).toBe(emergency!.id)
    expect((await person.call(getSession)).emergencyId).toBe(emergency!.id)
    expect((await events('session.emergency_chosen')).at(-1)?.payload).toEqual({ emergencyId: emergency!.id })
  })
  it('end with the role: the next request after a second is refused', async () => {
    const administrator = await city.as('luyuanming')
    const { cookie } = await signInStaff(city, 'duanyaohui')
    expect((await ask(city, listUnits, { cookie })).status).toBe(200)
    const person = (await administrator.call(listPeople, { query: { q: 'duanyaohui' } })).items[0]!
    const after = await administrator.call(endGrant, { params: { id: person.grants[0]!.id }, body: { reason: '调离' } })
    expect(after.grants).toEqual([])
    await aSecond()
    expect((await ask(city, listUnits, { cookie })).status).toBe(401)
    expect((await administrator.refused(endGrant, { params: { id: person.grants[0]!.id }, body: { reason: '再次' } })).code).toBe('identity.grant_ended')
  })
  it('end when the account is deactivated, and nobody signs in with it again', async () => {
    const administrator = await city.as('luyuanming')
    const { cookie } = await signInStaff(city, 'fangzhiping')
    const after = await administrator.call(deactivatePerson, { params: { id: await idOf('fangzhiping') }, body: { reason: '离职' } })
    expect([after.active, after.grants, after.can]).toEqual([false, [], []])
    await aSecond()
    expect((await ask(city, listUnits, { cookie })).status).toBe(401)
    pass(city, 60)
    const { password } = await city.system(async (ctx) => ({ password: ctx.sealer.open('sample password', ((await ctx.db.selectFrom('identity.sampleCredentials').selectAll().where('personId', '=', after.id).executeTakeFirst()) as { passwordSealed: Buffer }).passwordSealed) }))
    expect((await ask(city, signIn, { body: { username: 'fangzhiping', password, code: '123456' } })).body['code']).toBe('identity.sign_in_failed')
  })
})

describe('seeing as another role', () => {
  it('shows what the role sees, refuses every deed, and is written down', async () => {
    const administrator = await city.as('shenruohan')
    const body = { role: 'reviewer' as const, unitId: await unitId('gy-520103-taskforce'), areaCode: '520103', reason: '核对权限' }
    const seen = await administrator.call(startSeeingAs, { body })
    expect(seen).toMatchObject({ roles: ['reviewer'], seeingAs: { role: 'reviewer', areaCode: '520103' } })
    expect(seen.verbs).toContain('unit.read')
    expect(seen.verbs).not.toContain('person.read')
    expect((await administrator.call(getSession)).seeingAs).not.toBeNull()
    expect((await administrator.refused(listPeople)).code).toBe('session.forbidden')
    expect((await administrator.refused(startSeeingAs, { body })).code).toBe('session.forbidden')
    const mine = (await administrator.call(listMySessions)).items[0]!
    expect((await administrator.refused(endMySession, { params: { id: mine.id } })).code).toBe('session.read_only')
    expect((await administrator.refused(delegateGrant, { params: { id: mine.id }, body: { username: 'suyiran', from: '2020-03-01T00:00:00Z', until: '2020-03-02T00:00:00Z', reason: 'x' } })).code).toBe('session.read_only')
    const back = await administrator.call(stopSeeingAs)
    expect([back.roles, back.seeingAs]).toEqual([['administrator'], null])
    expect((await administrator.call(listPeople)).items.length).toBeGreaterThan(0)
    expect((await events('session.seeing_as_started')).at(-1)).toMatchObject({ subjectId: mine.id, payload: body })
    expect((await events('session.seeing_as_stopped')).at(-1)).toMatchObject({ subjectId: mine.id })
  })
  it('also refuses deeds the role itself could do', async () => {
    const administrator = await city.as('shenruohan')
    await administrator.call(startSeeingAs, { body: { role: 'administrator', unitId: await unitId('gy-bigdata'), areaCode: '520100', reason: '核对' } })
    expect((await administrator.refused(createUnit, { body: { code: 'gy-new', kind: 'streetOffice', areaCode: '520103020', name: { zh: '新', en: 'New' } } })).code).toBe('session.read_only')
    expect((await administrator.refused(renameUnit, { params: { id: await unitId('gy-bigdata') }, body: { name: { zh: '新', en: 'New' } } })).code).toBe('session.read_only')
    expect((await administrator.call(listUnits)).can).toEqual([])
  })
  it('is for administrators, and for units and areas that exist', async () => {
    const body = { role: 'reviewer', unitId: '01900000-0000-7000-8000-000000000000', areaCode: '999999', reason: 'x' }
    expect((await (await city.as('gaohongtao')).refused(startSeeingAs, { body })).code).toBe('session.forbidden')
    expect(await (await city.as('luyuanming')).refused(startSeeingAs, { body }).then(faults)).toEqual(['/areaCode issue.area_unknown', '/unitId issue.choice'])
  })
  it('ends with the administrator’s own role', async () => {
    const looking = await signInStaff(city, 'shenruohan')
    await ask(city, startSeeingAs, { cookie: looking.cookie, body: { role: 'commander', unitId: await unitId('gy-command'), areaCode: '520100', reason: '核对' } })
    const administrator = await city.as('luyuanming')
    const person = (await administrator.call(listPeople, { query: { q: 'shenruohan' } })).items[0]!
    await administrator.call(endGrant, { params: { id: person.grants[0]!.id }, body: { reason: '调离' } })
    await aSecond()
    expect((await ask(city, listUnits, { cookie: looking.cookie })).status).toBe(401)
  })
})
