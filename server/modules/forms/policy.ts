// Forms in force are public: whoever must fill one in may see it. Staff read how they came about; writing and publishing are two rights of two people.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'form.read': ['administrator', 'commander', 'reviewer', 'departmentOfficer', 'specialist', 'communityWorker'],
  'form.edit': ['administrator', 'commander', 'departmentOfficer'],
  'form.publish': ['administrator', 'commander'],
  'burden.read': ['administrator', 'commander', 'reviewer', 'departmentOfficer'],
} satisfies VerbTable
// Forms themselves lie in no area's records: reading one opens nobody's register.
export const recordVerbs = ['burden.read'] as const satisfies (keyof typeof verbs)[]
export const askingsTable: ScopedTable = { table: 'forms.askings', enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const scopes: ScopedTable[] = [askingsTable]
export const constraints: Record<string, ProblemCode> = { forms_forms_version: 'forms.version_taken', dictionary_version: 'forms.version_taken' }

/** A form binds everyone in its area, so whoever writes or publishes it must hold the right for that whole area. */
export function coversArea(ctx: Ctx, verb: keyof typeof verbs, ancestors: readonly string[]): boolean {
  if (ctx.actor.kind === 'system') return true
  return ctx.may(verb) && ctx.actor.grants.some((grant) => (verbs[verb] as readonly string[]).includes(grant.role) && ancestors.includes(grant.areaCode))
}
/** The second person wrote nothing of it. */
export function isSecondPerson(ctx: Ctx, draft: { authors: readonly string[] }): boolean {
  return ctx.actor.personId !== null && !draft.authors.includes(ctx.actor.personId)
}
