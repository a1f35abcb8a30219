// Firms as a source of exports: the list with its filters, in the reader's scope; persons only as personal columns.
import { Strict } from '@fugong/contract/base'
import { enterpriseFilters } from '@fugong/contract/enterprises'
import { BETWEEN } from '../../base/reading.ts'
import { areaNames } from '../areas/index.ts'
import { filterPart, wordsIn, wordsOf, type ExportSource, type Filter, type ReadingCtx, type SourceColumn } from '../exports/index.ts'
import { openContactsOf } from '../identity/index.ts'
import { codeWords, filterLabels } from './export.rules.ts'
import { countFiltered, exportQuery, isPersonal, type ColumnWords, type ExportedColumn } from './export.store.ts'
import { filterOf } from './list.actions.ts'
import type { ListFilter } from './list.store.ts'

const column = (code: ExportedColumn, zh: string, en: string, width: number, more: Partial<SourceColumn> = {}): SourceColumn => ({ code, header: { zh, en }, width, sensitivity: 'open', ...more })
const internal = { sensitivity: 'internal' } as const
const figure = { sensitivity: 'internal', kind: 'number' } as const
const personal = { sensitivity: 'personal' } as const
const columns: SourceColumn[] = [
  column('creditCode', '统一社会信用代码', 'Credit code', 24), column('name', '企业名称', 'Name', 34), column('kind', '主体类型', 'Kind', 14), column('industry', '行业', 'Industry', 8), column('industryName', '国民经济行业名称', 'Name of the industry', 24),
  column('class', '复工类别', 'Class', 12), column('district', '区县', 'District', 12), column('street', '街道（乡镇）', 'Street or town', 16), column('zone', '开发区', 'Development zone', 20), column('address', '经营地址', 'Address', 34),
  column('building', '楼宇', 'Building', 16), column('park', '园区', 'Park', 16), column('staff', '从业人数', 'Staff', 10, figure), column('insured', '参保人数', 'Insured staff', 10, figure), column('revenue', '营业收入（万元）', 'Revenue (10,000 yuan)', 16, figure),
  column('assets', '资产总额（万元）', 'Assets (10,000 yuan)', 16, figure), column('figuresYear', '数据年份', 'Year of figures', 10, figure), column('foundedOn', '成立日期', 'Founded on', 12), column('registeredAddress', '注册地址', 'Registered address', 34),
  column('state', '存续状态', 'Status', 14), column('size', '规模', 'Size', 10, internal), column('department', '行业主管部门', 'Competent department', 20, internal), column('codeState', '信用代码核验', 'Check of the credit code', 14, internal),
  column('workplaces', '场所数', 'Workplaces', 8, { kind: 'number' }), column('registeredAt', '登记日期', 'Registered', 12, internal),
  column('legalName', '法定代表人', 'Legal representative', 14, personal), column('legalPhone', '法定代表人手机', 'Phone of the legal representative', 16, personal),
  column('contactName', '联络员', 'Contact', 14, personal), column('contactPhone', '联络员手机', 'Phone of the contact', 16, personal),
]
const listFilter = (ctx: ReadingCtx, filter: Filter): Promise<ListFilter> => filterOf(ctx, filter as never, '/filter')

export const enterprisesSource: ExportSource = {
  code: 'enterprises', name: { zh: '企业名单', en: 'Firms' }, verb: 'enterprise.read', columns, filter: Strict(enterpriseFilters),
  async words(ctx, filter) {
    const areas = await areaNames(ctx)
    return Object.entries(filterLabels).flatMap(([name, label]) => {
      const value = filter[name]
      return value === undefined ? [] : [filterPart(label, codeWords[name]?.[String(value)] ?? (['district', 'street', 'zone'].includes(name) ? areas.get(String(value)) : undefined) ?? String(value))]
    })
  },
  count: async (ctx, filter, most) => countFiltered(ctx, await listFilter(ctx, filter), most),
  async *rows(ctx, filter, codes, language) {
    const asked = codes as ExportedColumn[]
    const areas = wordsIn(await areaNames(ctx), language)
    const words: ColumnWords = { ...Object.fromEntries(Object.entries(codeWords).map(([code, of]) => [code, wordsIn(wordsOf(of), language)])), district: areas, street: areas, zone: areas }
    const withPersons = asked.some(isPersonal)
    const query = await exportQuery(ctx, await listFilter(ctx, filter), asked, words, { language, withPersons })
    // Persons are looked up between batches, so nothing is read ahead.
    for await (const batch of ctx.stream(query, { ahead: !withPersons })) yield withPersons ? await fillIn(ctx, batch, asked) : batch
  },
}
/** Puts persons into their columns, by what stands sealed behind each row and by the firm's id, and takes both off. */
async function fillIn(ctx: ReadingCtx, batch: readonly string[], asked: readonly ExportedColumn[]): Promise<string[]> {
  const rows = batch.map((row) => row.split(BETWEEN))
  const contacts = asked.includes('contactName') || asked.includes('contactPhone') ? await openContactsOf(ctx, rows.map((cells) => cells.at(-1)!)) : new Map<string, { name: string; phone: string }[]>()
  return rows.map((cells) => {
    const people = contacts.get(cells.at(-1)!) ?? []
    const sealed = cells.at(-2)!
    const legal = sealed ? (JSON.parse(ctx.sealer.open('legal', Buffer.from(sealed, 'base64'))) as { name: string | null; phone: string | null }) : { name: null, phone: null }
    const values: Partial<Record<ExportedColumn, string>> = {
      legalName: legal.name ?? '', legalPhone: legal.phone ?? '', contactName: people.map(({ name }) => name).join('、'), contactPhone: people.map(({ phone }) => phone).join('、'),
    }
    return asked.map((code, at) => values[code]?.replaceAll(BETWEEN, '') ?? cells[at]!).join(BETWEEN)
  })
}
