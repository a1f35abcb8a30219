// Who a session belongs to and what that person may do now: the actor of a request and the session as a screen sees it.
import type { Grant, Session } from '@fugong/contract/identity'
import { may, nobody, rolesOf, type Actor, type ActorGrant } from '../../base/auth.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newSecret, sha256 } from '../../base/crypto.ts'
import { newId } from '../../base/ids.ts'
import { expandArea } from '../areas/index.ts'
import { selectGrants, type GrantRow } from './grants.store.ts'
import type { IdentityOptions } from './ports.ts'
import { findSession, insertSession, revokeSession, touchSession, type SeeingAs, type SessionRow, type SignInMethod } from './sessions.store.ts'
import { selectEnterprisesOf, selectPeople } from './store.ts'
import { findUnit, type UnitRow } from './units.store.ts'

const HOUR = 3_600_000
/** Staff sign in for a working day, contacts of firms for two weeks. */
const LIFE_MS: Record<SignInMethod, number> = { password: 12 * HOUR, invitation: 12 * HOUR, phone: 14 * 24 * HOUR }
const TOUCH_MS = 60_000

/** The actor of a session token (its SHA-256), with grants in force now; undefined when the session is unknown, ended or expired. Runs in a writing transaction: it notes when the session was last seen. */
export function actorOf(ctx: Ctx, tokenHash: Buffer): Promise<Actor | undefined> {
  return elevated(ctx, async (system) => {
    const session = await findSession(system, { tokenHash })
    if (!session) return undefined
    if (system.now.getTime() - Date.parse(session.lastSeenAt) >= TOUCH_MS) await touchSession(system, session.id)
    return actorOfSession(system, session)
  })
}
/** A member of staff as they may act now, for work done later in their name; undefined when the person no longer holds any grant. */
export function staffActor(ctx: Ctx, personId: string): Promise<Actor | undefined> {
  return elevated(ctx, async (system) => {
    const [person] = await selectPeople(system, [personId])
    if (!person?.active) return undefined
    const actor = await actorOfSession(system, { id: '', personId, name: person.name, method: 'password', seeingAs: null, emergencyId: null })
    return actor.grants.length ? { ...actor, sessionId: null } : undefined
  })
}
/** A contact of a firm as they may act for this firm now, for work done later in their name; undefined when they are none any more. */
export function contactActor(ctx: Ctx, personId: string, enterpriseId: string): Promise<Actor | undefined> {
  return elevated(ctx, async (system) => {
    const [person] = await selectPeople(system, [personId])
    if (!person?.active || !(await selectEnterprisesOf(system, personId)).includes(enterpriseId)) return undefined
    return { ...nobody, kind: 'contact', personId, name: person.name, enterprises: [enterpriseId] }
  })
}
async function grantsInForce(system: Ctx, personId: string): Promise<ActorGrant[]> {
  const held = (await selectGrants(system, [personId])).filter((grant) => grant.inForce)
  const areas = new Map<string, string[]>()
  for (const { areaCode } of held) if (!areas.has(areaCode)) areas.set(areaCode, await expandArea(system, areaCode))
  return held.map((grant) => toActorGrant(grant, areas.get(grant.areaCode)!))
}
async function actorOfSession(system: Ctx, session: Pick<SessionRow, 'id' | 'personId' | 'method' | 'seeingAs' | 'emergencyId'> & { name: string }): Promise<Actor> {
  const asStaff = session.method !== 'phone'
  const grants = asStaff ? await grantsInForce(system, session.personId) : []
  // Looking as someone else ends with the administrator's own role.
  const looking = session.seeingAs && grants.some((grant) => grant.role === 'administrator') ? await seenAs(system, session.seeingAs) : null
  return {
    kind: asStaff ? 'staff' : 'contact', personId: session.personId, name: session.name, sessionId: session.id, grants,
    enterprises: await selectEnterprisesOf(system, session.personId), emergencyId: session.emergencyId, seeingAs: looking,
  }
}
function toActorGrant(grant: GrantRow, areas: string[]): ActorGrant {
  return { id: grant.id, role: grant.role, unitId: grant.unitId, unitName: { zh: grant.nameZh, en: grant.nameEn }, department: grant.department, areaCode: grant.areaCode, areas, delegated: grant.delegatedFrom !== null }
}
async function seenAs(system: Ctx, seeing: SeeingAs): Promise<ActorGrant | null> {
  const unit = await findUnit(system, seeing.unitId)
  return unit ? grantOfUnit(unit, seeing, await expandArea(system, seeing.areaCode)) : null
}
function grantOfUnit(unit: UnitRow, seeing: SeeingAs, areas: string[]): ActorGrant {
  return { id: 'seeing-as', role: seeing.role, unitId: unit.id, unitName: { zh: unit.nameZh, en: unit.nameEn }, department: unit.department, areaCode: seeing.areaCode, areas, delegated: false }
}

/** Opens a session and answers its secret, which is kept nowhere. */
export async function openSession(system: Ctx, personId: string, method: SignInMethod): Promise<{ id: string; token: string }> {
  const token = newSecret()
  const id = newId()
  await insertSession(system, { id, tokenHash: sha256(token), personId, method, expiresAt: new Date(system.now.getTime() + LIFE_MS[method]) })
  return { id, token }
}
/** Signs a person in: the cookie, the event, and the session they were in before, if any, is ended. Answers the new session. */
export async function beginSession(ctx: Ctx, personId: string, method: SignInMethod, options: IdentityOptions): Promise<Session> {
  const { id, token } = await elevated(ctx, async (system) => {
    if (ctx.actor.sessionId) await revokeSession(system, ctx.actor.sessionId)
    return openSession(system, personId, method)
  })
  ctx.setSessionToken(token)
  ctx.forgetActor()
  ctx.announce('session.started', { kind: 'person', id: personId }, { method })
  return sessionById(ctx, id, options)
}
/** A session read anew from the database; a request's own actor may be a second old. */
export async function sessionById(ctx: Ctx, id: string | null, options: IdentityOptions): Promise<Session> {
  return elevated(ctx, async (system) => {
    const session = id === null ? undefined : await findSession(system, { id })
    return toSession(system, session ? await actorOfSession(system, session) : nobody, options)
  })
}
async function toSession(system: Ctx, actor: Actor, options: IdentityOptions): Promise<Session> {
  const verbs = options.allVerbs()
  const grants = actor.kind === 'staff' ? (await selectGrants(system, [actor.personId!])).filter((grant) => grant.inForce).map(toGrant) : []
  return {
    signedIn: actor.kind !== 'anonymous', personId: actor.personId, name: actor.name, staff: actor.kind === 'staff', roles: rolesOf(actor) as Session['roles'],
    // While seeing as another role these are that role's verbs: the screens show what it sees. Deeds are refused by base.
    verbs: Object.keys(verbs).filter((verb) => may(actor, verb, verbs)).sort(), grants, enterprises: actor.enterprises, emergencyId: actor.emergencyId,
    seeingAs: actor.seeingAs && { role: actor.seeingAs.role as Grant['role'], unitName: actor.seeingAs.unitName, areaCode: actor.seeingAs.areaCode },
    sampleCity: options.sampleCity, cityCode: options.city,
  }
}
export function toGrant(row: GrantRow): Grant {
  return {
    id: row.id, role: row.role, unitId: row.unitId, unitName: { zh: row.nameZh, en: row.nameEn }, areaCode: row.areaCode, from: row.fromAt, until: row.untilAt,
    delegatedFrom: row.delegatedFrom, inForce: row.inForce,
  }
}
