// SQL of colours: what reports ask to be changed, and the rows that say how a colour came to be. Runs as the system.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { sql, statement } from '../../base/db.ts'
import { arrayOf } from './batch.store.ts'

export interface Turn { id: number; employmentId: string; day: string; slot: 1 | 2; level: number; rule: number; batchId: number; position: number }
/** Travels with the commit of the batch: whose report says another colour than they have. */
export function addTurns(system: Ctx, batchId: number, turns: readonly Omit<Turn, 'id' | 'batchId'>[]): void {
  const of = (value: (one: (typeof turns)[number]) => string | number) => arrayOf(turns.map(value))
  system.alongside(statement('insert into health.turns (employment_id, day, slot, level, rule, batch_id, position, at) select g.e, g.d, g.s, g.l, g.r, $1::bigint, g.p, $2 from unnest($3::uuid[], $4::date[], $5::smallint[], $6::smallint[], $7::smallint[], $8::smallint[]) as g (e, d, s, l, r, p)',
    [batchId, system.now, of((one) => one.employmentId), of((one) => one.day), of((one) => one.slot), of((one) => one.level), of((one) => one.rule), of((one) => one.position)]))
}
/** The oldest, held against another worker. */
export async function takeTurns(system: Ctx, limit: number): Promise<Turn[]> {
  return (await sql<Turn>`delete from health.turns where id in (select id from health.turns order by id limit ${limit} for update skip locked) returning id, employment_id, day, slot, level, rule, batch_id, position`.execute(system.db)).rows.sort((one, other) => one.id - other.id)
}

export interface Coloured { employmentId: string; personId: string; enterpriseId: string; workplaceId: string; districtCode: string; streetCode: string; zoneCode: string | null; emergencyId: string; emergencyKind: string; level: number; observed: boolean; active: boolean }
const coloured = (system: Ctx, employmentId: string) => sql`select employment_id, person_id, enterprise_id, workplace_id, district_code, street_code, zone_code, emergency_id, emergency_kind, level, observed and (observed_until is null or observed_until >= ${shanghaiDay(system.now)}::date) as observed, active from health.subjects where employment_id = ${employmentId}`
export async function findColoured(system: Ctx, employmentId: string): Promise<Coloured | undefined> {
  return (await sql<Coloured>`${coloured(system, employmentId)}`.execute(system.db)).rows[0]
}
/** Somebody monitored, held until the transaction ends. */
export async function lockColoured(system: Ctx, employmentId: string): Promise<Coloured | undefined> {
  return (await sql<Coloured>`${coloured(system, employmentId)} for update`.execute(system.db)).rows[0]
}
export interface StatusRow {
  id: string; employmentId: string; personId: string; enterpriseId: string; workplaceId: string; districtCode: string; level: number; before: number; source: 'report' | 'hand' | 'release' | 'appeal' | 'lapse' | 'result'
  rule: number | null; day: string | null; slot: 1 | 2 | null; batchId: number | null; position: number | null; byPerson: string | null; agreedBy: string | null; reasonSealed: Buffer | null; until: string | null; at: string
}
/** Writes the change and the colour that the intake compares with. */
export async function insertStatus(system: Ctx, row: StatusRow): Promise<void> {
  await sql`insert into health.statuses (id, employment_id, person_id, enterprise_id, workplace_id, district_code, level, before, source, rule, day, slot, batch_id, position, by_person, agreed_by, reason_sealed, until, at)
    values (${row.id}, ${row.employmentId}, ${row.personId}, ${row.enterpriseId}, ${row.workplaceId}, ${row.districtCode}, ${row.level}, ${row.before}, ${row.source}, ${row.rule}, ${row.day}::date, ${row.slot}, ${row.batchId}, ${row.position}, ${row.byPerson}, ${row.agreedBy}, ${row.reasonSealed}, ${row.until}::date, ${row.at})`.execute(system.db)
  await sql`update health.subjects set level = ${row.level} where employment_id = ${row.employmentId}`.execute(system.db)
}
export async function selectStatuses(system: Ctx, employmentId: string, limit: number): Promise<StatusRow[]> {
  return (await sql<StatusRow>`select * from health.statuses where employment_id = ${employmentId} order by at desc, id desc limit ${limit}`.execute(system.db)).rows
}
export async function findStatus(system: Ctx, id: string): Promise<StatusRow | undefined> {
  return (await sql<StatusRow>`select * from health.statuses where id = ${id}`.execute(system.db)).rows[0]
}
/** Changes by hand whose last day has passed and that still hold. */
export async function selectLapsed(system: Ctx, today: string, limit: number): Promise<StatusRow[]> {
  return (await sql<StatusRow>`select s.* from health.statuses s where s.until < ${today}::date and not exists (select 1 from health.statuses n where n.employment_id = s.employment_id and (n.at, n.id) > (s.at, s.id)) order by s.until limit ${limit}`.execute(system.db)).rows
}

// ── what was reported ───────────────────────────────────────────────────────
export interface ReportRow { enterpriseId: string; day: string; slot: 1 | 2; version: number; level: number; rule: number; position: number; batchId: number; acceptedAt: string; relation: string | null }
/** What somebody reported, the newest first, with every version. */
export async function selectReports(system: Ctx, { enterpriseId, employmentId }: { enterpriseId: string; employmentId: string }, from: string): Promise<ReportRow[]> {
  return (await sql<ReportRow>`select r.*, b.relation from (
      select enterprise_id, day, slot, version, level, rule, position, batch_id, accepted_at, binding_id from health.reports where enterprise_id = ${enterpriseId} and employment_id = ${employmentId} and day >= ${from}::date
      union all select enterprise_id, day, slot, version, level, rule, position, batch_id, accepted_at, binding_id from health.superseded where enterprise_id = ${enterpriseId} and employment_id = ${employmentId} and day >= ${from}::date) r
    left join health.bindings b on b.id = r.binding_id order by r.day desc, r.slot desc, r.version desc`.execute(system.db)).rows
}
export async function findRuleRow(system: Ctx, no: number): Promise<{ tableCode: string; version: number; rowId: string; becauseZh: string; becauseEn: string } | undefined> {
  return (await sql<{ tableCode: string; version: number; rowId: string; becauseZh: string; becauseEn: string }>`select table_code, version, row_id, because_zh, because_en from health.rules where no = ${no}`.execute(system.db)).rows[0]
}
