// SQL of the sweep and of counting anew: which clocks are due for something, and which cases have clocks that are not stopped.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { ClockRecord } from './clocks.store.ts'

/** The last clock of a batch that was swept. */
export interface SweepMark { nextAt: string; id: string }
/**
 * The next clocks that the sweep has something to do with, the longest due first. The index holds only what runs and waits
 * for a moment, so that a million ended cases cost nothing.
 */
export async function selectDue(system: Ctx, limit: number, after?: SweepMark): Promise<ClockRecord[]> {
  const { rows } = await sql<ClockRecord>`select k.* from cases.clocks k where k.state = 'running' and k.next_at is not null and k.next_at <= ${system.now}
    ${after ? sql`and (k.next_at, k.id) > (${after.nextAt}::timestamptz, ${after.id}::uuid)` : sql``} order by k.next_at, k.id limit ${limit}`.execute(system.db)
  return rows.map((row) => ({ ...row, hours: Number(row.hours) }))
}
/** Cases with a clock that is not stopped, by id. */
export async function selectTicking(system: Ctx, limit: number, after?: string): Promise<string[]> {
  const { rows } = await sql<{ caseId: string }>`select distinct k.case_id from cases.clocks k where k.state <> 'stopped' ${after ? sql`and k.case_id > ${after}::uuid` : sql``} order by k.case_id limit ${limit}`.execute(system.db)
  return rows.map((row) => row.caseId)
}
/** Who has open parts in which unit. */
export async function selectHolders(system: Ctx): Promise<{ personId: string; unitId: string }[]> {
  return (await sql<{ personId: string; unitId: string }>`select distinct person_id, unit_id from cases.parts where state = 'open' and person_id is not null`.execute(system.db)).rows
}
/** Parts of a unit that are open or yet to come. */
export async function selectPartIdsOf(system: Ctx, unitId: string, limit: number): Promise<{ id: string; caseId: string }[]> {
  return (await sql<{ id: string; caseId: string }>`select id, case_id from cases.parts where unit_id = ${unitId} and ended_at is null order by id limit ${limit}`.execute(system.db)).rows
}
