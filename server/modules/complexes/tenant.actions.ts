// What a tenant does with a collective declaration: read the plan, confirm it with the pledge as its own, or object.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { confirmTenant, listTenantRequests, objectTenant, TenantRequest } from '@fugong/contract/complexes'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { declareForTenant, planDayFault } from '../declarations/index.ts'
import { getEnterpriseOf } from '../enterprises/index.ts'
import { filesOf } from '../files/index.ts'
import { filingById, lockFiling, lockOwnConfirmation, selectOwnConfirmations, tenantById, updateConfirmation, type ConfirmationRow } from './store.ts'

export async function listRequests(ctx: Ctx): Promise<Returns<typeof listTenantRequests>> {
  const rows = await selectOwnConfirmations(ctx)
  return { items: await Promise.all(rows.map((row) => toRequest(ctx, row))) }
}
/** The operator's plan, its papers by name, the tenant's own shop; nothing of other tenants. */
async function toRequest(ctx: Ctx, row: ConfirmationRow): Promise<TenantRequest> {
  const { filing, complex, tenant, files } = await elevated(ctx, async (system) => {
    const found = await filingById(system, row.filingId)
    return { ...found, tenant: await tenantById(system, row.tenantId), files: await filesOf(system, found.filing.fileIds) }
  })
  const { id, revision, state, enterpriseId, enterpriseName, headcount, plannedDate, askedAt, answeredAt, reason, declarationId } = row
  return {
    id, revision, state, complex: complex.name, address: complex.address, operator: complex.operatorName, enterpriseId, enterpriseName, shop: tenant.shop, headcount, plannedDate, emergencyKind: filing.emergencyKind, districtCode: filing.districtCode, formVersion: filing.formVersion,
    answers: filing.answers, files: files.map(({ name }) => name), askedAt, answeredAt, reason, declarationId, open: filing.state === 'asked' && tenant.endedAt === null && (state === 'asked' || state === 'objected'),
  }
}
/** The request on the revision its reader looked at, while the filing is out; the filing is held so that it is not closed meanwhile. */
async function loadRequest(ctx: Ctx, id: string, revision: number): Promise<ConfirmationRow> {
  const row = await lockOwnConfirmation(ctx, id)
  const open = await elevated(ctx, async (system) => (await lockFiling(system, row.filingId)).state === 'asked' && (await tenantById(system, row.tenantId)).endedAt === null)
  if (row.revision !== revision || !open || (row.state !== 'asked' && row.state !== 'objected')) throw problem('complexes.request_over')
  return row
}
/** One transaction: the answer and the tenant's own declaration with the operator's plan, submitted by the rules that hold for any other. */
export async function confirm(ctx: Ctx, { params, body }: Input<typeof confirmTenant>): Promise<TenantRequest> {
  const row = await loadRequest(ctx, params.id, body.revision)
  const fault: Issue | undefined = planDayFault(body.plannedDate, shanghaiDay(ctx.now))
  if (fault) throw invalid([fault])
  const { filing } = await elevated(ctx, (system) => filingById(system, row.filingId))
  // The plan is that of one place: whoever works elsewhere too declares there itself.
  const { workplace } = await getEnterpriseOf(ctx, row.enterpriseId, body.workplaceId)
  if (workplace && workplace.districtCode !== filing.districtCode) throw invalid([{ path: '/workplaceId', code: 'issue.outside_complex' }])
  const declaration = await declareForTenant(ctx, { enterpriseId: row.enterpriseId, workplaceId: body.workplaceId, operatorId: filing.operatorId, plannedDate: body.plannedDate, headcount: body.headcount, answers: filing.answers, fileIds: filing.fileIds })
  const confirmed = await updateConfirmation(ctx, row, { state: 'confirmed', headcount: body.headcount, plannedDate: body.plannedDate, reason: null, answeredAt: ctx.now.toISOString(), answeredBy: ctx.actor.personId, declarationId: declaration.id })
  ctx.announce('complex.tenant_confirmed', { kind: 'complexFiling', id: row.filingId }, { tenantId: row.tenantId, declarationId: declaration.id })
  return toRequest(ctx, confirmed)
}
export async function object(ctx: Ctx, { params, body }: Input<typeof objectTenant>): Promise<TenantRequest> {
  const row = await loadRequest(ctx, params.id, body.revision)
  const objected = await updateConfirmation(ctx, row, { state: 'objected', reason: body.reason.trim(), answeredAt: ctx.now.toISOString(), answeredBy: ctx.actor.personId })
  ctx.announce('complex.tenant_objected', { kind: 'complexFiling', id: row.filingId }, { tenantId: row.tenantId })
  return toRequest(ctx, objected)
}
