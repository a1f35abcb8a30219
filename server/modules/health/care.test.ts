// What happens to days afterwards: signals for a check by the table, and the erasing of a day with a proof that it is gone.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveReceipt } from '@fugong/contract/health'
import { checkSignal, listErasures, listSignals } from '@fugong/contract/health.signals'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { openCity, type City } from '../../test/harness.ts'
import { bindPeople, reportFor, type Reporter } from '../../test/reporting.ts'
import { eraseDays } from './erase.actions.ts'
import { beginSignals } from './signals.actions.ts'

let city: City
let here: Reporter[]
let number = ''
const owner = async (text: string, values: unknown[] = []) => {
  const client = await connect(city.database.owner)
  try { return (await client.query(text, values)).rows as Record<string, unknown>[] } finally { await client.end() }
}
const officer = () => city.as('hanyuxuan')
const dawnOf = (day: string) => city.clock.set(`${day}T08:00:00+08:00`)
async function night(day: string): Promise<void> {
  dawnOf(day)
  await city.system(beginSignals); await city.system(beginSignals)
  await city.work()
}
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T08:00:00+08:00' })
  const people = await bindPeople(city, 400)
  // Everybody of one workplace in the officer's district.
  const [place] = await owner("select workplace_id from health.subjects where district_code = '520103' group by 1 order by count(*) desc limit 1")
  here = people.filter(({ workplaceId }) => workplaceId === place!['workplace_id'])
  await owner("update health.subjects set since = '2020-02-01'")
})
afterAll(() => city.close())

describe('signals', () => {
  it('of one phone for many people, and of reports before the roster began; a reason, with the threshold of the table', async () => {
    const device = randomUUID()
    await owner('update health.bindings set device_id = $1 where id = any ($2::uuid[])', [device, here.slice(0, 6).map(({ bindingId }) => bindingId)])
    await owner("update health.subjects set since = '2020-02-25' where employment_id = $1", [here[7]!.employmentId])
    for (const who of here.slice(0, 8)) number = (await reportFor(city, who, { temperature: 36.5 })).body.number
    await night('2020-02-25')
    const items = (await (await officer()).call(listSignals, { query: { open: true } })).items
    expect(items.map(({ kind, people, threshold, day, state }) => ({ kind, people, threshold, day, state }))).toEqual([{ kind: 'device', people: 6, threshold: 5, day: '2020-02-24', state: 'open' }, { kind: 'early', people: 1, threshold: 1, day: '2020-02-24', state: 'open' }])
  })
  it('are the case officer’s of that district, who notes what was found; nobody decides anything by them', async () => {
    for (const [username, status] of [['tianyuqing', 403], ['gaohongtao', 403], ['luyuanming', 403]] as const) expect((await (await city.as(username)).refused(listSignals)).status).toBe(status)
    expect((await (await city.as('zhongmingkai')).call(listSignals)).items).toEqual([])
    const who = await officer()
    const [signal] = (await who.call(listSignals)).items
    expect((await (await city.as('zhongmingkai')).refused(checkSignal, { params: { id: signal!.id }, body: { note: '家人代报' } })).code).toBe('not_found')
    await who.call(checkSignal, { params: { id: signal!.id }, body: { note: '家人共用一部手机' } })
    expect((await who.refused(checkSignal, { params: { id: signal!.id }, body: { note: '再次' } })).code).toBe('not_found')
    expect((await who.call(listSignals, { query: { open: true } })).items.map(({ kind }) => kind)).toEqual(['early'])
    expect((await who.call(listSignals)).items.find(({ id }) => id === signal!.id)).toMatchObject({ state: 'checked', note: '家人共用一部手机', checkedBy: '韩雨萱' })
    expect(await owner('select count(*)::int as n from health.statuses')).toEqual([{ n: 0 }])
  })
  it('of the same answers with a temperature for a week, and only of an unbroken week', async () => {
    const [steady, broken] = [here[8]!, here[9]!]
    for (let day = 25; day <= 31; day++) {
      const on = new Date(Date.UTC(2020, 1, day)).toISOString().slice(0, 10)
      dawnOf(on)
      for (const who of [steady, broken]) await reportFor(city, who, { temperature: who === broken && day === 28 ? 36.7 : 36.4 }, on)
      await night(new Date(Date.UTC(2020, 1, day + 1)).toISOString().slice(0, 10))
    }
    const same = (await (await officer()).call(listSignals)).items.filter(({ kind }) => kind === 'same')
    expect(same).toMatchObject([{ people: 1, threshold: 7, day: '2020-03-02' }])
    expect((await owner("select days from health.same_answers where employment_id = any ($1::uuid[]) order by days", [[steady.employmentId, broken.employmentId]])).map(({ days }) => days)).toEqual([3, 7])
  })
  it('of many within seconds at one workplace', async () => {
    await owner("insert into health.subjects (employment_id, person_id, enterprise_id, workplace_id, district_code, street_code, emergency_id, emergency_kind, since) select gen_random_uuid(), gen_random_uuid(), enterprise_id, workplace_id, district_code, street_code, emergency_id, emergency_kind, '2020-02-01' from health.subjects, generate_series(1, 60) where employment_id = $1", [here[0]!.employmentId])
    await city.system((ctx) => sql`select health.ensure_day('2020-03-03'::date)`.execute(ctx.db))
    await owner(`insert into health.reports (enterprise_id, employment_id, day, slot, workplace_id, level, rule, position, batch_id, accepted_at, commitment)
      select enterprise_id, employment_id, '2020-03-03', 1, workplace_id, 0, 1, 0, 1, timestamptz '2020-03-03 08:00:00+08' + (row_number() over ()) * interval '300 ms', '\\x00' from health.subjects where workplace_id = $1 and person_id <> employment_id`, [here[0]!.workplaceId])
    await night('2020-03-04')
    expect((await (await officer()).call(listSignals)).items.find(({ kind }) => kind === 'burst')).toMatchObject({ day: '2020-03-03', people: 60, threshold: 50 })
  })
})

