// SQL on messages and their deliveries.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { deliveriesTable } from './policy.ts'

export interface MessageRow { id: string; intent: string; personId: string; unitId: string | null; title: string; text: string; sms: boolean; sentAt: string; firms: number; firmsWithoutContact: number }
export interface DeliveryRow { id: string; messageId: string; enterpriseId: string; enterpriseName: string; personId: string; sentAt: string; readAt: string | null; smsState: 'waiting' | 'sent' | 'failed' | null; smsAt: string | null; smsTries: number }
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
export async function insertDeliveries(system: Ctx, rows: readonly DeliveryRow[]): Promise<{ id: string; enterpriseId: string }[]> {
  if (!rows.length) return []
  return db(system).insertInto('notices.deliveries').values([...rows]).onConflict((conflict) => conflict.columns(['messageId', 'enterpriseId', 'personId']).doNothing()).returning(['id', 'enterpriseId']).execute()
}
export async function addFirms(system: Ctx, id: string, firms: number, without: number): Promise<void> {
  await sql`update notices.messages set firms = firms + ${firms}, firms_without_contact = firms_without_contact + ${without} where id = ${id}`.execute(system.db)
}
/** One delivery whose text message waits, held against another worker; undefined when none is left or all are held. */
export function takeWaiting(system: Ctx, messageId: string): Promise<DeliveryRow | undefined> {
  return db(system).selectFrom('notices.deliveries').selectAll().where('messageId', '=', messageId).where('smsState', '=', 'waiting').orderBy('id').limit(1).forUpdate().skipLocked().executeTakeFirst()
}
export async function markSms(system: Ctx, { id, smsTries }: DeliveryRow, smsState: 'waiting' | 'sent' | 'failed'): Promise<void> {
  await db(system).updateTable('notices.deliveries').set({ smsState, smsAt: system.now.toISOString(), smsTries: smsTries + 1 }).where('id', '=', id).execute()
}

// ── the inbox ───────────────────────────────────────────────────────────────
const mine = (ctx: Ctx, unread: boolean) => sql`d.person_id = ${ctx.actor.personId}::uuid and ${visibleTo(deliveriesTable, ctx.scope, 'd')}${unread ? sql` and d.read_at is null` : sql``}`
/** Only in firms the caller is a contact of still: whoever left a firm reads no more of it. */
const present = (ctx: Ctx) => sql`d.enterprise_id = any (${ctx.scope.enterprises}::uuid[])`
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

// ── the log ─────────────────────────────────────────────────────────────────
export type SentRow = MessageRow & { people: number; read: number; smsSent: number; smsWaiting: number; smsFailed: number }
export async function selectSent(system: Ctx, units: readonly string[], limit: number, after?: Mark): Promise<SentRow[]> {
  const from = after ? sql`and (m.sent_at, m.id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql``
  return (await sql<SentRow>`
    select m.*, n.* from notices.messages m cross join lateral (
      select count(*)::int as people, count(d.read_at)::int as read, count(*) filter (where d.sms_state = 'sent')::int as sms_sent, count(*) filter (where d.sms_state = 'waiting')::int as sms_waiting, count(*) filter (where d.sms_state = 'failed')::int as sms_failed
      from notices.deliveries d where d.message_id = m.id) n
    where m.unit_id = any (${[...units]}::uuid[]) ${from} order by m.sent_at desc, m.id desc limit ${limit}`.execute(system.db)).rows
}
export async function countSent(system: Ctx, units: readonly string[]): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from (select 1 from notices.messages m where m.unit_id = any (${[...units]}::uuid[]) limit ${COUNT_LIMIT + 1}) c`.execute(system.db)).rows[0]!.n
}
