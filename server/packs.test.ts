// Packs as a whole: broken ones are listed fault by fault and not imported, and a flood runs beside the epidemic.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { beginEmergency, listPacks, type PackFile } from '@fugong/contract/emergencies'
import { getForm } from '@fugong/contract/forms'
import { listTables, type DecisionTable } from '@fugong/contract/rules'
import { projectRoot } from './base/data.ts'
import { openEmergencyFor } from './modules/emergencies/index.ts'
import { decide } from './modules/rules/index.ts'
import { loadPacks } from './packs.ts'
import { openCity, type City, type Someone } from './test/harness.ts'

let city: City
let administrator: Someone
let folder: string
beforeAll(async () => {
  city = await openCity({ now: '2020-07-01T02:00:00Z' })
  administrator = await city.as('luyuanming')
})
afterAll(() => city.close())
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'fugong-packs-')) })
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const load = (place = '520100') => city.system((ctx) => loadPacks(ctx, folder, place))
const path = (...parts: string[]) => join(folder, ...parts)
const readJson = <T>(file: string) => JSON.parse(readFileSync(file, 'utf8')) as T
const write = (file: string, value: unknown) => writeFileSync(file, typeof value === 'string' ? value : JSON.stringify(value))
/** A copy of the flood pack under another code and kind, changed at will. */
function copyOfFlood(code: string, kind = code, change: (pack: PackFile) => void = () => {}): void {
  cpSync(join(projectRoot, 'packs', 'flood'), path(code), { recursive: true })
  const pack = readJson<PackFile>(path(code, 'pack.json'))
  pack.code = code
  pack.kind = kind
  pack.version = 1
  change(pack)
  write(path(code, 'pack.json'), pack)
}
const lines = (faults: readonly { path: string; code: string }[]) => faults.map((fault) => `${fault.path} ${fault.code}`).sort()
const listed = async (code: string) => (await administrator.call(listPacks)).items.find((pack) => pack.code === code)

describe('a sound pack', () => {
  it('is imported once and quietly kept', async () => {
    copyOfFlood('quake')
    expect(await load()).toEqual([{ code: 'quake', faults: [] }])
    const first = await listed('quake')
    expect(first).toMatchObject({ version: 1, kind: 'quake', tables: 1, forms: 3, measures: 5, faults: [], importedAt: '2020-07-01T02:00:00.000Z' })
    city.clock.set('2020-07-01T02:05:00Z')
    expect(await load()).toEqual([{ code: 'quake', faults: [] }])
    expect(await listed('quake')).toEqual(first)
    const events = await city.system((ctx) => ctx.db.selectFrom('base.events').select('payload').where('name', '=', 'pack.imported').where('subjectId', '=', 'quake').execute())
    expect(events).toEqual([{ payload: { code: 'quake', version: 1 } }])
  })
  it('written for another city holds for this one; what it lays down for a district stays there', async () => {
    copyOfFlood('elsewhere')
    const table = readJson<DecisionTable>(path('elsewhere', 'tables', 'declaration.procedure.json'))
    write(path('elsewhere', 'tables', 'district.json'), { ...table, code: 'declaration.district', areaCode: '520103' })
    const pack = readJson<PackFile>(path('elsewhere', 'pack.json'))
    write(path('elsewhere', 'pack.json'), { ...pack, tables: [...pack.tables, 'tables/district.json'] })
    expect(await load('520300')).toEqual([{ code: 'elsewhere', faults: [] }])
    expect(await load('520300')).toEqual([{ code: 'elsewhere', faults: [] }])
    const areas = await city.system(async (ctx) => {
      const of = async (schema: 'rules.tables' | 'forms.forms') => (await ctx.db.selectFrom(schema).select(['code', 'areaCode']).where('pack', '=', 'elsewhere').orderBy('code').execute()) as { code: string; areaCode: string }[]
      return [...(await of('rules.tables')), ...(await of('forms.forms'))].map(({ code, areaCode }) => `${code} ${areaCode}`)
    })
    expect(areas).toEqual(['declaration.district 520103', 'declaration.procedure 520300', 'declaration.plan 520300', 'declaration.pledge 520300', 'person.selfEntry 520300'])
  })
  it('comes in a new version beside the old one, and its own copy of an unchanged table is no conflict', async () => {
    copyOfFlood('quake', 'quake', (pack) => { pack.version = 2; pack.name.en = 'Second' })
    expect(await load()).toEqual([{ code: 'quake', faults: [] }])
    expect(await listed('quake')).toMatchObject({ version: 2, name: { en: 'Second' }, faults: [] })
  })
  it('that changed without a new number is refused, part by part, and the imported one stays', async () => {
    copyOfFlood('quake', 'quake', (pack) => { pack.version = 2; pack.name.en = 'Other' })
    const table = readJson<DecisionTable>(path('quake', 'tables', 'declaration.procedure.json'))
    table.rows[1]!.then['workingHours'] = 1
    write(path('quake', 'tables', 'declaration.procedure.json'), table)
    const [loaded] = await load()
    expect(lines(loaded!.faults)).toEqual(['pack.json#/version issue.version_content', 'tables/declaration.procedure.json#/version issue.version_content'])
    expect(await listed('quake')).toMatchObject({ version: 2, name: { en: 'Second' }, faults: [{ code: 'issue.version_content' }, { code: 'issue.version_content' }] })
    rmSync(path('quake'), { recursive: true })
    copyOfFlood('quake', 'quake', (pack) => { pack.version = 2; pack.name.en = 'Second' })
    await load()
    expect((await listed('quake'))!.faults).toEqual([])
  })
})

