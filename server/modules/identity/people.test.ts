// Staff accounts over HTTP: lists, one-time links, recovery by two administrators, the first administrator.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  acceptInvitation, cancelRecovery, confirmRecovery, createPerson, deactivatePerson, getPerson, getSession, listMySessions, listPeople, listUnits, readInvitation, requestRecovery, signIn,
} from '@fugong/contract/identity'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { appCode, ask, aSecond, faults, later as after, pass, secretsOf, signInStaff, STRONG, takeUp, tokenOf } from '../../test/sign-in.ts'
import { createFirstAdministrator, recoverAtMachine } from './index.ts'

let city: City
let lu: Someone
beforeAll(async () => { city = await openCity() })
afterAll(() => city.close())
beforeEach(async () => {
  pass(city, 2 * 3600)
  lu = await city.as('luyuanming')
})

const nowhere = '01900000-0000-7000-8000-000000000000'
const later = (seconds: number) => after(city, seconds)
const unitId = async (code: string) => (await lu.call(listUnits, { query: { dissolved: true } })).items.find((unit) => unit.code === code)!.id
const find = async (username: string) => (await lu.call(listPeople, { query: { q: username } })).items.find((person) => person.username === username)!
const lastEvent = (name: string) => city.system(async (ctx) => (await ctx.db.selectFrom('base.events').select(['subjectId', 'payload', 'actorId']).where('name', '=', name).orderBy('id', 'desc').executeTakeFirst()) as { subjectId: string; payload: Record<string, unknown>; actorId: string } | undefined)

let made = 0
async function create(over: Record<string, unknown> = {}) {
  const username = `new-person-${++made}`
  const answer = await lu.call(createPerson, { body: { name: '新同事', username, role: 'reviewer', unitId: await unitId('gy-520103-taskforce'), areaCode: '520103', ...over } })
  return { username, ...answer }
}

describe('the list of people', () => {
  it('holds staff only, page by page, searched and filtered', async () => {
    const all = await lu.call(listPeople, { query: { limit: 200 } })
    expect(all.items.every((person) => person.staff)).toBe(true)
    expect([all.total, all.totalIsMore, all.next]).toEqual([all.items.length, false, null])
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await lu.call(listPeople, { query: { limit: 7, ...(cursor ? { cursor } : {}) } })
      seen.push(...page.items.map((person) => person.id))
      cursor = page.next ?? undefined
    } while (cursor)
    expect(seen).toEqual(all.items.map((person) => person.id))
    expect((await lu.call(listPeople, { query: { role: 'commander' } })).items.map((person) => person.username)).toEqual(['gaohongtao'])
    expect((await lu.call(listPeople, { query: { unit: await unitId('gy-bigdata') } })).total).toBe(2)
    expect((await lu.call(listPeople, { query: { q: '雨' } })).items.map((person) => person.username)).toEqual(['hanyuxuan', 'tianyuqing'])
    for (const q of ['%', '_', '\\', "' or 1=1 --"]) expect((await lu.call(listPeople, { query: { q } })).total, q).toBe(0)
    expect(faults(await lu.refused(listPeople, { query: { cursor: 'nonsense' } }))).toEqual(['/cursor issue.cursor'])
    for (const q of ['\u0000', 'a\u0000b', '\u202e']) expect(faults(await lu.refused(listPeople, { query: { q } }))).toEqual(['/q issue.text'])
  })
  it('is for administrators, and shows no contact of a firm', async () => {
    const contact = await city.contact('13900000101')
    const id = (await contact.call(getSession)).personId!
    expect((await lu.refused(getPerson, { params: { id } })).code).toBe('not_found')
    expect((await lu.refused(getPerson, { params: { id: nowhere } })).code).toBe('not_found')
    for (const who of ['gaohongtao', 'tianyuqing', 'wenguangyu']) expect((await (await city.as(who)).refused(listPeople)).code).toBe('session.forbidden')
    expect(await lu.call(getPerson, { params: { id: (await find('tianyuqing')).id } })).toMatchObject({ phoneMasked: '139****0004', active: true, invited: false, recovery: null, can: ['grant', 'endGrant', 'deactivate', 'requestRecovery'] })
  })
})

