// Units, accounts and roles over HTTP: one-time links, grants and their end, delegation, recovery by two, the last administrator.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  acceptInvitation, cancelRecovery, confirmRecovery, createPerson, createUnit, deactivatePerson, delegateGrant, dissolveUnit, endGrant, getPerson, getSession, grantRole, listMySessions, listPeople, listUnits, readInvitation, renameUnit,
  requestRecovery, signIn, type Grant, type Session,
} from '@fugong/contract/identity'
import { openCity, type City, type Refusal, type Someone } from '../../test/harness.ts'
import { ask, aSecond, pass, secretsOf, signInStaff } from '../../test/sign-in.ts'
import { createFirstAdministrator, findReviewUnit, personNames, unitNames } from './index.ts'
import { codeNow } from './secrets.actions.ts'

let city: City
let lu: Someone
beforeAll(async () => { city = await openCity() })
afterAll(() => city.close())
beforeEach(async () => {
  pass(city, 2 * 3600)
  lu = await city.as('luyuanming')
})

const nowhere = '01900000-0000-7000-8000-000000000000'
const STRONG = 'k7mq-x3vp-9tdw-hn4c'
const faults = (refused: Refusal) => refused.issues.map((issue) => `${issue.path} ${issue.code}`).sort()
const unitId = async (code: string) => (await lu.call(listUnits, { query: { dissolved: true } })).items.find((unit) => unit.code === code)!.id
const find = async (username: string) => (await lu.call(listPeople, { query: { q: username } })).items.find((person) => person.username === username)!
const later = (seconds: number) => new Date(city.clock.now().getTime() + seconds * 1000).toISOString()
const lastEvent = (name: string) => city.system(async (ctx) => (await ctx.db.selectFrom('base.events').select(['subjectId', 'payload', 'actorId']).where('name', '=', name).orderBy('id', 'desc').executeTakeFirst()) as { subjectId: string; payload: Record<string, unknown>; actorId: string } | undefined)
const tokenOf = (link: string) => link.split('#')[1]!

let made = 0
async function create(over: Record<string, unknown> = {}) {
  const username = `new-person-${++made}`
  const answer = await lu.call(createPerson, { body: { name: '新同事', username, role: 'reviewer', unitId: await unitId('gy-520103-taskforce'), areaCode: '520103', ...over } })
  return { username, ...answer }
}
/** Takes up a link as the invited person would. */
async function takeUp(link: string, password = STRONG) {
  const token = tokenOf(link)
  const invitation = await city.anonymous().call(readInvitation, { body: { token } })
  const { code } = codeNow(invitation.totpSecret, city.clock.now())
  const answer = await ask<Session>(city, acceptInvitation, { body: { token, password, code } })
  return { answer, invitation, token }
}
async function administrator(username: string, until?: string) {
  const person = await lu.call(createPerson, { body: { name: '管理员', username, role: 'administrator', unitId: await unitId('gy-bigdata'), areaCode: '520100', ...(until ? { until } : {}) } })
  await takeUp(person.link)
  return { id: person.person.id, grant: person.person.grants[0]!, someone: await city.as(username) }
}

