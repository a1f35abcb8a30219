// Decisions about complexes: where a tenant stands in a filing, and which deeds that allows.
import type { ComplexCounts, FilingState, TenantState } from '@fugong/contract/complexes'

export interface Standing { tenantId: string; state: 'asked' | 'confirmed' | 'objected' | 'leftOut' }
/** Where a tenant stands: without a filing that was sent it stands nowhere; not in the register, nobody can be asked. */
export function tenantState(filing: FilingState | null, answered: Standing['state'] | undefined): TenantState | null {
  if (answered) return answered
  return filing === 'asked' ? 'unregistered' : null
}
/** What an operator can do with a tenant: it leaves the building; it is left out while it has not confirmed. */
export function deedsOnTenant(filing: FilingState | null, state: TenantState | null): string[] {
  return ['end', ...(filing === 'asked' && (state === 'asked' || state === 'objected') ? ['leaveOut'] : [])]
}
/** What an operator can do with the filing. */
export function deedsOnFiling(state: FilingState | null): string[] {
  return state === null || state === 'closed' ? ['openFiling'] : state === 'draft' ? ['saveFiling', 'askTenants', 'closeFiling'] : ['closeFiling']
}
export interface CountedTenant { headcount: number | null; state: TenantState | null; declaration: { state: string; certificateNumber: string | null } | null }
export function countsOf(tenants: readonly CountedTenant[]): ComplexCounts {
  const many = (is: (tenant: CountedTenant) => boolean) => tenants.filter(is).length
  const by = (state: TenantState) => many((tenant) => tenant.state === state)
  return {
    tenants: tenants.length, heads: tenants.reduce((sum, { headcount }) => sum + (headcount ?? 0), 0), unregistered: by('unregistered'), asked: by('asked'), confirmed: by('confirmed'), objected: by('objected'), leftOut: by('leftOut'),
    underReview: many(({ declaration }) => declaration !== null && (declaration.state === 'underReview' || declaration.state === 'siteCheckPending')), filed: many(({ declaration }) => declaration?.certificateNumber != null),
  }
}
