// Who may do what with declarations, which rows each may see, and that nobody reviews what is their own.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, scopeFor, type ActorGrant, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'
import { deedsOf, type Standing } from './rules.ts'

export const verbs = {
  'declaration.open': ['enterpriseContact'],
  'declaration.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
  'declaration.review': ['reviewer', 'departmentOfficer'],
  'declaration.decide_appeal': ['reviewer', 'departmentOfficer', 'commander'],
} satisfies VerbTable

const columns = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
/** Units that have or had a part in the matter reach it too: a community, a city department, whoever decides an appeal. */
const byDeclaration = { ...columns, openedTo: 'declaration_id' }
export const declarationsTable: ScopedTable = { table: 'declarations.declarations', ...columns, openedTo: 'id' }
export const timelineTable: ScopedTable = { table: 'declarations.timeline', ...byDeclaration }
export const gapsTable: ScopedTable = { table: 'declarations.gaps', ...byDeclaration }
export const gapListsTable: ScopedTable = { table: 'declarations.gap_lists', ...byDeclaration }
export const gramsTable: ScopedTable = { table: 'declarations.grams', ...byDeclaration }
export const submissionsTable: ScopedTable = { table: 'declarations.submissions', ...byDeclaration }
export const checksTable: ScopedTable = { table: 'declarations.checks', ...byDeclaration }
export const appealsTable: ScopedTable = { table: 'declarations.appeals', ...byDeclaration }
export const correctionsTable: ScopedTable = { table: 'declarations.corrections', ...byDeclaration }
export const scopes: ScopedTable[] = [correctionsTable, declarationsTable, timelineTable, gapsTable, gapListsTable, gramsTable, submissionsTable, checksTable, appealsTable]
export const constraints: Record<string, ProblemCode> = { declarations_one_open: 'declarations.open_exists', appeals_one_open: 'declarations.appealed_once' }

export const visibleDeclarations = (ctx: Ctx, alias: string) => visibleTo(declarationsTable, ctx.scope, alias)

interface Owned { enterpriseId: string; submittedBy: string | null; districtCode: string; streetCode: string; zoneCode: string | null }

/** Whether the caller submitted it or is a contact of its firm: such a person does not review it, whatever roles they hold. */
export function isOwn({ actor }: Ctx, row: Pick<Owned, 'enterpriseId' | 'submittedBy'>): boolean {
  return actor.personId !== null && (actor.personId === row.submittedBy || isOwnFirm(actor, row.enterpriseId))
}
/** The firm reads offices by their unit; only offices read the names of officials. */
export function readsAsFirm({ scope }: Ctx, row: Pick<Owned, 'enterpriseId'>): boolean {
  return scope.enterprises.includes(row.enterpriseId)
}
/** What the screen may offer the caller: reading reaches further than reviewing, so `reviewing` says whether a unit of theirs has the next step. */
export function abilities(ctx: Ctx, row: Owned & Standing, reviewing: boolean): string[] {
  const can: string[] = []
  if (ctx.may('declaration.open') && scopeFor(ctx.actor, 'declaration.open', verbs).enterprises.includes(row.enterpriseId)) can.push(...deedsOf(row, 'firm'))
  if (reviewing && ctx.may('declaration.review') && !isOwn(ctx, row)) can.push(...deedsOf(row, 'office'))
  return can
}
/** The grants under which the caller may do a verb; reading as somebody else does nothing. */
export const grantsFor = ({ actor }: Ctx, verb: keyof typeof verbs): ActorGrant[] => (actor.seeingAs ? [] : actor.grants.filter((grant) => (verbs[verb] as readonly string[]).includes(grant.role)))
