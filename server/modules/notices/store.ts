// SQL on messages and their deliveries.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { deliveriesTable } from './policy.ts'

export interface MessageRow {
  id: string; intent: string; personId: string | null; unitId: string | null; template: string | null; title: string; text: string; titleEn: string | null; textEn: string | null
  sms: boolean; smsZh: string | null; smsEn: string | null; robotZh: string | null; robotEn: string | null; link: string | null; aboutKind: string | null; aboutId: string | null; urgent: boolean
  sentAt: string; firms: number; firmsWithoutContact: number
}
export interface DeliveryRow {
  id: string; messageId: string; enterpriseId: string | null; enterpriseName: string | null; personId: string; template: string | null; sentAt: string; readAt: string | null
  smsState: 'waiting' | 'sent' | 'failed' | 'bundled' | 'off' | null; smsDueAt: string | null; smsWhy: 'quiet' | 'bundle' | 'gateway' | 'no_phone' | 'unwanted' | null; smsWith: string | null; smsAt: string | null; smsTries: number
}
interface Tables { 'notices.messages': MessageRow; 'notices.deliveries': DeliveryRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** The message of an intent, made when there is none; the second of two who make it at once waits for the first. */
export async function messageOf(system: Ctx, row: MessageRow): Promise<MessageRow> {
  await db(system).insertInto('notices.messages').values(row).onConflict((conflict) => conflict.column('intent').doNothing()).execute()
  return db(system).selectFrom('notices.messages').selectAll().where('intent', '=', row.intent).executeTakeFirstOrThrow()
}
export function findMessage(system: Ctx, id: string): Promise<MessageRow | undefined> {
  return db(system).selectFrom('notices.messages').selectAll().where('id', '=', id).executeTakeFirst()
}
/** Adds deliveries that are not there yet; answers those that were added. */
export async function insertDeliveries(system: Ctx, rows: readonly DeliveryRow[]): Promise<{ id: string; enterpriseId: string | null }[]> {
  if (!rows.length) return []
  return db(system).insertInto('notices.deliveries').values([...rows]).onConflict((conflict) => conflict.columns(['messageId', 'enterpriseId', 'personId']).doNothing()).returning(['id', 'enterpriseId']).execute()
}
export async function addFirms(system: Ctx, id: string, firms: number, without: number): Promise<void> {
  await sql`update notices.messages set firms = firms + ${firms}, firms_without_contact = firms_without_contact + ${without} where id = ${id}`.execute(system.db)
}
// ── the inbox ───────────────────────────────────────────────────────────────
const mine = (ctx: Ctx, unread: boolean) => sql`d.person_id = ${ctx.actor.personId}::uuid and ${visibleTo(deliveriesTable, ctx.scope, 'd')}${unread ? sql` and d.read_at is null` : sql``}`
/** What was told to a firm is read only by those who are its contacts still: whoever left a firm reads no more of it. */
const present = (ctx: Ctx) => sql`(d.enterprise_id is null or d.enterprise_id = any (${ctx.scope.enterprises}::uuid[]))`
export async function selectInbox(ctx: Ctx, unread: boolean, limit: number, after?: Mark): Promise<DeliveryRow[]> {
  const from = after ? sql`and (d.sent_at, d.id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql``
  return (await sql<DeliveryRow>`select d.* from notices.deliveries d where ${mine(ctx, unread)} and ${present(ctx)} ${from} order by d.sent_at desc, d.id desc limit ${limit}`.execute(ctx.db)).rows
}
export async function countInbox(ctx: Ctx, unread: boolean): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from (select 1 from notices.deliveries d where ${mine(ctx, unread)} and ${present(ctx)} limit ${COUNT_LIMIT + 1}) c`.execute(ctx.db)).rows[0]!.n
}
export function selectMessages(system: Ctx, ids: readonly string[]): Promise<MessageRow[]> {
  return ids.length ? db(system).selectFrom('notices.messages').selectAll().where('id', 'in', [...ids]).execute() : Promise.resolve([])
}
/** `none` when there is no such message for the caller, `before` when it was read already. */
export async function markRead(ctx: Ctx, id: string): Promise<'now' | 'before' | 'none'> {
  const found = (await sql<{ readAt: string | null }>`select d.read_at from notices.deliveries d where d.id = ${id} and ${mine(ctx, false)} and ${present(ctx)} for update`.execute(ctx.db)).rows[0]
  if (!found) return 'none'
  if (found.readAt) return 'before'
  await db(ctx).updateTable('notices.deliveries').set({ readAt: ctx.now.toISOString() }).where('id', '=', id).execute()
  return 'now'
}
/** Marks everything unread of the caller as read; answers how many. */
export async function markAllRead(ctx: Ctx): Promise<number> {
  return (await sql`update notices.deliveries d set read_at = ${ctx.now} where ${mine(ctx, true)} and ${present(ctx)} returning 1`.execute(ctx.db)).rows.length
}

// ── the log ─────────────────────────────────────────────────────────────────
export type SentRow = MessageRow & { people: number; read: number; smsSent: number; smsWaiting: number; smsFailed: number }
export async function selectSent(system: Ctx, units: readonly string[], limit: number, after?: Mark): Promise<SentRow[]> {
  const from = after ? sql`and (m.sent_at, m.id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql``
  return (await sql<SentRow>`
    select m.*, n.* from notices.messages m cross join lateral (
      select count(*)::int as people, count(d.read_at)::int as read, count(*) filter (where d.sms_state in ('sent', 'bundled'))::int as sms_sent, count(*) filter (where d.sms_state = 'waiting')::int as sms_waiting, count(*) filter (where d.sms_state = 'failed')::int as sms_failed
      from notices.deliveries d where d.message_id = m.id) n
    where m.person_id is not null and m.unit_id = any (${[...units]}::uuid[]) ${from} order by m.sent_at desc, m.id desc limit ${limit}`.execute(system.db)).rows
}
export async function countSent(system: Ctx, units: readonly string[]): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from (select 1 from notices.messages m where m.person_id is not null and m.unit_id = any (${[...units]}::uuid[]) limit ${COUNT_LIMIT + 1}) c`.execute(system.db)).rows[0]!.n
}
