// Who is told about a stop-work order: the firm when it is given, returned, lifted or ends in a revocation; the unit when the firm has handed in.
import type { Ctx } from '../../base/context.ts'
import { unitNames } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import type { OrderRecord } from './store.ts'

const toFirm = (row: OrderRecord) => ({ to: { enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName }, link: `/portal/orders/${row.id}`, about: { kind: 'order', id: row.id } })
const unitOf = async (ctx: Ctx, row: OrderRecord) => (await unitNames(ctx, [row.unitId])).get(row.unitId) ?? { zh: '–', en: '–' }
const placeOf = (row: OrderRecord) => ({ firm: row.enterpriseName, workplace: row.workplaceName })

/** Given, or given back with a new last day. */
export async function tellIssued(ctx: Ctx, row: OrderRecord, until: string): Promise<void> {
  await notify(ctx, { ...toFirm(row), template: 'stop_order.issued', params: { ...placeOf(row), unit: await unitOf(ctx, row), until } })
}
export async function tellLifted(ctx: Ctx, row: OrderRecord): Promise<void> {
  await notify(ctx, { ...toFirm(row), template: 'stop_order.lifted', params: { ...placeOf(row), unit: await unitOf(ctx, row) } })
}
export async function tellRevoked(ctx: Ctx, row: OrderRecord): Promise<void> {
  await notify(ctx, { ...toFirm(row), template: 'certificate.revoked', params: { firm: row.enterpriseName, number: row.certificateNumber, unit: await unitOf(ctx, row) } })
}
export async function tellUnit(ctx: Ctx, row: OrderRecord): Promise<void> {
  await notify(ctx, { template: 'stop_order.rectified', to: { unitId: row.unitId, verb: 'order.issue' }, params: placeOf(row), link: `/console/orders/${row.id}`, about: { kind: 'order', id: row.id } })
}