describe('new accounts', () => {
  it('are taken up by a one-time link', async () => {
    const { username, person, link, expiresAt } = await create()
    expect(link).toMatch(/^https:\/\/fugong\.test\/invitation#[\w-]{43}$/)
    expect(expiresAt).toBe(later(72 * 3600))
    expect(person).toMatchObject({ username, invited: true, active: true, lastSeenAt: null })
    const { answer, invitation, token } = await takeUp(city, link)
    expect(invitation).toMatchObject({ name: '新同事', username, totpQr: expect.stringContaining('<svg') as string })
    expect(invitation.totpUri).toMatch(new RegExp(`^otpauth://totp/.*:${username}\\?secret=${invitation.totpSecret}&issuer=`))
    expect(answer.body).toMatchObject({ signedIn: true, staff: true, roles: ['reviewer'] })
    expect((await find(username)).invited).toBe(false)
    // The link has served, the code too; the next code signs in.
    for (const endpoint of [readInvitation, acceptInvitation]) {
      expect((await city.anonymous().refused(endpoint, { body: { token, ...(endpoint === acceptInvitation ? { password: STRONG, code: '123456' } : {}) } })).code).toBe('identity.invitation_invalid')
    }
    expect((await ask(city, signIn, { body: { username, password: STRONG, code: appCode(city, invitation.totpSecret) } })).status).toBe(401)
    pass(city, 60)
    expect((await ask(city, signIn, { body: { username, password: STRONG, code: appCode(city, invitation.totpSecret) } })).status).toBe(200)
  })
  it('show the same secret however often the link is opened', async () => {
    const { link } = await create()
    const read = () => city.anonymous().call(readInvitation, { body: { token: tokenOf(link) } })
    expect((await read()).totpSecret).toBe((await read()).totpSecret)
  })
  it('refuse a weak password and a wrong code, and the link goes on working', async () => {
    const { username, link } = await create()
    const token = tokenOf(link)
    const { totpSecret } = await city.anonymous().call(readInvitation, { body: { token } })
    const code = appCode(city, totpSecret)
    for (const password of ['123456789012', `${username}-2020`, 'Password2020!']) expect((await city.anonymous().refused(acceptInvitation, { body: { token, password, code } })).code).toBe('identity.weak_password')
    expect(faults(await city.anonymous().refused(acceptInvitation, { body: { token: 'short', password: 'short', code: 'x' } }))).toEqual(['/code issue.code_six', '/password issue.too_short', '/token issue.too_short'])
    expect((await city.anonymous().refused(acceptInvitation, { body: { token, password: STRONG, code: code === '000000' ? '000001' : '000000' } })).code).toBe('identity.code_wrong')
    expect((await takeUp(city, link)).answer.status).toBe(200)
  })
  it('cannot be taken up by guessing codes', async () => {
    const token = tokenOf((await create()).link)
    for (let i = 0; i < 10; i++) await city.anonymous().refused(acceptInvitation, { body: { token, password: STRONG, code: `00000${i}` } })
    expect((await city.anonymous().refused(readInvitation, { body: { token } })).code).toBe('identity.invitation_invalid')
  })
  it('are taken up once when two try at the same moment', async () => {
    const { link } = await create()
    const token = tokenOf(link)
    const { totpSecret } = await city.anonymous().call(readInvitation, { body: { token } })
    const body = { token, password: STRONG, code: appCode(city, totpSecret) }
    const both = await Promise.all([ask(city, acceptInvitation, { body }), ask(city, acceptInvitation, { body })])
    expect(both.map((one) => one.status).sort()).toEqual([200, 410])
  })
  it('expire after 72 hours', async () => {
    const token = tokenOf((await create()).link)
    pass(city, 72 * 3600)
    expect(await city.anonymous().refused(readInvitation, { body: { token } })).toMatchObject({ status: 410, code: 'identity.invitation_invalid' })
    expect((await city.anonymous().refused(readInvitation, { body: { token: 'x'.repeat(43) } })).code).toBe('identity.invitation_invalid')
  })
  it('name every fault at once, and a username that is taken', async () => {
    const shape = await lu.refused(createPerson, { body: { name: ' ', username: 'No Caps', role: 'employee', unitId: 'x', areaCode: 'y', until: 'soon' } })
    expect(faults(shape)).toEqual(['/areaCode issue.area', '/name issue.text', '/role issue.choice', '/unitId issue.id', '/until issue.instant', '/username issue.username'])
    const body = { name: '某人', username: 'tianyuqing', role: 'reviewer', unitId: await unitId('gy-520103-taskforce'), areaCode: '520103' }
    expect(await lu.refused(createPerson, { body })).toMatchObject({ status: 409, code: 'identity.username_taken', params: { username: 'tianyuqing' } })
    const meaning = await lu.refused(createPerson, { body: { ...body, username: 'someone-new', role: 'departmentOfficer', areaCode: '520102', until: later(-60) } })
    expect(faults(meaning)).toEqual(['/areaCode issue.area_outside', '/role issue.choice', '/until issue.past_day'])
    expect(faults(await lu.refused(createPerson, { body: { ...body, username: 'someone-new', unitId: nowhere, areaCode: '529999' } }))).toEqual(['/areaCode issue.area_unknown', '/unitId issue.choice'])
    expect(faults(await lu.refused(createPerson, { body: { ...body, username: 'someone-new', role: 'administrator' } }))).toEqual(['/areaCode issue.area_outside'])
    expect((await lu.call(listPeople, { query: { q: 'someone-new' } })).total).toBe(0)
  })
})

describe('recovery', () => {
  it('takes two administrators, neither of them the person concerned', async () => {
    const shen = await city.as('shenruohan')
    const target = await find('kangwenbo')
    const asked = await lu.call(requestRecovery, { params: { id: target.id }, body: { reason: '手机丢失' } })
    expect(asked.recovery).toMatchObject({ requestedBy: '陆远明', reason: '手机丢失' })
    expect(asked.can).toContain('cancelRecovery')
    expect(asked.can).not.toContain('confirmRecovery')
    expect((await shen.refused(requestRecovery, { params: { id: target.id }, body: { reason: '再次' } })).code).toBe('identity.recovery_open')
    expect((await lu.refused(confirmRecovery, { params: { id: target.id }, body: {} })).code).toBe('identity.second_person_needed')
    expect((await (await city.as('gaohongtao')).refused(confirmRecovery, { params: { id: target.id }, body: {} })).code).toBe('session.forbidden')

    // What the person has goes on working until the link is taken up.
    const before = await signInStaff(city, 'kangwenbo')
    const { link, person } = await shen.call(confirmRecovery, { params: { id: target.id }, body: {} })
    expect([person.recovery, person.invited]).toEqual([null, true])
    expect((await ask(city, listMySessions, { cookie: before.cookie })).status).toBe(200)
    const old = await secretsOf(city, 'kangwenbo')
    const { answer } = await takeUp(city, link)
    expect(answer.body).toMatchObject({ signedIn: true, personId: target.id })
    await aSecond()
    expect((await ask(city, listMySessions, { cookie: before.cookie })).status).toBe(401)
    pass(city, 60)
    expect((await signInStaff(city, 'kangwenbo', { password: old.password })).status).toBe(401)
    expect((await signInStaff(city, 'kangwenbo', { password: STRONG })).status).toBe(200)
    expect((await shen.refused(confirmRecovery, { params: { id: target.id }, body: {} })).code).toBe('not_found')
  })
  it('is not confirmed by a shadow of the one who asked, nor by one of today', async () => {
    // Nobody looks at the clock of the sample's own administrators but the rule: they have been there for long.
    pass(city, 73 * 3600)
    lu = await city.as('luyuanming')
    const shadow = await lu.call(createPerson, { body: { name: '影子', username: 'shadow-admin', role: 'administrator', unitId: await unitId('gy-bigdata'), areaCode: '520100' } })
    await takeUp(city, shadow.link)
    const target = await find('leixiaofeng')
    await lu.call(requestRecovery, { params: { id: target.id }, body: { reason: '夺权' } })
    const refuses = async (who: Someone) => {
      expect((await who.call(getPerson, { params: { id: target.id } })).can).not.toContain('confirmRecovery')
      expect(await who.refused(confirmRecovery, { params: { id: target.id }, body: {} })).toMatchObject({ status: 409, code: 'identity.second_person_needed' })
    }
    await refuses(await city.as('shadow-admin'))
    pass(city, 73 * 3600)
    await refuses(await city.as('shadow-admin'))
    // Nor the other way round: the shadow asks, its maker confirms.
    lu = await city.as('luyuanming')
    await lu.call(cancelRecovery, { params: { id: target.id } })
    await (await city.as('shadow-admin')).call(requestRecovery, { params: { id: target.id }, body: { reason: '夺权' } })
    await refuses(lu)
    const shen = await city.as('shenruohan')
    expect((await shen.call(getPerson, { params: { id: target.id } })).can).toContain('confirmRecovery')
    await shen.call(cancelRecovery, { params: { id: target.id } })
    await lu.call(deactivatePerson, { params: { id: shadow.person.id }, body: { reason: '演练结束' } })
  })
  it('of an administrator is not asked for or confirmed by themselves', async () => {
    const shen = await city.as('shenruohan')
    const [luId, shenId] = [(await lu.call(getSession)).personId!, (await shen.call(getSession)).personId!]
    expect((await lu.refused(requestRecovery, { params: { id: luId }, body: { reason: 'x' } })).code).toBe('identity.second_person_needed')
    await lu.call(requestRecovery, { params: { id: shenId }, body: { reason: '手机丢失' } })
    expect((await shen.refused(confirmRecovery, { params: { id: shenId }, body: {} })).code).toBe('identity.second_person_needed')
    const withdrawn = await shen.call(cancelRecovery, { params: { id: shenId } })
    expect(withdrawn.recovery).toBeNull()
    expect((await lu.refused(cancelRecovery, { params: { id: shenId } })).code).toBe('not_found')
    expect((await lastEvent('person.recovery_cancelled'))?.actorId).toBe(shenId)
  })
  it('is confirmed once, and asked for once, when two do so at the same moment', async () => {
    const { id } = await find('douyunfei')
    const shen = await city.as('shenruohan')
    const asked = await Promise.all([lu, shen].map((who) => ask(city, requestRecovery, { cookie: who.cookie, params: { id }, body: { reason: '同时' } })))
    expect(asked.map((one) => one.status).sort()).toEqual([200, 409])
    const other = asked[0]!.status === 200 ? shen : lu
    const confirmed = await Promise.all([1, 2].map(() => ask(city, confirmRecovery, { cookie: other.cookie, params: { id }, body: {} })))
    expect(confirmed.map((one) => one.status).sort()).toEqual([200, 404])
  })
})

describe('the first administrator', () => {
  const make = (username: string, of: City) => of.system((ctx) => createFirstAdministrator(ctx, { name: '首任', username, city: '520100', publicUrl: 'https://fugong.test' }))

  it('is refused where there is one', async () => {
    await expect(make('first-admin', city)).rejects.toThrow('There is an administrator already')
  })
  it('is made where nobody can administer, and again while the link has not been taken up', async () => {
    const empty = await openCity()
    try {
      // A real city has no sample people: take their roles away as its database would never have had them.
      await empty.system((ctx) => ctx.db.updateTable('identity.grants').set({ endedAt: ctx.now }).where('role', '=', 'administrator').execute())
      await expect(make('Not A Name', empty)).rejects.toThrow('username')
      const lost = await make('first-admin', empty)
      const { link } = await make('first-admin', empty)
      expect(link).toMatch(/^https:\/\/fugong\.test\/invitation#[\w-]{43}$/)
      expect((await empty.anonymous().refused(readInvitation, { body: { token: tokenOf(lost.link) } })).code).toBe('identity.invitation_invalid')
      const token = tokenOf(link)
      const { totpSecret } = await empty.anonymous().call(readInvitation, { body: { token } })
      const session = await empty.anonymous().call(acceptInvitation, { body: { token, password: STRONG, code: appCode(empty, totpSecret) } })
      expect([session.roles, session.grants.length]).toEqual([['administrator'], 1])
      await expect(make('second-admin', empty)).rejects.toThrow('There is an administrator already')
    } finally {
      await empty.close()
    }
  })
})

describe('an administrator who is locked out', () => {
  const recover = (username: string, of: City) => of.system((ctx) => recoverAtMachine(ctx, { username, publicUrl: 'https://fugong.test' }))

  it('gets a recovery link at the machine; what they had works until it is taken up', async () => {
    const alone = await openCity()
    try {
      await alone.system((ctx) => ctx.db.updateTable('identity.grants').set({ endedAt: ctx.now }).where('role', '=', 'administrator').where('personId', 'in', ctx.db.selectFrom('identity.people').select('id').where('username', '=', 'shenruohan')).execute())
      const old = await alone.as('luyuanming')
      const first = await recover('luyuanming', alone)
      const { link } = await recover('luyuanming', alone)
      expect(link).toMatch(/^https:\/\/fugong\.test\/invitation#[\w-]{43}$/)
      expect((await alone.anonymous().refused(readInvitation, { body: { token: tokenOf(first.link) } })).code).toBe('identity.invitation_invalid')
      const { personId } = await old.call(getSession)
      const events = await alone.system(async (ctx) => ctx.db.selectFrom('base.events').select(['subjectId', 'actorKind']).where('name', '=', 'person.recovery_confirmed').execute())
      expect(events).toEqual([{ subjectId: personId, actorKind: 'system' }, { subjectId: personId, actorKind: 'system' }])
      expect((await takeUp(alone, link)).answer).toMatchObject({ status: 200, body: { roles: ['administrator'] } })
      await aSecond()
      expect((await old.call(getSession)).signedIn).toBe(false)
      await expect(recover('shenruohan', alone)).rejects.toThrow('no administrator')
    } finally {
      await alone.close()
    }
  })
  it('is nobody else', async () => {
    for (const username of ['tianyuqing', 'nobody-here', '']) await expect(recover(username, city)).rejects.toThrow('no administrator')
  })
  it('closes a request that two administrators had open', async () => {
    const { id } = await find('shenruohan')
    await lu.call(requestRecovery, { params: { id }, body: { reason: '手机丢失' } })
    await recover('shenruohan', city)
    expect(await lu.call(getPerson, { params: { id } })).toMatchObject({ recovery: null, invited: true })
  })
})

describe('secrets', () => {
  it('stand in no event and no log line', async () => {
    const events = await city.system(async (ctx) => JSON.stringify(await ctx.db.selectFrom('base.events').selectAll().execute()))
    const sample = await city.system(async (ctx) => (await ctx.db.selectFrom('identity.people').select(['name', 'phoneMasked']).execute()) as { name: string; phoneMasked: string | null }[])
    for (const [where, text] of Object.entries({ events, log: city.log.join('\n') })) {
      for (const secret of [STRONG, 'otpauth', 'invitation#', lu.cookie!, ...sample.map((one) => one.name)]) expect(text.includes(secret), `${secret} in ${where}`).toBe(false)
      expect(/(?<![\da-f-])1[3-9]\d{9}(?![\da-f-])/.test(text), `a phone in ${where}`).toBe(false)
    }
  })
  it('are sealed or hashed in the tables', async () => {
    const credentials = (await city.system((ctx) => ctx.db.selectFrom('identity.credentials').selectAll().execute())) as { passwordHash: string; totpSealed: Buffer }[]
    for (const { passwordHash, totpSealed } of credentials) {
      expect(passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
      expect(totpSealed[0]).toBe(1)
      expect(totpSealed).toHaveLength(1 + 12 + 32 + 16)
    }
  })
})
