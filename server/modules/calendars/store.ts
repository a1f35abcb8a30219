// SQL on the calendars schema.
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import type { OfficeHours } from './rules.ts'

export interface DayRow { day: string; kind: 'holiday' | 'workday' | 'weekday_rule'; nameZh: string; nameEn: string; source: 'official' | 'administrator' }
interface Tables { 'calendars.days': DayRow; 'calendars.hours': OfficeHours }
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** Days from `first` to `last`, both included, removals by an administrator among them. */
export function selectDays(ctx: Ctx, first: string, last: string): Promise<DayRow[]> {
  return db(ctx).selectFrom('calendars.days').selectAll().where('day', '>=', first).where('day', '<=', last).orderBy('day').execute()
}
export function selectHours(ctx: Ctx): Promise<OfficeHours[]> {
  return db(ctx).selectFrom('calendars.hours').selectAll().orderBy('effectiveFrom').execute()
}
export async function upsertDay(ctx: Ctx, row: DayRow): Promise<void> {
  const { day: _, ...rest } = row
  await db(ctx).insertInto('calendars.days').values(row).onConflict((conflict) => conflict.column('day').doUpdateSet(rest)).execute()
}
/** Puts the published days in place; what an administrator has set stays as it was set. */
export async function replaceOfficialDays(ctx: Ctx, rows: readonly DayRow[]): Promise<void> {
  await db(ctx).deleteFrom('calendars.days').where('source', '=', 'official').execute()
  if (rows.length) await db(ctx).insertInto('calendars.days').values([...rows]).onConflict((conflict) => conflict.column('day').doNothing()).execute()
}
export async function upsertHours(ctx: Ctx, row: OfficeHours): Promise<void> {
  await db(ctx).insertInto('calendars.hours').values(row).onConflict((conflict) => conflict.column('effectiveFrom').doUpdateSet({ opens: row.opens, closes: row.closes })).execute()
}
