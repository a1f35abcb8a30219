// SQL of deeds on many firms: the deed, its firms, what was made, and what of it can be taken back.
import type { Bulk } from '@fugong/contract/enterprises.lists'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { visibleTo } from '../../base/scope.ts'
import { assignments, bulks, enterprises } from './policy.ts'

export type BulkContent = { personId: string | null } | { code: string; reason: string } | { title: string; text: string; sms: boolean }
export interface BulkRow extends Omit<Bulk, 'can'> { personId: string; unitId: string; content: BulkContent }
export interface Limits { mostFirms: number; undoMinutes: number }
interface Tables { 'enterprises.bulks': BulkRow }

/** What holds on a day. */
export async function limitsOn(ctx: Ctx, day: string): Promise<Limits> {
  const { rows } = await sql<Limits>`select most_firms, undo_minutes from enterprises.bulk_limits where effective_from <= ${day}::date order by effective_from desc limit 1`.execute(ctx.db)
  return rows[0] ?? { mostFirms: 500, undoMinutes: 0 }
}
export async function upsertLimits(system: Ctx, items: readonly (Limits & { effectiveFrom: string })[]): Promise<void> {
  for (const { effectiveFrom, mostFirms, undoMinutes } of items) {
    await sql`insert into enterprises.bulk_limits (effective_from, most_firms, undo_minutes) values (${effectiveFrom}::date, ${mostFirms}, ${undoMinutes}) on conflict (effective_from) do update set most_firms = excluded.most_firms, undo_minutes = excluded.undo_minutes`.execute(system.db)
  }
}
export async function insertBulk(system: Ctx, row: BulkRow, firms: readonly { id: string; refused: boolean }[]): Promise<void> {
  await tables<Tables>(system).insertInto('enterprises.bulks').values({ ...row, content: sql<never>`${JSON.stringify(row.content)}::jsonb` }).execute()
  const states = firms.map(({ refused }) => (refused ? 'refused' : 'waiting'))
  await sql`insert into enterprises.bulk_items (bulk_id, enterprise_id, person_id, state) select ${row.id}, t.id, ${row.personId}, t.state from unnest(${firms.map(({ id }) => id)}::uuid[], ${states}::text[]) as t (id, state)`.execute(system.db)
}
/** One of the caller's own. */
export async function findBulk(ctx: Ctx, id: string): Promise<BulkRow | undefined> {
  return tables<Tables>(ctx).selectFrom('enterprises.bulks as b').selectAll('b').where('b.id', '=', id).where(visibleTo(bulks, ctx.scope, 'b')).executeTakeFirst()
}
export async function lockBulk(system: Ctx, id: string): Promise<BulkRow | undefined> {
  return tables<Tables>(system).selectFrom('enterprises.bulks').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}
/** The next firms of a deed that wait, with their names. */
export async function nextFirms(system: Ctx, bulkId: string, limit: number): Promise<{ enterpriseId: string; enterpriseName: string }[]> {
  return (await sql<{ enterpriseId: string; enterpriseName: string }>`select i.enterprise_id, e.name as enterprise_name from enterprises.bulk_items i join enterprises.enterprises e on e.id = i.enterprise_id
    where i.bulk_id = ${bulkId} and i.state = 'waiting' order by i.enterprise_id limit ${limit}`.execute(system.db)).rows
}
export async function markFirms(system: Ctx, bulkId: string, ids: readonly string[], state: 'done' | 'unchanged' | 'refused'): Promise<void> {
  if (ids.length) await sql`update enterprises.bulk_items set state = ${state} where bulk_id = ${bulkId} and enterprise_id = any (${[...ids]}::uuid[])`.execute(system.db)
}
/** Counts what became of the firms; the deed is done when none waits any more. */
export async function settleBulk(system: Ctx, bulkId: string, undoUntil: Date | null): Promise<BulkRow> {
  await sql`update enterprises.bulks b set done = n.done, unchanged = n.unchanged, refused = n.refused,
      state = case when n.waiting = 0 then 'done' else b.state end, ended_at = case when n.waiting = 0 then ${system.now}::timestamptz end, undo_until = case when n.waiting = 0 then ${undoUntil}::timestamptz end
    from (select count(*) filter (where state = 'done') as done, count(*) filter (where state = 'unchanged') as unchanged, count(*) filter (where state = 'refused') as refused, count(*) filter (where state = 'waiting') as waiting
      from enterprises.bulk_items where bulk_id = ${bulkId}) n where b.id = ${bulkId}`.execute(system.db)
  return (await lockBulk(system, bulkId))!
}
export async function markUndone(system: Ctx, bulkId: string, ids: readonly string[]): Promise<void> {
  await sql`update enterprises.bulk_items set state = 'undone' where bulk_id = ${bulkId} and enterprise_id = any (${[...ids]}::uuid[])`.execute(system.db)
  await sql`update enterprises.bulks set state = 'undone', undone = ${ids.length} where id = ${bulkId}`.execute(system.db)
}

