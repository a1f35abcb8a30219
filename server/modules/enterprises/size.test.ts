// Size by the tables that ship: against a plain reading of the 2017 measures over random figures, and over every industry of the list.
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EnterpriseSize, Industry } from '@fugong/contract/enterprises'
import { changeFacts } from '@fugong/contract/enterprises.register'
import { getEnterprise } from '@fugong/contract/enterprises'
import { sql } from '../../base/db.ts'
import { newFirm } from '../../test/declaring.ts'
import { openCity, type City } from '../../test/harness.ts'
import { importTable } from '../rules/index.ts'
import { enterprisesJobs } from './jobs.ts'
import { sizeOf } from './size.actions.ts'

let city: City
beforeAll(async () => { city = await openCity({ now: '2020-02-24T02:00:00Z' }) })
afterAll(() => city?.close())

type Figures = { staff: number; revenue: number; assets: number }
/** Lower bounds of large, medium and small as the measures print them, by industry. */
const bounds: [string, Partial<Record<keyof Figures, [number, number, number]>>][] = [
  ['0111', { revenue: [20000, 500, 50] }], ['2770', { staff: [1000, 300, 20], revenue: [40000, 2000, 300] }], ['0610', { staff: [1000, 300, 20], revenue: [40000, 2000, 300] }], ['4411', { staff: [1000, 300, 20], revenue: [40000, 2000, 300] }],
  ['4710', { revenue: [80000, 6000, 300], assets: [80000, 5000, 300] }], ['5123', { staff: [200, 20, 5], revenue: [40000, 5000, 1000] }], ['5212', { staff: [300, 50, 10], revenue: [20000, 500, 100] }],
  ['5431', { staff: [1000, 300, 20], revenue: [30000, 3000, 200] }], ['5910', { staff: [1000, 300, 20], revenue: [30000, 3000, 200] }], ['5920', { staff: [200, 100, 20], revenue: [30000, 1000, 100] }], ['6020', { staff: [1000, 300, 20], revenue: [30000, 2000, 100] }],
  ['6110', { staff: [300, 100, 10], revenue: [10000, 2000, 100] }], ['6210', { staff: [300, 100, 10], revenue: [10000, 2000, 100] }], ['63', { staff: [2000, 100, 10], revenue: [100000, 1000, 100] }], ['64', { staff: [2000, 100, 10], revenue: [100000, 1000, 100] }],
  ['6513', { staff: [300, 100, 10], revenue: [10000, 1000, 50] }], ['7010', { revenue: [200000, 1000, 100], assets: [10000, 5000, 2000] }], ['7020', { staff: [1000, 300, 100], revenue: [5000, 1000, 500] }],
  ['7221', { staff: [300, 100, 10], assets: [120000, 8000, 100] }], ['73', { staff: [300, 100, 10] }], ['7820', { staff: [300, 100, 10] }], ['8040', { staff: [300, 100, 10] }], ['8760', { staff: [300, 100, 10] }], ['7030', { staff: [300, 100, 10] }], ['851', { staff: [300, 100, 10] }],
]
/** All bounds of a grade, else one grade lower; below small on any is micro. */
function plainSize(limits: Partial<Record<keyof Figures, [number, number, number]>>, figures: Figures): EnterpriseSize {
  const meets = (grade: 0 | 1 | 2) => Object.entries(limits).every(([name, list]) => figures[name as keyof Figures] >= list[grade])
  return meets(0) ? 'large' : meets(1) ? 'medium' : meets(2) ? 'small' : 'micro'
}
const firm = (industryCode: string, figures: Partial<Figures> = {}, kind: 'company' | 'publicBody' | 'trader' = 'company') => ({ industryCode, kind, districtCode: '520103', staff: null, revenue: null, assets: null, ...figures })

