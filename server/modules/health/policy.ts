// Who may reach which rows of the health room; raw reports and sealed answers are the system's alone.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'health.phones': ['enterpriseContact'],
  'health.report': ['enterpriseContact'],
  'health.gates': ['enterpriseContact'],
  'health.firm': ['enterpriseContact'],
  'health.hand_over': ['enterpriseContact'],
  'health.count': ['reviewer', 'commander'],
  'health.signals': ['caseOfficer'],
  'health.erasures': ['administrator', 'commander', 'caseOfficer'],
} satisfies VerbTable
/** The verbs that open areas: counts by place. Firms reach their own by their id. */
export const recordVerbs = ['health.count', 'health.firm', 'health.hand_over', 'health.signals']

// Read `elevated` by the intake and by the few actions that say for whom: no request's own scope reaches a raw report.
export const scopes: ScopedTable[] = ['subjects', 'bindings', 'reports', 'superseded', 'envelopes', 'deltas', 'day_keys', 'binding_asks', 'binding_tries', 'gates'].map((name) => ({ table: `health.${name}` }))
/** How many are expected where: numbers alone, so that areas open it. */
export const placesTable: ScopedTable = { table: 'health.places', enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'] }
const handovers: ScopedTable = { table: 'health.handovers', enterprise: 'enterprise_id' }
const reminders: ScopedTable = { table: 'health.reminders', enterprise: 'enterprise_id' }
scopes.push(placesTable, handovers, reminders, { table: 'health.sweeps' }, { table: 'health.turns' }, { table: 'health.statuses' }, { table: 'health.same_answers' }, { table: 'health.erasures' })
/** Names may stand there: case officers of the district, and nobody else. */
export const signalsTable: ScopedTable = { table: 'health.signals', department: 'case_key' }
scopes.push(signalsTable)
export const countsTable: ScopedTable = { table: 'health.counts', enterprise: 'enterprise_id' }
scopes.push(countsTable)
export const constraints: Record<string, ProblemCode> = {}

/** Phones of a firm's people are there for its own contacts; for everybody else there is no such thing. */
export function requireOwnFirm(ctx: Ctx, enterpriseId: string): void {
  if (!isOwnFirm(ctx.actor, enterpriseId) || !ctx.scope.enterprises.includes(enterpriseId)) throw problem('not_found')
}
