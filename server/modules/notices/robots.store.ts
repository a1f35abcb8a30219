// SQL on robots and the posts that wait for them.
import type { Robot } from '@fugong/contract/notices.robots'
import type { NoticeKind } from '@fugong/contract/notices.templates'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import type { MessageRow } from './store.ts'

export interface RobotRow {
  id: string; unitId: string; name: string; format: Robot['format']; urlSealed: Buffer; host: string; secretSealed: Buffer | null; language: 'zh' | 'en'; kinds: NoticeKind[]; active: boolean
  stoppedAt: string | null; restUntil: string | null; revision: number; madeBy: string; madeAt: string; removedAt: string | null
}
export type CountedRobot = RobotRow & { waiting: number; sent: number; failed: number }
const db = (ctx: Ctx) => tables<{ 'notices.robots': RobotRow }>(ctx)

/** Robots with what waits for each, and what became of the posts of the last seven days. */
export async function selectRobots(ctx: Ctx, id: string | null = null): Promise<CountedRobot[]> {
  return (await sql<CountedRobot>`select r.*, n.* from notices.robots r cross join lateral (
      select count(*) filter (where p.state = 'waiting')::int as waiting, count(*) filter (where p.state in ('sent', 'bundled'))::int as sent, count(*) filter (where p.state = 'failed')::int as failed
      from notices.posts p where p.robot_id = r.id and (p.state = 'waiting' or p.made_at > ${ctx.now}::timestamptz - interval '7 days')) n
    where r.removed_at is null and (${id}::uuid is null or r.id = ${id}::uuid) order by r.made_at, r.id`.execute(ctx.db)).rows
}
export function lockRobot(ctx: Ctx, id: string): Promise<RobotRow | undefined> {
  return db(ctx).selectFrom('notices.robots').selectAll().where('id', '=', id).where('removedAt', 'is', null).forUpdate().executeTakeFirst()
}
export async function countRobots(ctx: Ctx, unitId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notices.robots ${unitId}`}, 0))`.execute(ctx.db)
  return (await sql<{ n: number }>`select count(*)::int as n from notices.robots where unit_id = ${unitId} and removed_at is null`.execute(ctx.db)).rows[0]!.n
}
export async function insertRobot(ctx: Ctx, row: RobotRow): Promise<void> {
  await db(ctx).insertInto('notices.robots').values(row).execute()
}
export async function updateRobot(ctx: Ctx, id: string, change: Partial<Omit<RobotRow, 'id' | 'unitId' | 'madeBy' | 'madeAt'>>): Promise<void> {
  await db(ctx).updateTable('notices.robots').set(change).where('id', '=', id).execute()
}
export async function giveUpPosts(ctx: Ctx, robotId: string, why: string): Promise<void> {
  await sql`update notices.posts set state = 'failed', why = ${why} where robot_id = ${robotId} and state = 'waiting'`.execute(ctx.db)
}

// ── posts ───────────────────────────────────────────────────────────────────
/** A robot for which something is due, held against other workers for the transaction: one posts for it at a time, so that its limit holds. */
export async function takeRobot(system: Ctx, passed: readonly string[]): Promise<RobotRow | undefined> {
  return (await sql<RobotRow>`select r.* from notices.robots r where r.removed_at is null and (r.rest_until is null or r.rest_until <= ${system.now}) and r.id <> all (${[...passed]}::uuid[])
    and exists (select from notices.posts p where p.robot_id = r.id and p.state = 'waiting' and p.due_at <= ${system.now}) order by r.id limit 1 for update skip locked`.execute(system.db)).rows[0]
}
export type DuePost = { id: string; tries: number } & Pick<MessageRow, 'template' | 'title' | 'titleEn' | 'robotZh' | 'robotEn' | 'link' | 'text' | 'textEn'>
/** What is due for a robot, oldest first. */
export async function duePosts(system: Ctx, robotId: string, limit: number): Promise<DuePost[]> {
  return (await sql<DuePost>`select p.id, p.tries, m.template, m.title, m.title_en, m.robot_zh, m.robot_en, m.link, m.text, m.text_en from notices.posts p join notices.messages m on m.id = p.message_id
    where p.robot_id = ${robotId} and p.state = 'waiting' and p.due_at <= ${system.now} order by p.made_at, p.id limit ${limit}`.execute(system.db)).rows
}
export async function calledLately(system: Ctx, robotId: string): Promise<Date[]> {
  const { rows } = await sql<{ at: string }>`select called_at as at from notices.posts where robot_id = ${robotId} and called_at > ${system.now}::timestamptz - interval '1 minute'`.execute(system.db)
  return rows.map((row) => new Date(row.at))
}
export interface PostChange { state?: 'waiting' | 'sent' | 'failed' | 'bundled'; dueAt?: string; tries?: number; calledAt?: string; why?: string | null; withId?: string }
export async function markPosts(system: Ctx, ids: readonly string[], change: PostChange): Promise<void> {
  if (ids.length) await tables<{ 'notices.posts': PostChange & { id: string } }>(system).updateTable('notices.posts').set(change).where('id', 'in', [...ids]).execute()
}
/** When the next post may go out: due, and its robot rested. */
export async function nextPost(system: Ctx): Promise<Date | undefined> {
  const at = (await sql<{ at: string | null }>`select min(greatest(p.due_at, r.rest_until)) as at from notices.posts p join notices.robots r on r.id = p.robot_id where p.state = 'waiting' and r.removed_at is null`.execute(system.db)).rows[0]?.at
  return at ? new Date(at) : undefined
}
