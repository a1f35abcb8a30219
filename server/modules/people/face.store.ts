// SQL for upper rooms: who is on a roster, by workplace, by last four, by what they share. Runs as the system.
import type { RosterState } from '@fugong/contract/people'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { EmploymentRow } from './store.ts'

export interface RosterEntry { employmentId: string; personId: string; enterpriseId: string; workplaceId: string; name: string; crew: string | null; dormitory: string | null; shift: string | null; state: RosterState; observingUntil: string | null; enteredAt: string }
const columns = sql`e.id as employment_id, e.person_id, e.enterprise_id, e.workplace_id, e.name, e.crew, e.dormitory, e.shift, e.state, e.observing_until, e.entered_at`

export async function selectAtWorkplace(system: Ctx, { enterpriseId, workplaceId, after, limit }: { enterpriseId: string; workplaceId: string | null; after: string | null; limit: number }): Promise<RosterEntry[]> {
  return (await sql<RosterEntry>`select ${columns} from people.employments e where e.enterprise_id = ${enterpriseId} and e.state <> 'left' and (${workplaceId}::uuid is null or e.workplace_id = ${workplaceId}::uuid) and (${after}::uuid is null or e.id > ${after}::uuid) order by e.id limit ${limit}`.execute(system.db)).rows
}
/** Ids of everybody on any roster who has not left, in their order. */
export async function selectAllIds(system: Ctx, after: string | null, limit: number): Promise<string[]> {
  return (await sql<{ id: string }>`select e.id from people.employments e where e.state <> 'left' and (${after}::uuid is null or e.id > ${after}::uuid) order by e.id limit ${limit}`.execute(system.db)).rows.map(({ id }) => id)
}
export async function selectCountsOf(system: Ctx, workplaceId: string): Promise<number> {
  return (await sql<{ people: number }>`select coalesce(sum(people), 0)::int as people from people.counts where workplace_id = ${workplaceId} and state <> 'left'`.execute(system.db)).rows[0]!.people
}
/** Eleven thousand endings leave few of one workplace with the same: 64 stand for a hundred thousand people several times over. */
export const MOST_ALIKE = 64
export async function selectByTail(system: Ctx, { enterpriseId, workplaceId, tail }: { enterpriseId: string; workplaceId: string; tail: Buffer }): Promise<{ employmentId: string; name: string }[]> {
  return (await sql<{ employmentId: string; name: string }>`select e.id as employment_id, e.name from people.employments e where e.enterprise_id = ${enterpriseId} and e.id_tail = ${tail} and e.workplace_id = ${workplaceId} and e.state <> 'left' order by e.id limit ${MOST_ALIKE}`.execute(system.db)).rows
}
export async function selectByStaffNo(system: Ctx, { enterpriseId, workplaceId, staffNo }: { enterpriseId: string; workplaceId: string; staffNo: string }): Promise<{ employmentId: string }[]> {
  return (await sql<{ employmentId: string }>`select e.id as employment_id from people.employments e where e.enterprise_id = ${enterpriseId} and e.workplace_id = ${workplaceId} and e.staff_no = ${staffNo} and e.state <> 'left' order by e.id limit 2`.execute(system.db)).rows
}
/** Others of the firm who share something with somebody. */
export async function selectFacts(system: Ctx, row: EmploymentRow, by: readonly ('crew' | 'dormitory' | 'shift' | 'workplace')[]): Promise<RosterEntry[]> {
  const same = by.flatMap((name) => {
    if (name === 'workplace') return [sql<boolean>`e.workplace_id = ${row.workplaceId}`]
    const value = row[name]
    // A shift or a crew of another workplace bears the same name and meets nobody here; a dormitory is one place.
    return value === null ? [] : [name === 'dormitory' ? sql<boolean>`e.dormitory = ${value}` : sql<boolean>`(e.${sql.ref(name)} = ${value} and e.workplace_id = ${row.workplaceId})`]
  })
  if (!same.length) return []
  return (await sql<RosterEntry>`select ${columns} from people.employments e where e.enterprise_id = ${row.enterpriseId} and e.id <> ${row.id} and e.state <> 'left' and (${sql.join(same, sql` or `)}) order by e.id limit 5000`.execute(system.db)).rows
}
