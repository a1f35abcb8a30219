// SQL on firms and their workplaces.
import type { Enterprise, Scene } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { ask, sql, tables } from '../../base/db.ts'
import { initialsOf } from '../../base/pinyin.ts'
import { visibleText, visibleTo } from '../../base/scope.ts'
import type { Facts } from './facts.rules.ts'
import type { Side } from './history.store.ts'
import { enterprises, workplaces } from './policy.ts'
import { piecesOf } from './find.rules.ts'
import { liesElsewhere, searchText, type PlaceCodes } from './rules.ts'

/** Who touched a row last, for those who come second. */
export interface Stamp { changedSide: Side; changedBy: string | null; changedUnit: string | null; changedAt: string | null }
export interface EnterpriseRow extends Omit<Facts, 'legalSealed'>, Stamp {
  id: string; searchName: string; department: string | null; legalSealed: Buffer | null
  codeState: Enterprise['codeState']; codeReason: string | null; codeConfirmedBy: string | null; codeConfirmedUnit: string | null; codeConfirmedAt: string | null
  departmentReason: string | null; departmentBy: string | null; departmentUnit: string | null; departmentAt: string | null
  registeredBy: string; /** The officer whose import brought it; null where the firm registered itself. */ importedBy: string | null; registeredAt: string; knownFrom: string; sample: boolean; elsewhere: boolean; flags: string[]; revision: number
}
/** What a registration brings; everything else has its default. */
export type NewEnterprise = Pick<EnterpriseRow, 'id' | 'creditCode' | 'kind' | 'name' | 'searchName' | 'industryCode' | 'class' | 'department' | 'codeState' | 'codeReason' | 'registeredBy' | 'sample' | 'districtCode' | 'streetCode' | 'zoneCode' | 'address' | 'knownFrom' | 'size' | 'sizeMissing'>
  & { registeredAt: Date }
export interface WorkplaceRow {
  id: string; enterpriseId: string; name: string; scene: Scene; address: string; districtCode: string; streetCode: string; zoneCode: string | null; department: string | null
  building: string | null; park: string | null; openedOn: string; closedOn: string | null; closeReason: string | null; open: boolean; revision: number
}
export type NewWorkplace = Omit<WorkplaceRow, 'closedOn' | 'closeReason' | 'open' | 'revision'> & { addedAt: Date }
export type DeclaredFirm = Pick<EnterpriseRow, 'id' | 'creditCode' | 'name' | 'kind' | 'size' | 'flags' | 'industryCode' | 'class' | 'department' | 'codeState' | 'registeredBy' | 'sample'>
export type DeclaredPlace = Pick<WorkplaceRow, 'id' | 'name' | 'scene' | 'address' | 'districtCode' | 'streetCode' | 'zoneCode'>
type Loose<T> = { [column in keyof T]: unknown }
interface Tables {
  'enterprises.enterprises': Loose<EnterpriseRow>
  'enterprises.workplaces': Loose<WorkplaceRow & Stamp & { addedAt: string }>
  'enterprises.grams': Loose<{ gram: string; placeId: string; enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; department: string | null; registeredAt: string }>
}
const db = (ctx: Ctx) => tables<Tables>(ctx)

