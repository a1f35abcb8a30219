// Who registers and runs a complex, who reads it, and that a tenant's answer is the tenant's.
import type { ProblemCode } from '@fugong/contract/problems'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'complex.operate': ['enterpriseContact'],
  'complex.confirm': ['enterpriseContact'],
  'complex.show': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander'],
  'complex.read': ['reviewer', 'departmentOfficer', 'commander'],
  'complex.import': ['reviewer'],
} satisfies VerbTable

const areas = ['district_code', 'street_code', 'zone_code']
export const complexesTable: ScopedTable = { table: 'complexes.complexes', enterprise: 'operator_id', areas }
export const tenantsTable: ScopedTable = { table: 'complexes.tenants', enterprise: 'operator_id', areas }
export const filingsTable: ScopedTable = { table: 'complexes.filings', enterprise: 'operator_id', areas }
/** The tenant's; of it the operator reads by an elevated step what the filing needs: confirmed or not, when, why not. */
export const confirmationsTable: ScopedTable = { table: 'complexes.confirmations', enterprise: 'enterprise_id', areas }
export const scopes: ScopedTable[] = [complexesTable, tenantsTable, filingsTable, confirmationsTable]
export const constraints: Record<string, ProblemCode> = { complexes_once: 'complexes.exists', filings_one_open: 'complexes.filing_open' }

/** Whether the caller runs the complex: a contact of its operator, acting as one. */
export function operates(ctx: Ctx, { operatorId }: { operatorId: string }): boolean {
  return ctx.may('complex.operate') && ctx.actor.enterprises.includes(operatorId)
}
