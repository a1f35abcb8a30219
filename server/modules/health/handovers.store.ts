// SQL on what a firm's day leaves behind: signed handovers, and the stages of reminding. Runs as the system.
import type { DayTally } from '@fugong/contract/health.days'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

export interface HandoverRow extends DayTally { enterpriseId: string; day: string; no: number; late: boolean; sentenceZh: string; sentenceEn: string; hash: Buffer; signedBy: string; signedAt: string }
export async function lastHandover(system: Ctx, enterpriseId: string, day: string): Promise<HandoverRow | undefined> {
  const row = (await sql<Omit<HandoverRow, 'notYet'> & { notYet: number }>`select * from health.handovers where enterprise_id = ${enterpriseId} and day = ${day}::date order by no desc limit 1`.execute(system.db)).rows[0]
  return row
}
export async function insertHandover(system: Ctx, row: HandoverRow): Promise<void> {
  await sql`insert into health.handovers (enterprise_id, day, no, expected, reported, may_work, not_yet, missing, late, sentence_zh, sentence_en, hash, signed_by, signed_at)
    values (${row.enterpriseId}, ${row.day}::date, ${row.no}, ${row.expected}, ${row.reported}, ${row.mayWork}, ${row.notYet}, ${row.missing}, ${row.late}, ${row.sentenceZh}, ${row.sentenceEn}, ${row.hash}, ${row.signedBy}, ${row.signedAt})`.execute(system.db)
}
/** A line for each person, in a fixed order: what the hash of a handover stands for. */
export async function linesOfDay(system: Ctx, enterpriseId: string, day: string): Promise<string[]> {
  return (await sql<{ line: string }>`select s.employment_id || ' ' || coalesce(encode(r.commitment, 'hex'), '-') as line from health.subjects s
    left join health.reports r on r.enterprise_id = s.enterprise_id and r.employment_id = s.employment_id and r.day = ${day}::date and r.slot = 1
    where s.enterprise_id = ${enterpriseId} and s.active and s.expected and s.since <= ${day}::date order by s.employment_id`.execute(system.db)).rows.map(({ line }) => line)
}

// ── reminders ───────────────────────────────────────────────────────────────
export async function selectStages(system: Ctx, enterpriseId: string, day: string): Promise<{ stage: number; at: string; missing: number }[]> {
  return (await sql<{ stage: number; at: string; missing: number }>`select stage, at, missing from health.reminders where enterprise_id = ${enterpriseId} and day = ${day}::date order by stage`.execute(system.db)).rows
}
/** Districts with people to be expected, and the emergency under which they are. */
export async function selectDistricts(system: Ctx): Promise<string[]> {
  return (await sql<{ districtCode: string }>`select distinct district_code from health.places where people > 0`.execute(system.db)).rows.map(({ districtCode }) => districtCode)
}
/** Firms of a district that have not had a stage of the day, by id. */
export async function selectUnreminded(system: Ctx, { districtCode, day, stage, after, limit }: { districtCode: string; day: string; stage: number; after: string | null; limit: number }): Promise<string[]> {
  return (await sql<{ enterpriseId: string }>`select distinct p.enterprise_id from health.places p where p.district_code = ${districtCode} and p.people > 0 and (${after}::uuid is null or p.enterprise_id > ${after}::uuid)
    and not exists (select 1 from health.reminders r where r.enterprise_id = p.enterprise_id and r.day = ${day}::date and r.stage = ${stage}) order by p.enterprise_id limit ${limit}`.execute(system.db)).rows.map(({ enterpriseId }) => enterpriseId)
}
/** False when another worker has begun the stage already. */
export async function beginStage(system: Ctx, row: { enterpriseId: string; day: string; stage: number; missing: number; done: boolean }): Promise<boolean> {
  return (await sql`insert into health.reminders (enterprise_id, day, stage, at, missing, done) values (${row.enterpriseId}, ${row.day}::date, ${row.stage}, ${system.now}, ${row.missing}, ${row.done}) on conflict do nothing returning stage`.execute(system.db)).rows.length > 0
}
/** Notes a stage for every firm of a district that still misses somebody; false when all had it. */
export async function beginStageForAll(system: Ctx, { districtCode, day, stage }: { districtCode: string; day: string; stage: number }): Promise<boolean> {
  return (await sql`insert into health.reminders (enterprise_id, day, stage, at, missing, done)
    select s.enterprise_id, ${day}::date, ${stage}, ${system.now}, count(*), true from health.subjects s where s.district_code = ${districtCode} and s.active and s.expected
      and not exists (select 1 from health.reminders m where m.enterprise_id = s.enterprise_id and m.day = ${day}::date and m.stage = ${stage})
      and not exists (select 1 from health.reports r where r.enterprise_id = s.enterprise_id and r.employment_id = s.employment_id and r.day = ${day}::date and r.slot = 1)
    group by s.enterprise_id on conflict do nothing returning stage`.execute(system.db)).rows.length > 0
}
export async function markStage(system: Ctx, { enterpriseId, day, stage }: { enterpriseId: string; day: string; stage: number }, afterId: string | null, done: boolean): Promise<void> {
  await sql`update health.reminders set after_id = ${afterId}::uuid, done = ${done} where enterprise_id = ${enterpriseId} and day = ${day}::date and stage = ${stage}`.execute(system.db)
}
/** People of a firm who have not reported by now, by id. */
export async function selectMissing(system: Ctx, enterpriseId: string, day: string, after: string | null, limit: number): Promise<string[]> {
  return (await sql<{ employmentId: string }>`select s.employment_id from health.subjects s where s.enterprise_id = ${enterpriseId} and s.active and s.expected and (${after}::uuid is null or s.employment_id > ${after}::uuid)
    and not exists (select 1 from health.reports r where r.enterprise_id = s.enterprise_id and r.employment_id = s.employment_id and r.day = ${day}::date and r.slot = 1) order by s.employment_id limit ${limit}`.execute(system.db)).rows.map(({ employmentId }) => employmentId)
}
export async function countMissing(system: Ctx, enterpriseId: string, day: string): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from health.subjects s where s.enterprise_id = ${enterpriseId} and s.active and s.expected
    and not exists (select 1 from health.reports r where r.enterprise_id = s.enterprise_id and r.employment_id = s.employment_id and r.day = ${day}::date and r.slot = 1)`.execute(system.db)).rows[0]!.n
}
