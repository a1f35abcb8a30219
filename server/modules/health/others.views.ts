// Read model of reports that a clerk may make: people of a firm whose report of now is missing.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

/** @public The schemas this file may name; the check of the house reads it. */
export const reads = ['people'] as const

export interface DueRow { employmentId: string; name: string; workplaceId: string; districtCode: string; emergencyKind: string; crew: string | null; dormitory: string | null; staffNo: string | null; slot: 1 | 2; bound: boolean }
export interface DueFilter { day: string; /** Whether people who report twice are due for the evening. */ evening: boolean; workplace?: string | undefined; crew?: string | undefined; /** Also those with a phone. */ all: boolean }
const due = (enterpriseId: string, { day, evening, workplace, crew, all }: DueFilter) => sql`from (
    select s.employment_id, e.name, s.workplace_id, s.district_code, s.emergency_kind, e.crew, e.dormitory, e.staff_no, case when s.twice and ${evening} then 2 else 1 end as slot,
      exists (select 1 from health.bindings b where b.employment_id = s.employment_id and b.relation in ('self', 'family') and b.revoked_at is null) as bound
    from health.subjects s join people.employments e on e.id = s.employment_id
    where s.enterprise_id = ${enterpriseId} and s.active and s.expected and (${workplace ?? null}::uuid is null or s.workplace_id = ${workplace ?? null}::uuid) and (${crew ?? null}::text is null or e.crew = ${crew ?? null})) d
  where (${all} or not d.bound) and not exists (select 1 from health.reports r where r.enterprise_id = ${enterpriseId} and r.employment_id = d.employment_id and r.day = ${day}::date and r.slot = d.slot)`
/** By id, so that a page goes on where the one before ended while reports come in. */
export async function selectDue(system: Ctx, enterpriseId: string, filter: DueFilter, limit: number, after: string | null): Promise<DueRow[]> {
  return (await sql<DueRow>`select d.* ${due(enterpriseId, filter)} and (${after}::uuid is null or d.employment_id > ${after}::uuid) order by d.employment_id limit ${limit}`.execute(system.db)).rows
}
export async function countDue(system: Ctx, enterpriseId: string, filter: DueFilter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n ${due(enterpriseId, filter)}`.execute(system.db)).rows[0]!.n
}
