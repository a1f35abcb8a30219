// SQL on claims that wait for the firm: made, listed, decided, asked about. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { AskRow } from './phones.store.ts'

export interface ClaimRow extends AskRow { approval: 'waiting' | 'approved' | 'refused'; reason: string | null; bindingId: string | null }
/** Claims of other phones that wait for one person; the same phone's own is replaced. */
export async function replaceClaims(system: Ctx, { employmentId, deviceId }: Pick<AskRow, 'employmentId' | 'deviceId'>): Promise<number> {
  await sql`delete from health.binding_asks where employment_id = ${employmentId} and device_id = ${deviceId} and approval = 'waiting'`.execute(system.db)
  return (await sql<{ n: number }>`select count(*)::int as n from health.binding_asks where employment_id = ${employmentId} and approval = 'waiting' and expires_at > ${system.now}`.execute(system.db)).rows[0]!.n
}
export async function selectClaims(system: Ctx, enterpriseId: string, limit: number): Promise<ClaimRow[]> {
  return (await sql<ClaimRow>`select * from health.binding_asks where enterprise_id = ${enterpriseId} and approval = 'waiting' and expires_at > ${system.now} order by asked_at, id limit ${limit}`.execute(system.db)).rows
}
/** A claim of the firm, held against a second decision at the same time. */
export async function lockClaim(system: Ctx, enterpriseId: string, id: string): Promise<ClaimRow | undefined> {
  return (await sql<ClaimRow>`select * from health.binding_asks where id = ${id} and enterprise_id = ${enterpriseId} and approval is not null for update`.execute(system.db)).rows[0]
}
export async function findClaim(system: Ctx, id: string): Promise<ClaimRow | undefined> {
  return (await sql<ClaimRow>`select * from health.binding_asks where id = ${id} and approval is not null`.execute(system.db)).rows[0]
}
export async function decideClaim(system: Ctx, id: string, { approval, reason, bindingId }: Pick<ClaimRow, 'approval' | 'reason' | 'bindingId'>, by: string | null): Promise<void> {
  await sql`update health.binding_asks set approval = ${approval}, reason = ${reason}, binding_id = ${bindingId}, decided_by = ${by}, decided_at = ${system.now}, used_at = ${system.now} where id = ${id}`.execute(system.db)
}
/** How many phones report for each of these people themselves or as family. */
export async function countPhones(system: Ctx, employmentIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ employmentId: string; phones: number }>`select employment_id, count(*)::int as phones from health.bindings where employment_id = any (${[...employmentIds]}::uuid[]) and relation in ('self', 'family') and revoked_at is null group by employment_id`.execute(system.db)
  return new Map(rows.map((row) => [row.employmentId, row.phones]))
}
