// Transactions: commit means committed, errors become problems, a broken connection is replaced.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openGround, type Ground } from '../test/ground.ts'
import { systemScope } from './auth.ts'
import { openDatabase, sql, translateError, type Db } from './db.ts'
import { Problem } from './problem.ts'

let ground: Ground
beforeAll(async () => { ground = await openGround() })
afterAll(() => ground.close())
const run = <T>(work: (db: Db) => Promise<T>) => ground.services.database.transaction({ scope: systemScope }, work)
const add = (db: Db, name: string) => sql`insert into base.schedules (name, next_at) values (${name}, now())`.execute(db)
const names = async () => (await ground.asOwner<{ name: string }>('select name from base.schedules order by name')).map((row) => row.name)

test('an error that the work swallows still undoes the transaction: no false success', async () => {
  await expect(run(async (db) => {
    await add(db, 'swallowed')
    await sql`select 1 / 0`.execute(db).catch(() => {})
    return 'looks fine'
  })).rejects.toThrow('rolled back')
  expect(await names()).toEqual([])
})
test('a write sent with the commit that fails makes the whole fail', async () => {
  await expect(ground.services.database.transaction({ scope: systemScope }, (db) => add(db, 'tail'), (client) => [client.query('insert into base.schedules (name) values (null)')])).rejects.toThrow()
  expect(await names()).toEqual([])
})
test('a query that outlives its transaction runs in no other', async () => {
  let late: Db | undefined
  await run(async (db) => { late = db })
  await expect(sql`select 1`.execute(late!)).rejects.toThrow('has ended')
})
test('values come back as the wire has them', async () => {
  const [row] = (await run((db) => sql<{ at: string; day: string; many: number; someName: string; body: unknown }>`select '2020-02-24 09:30+08'::timestamptz as at, '2020-02-24'::date as day, 42::bigint as many, 'x' as some_name, '{"snake_key":{"inner_key":1}}'::jsonb as body`.execute(db))).rows
  expect(row).toEqual({ at: '2020-02-24T01:30:00.000Z', day: '2020-02-24', many: 42, someName: 'x', body: { snake_key: { inner_key: 1 } } })
})
test('a killed connection is a problem now and replaced for the next', async () => {
  const failed = run(async (db) => {
    const pid = (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]!.pid
    await ground.asOwner('select pg_terminate_backend($1)', [pid]).catch(() => {})
    await sql`select 1`.execute(db)
  })
  await failed.then(() => {}, (error: unknown) => expect((error as Problem).code ?? '').toMatch(/database.unavailable/))
  expect((await run((db) => sql<{ one: number }>`select 1 as one`.execute(db))).rows).toEqual([{ one: 1 }])
})
test('a long statement is stopped and told', async () => {
  const impatient = openDatabase(ground.app, { size: 1, statementTimeoutMs: 100 })
  await expect(impatient.transaction({ scope: systemScope }, (db) => sql`select pg_sleep(2)`.execute(db))).rejects.toMatchObject({ code: 'request.timeout' })
  await impatient.close()
})
test('no database at all', async () => {
  const nowhere = openDatabase({ host: '127.0.0.1', port: 1, user: 'x', database: 'x' }, { size: 1 })
  await expect(nowhere.transaction({ scope: systemScope }, (db) => sql`select 1`.execute(db))).rejects.toMatchObject({ code: 'database.unavailable' })
  await nowhere.close()
})
test('constraints become the problem they stand for; what is not known stays as it is', () => {
  const failure = Object.assign(new Error('duplicate'), { code: '23505', constraint: 'areas_pkey' })
  expect(translateError(failure, { areas_pkey: 'areas.code_taken' })).toMatchObject({ code: 'areas.code_taken', status: 409 })
  expect(translateError(failure, {})).toBe(failure)
  expect(translateError(Object.assign(new Error(''), { code: '40001' }), {})).toMatchObject({ code: 'server.busy' })
  const known = new Problem('not_found')
  expect(translateError(known, {})).toBe(known)
})
