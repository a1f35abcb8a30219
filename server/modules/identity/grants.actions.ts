// Use cases of roles: grant, end, delegate during leave, deactivate; the last administrator stays.
import type { deactivatePerson, delegateGrant, endGrant, Grant, grantRole, Person } from '@fugong/contract/identity'
import type { Input, Issue } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { toGrant } from './actor.actions.ts'
import { closeRecovery, deleteOpenInvitation, selectOpenRecoveries } from './credentials.store.ts'
import { countStandingAdministrators, findGrant, insertGrant, lockAdministrators, markAllEnded, markGrantEnded, selectGrants, type GrantRow } from './grants.store.ts'
import { getStaff, personOf } from './person-view.actions.ts'
import { areaWithin, isCity, NEAR_END_MS } from './rules.ts'
import { revokeSessionsOf } from './sessions.store.ts'
import { findByUsername, updatePerson } from './store.ts'
import { lockUnit } from './units.store.ts'

export interface GrantWish { role: GrantRow['role']; unitId: string; areaCode: string; until?: string | null }

/** Refuses, with all faults at once, a role that the unit or area cannot bear. Keeps the unit from being dissolved meanwhile. */
export async function checkGrantFor(ctx: Ctx, wish: GrantWish): Promise<void> {
  const issues: Issue[] = []
  const unit = await lockUnit(ctx, wish.unitId, 'share')
  if (!unit) issues.push({ path: '/unitId', code: 'issue.choice' })
  if (!(await findArea(ctx, wish.areaCode))) issues.push({ path: '/areaCode', code: 'issue.area_unknown' })
  // Administrators decide over every unit, so there are none for a part of the city.
  else if ((unit && !areaWithin(unit.areaCode, wish.areaCode)) || (wish.role === 'administrator' && !isCity(wish.areaCode))) issues.push({ path: '/areaCode', code: 'issue.area_outside' })
  if (wish.role === 'departmentOfficer' && unit && unit.department === null) issues.push({ path: '/role', code: 'issue.choice' })
  if (wish.until && Date.parse(wish.until) <= ctx.now.getTime()) issues.push({ path: '/until', code: 'issue.past_day' })
  if (issues.length) throw invalid(issues)
}
/** Gives a role from now on; the wish was checked. */
export async function giveGrant(system: Ctx, personId: string, wish: GrantWish): Promise<void> {
  const id = newId()
  const until = wish.until ? new Date(wish.until) : null
  await insertGrant(system, {
    id, personId, role: wish.role, unitId: wish.unitId, areaCode: wish.areaCode, fromAt: system.now as unknown as string, untilAt: until as unknown as string | null,
    delegatedFrom: null, givenBy: system.actor.personId, reason: null,
  })
  system.announce('person.role_granted', { kind: 'person', id: personId }, { grantId: id, role: wish.role, unitId: wish.unitId, areaCode: wish.areaCode, until: until?.toISOString() ?? null })
}

/** Nobody widens their own rights: another administrator gives them. */
export async function grantRoleTo(ctx: Ctx, { params, body }: Input<typeof grantRole>): Promise<Person> {
  if (params.id === ctx.actor.personId) throw problem('identity.second_person_needed')
  await elevated(ctx, async (system) => {
    if (!(await getStaff(system, params.id)).active) throw problem('not_found')
    await checkGrantFor(system, body)
    await giveGrant(system, params.id, body)
  })
  return personOf(ctx, params.id)
}
/** The role ends with this transaction; other processes keep an actor for less than a second. */
export async function endGrantOf(ctx: Ctx, { params, body }: Input<typeof endGrant>): Promise<Person> {
  const personId = await elevated(ctx, async (system) => {
    const grant = await findGrant(system, params.id)
    if (!grant) throw problem('not_found')
    if (grant.role === 'administrator') await lockAdministrators(system)
    if (!(await markGrantEnded(system, grant.id, body.reason))) throw problem('identity.grant_ended')
    if (grant.role === 'administrator') await requireAdministrator(system)
    system.announce('person.grant_ended', { kind: 'person', id: grant.personId }, { grantId: grant.id, reason: body.reason })
    const left = (await selectGrants(system, [grant.personId])).some((other) => other.inForce)
    // Without any role there is nothing left to be signed in for; a session by phone carries none.
    if (!left) await revokeAll(system, grant.personId, ['password', 'invitation'])
    return grant.personId
  })
  if (personId === ctx.actor.personId) ctx.forgetActor()
  return personOf(ctx, personId)
}
export async function deactivatePersonOf(ctx: Ctx, { params, body }: Input<typeof deactivatePerson>): Promise<Person> {
  await elevated(ctx, async (system) => {
    await lockAdministrators(system)
    if (!(await getStaff(system, params.id)).active) throw problem('not_found')
    const ended = await markAllEnded(system, params.id, body.reason)
    await updatePerson(system, params.id, { active: false })
    if (ended.some((grant) => grant.role === 'administrator')) await requireAdministrator(system)
    await deleteOpenInvitation(system, params.id)
    for (const recovery of await selectOpenRecoveries(system, [params.id])) await closeRecovery(system, recovery.id, null)
    for (const grant of ended) system.announce('person.grant_ended', { kind: 'person', id: params.id }, { grantId: grant.id, reason: body.reason })
    system.announce('person.deactivated', { kind: 'person', id: params.id }, { reason: body.reason })
    await revokeAll(system, params.id)
  })
  if (params.id === ctx.actor.personId) ctx.forgetActor()
  return personOf(ctx, params.id)
}
/** Lends one's own grant to a colleague between two moments; it works while the original holds and is not lent on. */
export async function delegateGrantOf(ctx: Ctx, { params, body }: Input<typeof delegateGrant>): Promise<Grant> {
  const original = await findGrant(ctx, params.id)
  if (!original) throw problem('not_found')
  if (original.personId !== ctx.actor.personId || original.delegatedFrom || !original.inForce) throw problem('identity.delegation_not_own')
  if (Date.parse(body.until) <= ctx.now.getTime()) throw invalid([{ path: '/until', code: 'issue.past_day' }])
  const from = new Date(Math.max(Date.parse(body.from), ctx.now.getTime()))
  return elevated(ctx, async (system) => {
    const colleague = await findByUsername(system, body.username)
    if (!colleague?.active) throw problem('not_found')
    if (colleague.id === original.personId) throw problem('identity.delegation_to_self')
    if (!(await lockUnit(system, original.unitId, 'share'))) throw problem('identity.delegation_not_own')
    const id = newId()
    await insertGrant(system, {
      id, personId: colleague.id, role: original.role, unitId: original.unitId, areaCode: original.areaCode, fromAt: from as unknown as string,
      untilAt: new Date(body.until) as unknown as string, delegatedFrom: original.id, givenBy: system.actor.personId, reason: body.reason,
    })
    system.announce('person.grant_delegated', { kind: 'person', id: original.personId }, { grantId: id, to: colleague.id, from: from.toISOString(), until: new Date(body.until).toISOString() })
    return toGrant((await findGrant(system, id))!)
  })
}

/** Throws unless an administrator remains who can sign in, in their own right and not only for the next days. */
async function requireAdministrator(system: Ctx): Promise<void> {
  if ((await countStandingAdministrators(system, new Date(system.now.getTime() + NEAR_END_MS))) === 0) throw problem('identity.last_administrator')
}
async function revokeAll(system: Ctx, personId: string, methods?: Parameters<typeof revokeSessionsOf>[3]): Promise<void> {
  for (const id of await revokeSessionsOf(system, personId, null, methods)) system.announce('session.ended', { kind: 'session', id }, { reason: 'revoked' })
}
