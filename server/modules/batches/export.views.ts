// SQL of the export of a plan's firms: the filtered list as texts, batch by batch.
import type { CompiledQuery } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { freeText, joined, wordCell } from '../../base/reading.ts'
import { membersWhere, type MemberFilter } from './views.ts'

const moment = (column: string) => sql`to_char(${sql.ref(column)} at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI')`
function expressions({ state, declared }: Pick<ReturnType<typeof membersWhere>, 'state' | 'declared'>) {
  return {
    day: sql`b.day`, rank: sql`m.rank`, creditCode: sql`m.credit_code`, enterpriseName: freeText(sql`m.enterprise_name`), workplaceName: freeText(sql`m.workplace_name`), industryCode: sql`m.industry_code`, class: sql`m.enterprise_class`, district: sql`m.district_code`, street: sql`m.street_code`, zone: sql`m.zone_code`, heads: sql`m.heads`,
    state, invitedDay: sql`m.invited_day`, answeredAt: moment('m.answered_at'), reason: freeText(sql`m.reason`), wishedDay: sql`m.wished_day`, declared, outReason: freeText(sql`m.out_reason`),
  }
}
export type ExportedColumn = keyof ReturnType<typeof expressions>
export type ColumnWords = Partial<Record<ExportedColumn, ReadonlyMap<string, string>>>

export function exportQuery(ctx: Ctx, planId: string, filter: MemberFilter, columns: readonly ExportedColumn[], words: ColumnWords): CompiledQuery {
  const { from, where, ...stated } = membersWhere(ctx, planId, filter)
  const all = expressions(stated)
  const cells = columns.map((code) => (words[code] ? wordCell(all[code], words[code]) : all[code]))
  return sql`select ${joined(cells)} as cells from ${from} where ${where} order by b.day nulls last, m.rank, m.credit_code, m.id`.compile(ctx.db)
}
