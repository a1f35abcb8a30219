// The firms of a plan as a source of exports: by batch and priority, with what each answered, in the reader's scope.
import { Id, Strict } from '@fugong/contract/base'
import { listBatchMembers } from '@fugong/contract/batches'
import { areaNames } from '../areas/index.ts'
import { filterPart, wordsIn, wordsOf, type ExportSource, type Filter, type SourceColumn } from '../exports/index.ts'
import { exportQuery, type ExportedColumn } from './export.views.ts'
import { getPlanRow } from './store.ts'
import { countListed, type MemberFilter } from './views.ts'

const words = {
  state: wordsOf({ planned: { zh: '未邀请', en: 'Not invited' }, changed: { zh: '已改期，待重新邀请', en: 'Moved, to be told anew' }, invited: { zh: '未回复', en: 'No answer' }, ready: { zh: '已准备好', en: 'Ready' }, notReady: { zh: '尚未准备好', en: 'Not ready yet' }, otherDay: { zh: '希望改期', en: 'Wishes another day' }, out: { zh: '已退出', en: 'Fell out' } }),
  declared: wordsOf({ none: { zh: '未备案', en: 'Not declared' }, declared: { zh: '已提交备案', en: 'Declared' }, filed: { zh: '已备案', en: 'Filed' } }),
  class: wordsOf({ general: { zh: '一般企业', en: 'General firm' }, firstBatch: { zh: '首批复工行业', en: 'First-batch trade' }, vital: { zh: '重要企业', en: 'Vital firm' } }),
}
const column = (code: ExportedColumn, zh: string, en: string, width: number, more: Partial<SourceColumn> = {}): SourceColumn => ({ code, header: { zh, en }, width, sensitivity: 'open', ...more })
const columns: SourceColumn[] = [
  column('day', '批次日期', 'Day of the batch', 12), column('rank', '先后', 'Order', 8, { kind: 'number' }), column('creditCode', '统一社会信用代码', 'Unified social credit code', 22), column('enterpriseName', '企业名称', 'Name of the firm', 36), column('workplaceName', '场所名称', 'Workplace', 20),
  column('industryCode', '行业代码', 'Industry code', 10), column('class', '企业类别', 'Class of firm', 14), column('district', '区县', 'District', 12), column('street', '街道（乡镇）', 'Street or town', 16), column('zone', '开发区', 'Development zone', 20), column('heads', '复工人数', 'Headcount', 10, { kind: 'number' }),
  column('state', '邀请情况', 'Invitation', 16), column('invitedDay', '告知的日期', 'Day told', 12), column('answeredAt', '回复时间', 'Answered at', 18), column('reason', '原因', 'Reason', 40), column('wishedDay', '希望日期', 'Day wished for', 12), column('declared', '备案情况', 'Declaration', 14), column('outReason', '退出原因', 'Why it fell out', 40, { sensitivity: 'internal' }),
]
const { cursor: _cursor, limit: _limit, ...query } = listBatchMembers.query!.properties
const filterOf = ({ batch, state, declared, missed, q }: Filter): MemberFilter => ({ batch, state, declared, missed, q }) as MemberFilter

export const batchesSource: ExportSource = {
  code: 'batches', name: { zh: '分批方案企业', en: 'Firms of a plan of batches' }, verb: 'batch.read', columns, filter: Strict({ plan: Id, ...query }),
  async words(ctx, { plan, state, declared, q }) {
    return [
      filterPart({ zh: '方案', en: 'Plan' }, (await getPlanRow(ctx, String(plan))).name),
      ...(state ? [filterPart({ zh: '邀请情况', en: 'Invitation' }, words.state.get(String(state))!)] : []), ...(declared ? [filterPart({ zh: '备案情况', en: 'Declaration' }, words.declared.get(String(declared))!)] : []), ...(q ? [filterPart({ zh: '搜索', en: 'Search' }, String(q))] : []),
    ]
  },
  count: async (ctx, filter, most) => Math.min(most, await countListed(ctx, String(filter['plan']), filterOf(filter))),
  async *rows(ctx, filter, codes, language) {
    const areas = wordsIn(await areaNames(ctx), language)
    const said = Object.fromEntries(Object.entries(words).map(([code, of]) => [code, wordsIn(of, language)]))
    yield* ctx.stream(exportQuery(ctx, String(filter['plan']), filterOf(filter), codes as ExportedColumn[], { ...said, district: areas, street: areas, zone: areas }), { ahead: true })
  },
}