describe('a broken pack', () => {
  it('lists every fault of every file and imports nothing', async () => {
    copyOfFlood('broken', 'broken', (pack) => {
      pack.stages.push(pack.stages[0]!)
      pack.tables.push('tables/missing.json', 'tables/copy.json')
      pack.forms.push('forms/garbage.json')
      ;(pack as { extra?: number }).extra = 1
    })
    const table = readJson<DecisionTable>(path('broken', 'tables', 'declaration.procedure.json'))
    write(path('broken', 'tables', 'copy.json'), table)
    const faulty = structuredClone(table)
    faulty.rows[0]!.when['level'] = 'level == '
    faulty.rows[1]!.then['procedure'] = 'wait'
    write(path('broken', 'tables', 'declaration.procedure.json'), faulty)
    write(path('broken', 'forms', 'garbage.json'), '{"code": ')
    const form = readJson<{ pages: { fields: { code: string }[] }[] }>(path('broken', 'forms', 'declaration.plan.json'))
    form.pages[0]!.fields[1]!.code = form.pages[0]!.fields[0]!.code
    write(path('broken', 'forms', 'declaration.plan.json'), form)
    const measures = readJson<{ items: { level: string[] }[] }>(path('broken', 'measures', 'workplace.json'))
    measures.items[0]!.level = ['worst']
    write(path('broken', 'measures', 'workplace.json'), measures)

    const [loaded] = await load()
    expect(lines(loaded!.faults)).toEqual([
      'forms/declaration.plan.json#/pages/0/fields/1/code issue.duplicate', 'forms/garbage.json issue.file_not_json', 'measures/workplace.json#/items/0/level/0 issue.choice',
      'pack.json#/extra issue.unknown', 'pack.json#/stages/4/code issue.duplicate',
      'tables/declaration.procedure.json#/rows/0/when/level issue.cel_unfinished', 'tables/declaration.procedure.json#/rows/1/then/procedure issue.table_code_unknown', 'tables/missing.json issue.file_missing',
    ])
    expect(loaded!.faults.every((fault) => typeof fault.params?.['file'] === 'string')).toBe(true)
    const shown = await listed('broken')
    expect(lines(shown!.faults)).toEqual(lines(loaded!.faults))
    expect(shown!.importedAt).toBeNull()
    expect((await administrator.call(listTables)).items.filter((one) => one.emergencyKind === 'broken')).toEqual([])
    expect((await city.anonymous().refused(getForm, { params: { code: 'declaration.pledge' }, query: { area: '520103', kind: 'broken' } })).code).toBe('forms.none_in_force')
    const refused = await administrator.refused(beginEmergency, { body: { pack: 'broken', name: { zh: '甲', en: 'A' }, areaCode: '520100', documentNo: '1', begunAt: '2020-07-01T00:00:00Z' } })
    expect(refused.code).toBe('emergencies.pack_unknown')
  })
  it('mended, it is imported', async () => {
    copyOfFlood('broken')
    expect(await load()).toEqual([{ code: 'broken', faults: [] }])
    expect(await listed('broken')).toMatchObject({ faults: [], version: 1, tables: 1 })
  })
  it('cannot reach outside its folder, by name or by link', async () => {
    copyOfFlood('thief', 'thief', (pack) => {
      pack.tables.push('../quake/tables/x.json', '/etc/passwd')
      pack.measures.push('measures/link.json')
      pack.forms.push('forms/folder.json')
    })
    write(path('secret.json'), { secret: 1 })
    symlinkSync(path('secret.json'), path('thief', 'measures', 'link.json'))
    mkdirSync(path('thief', 'forms', 'folder.json'))
    const [loaded] = await load()
    expect(lines(loaded!.faults)).toEqual(['../quake/tables/x.json issue.file_outside', '/etc/passwd issue.file_outside', 'forms/folder.json issue.file_missing', 'measures/link.json issue.file_outside'])
  })
  it('cannot take the place of another, nor hide behind an unreadable file', async () => {
    copyOfFlood('impostor', 'flood', (pack) => { pack.code = 'flood'; pack.version = 9 })
    mkdirSync(path('empty'))
    mkdirSync(path('text'))
    write(path('text', 'pack.json'), '"just a text"')
    const loaded = await load()
    expect(loaded.map(({ code, faults }) => [code, lines(faults)])).toEqual([
      ['empty', ['pack.json issue.file_missing']], ['impostor', ['pack.json#/code issue.pack_code']], ['text', ['pack.json# issue.type']],
    ])
    expect(await listed('flood')).toMatchObject({ version: readJson<PackFile>(join(projectRoot, 'packs', 'flood', 'pack.json')).version, faults: [] })
    expect(await listed('empty')).toMatchObject({ version: 0, kind: '', name: { zh: 'empty', en: 'empty' }, importedAt: null, faults: [{ code: 'issue.file_missing' }] })
  })
  it('stops no other pack', async () => {
    mkdirSync(path('aaa'))
    copyOfFlood('zzz')
    expect((await load()).map(({ code, faults }) => [code, faults.length])).toEqual([['aaa', 1], ['zzz', 0]])
  })
  it('a folder that is not there holds no packs', async () => {
    rmSync(folder, { recursive: true })
    expect(await load()).toEqual([])
  })
})

