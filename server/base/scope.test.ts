// One description of a scoped table, two walls: the predicate in the query and the policy in the database agree row by row.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { openGround, type Ground } from '../test/ground.ts'
import type { Scope } from './auth.ts'
import { may, nobody, rolesOf, scopeFor, systemScope, type Actor } from './auth.ts'
import { sql } from './db.ts'
import { asSystem } from './request.ts'
import { policyStatements, visibleTo, type ScopedTable } from './scope.ts'
import { openTo, reachesOf } from './reach.ts'

const table: ScopedTable = { table: 'things.things', enterprise: 'enterprise_id', areas: ['district_code', 'zone_code'], department: 'department_key', person: 'person_id', unit: 'unit_id', openedTo: 'record_id' }
const open: ScopedTable = { table: 'things.open', areas: ['district_code'], public: true }
const id = (n: number) => `00000000-0000-7000-8000-00000000000${n}`
let ground: Ground
beforeAll(async () => {
  ground = await openGround()
  await ground.asOwner(`create schema things; grant usage on schema things to fugong_app;
    create table things.things (id int primary key, enterprise_id uuid, district_code text, zone_code text, department_key text, person_id uuid, unit_id uuid, record_id uuid);
    create table things.open (id int primary key, district_code text);
    grant select, insert, update, delete on all tables in schema things to fugong_app;
    insert into things.open values (1, '520102');
    insert into base.opened_to values ('${id(6)}', '${id(5)}', now())`)
  for (const statement of [table, open].flatMap(policyStatements)) await ground.asOwner(statement)
  let n = 0
  for (const enterprise of [id(1), id(2), null]) for (const district of ['520102', '520103']) for (const zone of ['520171', null]) for (const person of [id(8), null]) {
    await ground.asOwner('insert into things.things values ($1, $2, $3, $4, $5, $6, $7, $8)', [n++, enterprise, district, zone, `${district}/${n % 2 ? 'industry' : 'commerce'}`, person, n % 5 ? null : id(4), n % 7 ? null : id(6)])
  }
})
afterAll(() => ground.close())

const seen = (scope: Scope, filtered: boolean) => ground.services.database.transaction({ scope, readOnly: true }, async (db) =>
  (await sql<{ id: number }>`select t.id from things.things t where ${filtered ? visibleTo(table, scope, 't') : sql`true`} order by t.id`.execute(db)).rows.map((row) => row.id))
const scopes = fc.record({ named: fc.constantFrom<Scope['named']>('', 'public'), person: fc.constantFrom('', id(8), id(9)), areas: fc.subarray(['520102', '520103', '520171']), departments: fc.subarray(['520102/industry', '520103/commerce']), enterprises: fc.subarray([id(1), id(2), id(3)]), units: fc.subarray([id(4), id(5)]) })

