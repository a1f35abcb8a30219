// Units and roles over HTTP: units made and dissolved, grants and their end, delegation, the last administrator.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  createPerson, createUnit, deactivatePerson, delegateGrant, dissolveUnit, endGrant, getSession, grantRole, listPeople, listUnits, renameUnit, type Grant,
} from '@fugong/contract/identity'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { ask, aSecond, faults, later as after, pass, takeUp } from '../../test/sign-in.ts'
import { findReviewUnit, personNames, unitNames } from './index.ts'

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
async function administrator(username: string, until?: string) {
  const { link } = await lu.call(createPerson, { body: { name: '管理员', username, role: 'administrator', unitId: await unitId('gy-bigdata'), areaCode: '520100', ...(until ? { until } : {}) } })
  await takeUp(city, link)
  return city.as(username)
}

it('nobody grants a role to themselves', async () => {
  const { personId } = await lu.call(getSession)
  expect(await lu.refused(grantRole, { params: { id: personId! }, body: { role: 'commander', unitId: await unitId('gy-command'), areaCode: '520100' } })).toMatchObject({ status: 409, code: 'identity.second_person_needed' })
  expect((await find('luyuanming')).grants.map((grant) => grant.role)).toEqual(['administrator'])
  expect((await find('luyuanming')).can).not.toContain('grant')
})

describe('units', () => {
  it('are listed with the people who hold a role there', async () => {
    const { items, can } = await lu.call(listUnits)
    expect(items).toHaveLength(226)
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
    await takeUp(city, link)
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
    const someone = await administrator('stays-long', later(60 * 86_400))
    const gone = await someone.call(endGrant, { params: { id: left[0]!.id }, body: { reason: '退休' } })
    expect(gone.grants).toEqual([])
  })
})

