// Imports over HTTP: a file's way through matching, dry run and storing, rows that add up, rejects that come back corrected.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { downloadImportRejects, downloadImportTemplate, listImportRejects, listImports, listImportTargets, rematchImport, rereadImport, runImport, checkImport, uploadImport, type Import } from '@fugong/contract/imports'
import { listEnterprises } from '@fugong/contract/enterprises'
import { sql } from '../../base/db.ts'
import { openSheet } from '../../base/sheets/open.ts'
import type { Value } from '../../base/sheets/write.ts'
import { HEADER, begin, check, creditCode, firmRow, giveUp, importAll, look, matchingOf, store, xlsx } from '../../test/importing.ts'
import { openCity, type City, type Someone } from '../../test/harness.ts'
import { scratch, sheetXml, xlsxOf } from '../../test/sheets.ts'

let city: City
let tian: Someone
const place = scratch()
beforeAll(async () => {
  city = await openCity({ now: '2020-02-24T02:00:00Z' })
  tian = await city.as('tianyuqing') // reviewer of 云岩, 520103
})
afterAll(async () => {
  place.remove()
  await city?.close()
})
const sum = ({ counts }: Import) => counts && [counts.rows, counts.fresh, counts.changed, counts.unchanged, counts.rejected, counts.notData, counts.left]
const rejects = async (one: Import) => (await tian.call(listImportRejects, { params: { id: one.id } })).items
const firms = (q: string) => tian.call(listEnterprises, { query: { q } })
async function cellsOf(content: unknown, name = 'r.xlsx'): Promise<unknown[][]> {
  const sheet = await openSheet(place.file(name, Buffer.from(content as Uint8Array)))
  const rows = []
  for await (const batch of sheet.rows()) rows.push(...batch.map((row) => row.cells))
  await sheet.close()
  return rows
}