/** Firms among the given that the caller reaches, and whether they registered each themselves. */
export async function reachable(ctx: Ctx, ids: readonly string[]): Promise<{ id: string; registeredBy: string }[]> {
  return (await sql<{ id: string; registeredBy: string }>`select e.id, e.registered_by from enterprises.enterprises e where e.id = any (${[...ids]}::uuid[]) and ${visibleTo(enterprises, ctx.scope, 'e')}`.execute(ctx.db)).rows
}

// ── who looks after a firm ──────────────────────────────────────────────────
/** Gives firms of a deed to a person of the unit; answers those where something changed. Whoever had one before is noted, for taking it back. */
export async function assign(system: Ctx, bulk: Pick<BulkRow, 'id' | 'unitId' | 'personId'>, to: string | null, ids: readonly string[]): Promise<string[]> {
  const ended = (await sql<{ enterpriseId: string; personId: string }>`update enterprises.assignments set until_at = greatest(from_at, ${system.now}::timestamptz), ended_by = ${bulk.personId}
    where enterprise_id = any (${[...ids]}::uuid[]) and unit_id = ${bulk.unitId} and until_at is null and person_id is distinct from ${to}::uuid returning enterprise_id, person_id`.execute(system.db)).rows
  const made = to === null ? [] : (await sql<{ id: string; enterpriseId: string }>`insert into enterprises.assignments (id, enterprise_id, unit_id, person_id, from_at, set_by)
    select t.id, t.firm, ${bulk.unitId}, ${to}::uuid, ${system.now}, ${bulk.personId} from unnest(${ids.map(() => newId())}::uuid[], ${[...ids]}::uuid[]) as t (id, firm)
    on conflict (enterprise_id, unit_id) where until_at is null do nothing returning id, enterprise_id`.execute(system.db)).rows
  const changed = to === null ? ended.map((row) => row.enterpriseId) : made.map((row) => row.enterpriseId)
  const before = new Map(ended.map((row) => [row.enterpriseId, row.personId]))
  const ids_ = new Map(made.map((row) => [row.enterpriseId, row.id]))
  await sql`update enterprises.bulk_items i set made = t.made, before = t.before from unnest(${changed}::uuid[], ${changed.map((id) => ids_.get(id) ?? null)}::uuid[], ${changed.map((id) => before.get(id) ?? null)}::uuid[]) as t (firm, made, before)
    where i.bulk_id = ${bulk.id} and i.enterprise_id = t.firm`.execute(system.db)
  return changed
}
/** Takes assignments of a deed back where they still stand; answers the firms. */
export async function takeBack(system: Ctx, bulk: BulkRow, cleared: boolean): Promise<string[]> {
  const rows = cleared
    ? (await sql<{ enterpriseId: string; before: string | null }>`select i.enterprise_id, i.before from enterprises.bulk_items i where i.bulk_id = ${bulk.id} and i.state = 'done'
        and not exists (select 1 from enterprises.assignments a where a.enterprise_id = i.enterprise_id and a.unit_id = ${bulk.unitId} and a.until_at is null)`.execute(system.db)).rows
    : (await sql<{ enterpriseId: string; before: string | null }>`update enterprises.assignments a set until_at = greatest(a.from_at, ${system.now}::timestamptz), ended_by = ${bulk.personId} from enterprises.bulk_items i
        where i.bulk_id = ${bulk.id} and i.state = 'done' and a.id = i.made and a.until_at is null returning i.enterprise_id, i.before`.execute(system.db)).rows
  const again = rows.filter((row) => row.before !== null)
  await sql`insert into enterprises.assignments (id, enterprise_id, unit_id, person_id, from_at, set_by) select t.id, t.firm, ${bulk.unitId}, t.person, ${system.now}, ${bulk.personId}
    from unnest(${again.map(() => newId())}::uuid[], ${again.map((row) => row.enterpriseId)}::uuid[], ${again.map((row) => row.before)}::uuid[]) as t (id, firm, person)`.execute(system.db)
  return rows.map((row) => row.enterpriseId)
}
export interface AssignmentRow { id: string; unitId: string; personId: string; fromAt: string; untilAt: string | null; setBy: string }
export async function selectAssignments(ctx: Ctx, enterpriseId: string): Promise<AssignmentRow[]> {
  return (await sql<AssignmentRow>`select a.id, a.unit_id, a.person_id, a.from_at, a.until_at, a.set_by from enterprises.assignments a where a.enterprise_id = ${enterpriseId} and ${visibleTo(assignments, ctx.scope, 'a')} order by a.from_at desc, a.id desc limit 200`.execute(ctx.db)).rows
}

