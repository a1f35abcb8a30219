// SQL of bindings: counted tries, what waits for its code, and phones that are bound. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

// ── tries ───────────────────────────────────────────────────────────────────
export interface Counted { key: Buffer; most: number }
/** Counts a try under each key, before it is heard, so that many at once are counted too; answers whether one of them had its most already. While it pauses the pause grows no longer. */
export async function countTry(system: Ctx, counted: readonly Counted[], pauseMinutes: number): Promise<boolean> {
  // In one order everywhere, so that two transactions never wait for each other crosswise.
  const ordered = [...counted].sort((a, b) => a.key.compare(b.key))
  const over = new Date(system.now.getTime() - pauseMinutes * 60_000)
  const { rows } = await sql<{ key: Buffer; tries: number }>`insert into health.binding_tries as t (key, tries, last_at)
    select key, 1, ${system.now} from unnest(${ordered.map(({ key }) => key)}::bytea[], ${ordered.map(({ most }) => most)}::integer[]) as g (key, most)
    on conflict (key) do update set tries = case when t.last_at <= ${over} then 1 else t.tries + 1 end, last_at = case when t.last_at <= ${over} then ${system.now} else t.last_at end
    returning key, tries`.execute(system.db)
  return rows.some(({ key, tries }) => tries > ordered.find((one) => one.key.equals(key))!.most)
}
/** After a match: the phone begins anew, and the address has one try less. */
export async function forgiveTry(system: Ctx, device: Buffer, address: Buffer): Promise<void> {
  await sql`delete from health.binding_tries where key = ${device}`.execute(system.db)
  await sql`update health.binding_tries set tries = tries - 1 where key = ${address} and tries > 0`.execute(system.db)
}
/** Clears what has served its time. */
export async function deleteOldAsks(system: Ctx): Promise<void> {
  await sql`delete from health.binding_tries where last_at < ${system.now}::timestamptz - interval '1 day'`.execute(system.db)
  await sql`delete from health.binding_asks where expires_at < ${system.now}::timestamptz - interval '1 day'`.execute(system.db)
}

// ── asks and bindings ───────────────────────────────────────────────────────
export interface AskRow { id: string; deviceId: string; employmentId: string; enterpriseId: string; workplaceId: string; relation: 'self' | 'family'; noticeVersion: number; askedAt: Date; expiresAt: Date }
/** `approval`: the firm decides, no code. */
export async function insertAsk(system: Ctx, row: AskRow, approval: 'waiting' | null): Promise<void> {
  await sql`insert into health.binding_asks (id, device_id, employment_id, enterprise_id, workplace_id, relation, notice_version, asked_at, expires_at, approval)
    values (${row.id}, ${row.deviceId}, ${row.employmentId}, ${row.enterpriseId}, ${row.workplaceId}, ${row.relation}, ${row.noticeVersion}, ${row.askedAt}, ${row.expiresAt}, ${approval})`.execute(system.db)
}
/** What waits for its code, held against a second try at the same time. */
export async function lockAsk(system: Ctx, id: string): Promise<Omit<AskRow, 'askedAt' | 'expiresAt'> | undefined> {
  return (await sql<Omit<AskRow, 'askedAt' | 'expiresAt'>>`select id, device_id, employment_id, enterprise_id, workplace_id, relation, notice_version from health.binding_asks where id = ${id} and approval is null and used_at is null and expires_at > ${system.now} for update`.execute(system.db)).rows[0]
}
export async function markAskUsed(system: Ctx, id: string): Promise<void> {
  await sql`update health.binding_asks set used_at = ${system.now} where id = ${id}`.execute(system.db)
}
export interface BindingRow { id: string; deviceId: string; employmentId: string; enterpriseId: string; personId: string; relation: 'self' | 'family' | 'clerk' | 'gate'; noticeVersion: number; createdAt: string }
export async function insertBinding(system: Ctx, row: Omit<BindingRow, 'createdAt'>): Promise<void> {
  await sql`insert into health.bindings (id, device_id, employment_id, enterprise_id, person_id, relation, notice_version, created_at)
    values (${row.id}, ${row.deviceId}, ${row.employmentId}, ${row.enterpriseId}, ${row.personId}, ${row.relation}, ${row.noticeVersion}, ${system.now})`.execute(system.db)
}
/** A binding in force by its id. */
export async function findBinding(system: Ctx, id: string): Promise<BindingRow | undefined> {
  return (await sql<BindingRow>`select id, device_id, employment_id, enterprise_id, person_id, relation, notice_version, created_at from health.bindings where id = ${id} and revoked_at is null`.execute(system.db)).rows[0]
}
/** Takes off the same phone's own bindings of an employment, and the oldest of a person's phones of one relation but `most`; the row of the subject is held meanwhile. Answers their ids. */
export async function revokeBeyond(system: Ctx, { employmentId, deviceId, relation }: Pick<BindingRow, 'employmentId' | 'deviceId' | 'relation'>, most: number): Promise<string[]> {
  return (await sql<{ id: string }>`update health.bindings set revoked_at = ${system.now} where id in (
    select id from (select id, device_id, row_number() over (order by created_at desc, id desc) as nth from health.bindings where employment_id = ${employmentId} and relation = ${relation} and revoked_at is null) b
    where device_id = ${deviceId} or nth >= ${most}) returning id`.execute(system.db)).rows.map(({ id }) => id)
}
/** Bindings in force of an employment within its firm, the newest first. */
export async function selectBindings(system: Ctx, enterpriseId: string, employmentId: string): Promise<{ id: string; relation: BindingRow['relation']; createdAt: string }[]> {
  return (await sql<{ id: string; relation: BindingRow['relation']; createdAt: string }>`select id, relation, created_at from health.bindings where employment_id = ${employmentId} and enterprise_id = ${enterpriseId} and revoked_at is null order by created_at desc, id desc limit 100`.execute(system.db)).rows
}
export async function revokeBinding(system: Ctx, id: string): Promise<void> {
  await sql`update health.bindings set revoked_at = ${system.now} where id = ${id} and revoked_at is null`.execute(system.db)
}
