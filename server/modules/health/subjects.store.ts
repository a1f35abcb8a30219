// SQL on who is monitored: kept as the rosters say, looked up by firm, workplace and place of origin. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { Standing } from './subjects.rules.ts'

export interface SubjectRow extends Standing {
  employmentId: string; personId: string; enterpriseId: string; workplaceId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null; emergencyId: string; emergencyKind: string; originCode: string | null
}
const COLUMNS = ['employment_id', 'person_id', 'enterprise_id', 'workplace_id', 'district_code', 'street_code', 'zone_code', 'department_key', 'emergency_id', 'emergency_kind', 'origin_code', 'origin_level', 'origin_until', 'observed', 'observed_until', 'exposed', 'exposed_until', 'twice', 'active', 'expected']
const columns = sql.raw(COLUMNS.join(', '))
const renewed = sql.raw(COLUMNS.slice(1).map((name) => `${name} = excluded.${name}`).join(', '))
/** Makes rows, counted from `since` on, or brings them up to date; what was missed and the colour are not the roster's to say and stay. */
export async function putSubjects(system: Ctx, rows: readonly SubjectRow[], since: string): Promise<void> {
  if (!rows.length) return
  const given = JSON.stringify(rows.map((row) => Object.fromEntries(COLUMNS.map((name) => [name, row[name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()) as keyof SubjectRow]]))))
  await sql`insert into health.subjects (${columns}, since) select ${columns}, ${since}::date from jsonb_populate_recordset(null::health.subjects, ${given}::jsonb) order by employment_id
    on conflict (employment_id) do update set ${renewed}`.execute(system.db)
}
/** Whoever is gone from the roster for good: what was known of them goes, and nothing can be reported for them. */
export async function deleteSubjects(system: Ctx, ids: readonly string[]): Promise<void> {
  await sql`delete from health.subjects where employment_id = any (${[...ids]}::uuid[])`.execute(system.db)
}
export type Monitored = Pick<SubjectRow, 'employmentId' | 'enterpriseId' | 'workplaceId' | 'districtCode' | 'emergencyKind' | 'twice' | 'active'>
export async function findMonitored(system: Ctx, employmentId: string): Promise<Monitored | undefined> {
  return (await sql<Monitored>`select employment_id, enterprise_id, workplace_id, district_code, emergency_kind, twice, active from health.subjects where employment_id = ${employmentId}`.execute(system.db)).rows[0]
}
/** Held until the transaction ends, so that phones of one person are bound one after the other. */
export async function lockSubject(system: Ctx, employmentId: string): Promise<void> {
  await sql`select 1 from health.subjects where employment_id = ${employmentId} for update`.execute(system.db)
}
export type Whose = { employmentIds: readonly string[] } | { enterpriseId: string } | { workplaceId: string } | { originWithin: string } | { everyone: true }
/** Ids of those monitored, in their order after `after`. */
export async function selectMonitored(system: Ctx, whose: Whose, after: string | null, limit: number): Promise<string[]> {
  const which = 'employmentIds' in whose ? sql<boolean>`employment_id = any (${[...whose.employmentIds]}::uuid[])`
    : 'enterpriseId' in whose ? sql<boolean>`enterprise_id = ${whose.enterpriseId}`
    : 'workplaceId' in whose ? sql<boolean>`workplace_id = ${whose.workplaceId}`
    : 'everyone' in whose ? sql<boolean>`true` : sql<boolean>`origin_code like ${`${whose.originWithin.replace(/(0000|00)$/, '')}%`}`
  return (await sql<{ employmentId: string }>`select employment_id from health.subjects where ${which} and (${after}::uuid is null or employment_id > ${after}::uuid) order by employment_id limit ${limit}`.execute(system.db)).rows.map((row) => row.employmentId)
}