describe('erasing', () => {
  const run = () => city.system(eraseDays('520100'))
  it('waits for the day, then destroys key and parts, proves it, and leaves receipts provable', async () => {
    dawnOf('2020-04-24')
    await run()
    expect((await (await city.as('luyuanming')).call(listErasures)).items).toEqual([])
    const [before] = await owner("select encode(sha256(key_sealed), 'hex') as hash from health.day_keys where day = '2020-02-24'")
    dawnOf('2020-04-25')
    await run(); await run()
    const { items } = await (await city.as('luyuanming')).call(listErasures)
    expect(items).toMatchObject([{ day: '2020-02-24', why: 'age', keepDays: 60, reports: 8, verified: true, keyHash: before!['hash'], proof: expect.stringMatching(/^[0-9a-f]{64}$/) }])
    expect(await owner("select to_regclass('health.reports_20200224') as parts, (select count(*)::int from health.day_keys where day = '2020-02-24') as keys, (select count(*)::int from health.reports where day = '2020-02-24') as rows")).toEqual([{ parts: null, keys: 0, rows: 0 }])
    expect(await owner("select count(*)::int as n from base.events where name = 'health.day_erased' and subject_id = '2020-02-24' and payload->>'proof' = $1", [items[0]!.proof])).toEqual([{ n: 1 }])
    // What was accepted can still be proved: its leaf holds nothing of the answers.
    expect(await city.anonymous().call(proveReceipt, { params: { number } })).toMatchObject({ number, acceptedOn: '2020-02-24' })
  })
  it('is seen by those who answer for it', async () => {
    for (const username of ['gaohongtao', 'hanyuxuan']) expect((await (await city.as(username)).call(listErasures)).items).toHaveLength(1)
    for (const username of ['tianyuqing', 'leixiaofeng']) expect((await (await city.as(username)).refused(listErasures)).code).toBe('session.forbidden')
  })
})
