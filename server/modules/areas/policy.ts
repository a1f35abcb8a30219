// Who may do what with areas. Areas themselves are public facts.
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'
import type { ProblemCode } from '@fugong/contract/problems'

export const verbs = { 'area.add_community': ['administrator', 'reviewer'] } satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = { areas_pkey: 'areas.code_taken' }

/** A street, its district or the city may add communities below the street. */
export function mayAddCommunity(ctx: Ctx, street: string): boolean {
  const areas = ctx.unit?.areas ?? []
  return areas.includes(street) || areas.includes(street.slice(0, 6))
}
