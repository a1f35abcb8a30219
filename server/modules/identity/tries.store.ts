// SQL on failed tries and one-time phone codes; keys are blind indexes, codes are kept as keyed hashes.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { CodeHour, Tries } from './rules.ts'

/** The counts under some keys, as hex. */
export async function selectTries(ctx: Ctx, keys: readonly Buffer[]): Promise<Map<string, Tries>> {
  const { rows } = await sql<Tries & { key: Buffer }>`select key, failures, last_at, known_at from identity.sign_in_tries where key = any (${[...keys]}::bytea[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.key.toString('hex'), row]))
}
/** Whether this transaction is the only one trying under the key; it never waits, so tries cannot pile up connections. */
export async function claimTry(ctx: Ctx, key: Buffer): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`select pg_try_advisory_xact_lock(${key.readBigInt64BE(0).toString()}::bigint) as taken`.execute(ctx.db)
  return rows[0]!.taken
}
/** Counts a failure under each key; what failed longer ago than `forgetBefore` is forgotten. */
export async function countFailure(ctx: Ctx, keys: readonly Buffer[], forgetBefore: Date): Promise<void> {
  // In one order everywhere, so that two transactions never wait for each other crosswise.
  const ordered = [...keys].sort((a, b) => a.compare(b))
  await sql`insert into identity.sign_in_tries as t (key, failures, last_at) select key, 1, ${ctx.now} from unnest(${ordered}::bytea[]) as keys(key)
    on conflict (key) do update set failures = case when t.last_at < ${forgetBefore} then 1 else t.failures + 1 end, last_at = ${ctx.now}`.execute(ctx.db)
}
/** After a success: the account is known at this address, and failures from this address are forgotten. */
export async function clearFailures(ctx: Ctx, pair: Buffer, address: Buffer): Promise<void> {
  await sql`insert into identity.sign_in_tries (key, failures, last_at, known_at) values (${pair}, 0, ${ctx.now}, ${ctx.now})
    on conflict (key) do update set failures = 0, last_at = ${ctx.now}, known_at = ${ctx.now}`.execute(ctx.db)
  await sql`delete from identity.sign_in_tries where key = ${address}`.execute(ctx.db)
}
export async function deleteOldTries(ctx: Ctx): Promise<void> {
  await sql`delete from identity.sign_in_tries where last_at < ${ctx.now}::timestamptz - interval '1 day' and (known_at is null or known_at < ${ctx.now}::timestamptz - interval '30 days')`.execute(ctx.db)
}

// ── phone codes ─────────────────────────────────────────────────────────────
export interface CodeRow { phoneIndex: Buffer; codeHash: Buffer; sentAt: string; expiresAt: string; tries: number; usedAt: string | null }
/** The last code of a phone, whether it still works or not, locked against a second try at the same time. */
export async function lockCode(ctx: Ctx, phoneIndex: Buffer): Promise<CodeRow | undefined> {
  return (await sql<CodeRow>`select * from identity.phone_codes where phone_index = ${phoneIndex} for update`.execute(ctx.db)).rows[0]
}
/** Puts a new code in the place of the old one; false when another request did so just before. */
export async function putCode(ctx: Ctx, row: { phoneIndex: Buffer; codeHash: Buffer; expiresAt: Date; before: CodeRow | undefined }): Promise<boolean> {
  const { rows } = await sql`insert into identity.phone_codes as c (phone_index, code_hash, sent_at, expires_at)
    values (${row.phoneIndex}, ${row.codeHash}, ${ctx.now}, ${row.expiresAt})
    on conflict (phone_index) do update set code_hash = excluded.code_hash, sent_at = excluded.sent_at, expires_at = excluded.expires_at, tries = 0, used_at = null
    where c.sent_at is not distinct from ${row.before?.sentAt ?? null}::timestamptz
    returning phone_index`.execute(ctx.db)
  return rows.length > 0
}
/** The hours under some keys, as hex, that are not over. */
export async function selectCodeHours(ctx: Ctx, keys: readonly Buffer[]): Promise<Map<string, CodeHour>> {
  const { rows } = await sql<CodeHour & { key: Buffer }>`select key, hour_at, sent from identity.code_hours where key = any (${[...keys]}::bytea[]) and hour_at > ${ctx.now}::timestamptz - interval '1 hour'`.execute(ctx.db)
  return new Map(rows.map((row) => [row.key.toString('hex'), row]))
}
/** Counts a code under each key; an hour that is over begins anew. The row of the phone is held meanwhile, so that no two count at once. */
export async function countCode(ctx: Ctx, keys: readonly Buffer[]): Promise<void> {
  await sql`insert into identity.code_hours as h (key, hour_at, sent) select key, ${ctx.now}, 1 from unnest(${[...keys]}::bytea[]) as keys(key)
    on conflict (key) do update set hour_at = case when h.hour_at > ${ctx.now}::timestamptz - interval '1 hour' then h.hour_at else ${ctx.now} end,
      sent = case when h.hour_at > ${ctx.now}::timestamptz - interval '1 hour' then h.sent + 1 else 1 end`.execute(ctx.db)
}
export async function countWrongCode(ctx: Ctx, phoneIndex: Buffer): Promise<void> {
  await sql`update identity.phone_codes set tries = tries + 1 where phone_index = ${phoneIndex}`.execute(ctx.db)
}
export async function markCodeUsed(ctx: Ctx, phoneIndex: Buffer): Promise<void> {
  await sql`update identity.phone_codes set used_at = ${ctx.now} where phone_index = ${phoneIndex}`.execute(ctx.db)
}
export async function deleteOldCodes(ctx: Ctx): Promise<void> {
  await sql`delete from identity.phone_codes where expires_at < ${ctx.now}::timestamptz - interval '1 hour'`.execute(ctx.db)
  await sql`delete from identity.code_hours where hour_at < ${ctx.now}::timestamptz - interval '1 hour'`.execute(ctx.db)
}
