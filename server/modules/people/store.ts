// SQL on employments, persons, their history and who read what of them.
import type { Vehicle } from '@fugong/contract/people'
import type { IdType, Sex } from '@fugong/contract/people.ids'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { changes, employments, reads } from './policy.ts'
import type { Past, Placed, Standing } from './rules.ts'

export interface Lies { districtCode: string; streetCode: string; zoneCode: string | null }
export interface EmploymentRow extends Lies, Placed, Standing {
  id: string; personId: string; enterpriseId: string; caseKey: string; name: string; initials: string; sex: Sex; idType: IdType; staffNo: string | null
  leftOn: string | null; returnedOn: string | null; expectedOn: string | null; vehicle: Vehicle | null
  idTail: Buffer; phoneTail: Buffer | null; sealed: Buffer; keyId: string; source: 'import' | 'hand' | 'self'; enteredAt: string; revision: number; changedBy: string | null; changedAt: string
}
export interface ChangeRow extends Past {
  id: string; employmentId: string; enterpriseId: string; caseKey: string; kind: 'entered' | 'moved' | 'placed' | 'corrected' | 'undone'; after: Partial<Placed & Standing>; fields: string[]; note: string | null; moveId: string | null; revision: number; byPerson: string | null; recordedAt: string
}
export interface ReadRow { id: string; personId: string; employmentId: string; enterpriseId: string; caseKey: string; field: string; reason: string; office: boolean; byPerson: string; at: string }
type Loose<T> = { [column in keyof T]: unknown }
interface Tables { 'people.employments': Loose<EmploymentRow>; 'people.changes': Loose<ChangeRow>; 'people.reads': Loose<ReadRow> }
const db = (ctx: Ctx) => tables<Tables>(ctx)

// ── persons: as the system ──────────────────────────────────────────────────
/** The person of a keyed hash, made when there is none; waits for another request that makes the same one. */
export async function ensurePerson(system: Ctx, id: string, blind: Buffer): Promise<string> {
  const added = await sql<{ id: string }>`insert into people.persons (id, id_blind) values (${id}, ${blind}) on conflict (id_blind) do nothing returning id`.execute(system.db)
  return added.rows[0]?.id ?? (await findPerson(system, blind))!
}
export async function findPerson(system: Ctx, blind: Buffer): Promise<string | undefined> {
  return (await sql<{ id: string }>`select id from people.persons where id_blind = ${blind}`.execute(system.db)).rows[0]?.id
}
/** Every employment of a person, whatever the caller's scope, with whether it lies within it. */
export async function selectOfPerson(system: Ctx, personId: string, reach: Ctx['scope']): Promise<(EmploymentRow & { within: boolean })[]> {
  return (await sql<EmploymentRow & { within: boolean }>`select e.*, ${visibleTo(employments, reach, 'e')} as within from people.employments e where e.person_id = ${personId} order by e.id`.execute(system.db)).rows
}

