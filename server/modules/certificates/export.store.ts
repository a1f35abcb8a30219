// SQL of the export of certificates: the filtered list as texts, all of it.
import type { CompiledQuery } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { freeText, joined, wordCell } from '../../base/reading.ts'
import { filtered, overOn, type Filter } from './store.ts'

const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')`
const expressions = {
  number: sql`c.number`, state: sql`c.state`, enterpriseName: freeText(sql`c.enterprise_name`), workplaceName: freeText(sql`c.workplace_name`), district: sql`c.district_code`, street: sql`c.street_code`, zone: sql`c.zone_code`,
  address: freeText(sql`c.address`), plannedDate: sql`c.planned_date`, issuedAt: moment('c.issued_at'), stateSince: moment('c.state_since'), stateReason: freeText(sql`c.state_reason`), validUntil: sql`c.valid_until`, orderNo: freeText(sql`c.order_no`),
}
export type ExportedColumn = keyof typeof expressions
export type ColumnWords = Partial<Record<ExportedColumn, ReadonlyMap<string, string>>>

/** The filtered list with a row's cells in one text; codes as `words` say. */
export function exportQuery(ctx: Ctx, filter: Filter, columns: readonly ExportedColumn[], words: ColumnWords): CompiledQuery {
  const told = { ...expressions, state: sql`case when ${overOn(filter.today)} and c.state in ('valid', 'suspended') then 'expired' else c.state end` }
  const cells = columns.map((code) => (words[code] ? wordCell(told[code], words[code]) : told[code]))
  return filtered(ctx, filter).clearSelect().select(joined(cells).as('cells')).orderBy('c.issuedAt', 'desc').orderBy('c.id', 'desc').compile()
}
export async function countFiltered(ctx: Ctx, filter: Filter, most: number): Promise<number> {
  const one = filtered(ctx, filter).clearSelect().select(sql<number>`1`.as('one')).limit(most)
  return Number((await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}
