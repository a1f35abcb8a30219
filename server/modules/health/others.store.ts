// SQL of reports for others: bindings of clerks and gates, and the thermometers. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { BindingRow } from './phones.store.ts'

/** The binding by which a clerk or a gate reports for somebody; made at its first report. Answers whether it is new. */
export async function standInFor(system: Ctx, row: Omit<BindingRow, 'createdAt'>): Promise<{ id: string; fresh: boolean }> {
  const made = (await sql<{ id: string }>`insert into health.bindings (id, device_id, employment_id, enterprise_id, person_id, relation, notice_version, created_at)
    values (${row.id}, ${row.deviceId}, ${row.employmentId}, ${row.enterpriseId}, ${row.personId}, ${row.relation}, ${row.noticeVersion}, ${system.now})
    on conflict (device_id, employment_id, relation) where relation in ('clerk', 'gate') and revoked_at is null do nothing returning id`.execute(system.db)).rows[0]
  if (made) return { id: made.id, fresh: true }
  const { id } = (await sql<{ id: string }>`select id from health.bindings where device_id = ${row.deviceId} and employment_id = ${row.employmentId} and relation = ${row.relation} and revoked_at is null`.execute(system.db)).rows[0]!
  return { id, fresh: false }
}

export interface GateRow { id: string; enterpriseId: string; workplaceId: string; name: string; keyHash: Buffer; madeAt: string; revokedAt: string | null; lastAt: string | null }
export async function selectGates(system: Ctx, enterpriseId: string): Promise<GateRow[]> {
  return (await sql<GateRow>`select * from health.gates where enterprise_id = ${enterpriseId} order by (revoked_at is null) desc, made_at desc, id desc limit 200`.execute(system.db)).rows
}
export async function insertGate(system: Ctx, row: Pick<GateRow, 'id' | 'enterpriseId' | 'workplaceId' | 'name' | 'keyHash'>, by: string): Promise<void> {
  await sql`insert into health.gates (id, enterprise_id, workplace_id, name, key_hash, made_by, made_at) values (${row.id}, ${row.enterpriseId}, ${row.workplaceId}, ${row.name}, ${row.keyHash}, ${by}, ${system.now})`.execute(system.db)
}
/** A gate's key and the bindings that came by it end together; false when it had ended before or is another firm's. */
export async function endGate(system: Ctx, enterpriseId: string, id: string): Promise<boolean> {
  const ended = (await sql`update health.gates set revoked_at = ${system.now} where id = ${id} and enterprise_id = ${enterpriseId} and revoked_at is null returning id`.execute(system.db)).rows.length > 0
  if (ended) await sql`update health.bindings set revoked_at = ${system.now} where device_id = ${id} and relation = 'gate' and revoked_at is null`.execute(system.db)
  return ended
}
export async function findGate(system: Ctx, id: string): Promise<GateRow | undefined> {
  return (await sql<GateRow>`select * from health.gates where id = ${id} and revoked_at is null`.execute(system.db)).rows[0]
}
/** Counts a reading in its minute; answers how many that makes. One gate's readings wait for one another here. */
export async function countReading(system: Ctx, id: string): Promise<number> {
  return (await sql<{ readings: number }>`update health.gates set last_at = ${system.now}, minute = date_trunc('minute', ${system.now}::timestamptz), readings = case when minute = date_trunc('minute', ${system.now}::timestamptz) then readings + 1 else 1 end where id = ${id} returning readings`.execute(system.db)).rows[0]!.readings
}
