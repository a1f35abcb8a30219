// SQL on the list of industries.
import type { Bilingual } from '@fugong/contract/base'
import type { Industry } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'

interface Tables { 'enterprises.industries': Industry & { position: number } }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export function selectIndustries(ctx: Ctx): Promise<Industry[]> {
  return db(ctx).selectFrom('enterprises.industries').select(['code', 'parent', 'zh', 'en']).orderBy('position').execute()
}
export function findIndustry(ctx: Ctx, code: string): Promise<Industry | undefined> {
  return db(ctx).selectFrom('enterprises.industries').select(['code', 'parent', 'zh', 'en']).where('code', '=', code).executeTakeFirst()
}
/** An industry and all below it; a code that is none stands for itself. */
export async function industriesBelow(ctx: Ctx, code: string): Promise<string[]> {
  const { rows } = await sql<{ code: string }>`with recursive below as (select code from enterprises.industries where code = ${code} union all select i.code from enterprises.industries i join below on i.parent = below.code) select code from below`.execute(ctx.db)
  return rows.length ? rows.map((row) => row.code) : [code]
}
export async function industryNames(ctx: Ctx, codes: readonly string[]): Promise<Map<string, Bilingual>> {
  if (!codes.length) return new Map()
  const rows = await db(ctx).selectFrom('enterprises.industries').select(['code', 'zh', 'en']).where('code', 'in', [...new Set(codes)]).execute()
  return new Map(rows.map((row) => [row.code, { zh: row.zh, en: row.en }]))
}
/** The first division of a section, as tables of departments speak in divisions. */
export async function firstDivisionOf(ctx: Ctx, section: string): Promise<string | undefined> {
  const row = await db(ctx).selectFrom('enterprises.industries').select('code').where('parent', '=', section).orderBy('position').limit(1).executeTakeFirst()
  return row?.code
}
export async function upsertIndustries(ctx: Ctx, items: readonly Industry[]): Promise<void> {
  await db(ctx).insertInto('enterprises.industries').values(items.map(({ code, parent, zh, en }, position) => ({ code, parent, zh, en, position })))
    .onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({ parent: row.ref('excluded.parent'), zh: row.ref('excluded.zh'), en: row.ref('excluded.en'), position: row.ref('excluded.position') })))
    .execute()
}