// ── flags ───────────────────────────────────────────────────────────────────
/** Puts a flag on firms of a deed that do not have it; answers those that got it. */
export async function flag(system: Ctx, bulk: Pick<BulkRow, 'id' | 'unitId' | 'personId'>, { code, reason, from }: { code: string; reason: string; from: string }, ids: readonly string[]): Promise<string[]> {
  const made = (await sql<{ id: string; enterpriseId: string }>`insert into enterprises.flags (id, enterprise_id, code, reason, valid_from, set_at, set_by, set_unit)
    select t.id, t.firm, ${code}, ${reason}, ${from}::date, ${system.now}, ${bulk.personId}, ${bulk.unitId} from unnest(${ids.map(() => newId())}::uuid[], ${[...ids]}::uuid[]) as t (id, firm)
    on conflict (enterprise_id, code) where ended_at is null do nothing returning id, enterprise_id`.execute(system.db)).rows
  await sql`update enterprises.bulk_items i set made = t.made from unnest(${made.map((row) => row.enterpriseId)}::uuid[], ${made.map((row) => row.id)}::uuid[]) as t (firm, made) where i.bulk_id = ${bulk.id} and i.enterprise_id = t.firm`.execute(system.db)
  return copied(system, made.map((row) => row.enterpriseId))
}
/** Takes flags of a deed off again where they still stand; answers the firms. */
export async function unflag(system: Ctx, bulk: BulkRow, until: string, reason: string): Promise<string[]> {
  const ended = (await sql<{ enterpriseId: string }>`update enterprises.flags f set valid_to = greatest(f.valid_from, ${until}::date), ended_at = ${system.now}, ended_by = ${bulk.personId}, ended_unit = ${bulk.unitId}, end_reason = ${reason}
    from enterprises.bulk_items i where i.bulk_id = ${bulk.id} and i.state = 'done' and f.id = i.made and f.ended_at is null returning f.enterprise_id`.execute(system.db)).rows
  return copied(system, ended.map((row) => row.enterpriseId))
}
/** The codes in force stand beside the firm too. */
async function copied(system: Ctx, ids: string[]): Promise<string[]> {
  if (ids.length) await sql`update enterprises.enterprises e set flags = coalesce((select array_agg(f.code order by f.code) from enterprises.flags f where f.enterprise_id = e.id and f.ended_at is null), '{}') where e.id = any (${ids}::uuid[])`.execute(system.db)
  return ids
}
