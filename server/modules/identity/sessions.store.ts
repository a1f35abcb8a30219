// SQL on sessions: who a token belongs to, where a person is signed in, what the session was told.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { sessionsScope } from './policy.ts'

export type SignInMethod = 'password' | 'phone' | 'invitation'
export interface SeeingAs { role: string; unitId: string; areaCode: string }
export interface SessionRow {
  id: string; tokenHash: Buffer; personId: string; method: SignInMethod; createdAt: string; lastSeenAt: string; expiresAt: string
  agent: string; revokedAt: string | null; emergencyId: string | null; seeingAs: SeeingAs | null
}
interface Tables { 'identity.sessions': SessionRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const living = (ctx: Ctx) => db(ctx).selectFrom('identity.sessions').selectAll().where('revokedAt', 'is', null)
  .where('expiresAt', '>', ctx.now as unknown as string).where(visibleTo(sessionsScope, ctx.scope, 'identity.sessions'))

/** The living session of a token hash or id, with its person's name; undefined when ended, expired or the person is inactive. */
export async function findSession(ctx: Ctx, by: { tokenHash: Buffer } | { id: string }): Promise<(SessionRow & { name: string }) | undefined> {
  const which = 'id' in by ? sql`s.id = ${by.id}` : sql`s.token_hash = ${by.tokenHash}`
  return (await sql<SessionRow & { name: string }>`select s.*, p.name from identity.sessions s join identity.people p on p.id = s.person_id
    where ${which} and s.revoked_at is null and s.expires_at > ${ctx.now} and p.active`.execute(ctx.db)).rows[0]
}
export async function insertSession(ctx: Ctx, row: Pick<SessionRow, 'id' | 'tokenHash' | 'personId' | 'method'> & { expiresAt: Date }): Promise<void> {
  const now = ctx.now as unknown as string
  await db(ctx).insertInto('identity.sessions').values({ ...row, expiresAt: row.expiresAt as unknown as string, createdAt: now, lastSeenAt: now, agent: ctx.client.agent, revokedAt: null, emergencyId: null, seeingAs: null }).execute()
}
/** Notes that a session is in use; one that is being noted elsewhere is passed over. */
export async function touchSession(ctx: Ctx, id: string): Promise<void> {
  await sql`update identity.sessions set last_seen_at = ${ctx.now} where id in (select id from identity.sessions where id = ${id} for update skip locked)`.execute(ctx.db)
}
export function selectSessions(ctx: Ctx, personId: string): Promise<SessionRow[]> {
  return living(ctx).where('personId', '=', personId).orderBy('createdAt', 'desc').execute()
}
/** Revokes one living session that the caller may reach. */
export async function revokeSession(ctx: Ctx, id: string): Promise<boolean> {
  const ended = await db(ctx).updateTable('identity.sessions').set({ revokedAt: ctx.now as unknown as string }).where('id', '=', id).where('revokedAt', 'is', null)
    .where('expiresAt', '>', ctx.now as unknown as string).where(visibleTo(sessionsScope, ctx.scope, 'identity.sessions')).returning('id').executeTakeFirst()
  return ended !== undefined
}
/** Revokes a person's sessions but for the one given; answers their ids. */
export async function revokeSessionsOf(ctx: Ctx, personId: string, keep: string | null = null, methods: readonly SignInMethod[] = ['password', 'phone', 'invitation']): Promise<string[]> {
  const rows = await db(ctx).updateTable('identity.sessions').set({ revokedAt: ctx.now as unknown as string }).where('personId', '=', personId).where('revokedAt', 'is', null)
    .where('method', 'in', [...methods]).where('id', 'is distinct from', keep).returning('id').execute()
  return rows.map((row) => row.id)
}
export async function updateSession(ctx: Ctx, id: string, change: { emergencyId: string } | { seeingAs: SeeingAs | null }): Promise<void> {
  const seeingAs = 'seeingAs' in change ? { seeingAs: change.seeingAs && (JSON.stringify(change.seeingAs) as never) } : change
  await db(ctx).updateTable('identity.sessions').set(seeingAs).where('id', '=', id).execute()
}
export async function selectLastSeen(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, string>> {
  if (!personIds.length) return new Map()
  const { rows } = await sql<{ personId: string; at: string }>`select person_id, max(last_seen_at) as at from identity.sessions where person_id = any (${[...personIds]}::uuid[]) group by person_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.personId, row.at]))
}
/** Removes sessions that ended or expired more than 30 days ago; the events keep who signed in when. */
export async function deleteOldSessions(ctx: Ctx): Promise<void> {
  await sql`delete from identity.sessions where least(expires_at, coalesce(revoked_at, expires_at)) < ${ctx.now}::timestamptz - interval '30 days'`.execute(ctx.db)
}
