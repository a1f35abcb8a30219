// SQL on templates of notices and their versions.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { templateColumns, type TemplateRow } from './notify.store.ts'

export async function insertTemplate(ctx: Ctx, row: TemplateRow): Promise<void> {
  await tables<{ 'notices.templates': TemplateRow }>(ctx).insertInto('notices.templates').values(row).execute()
}
/** The newest version of a code; `locked` makes two who propose at once wait for each other. */
export async function lastVersion(ctx: Ctx, code: string, locked = false): Promise<number> {
  if (locked) await sql`select pg_advisory_xact_lock(hashtextextended(${`notices.templates ${code}`}, 0))`.execute(ctx.db)
  return (await sql<{ version: number }>`select coalesce(max(version), 0)::int as version from notices.templates where code = ${code}`.execute(ctx.db)).rows[0]!.version
}
/** What the product itself last shipped for a code and day. */
export async function lastShipped(ctx: Ctx, code: string, from: string): Promise<TemplateRow | undefined> {
  return (await sql<TemplateRow>`select ${templateColumns} from notices.templates where code = ${code} and proposed_by is null and effective_from = ${from}::date and area_code = '' order by version desc limit 1`.execute(ctx.db)).rows[0]
}
export async function findTemplate(ctx: Ctx, id: string): Promise<TemplateRow | undefined> {
  return (await sql<TemplateRow>`select ${templateColumns} from notices.templates where id = ${id} for update`.execute(ctx.db)).rows[0]
}
/** What holds on a day in each area, what begins later, and what waits for a decision. */
export async function selectTemplates(ctx: Ctx, day: string): Promise<TemplateRow[]> {
  return (await sql<TemplateRow>`select ${templateColumns} from notices.templates t where state = 'proposed' or (state = 'confirmed' and (effective_from > ${day}::date or id in (
      select distinct on (code, area_code) id from notices.templates where state = 'confirmed' and effective_from <= ${day}::date order by code, area_code, effective_from desc, version desc)))
    order by code, area_code, version desc`.execute(ctx.db)).rows
}
export async function selectHistory(ctx: Ctx, code: string): Promise<TemplateRow[]> {
  return (await sql<TemplateRow>`select ${templateColumns} from notices.templates where code = ${code} order by version desc limit 200`.execute(ctx.db)).rows
}
export async function decideRow(ctx: Ctx, id: string, state: 'confirmed' | 'rejected', decidedBy: string | null, reason: string | null): Promise<void> {
  await sql`update notices.templates set state = ${state}, decided_by = ${decidedBy}, decided_at = ${ctx.now}, reason = ${reason} where id = ${id}`.execute(ctx.db)
}
