// Who may do what with cases, and which rows each may see: by area, trade and firm as the record lies, and by a part that one's unit has or had.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'

// Case officers reach what carries their own key, and what was opened to their unit.
const officials = ['reviewer', 'departmentOfficer', 'caseOfficer', 'commander', 'specialist']
export const verbs = {
  'case.read': officials,
  'case.work': officials,
  'case.assign': ['reviewer', 'departmentOfficer', 'commander'],
  'case.press': ['reviewer', 'departmentOfficer', 'commander'],
  'case.figures': ['reviewer', 'departmentOfficer', 'commander'],
} satisfies VerbTable

const areas = { areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
const byCase = { enterprise: 'enterprise_id', ...areas, openedTo: 'case_id' }
export const casesTable: ScopedTable = { table: 'cases.cases', enterprise: 'enterprise_id', ...areas, openedTo: 'id' }
export const partsTable: ScopedTable = { table: 'cases.parts', ...byCase, unit: 'unit_id' }
export const clocksTable: ScopedTable = { table: 'cases.clocks', ...byCase, unit: 'unit_id' }
export const pausesTable: ScopedTable = { table: 'cases.pauses', ...byCase }
export const timelineTable: ScopedTable = { table: 'cases.timeline', ...byCase }
/** Talk of officials among themselves: the firm's own scope does not reach it. */
export const commentsTable: ScopedTable = { table: 'cases.comments', ...areas, openedTo: 'case_id' }
export const mentionsTable: ScopedTable = { table: 'cases.mentions', person: 'person_id', openedTo: 'case_id' }
export const pressesTable: ScopedTable = { table: 'cases.presses', ...areas, openedTo: 'case_id' }
export const scopes: ScopedTable[] = [casesTable, partsTable, clocksTable, pausesTable, timelineTable, commentsTable, mentionsTable, pressesTable]
export const constraints: Record<string, ProblemCode> = { cases_one_open: 'cases.open_exists' }

export const visibleCases = (ctx: Ctx, alias: string) => visibleTo(casesTable, ctx.scope, alias)
export const visibleParts = (ctx: Ctx, alias: string) => visibleTo(partsTable, ctx.scope, alias)

/** The units in whose name the caller acts. */
export const unitsOf = ({ actor }: Ctx): string[] => [...new Set((actor.seeingAs ? [actor.seeingAs] : actor.grants).filter((grant) => grant.role !== 'administrator').map((grant) => grant.unitId))]
export const isOfUnit = (ctx: Ctx, unitId: string): boolean => unitsOf(ctx).includes(unitId)
/** Nobody deals with a matter of their own firm, whatever roles they hold. */
export const isOwnMatter = ({ actor }: Ctx, row: { enterpriseId: string | null }): boolean => row.enterpriseId !== null && isOwnFirm(actor, row.enterpriseId)
/** The firm reads offices by their unit, and only what concerns it. */
export const readsAsFirm = ({ scope }: Ctx, row: { enterpriseId: string | null }): boolean => row.enterpriseId !== null && scope.enterprises.includes(row.enterpriseId)
