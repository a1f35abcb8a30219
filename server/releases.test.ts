// An upgrade: the database of every earlier release is brought up to date with its data, and work goes on in it.
import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { verifyCertificate } from '@fugong/contract/certificates'
import { acceptDeclaration, listDeclarations, type Declaration } from '@fugong/contract/declarations'
import { listEnterprises } from '@fugong/contract/enterprises'
import { projectRoot } from './base/data.ts'
import { connect } from './base/migrate.ts'
import { migrateSchema } from './boot.ts'
import { createTestDatabase, type TestDatabase } from './test/database.ts'
import { look } from './test/declaring.ts'
import { openCity, type City } from './test/harness.ts'

const FOLDER = join(projectRoot, 'server', 'test', 'releases')
const releases = readdirSync(FOLDER).filter((name) => name.endsWith('.sql.gz')).map((name) => name.replace('.sql.gz', ''))
const count = async (client: pg.Client, table: string) => (await client.query<{ n: number }>(`select count(*)::int as n from ${table}`)).rows[0]!.n
/** What a city would miss first. Sessions and the like may go. */
const KEPT = ['enterprises.enterprises', 'enterprises.workplaces', 'enterprises.changes', 'identity.people', 'identity.grants', 'identity.memberships', 'levels.records', 'declarations.declarations', 'declarations.timeline', 'declarations.gaps', 'certificates.certificates', 'certificates.history', 'files.files', 'base.events', 'rules.decisions']

describe.each(releases)('from release %s', (release) => {
  let database: TestDatabase
  let city: City
  let before: Map<string, number>
  let states: Map<string, string>
  beforeAll(async () => {
    database = await createTestDatabase({ empty: true })
    const owner = await connect(database.owner)
    await owner.query(gunzipSync(readFileSync(join(FOLDER, `${release}.sql.gz`))).toString('utf8'))
    before = new Map()
    for (const table of KEPT) before.set(table, await count(owner, table))
    states = new Map((await owner.query<{ id: string; state: string }>('select id, state from declarations.declarations')).rows.map((row) => [row.id, row.state]))
    await owner.end()
    await migrateSchema(database.owner)
    city = await openCity({ now: '2020-02-24T03:00:00Z', database })
  })
  afterAll(() => city?.close())

  it('nothing is lost', async () => {
    const owner = await connect(database.owner)
    for (const [table, rows] of before) {
      expect(rows, `${table} was empty before`).toBeGreaterThan(0)
      // Loading data of today may add to it, never take away.
      expect(await count(owner, table), table).toBeGreaterThanOrEqual(rows)
    }
    await owner.end()
  })
  it('every declaration stands where it stood, and its firm and its office read it', async () => {
    const commander = await city.as('gaohongtao')
    const { items } = await commander.call(listDeclarations, { query: { limit: 200 } })
    expect(new Set(states.values())).toEqual(new Set(['draft', 'underReview', 'returned', 'siteCheckPending', 'filed', 'rejected', 'withdrawn']))
    for (const [id, state] of states) {
      const shown = items.find((row) => row.id === id)
      expect(shown?.state, state).toBe(state)
      expect((await look(commander, { id })).timeline.length).toBeGreaterThan(0)
    }
  })
  it('what waited is decided, and what was filed is proved at the door', async () => {
    const reviewer = await city.as('jianghaoyu')
    const { items } = await reviewer.call(listDeclarations, { query: { state: 'underReview' } })
    expect(items.length).toBeGreaterThan(0)
    const waiting = await look(reviewer, items[0]!)
    const accepted = await reviewer.call(acceptDeclaration, { params: { id: waiting.id }, body: { revision: waiting.revision } } as never) as Declaration
    expect(accepted.state).toBe('filed')
    expect((await city.anonymous().call(verifyCertificate, { params: { number: accepted.certificateNumber! } })).state).toBe('valid')
  })
  it('the register is found as before', async () => {
    const reviewer = await city.as('jianghaoyu')
    expect((await reviewer.call(listEnterprises, { query: { q: '测试' } })).items.length).toBeGreaterThan(0)
  })
  it('a second run of the migrations changes nothing', async () => {
    const said: string[] = []
    await migrateSchema(database.owner, (line) => said.push(line))
    expect(said).toEqual([])
  })
})
it('there is a release to come from', () => expect(releases.length).toBeGreaterThan(0))