it('a flood runs beside the epidemic, each by its own table and form', async () => {
  const begun = await administrator.call(beginEmergency, { body: { pack: 'flood', name: { zh: '汛后复工', en: 'After the flood' }, areaCode: '520100', documentNo: '样例〔2020〕9号', begunAt: '2020-06-30T00:00:00+08:00' } })
  const inputs = { level: 'medium', negativeList: true, vital: true }
  const rows = await city.system(async (ctx) => {
    const open = (await openEmergencyFor(ctx, '520103'))!
    expect(open).toMatchObject({ id: begun.id, kind: 'flood' })
    const question = { table: 'declaration.procedure', areaCode: '520103', inputs }
    return [await decide(ctx, { ...question, kind: open.kind }), await decide(ctx, { ...question, kind: 'epidemic' })]
  })
  expect(rows.map(({ row, outputs }) => [row, outputs])).toEqual([
    ['r2', { procedure: 'review', workingHours: 8, overdue: 'escalate' }], ['r3', { procedure: 'review', workingHours: 24, overdue: 'escalate' }],
  ])
  expect(rows[0]!.sentence.zh).toBe('因为所在区县洪涝风险等级为中风险、属供水、供电、医疗、粮食等重要企业，所以办理方式为材料审核、办理时限（工作小时）为 8、超时处理为上报督办（《汛后复工备案办理方式》第 1 版 r2 行：重要企业保障民生，1 个工作日内审完材料）。')
  const forms = await Promise.all(['flood', 'epidemic'].map((kind) => city.anonymous().call(getForm, { params: { code: 'declaration.plan' }, query: { area: '520103', kind } })))
  expect(forms.map((form) => form.pages.length)).toEqual([2, 7])
})
