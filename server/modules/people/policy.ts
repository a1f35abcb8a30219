// Who may see and change rosters: a firm its own, case officers those of their district, the district's offices numbers only, administrators nothing.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'roster.read': ['enterpriseContact'],
  'roster.change': ['enterpriseContact'],
  'roster.unmask': ['enterpriseContact'],
  'roster.import': ['enterpriseContact'],
  'roster.count': ['reviewer', 'commander'],
  'roster.facts': ['caseOfficer'],
  'keys.read': ['administrator'],
  'keys.rotate': ['administrator'],
} satisfies VerbTable
/** Administrators replace keys without reaching a record. */
export const recordVerbs = ['roster.read', 'roster.change', 'roster.unmask', 'roster.import', 'roster.count', 'roster.facts']

const ofFirm = { enterprise: 'enterprise_id', department: 'case_key' }
/** No area reaches these rows: whoever counts in a district opens its areas, and sees no person by them. */
export const employments: ScopedTable = { table: 'people.employments', ...ofFirm }
export const changes: ScopedTable = { table: 'people.changes', ...ofFirm }
export const reads: ScopedTable = { table: 'people.reads', ...ofFirm }
export const counts: ScopedTable = { table: 'people.counts', enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'] }
export const posters: ScopedTable = { table: 'people.posters', enterprise: 'enterprise_id' }
export const entries: ScopedTable = { table: 'people.entries', enterprise: 'enterprise_id' }
/** The system's own: who is who across firms, and how far a change of keys has come. */
const persons: ScopedTable = { table: 'people.persons' }
const rotations: ScopedTable = { table: 'people.rotations' }
export const scopes: ScopedTable[] = [persons, employments, changes, reads, counts, posters, entries, rotations]
export const constraints: Record<string, ProblemCode> = { employments_once: 'people.already_there', rotations_one: 'people.rotation_running' }

/** A roster is there for its own firm's contacts; for everybody else there is no such thing. */
export function requireOwnFirm(ctx: Ctx, enterpriseId: string): void {
  if (!isOwnFirm(ctx.actor, enterpriseId) || !ctx.scope.enterprises.includes(enterpriseId)) throw problem('not_found')
}