describe('the way of a file', () => {
  it('is matched by names and synonyms, checked without storing, stored, and the same file again changes nothing', async () => {
    const header = ['信用代码', '单位名称*', '行业（GB/T 4754）', '所在区县', '街道', '地址', '员工人数', '营业收入', '法人', '联系电话']
    const file = await xlsx([header, ...[1, 2, 3].map((n) => firmRow(n))])
    const read = await begin(city, tian, file)
    expect(read).toMatchObject({ state: 'read', format: 'xlsx', headerAt: 1, headerRows: 1, total: 4, can: ['reread', 'check', 'cancel'] })
    expect(read.columns.map(({ matched, by }) => `${matched} ${by}`)).toEqual(['creditCode synonym', 'name synonym', 'industry name', 'district synonym', 'street name', 'address synonym', 'staff synonym', 'revenue name', 'legalName synonym', 'legalPhone synonym'])
    expect(read.columns[9]!.samples[0]).toBe('139****0101')
    const checked = await check(city, tian, read)
    expect([checked.state, sum(checked), checked.can]).toEqual(['checked', [3, 3, 0, 0, 0, 0, 0], ['rematch', 'run', 'cancel']])
    expect((await firms('样例第1精密')).items).toEqual([])
    const done = await store(city, tian, checked)
    expect([done.state, sum(done), done.can]).toEqual(['done', [3, 3, 0, 0, 0, 0, 0], []])
    expect((await firms('样例第1精密')).items).toMatchObject([{ creditCode: creditCode(1), industryCode: '34', districtCode: '520103', size: 'small', codeState: 'valid', workplaces: 1 }])
    const again = await importAll(city, tian, file)
    expect([sum(again.checked), sum(again.done)]).toEqual([[3, 0, 0, 3, 0, 0, 0], [3, 0, 0, 3, 0, 0, 0]])
  })
  it('that was stopped in the middle goes on where it was, and says so', async () => {
    const rows = 2600
    const file = await xlsx([HEADER, ...Array.from({ length: rows }, (_, n) => firmRow(20_000 + n))])
    const checked = await check(city, tian, await begin(city, tian, file))
    expect(checked.resumed).toBeNull()
    await tian.call(runImport, { params: { id: checked.id }, body: {} })
    // A worker took the step and died: nobody ended it, another takes it again.
    const die = () => city.system((ctx) => sql`update base.jobs set attempt = 1 where name = 'imports.run'`.execute(ctx.db))
    await die()
    await city.workOnce()
    expect((await look(tian, checked)).resumed).toEqual({ times: 1, row: 2, at: '2020-02-24T02:00:00.000Z' })
    await city.work()
    const done = await look(tian, checked)
    expect([done.state, sum(done), done.resumed?.times]).toEqual(['done', [rows, rows, 0, 0, 0, 0, 0], 1])
    const again = await importAll(city, tian, file)
    expect([sum(again.done), again.done.resumed]).toEqual([[rows, 0, 0, rows, 0, 0, 0], null])
  })
  it('tells what would change, from what to what, with personal values masked, and keeps history', async () => {
    const file = await xlsx([HEADER, firmRow(1, { 6: 400, 8: '样例乙' }), firmRow(2, { 1: '贵阳样例改名有限公司' }), firmRow(3)])
    const { checked, done } = await importAll(city, tian, file)
    expect(sum(done)).toEqual([3, 0, 2, 1, 0, 0, 0])
    expect(checked.changes.map(({ row, key, column, from, to }) => [row, key, column, from, to])).toEqual([
      [2, creditCode(1), 'staff', '21', '400'], [2, creditCode(1), 'legalName', '样**', '样**'], [3, creditCode(2), 'name', '贵阳样例第2精密机械有限公司', '贵阳样例改名有限公司'],
    ])
    expect((await firms('样例改名')).items).toHaveLength(1)
    const history = await city.system((ctx) => sql<{ kind: string; reason: string | null }>`select c.kind, c.reason from enterprises.changes c join enterprises.enterprises e on e.id = c.enterprise_id where e.credit_code = ${creditCode(1)} order by c.effective_on, c.id`.execute(ctx.db))
    expect(history.rows).toEqual([{ kind: 'registered', reason: null }, { kind: 'updated', reason: '批量导入' }, { kind: 'sized', reason: null }])
  })
  it('rejects with reasons, hands the rows back as the same file, and takes them again when they are corrected', async () => {
    const rows = [firmRow(11), firmRow(12, { 0: '91520103MA70001199' }), firmRow(13, { 6: '很多', 9: '12345' }), firmRow(11), firmRow(14, { 3: '南明区', 4: '新华路街道' }), firmRow(15, { 1: null }), firmRow(16, { 3: '东城区' })]
    const { done } = await importAll(city, tian, await xlsx([HEADER, ...rows]))
    expect(sum(done)).toEqual([7, 1, 0, 0, 6, 0, 0])
    expect((await rejects(done)).map(({ row, issues }) => [row, ...issues.map(({ column, letter, code, value }) => `${letter} ${column} ${code} ${value}`)])).toEqual([
      [3, 'A creditCode issue.organisation_code_check 91520103MA70001199'], [4, 'G staff issue.cell_number 很多', 'J legalPhone issue.phone 1****'], [5, `A creditCode issue.import_repeated ${creditCode(11)}`],
      [6, 'D district issue.area_outside 南明区'], [7, 'B name issue.required '], [8, 'D district issue.area_unknown 东城区', 'E street issue.street_outside_district 黔灵镇'],
    ].map((one) => (one[0] === 8 ? one.slice(0, 2) : one)))
    for (const format of ['xlsx', 'csv'] as const) {
      const back = await cellsOf(await tian.call(downloadImportRejects, { params: { id: done.id }, query: { format, language: 'zh' } }), `r.${format}`)
      expect(back).toHaveLength(7)
      expect(back[0]).toEqual([...HEADER, '退回原因（导入时忽略）'])
      expect(String(back[2]![10])).toBe('从业人数：应为数字；法定代表人手机应为 11 位手机号')
      expect(back[3]![10]).toContain('与第 2 行重复')
    }
    const table = (await cellsOf(await tian.call(downloadImportRejects, { params: { id: done.id }, query: { format: 'xlsx', language: 'en' } }))) as Value[][]
    table[1]![0] = creditCode(12)
    table[2]![6] = 9
    table[2]![9] = '13900000101'
    const fixed = await importAll(city, tian, await xlsx([table[0]!, table[1]!, table[2]!, table[3]!]))
    expect(sum(fixed.done)).toEqual([3, 2, 0, 1, 0, 0, 0])
    expect(fixed.done.columns[10]).toMatchObject({ matched: null })
  })
  it('puts cells right and tells where: width, blanks, apostrophes, case, days, noughts, thousands; totals and notes are no data', async () => {
    const full = (text: string) => text.replace(/[!-~]/g, (one) => String.fromCharCode(one.charCodeAt(0) + 0xfee0))
    const header = [...HEADER, '成立日期']
    const rows: Value[][] = [
      ['2020 年企业名录'], header,
      [...firmRow(21, { 0: full(creditCode(21)) }), '2015年3月2日'], [...firmRow(22, { 0: ` ${creditCode(22).toLowerCase()}\u00a0`, 1: '\u3000贵阳样例空格\u200b有限公司 ' }), 42_064], [...firmRow(23, { 0: `'${creditCode(23)}`, 6: '1,200' }), '20150302'],
      [...firmRow(24, { 9: { n: '13900000101' } }), { d: '2015-03-02' }], [...firmRow(25, { 2: { n: '1' } }), '2015/3/2'], [...firmRow(26, { 9: { n: '1.39E+10' }, 0: { n: '5.2010360012345E+17' } }), '2015-3-2'],
      ['合计', null, null, null, null, null, 1500], ['注：本表由样例提供'],
    ]
    const { checked, done } = await importAll(city, tian, await xlsx(rows))
    expect([checked.headerAt, sum(done)]).toEqual([2, [8, 5, 0, 0, 1, 2, 0]])
    expect(done.told.map(({ kind, column, rows: at }) => `${kind} ${column ?? ''} ${at.join(',')}`).sort()).toEqual([
      'apostrophe creditCode 5', 'dateShape foundedOn 3,5,7,8', 'fullWidth creditCode 3', 'invisible name 4', 'noteRow  10', 'numberAsText creditCode', 'numberAsText industry 7', 'numberAsText legalPhone 6,8', 'serialDate foundedOn 4',
      'spaces creditCode 4', 'spaces name 4', 'thousands staff 5', 'titleRows  1', 'totalRow  9', 'upperCase creditCode 4',
    ].filter((one) => one !== 'numberAsText creditCode'))
    expect(await rejects(done)).toMatchObject([{ row: 8, issues: [{ column: 'creditCode', code: 'issue.cell_precision' }] }])
    const stored = await city.system((ctx) => sql<{ name: string; foundedOn: string; industryCode: string }>`select name, founded_on, industry_code from enterprises.enterprises where credit_code = any (${[21, 22, 23, 24, 25].map(creditCode)}) order by credit_code`.execute(ctx.db))
    expect(stored.rows.map((row) => row.foundedOn)).toEqual(['2015-03-02', '2015-03-01', '2015-03-02', '2015-03-02', '2015-03-02'])
    expect(stored.rows[1]!.name).toBe('贵阳样例空格有限公司')
    expect(stored.rows[4]!.industryCode).toBe('01')
  })
  it('understands two header rows, merged cells, hidden rows, columns and sheets', async () => {
    const text = (reference: string, value: Value) => (typeof value === 'number' ? `<c r="${reference}"><v>${value}</v></c>` : `<c r="${reference}" t="inlineStr"><is><t>${value as string}</t></is></c>`)
    const line = (at: number, values: (Value | null)[], attributes = '') => `<row r="${at}"${attributes}>${values.map((value, column) => (value === null ? '' : text(`${String.fromCharCode(65 + column)}${at}`, value))).join('')}</row>`
    const data = (n: number) => firmRow(n).slice(0, 6)
    const xml = sheetXml(
      line(1, ['基本情况', null, null, '所在地', null, null, '法定代表人', null]) + line(2, ['统一社会信用代码', '企业名称', '行业', '区县', '街道', '经营地址', '姓名', '手机'])
      + line(3, [...data(31), '样例甲', '13900000101']) + line(4, [...data(32).map((value, at) => (at === 3 ? null : value)), '样例甲', '13900000101'], ' hidden="1"'),
      '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="D1:F1"/><mergeCell ref="G1:H1"/><mergeCell ref="D3:D4"/></mergeCells>', '<cols><col min="8" max="8" hidden="1"/></cols>')
    const { done } = await importAll(city, tian, xlsxOf({ sheets: [{ name: '藏', state: 'hidden', xml: sheetXml('') }, { name: '名录', xml }] }))
    expect([done.headerAt, done.headerRows, sum(done)]).toEqual([2, 2, [2, 2, 0, 0, 0, 0, 0]])
    expect(done.columns.map(({ header, matched }) => [header, matched]).slice(5)).toEqual([['所在地/经营地址', 'address'], ['法定代表人/姓名', 'legalName'], ['法定代表人/手机', 'legalPhone']])
    expect(done.told.map(({ kind }) => kind).sort()).toEqual(['doubleHeader', 'hiddenColumn', 'hiddenRow', 'hiddenSheet', 'merged'])
  })
  it('reads CSV in GB18030 and lets the encoding be chosen by hand', async () => {
    const text = [HEADER, firmRow(41)].map((row) => row.join(',')).join('\n')
    const gb = Buffer.concat([...text].map((one) => gbBytes(one)))
    const read = await begin(city, tian, gb, '名录.csv')
    expect(read).toMatchObject({ state: 'read', format: 'csv', encoding: 'gb18030', separator: ',' })
    await tian.call(rereadImport, { params: { id: read.id }, body: { encoding: 'gb18030', separator: ';' } })
    await city.work()
    expect((await look(tian, read)).columns).toHaveLength(1)
    await tian.call(rereadImport, { params: { id: read.id }, body: {} })
    await city.work()
    expect(sum(await store(city, tian, await check(city, tian, await look(tian, read))))).toEqual([1, 1, 0, 0, 0, 0, 0])
  })
})

