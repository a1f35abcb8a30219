// SQL on what became of notices: a unit's own messages with counts, and counts alone for administrators.
import type { NoticeCount } from '@fugong/contract/notices.log'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'

export interface LogFilter { units: readonly string[]; template?: string | undefined; channel?: string | undefined; state?: string | undefined; from?: string | undefined; to?: string | undefined }
export interface LogRow {
  id: string; sentAt: string; template: string | null; title: string; titleEn: string | null; link: string | null; people: number; read: number
  smsSent: number; smsWaiting: number; smsDeferred: number; smsFailed: number; smsOff: number; deferredUntil: string | null; postsSent: number; postsWaiting: number; postsFailed: number
  reasons: { channel: 'sms' | 'robot'; why: string; count: number }[]
}
/** A day of Asia/Shanghai begins eight hours before that of UTC. */
const dayOf = (day: string) => sql`(${day}::date::timestamp at time zone 'Asia/Shanghai')`
function where({ units, template, channel, state, from, to }: LogFilter) {
  const states: Record<string, string[]> = { sent: ['sent', 'bundled'], waiting: ['waiting'], failed: ['failed'], off: ['off'] }
  const wanted = state ? states[state]! : ['sent', 'bundled', 'waiting', 'failed', 'off']
  const sms = sql`exists (select from notices.deliveries d where d.message_id = m.id and d.sms_state = any (${wanted}::text[]))`
  const posts = sql`exists (select from notices.posts p where p.message_id = m.id and p.state = any (${wanted}::text[]))`
  const outcome = channel === 'sms' ? sql`and ${sms}` : channel === 'robot' ? sql`and ${posts}` : state ? sql`and (${sms} or ${posts})` : sql``
  return sql`m.unit_id = any (${[...units]}::uuid[]) ${template ? sql`and m.template = ${template}` : sql``} ${from ? sql`and m.sent_at >= ${dayOf(from)}` : sql``} ${to ? sql`and m.sent_at < ${dayOf(to)} + interval '1 day'` : sql``} ${outcome}`
}
export async function selectLog(system: Ctx, filter: LogFilter, limit: number, after?: Mark): Promise<LogRow[]> {
  const from = after ? sql`and (m.sent_at, m.id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql``
  return (await sql<LogRow>`
    select m.id, m.sent_at, m.template, m.title, m.title_en, m.link, n.*, q.*, coalesce((
      select jsonb_agg(jsonb_build_object('channel', w.channel, 'why', w.why, 'count', w.count)) from (
        select 'sms' as channel, d.sms_why as why, count(*)::int as count from notices.deliveries d where d.message_id = m.id and d.sms_why is not null and d.sms_state <> 'sent' group by d.sms_why
        union all select 'robot', p.why, count(*)::int from notices.posts p where p.message_id = m.id and p.why is not null group by p.why) w), '[]'::jsonb) as reasons
    from notices.messages m cross join lateral (
      select count(*)::int as people, count(d.read_at)::int as read, count(*) filter (where d.sms_state in ('sent', 'bundled'))::int as sms_sent, count(*) filter (where d.sms_state = 'waiting')::int as sms_waiting,
        count(*) filter (where d.sms_state = 'waiting' and d.sms_due_at > ${system.now})::int as sms_deferred, count(*) filter (where d.sms_state = 'failed')::int as sms_failed, count(*) filter (where d.sms_state = 'off')::int as sms_off,
        min(d.sms_due_at) filter (where d.sms_state = 'waiting' and d.sms_due_at > ${system.now}) as deferred_until
      from notices.deliveries d where d.message_id = m.id) n cross join lateral (
      select count(*) filter (where p.state in ('sent', 'bundled'))::int as posts_sent, count(*) filter (where p.state = 'waiting')::int as posts_waiting, count(*) filter (where p.state = 'failed')::int as posts_failed
      from notices.posts p where p.message_id = m.id) q
    where ${where(filter)} ${from} order by m.sent_at desc, m.id desc limit ${limit}`.execute(system.db)).rows
}
export async function countLog(system: Ctx, filter: LogFilter): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from (select 1 from notices.messages m where ${where(filter)} limit ${COUNT_LIMIT + 1}) c`.execute(system.db)).rows[0]!.n
}
/** What each channel made of the notices of some days. */
export async function selectCounts(system: Ctx, from: string, to: string): Promise<NoticeCount[]> {
  const within = (column: string) => sql`${sql.ref(column)} >= ${dayOf(from)} and ${sql.ref(column)} < ${dayOf(to)} + interval '1 day'`
  return (await sql<NoticeCount>`
    select d.template, 'app' as channel, case when d.read_at is null then 'unread' else 'read' end as state, null as why, count(*)::int as count from notices.deliveries d where ${within('d.sent_at')} group by 1, 3
    union all select d.template, 'sms', d.sms_state, d.sms_why, count(*)::int from notices.deliveries d where d.sms_state is not null and ${within('d.sent_at')} group by 1, 3, 4
    union all select m.template, 'robot', p.state, p.why, count(*)::int from notices.posts p join notices.messages m on m.id = p.message_id where ${within('p.made_at')} group by 1, 3, 4
    order by 1 nulls first, 2, 3, 4`.execute(system.db)).rows
}
