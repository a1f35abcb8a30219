// SQL on firms and their workplaces.
import type { Enterprise, Scene } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { ask, sql, tables } from '../../base/db.ts'
import { visibleText, visibleTo } from '../../base/scope.ts'
import { enterprises, workplaces } from './policy.ts'
import { pairsOf } from './rules.ts'

export interface EnterpriseRow {
  id: string; creditCode: string; name: string; searchName: string; industryCode: string; class: Enterprise['class']; department: string | null
  codeState: Enterprise['codeState']; codeReason: string | null; codeConfirmedBy: string | null; codeConfirmedUnit: string | null; codeConfirmedAt: string | null
  registeredBy: string; registeredAt: string; sample: boolean; districtCode: string; streetCode: string; zoneCode: string | null; elsewhere: boolean
}
export type NewEnterprise = Omit<EnterpriseRow, 'elsewhere' | 'registeredAt' | 'codeConfirmedBy' | 'codeConfirmedUnit' | 'codeConfirmedAt'> & { registeredAt: Date }
export interface WorkplaceRow { id: string; enterpriseId: string; name: string; scene: Scene; address: string; districtCode: string; streetCode: string; zoneCode: string | null; department: string | null }
export type NewWorkplace = WorkplaceRow & { addedAt: Date }
export type DeclaredFirm = Pick<EnterpriseRow, 'id' | 'creditCode' | 'name' | 'industryCode' | 'class' | 'department' | 'codeState' | 'registeredBy' | 'sample'>
export type DeclaredPlace = Omit<WorkplaceRow, 'enterpriseId' | 'department'>
interface Tables {
  'enterprises.enterprises': Omit<EnterpriseRow, 'codeConfirmedAt'> & { codeConfirmedAt: string | Date | null }
  'enterprises.workplaces': WorkplaceRow & { addedAt: string }
  'enterprises.grams': { gram: string; workplaceId: string; enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; department: string | null }
}
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** False when the credit code is taken; waits for a registration of the same code that is under way. */
export async function insertEnterprise(ctx: Ctx, row: NewEnterprise): Promise<boolean> {
  const added = await db(ctx).insertInto('enterprises.enterprises').values(row as never).onConflict((conflict) => conflict.column('creditCode').doNothing()).returning('id').executeTakeFirst()
  return added !== undefined
}
/** Adds a workplace and the pairs of characters by which its firm is found in its area. */
export async function insertWorkplace(ctx: Ctx, row: NewWorkplace, searchName: string): Promise<void> {
  await db(ctx).insertInto('enterprises.workplaces').values(row as never).execute()
  const { id: workplaceId, enterpriseId, districtCode, streetCode, zoneCode, department } = row
  const pairs = pairsOf(searchName)
  if (pairs.length) await db(ctx).insertInto('enterprises.grams').values(pairs.map((gram) => ({ gram, workplaceId, enterpriseId, districtCode, streetCode, zoneCode, department }))).execute()
}
/** Within the caller's scope. */
export async function findEnterprise(ctx: Ctx, id: string): Promise<EnterpriseRow | undefined> {
  return (await db(ctx).selectFrom('enterprises.enterprises as e').selectAll('e').where('e.id', '=', id).where(visibleTo(enterprises, ctx.scope, 'e')).executeTakeFirst()) as EnterpriseRow | undefined
}
export async function findByCreditCode(ctx: Ctx, creditCode: string): Promise<EnterpriseRow | undefined> {
  return (await db(ctx).selectFrom('enterprises.enterprises as e').selectAll('e').where('e.creditCode', '=', creditCode).where(visibleTo(enterprises, ctx.scope, 'e')).executeTakeFirst()) as EnterpriseRow | undefined
}
/** What is declared of a firm and one of its workplaces, in one look: the way of every opening. `place` is null when the firm has no such workplace within the caller's scope. */
export async function findPlace(ctx: Ctx, enterpriseId: string, workplaceId: string): Promise<{ firm: DeclaredFirm; place: DeclaredPlace | null } | undefined> {
  const values: unknown[] = [enterpriseId, workplaceId]
  const text = `select e.id, e.credit_code, e.name, e.industry_code, e.class, e.department, e.code_state, e.registered_by, e.sample,
      w.id as place_id, w.name as place_name, w.scene, w.address, w.district_code, w.street_code, w.zone_code
    from enterprises.enterprises e left join enterprises.workplaces w on w.id = $2 and w.enterprise_id = e.id and ${visibleText(workplaces, ctx.scope, 'w', values)}
    where e.id = $1 and ${visibleText(enterprises, ctx.scope, 'e', values)}`
  const [row] = await ask<DeclaredFirm & Omit<DeclaredPlace, 'id' | 'name'> & { placeId: string | null; placeName: string }>(ctx, text, values)
  return row && { firm: row, place: row.placeId === null ? null : { ...row, id: row.placeId, name: row.placeName } }
}
/** Workplaces of a firm within the caller's scope, oldest first. */
export function selectWorkplaces(ctx: Ctx, enterpriseId: string): Promise<WorkplaceRow[]> {
  return db(ctx).selectFrom('enterprises.workplaces as w').select(['w.id', 'w.enterpriseId', 'w.name', 'w.scene', 'w.address', 'w.districtCode', 'w.streetCode', 'w.zoneCode', 'w.department'])
    .where('w.enterpriseId', '=', enterpriseId).where(visibleTo(workplaces, ctx.scope, 'w')).orderBy('w.addedAt').orderBy('w.id').execute()
}
/** From now on the firm is also seen where its further workplaces lie. */
export async function markElsewhere(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).updateTable('enterprises.enterprises as e').set({ elsewhere: true }).where('e.id', '=', id).where(visibleTo(enterprises, ctx.scope, 'e')).execute()
}
/** False when the code was not waiting any more. */
export async function markCodeConfirmed(ctx: Ctx, id: string): Promise<boolean> {
  const changed = await db(ctx).updateTable('enterprises.enterprises as e')
    .set({ codeState: 'confirmed', codeConfirmedBy: ctx.actor.personId, codeConfirmedUnit: ctx.unit?.unitId ?? null, codeConfirmedAt: ctx.now })
    .where('e.id', '=', id).where('e.codeState', '=', 'pending').where(visibleTo(enterprises, ctx.scope, 'e')).returning('e.id').executeTakeFirst()
  return changed !== undefined
}

/** Every trade and district with a firm in it. */
export async function selectTrades(ctx: Ctx): Promise<{ industryCode: string; districtCode: string }[]> {
  return db(ctx).selectFrom('enterprises.enterprises').select(['industryCode', 'districtCode']).distinct().execute()
}
/** Gives the firms of a trade registered in a district their department, with everything that is found by it. */
export async function setDepartment(ctx: Ctx, trade: { industryCode: string; districtCode: string }, department: string): Promise<void> {
  const changed = await db(ctx).updateTable('enterprises.enterprises').set({ department })
    .where('industryCode', '=', trade.industryCode).where('districtCode', '=', trade.districtCode).where(sql<boolean>`department is distinct from ${department}`).returning('id').execute()
  if (!changed.length) return
  const ids = changed.map((row) => row.id)
  await sql`update enterprises.workplaces set department = ${department} where enterprise_id = any (${ids}::uuid[])`.execute(ctx.db)
  await sql`update enterprises.grams set department = ${department} where enterprise_id = any (${ids}::uuid[])`.execute(ctx.db)
}
