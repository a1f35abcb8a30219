// Who plans draws, who inspects, what firms and passers-by may read.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, scopeFor, unitCovering, type ActorGrant, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'spotcheck.plan': ['reviewer', 'commander'],
  'spotcheck.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
  'spotcheck.inspect': ['reviewer', 'departmentOfficer'],
  'spotcheck.answer': ['enterpriseContact'],
} satisfies VerbTable
/** Roles from which inspectors are drawn. */
export const inspectorRoles: readonly string[] = verbs['spotcheck.inspect']

const columns = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
/** Nothing personal stands in a draw: certificate numbers, strata, hashes and codes. */
export const drawsTable: ScopedTable = { table: 'spotchecks.draws', areas: ['district_code'], public: true }
export const entriesTable: ScopedTable = { table: 'spotchecks.entries', areas: ['district_code'], public: true }
export const checksTable: ScopedTable = { table: 'spotchecks.checks', ...columns, openedTo: 'id' }
export const visitsTable: ScopedTable = { table: 'spotchecks.visits', ...columns, openedTo: 'check_id' }
export const scopes: ScopedTable[] = [drawsTable, entriesTable, checksTable, visitsTable]
export const constraints: Record<string, ProblemCode> = {}

export const visibleDraws = (ctx: Ctx, alias: string) => visibleTo(drawsTable, ctx.scope, alias)
export const visibleChecks = (ctx: Ctx, alias: string) => visibleTo(checksTable, ctx.scope, alias)
/** The unit in whose name the caller plans a draw in an area of theirs; undefined where it is none. */
export function planningUnit(ctx: Ctx, areaCode: string): ActorGrant | undefined {
  return scopeFor(ctx.actor, 'spotcheck.plan', verbs).areas.includes(areaCode) ? unitCovering(ctx.actor, 'spotcheck.plan', verbs, [areaCode]) : undefined
}
export const isOwn = ({ actor }: Ctx, row: { enterpriseId: string }): boolean => isOwnFirm(actor, row.enterpriseId)
export const readsAsFirm = ({ scope }: Ctx, row: { enterpriseId: string }): boolean => scope.enterprises.includes(row.enterpriseId)
export const answersFor = (ctx: Ctx, row: { enterpriseId: string }): boolean => ctx.may('spotcheck.answer') && scopeFor(ctx.actor, 'spotcheck.answer', verbs).enterprises.includes(row.enterpriseId)
/** A person drawn inspects; where nobody could be drawn, whoever of the unit may. */
export const isDrawn = ({ actor }: Ctx, row: { inspectorIds: readonly string[] }): boolean => actor.personId !== null && (row.inspectorIds.length === 0 || row.inspectorIds.includes(actor.personId))
