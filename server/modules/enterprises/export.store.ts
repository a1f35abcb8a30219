// SQL of the export of firms: the filtered list as texts, all of it.
import type { CompiledQuery } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { freeText, joined, wordCell } from '../../base/reading.ts'
import { visibleTo } from '../../base/scope.ts'
import { both, conditions, type ListFilter } from './list.store.ts'
import { workplaces } from './policy.ts'

const fixed = {
  creditCode: sql`e.credit_code`, name: freeText(sql`e.name`), industryCode: sql`e.industry_code`, class: sql`e.class`, department: sql`e.department`, codeState: sql`e.code_state`,
  district: sql`e.district_code`, street: sql`e.street_code`, zone: sql`e.zone_code`, registeredAt: sql`to_char(e.registered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')`,
}
/** Beside the firm's own columns: names of industries, workplaces within the reader's scope, and contacts, filled in by the id. */
export type ExportedColumn = keyof typeof fixed | 'industry' | 'workplaces' | 'contactName' | 'contactPhone'
export type ColumnWords = Partial<Record<ExportedColumn, ReadonlyMap<string, string>>>

/** The filtered list with a row's cells in one text; codes as `words` say. The firm's id comes last where contacts are filled in by it. */
export function exportQuery(ctx: Ctx, filter: ListFilter, columns: readonly ExportedColumn[], words: ColumnWords, { language, withId }: { language: 'zh' | 'en'; withId: boolean }): CompiledQuery {
  const cell = (code: ExportedColumn) => {
    if (code === 'industry') return sql`i.${sql.ref(language)}`
    if (code === 'workplaces') return sql`(select count(*) from enterprises.workplaces w where w.enterprise_id = e.id and ${visibleTo(workplaces, ctx.scope, 'w')})`
    if (code === 'contactName' || code === 'contactPhone') return sql`''`
    return words[code] ? wordCell(fixed[code], words[code]) : fixed[code]
  }
  return sql`
    select ${joined([...columns.map(cell), ...(withId ? [sql`e.id`] : [])])} as cells
    from enterprises.enterprises e join enterprises.industries i on i.code = e.industry_code
    where ${both(...conditions(ctx, filter))} order by e.registered_at desc, e.id desc`.compile(ctx.db)
}
export async function countFiltered(ctx: Ctx, filter: ListFilter, most: number): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from (select 1 from enterprises.enterprises e where ${both(...conditions(ctx, filter))} limit ${most}) as counted`.execute(ctx.db)).rows[0]!.total
}
