// SQL on the relations of groups; both ends are read as the system, after the firm itself was found within scope.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { Side } from './history.store.ts'
import type { Edge } from './relations.rules.ts'

export interface RelationRow extends Edge { id: string; kind: 'subsidiary' | 'branch'; reason: string | null; side: Side; setAt: string; setBy: string | null; setUnit: string | null; endedAt: string | null }
const columns = sql`r.id, r.child_id, r.parent_id, r.kind, r.valid_from as "from", r.valid_to as until, r.reason, r.side, r.set_at, r.set_by, r.set_unit, r.ended_at`

/** Relations of a firm in both directions: those in force first, then by day. */
export async function selectRelations(system: Ctx, enterpriseId: string): Promise<RelationRow[]> {
  return (await sql<RelationRow>`select ${columns} from enterprises.relations r where r.child_id = ${enterpriseId} or r.parent_id = ${enterpriseId} order by (r.ended_at is null) desc, r.valid_from desc, r.id`.execute(system.db)).rows
}
/** Everything below a firm, at most so many edges: a group larger than this is none. Held against others who relate firms at the same time. */
export async function selectBelow(system: Ctx, enterpriseId: string): Promise<Edge[]> {
  await sql`select pg_advisory_xact_lock(701)`.execute(system.db)
  return (await sql<Edge>`
    with recursive down as (
      select r.parent_id, r.child_id, r.valid_from, r.valid_to from enterprises.relations r where r.parent_id = ${enterpriseId}
      union
      select r.parent_id, r.child_id, r.valid_from, r.valid_to from enterprises.relations r join down on r.parent_id = down.child_id
    ) select parent_id, child_id, valid_from as "from", valid_to as until from down limit 20000`.execute(system.db)).rows
}
export async function insertRelation(system: Ctx, row: RelationRow): Promise<void> {
  await sql`insert into enterprises.relations (id, child_id, parent_id, kind, valid_from, reason, side, set_at, set_by, set_unit)
    values (${row.id}, ${row.childId}, ${row.parentId}, ${row.kind}, ${row.from}::date, ${row.reason}, ${row.side}, ${row.setAt}::timestamptz, ${row.setBy}, ${row.setUnit})`.execute(system.db)
}
/** False when it had ended before. */
export async function closeRelation(system: Ctx, id: string, end: { until: string; by: string | null; reason: string }): Promise<boolean> {
  return (await sql`update enterprises.relations set valid_to = ${end.until}::date, ended_at = ${system.now}, ended_by = ${end.by}, end_reason = ${end.reason} where id = ${id} and ended_at is null returning id`.execute(system.db)).rows.length > 0
}
