// Asking tenants: whoever of the list is in the register gets the request and a notice, each once for a filing.
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { firmsByCodes } from '../enterprises/index.ts'
import { notify } from '../notices/index.ts'
import { filingById, insertConfirmations, selectTenants, selectWaitingTenants, type ComplexRow, type ConfirmationRow, type FilingRow, type TenantRow } from './store.ts'

interface Firm { id: string; name: string; creditCode: string }
/** The tenant's row belongs to the tenant: it is written by an elevated step, after the operator's right was seen to. Answers how many were asked. */
export async function askThose(ctx: Ctx, complex: ComplexRow, filing: FilingRow): Promise<number> {
  const tenants = await selectTenants(ctx, [complex.id])
  const firms = new Map((await elevated(ctx, (system) => firmsByCodes(system, tenants.map(({ creditCode }) => creditCode)))).map((firm) => [firm.creditCode, firm]))
  return ask(ctx, complex, filing, tenants.flatMap((tenant) => { const firm = firms.get(tenant.creditCode); return firm ? [{ tenant, firm }] : [] }))
}
async function ask(ctx: Ctx, complex: ComplexRow, filing: FilingRow, pairs: readonly { tenant: TenantRow; firm: Firm }[]): Promise<number> {
  const now = ctx.now.toISOString()
  const asked = await elevated(ctx, (system) => insertConfirmations(system, pairs.map(({ tenant, firm }): ConfirmationRow => ({
    id: newId(), revision: 1, filingId: filing.id, tenantId: tenant.id, enterpriseId: firm.id, enterpriseName: firm.name, state: 'asked', headcount: tenant.headcount, plannedDate: filing.plannedDate, reason: null, askedAt: now, answeredAt: null, answeredBy: null, declarationId: null,
    districtCode: complex.districtCode, streetCode: complex.streetCode, zoneCode: complex.zoneCode,
  }))))
  if (!asked.length) return 0
  for (const { enterpriseId, enterpriseName } of asked) {
    await notify(ctx, { template: 'declaration.collective', to: { enterpriseId, enterpriseName }, params: { firm: enterpriseName, complex: complex.name, operator: complex.operatorName }, link: '/portal/tenant-requests', about: { kind: 'complexFiling', id: filing.id }, intent: enterpriseId })
  }
  return asked.length
}

/** A firm has come into the register whose code stands on the list of a filing that is out: it is asked now. Runs as the system. */
export async function askRegistered(system: Ctx, firm: Firm): Promise<void> {
  for (const { tenant, filing } of await selectWaitingTenants(system, firm.creditCode)) await ask(system, (await filingById(system, filing.id)).complex, filing, [{ tenant, firm }])
}
