// Who may export, who may agree to personal columns, and which exports each person sees: their own.
import type { ProblemCode } from '@fugong/contract/problems'
import { scopeFor, unitCovering, type ActorGrant, type Scope, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'
import { covers, type Reach } from './rules.ts'

export const verbs = {
  'export.make': ['reviewer', 'departmentOfficer', 'caseOfficer', 'commander', 'specialist'],
  'export.approve': ['reviewer', 'departmentOfficer', 'caseOfficer', 'commander'],
} satisfies VerbTable

export const exportsTable: ScopedTable = { table: 'exports.exports', person: 'asked_by' }
export const scopes: ScopedTable[] = [exportsTable]
export const constraints: Record<string, ProblemCode> = {}

/** What of a scope a second person must reach too: the areas and trades of the office, not the requester's own firms. */
export const reachOf = ({ areas, departments }: Pick<Scope, 'areas' | 'departments'>): Reach => ({ areas: [...areas].sort(), departments: [...departments].sort() })
/** Four eyes: another person, whose own rights to decide reach everything that the export reaches. */
export function mayDecide(ctx: Ctx, request: Reach & { askedBy: string }): boolean {
  return ctx.may('export.approve') && ctx.actor.personId !== request.askedBy && reaches(ctx, request)
}
export function reaches(ctx: Ctx, request: Reach): boolean {
  return covers(scopeFor(ctx.actor, 'export.approve', verbs), request)
}
/** The unit in whose name the caller decides. */
export function decidingUnit(ctx: Ctx, request: Reach): ActorGrant | undefined {
  return unitCovering(ctx.actor, 'export.approve', verbs, [...request.areas, ...request.departments.map((key) => key.split('/')[0]!)])
}
