// Large and personal exports: written by a job and sealed, agreed to by a second person, cancelled, killed, expired.
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { approveExport, beginExport, cancelExport, countExports, getExport, listExportRequests, refuseExport, takeExport, type BeginExport } from '@fugong/contract/exports'
import { endGrant, getSession } from '@fugong/contract/identity'
import { sql } from '../../base/db.ts'
import { claimJob, runJob } from '../../base/jobs.ts'
import { openReading } from '../../base/reading.ts'
import { lend } from '../../test/declaring.ts'
import { takeApart } from '../../test/exporting.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { systemScope } from '../../base/auth.ts'

let city: City
let folder: string
let tian: Someone // reviewer of 520103
let peng: Someone // reviewer of 520112
let gao: Someone // commander of the city
let fang: Someone // reviewer of 520102
const MANY = 21_000

beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  folder = join(city.config.dataDir, 'exports')
  tian = await city.as('tianyuqing')
  peng = await city.as('pengxiulan')
  gao = await city.as('gaohongtao')
  fang = await city.as('fangzhiping')
  // More certificates than are sent at once, all in 520102.
  await city.system((ctx) => sql`
    insert into certificates.certificates (id, number, state, declaration_id, enterprise_id, enterprise_name, name_key, workplace_name, address, district_code, street_code, issued_at, state_since, sample, planned_date, emergency_id, emergency_zh, emergency_en)
    select gen_random_uuid(), 'GY-' || lpad(translate(n::text, '', ''), 5, '0') || '-00000-0', 'valid', gen_random_uuid(), gen_random_uuid(), '批量企业' || n, '批量企业' || n, '一车间', '样例路 ' || n || ' 号', '520102', '520102031', ${ctx.now}::timestamptz - make_interval(secs => n), ${ctx.now}, true, date '2020-02-26', gen_random_uuid(), '样例', 'Sample'
    from generate_series(1, ${MANY}::int) as n`.execute(ctx.db))
}, 120_000)
afterAll(() => city?.close())

const large: BeginExport = { source: 'certificates', format: 'csv', language: 'zh', columns: ['number', 'enterpriseName', 'district', 'issuedAt'], filter: {} }
const personal: BeginExport = { source: 'enterprises', format: 'csv', language: 'zh', columns: ['name', 'contactName', 'contactPhone'], filter: {}, reason: '电话核对口罩库存' }
const begin = (who: Someone, body: BeginExport) => who.call(beginExport, { body })
const look = (who: Someone, { id }: { id: string }) => who.call(getExport, { params: { id } })
const take = async (who: Someone, { id }: { id: string }) => Buffer.from((await who.call(takeExport, { params: { id } })) as unknown as Uint8Array)
const eventsOf = (id: string) => city.system(async (ctx) => (await sql<{ name: string; actorId: string | null; unitId: string | null; payload: unknown }>`select name, actor_id, unit_id, payload from base.events where subject_kind = 'export' and subject_id = ${id} order by at, id`.execute(ctx.db)).rows)
/** Which notices went to whom about an export, in the order of time. */
const toldOf = (id: string) => city.system(async (ctx) => (await sql<{ template: string; name: string }>`select m.template, p.name from notices.messages m join notices.deliveries d on d.message_id = m.id join identity.people p on p.id = d.person_id where m.about_kind = 'export' and m.about_id = ${id} order by m.sent_at, m.id`.execute(ctx.db)).rows.map(({ template, name }) => [template, name]))
const stored = () => (existsSync(folder) ? readdirSync(folder) : [])
const deed = (who: Someone, endpoint: typeof approveExport, { id }: { id: string }) => who.call(endpoint, { params: { id }, body: {} })