// ── employments ─────────────────────────────────────────────────────────────
export async function findEmployment(ctx: Ctx, enterpriseId: string, id: string, lock = false): Promise<EmploymentRow | undefined> {
  const query = db(ctx).selectFrom('people.employments as e').selectAll('e').where('e.id', '=', id).where('e.enterpriseId', '=', enterpriseId).where(visibleTo(employments, ctx.scope, 'e'))
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as EmploymentRow | undefined
}
/** The employment of a person in a firm; also that of somebody who left. */
export async function findInFirm(ctx: Ctx, enterpriseId: string, personId: string, lock = false): Promise<EmploymentRow | undefined> {
  const query = db(ctx).selectFrom('people.employments as e').selectAll('e').where('e.personId', '=', personId).where('e.enterpriseId', '=', enterpriseId).where(visibleTo(employments, ctx.scope, 'e'))
  return (await (lock ? query.forUpdate() : query).executeTakeFirst()) as EmploymentRow | undefined
}
/** Employments by id within the caller's scope, held until the transaction ends, in the order of their ids. */
export async function lockEmployments(ctx: Ctx, enterpriseId: string, ids: readonly string[]): Promise<EmploymentRow[]> {
  return (await sql<EmploymentRow>`select e.* from people.employments e where e.id = any (${[...ids]}::uuid[]) and e.enterprise_id = ${enterpriseId} and ${visibleTo(employments, ctx.scope, 'e')} order by e.id for update of e`.execute(ctx.db)).rows
}
export async function selectEmployments(ctx: Ctx, ids: readonly string[]): Promise<EmploymentRow[]> {
  if (!ids.length) return []
  return (await sql<EmploymentRow>`select e.* from people.employments e where e.id = any (${[...ids]}::uuid[]) and ${visibleTo(employments, ctx.scope, 'e')} order by e.id`.execute(ctx.db)).rows
}
export type NewEmployment = Omit<EmploymentRow, 'caseKey' | 'revision' | 'enteredAt' | 'changedAt'> & { enteredAt: Date; changedAt: Date }
export async function insertEmployment(ctx: Ctx, row: NewEmployment): Promise<void> {
  await db(ctx).insertInto('people.employments').values(row as never).execute()
}
export async function updateEmployment(ctx: Ctx, row: Pick<EmploymentRow, 'id' | 'revision'>, set: Partial<EmploymentRow>): Promise<EmploymentRow> {
  return (await db(ctx).updateTable('people.employments as e').set({ ...set, revision: row.revision + 1, changedAt: ctx.now, changedBy: ctx.actor.personId } as never)
    .where('e.id', '=', row.id).where(visibleTo(employments, ctx.scope, 'e')).returningAll().executeTakeFirstOrThrow()) as unknown as EmploymentRow
}
/** The same state for many; the caller holds them. */
export async function updateStates(ctx: Ctx, ids: readonly string[], { state, stateSince, observingUntil }: Standing): Promise<void> {
  await sql`update people.employments e set state = ${state}, state_since = ${stateSince}, observing_until = ${observingUntil}, revision = e.revision + 1, changed_by = ${ctx.actor.personId}, changed_at = ${ctx.now}
    where e.id = any (${[...ids]}::uuid[]) and ${visibleTo(employments, ctx.scope, 'e')}`.execute(ctx.db)
}
export async function countInFirm(ctx: Ctx, enterpriseId: string): Promise<number> {
  return (await sql<{ people: number }>`select coalesce(sum(c.people), 0)::int as people from people.counts c where c.enterprise_id = ${enterpriseId}`.execute(ctx.db)).rows[0]!.people
}

// ── history ─────────────────────────────────────────────────────────────────
export type NewChange = Omit<ChangeRow, 'recordedAt'>
export async function insertChanges(ctx: Ctx, rows: readonly NewChange[]): Promise<void> {
  if (!rows.length) return
  await sql`insert into people.changes (id, employment_id, enterprise_id, case_key, kind, effective_on, before, after, fields, note, move_id, revision, by_person, recorded_at)
    select id, "employmentId", "enterpriseId", "caseKey", kind, "effectiveOn", before, after, coalesce((select array_agg(f) from jsonb_array_elements_text(fields) f), '{}'), note, "moveId", revision, "byPerson", ${ctx.now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "employmentId" uuid, "enterpriseId" uuid, "caseKey" text, kind text, "effectiveOn" date, before jsonb, after jsonb, fields jsonb, note text, "moveId" uuid, revision integer, "byPerson" uuid)`.execute(ctx.db)
}
/** The history of an employment, oldest first. */
export async function selectChanges(ctx: Ctx, employmentIds: readonly string[]): Promise<ChangeRow[]> {
  if (!employmentIds.length) return []
  return (await sql<ChangeRow>`select c.* from people.changes c where c.employment_id = any (${[...employmentIds]}::uuid[]) and ${visibleTo(changes, ctx.scope, 'c')} order by c.employment_id, c.recorded_at, c.id`.execute(ctx.db)).rows
}
export async function selectMove(ctx: Ctx, enterpriseId: string, moveId: string): Promise<ChangeRow[]> {
  return (await sql<ChangeRow>`select c.* from people.changes c where c.move_id = ${moveId} and c.enterprise_id = ${enterpriseId} and ${visibleTo(changes, ctx.scope, 'c')} order by c.employment_id`.execute(ctx.db)).rows
}

// ── who read what ───────────────────────────────────────────────────────────
export async function insertReads(ctx: Ctx, rows: readonly (Omit<ReadRow, 'at'>)[]): Promise<void> {
  if (rows.length) await db(ctx).insertInto('people.reads').values(rows.map((row) => ({ ...row, at: ctx.now })) as never).execute()
}
/** Latest first, at most 200; of a person in this firm only. */
export async function selectReads(ctx: Ctx, employmentId: string): Promise<ReadRow[]> {
  return (await sql<ReadRow>`select r.* from people.reads r where r.employment_id = ${employmentId} and ${visibleTo(reads, ctx.scope, 'r')} order by r.at desc, r.id desc limit 200`.execute(ctx.db)).rows
}
/** Everything that was read of a person, in every firm and office: for the person. Runs as the system. */
export async function selectReadsOf(system: Ctx, personId: string, limit: number): Promise<ReadRow[]> {
  return (await sql<ReadRow>`select * from people.reads where person_id = ${personId} order by at desc, id desc limit ${limit}`.execute(system.db)).rows
}
