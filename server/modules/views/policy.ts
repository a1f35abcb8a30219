// Who keeps views of lists, whose they are, and who may change them.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = { 'view.keep': ['administrator', 'commander', 'reviewer', 'departmentOfficer', 'specialist', 'communityWorker'] } satisfies VerbTable

// A person reaches their own; what a colleague shared is read `elevated`, after the units of the caller are known.
export const viewsScope: ScopedTable = { table: 'views.views', person: 'person_id' }
export const defaultsScope: ScopedTable = { table: 'views.defaults', person: 'person_id' }
export const scopes: ScopedTable[] = [viewsScope, defaultsScope]
export const constraints: Record<string, ProblemCode> = { views_name: 'views.name_taken' }

/** The units a person acts for now: views shared with them are theirs to use. */
export function unitsOf({ actor }: Ctx): string[] {
  return [...new Set((actor.seeingAs ? [actor.seeingAs] : actor.grants).map((grant) => grant.unitId))]
}
/** Only its author changes or removes a view; everyone may begin with it. */
export function deedsOn(ctx: Ctx, view: { personId: string }): string[] {
  return ctx.may('view.keep') && view.personId === ctx.actor.personId ? ['change', 'remove'] : []
}
