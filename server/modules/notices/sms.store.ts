// SQL on text messages: what is due, what waits beside it, what was sent lately, what became of it.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import type { DeliveryRow } from './store.ts'

const db = (system: Ctx) => tables<{ 'notices.deliveries': DeliveryRow }>(system)

/** The text message that is due longest, held against other workers; undefined when none is left or all are held. */
export function takeDue(system: Ctx): Promise<DeliveryRow | undefined> {
  return db(system).selectFrom('notices.deliveries').selectAll().where('smsState', '=', 'waiting').where('smsDueAt', '<=', system.now.toISOString()).orderBy('smsDueAt').orderBy('id').limit(1).forUpdate().skipLocked().executeTakeFirst()
}
/** What else waits for the same reader under the same template, held against other workers. */
export async function takeBeside(system: Ctx, { id, personId, template }: DeliveryRow): Promise<DeliveryRow[]> {
  return template === null ? [] : db(system).selectFrom('notices.deliveries').selectAll().where('smsState', '=', 'waiting').where('personId', '=', personId).where('template', '=', template).where('id', '<>', id).orderBy('id').forUpdate().skipLocked().execute()
}
/** When text messages of a template went to a reader since a moment; one that spoke for many counts once. */
export async function sentLately(system: Ctx, { personId, template }: DeliveryRow, since: Date): Promise<Date[]> {
  const { rows } = await sql<{ at: string }>`select sms_at as at from notices.deliveries where person_id = ${personId} and template = ${template} and sms_state = 'sent' and sms_at > ${since} and sent_at > ${since}::timestamptz - interval '1 day'`.execute(system.db)
  return rows.map((row) => new Date(row.at))
}
export async function markSms(system: Ctx, id: string, change: Partial<Pick<DeliveryRow, 'smsState' | 'smsDueAt' | 'smsWhy' | 'smsWith' | 'smsAt' | 'smsTries'>>): Promise<void> {
  await db(system).updateTable('notices.deliveries').set(change).where('id', '=', id).execute()
}
/** When the next text message is due that is not yet. */
export async function nextDue(system: Ctx): Promise<Date | undefined> {
  const at = (await sql<{ at: string | null }>`select min(sms_due_at) as at from notices.deliveries where sms_state = 'waiting' and sms_due_at > ${system.now}`.execute(system.db)).rows[0]?.at
  return at ? new Date(at) : undefined
}
