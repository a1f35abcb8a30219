// Who follows alerts up, who answers for a firm, who sees that a workplace is closed; rows of persons carry the case officers' key alone.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'alert.follow': ['caseOfficer'],
  'alert.answer': ['enterpriseContact'],
  'outbreak.read': ['reviewer', 'commander', 'caseOfficer', 'enterpriseContact'],
} satisfies VerbTable

const ofCase = { department: 'case_key' }
export const alertsTable: ScopedTable = { table: 'alerts.alerts', ...ofCase }
/** A firm reaches the steps that are its own to do, and no other row of this room. */
export const stepsTable: ScopedTable = { table: 'alerts.steps', enterprise: 'enterprise_id', ...ofCase }
export const contactsTable: ScopedTable = { table: 'alerts.contacts', ...ofCase }
export const appealsTable: ScopedTable = { table: 'alerts.appeals', ...ofCase }
export const changesTable: ScopedTable = { table: 'alerts.changes', ...ofCase }
export const outbreaksTable: ScopedTable = { table: 'alerts.outbreaks', enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], openedTo: 'id' }
export const scopes: ScopedTable[] = [alertsTable, stepsTable, contactsTable, appealsTable, changesTable, outbreaksTable]
export const constraints: Record<string, ProblemCode> = { changes_one_open: 'alerts.change_open', appeals_one_open: 'alerts.appeal_open' }

export const visible = (ctx: Ctx, table: ScopedTable, alias: string) => visibleTo(table, ctx.scope, alias)
export const caseKeyOf = (districtCode: string): string => `${districtCode}/caseOfficer`
/** Matters of a firm are there for its own contacts; for everybody else there is no such thing. */
export function requireOwnFirm(ctx: Ctx, enterpriseId: string): void {
  if (!isOwnFirm(ctx.actor, enterpriseId) || !ctx.scope.enterprises.includes(enterpriseId)) throw problem('not_found')
}
