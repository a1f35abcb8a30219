// Who is calling and what they may reach: actors, their grants, and the scope of rows that a verb opens to them.
import type { Bilingual } from '@fugong/contract/base'
import { PUBLIC, SIGNED_IN } from '@fugong/contract/base'
import { problem } from './problem.ts'

/** One role in force for a unit and an area; `areas` are the codes that rows carry (districts, zones, streets) below that area. */
export interface ActorGrant { id: string; role: string; unitId: string; unitName: Bilingual; department: string | null; areaCode: string; areas: string[]; delegated: boolean }
export interface Actor {
  kind: 'anonymous' | 'staff' | 'contact' | 'system'
  personId: string | null
  name: string | null
  sessionId: string | null
  grants: ActorGrant[]
  /** Firms this person is a contact of. */
  enterprises: string[]
  emergencyId: string | null
  /** Set while an administrator looks at the system in another role: reading only. */
  seeingAs: ActorGrant | null
}
/** Rows a request may reach; `named` opens what a worker (`system`) or the public may. */
export interface Scope { named: '' | 'system' | 'public'; person: string; areas: string[]; departments: string[]; enterprises: string[]; /** Units in whose name the person acts: what was opened to them is reached wherever it lies. */ units: string[] }

export const nobody: Actor = { kind: 'anonymous', personId: null, name: null, sessionId: null, grants: [], enterprises: [], emergencyId: null, seeingAs: null }
export const systemActor: Actor = { ...nobody, kind: 'system' }
export const systemScope: Scope = { named: 'system', person: '', areas: [], departments: [], enterprises: [], units: [] }
export const publicScope: Scope = { named: 'public', person: '', areas: [], departments: [], enterprises: [], units: [] }

/** Verb → roles that hold it; every module's policy.ts states its own. */
export type VerbTable = Readonly<Record<string, readonly string[]>>
const CONTACT = 'enterpriseContact'

export function rolesOf(actor: Actor): string[] {
  const held = new Set(effectiveGrants(actor).map((grant) => grant.role))
  if (actor.kind !== 'anonymous' && !actor.seeingAs && (actor.kind === 'contact' || actor.enterprises.length)) held.add(CONTACT)
  return [...held]
}
function effectiveGrants(actor: Actor): ActorGrant[] {
  return actor.seeingAs ? [actor.seeingAs] : actor.grants
}
/** Whether the actor holds a role that has the verb. */
export function may(actor: Actor, verb: string, verbs: VerbTable): boolean {
  if (verb === PUBLIC || actor.kind === 'system') return true
  if (verb === SIGNED_IN) return actor.kind !== 'anonymous'
  const holders = verbs[verb]
  return holders !== undefined && rolesOf(actor).some((role) => holders.includes(role))
}
/** Throws `session.required` or `session.forbidden` unless the actor may. */
export function requireVerb(actor: Actor, verb: string, verbs: VerbTable): void {
  if (may(actor, verb, verbs)) return
  throw problem(actor.kind === 'anonymous' ? 'session.required' : 'session.forbidden')
}
/** The rows open to an actor under a verb: only grants whose role holds the verb count. */
export function scopeFor(actor: Actor, verb: string, verbs: VerbTable): Scope {
  if (actor.kind === 'system') return systemScope
  const person = actor.personId ?? ''
  if (verb === PUBLIC) return { ...publicScope, person }
  const holders = verb === SIGNED_IN ? null : (verbs[verb] ?? [])
  // What everyone may do for themselves opens no area; and an administrator runs the system without reading its records.
  const counting = holders === null ? [] : effectiveGrants(actor).filter((grant) => grant.role !== 'administrator' && holders.includes(grant.role))
  const asContact = !actor.seeingAs && (holders === null || holders.includes(CONTACT))
  const areas = new Set<string>()
  const departments = new Set<string>()
  for (const grant of counting) {
    // A department officer sees the trade of the department, not the whole area; keys are `district/department`.
    if (grant.role === 'departmentOfficer') for (const area of grant.areas) departments.add(`${area}/${grant.department ?? ''}`)
    // A case officer sees what carries their own key and nothing else of the area; and nobody else sees that.
    else if (grant.role === 'caseOfficer') for (const area of grant.areas) departments.add(`${area}/caseOfficer`)
    else for (const area of grant.areas) areas.add(area)
  }
  return { named: '', person, areas: [...areas], departments: [...departments], enterprises: asContact ? actor.enterprises : [], units: [...new Set(counting.map((grant) => grant.unitId))] }
}
/**
 * The scope a request gets: areas and units open only under verbs of rooms that keep records by area, so that reading a rule table
 * does not open the firms of the district to the same transaction.
 */
export function requestScope(actor: Actor, verb: string, rights: { verbs: VerbTable; recordVerbs: ReadonlySet<string> }): Scope {
  const scope = scopeFor(actor, verb, rights.verbs)
  return rights.recordVerbs.has(verb) || scope.named === 'system' ? scope : { ...scope, areas: [], departments: [], units: [] }
}
/** Whether the actor is a contact of this firm: then its matters are for somebody else to decide. */
export function isOwnFirm(actor: Actor, enterpriseId: string): boolean {
  return actor.enterprises.includes(enterpriseId)
}
/** The grant under which a deed on a row with these area codes is done: one that covers them, else the first that holds the verb. */
export function unitCovering(actor: Actor, verb: string, verbs: VerbTable, codes: readonly (string | null)[]): ActorGrant | undefined {
  const holders = verbs[verb] ?? []
  const holding = effectiveGrants(actor).filter((grant) => holders.includes(grant.role))
  return holding.find((grant) => codes.some((code) => code !== null && grant.areas.includes(code))) ?? holding[0]
}
/** The unit in whose name a deed under this verb is done. */
export function unitFor(actor: Actor, verb: string, verbs: VerbTable): ActorGrant | undefined {
  const holders = verbs[verb] ?? []
  return effectiveGrants(actor).find((grant) => holders.includes(grant.role))
}
