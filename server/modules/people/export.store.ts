// SQL of the roster's export: the filtered rows within the reader's scope as texts.
import type { CompiledQuery, RawBuilder } from 'kysely'
import type { RosterFilters } from '@fugong/contract/people'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { freeText, joined, wordCell } from '../../base/reading.ts'
import { visibleTo } from '../../base/scope.ts'
import { filterConditions } from './list.store.ts'
import { employments } from './policy.ts'

export type ExportFilter = RosterFilters & { enterprise?: string | undefined }
const plain = {
  crew: freeText(sql`e.crew`), shift: freeText(sql`e.shift`), dormitory: freeText(sql`e.dormitory`), state: sql`e.state`, stateSince: sql`e.state_since`, observingUntil: sql`e.observing_until`, returnedOn: sql`e.returned_on`, name: freeText(sql`e.name`),
}
/** Beside the row's own columns: names of others, and what is sealed, filled in afterwards. */
export type ExportedColumn = keyof typeof plain | 'firm' | 'workplace' | 'origin' | 'idNumber' | 'phone' | 'address' | 'vehicleNo'

const where = (ctx: Ctx, { enterprise, ...filters }: ExportFilter) => sql<boolean>`${visibleTo(employments, ctx.scope, 'e')} and ${filterConditions(filters)} and (${enterprise ?? null}::uuid is null or e.enterprise_id = ${enterprise ?? null}::uuid)`
export function exportQuery(ctx: Ctx, filter: ExportFilter, columns: readonly ExportedColumn[], states: ReadonlyMap<string, string>): CompiledQuery {
  const cell = (code: ExportedColumn): RawBuilder<unknown> => (code === 'state' ? wordCell(plain.state, states) : code in plain ? plain[code as keyof typeof plain] : sql`''`)
  return sql`select ${joined([...columns.map(cell), sql`e.id`, sql`e.person_id`, sql`e.enterprise_id`, sql`e.case_key`, sql`e.workplace_id`, sql`e.origin_code`, sql`replace(encode(e.sealed, 'base64'), chr(10), '')`])} as cells
    from people.employments e where ${where(ctx, filter)} order by e.enterprise_id, e.id`.compile(ctx.db)
}
export async function countExported(ctx: Ctx, filter: ExportFilter, most: number): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from (select 1 from people.employments e where ${where(ctx, filter)} limit ${most}) as counted`.execute(ctx.db)).rows[0]!.total
}
