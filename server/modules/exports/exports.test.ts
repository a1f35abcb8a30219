// Exports over HTTP: what one sees and no more, recorded before the first byte, counted and hashed; requests that are faulty.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { beginExport, cancelExport, countExports, getExport, listExports, listExportSources, takeExport, type BeginExport, type Export } from '@fugong/contract/exports'
import { listEnterprises } from '@fugong/contract/enterprises'
import { sql } from '../../base/db.ts'
import { connect } from '../../base/migrate.ts'
import { declare, newFirm } from '../../test/declaring.ts'
import { takeApart } from '../../test/exporting.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'

let city: City
let tian: Someone // reviewer of 520103
let peng: Someone // reviewer of 520112
let gao: Someone // commander of the city
let wen: Someone // officer of the industry bureau

beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing')
  peng = await city.as('pengxiulan')
  gao = await city.as('gaohongtao')
  wen = await city.as('wenguangyu')
  const { contact, firm } = await newFirm(city, 'yunyan')
  await declare(contact, firm)
})
afterAll(() => city?.close())

const asked: BeginExport = { source: 'enterprises', format: 'csv', language: 'zh', columns: ['creditCode', 'name', 'district', 'workplaces'], filter: {} }
const begin = (who: Someone, change: Partial<BeginExport> = {}) => who.call(beginExport, { body: { ...asked, ...change } })
const take = async (who: Someone, { id }: { id: string }) => Buffer.from((await who.call(takeExport, { params: { id } })) as unknown as Uint8Array)
const eventsOf = (id: string) => city.system(async (ctx) => (await sql<{ name: string; payload: Record<string, unknown>; actorKind: string }>`select name, payload, actor_kind from base.events where subject_kind = 'export' and subject_id = ${id} order by id`.execute(ctx.db)).rows)
const told = (refusal: { issues: { path: string; code: string }[] }) => refusal.issues.map((issue) => `${issue.path} ${issue.code}`).sort()

