// SQL of the export of firms: the filtered list as texts, all of it.
import type { CompiledQuery, RawBuilder } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { freeText, joined, wordCell } from '../../base/reading.ts'
import { visibleTo } from '../../base/scope.ts'
import { conditionOf, type ListFilter } from './list.store.ts'
import { workplaces } from './policy.ts'

const day = (column: RawBuilder<unknown>) => sql`to_char(${column} at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`
const fixed = {
  creditCode: sql`e.credit_code`, name: freeText(sql`e.name`), kind: sql`e.kind`, industry: sql`e.industry_code`, class: sql`e.class`, state: sql`e.state`, size: sql`e.size`, department: sql`e.department`, codeState: sql`e.code_state`,
  district: sql`e.district_code`, street: sql`e.street_code`, zone: sql`e.zone_code`, address: freeText(sql`e.address`), building: freeText(sql`e.building`), park: freeText(sql`e.park`),
  staff: sql`e.staff`, insured: sql`e.insured`, revenue: sql`e.revenue`, assets: sql`e.assets`,
  // One year stands for all figures where they are of one year, as in the table that is imported.
  figuresYear: sql`(select case when min(y) = max(y) then min(y) end from unnest(array[e.staff_year, e.insured_year, e.revenue_year, e.assets_year]) as y)`,
  foundedOn: sql`e.founded_on`, registeredAddress: freeText(sql`e.registered_address`), registeredAt: day(sql`e.registered_at`),
}
const personal = ['legalName', 'legalPhone', 'contactName', 'contactPhone'] as const
/** Beside the firm's own columns: names of industries, open workplaces within the reader's scope, and persons, filled in afterwards. */
export type ExportedColumn = keyof typeof fixed | 'industryName' | 'workplaces' | (typeof personal)[number]
export type ColumnWords = Partial<Record<ExportedColumn, ReadonlyMap<string, string>>>
export const isPersonal = (code: ExportedColumn): boolean => (personal as readonly string[]).includes(code)

/** The filtered list with a row's cells in one text; codes as `words` say. With persons the firm's id and what it keeps sealed of its legal representative come last. */
export async function exportQuery(ctx: Ctx, filter: ListFilter, columns: readonly ExportedColumn[], words: ColumnWords, { language, withPersons }: { language: 'zh' | 'en'; withPersons: boolean }): Promise<CompiledQuery> {
  const cell = (code: ExportedColumn) => {
    if (code === 'industryName') return sql`i.${sql.ref(language)}`
    if (code === 'workplaces') return sql`(select count(*) from enterprises.workplaces w where w.enterprise_id = e.id and w.open and ${visibleTo(workplaces, ctx.scope, 'w')})`
    if (isPersonal(code)) return sql`''`
    const column = fixed[code as keyof typeof fixed]
    return words[code] ? wordCell(column, words[code]) : column
  }
  return sql`
    select ${joined([...columns.map(cell), ...(withPersons ? [sql`replace(encode(e.legal_sealed, 'base64'), chr(10), '')`, sql`e.id`] : [])])} as cells
    from enterprises.enterprises e join enterprises.industries i on i.code = e.industry_code
    where ${await conditionOf(ctx, filter)} order by e.registered_at desc, e.id desc`.compile(ctx.db)
}
export async function countFiltered(ctx: Ctx, filter: ListFilter, most: number): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from (select 1 from enterprises.enterprises e where ${await conditionOf(ctx, filter)} limit ${most}) as counted`.execute(ctx.db)).rows[0]!.total
}
