// SQL on grants: which role a person holds for which unit and area, and whether it is in force.
import type { Grant } from '@fugong/contract/identity'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { grantsScope } from './policy.ts'
import type { Administrator } from './rules.ts'

interface GrantTable {
  id: string; personId: string; role: Grant['role']; unitId: string; areaCode: string; fromAt: string; untilAt: string | null
  delegatedFrom: string | null; givenBy: string | null; givenAt: string; reason: string | null; endedAt: string | null; endedBy: string | null; endReason: string | null
}
interface Tables { 'identity.grants': GrantTable }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export interface GrantRow {
  id: string; personId: string; role: GrantTable['role']; unitId: string; nameZh: string; nameEn: string; department: string | null; areaCode: string
  fromAt: string; untilAt: string | null; delegatedFrom: string | null; endedAt: string | null; inForce: boolean
}
/** In force: begun, not past, not ended, unit not dissolved, person active; for a delegated grant the original too. */
const inForce = (now: Date) => sql<boolean>`(g.ended_at is null and g.from_at <= ${now} and (g.until_at is null or g.until_at > ${now}) and u.dissolved_at is null and p.active
  and (g.delegated_from is null or (o.ended_at is null and o.from_at <= ${now} and (o.until_at is null or o.until_at > ${now}) and op.active)))`
const joined = sql`identity.grants g join identity.units u on u.id = g.unit_id join identity.people p on p.id = g.person_id
  left join identity.grants o on o.id = g.delegated_from left join identity.people op on op.id = o.person_id`
const columns = sql`g.id, g.person_id, g.role, g.unit_id, u.name_zh, u.name_en, u.department, g.area_code, g.from_at, g.until_at, g.delegated_from, g.ended_at`

/** Grants of people that have not ended: those in force, those to come and those that lapsed by date within 90 days. */
export async function selectGrants(ctx: Ctx, personIds: readonly string[]): Promise<GrantRow[]> {
  if (!personIds.length) return []
  return (await sql<GrantRow>`select ${columns}, ${inForce(ctx.now)} as in_force from ${joined}
    where g.person_id = any (${[...personIds]}::uuid[]) and g.ended_at is null and (g.until_at is null or g.until_at > ${ctx.now}::timestamptz - interval '90 days')
      and ${visibleTo(grantsScope, ctx.scope, 'g')} order by g.from_at, g.id`.execute(ctx.db)).rows
}
export async function findGrant(ctx: Ctx, id: string): Promise<GrantRow | undefined> {
  return (await sql<GrantRow>`select ${columns}, ${inForce(ctx.now)} as in_force from ${joined} where g.id = ${id} and ${visibleTo(grantsScope, ctx.scope, 'g')}`.execute(ctx.db)).rows[0]
}
export async function insertGrant(ctx: Ctx, row: Omit<GrantTable, 'givenAt' | 'endedAt' | 'endedBy' | 'endReason'>): Promise<void> {
  await db(ctx).insertInto('identity.grants').values({ ...row, givenAt: ctx.now as unknown as string, endedAt: null, endedBy: null, endReason: null }).execute()
}
/** Ends one grant; false when it has ended before. */
export async function markGrantEnded(ctx: Ctx, id: string, reason: string): Promise<boolean> {
  const ended = await db(ctx).updateTable('identity.grants').set({ endedAt: ctx.now as unknown as string, endedBy: ctx.actor.personId, endReason: reason })
    .where('id', '=', id).where('endedAt', 'is', null).returning('id').executeTakeFirst()
  return ended !== undefined
}
/** Ends what a person holds, now or later; answers the grants that were ended. */
export function markAllEnded(ctx: Ctx, personId: string, reason: string): Promise<{ id: string; role: string }[]> {
  return db(ctx).updateTable('identity.grants').set({ endedAt: ctx.now as unknown as string, endedBy: ctx.actor.personId, endReason: reason })
    .where('personId', '=', personId).where('endedAt', 'is', null).returning(['id', 'role']).execute()
}
/** Grants of a unit in force or to come. */
export async function countGrantsOfUnit(ctx: Ctx, unitId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from identity.grants where unit_id = ${unitId} and ended_at is null and (until_at is null or until_at > ${ctx.now})`.execute(ctx.db)
  return rows[0]!.count
}

/** Makes deeds that could remove the last administrator wait for each other. */
export async function lockAdministrators(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity.administrators', 0))`.execute(ctx.db)
}
/** Grants in force of administrators who can sign in, lent ones too: who gave each, and when. */
export async function selectAdministrators(ctx: Ctx): Promise<Administrator[]> {
  return (await sql<Administrator>`select g.person_id, g.given_by, g.given_at from ${joined} join identity.credentials c on c.person_id = g.person_id
    where g.role = 'administrator' and ${inForce(ctx.now)}`.execute(ctx.db)).rows
}
/** Active people with credentials and an administrator's grant of their own that lasts beyond `nearEnd`. */
export async function countStandingAdministrators(ctx: Ctx, nearEnd: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(distinct g.person_id) from ${joined} join identity.credentials c on c.person_id = g.person_id
    where g.role = 'administrator' and g.delegated_from is null and ${inForce(ctx.now)} and (g.until_at is null or g.until_at > ${nearEnd})`.execute(ctx.db)
  return rows[0]!.count
}
/** People with a grant in force at a unit, by name. */
export async function selectPeopleOfUnit(ctx: Ctx, unitId: string): Promise<{ personId: string; name: string }[]> {
  return (await sql<{ personId: string; name: string }>`select distinct p.id as person_id, p.name from ${joined} where g.unit_id = ${unitId} and g.role <> 'administrator' and ${inForce(ctx.now)} order by p.name, p.id`.execute(ctx.db)).rows
}
/** People who may act for a unit now in one of these roles. */
export async function selectHolders(ctx: Ctx, unitId: string, roles: readonly string[]): Promise<string[]> {
  return (await sql<{ personId: string }>`select distinct g.person_id from ${joined} where g.unit_id = ${unitId} and g.role = any (${[...roles]}::text[]) and ${inForce(ctx.now)} order by g.person_id`.execute(ctx.db)).rows.map((row) => row.personId)
}
