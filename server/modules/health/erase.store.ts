// SQL of erasing: which days are kept, dropping one with its key, and what is left as proof. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

/** Days with a key before a day, the oldest first. */
export async function selectKeptDays(system: Ctx, before: string): Promise<string[]> {
  return (await sql<{ day: string }>`select day from health.day_keys where day < ${before}::date order by day`.execute(system.db)).rows.map(({ day }) => day)
}
/** Destroys the key and drops the parts; answers what was there. */
export async function dropDay(system: Ctx, day: string): Promise<{ reports: number; envelopes: number; keySealed: Buffer | null }> {
  const before = (await sql<{ envelopes: number; keySealed: Buffer | null }>`select (select count(*)::int from health.envelopes where day = ${day}::date) as envelopes, (select key_sealed from health.day_keys where day = ${day}::date) as key_sealed`.execute(system.db)).rows[0]!
  const gone = (await sql<{ n: string }>`select health.drop_day(${day}::date)::text as n`.execute(system.db)).rows[0]!
  return { ...before, reports: Number(gone.n) }
}
export async function partsOfDay(system: Ctx, day: string): Promise<{ reports: boolean; envelopes: boolean; key: boolean }> {
  return (await sql<{ reports: boolean; envelopes: boolean; key: boolean }>`select * from health.day_parts(${day}::date)`.execute(system.db)).rows[0]!
}
export interface ErasureRow { day: string; erasedAt: string; why: 'age' | 'ended'; keepDays: number; reports: number; envelopes: number; keyHash: Buffer | null; proof: Buffer; verified: boolean }
export async function insertErasure(system: Ctx, row: Omit<ErasureRow, 'erasedAt'>): Promise<void> {
  await sql`insert into health.erasures (day, erased_at, why, keep_days, reports, envelopes, key_hash, proof, verified) values (${row.day}::date, ${system.now}, ${row.why}, ${row.keepDays}, ${row.reports}, ${row.envelopes}, ${row.keyHash}, ${row.proof}, ${row.verified}) on conflict (day) do nothing`.execute(system.db)
}
/** The newest first. */
export async function selectErasures(system: Ctx, limit: number): Promise<ErasureRow[]> {
  return (await sql<ErasureRow>`select day, erased_at, why, keep_days, reports::int, envelopes::int, key_hash, proof, verified from health.erasures order by day desc limit ${limit}`.execute(system.db)).rows
}
export async function eraseReasons(system: Ctx, before: string): Promise<void> {
  await sql`update health.statuses set reason_sealed = null where reason_sealed is not null and at < (${before}::date)::timestamp at time zone 'Asia/Shanghai'`.execute(system.db)
}
