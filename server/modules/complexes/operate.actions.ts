// What an operator does with its complex: register it, keep it right, keep the list of its tenants.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { addTenants, changeComplex, Complex, endTenant, registerComplex } from '@fugong/contract/complexes'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { firmById, firmsByCodes } from '../enterprises/index.ts'
import { askThose } from './ask.actions.ts'
import { loadOwn, toComplex } from './shared.actions.ts'
import { endTenantRow, insertComplex, selectFilings, selectTenants, updateComplex, upsertTenant, type ComplexRow } from './store.ts'

export async function register(ctx: Ctx, { body }: Input<typeof registerComplex>): Promise<Complex> {
  const firm = await firmById(ctx, body.enterpriseId)
  if (!firm || !ctx.actor.enterprises.includes(firm.id)) throw problem('not_found')
  if (firm.state !== 'active') throw problem('enterprises.not_active')
  if (firm.codeState === 'pending') throw problem('enterprises.code_unconfirmed')
  const issues = await placeIssues(ctx, body)
  if (issues.length) throw invalid(issues)
  const now = ctx.now.toISOString()
  const row: ComplexRow = {
    id: newId(), revision: 1, operatorId: firm.id, operatorName: firm.name, operatorCode: firm.creditCode, name: body.name.trim(), scene: body.scene, address: body.address.trim(), districtCode: body.districtCode, streetCode: body.streetCode, zoneCode: body.zoneCode ?? null,
    registeredAt: now, registeredBy: ctx.actor.personId, sample: firm.sample, changedBy: ctx.actor.personId, changedAt: now,
  }
  await insertComplex(ctx, row)
  ctx.announce('complex.registered', { kind: 'complex', id: row.id }, { operatorId: row.operatorId, districtCode: row.districtCode })
  return toComplex(ctx, row)
}
async function placeIssues(ctx: Ctx, { districtCode, streetCode, zoneCode }: Pick<ComplexRow, 'districtCode' | 'streetCode'> & { zoneCode?: string | null | undefined }): Promise<Issue[]> {
  const [district, street, zone] = [await findArea(ctx, districtCode), await findArea(ctx, streetCode), zoneCode ? await findArea(ctx, zoneCode) : null]
  return [
    ...(district?.kind === 'district' ? [] : [{ path: '/districtCode', code: 'issue.area_unknown' }]), ...(street?.kind === 'street' && street.parent === districtCode ? [] : [{ path: '/streetCode', code: 'issue.street_outside_district' }]),
    ...(!zoneCode || (zone?.kind === 'devZone' && zone.hosts.includes(districtCode)) ? [] : [{ path: '/zoneCode', code: 'issue.zone_outside_district' }]),
  ]
}
/** Where it lies stays: whoever answers for it there has its history. */
export async function change(ctx: Ctx, { params, body }: Input<typeof changeComplex>): Promise<Complex> {
  const row = await loadOwn(ctx, params.id, body.revision)
  ctx.announce('complex.changed', { kind: 'complex', id: row.id }, { fields: ['name', 'scene', 'address'] })
  return toComplex(ctx, await updateComplex(ctx, row, { name: body.name.trim(), scene: body.scene, address: body.address.trim() }))
}

const limits = (ctx: Ctx, { districtCode }: ComplexRow) => limitsOf<{ mostTenants: number }>('complexes', `${districtCode.slice(0, 4)}00`, ctx.now)
/** Told to be there; whether a firm of that code is in the register is counted, not who it is. One that comes while a filing is out is asked too. */
export async function add(ctx: Ctx, { params, body }: Input<typeof addTenants>): Promise<Returns<typeof addTenants>> {
  const row = await loadOwn(ctx, params.id, body.revision)
  if (body.tenants.some(({ creditCode }) => creditCode === row.operatorCode)) throw problem('complexes.own_tenant')
  const { mostTenants } = limits(ctx, row)
  const present = await selectTenants(ctx, [row.id])
  const known = new Set(present.map(({ creditCode }) => creditCode))
  if (present.length + body.tenants.filter(({ creditCode }) => !known.has(creditCode)).length > mostTenants) throw problem('complexes.too_many_tenants', { limit: mostTenants })
  const outcomes = []
  for (const { creditCode, name, shop, headcount } of body.tenants) {
    outcomes.push(await upsertTenant(ctx, { id: newId(), complexId: row.id, operatorId: row.operatorId, creditCode, name: name.trim(), shop: shop.trim(), headcount: headcount ?? null, addedAt: ctx.now.toISOString(), endedAt: null, districtCode: row.districtCode, streetCode: row.streetCode, zoneCode: row.zoneCode }))
  }
  const [added, changed] = [outcomes.filter((one) => one === 'added').length, outcomes.filter((one) => one === 'changed').length]
  const registered = (await elevated(ctx, (system) => firmsByCodes(system, body.tenants.map(({ creditCode }) => creditCode)))).length
  const filing = (await selectFilings(ctx, [row.id])).get(row.id)
  if (filing?.state === 'asked') await askThose(ctx, row, filing)
  ctx.announce('complex.tenants_added', { kind: 'complex', id: row.id }, { added, changed })
  return { complex: await toComplex(ctx, await updateComplex(ctx, row)), added, changed, registered }
}
export async function end(ctx: Ctx, { params, body }: Input<typeof endTenant>): Promise<Complex> {
  const row = await loadOwn(ctx, params.id, body.revision)
  if (!(await endTenantRow(ctx, row.id, params.tenantId))) throw problem('not_found')
  ctx.announce('complex.tenant_ended', { kind: 'complex', id: row.id }, { tenantId: params.tenantId })
  return toComplex(ctx, await updateComplex(ctx, row))
}
