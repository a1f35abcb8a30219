// SQL of signals: what of a day's reports looks unusual, by thresholds. Runs as the system; the list keeps to the caller's scope.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { signalsTable } from './policy.ts'

export interface Finding { enterpriseId: string; workplaceId: string; districtCode: string; people: number; employments: string[] }
/** One phone that reported for many people; phones that report for others by their relation are left out. */
export async function findDevices(system: Ctx, day: string, districtCode: string, least: number): Promise<Finding[]> {
  return (await sql<Finding>`select s.enterprise_id, (array_agg(s.workplace_id order by s.workplace_id))[1] as workplace_id, ${districtCode} as district_code, count(distinct r.employment_id)::int as people, array_agg(distinct r.employment_id) as employments
    from health.reports r join health.bindings b on b.id = r.binding_id and b.relation = 'self' join health.subjects s on s.employment_id = r.employment_id
    where r.day = ${day}::date and s.district_code = ${districtCode} group by s.enterprise_id, b.device_id having count(distinct r.employment_id) >= ${least}`.execute(system.db)).rows
}
/** Many of a workplace within seconds: whoever fell into the densest stretch. */
export async function findBursts(system: Ctx, day: string, districtCode: string, least: number, seconds: number): Promise<Finding[]> {
  return (await sql<Finding>`with each as (
      select r.workplace_id, r.enterprise_id, r.employment_id, r.accepted_at, count(*) over (partition by r.workplace_id order by r.accepted_at range between make_interval(secs => ${seconds}) preceding and current row) as n
      from health.reports r join health.places p on p.workplace_id = r.workplace_id and p.district_code = ${districtCode} where r.day = ${day}::date and r.slot = 1
    ), peak as (select distinct on (workplace_id) workplace_id, accepted_at, n from each where n >= ${least} order by workplace_id, n desc, accepted_at)
    select e.enterprise_id, p.workplace_id, ${districtCode} as district_code, count(*)::int as people, (array_agg(e.employment_id order by e.employment_id))[1:200] as employments
    from peak p join each e on e.workplace_id = p.workplace_id and e.accepted_at between p.accepted_at - make_interval(secs => ${seconds}) and p.accepted_at group by 1, 2`.execute(system.db)).rows
}
/** Reports for a day before the person came onto the roster. */
export async function findEarly(system: Ctx, day: string, districtCode: string): Promise<Finding[]> {
  return (await sql<Finding>`select s.enterprise_id, s.workplace_id, ${districtCode} as district_code, count(*)::int as people, (array_agg(s.employment_id order by s.employment_id))[1:200] as employments
    from health.reports r join health.subjects s on s.employment_id = r.employment_id where r.day = ${day}::date and r.slot = 1 and s.district_code = ${districtCode} and r.day < s.since group by 1, 2`.execute(system.db)).rows
}
/** The same answers for so many days in a row, up to this one. */
export async function findSame(system: Ctx, day: string, districtCode: string, least: number): Promise<Finding[]> {
  return (await sql<Finding>`select s.enterprise_id, s.workplace_id, ${districtCode} as district_code, count(*)::int as people, (array_agg(s.employment_id order by s.employment_id))[1:200] as employments
    from health.same_answers m join health.subjects s on s.employment_id = m.employment_id where m.day = ${day}::date and m.days >= ${least} and s.district_code = ${districtCode} group by 1, 2`.execute(system.db)).rows
}
/** Batches with answers of a day, by id after `after`. */
export async function selectEnvelopes(system: Ctx, day: string, after: number, limit: number): Promise<{ batchId: number; sealed: Buffer }[]> {
  return (await sql<{ batchId: number; sealed: Buffer }>`select batch_id, sealed from health.envelopes where day = ${day}::date and batch_id > ${after} order by batch_id limit ${limit}`.execute(system.db)).rows
}
/** Whose first report of the day lies where in these batches. */
export async function selectPlaced(system: Ctx, day: string, batchIds: readonly number[]): Promise<{ employmentId: string; batchId: number; position: number }[]> {
  return (await sql<{ employmentId: string; batchId: number; position: number }>`select employment_id, batch_id, position from health.reports where day = ${day}::date and slot = 1 and batch_id = any (${[...batchIds]}::bigint[])`.execute(system.db)).rows
}
/** The same mark as the day before counts one more, another one begins anew; counted twice it changes nothing. */
export async function putMarks(system: Ctx, day: string, marks: readonly { employmentId: string; mark: Buffer }[]): Promise<void> {
  if (marks.length) await sql`insert into health.same_answers as m (employment_id, day, mark, days) select g.e, ${day}::date, g.k, 1 from unnest(${marks.map((one) => one.employmentId)}::uuid[], ${marks.map((one) => one.mark)}::bytea[]) as g (e, k)
    on conflict (employment_id) do update set days = case when m.mark = excluded.mark and m.day = excluded.day - 1 then m.days + 1 when m.mark = excluded.mark and m.day = excluded.day then m.days else 1 end, day = excluded.day, mark = excluded.mark`.execute(system.db)
}
export interface SignalRow extends Finding { id: string; day: string; kind: 'device' | 'burst' | 'same' | 'early'; enterpriseName: string; workplaceName: string; threshold: number; state: 'open' | 'checked'; checkedBy: string | null; checkedAt: string | null; note: string | null }
export async function insertSignal(system: Ctx, row: Omit<SignalRow, 'state' | 'checkedBy' | 'checkedAt' | 'note'>): Promise<void> {
  await sql`insert into health.signals (id, day, kind, enterprise_id, workplace_id, enterprise_name, workplace_name, district_code, people, threshold, employments)
    values (${row.id}, ${row.day}::date, ${row.kind}, ${row.enterpriseId}, ${row.workplaceId}, ${row.enterpriseName}, ${row.workplaceName}, ${row.districtCode}, ${row.people}, ${row.threshold}, ${row.employments}::uuid[]) on conflict do nothing`.execute(system.db)
}
export async function selectSignals(ctx: Ctx, open: boolean): Promise<SignalRow[]> {
  return (await sql<SignalRow>`select s.* from health.signals s where ${visibleTo(signalsTable, ctx.scope, 's')} and (not ${open} or s.state = 'open') order by s.day desc, s.people desc, s.id limit 300`.execute(ctx.db)).rows
}
export async function lockSignal(ctx: Ctx, id: string): Promise<SignalRow | undefined> {
  return (await sql<SignalRow>`select s.* from health.signals s where s.id = ${id} and ${visibleTo(signalsTable, ctx.scope, 's')} for update`.execute(ctx.db)).rows[0]
}
export async function markChecked(ctx: Ctx, id: string, note: string): Promise<void> {
  await sql`update health.signals set state = 'checked', checked_by = ${ctx.actor.personId}, checked_at = ${ctx.now}, note = ${note} where id = ${id}`.execute(ctx.db)
}
