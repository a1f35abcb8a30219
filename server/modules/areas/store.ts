// SQL on the areas schema.
import type { AreaKind } from '@fugong/contract/areas'
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { problem } from '../../base/problem.ts'

export interface AreaRow { code: string; kind: AreaKind; parent: string | null; hosts: string[]; nameZh: string; nameEn: string; sample: boolean }
interface Tables { 'areas.areas': AreaRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** Children of an area, or everything above communities. */
export function selectAreas(ctx: Ctx, parent?: string): Promise<AreaRow[]> {
  const query = db(ctx).selectFrom('areas.areas').selectAll().orderBy('code')
  return (parent ? query.where('parent', '=', parent) : query.where('kind', '!=', 'community')).execute()
}
export function findArea(ctx: Ctx, code: string): Promise<AreaRow | undefined> {
  return db(ctx).selectFrom('areas.areas').selectAll().where('code', '=', code).executeTakeFirst()
}
export async function getArea(ctx: Ctx, code: string): Promise<AreaRow> {
  const found = await findArea(ctx, code)
  if (!found) throw problem('not_found')
  return found
}
/** Codes of districts and development zones below a city or province. */
export async function selectDistrictsAndZones(ctx: Ctx): Promise<string[]> {
  const rows = await db(ctx).selectFrom('areas.areas').select('code').where('kind', 'in', ['district', 'devZone']).orderBy('code').execute()
  return rows.map((row) => row.code)
}
/** An area and all above it, nearest first; a code without a row counts as its nearest known prefix. */
export function ancestorsOf(ctx: Ctx, code: string): Promise<string[]> {
  return ancestors.get(ctx, code, () => selectAncestors(ctx, code))
}
// Every rule, form and emergency is looked up by them, and they change with a new area only.
const ancestors = briefCache<string[]>(900)
async function selectAncestors(ctx: Ctx, code: string): Promise<string[]> {
  const prefixes = [code, code.slice(0, 9), code.slice(0, 6)]
  const found = await sql<{ code: string }>`
    with recursive up as (
      (select code, parent, 0 as height from areas.areas where code = any (${prefixes}::text[]) order by length(code) desc limit 1)
      union all
      select above.code, above.parent, up.height + 1 from areas.areas above join up on above.code = up.parent where up.height < 8
    ) select code from up order by height`.execute(ctx.db)
  return found.rows.map((row) => row.code)
}
export async function insertArea(ctx: Ctx, row: AreaRow): Promise<void> {
  await db(ctx).insertInto('areas.areas').values(row).execute()
  ancestors.forget(ctx)
}
/** Puts reference areas in place; names and hosts follow the file, communities that streets made stay. */
export async function upsertAreas(ctx: Ctx, rows: readonly AreaRow[]): Promise<void> {
  await db(ctx).insertInto('areas.areas').values([...rows])
    .onConflict((conflict) => conflict.column('code').doUpdateSet((row) => ({ nameZh: row.ref('excluded.nameZh'), nameEn: row.ref('excluded.nameEn'), hosts: row.ref('excluded.hosts'), parent: row.ref('excluded.parent') })))
    .execute()
  ancestors.forget(ctx)
}
/** Adds areas whose code nobody has taken; the others stay as they are. */
export async function insertMissing(ctx: Ctx, rows: readonly AreaRow[]): Promise<void> {
  if (!rows.length) return
  await db(ctx).insertInto('areas.areas').values([...rows]).onConflict((conflict) => conflict.doNothing()).execute()
  ancestors.forget(ctx)
}
/** Names of all areas above communities, by code. */
export async function areaNames(ctx: Ctx): Promise<Map<string, { zh: string; en: string }>> {
  return new Map((await selectAreas(ctx)).map((row) => [row.code, { zh: row.nameZh, en: row.nameEn }]))
}
