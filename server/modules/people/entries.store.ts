// SQL on posters and on what employees entered of themselves.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { entries, posters } from './policy.ts'

export interface PosterRow { id: string; enterpriseId: string; workplaceId: string; tokenHash: Buffer; tokenSealed: Buffer; madeBy: string | null; createdAt: string; revokedAt: string | null }
export interface EntryRow { id: string; posterId: string; enterpriseId: string; workplaceId: string; idBlind: Buffer; sealed: Buffer | null; keyId: string | null; noticeVersion: number; state: 'waiting' | 'confirmed' | 'refused' | 'lapsed'; enteredAt: string }
type Loose<T> = { [column in keyof T]: unknown }
interface Tables { 'people.posters': Loose<PosterRow>; 'people.entries': Loose<EntryRow> }
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** Those in force first, then the newest. */
export async function selectPosters(ctx: Ctx, enterpriseId: string): Promise<(PosterRow & { entries: number })[]> {
  return (await sql<PosterRow & { entries: number }>`select p.*, (select count(*)::int from people.entries n where n.poster_id = p.id) as entries from people.posters p
    where p.enterprise_id = ${enterpriseId} and ${visibleTo(posters, ctx.scope, 'p')} order by (p.revoked_at is null) desc, p.created_at desc, p.id desc limit 200`.execute(ctx.db)).rows
}
export async function insertPoster(ctx: Ctx, row: Omit<PosterRow, 'createdAt' | 'revokedAt'>): Promise<void> {
  await db(ctx).insertInto('people.posters').values({ ...row, createdAt: ctx.now } as never).execute()
}
/** Revokes one poster, or every one in force of a workplace; answers how many were. */
export async function markRevoked(ctx: Ctx, enterpriseId: string, which: { id: string } | { workplaceId: string }): Promise<number> {
  const one = 'id' in which ? sql<boolean>`p.id = ${which.id}` : sql<boolean>`p.workplace_id = ${which.workplaceId}`
  return (await sql<{ id: string }>`update people.posters p set revoked_at = ${ctx.now} where p.enterprise_id = ${enterpriseId} and p.revoked_at is null and ${one} and ${visibleTo(posters, ctx.scope, 'p')} returning p.id`.execute(ctx.db)).rows.length
}
/** The poster in force of a secret. Runs as the system: whoever scans it has no scope. */
export async function findPosterByToken(system: Ctx, tokenHash: Buffer): Promise<PosterRow | undefined> {
  return (await sql<PosterRow>`select * from people.posters where token_hash = ${tokenHash} and revoked_at is null`.execute(system.db)).rows[0]
}

/** How many wait at a workplace; runs as the system. */
export async function countWaitingAt(system: Ctx, workplaceId: string): Promise<number> {
  return (await sql<{ waiting: number }>`select count(*)::int as waiting from people.entries where workplace_id = ${workplaceId} and state = 'waiting'`.execute(system.db)).rows[0]!.waiting
}
/** Whoever entered themselves before gets what they entered last. Runs as the system. */
export async function putEntry(system: Ctx, row: Omit<EntryRow, 'state' | 'enteredAt'> & { sealed: Buffer; keyId: string }): Promise<void> {
  await sql`insert into people.entries (id, poster_id, enterprise_id, workplace_id, id_blind, sealed, key_id, notice_version, state, entered_at)
    values (${row.id}, ${row.posterId}, ${row.enterpriseId}, ${row.workplaceId}, ${row.idBlind}, ${row.sealed}, ${row.keyId}, ${row.noticeVersion}, 'waiting', ${system.now})
    on conflict (workplace_id, id_blind) where state = 'waiting' do update set id = excluded.id, poster_id = excluded.poster_id, sealed = excluded.sealed, key_id = excluded.key_id, notice_version = excluded.notice_version, entered_at = excluded.entered_at`.execute(system.db)
}
export async function selectWaiting(ctx: Ctx, enterpriseId: string, limit: number): Promise<(EntryRow & { sealed: Buffer })[]> {
  return (await sql<EntryRow & { sealed: Buffer }>`select n.* from people.entries n where n.enterprise_id = ${enterpriseId} and n.state = 'waiting' and ${visibleTo(entries, ctx.scope, 'n')} order by n.entered_at, n.id limit ${limit}`.execute(ctx.db)).rows
}
export async function lockEntry(ctx: Ctx, enterpriseId: string, id: string): Promise<EntryRow | undefined> {
  return (await db(ctx).selectFrom('people.entries as n').selectAll('n').where('n.id', '=', id).where('n.enterpriseId', '=', enterpriseId).where(visibleTo(entries, ctx.scope, 'n')).forUpdate().executeTakeFirst()) as EntryRow | undefined
}
/** Decided, and emptied of everything personal. */
export async function settleEntry(ctx: Ctx, id: string, { state, reason }: { state: 'confirmed' | 'refused'; reason: string | null }): Promise<void> {
  await sql`update people.entries n set state = ${state}, sealed = null, key_id = null, id_blind = ${Buffer.alloc(0)}, decided_by = ${ctx.actor.personId}, decided_at = ${ctx.now}, reason = ${reason} where n.id = ${id} and ${visibleTo(entries, ctx.scope, 'n')}`.execute(ctx.db)
}
/** Entries that nobody decided in time lose what they hold; runs as the system. */
export async function lapseEntries(system: Ctx, before: Date): Promise<number> {
  return (await sql<{ id: string }>`update people.entries set state = 'lapsed', sealed = null, key_id = null, id_blind = '', decided_at = ${system.now} where state = 'waiting' and entered_at < ${before} returning id`.execute(system.db)).rows.length
}
