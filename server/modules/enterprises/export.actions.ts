// Firms as a source of exports: the list with its filters, in the reader's scope; contacts only as personal columns.
import { Strict } from '@fugong/contract/base'
import { listEnterprises, type EnterpriseRow } from '@fugong/contract/enterprises'
import { BETWEEN } from '../../base/reading.ts'
import { areaNames } from '../areas/index.ts'
import { filterPart, wordsIn, wordsOf, type ExportSource, type Filter, type ReadingCtx, type SourceColumn } from '../exports/index.ts'
import { openContactsOf } from '../identity/index.ts'
import { countFiltered, exportQuery, type ExportedColumn } from './export.store.ts'
import { candidatesFor, type ListFilter } from './list.store.ts'
import { searchFor } from './rules.ts'

const words = {
  class: wordsOf({ general: { zh: '一般企业', en: 'General firm' }, firstBatch: { zh: '首批复工行业', en: 'First-batch trade' }, vital: { zh: '重要企业', en: 'Vital firm' } }),
  codeState: wordsOf({ valid: { zh: '信用代码已校验', en: 'Credit code checked' }, pending: { zh: '信用代码待核实', en: 'Credit code to be confirmed' }, confirmed: { zh: '信用代码已人工核实', en: 'Credit code confirmed by hand' } }),
  department: wordsOf({
    industry: { zh: '工业和信息化', en: 'Industry and information' }, commerce: { zh: '商务', en: 'Commerce' }, housing: { zh: '住房和城乡建设', en: 'Housing and construction' }, development: { zh: '发展改革', en: 'Development and reform' },
    health: { zh: '卫生健康', en: 'Health' }, labour: { zh: '人力资源和社会保障', en: 'Labour and social security' }, market: { zh: '市场监督管理', en: 'Market regulation' }, emergency: { zh: '应急管理', en: 'Emergency management' },
    agriculture: { zh: '农业农村', en: 'Agriculture' }, transport: { zh: '交通运输', en: 'Transport' }, culture: { zh: '文化和旅游', en: 'Culture and tourism' }, education: { zh: '教育', en: 'Education' }, bigdata: { zh: '大数据', en: 'Big data' },
  }),
}
const column = (code: ExportedColumn, zh: string, en: string, width: number, more: Partial<SourceColumn> = {}): SourceColumn => ({ code, header: { zh, en }, width, sensitivity: 'open', ...more })
const columns: SourceColumn[] = [
  column('creditCode', '统一社会信用代码', 'Unified social credit code', 22), column('name', '企业名称', 'Name of the firm', 36), column('industryCode', '行业代码', 'Industry code', 10), column('industry', '国民经济行业', 'Industry', 24),
  column('class', '企业类别', 'Class of firm', 14), column('department', '行业主管部门', 'Competent department', 20, { sensitivity: 'internal' }), column('codeState', '信用代码核验', 'Check of the credit code', 18, { sensitivity: 'internal' }),
  column('district', '区县', 'District', 12), column('street', '街道（乡镇）', 'Street or town', 16), column('zone', '开发区', 'Development zone', 20), column('workplaces', '场所数', 'Workplaces', 8, { kind: 'number' }),
  column('registeredAt', '登记日期', 'Registered', 12, { sensitivity: 'internal' }),
  column('contactName', '联系人', 'Contact', 12, { sensitivity: 'personal' }), column('contactPhone', '联系电话', 'Phone', 14, { sensitivity: 'personal' }),
]
const { cursor: _cursor, limit: _limit, ...query } = listEnterprises.query!.properties
async function filterOf(ctx: ReadingCtx, { q, district, codeState }: Filter): Promise<ListFilter> {
  const search = searchFor(q as string | undefined)
  // One character finds nothing in the list either.
  if (search === 'tooShort') return { ids: [] }
  return { found: search && (await candidatesFor(ctx, search)), district: district as string | undefined, codeState: codeState as EnterpriseRow['codeState'] | undefined }
}

export const enterprisesSource: ExportSource = {
  code: 'enterprises', name: { zh: '企业名单', en: 'Firms' }, verb: 'enterprise.read', columns, filter: Strict(query),
  async words(ctx, { q, district, codeState }) {
    const areas = district ? await areaNames(ctx) : undefined
    return [
      ...(district ? [filterPart({ zh: '地区', en: 'Area' }, areas?.get(String(district)) ?? String(district))] : []),
      ...(codeState ? [filterPart({ zh: '信用代码核验', en: 'Check of the credit code' }, words.codeState.get(String(codeState))!)] : []),
      ...(q ? [filterPart({ zh: '搜索', en: 'Search' }, String(q))] : []),
    ]
  },
  count: async (ctx, filter, most) => countFiltered(ctx, await filterOf(ctx, filter), most),
  async *rows(ctx, filter, codes, language) {
    const asked = codes as ExportedColumn[]
    const areas = wordsIn(await areaNames(ctx), language)
    const said = Object.fromEntries(Object.entries(words).map(([code, of]) => [code, wordsIn(of, language)]))
    const personal = asked.includes('contactName') || asked.includes('contactPhone')
    const query = exportQuery(ctx, await filterOf(ctx, filter), asked, { ...said, district: areas, street: areas, zone: areas }, { language, withId: personal })
    // Contacts are looked up between batches, so nothing is read ahead.
    for await (const batch of ctx.stream(query, { ahead: !personal })) yield personal ? await withContacts(ctx, batch, asked) : batch
  },
}
/** Fills in names and phones of contacts by the firm's id behind each row, and takes that off. */
async function withContacts(ctx: ReadingCtx, batch: readonly string[], asked: readonly ExportedColumn[]): Promise<string[]> {
  const rows = batch.map((row) => row.split(BETWEEN))
  const contacts = await openContactsOf(ctx, rows.map((cells) => cells.at(-1)!))
  return rows.map((cells) => {
    const people = contacts.get(cells.pop()!) ?? []
    return cells.map((cell, at) => (asked[at] === 'contactName' ? people.map((person) => person.name.replaceAll(BETWEEN, '')).join('、') : asked[at] === 'contactPhone' ? people.map((person) => person.phone).join('、') : cell)).join(BETWEEN)
  })
}