describe('a large export', () => {
  it('is written by a job, lies sealed, is noticed, and goes to its owner only', async () => {
    const queued = await begin(fang, large)
    expect(queued).toMatchObject({ state: 'queued', expected: null, can: ['cancel'] })
    expect(await fang.refused(takeExport, { params: { id: queued.id } })).toMatchObject({ status: 409, params: { state: 'queued' } })
    await city.work()
    const ready = await look(fang, queued)
    expect(ready).toMatchObject({ state: 'ready', expected: MANY, rows: MANY, expiresAt: '2020-02-27T02:00:00.000Z', can: ['take', 'cancel'] })
    expect(await fang.call(countExports)).toEqual({ ready: 1, waiting: 0 })
    const [name] = stored()
    const path = join(folder, name!)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(readFileSync(path).includes('批量企业')).toBe(false)
    for (const other of [tian, gao]) expect(await other.refused(takeExport, { params: { id: queued.id } })).toMatchObject({ status: 404 })
    const answer = await fang.raw({ method: 'GET', url: `/api/exports/${queued.id}/file` })
    const file = takeApart(answer.rawPayload)
    expect(answer.headers).toMatchObject({ 'content-length': String(ready.size), 'x-export-rows': String(MANY), 'x-export-sha256': file.sha256 })
    expect(file.rows).toHaveLength(MANY)
    expect(file.sha256).toBe(ready.sha256)
    expect(new Set(file.rows.map((row) => row[0])).size).toBe(MANY)
    expect(await fang.call(countExports)).toEqual({ ready: 0, waiting: 0 })
    expect((await eventsOf(queued.id)).map((event) => event.name)).toEqual(['export.begun', 'export.completed', 'export.taken'])
  })
  it('goes with its key when its time is over', async () => {
    const queued = await begin(fang, { ...large, format: 'xlsx' })
    await city.work()
    const before = stored().length
    await overdue(queued)
    expect(await look(fang, queued)).toMatchObject({ state: 'expired', can: [] })
    await sweepNow()
    // Bytes go after the commit.
    await expect.poll(() => stored().length).toBe(before - 1)
    expect(await city.system(async (ctx) => (await sql<{ keySealed: unknown }>`select key_sealed from exports.exports where id = ${queued.id}`.execute(ctx.db)).rows[0])).toEqual({ keySealed: null })
    expect((await eventsOf(queued.id)).at(-1)).toMatchObject({ name: 'export.removed', payload: { why: 'expired' } })
  })
  it('stops when it is cancelled', async () => {
    const before = stored()
    const queued = await begin(fang, large)
    expect(await fang.call(cancelExport, { params: { id: queued.id }, body: {} })).toMatchObject({ state: 'cancelled' })
    await city.work()
    expect(await look(fang, queued)).toMatchObject({ state: 'cancelled', rows: 0 })
    expect(stored()).toEqual(before)
    expect(await fang.refused(cancelExport, { params: { id: queued.id }, body: {} })).toMatchObject({ status: 409, params: { state: 'cancelled' } })
  })
  it('begins again after its worker was killed, and says so when that happens thrice', async () => {
    const kind = city.system_.house.jobs.find((job) => job.name === 'exports.run')!
    const killed = async () => {
      const claimed = await city.system((ctx) => claimJob(ctx, ['exports.run'], 'w1'))
      // As a process that is gone: it took the job on and gave no further sign.
      const signal = AbortSignal.abort()
      await kind.before!((work) => city.system(work), claimed!.payload, signal).catch(() => {})
      await city.system((ctx) => sql`update base.jobs set heartbeat_at = now() - interval '1 minute' where id = ${claimed!.id}`.execute(ctx.db))
    }
    const before = stored().length
    const queued = await begin(fang, large)
    await killed()
    expect(await look(fang, queued)).toMatchObject({ state: 'running' })
    await city.work()
    expect(await look(fang, queued)).toMatchObject({ state: 'ready', rows: MANY })
    expect(stored()).toHaveLength(before + 1)
    const unlucky = await begin(fang, large)
    for (let n = 0; n < 3; n++) await killed()
    await city.work()
    expect(await look(fang, unlucky)).toMatchObject({ state: 'failed', failure: 'interrupted' })
    expect((await eventsOf(unlucky.id)).at(-1)).toMatchObject({ name: 'export.failed', payload: { failure: 'interrupted' } })
    expect(await toldOf(unlucky.id)).toEqual([['export.failed', '方志平']])
    expect(stored()).toHaveLength(before + 1)
  })
  it('of a run that was given up cannot end another one', async () => {
    const queued = await begin(fang, large)
    const kind = city.system_.house.jobs.find((job) => job.name === 'exports.run')!
    const claimed = (await city.system((ctx) => claimJob(ctx, ['exports.run'], 'slow')))!
    await Promise.all([kind.before!((work) => city.system(work), claimed.payload, new AbortController().signal), runJob(kind, { ...claimed, attempt: claimed.attempt }, 'slow', (work) => city.system(work))])
    const ready = await look(fang, queued)
    expect(ready).toMatchObject({ state: 'ready', rows: MANY })
    expect(takeApart(await take(fang, queued)).sha256).toBe(ready.sha256)
    await fang.call(cancelExport, { params: { id: queued.id }, body: {} })
    await city.work()
    expect(await look(fang, queued)).toMatchObject({ state: 'cancelled', can: [] })
  })
  it('is read in the rights of the moment it is written', async () => {
    const jin = await city.as('yaosiyuan')
    const queued = await begin(gao, large)
    expect(queued.state).toBe('queued')
    expect((await begin(jin, large)).state).toBe('open')
    const lu = await city.as('luyuanming')
    const grant = (await gao.call(getSession)).grants[0]!
    await lu.call(endGrant, { params: { id: grant.id }, body: { reason: '岗位调整' } })
    await city.work()
    expect(await city.system(async (ctx) => (await sql`select state, failure, rows from exports.exports where id = ${queued.id}`.execute(ctx.db)).rows[0])).toEqual({ state: 'failed', failure: 'right_lost', rows: 0 })
  })
})

