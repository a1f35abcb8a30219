// Who may do what with areas. Areas themselves are public facts.
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'
import type { ProblemCode } from '@fugong/contract/problems'

export const verbs = { 'area.add_community': ['administrator', 'reviewer'] } satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = { areas_pkey: 'areas.code_taken' }

/** Codes that a grant may carry which reaches a street: its own and its district's. */
export const covering = (street: string): string[] => [street, street.slice(0, 6)]
/** A street, its district or the city may add communities below the street; any grant will do, also a lent one. */
export function mayAddCommunity(ctx: Ctx, street: string): boolean {
  const holders: readonly string[] = verbs['area.add_community']
  return ctx.actor.grants.some((grant) => holders.includes(grant.role) && covering(street).some((code) => grant.areas.includes(code)))
}
