// Declarations as a source of exports: the list with its filters, in the reader's scope.
import { Strict } from '@fugong/contract/base'
import { listDeclarations, type DeclarationState, type FilingStanding } from '@fugong/contract/declarations'
import { searchKey } from '../../base/grams.ts'
import { areaNames } from '../areas/index.ts'
import { filterPart, wordsIn, wordsOf, type ExportSource, type Filter, type SourceColumn } from '../exports/index.ts'
import { countFiltered, exportQuery, type ExportedColumn } from './export.store.ts'
import type { Filter as ListFilter } from './lists.store.ts'
import { readSearch } from './rules.ts'

const words = {
  state: wordsOf({
    draft: { zh: '草稿', en: 'Draft' }, underReview: { zh: '审核中', en: 'Under review' }, returned: { zh: '待补正', en: 'Returned' }, siteCheckPending: { zh: '待现场核查', en: 'Site check pending' },
    filed: { zh: '已备案', en: 'Filed' }, rejected: { zh: '不予备案', en: 'Not filed' }, withdrawn: { zh: '已撤回', en: 'Withdrawn' },
  }),
  standing: wordsOf({ operating: { zh: '备案有效', en: 'In force' }, suspended: { zh: '停工整改', en: 'Stopped to put things right' }, revoked: { zh: '已撤销', en: 'Revoked' }, withdrawn: { zh: '企业已撤回', en: 'Withdrawn by the firm' }, superseded: { zh: '已被新备案替代', en: 'Superseded' }, closed: { zh: '已关闭', en: 'Closed' }, expired: { zh: '已到期', en: 'Expired' } }),
  procedure: wordsOf({ effective: { zh: '提交即生效（告知承诺）', en: 'Effective on submission (notice and pledge)' }, review: { zh: '材料审核', en: 'Document review' }, reviewAndSite: { zh: '材料审核并现场核查', en: 'Document review and site check' } }),
  scene: wordsOf({ office: { zh: '办公楼宇', en: 'Office building' }, commercial: { zh: '商业场所', en: 'Commercial venue' }, park: { zh: '园区厂房', en: 'Park or plant' }, site: { zh: '建筑工地', en: 'Construction site' }, residential: { zh: '居民小区', en: 'Residential compound' } }),
  level: wordsOf({ none: { zh: '无疫情', en: 'No epidemic' }, low: { zh: '低风险', en: 'Low risk' }, medium: { zh: '中风险', en: 'Medium risk' }, high: { zh: '高风险', en: 'High risk' } }),
  class: wordsOf({ general: { zh: '一般企业', en: 'General firm' }, firstBatch: { zh: '首批复工行业', en: 'First-batch trade' }, vital: { zh: '重要企业', en: 'Vital firm' } }),
}
const column = (code: ExportedColumn, zh: string, en: string, width: number, more: Partial<SourceColumn> = {}): SourceColumn => ({ code, header: { zh, en }, width, sensitivity: 'open', ...more })
const columns: SourceColumn[] = [
  column('creditCode', '统一社会信用代码', 'Unified social credit code', 22), column('enterpriseName', '企业名称', 'Name of the firm', 36), column('industryCode', '行业代码', 'Industry code', 10), column('class', '企业类别', 'Class of firm', 14),
  column('workplaceName', '场所名称', 'Workplace', 20), column('scene', '场所类型', 'Type of workplace', 14), column('district', '区县', 'District', 12), column('street', '街道（乡镇）', 'Street or town', 16), column('zone', '开发区', 'Development zone', 20),
  column('address', '详细地址', 'Address', 40), column('state', '备案状态', 'State', 12), column('level', '风险等级', 'Risk level', 10), column('procedure', '办理程序', 'Procedure', 24),
  column('headcount', '复工人数', 'Headcount', 10, { kind: 'number' }), column('plannedDate', '计划复工日期', 'Planned date', 14), column('submittedAt', '提交时间', 'Submitted at', 18), column('dueAt', '办结期限', 'Due at', 18, { sensitivity: 'internal' }),
  column('decidedAt', '办结时间', 'Decided at', 18, { sensitivity: 'internal' }), column('certificateNumber', '证书编号', 'Certificate number', 20), column('createdAt', '填报时间', 'Opened at', 18, { sensitivity: 'internal' }),
]
const { cursor: _cursor, limit: _limit, ...query } = listDeclarations.query!.properties
function filterOf({ state, standing, district, enterprise, overdue, q }: Filter): ListFilter {
  return { state: state as DeclarationState | undefined, standing: standing as FilingStanding | undefined, district: district as string | undefined, enterprise: enterprise as string | undefined, overdue: overdue as boolean | undefined, search: typeof q === 'string' && searchKey(q) ? readSearch(q) : undefined }
}

export const declarationsSource: ExportSource = {
  code: 'declarations', name: { zh: '复工备案', en: 'Declarations of resumption' }, verb: 'declaration.read', columns, filter: Strict(query),
  async words(ctx, { state, standing, district, enterprise, overdue, q }) {
    const areas = district ? await areaNames(ctx) : undefined
    return [
      ...(state ? [filterPart({ zh: '状态', en: 'State' }, words.state.get(String(state))!)] : []),
      ...(standing ? [filterPart({ zh: '备案后', en: 'Since filing' }, words.standing.get(String(standing))!)] : []),
      ...(district ? [filterPart({ zh: '地区', en: 'Area' }, areas?.get(String(district)) ?? String(district))] : []),
      ...(enterprise ? [filterPart({ zh: '企业', en: 'Firm' }, String(enterprise))] : []),
      ...(overdue === undefined ? [] : [filterPart({ zh: '超时', en: 'Overdue' }, overdue ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' })]),
      ...(q ? [filterPart({ zh: '搜索', en: 'Search' }, String(q))] : []),
    ]
  },
  count: (ctx, filter, most) => countFiltered(ctx, filterOf(filter), most),
  async *rows(ctx, filter, codes, language) {
    const areas = wordsIn(await areaNames(ctx), language)
    const said = Object.fromEntries(Object.entries(words).map(([code, of]) => [code, wordsIn(of, language)]))
    yield* ctx.stream(exportQuery(ctx, filterOf(filter), codes as ExportedColumn[], { ...said, district: areas, street: areas, zone: areas }), { ahead: true })
  },
}
