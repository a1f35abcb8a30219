// SQL on people and their memberships: who there is, by id, username or phone, and whose contact they are.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { visibleTo } from '../../base/scope.ts'
import { membershipsScope, peopleScope } from './policy.ts'

export interface PersonRow {
  id: string; name: string; username: string | null; phoneSealed: Buffer | null; phoneIndex: Buffer | null; phoneTail: Buffer | null; phoneMasked: string | null; active: boolean; createdAt: string
}
export interface MembershipRow { id: string; personId: string; enterpriseId: string; name: string; since: string; endedAt: string | null }
interface Tables { 'identity.people': PersonRow; 'identity.memberships': MembershipRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const people = (ctx: Ctx) => db(ctx).selectFrom('identity.people').selectAll().where(visibleTo(peopleScope, ctx.scope, 'identity.people'))

export function findPerson(ctx: Ctx, id: string): Promise<PersonRow | undefined> {
  return people(ctx).where('id', '=', id).executeTakeFirst()
}
export function findByUsername(ctx: Ctx, username: string): Promise<PersonRow | undefined> {
  return people(ctx).where('username', '=', username).executeTakeFirst()
}
export function findByPhone(ctx: Ctx, phoneIndex: Buffer): Promise<PersonRow | undefined> {
  return people(ctx).where('phoneIndex', '=', phoneIndex).executeTakeFirst()
}
export function selectPeople(ctx: Ctx, ids: readonly string[]): Promise<PersonRow[]> {
  return ids.length ? people(ctx).where('id', 'in', [...ids]).execute() : Promise.resolve([])
}
export type NewPerson = Pick<PersonRow, 'name' | 'username' | 'phoneSealed' | 'phoneIndex' | 'phoneTail' | 'phoneMasked'>
/** Adds a person; answers undefined when the username or phone is already someone's. */
export async function insertPerson(ctx: Ctx, person: NewPerson): Promise<PersonRow | undefined> {
  return db(ctx).insertInto('identity.people').values({ id: newId(), active: true, createdAt: ctx.now as unknown as string, ...person })
    .onConflict((conflict) => conflict.doNothing()).returningAll().executeTakeFirst()
}
export async function updatePerson(ctx: Ctx, id: string, change: Partial<Pick<PersonRow, 'name' | 'active' | 'phoneSealed' | 'phoneIndex' | 'phoneTail' | 'phoneMasked'>>): Promise<void> {
  await db(ctx).updateTable('identity.people').set(change).where('id', '=', id).execute()
}

export interface StaffFilter { q?: string; role?: string; unit?: string; after?: { moment: string; id: string }; limit: number }
const staffWhere = (ctx: Ctx, { q, role, unit }: StaffFilter) => {
  const like = q === undefined ? undefined : `%${q.replace(/[\\%_]/g, '\\$&')}%`
  return sql`p.username is not null and ${visibleTo(peopleScope, ctx.scope, 'p')}
    and (${like ?? null}::text is null or p.name ilike ${like ?? null} or p.username ilike ${like ?? null})
    and ((${role ?? null}::text is null and ${unit ?? null}::uuid is null) or exists (
      select from identity.grants g where g.person_id = p.id and g.ended_at is null and (g.until_at is null or g.until_at > ${ctx.now})
        and (${role ?? null}::text is null or g.role = ${role ?? null}) and (${unit ?? null}::uuid is null or g.unit_id = ${unit ?? null}::uuid)))`
}
/** Staff, newest first: up to `limit` rows after the mark. Staff are thousands at most, so the search reads them all. */
export async function selectStaff(ctx: Ctx, filter: StaffFilter): Promise<PersonRow[]> {
  const { after, limit } = filter
  return (await sql<PersonRow>`select p.* from identity.people p where ${staffWhere(ctx, filter)}
    and (${after?.moment ?? null}::timestamptz is null or (p.created_at, p.id) < (${after?.moment ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by p.created_at desc, p.id desc limit ${limit}`.execute(ctx.db)).rows
}
export async function countStaff(ctx: Ctx, filter: StaffFilter, stopAt: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) from (select from identity.people p where ${staffWhere(ctx, filter)} limit ${stopAt}) as counted`.execute(ctx.db)
  return rows[0]!.count
}

// ── memberships ─────────────────────────────────────────────────────────────
const memberships = (ctx: Ctx) => db(ctx).selectFrom('identity.memberships').selectAll().where('endedAt', 'is', null).where(visibleTo(membershipsScope, ctx.scope, 'identity.memberships'))

export async function insertMembership(ctx: Ctx, row: Pick<MembershipRow, 'personId' | 'enterpriseId' | 'name'>): Promise<void> {
  await db(ctx).insertInto('identity.memberships').values({ id: newId(), ...row, since: ctx.now as unknown as string, endedAt: null })
    .onConflict((conflict) => conflict.columns(['enterpriseId', 'personId']).where('endedAt', 'is', null).doNothing()).execute()
}
/** Members of a firm, longest first; `locked` keeps others from ending one at the same time. */
export function selectMembers(ctx: Ctx, enterpriseId: string, locked = false): Promise<MembershipRow[]> {
  const query = memberships(ctx).where('enterpriseId', '=', enterpriseId).orderBy('since').orderBy('id')
  return (locked ? query.forUpdate() : query).execute()
}
export async function markMembershipEnded(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).updateTable('identity.memberships').set({ endedAt: ctx.now as unknown as string }).where('id', '=', id).execute()
}
export async function selectEnterprisesOf(ctx: Ctx, personId: string): Promise<string[]> {
  return (await memberships(ctx).where('personId', '=', personId).orderBy('since').execute()).map((row) => row.enterpriseId)
}
/** Present members of several firms with their sealed phones. */
export async function selectSealedContacts(ctx: Ctx, enterpriseIds: readonly string[]): Promise<{ enterpriseId: string; name: string; phoneSealed: Buffer | null }[]> {
  if (!enterpriseIds.length) return []
  return (await sql<{ enterpriseId: string; name: string; phoneSealed: Buffer | null }>`
    select m.enterprise_id, m.name, p.phone_sealed from identity.memberships m join identity.people p on p.id = m.person_id
    where m.ended_at is null and m.enterprise_id = any (${[...enterpriseIds]}::uuid[]) and ${visibleTo(membershipsScope, ctx.scope, 'm')} and ${visibleTo(peopleScope, ctx.scope, 'p')}
    order by m.since, m.id`.execute(ctx.db)).rows
}
/** Those whose phone has no index of its last digits yet, sealed. */
export function selectTailless(ctx: Ctx): Promise<Pick<PersonRow, 'id' | 'phoneSealed'>[]> {
  return people(ctx).where('phoneTail', 'is', null).where('phoneSealed', 'is not', null).execute()
}
/** Firms of active people whose phone ends so. */
export async function selectEnterprisesByTail(ctx: Ctx, tail: Buffer, limit: number): Promise<string[]> {
  return (await db(ctx).selectFrom('identity.people as p').innerJoin('identity.memberships as m', 'm.personId', 'p.id').select('m.enterpriseId').distinct()
    .where('p.phoneTail', '=', tail).where('p.active', '=', true).where('m.endedAt', 'is', null)
    .where(visibleTo(peopleScope, ctx.scope, 'p')).where(visibleTo(membershipsScope, ctx.scope, 'm')).limit(limit).execute()).map((row) => row.enterpriseId)
}
/** Active contacts of firms. */
export function selectContactsOf(ctx: Ctx, enterpriseIds: readonly string[]): Promise<{ enterpriseId: string; personId: string }[]> {
  return db(ctx).selectFrom('identity.memberships as m').innerJoin('identity.people as p', 'p.id', 'm.personId').select(['m.enterpriseId', 'm.personId'])
    .where(sql<boolean>`m.enterprise_id = any (${[...enterpriseIds]}::uuid[])`).where('m.endedAt', 'is', null).where('p.active', '=', true)
    .where(visibleTo(membershipsScope, ctx.scope, 'm')).orderBy('m.enterpriseId').orderBy('m.since').execute()
}
