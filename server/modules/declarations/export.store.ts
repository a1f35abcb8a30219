// SQL of the export of declarations: the filtered list as texts, all of it.
import type { CompiledQuery } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { freeText, joined, wordCell } from '../../base/reading.ts'
import { filtered, type Filter } from './lists.store.ts'

const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')`
const expressions = {
  creditCode: sql`d.credit_code`, enterpriseName: freeText(sql`d.enterprise_name`), industryCode: sql`d.industry_code`, class: sql`d.enterprise_class`, workplaceName: freeText(sql`d.workplace_name`), scene: sql`d.scene`,
  district: sql`d.district_code`, street: sql`d.street_code`, zone: sql`d.zone_code`, address: freeText(sql`d.address`), state: sql`d.state`, level: sql`d.level`, procedure: sql`d.procedure`, headcount: sql`d.headcount`,
  plannedDate: sql`d.planned_date`, submittedAt: moment('d.submitted_at'), dueAt: moment('d.due_at'), decidedAt: moment('d.decided_at'), certificateNumber: sql`d.certificate_number`, createdAt: moment('d.created_at'),
}
export type ExportedColumn = keyof typeof expressions
export type ColumnWords = Partial<Record<ExportedColumn, ReadonlyMap<string, string>>>

/** The filtered list, newest first, with a row's cells in one text; codes as `words` say. */
export function exportQuery(ctx: Ctx, filter: Filter, columns: readonly ExportedColumn[], words: ColumnWords): CompiledQuery {
  const cells = columns.map((code) => (words[code] ? wordCell(expressions[code], words[code]) : expressions[code]))
  return filtered(ctx, filter).select(joined(cells).as('cells')).orderBy('d.createdAt', 'desc').orderBy('d.id', 'desc').compile()
}
export async function countFiltered(ctx: Ctx, filter: Filter, most: number): Promise<number> {
  const one = filtered(ctx, filter).select(sql<number>`1`.as('one')).limit(most)
  return Number((await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}
