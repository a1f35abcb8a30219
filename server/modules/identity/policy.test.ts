// Which role may call which endpoint of identity, and whose rows the application's own database role can reach.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import pg from 'pg'
import * as contract from '@fugong/contract/identity'
import { PUBLIC, SIGNED_IN, type AnyEndpoint } from '@fugong/contract/base'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { verbs } from './policy.ts'

let city: City
beforeAll(async () => { city = await openCity() })
afterAll(() => city.close())

const endpoints = Object.entries(contract).filter(([, value]) => typeof value === 'object' && 'verb' in value && 'path' in value) as unknown as [string, AnyEndpoint][]
/** One sample person for each role; contacts sign in by phone. */
const people: Record<string, string> = {
  administrator: 'luyuanming', commander: 'gaohongtao', reviewer: 'tianyuqing', departmentOfficer: 'wenguangyu', caseOfficer: 'hanyuxuan', specialist: 'leixiaofeng', communityWorker: 'maolihua', enterpriseContact: '13900000101',
}
const staff = Object.keys(people).filter((role) => role !== 'enterpriseContact')
/** The whole matrix, written out: an endpoint that is missing here fails. */
const allowed: Record<string, readonly string[]> = {
  listUnits: staff, delegateGrant: staff, createUnit: ['administrator'], renameUnit: ['administrator'], dissolveUnit: ['administrator'], listPeople: ['administrator'], getPerson: ['administrator'],
  createPerson: ['administrator'], grantRole: ['administrator'], endGrant: ['administrator'], deactivatePerson: ['administrator'], requestRecovery: ['administrator'], confirmRecovery: ['administrator'],
  cancelRecovery: ['administrator'], startSeeingAs: ['administrator'],
  signOut: ['*'], chooseEmergency: ['*'], changePhone: ['*'], changePassword: ['*'], listMySessions: ['*'], endMySession: ['*'], stopSeeingAs: ['*'],
  getSession: ['everyone'], signIn: ['everyone'], sendPhoneCode: ['everyone'], signInByPhone: ['everyone'], readInvitation: ['everyone'], acceptInvitation: ['everyone'], listOutbox: ['everyone'],
}

describe('verbs and roles', () => {
  it('are decided for every endpoint', () => {
    expect(endpoints.map(([name]) => name).sort()).toEqual(Object.keys(allowed).sort())
    for (const [name, endpoint] of endpoints) {
      const expected = allowed[name]!
      if (expected[0] === 'everyone') expect(endpoint.verb, name).toBe(PUBLIC)
      else if (expected[0] === '*') expect(endpoint.verb, name).toBe(SIGNED_IN)
      else expect([...(verbs as Record<string, readonly string[]>)[endpoint.verb]!].sort(), name).toEqual([...expected].sort())
    }
  })
  it('hold over HTTP: who lacks the verb is refused before anything is looked at', async () => {
    // Bodies are checked after the caller is known and before the verb, so the call must be well formed.
    const id = '01900000-0000-7000-8000-000000000000'
    const bodies: Record<string, unknown> = {
      createUnit: { code: 'gy-x-y', kind: 'streetOffice', areaCode: '520103', name: { zh: '无', en: 'None' } }, renameUnit: { name: { zh: '无', en: 'None' } }, dissolveUnit: { reason: 'x' },
      createPerson: { name: '无', username: 'nobody', role: 'reviewer', unitId: id, areaCode: '520103' }, grantRole: { role: 'reviewer', unitId: id, areaCode: '520103' }, endGrant: { reason: 'x' }, deactivatePerson: { reason: 'x' },
      delegateGrant: { username: 'nobody', from: '2020-03-01T00:00:00Z', until: '2020-03-02T00:00:00Z', reason: 'x' }, requestRecovery: { reason: 'x' }, confirmRecovery: {}, startSeeingAs: { role: 'reviewer', unitId: id, areaCode: '520103', reason: 'x' },
      chooseEmergency: { emergencyId: id }, changePhone: { phone: '13800000000', oldCode: '000000', newCode: '000000' }, changePassword: { password: 'x', newPassword: 'x'.repeat(12), code: '000000' },
    }
    const callers: [string, Someone][] = [['nobody', city.anonymous()]]
    for (const [role, who] of Object.entries(people)) callers.push([role, /^1/.test(who) ? await city.contact(who) : await city.as(who)])
    let refusals = 0
    for (const [name, endpoint] of endpoints) {
      if (allowed[name]![0] === 'everyone') continue
      for (const [role, someone] of callers) {
        if (allowed[name]![0] === '*' ? role !== 'nobody' : allowed[name]!.includes(role)) continue
        const refused = await someone.refused(endpoint, { params: { id }, ...(bodies[name] ? { body: bodies[name] } : {}) })
        expect([name, role, refused.code]).toEqual([name, role, role === 'nobody' ? 'session.required' : 'session.forbidden'])
        refusals += 1
      }
    }
    expect(refusals).toBeGreaterThan(100)
  })
})

describe('row-level security', () => {
  /** What a query sees as the application role under a scope, past our own code. */
  async function asApp<T extends pg.QueryResultRow>(person: string, statement: string): Promise<T[]> {
    const client = new pg.Client(city.database.app)
    await client.connect()
    try {
      await client.query('begin')
      await client.query("select set_config('app.named', '', true), set_config('app.person', $1, true), set_config('app.areas', '520100,520103', true), set_config('app.departments', '', true), set_config('app.enterprises', '', true)", [person])
      return (await client.query<T>(statement)).rows
    } finally {
      await client.query('rollback').catch(() => {})
      await client.end()
    }
  }
  const idOf = async (who: Someone) => (await who.call(contract.getSession)).personId!

  it('gives a person their own rows and nobody else’s', async () => {
    const tian = await idOf(await city.as('tianyuqing'))
    expect(await asApp(tian, 'select id from identity.people')).toEqual([{ id: tian }])
    expect((await asApp<{ person_id: string }>(tian, 'select person_id from identity.grants')).every((row) => row.person_id === tian)).toBe(true)
    expect((await asApp<{ person_id: string }>(tian, 'select person_id from identity.sessions')).every((row) => row.person_id === tian)).toBe(true)
    expect(await asApp('', 'select id from identity.people')).toEqual([])
  })
  it('gives secrets to no scope but the system’s', async () => {
    const lu = await idOf(await city.as('luyuanming'))
    for (const table of ['credentials', 'phone_codes', 'code_hours', 'sign_in_tries', 'invitations', 'recoveries', 'sample_credentials']) expect(await asApp(lu, `select * from identity.${table}`), table).toEqual([])
    await expect(asApp(lu, `insert into identity.credentials values ('${lu}', 'x', '', 0, now())`)).rejects.toThrow('row-level security')
  })
  it('lets nobody raise themselves, move a session or rewrite history', async () => {
    const tian = await idOf(await city.as('tianyuqing'))
    for (const statement of [
      'update identity.grants set role = \'administrator\'', 'delete from identity.grants', 'delete from identity.people', 'update identity.sessions set expires_at = now()', 'update identity.people set username = \'x\'',
      'update identity.units set area_code = \'520100\'', 'delete from identity.units', 'truncate identity.sessions',
    ]) await expect(asApp(tian, statement), statement).rejects.toThrow(/permission denied/)
  })
})
