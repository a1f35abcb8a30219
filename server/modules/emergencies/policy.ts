// Who may begin, stage and end emergencies. That they exist is public: firms must know which one they declare under.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'emergency.begin': ['commander', 'administrator'],
  'emergency.stage': ['commander', 'administrator'],
  'emergency.end': ['commander', 'administrator'],
  'emergency.read_packs': ['administrator', 'commander'],
} satisfies VerbTable
export const scopes: ScopedTable[] = []
export const constraints: Record<string, ProblemCode> = {}

/** An emergency binds its whole area, so the right must be held for that area or one above it. */
export function coversArea(ctx: Ctx, verb: keyof typeof verbs, ancestors: readonly string[]): boolean {
  if (ctx.actor.kind === 'system') return true
  return ctx.may(verb) && ctx.actor.grants.some((grant) => (verbs[verb] as readonly string[]).includes(grant.role) && ancestors.includes(grant.areaCode))
}