describe('the template', () => {
  it('has the headers of the target, which match themselves, and explains them', async () => {
    const bytes = await tian.call(downloadImportTemplate, { params: { code: 'enterprises' }, query: { format: 'xlsx', language: 'zh' } })
    const [header] = await cellsOf(bytes, 't.xlsx')
    expect(header).toContain('统一社会信用代码*')
    const read = await openSheet(place.file('t2.xlsx', Buffer.from(bytes)))
    expect(read.sheets.map(({ name }) => name)).toEqual(['Sheet1', '填写说明'])
    await read.close()
    const en = await cellsOf(await tian.call(downloadImportTemplate, { params: { code: 'enterprises' }, query: { format: 'csv', language: 'en' } }), 't.csv')
    expect(en[0]).toContain('Credit code*')
  })
})

describe('what is refused', () => {
  it.each([['encrypted', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')])], ['not_a_sheet', Buffer.from('%PDF-1.7')], ['no_rows', Buffer.from(HEADER.join(','))], ['quote_open', Buffer.from('统一社会信用代码\n"9152')]])('a file that is %s ends with its reason', async (code, content) => {
    const read = await begin(city, tian, content)
    expect([read.state, read.failure, read.can]).toEqual(['failed', `imports.${code}`, []])
  })
  it('an empty file, an unknown target, and a person without the right', async () => {
    await expect(begin(city, tian, Buffer.alloc(0))).rejects.toMatchObject({ code: 'files.empty' })
    await expect(begin(city, await city.contact('13900000101'), Buffer.from('a'))).rejects.toMatchObject({ status: 404 })
    await expect(begin(city, await city.as('gaohongtao'), Buffer.from('a'))).rejects.toMatchObject({ status: 403 })
    await expect(tian.upload(uploadImport, { name: 'a.csv', content: Buffer.from('a') }, { target: 'nothing' })).rejects.toMatchObject({ status: 404 })
    expect((await tian.call(listImportTargets)).items).toMatchObject([{ code: 'enterprises', listPath: '/console/enterprises' }, { code: 'tenants' }])
  })
  it('a matching without the key, with a column twice or unknown, a header outside of the file', async () => {
    const read = await begin(city, tian, await xlsx([HEADER, firmRow(51)]))
    const with_ = (set: object) => tian.refused(checkImport, { params: { id: read.id }, body: { ...matchingOf(read), ...set } })
    expect((await with_({ matching: HEADER.map((_, at) => (at === 0 ? null : matchingOf(read).matching[at])) })).issues).toMatchObject([{ path: '/matching', code: 'issue.import_key_missing' }])
    expect((await with_({ matching: ['creditCode', 'creditCode', 'nothing'] })).issues).toMatchObject([{ path: '/matching/1', code: 'issue.duplicate' }, { path: '/matching/2', code: 'issue.choice' }])
    expect((await with_({ headerAt: 99 })).issues).toMatchObject([{ path: '/headerAt', code: 'issue.import_header' }])
    expect((await tian.refused(runImport, { params: { id: read.id }, body: {} })).code).toBe('imports.state_refused')
    await giveUp(tian, read)
  })
  it('others see nothing of an import', async () => {
    const { done } = await importAll(city, tian, await xlsx([HEADER, firmRow(61, { 6: 'x' })]))
    const other = await city.as('fangzhiping')
    for (const endpoint of [listImportRejects, downloadImportRejects]) expect(await other.refused(endpoint, { params: { id: done.id }, query: endpoint === downloadImportRejects ? { format: 'csv', language: 'zh' } : {} })).toMatchObject({ status: 404 })
    await expect(look(other, done)).rejects.toMatchObject({ status: 404 })
    expect((await other.call(listImports)).items).toEqual([])
    expect((await tian.call(listImports)).items[0]).toMatchObject({ id: done.id, targetName: { zh: '企业名录' }, counts: { rejected: 1 } })
  })
  it('more than five open at once', async () => {
    const open = []
    for (let n = 0; n < 5; n++) open.push(await begin(city, tian, await xlsx([HEADER, firmRow(70 + n)])))
    await expect(begin(city, tian, Buffer.from('a'))).rejects.toMatchObject({ code: 'imports.too_many_open', params: { count: 5 } })
    for (const one of open) expect((await giveUp(tian, one)).state).toBe('cancelled')
  })
})

describe('stopping and going on', () => {
  it('goes back from the dry run to the matching', async () => {
    const checked = await check(city, tian, await begin(city, tian, await xlsx([HEADER, firmRow(81, { 6: 'x' })])))
    const back = await tian.call(rematchImport, { params: { id: checked.id }, body: {} })
    expect([back.state, back.counts, back.can]).toEqual(['read', null, ['check', 'cancel']])
    expect(sum(await check(city, tian, back, { matching: matchingOf(back).matching.map((code) => (code === 'staff' ? null : code)) }))).toEqual([1, 1, 0, 0, 0, 0, 0])
    await giveUp(tian, checked)
    expect(await rowsLeft(checked)).toBe(0)
  })
  it('cancelled while storing keeps what is stored, says so, and can go on', async () => {
    const rows = Array.from({ length: 5200 }, (_, at) => firmRow(10_000 + at))
    const checked = await check(city, tian, await begin(city, tian, await xlsx([HEADER, ...rows])))
    expect(sum(checked)).toEqual([5200, 5200, 0, 0, 0, 0, 0])
    await tian.call(runImport, { params: { id: checked.id }, body: {} })
    await city.workOnce()
    const midway = await look(tian, checked)
    expect(midway.state).toBe('running')
    await giveUp(tian, checked)
    await city.work()
    const stopped = await look(tian, checked)
    expect([stopped.state, stopped.can]).toEqual(['cancelled', ['resume']])
    expect(stopped.counts!.fresh + stopped.counts!.left).toBe(5200)
    expect(stopped.counts!.left).toBeGreaterThan(0)
    const done = await store(city, tian, stopped)
    expect([done.state, sum(done)]).toEqual(['done', [5200, 5200, 0, 0, 0, 0, 0]])
    const stored = await city.system((ctx) => sql<{ n: number }>`select count(*)::int as n from enterprises.enterprises where credit_code = any (${Array.from({ length: 5200 }, (_, at) => creditCode(10_000 + at))})`.execute(ctx.db))
    expect(stored.rows[0]!.n).toBe(5200)
  }, 180_000)
  it('stops when the right was taken away meanwhile', async () => {
    const checked = await check(city, tian, await begin(city, tian, await xlsx([HEADER, firmRow(91)])))
    await tian.call(runImport, { params: { id: checked.id }, body: {} })
    await city.system((ctx) => sql`update identity.grants set ended_at = ${ctx.now} where person_id = (select person_id from imports.imports where id = ${checked.id})`.execute(ctx.db))
    await city.work()
    const ended = await city.system((ctx) => sql<{ state: string; failure: string }>`select state, failure from imports.imports where id = ${checked.id}`.execute(ctx.db))
    expect(ended.rows[0]).toEqual({ state: 'failed', failure: 'imports.right_lost' })
  })
})

const rowsLeft = async (one: { id: string }) => (await city.system((ctx) => sql<{ n: number }>`select count(*)::int as n from imports.batches where import_id = ${one.id}`.execute(ctx.db))).rows[0]!.n
/** GB18030 of the few characters that the test table uses, by the decoder's own table. */
function gbBytes(character: string): Buffer {
  if (character.charCodeAt(0) < 128) return Buffer.from(character)
  gbTable ??= new Map(Array.from({ length: 126 * 191 }, (_, at) => [0x81 + Math.floor(at / 191), 0x40 + (at % 191)] as const).map((pair) => [new TextDecoder('gb18030').decode(Buffer.from(pair)), Buffer.from(pair)]))
  return gbTable.get(character)!
}
let gbTable: Map<string, Buffer> | undefined
