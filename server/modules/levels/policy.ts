// Who may set risk levels, and where. Levels themselves are public facts.
import { scopeFor, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'
import type { ProblemCode } from '@fugong/contract/problems'

export const verbs = { 'level.set': ['commander'] } satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = {}

/** Whether the caller may set the level of this district, whatever they are doing at the moment. */
export function maySet(ctx: Ctx, areaCode: string): boolean {
  const scope = scopeFor(ctx.actor, 'level.set', verbs)
  return ctx.may('level.set') && (scope.named === 'system' || scope.areas.includes(areaCode))
}
/** Names of people stay inside the house; everyone else reads the unit. */
export function readsNames(ctx: Ctx): boolean {
  return ctx.actor.kind === 'system' || ctx.actor.kind === 'staff'
}
