// Who may read, propose and confirm decision tables.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'table.read': ['administrator', 'commander', 'reviewer', 'departmentOfficer', 'specialist', 'communityWorker'],
  'table.propose': ['administrator', 'commander', 'departmentOfficer'],
  'table.confirm': ['administrator', 'commander'],
} satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = { rules_tables_version: 'rules.version_taken' }

/** A table binds everyone in its area, so the one who proposes or confirms it must hold the right for that whole area. */
export function coversArea(ctx: Ctx, verb: keyof typeof verbs, ancestors: readonly string[]): boolean {
  if (ctx.actor.kind === 'system') return true
  return ctx.may(verb) && ctx.actor.grants.some((grant) => (verbs[verb] as readonly string[]).includes(grant.role) && ancestors.includes(grant.areaCode))
}
/** The second person is another one than the proposer. */
export function isSecondPerson(ctx: Ctx, proposal: { proposedBy: string }): boolean {
  return ctx.actor.personId !== null && ctx.actor.personId !== proposal.proposedBy
}
/** The first area at or below `area` for which the caller holds the right to propose. */
export async function ownAreaBelow(ctx: Ctx, area: string, above: (code: string) => Promise<string[]>): Promise<string | undefined> {
  for (const grant of ctx.actor.grants) {
    if ((verbs['table.propose'] as readonly string[]).includes(grant.role) && (await above(grant.areaCode)).includes(area)) return grant.areaCode
  }
  return undefined
}
