// SQL on workplaces with a confirmed infection. Lists and loads keep to the caller's scope.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { problem } from '../../base/problem.ts'
import { outbreaksTable, visible } from './policy.ts'

export interface OutbreakRecord {
  id: string; enterpriseId: string; workplaceId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null; enterpriseName: string; workplaceName: string; stage: 'confirmed' | 'controlled' | 'resumed'
  confirmedOn: string; lastOn: string; cleanDays: number; orderId: string | null; controlledAt: string | null; resumedAt: string | null
}
const db = (ctx: Ctx) => tables<{ 'alerts.outbreaks': OutbreakRecord }>(ctx)
const seen = (ctx: Ctx) => db(ctx).selectFrom('alerts.outbreaks as o').selectAll('o').where(visible(ctx, outbreaksTable, 'o'))
export function selectOutbreaks(ctx: Ctx): Promise<OutbreakRecord[]> {
  return seen(ctx).orderBy(sql`o.stage = 'resumed'`).orderBy('o.confirmedOn', 'desc').orderBy('o.id').limit(500).execute()
}
export function selectOutbreaksByIds(ctx: Ctx, ids: readonly string[]): Promise<OutbreakRecord[]> {
  return ids.length ? seen(ctx).where('o.id', 'in', [...ids]).execute() : Promise.resolve([])
}
export async function lockOutbreak(ctx: Ctx, id: string): Promise<OutbreakRecord> {
  const found = await seen(ctx).where('o.id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export function findOpenOutbreak(system: Ctx, of: { workplaceId: string } | { orderId: string }): Promise<OutbreakRecord | undefined> {
  const query = seen(system).where('o.stage', '<>', 'resumed')
  return ('workplaceId' in of ? query.where('o.workplaceId', '=', of.workplaceId) : query.where('o.orderId', '=', of.orderId)).forUpdate().executeTakeFirst()
}
/** Those whose clean days may be over, held. */
export function lockConfirmed(system: Ctx, today: string, limit: number): Promise<OutbreakRecord[]> {
  return seen(system).where('o.stage', '=', 'confirmed').where(sql<boolean>`o.last_on + o.clean_days < ${today}::date`).orderBy('o.lastOn').limit(limit).forUpdate().skipLocked().execute()
}
export async function insertOutbreak(system: Ctx, row: OutbreakRecord): Promise<void> {
  await db(system).insertInto('alerts.outbreaks').values(row).execute()
}
export async function updateOutbreak(system: Ctx, id: string, changes: Partial<OutbreakRecord>): Promise<OutbreakRecord> {
  return db(system).updateTable('alerts.outbreaks').set(changes).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
}
/** The last day on which an alert of orange or red was opened at a workplace: clean days count from the last one. */
export async function lastAlertOn(system: Ctx, workplaceId: string): Promise<string | null> {
  return (await sql<{ day: string | null }>`select max((opened_at at time zone 'Asia/Shanghai')::date) as day from alerts.alerts where workplace_id = ${workplaceId} and kind = 'alert' and state <> 'lifted' and (result is null or result <> 'negative')`.execute(system.db)).rows[0]!.day
}
