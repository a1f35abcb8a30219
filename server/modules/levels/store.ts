// SQL on the levels schema.
import type { RiskLevel } from '@fugong/contract/levels'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { nearestFirst } from './rules.ts'

export interface RecordRow {
  id: string; areaCode: string; level: RiskLevel; effectiveFrom: string; documentNo: string; reason: string
  emergencyId: string | null; setBy: string | null; setByName: string; setByUnit: string; setByUnitEn: string | null; setAt: string; sample: boolean
}
export type NewRecord = Omit<RecordRow, 'effectiveFrom' | 'setAt'> & { effectiveFrom: Date; setAt: Date }
interface Tables { 'levels.records': RecordRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** The level in force at an address at a moment: the street's own if it has one, else the district's. Null: not listed, which is not "none". One query. */
export async function levelAt(ctx: Ctx, areaCode: string, at: Date): Promise<{ level: RiskLevel; recordId: string } | null> {
  const codes = nearestFirst(areaCode)
  const found = await sql<{ level: RiskLevel; recordId: string }>`
    select r.level, r.id as record_id
    from unnest(${codes}::text[]) with ordinality as wanted (code, nearness)
    cross join lateral (
      select level, id from levels.records where area_code = wanted.code and effective_from <= ${at}
      order by effective_from desc, set_at desc, id desc limit 1) r
    order by wanted.nearness limit 1`.execute(ctx.db)
  return found.rows[0] ?? null
}
/** Every record of an area, latest beginning first. */
export function selectHistory(ctx: Ctx, areaCode: string): Promise<RecordRow[]> {
  return db(ctx).selectFrom('levels.records').selectAll().where('areaCode', '=', areaCode).orderBy('effectiveFrom', 'desc').orderBy('setAt', 'desc').orderBy('id', 'desc').execute()
}
export async function insertRecord(ctx: Ctx, row: NewRecord): Promise<void> {
  await db(ctx).insertInto('levels.records').values(row as never).execute()
}
/** Whoever sets a level of this area next waits for this transaction, so that two people do not both set the same change. */
export async function lockArea(ctx: Ctx, areaCode: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`levels/${areaCode}`}, 0))`.execute(ctx.db)
}
/** Adds records of the city's data that are not there yet. */
export async function insertMissing(ctx: Ctx, rows: readonly NewRecord[]): Promise<void> {
  for (const row of rows) {
    const there = await db(ctx).selectFrom('levels.records').select('id').where('sample', '=', true).where('areaCode', '=', row.areaCode).where('effectiveFrom', '=', row.effectiveFrom as never).where('level', '=', row.level).executeTakeFirst()
    if (!there) await insertRecord(ctx, row)
  }
}
