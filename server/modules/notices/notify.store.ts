// SQL behind telling: the text that holds, the message of an intent, who wants text messages, which robots listen.
import type { TemplateBody, TemplateCode } from '@fugong/contract/notices.templates'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'

export interface TemplateRow {
  id: string; code: TemplateCode; version: number; areaCode: string; effectiveFrom: string; titleZh: string; titleEn: string; textZh: string; textEn: string; smsZh: string | null; smsEn: string | null
  robotZh: string | null; robotEn: string | null; smsMode: TemplateBody['smsMode']; urgent: boolean; robots: boolean; state: 'proposed' | 'confirmed' | 'rejected'
  proposedBy: string | null; proposedAt: string; decidedBy: string | null; decidedAt: string | null; reason: string | null
}
export const templateColumns = sql`id, code, version, area_code, effective_from::text, title_zh, title_en, text_zh, text_en, sms_zh, sms_en, robot_zh, robot_en, sms_mode, urgent, robots, state, proposed_by, proposed_at, decided_by, decided_at, reason`
/** The text in force on a day: of the nearest area that has one, the latest. */
export async function templateInForce(ctx: Ctx, code: string, areas: readonly string[], day: string): Promise<TemplateRow | undefined> {
  return (await sql<TemplateRow>`select ${templateColumns} from notices.templates where code = ${code} and state = 'confirmed' and effective_from <= ${day}::date and area_code = any (${[...areas]}::text[])
    order by array_position(${[...areas]}::text[], area_code), effective_from desc, version desc limit 1`.execute(ctx.db)).rows[0]
}
export interface Wish { personId: string; sms: boolean }
export async function wishesOf(system: Ctx, personIds: readonly string[], kind: string): Promise<Map<string, boolean>> {
  const { rows } = await sql<Wish>`select person_id, sms from notices.preferences where kind = ${kind} and person_id = any (${[...personIds]}::uuid[])`.execute(system.db)
  return new Map(rows.map((row) => [row.personId, row.sms]))
}
/** Writes a post for every robot of these units that listens to the kind; answers how many. */
export async function insertPosts(system: Ctx, messageId: string, unitIds: readonly string[], kind: string, newPostId: () => string): Promise<number> {
  const { rows } = await sql<{ id: string }>`select id from notices.robots where unit_id = any (${[...unitIds]}::uuid[]) and removed_at is null and active and ${kind} = any (kinds)`.execute(system.db)
  if (!rows.length) return 0
  const made = await tables<{ 'notices.posts': { id: string; messageId: string; robotId: string; state: string; madeAt: string; dueAt: string } }>(system).insertInto('notices.posts')
    .values(rows.map(({ id }) => ({ id: newPostId(), messageId, robotId: id, state: 'waiting', madeAt: system.now.toISOString(), dueAt: system.now.toISOString() })))
    .onConflict((conflict) => conflict.columns(['messageId', 'robotId']).doNothing()).returning('id').execute()
  return made.length
}
