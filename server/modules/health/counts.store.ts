// SQL on counters: folding what batches added into the counts, and what of each person's days was missed. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

/** Moves what waits into the counts, in one statement: whoever counts sees it once, before or after. Answers how many batches it was. */
export async function foldDeltas(system: Ctx, most: number): Promise<number> {
  // One folds at a time; a second one finds nothing to do.
  const { rows: [lock] } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(790, 1) as got`.execute(system.db)
  if (!lock!.got) return 0
  return (await sql<{ n: number }>`with gone as (
      delete from health.deltas where batch_id in (select batch_id from health.deltas order by batch_id limit ${most}) returning *
    ), cells as (
      select g.enterprise_id, g.workplace_id, g.day, g.slot, g.level, sum(coalesce(g.amount, 1))::int as reports from gone cross join unnest(enterprises, workplaces, days, slots, levels, amounts) as g (enterprise_id, workplace_id, day, slot, level, amount)
      group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    ), folded as (
      insert into health.counts as c (enterprise_id, workplace_id, day, slot, level, reports) select * from cells
      on conflict (enterprise_id, workplace_id, day, slot, level) do update set reports = c.reports + excluded.reports
    )
    select count(*)::int as n from gone`.execute(system.db)).rows[0]!.n
}

/** False when somebody has begun this work of the day before. */
export async function beginSweep(system: Ctx, what: string, day: string): Promise<boolean> {
  return (await sql`insert into health.sweeps (what, day, begun_at) values (${what}, ${day}::date, ${system.now}) on conflict do nothing returning day`.execute(system.db)).rows.length > 0
}
export interface MissedRow { employmentId: string; since: string; missed: number; missedOn: string | null; last: string | null }
/** A page of those expected, with the last day that was reported within the look back. */
export async function selectLastDays(system: Ctx, { until, from, after, limit }: { until: string; from: string; after: string | null; limit: number }): Promise<MissedRow[]> {
  return (await sql<MissedRow>`select s.employment_id, s.since, s.missed, s.missed_on,
      (select max(r.day) from health.reports r where r.enterprise_id = s.enterprise_id and r.employment_id = s.employment_id and r.day between ${from}::date and ${until}::date) as last
    from (select * from health.subjects where active and expected and (${after}::uuid is null or employment_id > ${after}::uuid) order by employment_id limit ${limit}) s`.execute(system.db)).rows
}
export async function putMissed(system: Ctx, rows: readonly { employmentId: string; missed: number }[], until: string): Promise<void> {
  await sql`update health.subjects s set missed = g.missed, missed_on = ${until}::date from unnest(${rows.map((row) => row.employmentId)}::uuid[], ${rows.map((row) => row.missed)}::smallint[]) as g (id, missed) where s.employment_id = g.id`.execute(system.db)
}