describe('a small export', () => {
  it('is recorded, then sent, then counted and hashed', async () => {
    const open = await begin(tian)
    expect(open).toMatchObject({ state: 'open', source: 'enterprises', name: { zh: '企业名单' }, filter: { zh: '全部', en: 'Everything' }, personal: [], reason: null, expected: 2, rows: 0, sha256: null, can: ['take', 'cancel'], askedBy: { name: '田雨晴', unit: { zh: '云岩区复工复产工作专班' } } })
    expect(open.number).toMatch(/^DC20200224-[0-9A-HJKMNP-TV-Z]{8}$/)
    expect((await eventsOf(open.id)).map((event) => event.name)).toEqual(['export.begun'])
    const file = takeApart(await take(tian, open))
    expect(file.header).toEqual(['统一社会信用代码', '企业名称', '区县', '场所数'])
    expect(file.rows.map((row) => row[1]).sort()).toEqual((await tian.call(listEnterprises)).items.map((row) => row.name).sort())
    expect(file.rows.every((row) => row[2] === '云岩区' && row[3] === '1')).toBe(true)
    const done = await tian.call(getExport, { params: { id: open.id } })
    expect(done).toMatchObject({ state: 'done', rows: 2, sha256: file.sha256, can: [] })
    expect(file.notes).toEqual([
      '名单：企业名单', '条件：全部', '导出时间：2020-02-24 10:00:00（北京时间）', '行数：2', '导出人：田雨晴（云岩区复工复产工作专班）', `导出编号：${open.number}`, `数据 SHA-256：${file.sha256}`,
      '校验方法：表头和各数据行按 CSV 写成 UTF-8 文本，每行以 CRLF 结尾，不含开头标记和说明行', '提示：本次导出已登记，仅限工作使用',
    ])
    expect(file.watermark).toBe(`复工 · 企业名单 · 导出编号 ${open.number} · 导出人 田雨晴（云岩区复工复产工作专班） · 2020-02-24 10:00:00`)
    expect((await eventsOf(open.id)).map(({ name, payload }) => [name, payload])).toEqual([
      ['export.begun', { number: open.number, source: 'enterprises', format: 'csv', filters: [], columns: asked.columns, personal: [] }],
      ['export.completed', { number: open.number, rows: 2, sha256: file.sha256 }],
    ])
  })
  it('tells its hash and count behind the last byte, and is sent as a file that nothing runs', async () => {
    const { id, number } = await begin(tian)
    const answer = await tian.raw({ method: 'GET', url: `/api/exports/${id}/file` })
    expect(answer.headers).toMatchObject({ 'content-type': 'text/csv; charset=utf-8', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`企业名单-${number}.csv`)}` })
    expect(answer.trailers).toEqual({ 'x-export-rows': '2', 'x-export-sha256': takeApart(answer.rawPayload).sha256 })
  })
  it('is sent once', async () => {
    const open = await begin(tian)
    const both = await Promise.allSettled([take(tian, open), take(tian, open)])
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await tian.refused(takeExport, { params: { id: open.id } })).toMatchObject({ status: 409, code: 'exports.state_refused', params: { state: 'done' } })
  })
  it('is open for a quarter of an hour', async () => {
    const open = await begin(tian)
    city.clock.set('2020-02-24T02:16:00Z')
    expect(await tian.call(getExport, { params: { id: open.id } })).toMatchObject({ state: 'expired', can: [] })
    expect(await tian.refused(takeExport, { params: { id: open.id } })).toMatchObject({ status: 409, params: { state: 'expired' } })
    city.clock.set('2020-02-24T02:00:00Z')
    await tian.call(cancelExport, { params: { id: open.id }, body: {} })
  })
  it('speaks English to who reads English', async () => {
    const open = await begin(peng, { language: 'en', columns: ['creditCode', 'class', 'district'], filter: { district: '520112', q: '卫生' } })
    expect(open.filter).toEqual({ zh: '地区：乌当区；搜索：卫生', en: 'Area: Wudang District; Search: 卫生' })
    const file = takeApart(await take(peng, open))
    expect(file.header).toEqual(['Credit code', 'Class', 'District'])
    expect(file.rows).toEqual([['91520112MAYP0001X2', 'Vital', 'Wudang District']])
    expect(file.notes).toContain('Filter: Area: Wudang District; Search: 卫生')
    // Neither search text nor area is in the audit.
    expect((await eventsOf(open.id))[0]!.payload).toMatchObject({ filters: ['district', 'q'] })
    expect(JSON.stringify(await eventsOf(open.id))).not.toContain('卫生')
  })
  it('has one hash, whatever the format', async () => {
    const [csv, xlsx] = [await begin(gao), await begin(gao, { format: 'xlsx' })]
    const { sha256 } = takeApart(await take(gao, csv))
    const book = await take(gao, xlsx)
    expect(book.subarray(0, 2).toString()).toBe('PK')
    expect(await gao.call(getExport, { params: { id: xlsx.id } })).toMatchObject({ state: 'done', rows: (await gao.call(listEnterprises)).total, sha256 })
  })
})

describe('what it holds', () => {
  const codes = async (who: Someone, change: Partial<BeginExport> = {}) => takeApart(await take(who, await begin(who, change))).rows.map((row) => row[0]).sort()
  it('is what the reader sees, of each source', async () => {
    for (const who of [tian, peng, gao, wen]) expect(await codes(who)).toEqual((await who.call(listEnterprises, { query: { limit: 200 } })).items.map((row) => row.creditCode).sort())
    expect(await codes(peng)).not.toEqual(await codes(tian))
    const declarations = { source: 'declarations', columns: ['enterpriseName', 'state', 'headcount', 'certificateNumber'] }
    expect(takeApart(await take(tian, await begin(tian, declarations))).rows).toHaveLength(1)
    expect(takeApart(await take(peng, await begin(peng, declarations))).rows).toHaveLength(0)
    const certificates = { source: 'certificates', columns: ['number', 'state', 'enterpriseName', 'district'] }
    const mine = takeApart(await take(tian, await begin(tian, certificates))).rows
    expect(await codes(peng, certificates)).toEqual([])
    expect(mine.length).toBeLessThanOrEqual(1)
  })
  it('follows the filters of the list', async () => {
    expect(await codes(gao, { filter: { district: '520112' } })).toEqual((await gao.call(listEnterprises, { query: { district: '520112' } })).items.map((row) => row.creditCode).sort())
    expect(await codes(tian, { filter: { district: '520112' } })).toEqual([])
    expect(await codes(gao, { filter: { codeState: 'pending' } })).toEqual([])
    expect(takeApart(await take(tian, await begin(tian, { source: 'declarations', columns: ['state'], filter: { state: 'draft' } }))).rows).toEqual([])
  })
  it('stays text: formulas, controls, directions and rare characters', async () => {
    const name = '=HYPERLINK("http://x","䶮𬒈")'
    const { firm } = await newFirm(city, 'nanming', { name })
    // No entry lets such characters in; a row written by other means may hold them.
    const owner = await connect(city.database.owner)
    await owner.query("select set_config('app.named', 'system', false)")
    await owner.query('update enterprises.enterprises set name = $1 where id = $2', [`${name}\u202Egpj.\u0007exe`, firm.id])
    await owner.end()
    const fang = await city.as('fangzhiping')
    const rows = takeApart(await take(fang, await begin(fang, { columns: ['name'] }))).rows.map(([text]) => text!)
    const [found] = rows.filter((text) => text.includes('䶮𬒈'))
    expect(found).toMatch(/^'=HYPERLINK/)
    expect(rows.some((text) => /^[=+\-@\t\r]/.test(text))).toBe(false)
     
    expect(rows.some((text) => /[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/.test(text))).toBe(false)
    const book = await take(fang, await begin(fang, { columns: ['name'], format: 'xlsx' }))
    expect(book.includes('<f>')).toBe(false)
  })
})

describe('who exports', () => {
  it('sees sources with their columns, personal ones marked', async () => {
    const { items } = await tian.call(listExportSources)
    expect(items.map((source) => source.code)).toEqual(['enterprises', 'declarations', 'certificates', 'batches'])
    expect(items[0]!.columns.filter((column) => column.sensitivity === 'personal').map((column) => column.code)).toEqual(['legalName', 'legalPhone', 'contactName', 'contactPhone'])
  })
  it('is an official, for their own exports only', async () => {
    const open = await begin(tian)
    for (const endpoint of [getExport, takeExport, cancelExport]) expect(await peng.refused(endpoint, { params: { id: open.id }, body: endpoint === cancelExport ? {} : undefined })).toMatchObject({ status: 404 })
    const ids = (await peng.call(listExports)).items.map((one) => one.id)
    expect(ids).not.toContain(open.id)
    await tian.call(cancelExport, { params: { id: open.id }, body: {} })
    expect(await tian.refused(takeExport, { params: { id: open.id } })).toMatchObject({ status: 409, params: { state: 'cancelled' } })
    expect(await (await city.contact('13900000101')).refused(beginExport, { body: asked })).toMatchObject({ status: 403 })
    expect(await (await city.as('luyuanming')).refused(beginExport, { body: asked })).toMatchObject({ status: 403 })
    expect(await city.anonymous().refused(takeExport, { params: { id: open.id } })).toMatchObject({ status: 401 })
  })
  it('has at most five under way', async () => {
    const who = await city.as('luochengxi')
    const open: Export[] = []
    for (let n = 0; n < 5; n++) open.push(await begin(who))
    expect(await who.refused(beginExport, { body: asked })).toMatchObject({ status: 409, code: 'exports.too_many_open', params: { count: 5 } })
    await who.call(cancelExport, { params: { id: open[0]!.id }, body: {} })
    await begin(who)
    expect((await who.call(listExports, { query: { limit: 2 } }))).toMatchObject({ total: 6, items: [{}, {}] })
    expect(await who.call(countExports)).toEqual({ ready: 0, waiting: 0 })
  })
})

describe('a faulty request', () => {
  const bad: [object, string[]][] = [
    [{}, ['/columns issue.required', '/filter issue.required', '/format issue.required', '/language issue.required', '/source issue.required']],
    [{ ...asked, source: 'people' }, ['/source issue.choice']],
    [{ ...asked, columns: [] }, ['/columns issue.too_few']],
    [{ ...asked, columns: ['name', 'password', 'phone'] }, ['/columns/1 issue.choice', '/columns/2 issue.choice']],
    [{ ...asked, columns: ['name', 'name'] }, ['/columns issue.duplicate']],
    [{ ...asked, filter: { district: '云岩', codeState: 'x', cursor: 'a' } }, ['/filter/codeState issue.choice', '/filter/cursor issue.unknown', '/filter/district issue.area']],
    [{ ...asked, columns: ['name', 'contactPhone'], format: 'pdf' }, ['/format issue.choice']],
    [{ ...asked, columns: ['name', 'contactPhone'], filter: { q: 7 } }, ['/filter/q issue.type', '/reason issue.required']],
    [{ ...asked, columns: ['name', 'contactPhone'], reason: ' \u202e' }, ['/reason issue.text']],
    [{ ...asked, columns: ["name'; drop table x"] }, ['/columns/0 issue.choice']],
  ]
  it('is told every fault at once and leaves nothing behind', async () => {
    const before = (await gao.call(listExports)).total
    for (const [body, issues] of bad) expect(told(await gao.refused(beginExport, { body })), JSON.stringify(body)).toEqual(issues)
    expect((await gao.call(listExports)).total).toBe(before)
  })
})