describe('units', () => {
  it('are listed with the people who hold a role there', async () => {
    const { items, can } = await lu.call(listUnits)
    expect(items).toHaveLength(224)
    expect(items.find((unit) => unit.code === 'gy-bigdata')).toMatchObject({ kind: 'department', department: 'bigdata', people: 2, dissolvedAt: null })
    expect(can).toEqual(['create', 'rename', 'dissolve'])
    const reviewer = await city.as('tianyuqing')
    expect((await reviewer.call(listUnits)).can).toEqual([])
    expect((await (await city.contact('13900000101')).refused(listUnits)).code).toBe('session.forbidden')
    expect((await city.anonymous().refused(listUnits)).code).toBe('session.required')
  })
  it('are created, renamed and dissolved', async () => {
    const body = { code: 'gy-test-office', kind: 'streetOffice' as const, areaCode: '520103020', parentId: await unitId('gy-520103-taskforce'), name: { zh: '试验办', en: 'Trial office' } }
    const unit = await lu.call(createUnit, { body })
    expect(unit).toMatchObject({ code: 'gy-test-office', department: null, people: 0, sample: false, parentId: body.parentId })
    expect((await lu.refused(createUnit, { body })).params).toEqual({ code: 'gy-test-office' })
    expect((await lu.call(renameUnit, { params: { id: unit.id }, body: { name: { zh: '新名', en: 'New name' } } })).name).toEqual({ zh: '新名', en: 'New name' })
    expect((await lu.call(dissolveUnit, { params: { id: unit.id }, body: { reason: '机构调整' } })).dissolvedAt).toBe(city.clock.now().toISOString())
    expect((await lu.refused(dissolveUnit, { params: { id: unit.id }, body: { reason: '再次' } })).code).toBe('not_found')
    expect((await lu.refused(renameUnit, { params: { id: unit.id }, body: { name: { zh: '新', en: 'New' } } })).code).toBe('not_found')
    expect((await lu.call(listUnits)).items.some((one) => one.id === unit.id)).toBe(false)
    expect((await lu.call(listUnits, { query: { dissolved: true } })).items.some((one) => one.id === unit.id)).toBe(true)
    expect((await lastEvent('unit.dissolved'))?.subjectId).toBe(unit.id)
  })
  it('name every fault at once', async () => {
    const shape = await lu.refused(createUnit, { body: { code: 'X', kind: 'club', areaCode: '5', name: { zh: '', en: 3 }, extra: 1 } })
    expect(faults(shape)).toEqual(['/areaCode issue.area', '/code issue.format', '/extra issue.unknown', '/kind issue.choice', '/name/en issue.type', '/name/zh issue.required'])
    const meaning = await lu.refused(createUnit, { body: { code: 'gy-none', kind: 'department', areaCode: '529999', parentId: nowhere, name: { zh: '无', en: 'None' } } })
    expect(faults(meaning)).toEqual(['/areaCode issue.area_unknown', '/department issue.required', '/parentId issue.choice'])
    expect(faults(await lu.refused(createUnit, { body: { code: 'gy-none', kind: 'streetOffice', department: 'health', areaCode: '520103', name: { zh: '无', en: 'None' } } }))).toEqual(['/department issue.choice'])
  })
  it('with roles are not dissolved, not even when one is given at the same moment', async () => {
    expect(await lu.refused(dissolveUnit, { params: { id: await unitId('gy-command') }, body: { reason: 'x' } })).toMatchObject({ status: 409, code: 'identity.unit_in_use', params: { count: 1 } })
    const unit = await lu.call(createUnit, { body: { code: 'gy-race', kind: 'streetOffice', areaCode: '520103020', name: { zh: '竞态', en: 'Race' } } })
    const someone = await find('suyiran')
    const [dissolved, granted] = await Promise.allSettled([
      lu.call(dissolveUnit, { params: { id: unit.id }, body: { reason: 'x' } }),
      lu.call(grantRole, { params: { id: someone.id }, body: { role: 'communityWorker', unitId: unit.id, areaCode: '520103020' } }),
    ])
    expect([dissolved.status, granted.status].sort()).toEqual(['fulfilled', 'rejected'])
  })
  it('are found for a review and by name', async () => {
    const zone = await city.system((ctx) => findReviewUnit(ctx, { districtCode: '520115', streetCode: '520115004', zoneCode: '520171' }))
    const district = await city.system((ctx) => findReviewUnit(ctx, { districtCode: '520115', streetCode: '520115004', zoneCode: null }))
    expect([zone?.id, district?.id]).toEqual([await unitId('gy-520171-committee'), await unitId('gy-520115-taskforce')])
    expect(district?.name.zh).toBe('观山湖区复工复产工作专班')
    expect(await city.system((ctx) => findReviewUnit(ctx, { districtCode: '529999' }))).toBeUndefined()
    expect((await city.system((ctx) => unitNames(ctx, [zone!.id, nowhere]))).get(zone!.id)).toEqual(zone!.name)
    const luId = (await lu.call(getSession)).personId!
    expect(await city.system((ctx) => personNames(ctx, [luId, nowhere]))).toEqual(new Map([[luId, '陆远明']]))
  })
})

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
    expect((await lu.call(listPeople, { query: { q: '雨' } })).items.map((person) => person.username)).toEqual(['tianyuqing'])
    for (const q of ['%', '_', '\\', "' or 1=1 --"]) expect((await lu.call(listPeople, { query: { q } })).total, q).toBe(0)
    expect(faults(await lu.refused(listPeople, { query: { cursor: 'nonsense' } }))).toEqual(['/cursor issue.cursor'])
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
    const { answer, invitation, token } = await takeUp(link)
    expect(invitation).toMatchObject({ name: '新同事', username, totpQr: expect.stringContaining('<svg') as string })
    expect(invitation.totpUri).toMatch(new RegExp(`^otpauth://totp/.*:${username}\\?secret=${invitation.totpSecret}&issuer=`))
    expect(answer.body).toMatchObject({ signedIn: true, staff: true, roles: ['reviewer'] })
    expect((await find(username)).invited).toBe(false)
    // The link has served, the code too; the next code signs in.
    for (const endpoint of [readInvitation, acceptInvitation]) {
      expect((await city.anonymous().refused(endpoint, { body: { token, ...(endpoint === acceptInvitation ? { password: STRONG, code: '123456' } : {}) } })).code).toBe('identity.invitation_invalid')
    }
    expect((await ask(city, signIn, { body: { username, password: STRONG, code: codeNow(invitation.totpSecret, city.clock.now()).code } })).status).toBe(401)
    pass(city, 60)
    expect((await ask(city, signIn, { body: { username, password: STRONG, code: codeNow(invitation.totpSecret, city.clock.now()).code } })).status).toBe(200)
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
    const { code } = codeNow(totpSecret, city.clock.now())
    for (const password of ['123456789012', `${username}-2020`, 'Password2020!']) expect((await city.anonymous().refused(acceptInvitation, { body: { token, password, code } })).code).toBe('identity.weak_password')
    expect(faults(await city.anonymous().refused(acceptInvitation, { body: { token: 'short', password: 'short', code: 'x' } }))).toEqual(['/code issue.code_six', '/password issue.too_short', '/token issue.too_short'])
    expect((await city.anonymous().refused(acceptInvitation, { body: { token, password: STRONG, code: code === '000000' ? '000001' : '000000' } })).code).toBe('identity.code_wrong')
    expect((await takeUp(link)).answer.status).toBe(200)
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
    const body = { token, password: STRONG, code: codeNow(totpSecret, city.clock.now()).code }
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

