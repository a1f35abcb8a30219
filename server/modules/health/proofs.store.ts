// SQL on the trees of receipts: batches of a day in their order, and the signed root of a day that is over. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

export interface BatchTree { id: number; acceptedOn: string; positions: number[]; leaves: Buffer }
export async function findBatch(system: Ctx, id: number): Promise<BatchTree | undefined> {
  return (await sql<BatchTree>`select id, accepted_on, positions, leaves from health.batches where id = ${id}`.execute(system.db)).rows[0]
}
/** Roots of the batches of a day; their order is that of the day's tree. */
export async function selectBatchRoots(system: Ctx, day: string): Promise<{ id: number; root: Buffer; leaves: number }[]> {
  return (await sql<{ id: number; root: Buffer; leaves: number }>`select id, root, cardinality(positions) as leaves from health.batches where accepted_on = ${day}::date order by id`.execute(system.db)).rows
}
/** Days before `today` on which something was accepted and that are not signed yet, the oldest first. */
export async function selectOpenDays(system: Ctx, today: string): Promise<string[]> {
  return (await sql<{ day: string }>`select distinct b.accepted_on as day from health.batches b where b.accepted_on < ${today}::date and not exists (select 1 from health.roots r where r.day = b.accepted_on) order by day limit 400`.execute(system.db)).rows.map(({ day }) => day)
}
export interface RootRow { day: string; count: number; root: Buffer; signature: Buffer; keyId: string; publicKey: string; closedAt: string }
/** Signed once; another process that was quicker is right. */
export async function insertRoot(system: Ctx, row: Omit<RootRow, 'closedAt'>): Promise<boolean> {
  return (await sql`insert into health.roots (day, count, root, signature, key_id, public_key, closed_at) values (${row.day}::date, ${row.count}, ${row.root}, ${row.signature}, ${row.keyId}, ${row.publicKey}, ${system.now}) on conflict (day) do nothing returning day`.execute(system.db)).rows.length > 0
}
export async function findRoot(system: Ctx, day: string): Promise<RootRow | undefined> {
  return (await sql<RootRow>`select * from health.roots where day = ${day}::date`.execute(system.db)).rows[0]
}
/** The newest first. */
export async function selectRoots(system: Ctx, before: string | null, limit: number): Promise<RootRow[]> {
  return (await sql<RootRow>`select * from health.roots where (${before}::date is null or day < ${before}::date) order by day desc limit ${limit}`.execute(system.db)).rows
}
