// Certificates as a source of exports: the list with its filters, in the reader's scope.
import { listCertificates, type CertificateState as State } from '@fugong/contract/certificates'
import { shanghaiDay } from '../../base/clock.ts'
import { searchKey } from '../../base/grams.ts'
import { Strict } from '@fugong/contract/base'
import { areaNames } from '../areas/index.ts'
import { filterPart, wordsIn, wordsOf, type ExportSource, type Filter, type ReadingCtx, type SourceColumn } from '../exports/index.ts'
import { countFiltered, exportQuery, type ExportedColumn } from './export.store.ts'
import { readSearch } from './rules.ts'
import type { Filter as ListFilter } from './store.ts'

const state = wordsOf({ valid: { zh: '有效', en: 'Valid' }, suspended: { zh: '已暂停', en: 'Suspended' }, revoked: { zh: '已撤销', en: 'Revoked' }, superseded: { zh: '已被替换', en: 'Superseded' }, expired: { zh: '已到期', en: 'Expired' }, withdrawn: { zh: '已撤回', en: 'Withdrawn' }, closed: { zh: '已关闭', en: 'Closed' } })
const column = (code: ExportedColumn, zh: string, en: string, width: number, sensitivity: SourceColumn['sensitivity'] = 'open'): SourceColumn => ({ code, header: { zh, en }, width, sensitivity })
const columns: SourceColumn[] = [
  column('number', '证书编号', 'Number', 20), column('state', '状态', 'State', 10), column('enterpriseName', '企业名称', 'Name of the firm', 36), column('workplaceName', '场所名称', 'Workplace', 20),
  column('district', '区县', 'District', 12), column('street', '街道（乡镇）', 'Street or town', 16), column('zone', '开发区', 'Development zone', 20), column('address', '详细地址', 'Address', 40),
  column('plannedDate', '计划复工日期', 'Planned date', 14), column('validUntil', '有效期至', 'Valid until', 14), column('issuedAt', '发证时间', 'Issued at', 18), column('stateSince', '状态起始', 'State since', 18, 'internal'), column('stateReason', '原因', 'Reason', 30, 'internal'), column('orderNo', '停工令编号', 'Stop-work order', 20, 'internal'),
]
const { cursor: _cursor, limit: _limit, ...query } = listCertificates.query!.properties
const filterOf = ({ now }: ReadingCtx, { state: of, enterprise, q }: Filter): ListFilter => ({ today: shanghaiDay(now), state: of as State | undefined, enterprise: enterprise as string | undefined, search: typeof q === 'string' && searchKey(q) ? readSearch(q) : undefined })

export const certificatesSource: ExportSource = {
  code: 'certificates', name: { zh: '复工证书', en: 'Certificates of resumption' }, verb: 'certificate.read', columns, filter: Strict(query),
  async words(_ctx, { state: of, enterprise, q }) {
    return [
      ...(of ? [filterPart({ zh: '状态', en: 'State' }, state.get(String(of))!)] : []), ...(enterprise ? [filterPart({ zh: '企业', en: 'Firm' }, String(enterprise))] : []),
      ...(q ? [filterPart({ zh: '搜索', en: 'Search' }, String(q))] : []),
    ]
  },
  count: (ctx, filter, most) => countFiltered(ctx, filterOf(ctx, filter), most),
  async *rows(ctx, filter, codes, language) {
    const areas = wordsIn(await areaNames(ctx), language)
    yield* ctx.stream(exportQuery(ctx, filterOf(ctx, filter), codes as ExportedColumn[], { state: wordsIn(state, language), district: areas, street: areas, zone: areas }), { ahead: true })
  },
}