describe('roles', () => {
  it('hold until their last moment', async () => {
    const person = await find('suyiran')
    const given = await lu.call(grantRole, { params: { id: person.id }, body: { role: 'reviewer', unitId: await unitId('gy-520103-taskforce'), areaCode: '520103020', until: later(3600) } })
    expect(given.grants.find((grant) => grant.role === 'reviewer')).toMatchObject({ areaCode: '520103020', inForce: true, until: later(3600) })
    expect((await lastEvent('person.role_granted'))?.payload).toMatchObject({ role: 'reviewer', until: later(3600) })
    const su = await city.as('suyiran')
    expect((await su.call(getSession)).roles.sort()).toEqual(['departmentOfficer', 'reviewer'])
    pass(city, 3600)
    await aSecond()
    expect((await su.call(getSession)).roles).toEqual(['departmentOfficer'])
  })
  it('that end leave the session when another role remains', async () => {
    const person = await find('suyiran')
    const given = await lu.call(grantRole, { params: { id: person.id }, body: { role: 'specialist', unitId: await unitId('gy-520103-commerce'), areaCode: '520103' } })
    const su = await city.as('suyiran')
    await lu.call(endGrant, { params: { id: given.grants.find((grant) => grant.role === 'specialist')!.id }, body: { reason: '调整' } })
    await aSecond()
    expect((await su.call(getSession)).roles).toEqual(['departmentOfficer'])
  })
  it('are not given to people who are not there, and not ended twice', async () => {
    const body = { role: 'reviewer', unitId: await unitId('gy-520103-taskforce'), areaCode: '520103' }
    expect((await lu.refused(grantRole, { params: { id: nowhere }, body })).code).toBe('not_found')
    expect((await lu.refused(endGrant, { params: { id: nowhere }, body: { reason: 'x' } })).code).toBe('not_found')
    const contact = (await (await city.contact('13900000102')).call(getSession)).personId!
    expect((await lu.refused(grantRole, { params: { id: contact }, body })).code).toBe('not_found')
    const { person } = await create()
    const ends = await Promise.all([1, 2].map(() => ask(city, endGrant, { cookie: lu.cookie, params: { id: person.grants[0]!.id }, body: { reason: '同时' } })))
    expect(ends.map((one) => one.status).sort()).toEqual([200, 409])
    await lu.call(deactivatePerson, { params: { id: person.id }, body: { reason: '离职' } })
    expect((await lu.refused(grantRole, { params: { id: person.id }, body })).code).toBe('not_found')
    expect((await lu.refused(deactivatePerson, { params: { id: person.id }, body: { reason: '再次' } })).code).toBe('not_found')
  })
})