/** False when the credit code is taken; waits for a registration of the same code that is under way. */
export async function insertEnterprise(ctx: Ctx, row: NewEnterprise): Promise<boolean> {
  const added = await db(ctx).insertInto('enterprises.enterprises').values(row as never).onConflict((conflict) => conflict.column('creditCode').doNothing()).returning('id').executeTakeFirst()
  return added !== undefined
}
export async function insertWorkplace(ctx: Ctx, row: NewWorkplace): Promise<void> {
  await db(ctx).insertInto('enterprises.workplaces').values(row as never).execute()
}
/** By what a firm is found: the columns beside it, and the pieces that stand once for each of its areas. */
export function findable({ name, creditCode }: { name: string; creditCode: string }): { searchName: string; initials: string; pieces: string[] } {
  const [searchName, initials] = [searchText(name), initialsOf(name)]
  return { searchName, initials: initials.join(' '), pieces: piecesOf({ searchName, initials, creditCode }) }
}
/** Writes anew by which pieces of its name, initials and code a firm is found where: in its own area, and wherever else it has an open workplace. Marks whether there is such a place. */
export async function indexFirm(system: Ctx, firm: Pick<EnterpriseRow, 'id' | 'name' | 'creditCode' | 'department' | 'registeredAt'> & PlaceCodes): Promise<void> {
  const elsewhere = (await selectWorkplaces(system, firm.id)).filter((place) => place.open && liesElsewhere(place, firm))
  const { searchName, initials, pieces } = findable(firm)
  // The row first: whoever writes pieces of this firm at the moment is waited for, and theirs are seen and go.
  await sql`update enterprises.enterprises set elsewhere = ${elsewhere.length > 0}, search_name = ${searchName}, initials = ${initials} where id = ${firm.id}`.execute(system.db)
  await sql`delete from enterprises.grams where enterprise_id = ${firm.id}`.execute(system.db)
  await sql`delete from enterprises.unindexed where enterprise_id = ${firm.id}`.execute(system.db)
  const places = [firm, ...elsewhere.filter((place, at) => elsewhere.findIndex((other) => !liesElsewhere(other, place)) === at)]
  const rows = places.flatMap(({ id: placeId, districtCode, streetCode, zoneCode }) => pieces.map((gram) => ({ gram, placeId, enterpriseId: firm.id, districtCode, streetCode, zoneCode: zoneCode ?? null, department: firm.department, registeredAt: firm.registeredAt })))
  if (rows.length) await db(system).insertInto('enterprises.grams').values(rows as never).execute()
}
/** Within the caller's scope. */
export async function findEnterprise(ctx: Ctx, id: string): Promise<EnterpriseRow | undefined> {
  return (await db(ctx).selectFrom('enterprises.enterprises as e').selectAll('e').where('e.id', '=', id).where(visibleTo(enterprises, ctx.scope, 'e')).executeTakeFirst()) as EnterpriseRow | undefined
}
/** Firms by id; within the caller's scope. */
export async function selectFirms(ctx: Ctx, ids: readonly string[]): Promise<Pick<EnterpriseRow, 'id' | 'name' | 'creditCode'>[]> {
  if (!ids.length) return []
  return (await db(ctx).selectFrom('enterprises.enterprises as e').select(['e.id', 'e.name', 'e.creditCode']).where('e.id', 'in', [...ids]).where(visibleTo(enterprises, ctx.scope, 'e')).execute()) as EnterpriseRow[]
}
export async function findByCreditCode(ctx: Ctx, creditCode: string): Promise<EnterpriseRow | undefined> {
  return (await db(ctx).selectFrom('enterprises.enterprises as e').selectAll('e').where('e.creditCode', '=', creditCode).where(visibleTo(enterprises, ctx.scope, 'e')).executeTakeFirst()) as EnterpriseRow | undefined
}
export interface PlaceAsked { enterpriseId: string; workplaceId: string }
/** What is declared of firms and one open workplace of each, in one look and in the order asked: the way of every opening. `place` is null when the firm has no such workplace within the caller's scope. */
export async function findPlaces(ctx: Ctx, asked: readonly PlaceAsked[]): Promise<({ firm: DeclaredFirm; place: DeclaredPlace | null } | undefined)[]> {
  const values: unknown[] = [asked.map((one) => one.enterpriseId), asked.map((one) => one.workplaceId)]
  const text = `select a.n, e.id, e.credit_code, e.name, e.kind, e.size, e.flags, e.industry_code, e.class, e.department, e.code_state, e.registered_by, e.sample,
      w.id as place_id, w.name as place_name, w.scene, w.address, w.district_code, w.street_code, w.zone_code
    from unnest($1::uuid[], $2::uuid[]) with ordinality as a (enterprise_id, workplace_id, n) join enterprises.enterprises e on e.id = a.enterprise_id
      left join enterprises.workplaces w on w.id = a.workplace_id and w.enterprise_id = e.id and w.open and ${visibleText(workplaces, ctx.scope, 'w', values)}
    where ${visibleText(enterprises, ctx.scope, 'e', values)}`
  const found: ({ firm: DeclaredFirm; place: DeclaredPlace | null } | undefined)[] = asked.map(() => undefined)
  for (const row of await ask<DeclaredFirm & Omit<DeclaredPlace, 'id' | 'name'> & { n: number; placeId: string | null; placeName: string }>(ctx, text, values)) {
    found[row.n - 1] = { firm: row, place: row.placeId === null ? null : { ...row, id: row.placeId, name: row.placeName } }
  }
  return found
}
/** In how many districts a firm has open workplaces; runs as the system. */
export async function countDistricts(system: Ctx, enterpriseId: string): Promise<number> {
  return (await sql<{ count: number }>`select count(distinct district_code)::int as count from enterprises.workplaces where enterprise_id = ${enterpriseId} and open`.execute(system.db)).rows[0]!.count
}
/** Workplaces of a firm within the caller's scope, closed ones too, oldest first. */
export function selectWorkplaces(ctx: Ctx, enterpriseId: string): Promise<WorkplaceRow[]> {
  return db(ctx).selectFrom('enterprises.workplaces as w')
    .select(['w.id', 'w.enterpriseId', 'w.name', 'w.scene', 'w.address', 'w.districtCode', 'w.streetCode', 'w.zoneCode', 'w.department', 'w.building', 'w.park', 'w.openedOn', 'w.closedOn', 'w.closeReason', 'w.open', 'w.revision'])
    .where('w.enterpriseId', '=', enterpriseId).where(visibleTo(workplaces, ctx.scope, 'w')).orderBy('w.addedAt').orderBy('w.id').execute() as Promise<WorkplaceRow[]>
}
/** Names of workplaces by id within the caller's scope. */
export async function workplaceNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map()
  const rows = (await db(ctx).selectFrom('enterprises.workplaces as w').select(['w.id', 'w.name']).where('w.id', 'in', [...ids]).where(visibleTo(workplaces, ctx.scope, 'w')).execute()) as { id: string; name: string }[]
  return new Map(rows.map(({ id, name }) => [id, name]))
}
/** A firm within the caller's scope, held until the transaction ends, so that two who change it come one after the other. */
export async function lockEnterprise(ctx: Ctx, id: string): Promise<EnterpriseRow | undefined> {
  return (await db(ctx).selectFrom('enterprises.enterprises as e').selectAll('e').where('e.id', '=', id).where(visibleTo(enterprises, ctx.scope, 'e')).forUpdate().executeTakeFirst()) as EnterpriseRow | undefined
}
/** Sets columns of a firm; runs as the system, after the caller's right was checked. */
export async function updateEnterprise(system: Ctx, id: string, columns: Partial<EnterpriseRow>): Promise<EnterpriseRow> {
  return (await db(system).updateTable('enterprises.enterprises').set(columns as never).where('id', '=', id).returningAll().executeTakeFirstOrThrow()) as unknown as EnterpriseRow
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
  return db(ctx).selectFrom('enterprises.enterprises').select(['industryCode', 'districtCode']).distinct().execute() as Promise<{ industryCode: string; districtCode: string }[]>
}
/** Gives the firms of a trade registered in a district their department, with everything that is found by it; one that an office named stays. */
export async function setTradeDepartment(ctx: Ctx, trade: { industryCode: string; districtCode: string }, department: string): Promise<void> {
  const changed = await sql<{ id: string }>`update enterprises.enterprises set department = ${department}
    where industry_code = ${trade.industryCode} and district_code = ${trade.districtCode} and department_at is null and department is distinct from ${department} returning id`.execute(ctx.db)
  await spreadDepartment(ctx, changed.rows.map((row) => row.id), department)
}
/** What lies with firms follows their department. */
export async function spreadDepartment(system: Ctx, ids: readonly string[], department: string | null): Promise<void> {
  if (!ids.length) return
  for (const table of ['workplaces', 'grams', 'versions', 'changes']) await sql`update ${sql.table(`enterprises.${table}`)} set department = ${department} where enterprise_id = any (${[...ids]}::uuid[])`.execute(system.db)
}
/** Firms by id, in the order of their ids; runs as the system. */
export async function selectIdsAfter(system: Ctx, after: string | null, limit: number): Promise<string[]> {
  return (await sql<{ id: string }>`select id from enterprises.enterprises where ${after}::uuid is null or id > ${after}::uuid order by id limit ${limit}`.execute(system.db)).rows.map((row) => row.id)
}
/** A district with a firm in it, when there is one. */
export async function someDistrict(system: Ctx): Promise<string | undefined> {
  return (await sql<{ districtCode: string }>`select district_code from enterprises.enterprises limit 1`.execute(system.db)).rows[0]?.districtCode
}
/** True when firms were last sized by another version. */
export async function noteVersion(system: Ctx, code: string, version: number): Promise<boolean> {
  return (await sql`insert into enterprises.sized_by (table_code, version) values (${code}, ${version})
    on conflict (table_code) do update set version = excluded.version where enterprises.sized_by.version <> excluded.version returning version`.execute(system.db)).rows.length > 0
}
