// SQL on organisation units.
import type { Unit } from '@fugong/contract/identity'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'

export interface UnitRow {
  id: string; code: string; kind: Unit['kind']; department: string | null; areaCode: string; parentId: string | null
  nameZh: string; nameEn: string; dissolvedAt: string | null; sample: boolean
}
interface Tables { 'identity.units': UnitRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export type CountedUnit = UnitRow & { people: number }
/** Units, or one of them, with the number of people who hold a grant in force there. */
export async function selectUnits(ctx: Ctx, dissolved: boolean, id: string | null = null): Promise<CountedUnit[]> {
  return (await sql<CountedUnit>`select u.*, coalesce(held.people, 0)::int as people from identity.units u
    left join (select g.unit_id, count(distinct g.person_id) as people from identity.grants g
      where g.ended_at is null and g.from_at <= ${ctx.now} and (g.until_at is null or g.until_at > ${ctx.now}) group by g.unit_id) as held on held.unit_id = u.id
    where (${dissolved} or u.dissolved_at is null) and (${id}::uuid is null or u.id = ${id}::uuid) order by u.code`.execute(ctx.db)).rows
}
export function findUnit(ctx: Ctx, id: string): Promise<UnitRow | undefined> {
  return db(ctx).selectFrom('identity.units').selectAll().where('id', '=', id).executeTakeFirst()
}
/** A unit that is not dissolved and stays so until this transaction ends. */
export function lockUnit(ctx: Ctx, id: string, how: 'share' | 'update'): Promise<UnitRow | undefined> {
  const query = db(ctx).selectFrom('identity.units').selectAll().where('id', '=', id).where('dissolvedAt', 'is', null)
  return (how === 'share' ? query.forShare() : query.forUpdate()).executeTakeFirst()
}
export function findUnitByCode(ctx: Ctx, code: string): Promise<UnitRow | undefined> {
  return db(ctx).selectFrom('identity.units').selectAll().where('code', '=', code).executeTakeFirst()
}
/** The living unit of a kind for an area; of several the one created first. */
export function findUnitFor(ctx: Ctx, kind: UnitRow['kind'], areaCode: string, department: string | null = null): Promise<UnitRow | undefined> {
  return db(ctx).selectFrom('identity.units').selectAll().where('kind', '=', kind).where('areaCode', '=', areaCode)
    .where('department', 'is not distinct from', department).where('dissolvedAt', 'is', null).orderBy('id').limit(1).executeTakeFirst()
}
export function selectUnitsById(ctx: Ctx, ids: readonly string[]): Promise<UnitRow[]> {
  return ids.length ? db(ctx).selectFrom('identity.units').selectAll().where('id', 'in', [...ids]).execute() : Promise.resolve([])
}
/** Adds a unit; answers false when the code is taken. */
export async function insertUnit(ctx: Ctx, row: UnitRow): Promise<boolean> {
  const added = await db(ctx).insertInto('identity.units').values(row).onConflict((conflict) => conflict.column('code').doNothing()).returning('id').executeTakeFirst()
  return added !== undefined
}
export async function updateUnit(ctx: Ctx, id: string, change: Partial<Pick<UnitRow, 'nameZh' | 'nameEn' | 'dissolvedAt'>>): Promise<void> {
  await db(ctx).updateTable('identity.units').set(change).where('id', '=', id).execute()
}