describe('delegation', () => {
  const delegate = (who: Someone, grant: string, over: Record<string, unknown> = {}) => ({ who, input: { params: { id: grant }, body: { username: 'jianghaoyu', from: later(3600), until: later(7200), reason: '休假', ...over } } })
  const own = async (who: Someone) => (await who.call(getSession)).grants.find((grant) => grant.delegatedFrom === null)!

  it('works between its moments and ends by itself', async () => {
    const [peng, jiang] = [await city.as('pengxiulan'), await city.as('jianghaoyu')]
    const { input } = delegate(peng, (await own(peng)).id)
    const lent = (await peng.call(delegateGrant, input as never)) as Grant
    expect(lent).toMatchObject({ role: 'reviewer', areaCode: '520112', delegatedFrom: input.params.id, inForce: false })
    const areas = async () => (await jiang.call(getSession)).grants.map((grant) => grant.areaCode).sort()
    expect(await areas()).toEqual(['520115'])
    pass(city, 3600)
    await aSecond()
    expect(await areas()).toEqual(['520112', '520115'])
    // Who delegated keeps their own.
    expect((await own(peng)).inForce).toBe(true)
    pass(city, 3600)
    await aSecond()
    expect(await areas()).toEqual(['520115'])
  })
  it('ends with the original', async () => {
    const { username, person, link } = await create()
    await takeUp(link)
    const original = await city.as(username)
    const lent = (await original.call(delegateGrant, delegate(original, person.grants[0]!.id, { from: later(-60) }).input as never)) as Grant
    expect([lent.inForce, lent.from]).toEqual([true, city.clock.now().toISOString()])
    const jiang = await city.as('jianghaoyu')
    expect((await jiang.call(getSession)).grants.map((grant) => grant.areaCode)).toContain('520103')
    await lu.call(endGrant, { params: { id: person.grants[0]!.id }, body: { reason: '调离' } })
    await aSecond()
    expect((await jiang.call(getSession)).grants.map((grant) => grant.areaCode)).not.toContain('520103')
  })
  it('is for one’s own grants, to a colleague, and not lent on', async () => {
    const [peng, jiang] = [await city.as('pengxiulan'), await city.as('jianghaoyu')]
    const grant = (await own(peng)).id
    const refused = async (who: Someone, id: string, over: Record<string, unknown> = {}) => who.refused(delegateGrant, delegate(who, id, over).input)
    expect((await refused(jiang, grant)).code).toBe('not_found')
    expect((await refused(peng, nowhere)).code).toBe('not_found')
    expect((await refused(peng, grant, { username: 'pengxiulan' })).code).toBe('identity.delegation_to_self')
    expect((await refused(peng, grant, { username: 'nobody-here' })).code).toBe('not_found')
    expect(faults(await refused(peng, grant, { from: later(100), until: later(100) }))).toEqual(['/until issue.end_before_begin'])
    expect(faults(await refused(peng, grant, { from: later(-100), until: later(-50) }))).toEqual(['/until issue.past_day'])
    const lent = await peng.call(delegateGrant, delegate(peng, grant, { from: later(0) }).input as never)
    expect((await refused(jiang, lent.id)).code).toBe('identity.delegation_not_own')
    expect((await (await city.contact('13900000103')).refused(delegateGrant, delegate(peng, grant).input)).code).toBe('session.forbidden')
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
    const { answer } = await takeUp(link)
    expect(answer.body).toMatchObject({ signedIn: true, personId: target.id })
    await aSecond()
    expect((await ask(city, listMySessions, { cookie: before.cookie })).status).toBe(401)
    pass(city, 60)
    expect((await signInStaff(city, 'kangwenbo', { password: old.password })).status).toBe(401)
    expect((await signInStaff(city, 'kangwenbo', { password: STRONG })).status).toBe(200)
    expect((await shen.refused(confirmRecovery, { params: { id: target.id }, body: {} })).code).toBe('not_found')
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

describe('the last administrator', () => {
  it('cannot be removed, by ending the role or the account, not even by two at the same moment', async () => {
    const [lus, shen] = [await find('luyuanming'), await find('shenruohan')]
    const both = await Promise.all([
      ask(city, endGrant, { cookie: lu.cookie, params: { id: lus.grants[0]!.id }, body: { reason: '同时' } }),
      ask(city, deactivatePerson, { cookie: lu.cookie, params: { id: shen.id }, body: { reason: '同时' } }),
    ])
    expect(both.map((one) => one.status).sort()).toEqual([200, 409])
    expect(both.find((one) => one.status === 409)!.body['code']).toBe('identity.last_administrator')
  })
  it('is not one who is invited only, lent the role, or leaving within days', async () => {
    // Whoever of the two is left.
    const left = (await city.system((ctx) => ctx.db.selectFrom('identity.grants as g').innerJoin('identity.people as p', 'p.id', 'g.personId').select(['p.username', 'g.id', 'p.id as personId']).where('g.role', '=', 'administrator').where('g.endedAt', 'is', null).execute())) as { username: string; id: string; personId: string }[]
    expect(left).toHaveLength(1)
    lu = await city.as(left[0]!.username)
    const refusedAll = async () => {
      expect((await lu.refused(endGrant, { params: { id: left[0]!.id }, body: { reason: 'x' } })).code).toBe('identity.last_administrator')
      expect((await lu.refused(deactivatePerson, { params: { id: left[0]!.personId }, body: { reason: 'x' } })).code).toBe('identity.last_administrator')
    }
    await refusedAll()
    await lu.call(createPerson, { body: { name: '未到', username: 'invited-only', role: 'administrator', unitId: await unitId('gy-bigdata'), areaCode: '520100' } })
    await refusedAll()
    await administrator('leaving-soon', later(6 * 86_400))
    await refusedAll()
    await lu.call(delegateGrant, { params: { id: left[0]!.id }, body: { username: 'suyiran', from: later(0), until: later(30 * 86_400), reason: '休假' } })
    await refusedAll()
    const { someone } = await administrator('stays-long', later(60 * 86_400))
    const gone = await someone.call(endGrant, { params: { id: left[0]!.id }, body: { reason: '退休' } })
    expect(gone.grants).toEqual([])
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
      const session = await empty.anonymous().call(acceptInvitation, { body: { token, password: STRONG, code: codeNow(totpSecret, empty.clock.now()).code } })
      expect([session.roles, session.grants.length]).toEqual([['administrator'], 1])
      await expect(make('second-admin', empty)).rejects.toThrow('There is an administrator already')
    } finally {
      await empty.close()
    }
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
