// Who may do what with declarations, which rows each may see, and that nobody reviews what is their own.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, scopeFor, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'
import { deedsOf, type Standing } from './rules.ts'

export const verbs = {
  'declaration.open': ['enterpriseContact'],
  'declaration.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
  'declaration.review': ['reviewer'],
} satisfies VerbTable

const columns = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const declarationsTable: ScopedTable = { table: 'declarations.declarations', ...columns }
export const timelineTable: ScopedTable = { table: 'declarations.timeline', ...columns }
export const gapsTable: ScopedTable = { table: 'declarations.gaps', ...columns }
export const gramsTable: ScopedTable = { table: 'declarations.grams', ...columns }
export const scopes: ScopedTable[] = [declarationsTable, timelineTable, gapsTable, gramsTable]
export const constraints: Record<string, ProblemCode> = { declarations_one_open: 'declarations.open_exists' }

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
/** What the screen may offer the caller: reading reaches further than reviewing, so the reviewer's own scope is asked. */
export function abilities(ctx: Ctx, row: Owned & Standing): string[] {
  const can: string[] = []
  if (ctx.may('declaration.open') && scopeFor(ctx.actor, 'declaration.open', verbs).enterprises.includes(row.enterpriseId)) can.push(...deedsOf(row, 'firm'))
  if (ctx.may('declaration.review') && !isOwn(ctx, row)) {
    const { areas } = scopeFor(ctx.actor, 'declaration.review', verbs)
    if ([row.districtCode, row.streetCode, row.zoneCode].some((code) => code !== null && areas.includes(code))) can.push(...deedsOf(row, 'office'))
  }
  return can
}
