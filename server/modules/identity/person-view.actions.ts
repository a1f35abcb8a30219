// Staff as administrators see them: with grants, open invitation, recovery under way and what can be done.
import type { getPerson, listPeople, Person } from '@fugong/contract/identity'
import type { Input, Returns } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { COUNT_LIMIT, cutPage, PAGE_SIZE, readMark, totalOf } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { toGrant } from './actor.actions.ts'
import { selectInvited, selectOpenRecoveries } from './credentials.store.ts'
import { selectAdministrators, selectGrants } from './grants.store.ts'
import { canDo, countAsTwo } from './rules.ts'
import { selectLastSeen } from './sessions.store.ts'
import { countStaff, findPerson, selectPeople, selectStaff, type PersonRow } from './store.ts'

const ORDER = 'people'

export async function listPeopleOf(ctx: Ctx, { query }: Input<typeof listPeople>): Promise<Returns<typeof listPeople>> {
  const limit = query.limit ?? PAGE_SIZE
  const filter = { q: query.q?.trim() || undefined, role: query.role, unit: query.unit, after: readMark(ORDER, query.cursor), limit: limit + 1 }
  return elevated(ctx, async (system) => {
    const { items, next } = cutPage(await selectStaff(system, filter), limit, ORDER, (row) => ({ moment: row.createdAt, id: row.id }))
    return { items: await toPeople(ctx, system, items), next, ...totalOf(await countStaff(system, filter, COUNT_LIMIT + 1)) }
  })
}
export function getPersonOf(ctx: Ctx, { params }: Input<typeof getPerson>): Promise<Person> {
  return personOf(ctx, params.id)
}
/** A staff person; contacts of firms are not administrators' to look at and are `not_found`. */
export async function personOf(ctx: Ctx, id: string): Promise<Person> {
  return elevated(ctx, async (system) => {
    const person = await getStaff(system, id)
    return (await toPeople(ctx, system, [person]))[0]!
  })
}
export async function getStaff(system: Ctx, id: string): Promise<PersonRow & { username: string }> {
  const person = await findPerson(system, id)
  if (!person || person.username === null) throw problem('not_found')
  return { ...person, username: person.username }
}

async function toPeople(ctx: Ctx, system: Ctx, rows: readonly PersonRow[]): Promise<Person[]> {
  const ids = rows.map((row) => row.id)
  const grants = await selectGrants(system, ids)
  const invited = await selectInvited(system, ids)
  const recoveries = await selectOpenRecoveries(system, ids)
  const administrators = recoveries.length ? await selectAdministrators(system) : []
  const lastSeen = await selectLastSeen(system, ids)
  const requesters = new Map((await selectPeople(system, recoveries.map((one) => one.requestedBy))).map((one) => [one.id, one.name]))
  return rows.map((row) => {
    const recovery = recoveries.find((one) => one.personId === row.id)
    return {
      id: row.id, name: row.name, username: row.username, phoneMasked: row.phoneMasked, staff: row.username !== null, active: row.active,
      grants: grants.filter((grant) => grant.personId === row.id).map(toGrant), invited: invited.has(row.id),
      recovery: recovery ? { id: recovery.id, requestedBy: requesters.get(recovery.requestedBy) ?? '', requestedAt: recovery.requestedAt, reason: recovery.reason } : null,
      lastSeenAt: lastSeen.get(row.id) ?? null,
      can: canDo({ self: row.id === ctx.actor.personId, active: row.active, recovery: recovery ? { requestedById: recovery.requestedBy, barred: !countAsTwo(recovery.requestedBy, ctx.actor.personId ?? '', administrators, ctx.now) } : null }, { id: ctx.actor.personId, may: ctx.may }),
    }
  })
}