describe('personal columns', () => {
  it('wait for a second person within reach, and are then written unmasked for the requester', async () => {
    const request = await begin(tian, personal)
    expect(request).toMatchObject({ state: 'asked', personal: [{ zh: '联络员' }, { zh: '联络员手机' }], reason: '电话核对口罩库存', expiresAt: '2020-02-27T02:00:00.000Z', can: ['cancel'] })
    expect(await tian.refused(approveExport, { params: { id: request.id }, body: {} })).toMatchObject({ status: 409, code: 'exports.second_person_needed' })
    expect(await peng.refused(approveExport, { params: { id: request.id }, body: {} })).toMatchObject({ status: 404 })
    expect((await peng.call(listExportRequests)).items).toEqual([])
    await lend(city, 'tianyuqing', 'pengxiulan')
    const second = await city.as('pengxiulan')
    expect((await second.call(listExportRequests)).items.map((one) => [one.id, one.can])).toEqual([[request.id, ['approve', 'refuse']]])
    expect(await second.call(countExports)).toMatchObject({ waiting: 1 })
    // Whoever asks is not asked to agree.
    expect((await toldOf(request.id)).map(([, name]) => name)).not.toContain('田雨晴')
    expect(await deed(second, approveExport, request)).toMatchObject({ state: 'queued', decidedBy: { name: '彭秀岚' } })
    expect(await second.refused(refuseExport, { params: { id: request.id }, body: { reason: '晚了' } })).toMatchObject({ status: 409, code: 'conflict.changed', params: { who: '彭秀岚' } })
    await city.work()
    expect((await second.call(listExportRequests, { query: { state: 'decided' } })).items).toMatchObject([{ id: request.id, state: 'ready', can: [] }])
    expect(await second.refused(takeExport, { params: { id: request.id } })).toMatchObject({ status: 404 })
    const file = takeApart(await take(tian, request))
    expect(file.rows).toContainEqual(['样例云上影城有限公司', '祝俊杰', '13900000102'])
    expect(file.rows.every((row) => row[2] === '13900000102')).toBe(true)
    const events = await eventsOf(request.id)
    expect(events.map((event) => event.name)).toEqual(['export.requested', 'export.approved', 'export.begun', 'export.completed', 'export.taken'])
    expect((await toldOf(request.id)).filter(([, name]) => name === '田雨晴').map(([template]) => template)).toEqual(['export.approved', 'export.ready'])
    expect(JSON.stringify(events)).not.toMatch(/祝俊杰|13900000102|口罩库存/)
    expect(city.log.join('')).not.toMatch(/祝俊杰|13900000102/)
  })
  it('are refused with a reason that the requester reads', async () => {
    const request = await begin(tian, personal)
    const second = await city.as('pengxiulan')
    expect(await second.refused(refuseExport, { params: { id: request.id }, body: { reason: ' ' } })).toMatchObject({ status: 422 })
    await second.call(refuseExport, { params: { id: request.id }, body: { reason: '口罩库存可由日报得到' } })
    expect(await look(tian, request)).toMatchObject({ state: 'refused', decisionReason: '口罩库存可由日报得到', can: [] })
    expect(await tian.refused(takeExport, { params: { id: request.id } })).toMatchObject({ status: 409 })
  })
  it('lapse when nobody decides', async () => {
    const request = await begin(tian, personal)
    await overdue(request)
    expect(await look(tian, request)).toMatchObject({ state: 'lapsed', can: [] })
    const second = await city.as('pengxiulan')
    expect(await second.refused(approveExport, { params: { id: request.id }, body: {} })).toMatchObject({ status: 409, params: { state: 'lapsed' } })
    await sweepNow()
    expect(await look(tian, request)).toMatchObject({ state: 'lapsed' })
  })
  it('decided by two at once have one decision', async () => {
    const request = await begin(tian, personal)
    const second = await city.as('pengxiulan')
    const both = await Promise.allSettled([deed(second, approveExport, request), second.call(refuseExport, { params: { id: request.id }, body: { reason: '否' } })])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    await city.work()
  })
})

describe('a long read', () => {
  it('sees one moment, whatever is written meanwhile', async () => {
    const reading = await openReading(city.system_.services.database, systemScope)
    try {
      const rows = reading.stream(sql`select number from certificates.certificates`.compile(reading.db), { batch: 5000 })
      let count = (await rows.next()).value!.length
      await city.system((ctx) => sql`update certificates.certificates set state = 'suspended', state_reason = 'x', state_since = now() where district_code = '520102'`.execute(ctx.db))
      for await (const batch of rows) count += batch.length
      expect(count).toBe(MANY)
      expect(Number((await sql<{ n: number }>`select count(*)::int as n from certificates.certificates where state = 'suspended'`.execute(reading.db)).rows[0]!.n)).toBe(0)
    } finally {
      await reading.close()
    }
  })
  it('cannot write', async () => {
    const reading = await openReading(city.system_.services.database, systemScope)
    await expect(sql`update certificates.certificates set sample = false`.execute(reading.db)).rejects.toThrow(/read-only/)
    await reading.close()
  })
})

async function sweepNow(): Promise<void> {
  await city.system(async (ctx) => ctx.enqueue('exports.sweep', null, { key: 'test' }))
  await city.work()
}
/** Sessions end before exports do, so the end is brought near instead of the clock moved. */
async function overdue({ id }: { id: string }): Promise<void> {
  await city.system((ctx) => sql`update exports.exports set expires_at = ${ctx.now} where id = ${id}`.execute(ctx.db))
}