describe('the size of a firm', () => {
  it('is what the measures say, for random figures and figures at every bound', async () => {
    await city.system(async (ctx) => {
      const cases = fc.constantFrom(...bounds).chain(([industry, limits]) => {
        const near = (name: keyof Figures) => fc.oneof(fc.integer({ min: 0, max: 250_000 }), fc.constantFrom(...(limits[name] ?? [0])).chain((bound) => fc.constantFrom(bound - 1, bound, bound + 1, bound - 0.01)))
        return fc.record({ industry: fc.constant(industry), limits: fc.constant(limits), staff: near('staff').map((n) => Math.max(0, Math.floor(n))), revenue: near('revenue').map((n) => Math.max(0, n)), assets: near('assets').map((n) => Math.max(0, n)) })
      })
      await fc.assert(fc.asyncProperty(cases, async ({ industry, limits, staff, revenue, assets }) => {
        expect((await sizeOf(ctx, firm(industry, { staff, revenue, assets }))).size).toBe(plainSize(limits, { staff, revenue, assets }))
      }), { numRuns: 1500 })
      for (const [industry, limits] of bounds) for (const [name, list] of Object.entries(limits)) for (const bound of list) for (const off of [-1, 0, 1]) {
        const figures = { staff: 10_000_000, revenue: 10_000_000, assets: 10_000_000, [name]: bound + off }
        expect([industry, figures, (await sizeOf(ctx, firm(industry, figures))).size]).toEqual([industry, figures, plainSize(limits, figures)])
      }
    })
  })
  it('waits for exactly the figures that the trade asks for', async () => {
    await city.system(async (ctx) => {
      for (const [industry, limits] of bounds) {
        expect(await sizeOf(ctx, firm(industry))).toEqual({ size: 'undetermined', sizeMissing: ['staff', 'revenue', 'assets'].filter((name) => name in limits), decision: undefined })
        // Figures of no concern may be missing.
        const given = Object.fromEntries(Object.keys(limits).map((name) => [name, 0]))
        expect((await sizeOf(ctx, firm(industry, given))).size).toBe('micro')
      }
    })
  })
  it('covers neither finance, education, health, public bodies nor rail', async () => {
    const figures = { staff: 5000, revenue: 500_000, assets: 500_000 }
    await city.system(async (ctx) => {
      for (const industry of ['J', '6621', '69', 'P', '8310', '8411', '84', '5311', '5320', 'S', '91', '96', 'T', '97']) expect([industry, (await sizeOf(ctx, firm(industry, figures))).size]).toEqual([industry, 'notApplicable'])
      expect((await sizeOf(ctx, firm('2770', figures, 'publicBody'))).size).toBe('notApplicable')
      expect((await sizeOf(ctx, firm('2770', figures, 'trader'))).size).toBe('large')
    })
  })
  it('asks for a finer industry where a coarse one could be either', async () => {
    await city.system(async (ctx) => {
      for (const industry of ['F', 'G', '59', 'H', 'I', 'K', '70', 'Q']) expect(await sizeOf(ctx, firm(industry, { staff: 1, revenue: 1, assets: 1 }))).toMatchObject({ size: 'undetermined', sizeMissing: ['industryCode'] })
      for (const industry of ['A', 'B', 'C', 'D', 'E', 'L', 'M', 'N', 'O', 'R']) expect((await sizeOf(ctx, firm(industry, { staff: 1, revenue: 1, assets: 1 }))).size).toBe('micro')
    })
  })
  it('has a trade for every division, group and class of the list', async () => {
    const { items } = JSON.parse(readFileSync('data/china/industries-gbt4754-2017.json', 'utf8')) as { items: Industry[] }
    await city.system(async (ctx) => {
      for (const { code } of items) if (code.length > 1 && code !== '59' && code !== '70') expect([code, (await sizeOf(ctx, firm(code, { staff: 1, revenue: 1, assets: 1 }))).sizeMissing]).toEqual([code, []])
    })
  })
})

describe('the size that is kept', () => {
  it('stands with its decision, and follows the figures and the tables', async () => {
    const { contact, firm: made } = await newFirm(city, 'wudang', { industryCode: '2770' })
    expect(made.size).toMatchObject({ grade: 'undetermined', missing: ['staff', 'revenue'], sentence: null })
    const params = { id: made.id }
    const sized = await contact.call(changeFacts, { params, body: { revision: made.revision, staff: 320, staffYear: 2019, revenue: 2600.5, revenueYear: 2019 } })
    expect(sized.size).toMatchObject({ grade: 'medium', missing: [], table: 'enterprise.size', version: 1, row: 'industry-medium', at: '2020-02-24T02:00:00.000Z' })
    expect(sized.size.sentence).toEqual({
      zh: '因为行业为工业、从业人员（人）为 320、营业收入（万元）为 2600.5，所以规模为中型（《统计上大中小微型企业划分（2017）》第 1 版 industry-medium 行：工业中型：从业人员不少于 300 人、营业收入不少于 2000 万元）。',
      en: expect.stringContaining('the trade is industry, the staff is 320 and the revenue (10,000 yuan) is 2600.5') as string,
    })
    expect(await contact.call(getEnterprise, { params })).toEqual(sized)
    const again = await contact.call(changeFacts, { params, body: { revision: sized.revision, revenue: null } })
    expect(again.size).toMatchObject({ grade: 'undetermined', missing: ['revenue'], sentence: null })
    expect(again).toMatchObject({ revenue: null, revenueYear: null, staff: 320 })
  })
  it('is decided anew when another version of a table comes into force, at once or on its day', async () => {
    const { contact, firm: made } = await newFirm(city, 'wudang', { industryCode: '73' })
    const params = { id: made.id }
    const before = await contact.call(changeFacts, { params, body: { revision: made.revision, staff: 120, staffYear: 2019 } })
    expect(before.size.grade).toBe('medium')
    const job = (name: string) => enterprisesJobs.find((one) => one.name === name)!
    await city.system((ctx) => job('enterprises.check_size_tables').run(ctx, null))
    await city.work()
    const table = JSON.parse(readFileSync('data/china/tables/enterprise.size.json', 'utf8')) as { rows: { id: string; when: Record<string, string> }[] }
    table.rows.find((row) => row.id === 'other-medium')!.when['staff'] = 'staff >= 150'
    await city.system((ctx) => importTable(ctx, { ...(table as object), version: 2, areaCode: '520100', effectiveFrom: '2020-02-25T00:00:00+08:00' } as never, { kind: null, pack: null }))
    await city.system((ctx) => job('enterprises.check_size_tables').run(ctx, null))
    await city.work()
    expect((await contact.call(getEnterprise, { params })).size).toMatchObject({ grade: 'medium', version: 1 })
    city.clock.set('2020-02-25T02:00:00Z')
    await city.system((ctx) => job('enterprises.check_size_tables').run(ctx, null))
    await city.work()
    expect((await contact.call(getEnterprise, { params })).size).toMatchObject({ grade: 'small', version: 2, at: '2020-02-25T02:00:00.000Z' })
    expect((await contact.call(getEnterprise, { params, query: { at: '2020-02-24' } })).size).toMatchObject({ grade: 'medium', version: 1 })
    const decisions = await city.system((ctx) => sql<{ version: number }>`select version from rules.decisions where subject_id = ${made.id} and table_code = 'enterprise.size' order by at`.execute(ctx.db))
    expect(decisions.rows.map((row) => row.version)).toEqual([1, 2])
  })
})
