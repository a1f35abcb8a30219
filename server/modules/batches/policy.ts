// Who plans, who reads a plan, which firms of it each may see, and in whose name a plan is changed.
import type { ProblemCode } from '@fugong/contract/problems'
import type { ActorGrant, VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'batch.plan': ['reviewer', 'departmentOfficer', 'commander'],
  'batch.read': ['reviewer', 'departmentOfficer', 'commander'],
  'batch.answer': ['enterpriseContact'],
} satisfies VerbTable

const place = { areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
/** Which areas a plan concerns, and of a department's plan which trade there. */
const reachesTable: ScopedTable = { table: 'batches.reaches', areas: ['area_code'], department: 'department_key' }
const byReach = { through: { table: reachesTable, column: 'plan_id', own: 'id', when: 'spread' } }
/** A plan is known to every office whose area it concerns; of its firms each office sees its own. */
export const plansTable: ScopedTable = { table: 'batches.plans', ...byReach }
const ofPlan = { through: { ...byReach.through, own: 'plan_id' } }
export const batchesTable: ScopedTable = { table: 'batches.batches', ...ofPlan }
export const deedsTable: ScopedTable = { table: 'batches.deeds', ...ofPlan }
export const membersTable: ScopedTable = { table: 'batches.members', enterprise: 'enterprise_id', ...place }
/** Offices only: a firm is told its day, not how it came to it. */
export const movesTable: ScopedTable = { table: 'batches.moves', ...place }
export const scopes: ScopedTable[] = [reachesTable, plansTable, batchesTable, deedsTable, membersTable, movesTable]
export const constraints: Record<string, ProblemCode> = { members_one_plan: 'batches.already_planned', members_once: 'batches.already_planned', batches_day: 'batches.day_taken' }

/** The grants under which the caller plans. */
export function planningGrants({ actor }: Pick<Ctx, 'actor'>): ActorGrant[] {
  const planners: readonly string[] = verbs['batch.plan']
  return (actor.seeingAs ? [actor.seeingAs] : actor.grants).filter((grant) => planners.includes(grant.role))
}
/** The caller's grant for the unit of a plan; without one a plan is looked at and left alone. */
export function grantFor(ctx: Pick<Ctx, 'actor'>, unitId: string): ActorGrant | undefined {
  return planningGrants(ctx).find((grant) => grant.unitId === unitId)
}
/** What a plan of this grant reaches: its areas, and for a department its trade there. */
export function reachesOf({ role, areas, department }: ActorGrant): { areaCode: string; departmentKey: string | null }[] {
  return areas.map((areaCode) => ({ areaCode, departmentKey: role === 'departmentOfficer' ? `${areaCode}/${department ?? ''}` : null }))
}
interface Place { districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
/** Whether a workplace lies in what the grant covers. */
export function covers(grant: ActorGrant, { districtCode, streetCode, zoneCode, departmentKey }: Place): boolean {
  if (grant.role === 'departmentOfficer') return departmentKey !== null && reachesOf(grant).some((reach) => reach.departmentKey === departmentKey)
  return [districtCode, streetCode, zoneCode].some((code) => code !== null && grant.areas.includes(code))
}
