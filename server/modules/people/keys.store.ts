// SQL of changing keys and of erasing; all of it runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'

export interface RotationRow { id: string; begunAt: string; begunBy: string | null; oldKeys: string[]; total: number; done: number; afterId: string | null; finishedAt: string | null }
/** How many values each key seals, in rosters and in waiting entries. */
export async function countByKey(system: Ctx): Promise<Map<string, number>> {
  const rows = (await sql<{ keyId: string; values: number }>`select key_id, sum(n)::int as values from (select key_id, count(*) as n from people.employments group by 1 union all select key_id, count(*) from people.entries where key_id is not null group by 1) k group by 1`.execute(system.db)).rows
  return new Map(rows.map(({ keyId, values }) => [keyId, values]))
}
export async function insertRotation(system: Ctx, row: Pick<RotationRow, 'id' | 'begunBy' | 'oldKeys' | 'total'>): Promise<void> {
  await sql`insert into people.rotations (id, begun_at, begun_by, old_keys, total) values (${row.id}, ${system.now}, ${row.begunBy}, ${row.oldKeys}::text[], ${row.total})`.execute(system.db)
}
/** The last one. */
export async function findRotation(system: Ctx): Promise<RotationRow | undefined> {
  return (await sql<RotationRow>`select * from people.rotations order by begun_at desc, id desc limit 1`.execute(system.db)).rows[0]
}
/** The rotation, held: a worker and a command at the machine take turns. */
export async function lockRotation(system: Ctx, id: string): Promise<RotationRow | undefined> {
  return (await sql<RotationRow>`select * from people.rotations where id = ${id} for update`.execute(system.db)).rows[0]
}
export async function noteRotation(system: Ctx, id: string, set: { done: number; afterId: string | null; finished: boolean }): Promise<void> {
  await sql`update people.rotations set done = ${set.done}, after_id = ${set.afterId}, finished_at = ${set.finished ? system.now : null} where id = ${id}`.execute(system.db)
}
export interface SealedRow { id: string; districtCode: string; sealed: Buffer; keyId: string }
/** The next rows by id, held, with the key of each: those of an old one are sealed anew. */
export async function takeSealed(system: Ctx, after: string | null, limit: number): Promise<SealedRow[]> {
  return (await sql<SealedRow>`select id, district_code, sealed, key_id from people.employments where ${after}::uuid is null or id > ${after}::uuid order by id limit ${limit} for update`.execute(system.db)).rows
}
export async function updateSealed(system: Ctx, rows: readonly { id: string; sealed: Buffer; keyId: string }[]): Promise<void> {
  if (!rows.length) return
  await sql`update people.employments e set sealed = decode(r.sealed, 'base64'), key_id = r."keyId" from jsonb_to_recordset(${JSON.stringify(rows.map(({ sealed, ...row }) => ({ ...row, sealed: sealed.toString('base64') })))}::jsonb) as r (id uuid, sealed text, "keyId" text) where e.id = r.id`.execute(system.db)
}
/** Waiting entries under old keys, with the district of their poster's workplace left to the caller. */
export async function takeEntries(system: Ctx, oldKeys: readonly string[], limit: number): Promise<{ id: string; sealed: Buffer; keyId: string }[]> {
  return (await sql<{ id: string; sealed: Buffer; keyId: string }>`select id, sealed, key_id from people.entries where key_id = any (${[...oldKeys]}::text[]) order by id limit ${limit} for update`.execute(system.db)).rows
}
export async function updateEntry(system: Ctx, { id, sealed, keyId }: { id: string; sealed: Buffer; keyId: string }): Promise<void> {
  await sql`update people.entries set sealed = ${sealed}, key_id = ${keyId} where id = ${id}`.execute(system.db)
}

// ── erasing ─────────────────────────────────────────────────────────────────
export async function selectLeft(system: Ctx, since: string, limit: number): Promise<{ id: string; districtCode: string; stateSince: string }[]> {
  return (await sql<{ id: string; districtCode: string; stateSince: string }>`select id, district_code, state_since from people.employments where state = 'left' and state_since < ${since}::date order by state_since, id limit ${limit} for update skip locked`.execute(system.db)).rows
}
export async function selectDistricts(system: Ctx): Promise<string[]> {
  return (await sql<{ districtCode: string }>`select distinct district_code from people.counts where people > 0`.execute(system.db)).rows.map((row) => row.districtCode)
}
export async function selectInDistrict(system: Ctx, districtCode: string, limit: number): Promise<{ id: string; districtCode: string; stateSince: string }[]> {
  return (await sql<{ id: string; districtCode: string; stateSince: string }>`select id, district_code, state_since from people.employments where district_code = ${districtCode} order by id limit ${limit} for update skip locked`.execute(system.db)).rows
}
/** Erases employments with all that hangs on them, and persons of whom nothing is left; answers how many of each. */
export async function erase(system: Ctx, ids: readonly string[]): Promise<{ employments: number; persons: number }> {
  const list = [...ids]
  await sql`delete from people.changes where employment_id = any (${list}::uuid[])`.execute(system.db)
  await sql`delete from people.reads where employment_id = any (${list}::uuid[])`.execute(system.db)
  const gone = (await sql<{ personId: string }>`delete from people.employments where id = any (${list}::uuid[]) returning person_id`.execute(system.db)).rows.map((row) => row.personId)
  const persons = (await sql<{ id: string }>`delete from people.persons p where p.id = any (${gone}::uuid[]) and not exists (select 1 from people.employments e where e.person_id = p.id) returning p.id`.execute(system.db)).rows
  return { employments: gone.length, persons: persons.length }
}