test('predicate and policy let the same rows through, for any scope', async () => {
  await fc.assert(fc.asyncProperty(scopes, async (scope) => { expect(await seen(scope, true)).toEqual(await seen(scope, false)) }), { numRuns: 60 })
})
test('the ways of a scope reach each of its rows once', async () => {
  await fc.assert(fc.asyncProperty(scopes, async (scope) => {
    const ways = reachesOf(table, scope, 't')
    const rows = await Promise.all(ways.map((way) => ground.services.database.transaction({ scope, readOnly: true }, async (db) => (await sql<{ id: number }>`select t.id from things.things t where ${way}`.execute(db)).rows.map((row) => row.id))))
    expect(rows.flat().sort((a, b) => a - b)).toEqual(await seen(scope, false))
  }), { numRuns: 40 })
})
test('a record opened to a unit is reached by it alone, from that moment on', async () => {
  const unit: Scope = { named: '', person: '', areas: [], departments: [], enterprises: [], units: [id(7)] }
  expect(await seen(unit, false)).toEqual([])
  await asSystem(ground.services, (ctx) => openTo(ctx, [id(6)], [id(7)]))
  const reached = await seen(unit, false)
  expect(reached).toHaveLength(3)
  expect(await seen(unit, true)).toEqual(reached)
  expect(await seen({ ...unit, units: [id(8)] }, false)).toEqual([])
  // Who was let in is no secret of others: a unit reads its own rows only.
  expect(await ground.services.database.transaction({ scope: unit }, async (db) => (await sql`select unit_id from base.opened_to`.execute(db)).rows)).toEqual([{ unitId: id(7) }])
  await expect(ground.services.database.transaction({ scope: unit }, async (db) => { await sql`insert into base.opened_to values (${id(1)}, ${id(8)}, now())`.execute(db) })).rejects.toThrow(/row-level security/)
})
test('no scope, no rows; the system sees all', async () => {
  expect(await seen({ named: '', person: '', areas: [], departments: [], enterprises: [], units: [] }, false)).toEqual([])
  expect(await seen(systemScope, false)).toHaveLength(24)
})
test('a connection without a scope sees and writes nothing', async () => {
  expect(await ground.asApp('select 1 from things.things')).toEqual([])
  await expect(ground.asApp("insert into things.things values (99, null, '520102', null, null, null, null, null)")).rejects.toThrow(/row-level security/)
})
test('rows cannot be moved into a foreign scope', async () => {
  const scope: Scope = { named: '', person: '', areas: ['520102'], departments: [], enterprises: [], units: [] }
  const update = (where: string) => ground.services.database.transaction({ scope }, async (db) => (await sql`update things.things set district_code = '520103' where district_code = ${where} and zone_code is null returning id`.execute(db)).rows.length)
  await expect(update('520102')).rejects.toThrow()
  expect(await update('520103')).toBe(0)
})
test('what is public may be read by anyone and written by no one', async () => {
  const scope: Scope = { named: 'public', person: '', areas: [], departments: [], enterprises: [], units: [] }
  const inScope = <T>(statement: ReturnType<typeof sql<T>>) => ground.services.database.transaction({ scope }, async (db) => (await statement.execute(db)).rows.length)
  expect(await inScope(sql`select 1 from things.open`)).toBe(1)
  await expect(inScope(sql`insert into things.open values (2, '520102')`)).rejects.toThrow(/row-level security/)
})
test('one transaction’s scope does not leak into the next on the same connection', async () => {
  await seen(systemScope, false)
  for (let i = 0; i < 12; i++) expect(await seen({ named: '', person: '', areas: [], departments: [], enterprises: [], units: [] }, false)).toEqual([])
})

describe('scopes of actors', () => {
  const verbs = { 'a.read': ['reviewer', 'departmentOfficer', 'enterpriseContact'], 'a.set': ['commander'] }
  const grant = (role: string, areas: string[], department: string | null = null) => ({ id: role, role, unitId: 'u', unitName: { zh: '', en: '' }, department, areaCode: areas[0]!, areas, delegated: false })
  const actor: Actor = { ...nobody, kind: 'staff', personId: id(8), grants: [grant('reviewer', ['520102']), grant('departmentOfficer', ['520103'], 'industry'), grant('commander', ['520111'])], enterprises: [id(1)] }
  test('only roles that hold the verb count', () => {
    expect(scopeFor(actor, 'a.read', verbs)).toEqual({ named: '', person: id(8), areas: ['520102'], departments: ['520103/industry'], enterprises: [id(1)], units: ['u'] })
    expect(scopeFor(actor, 'a.set', verbs)).toEqual({ named: '', person: id(8), areas: ['520111'], departments: [], enterprises: [], units: ['u'] })
    expect(scopeFor(actor, 'unknown', verbs)).toMatchObject({ areas: [], departments: [], enterprises: [] })
  })
  test('what everyone may do opens no area, and an administrator reads no records', () => {
    expect(scopeFor(actor, 'signed-in', verbs)).toEqual({ named: '', person: id(8), areas: [], departments: [], enterprises: [id(1)], units: [] })
    const administrator: Actor = { ...nobody, kind: 'staff', personId: id(9), grants: [grant('administrator', ['520102'])] }
    expect(scopeFor(administrator, 'unit.read', { 'unit.read': ['administrator'] })).toMatchObject({ areas: [], departments: [], enterprises: [], units: [] })
  })
  test('in another role only that role counts, and no firm of one’s own', () => {
    const seeing: Actor = { ...actor, seeingAs: grant('commander', ['520115']) }
    expect(rolesOf(seeing)).toEqual(['commander'])
    expect(scopeFor(seeing, 'a.set', verbs).areas).toEqual(['520115'])
    expect(scopeFor(seeing, 'a.read', verbs)).toMatchObject({ areas: [], enterprises: [] })
  })
  test('a staff person with a firm is also its contact; nobody holds nothing', () => {
    expect(rolesOf(actor)).toContain('enterpriseContact')
    expect(may(nobody, 'a.read', verbs)).toBe(false)
    expect(may(nobody, 'public', verbs)).toBe(true)
    expect(may(nobody, 'signed-in', verbs)).toBe(false)
  })
})
