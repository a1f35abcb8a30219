// Lists of tenants as a target of imports: a district brings the list that an operator handed in, row by row held against the complexes of its area.
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import type { CellIssue, CleanRow, ImportTarget, Outcome } from '../imports/index.ts'
import { tenantCodeIssues } from '@fugong/contract/complexes'
import { selectComplexes, selectTenants, upsertTenant, type ComplexRow, type TenantRow } from './store.ts'

export const tenantsImport: ImportTarget = {
  code: 'tenants', name: { zh: '综合体商户名单', en: 'Tenants of complexes' }, verb: 'complex.import', keys: [['operatorCode', 'complex', 'creditCode']], listPath: '/console/complexes',
  columns: [
    { code: 'operatorCode', name: { zh: '运营方统一社会信用代码', en: 'Credit code of the operator' }, synonyms: ['运营方代码', '物业代码'], kind: 'code', required: true, max: 18, example: '91520115MAYP000368', width: 24 },
    { code: 'complex', name: { zh: '综合体名称', en: 'Complex' }, synonyms: ['商场', '市场', '楼宇'], kind: 'text', required: true, max: 60, example: '湖畔购物中心', width: 20 },
    { code: 'creditCode', name: { zh: '商户统一社会信用代码', en: 'Credit code of the tenant' }, synonyms: ['统一社会信用代码', '信用代码', '注册号'], kind: 'code', required: true, max: 18, example: '91520103MAYP000281', width: 24 },
    { code: 'name', name: { zh: '商户名称', en: 'Name of the tenant' }, synonyms: ['企业名称', '店名'], kind: 'text', required: true, max: 100, example: '样例云上影城有限公司', width: 32 },
    { code: 'shop', name: { zh: '楼层铺位', en: 'Floor and shop' }, synonyms: ['铺位号', '楼层', '位置'], kind: 'text', required: true, max: 40, example: '4 层 401', width: 14 },
    { code: 'headcount', name: { zh: '在岗人数', en: 'Headcount' }, synonyms: ['人数', '员工数'], kind: 'integer', least: 1, most: 100_000, example: '26', width: 10 },
  ],
  judge: async (ctx, rows) => (await plan(ctx, rows)).map(({ outcome }) => outcome),
  async store(ctx, rows) {
    const outcomes: Outcome[] = []
    for (const { outcome, tenant } of await plan(ctx, rows)) {
      if (tenant && outcome.state !== 'unchanged') await upsertTenant(ctx, tenant)
      outcomes.push(outcome)
    }
    return outcomes
  },
}
async function plan(ctx: Ctx, rows: readonly CleanRow[]): Promise<{ outcome: Outcome; tenant?: TenantRow }[]> {
  const complexes = await selectComplexes(ctx, {}, 10_000)
  const known = new Map(complexes.map((row) => [`${row.operatorCode} ${row.name}`, row]))
  const present = new Map((await selectTenants(ctx, complexes.map(({ id }) => id))).map((tenant) => [`${tenant.complexId} ${tenant.creditCode}`, tenant]))
  return rows.map((row) => judgeRow(ctx, row, known, present))
}
function judgeRow(ctx: Ctx, { values }: CleanRow, known: ReadonlyMap<string, ComplexRow>, present: ReadonlyMap<string, TenantRow>): { outcome: Outcome; tenant?: TenantRow } {
  const text = (code: string) => String(values[code] ?? '').trim()
  const complex = known.get(`${text('operatorCode')} ${text('complex')}`)
  const creditCode = text('creditCode')
  const issues: CellIssue[] = [
    ...(complex ? [] : [{ column: 'complex', code: 'issue.complex_unknown' }]), ...tenantCodeIssues(creditCode, '').map(({ code, params }) => ({ column: 'creditCode', code, ...(params ? { params } : {}) })),
    ...(complex && creditCode === complex.operatorCode ? [{ column: 'creditCode', code: 'issue.differs' }] : []),
  ]
  if (issues.length || !complex) return { outcome: { state: 'rejected', issues } }
  const tenant: TenantRow = { id: newId(), complexId: complex.id, operatorId: complex.operatorId, creditCode, name: text('name'), shop: text('shop'), headcount: typeof values['headcount'] === 'number' ? values['headcount'] : null, addedAt: ctx.now.toISOString(), endedAt: null, districtCode: complex.districtCode, streetCode: complex.streetCode, zoneCode: complex.zoneCode }
  const before = present.get(`${complex.id} ${creditCode}`)
  if (!before) return { outcome: { state: 'fresh' }, tenant }
  const changes = (['name', 'shop', 'headcount'] as const).filter((name) => tenant[name] !== null && tenant[name] !== before[name]).map((name) => ({ column: name, from: before[name], to: tenant[name] }))
  return { outcome: changes.length ? { state: 'changed', changes } : { state: 'unchanged' }, tenant: { ...tenant, headcount: tenant.headcount ?? before.headcount } }
}
