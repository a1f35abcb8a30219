// Who may order a workplace to stop and who may answer for it; which orders each may see.
import type { ProblemCode } from '@fugong/contract/problems'
import { isOwnFirm, scopeFor, type ActorGrant, type VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { visibleTo, type ScopedTable } from '../../base/scope.ts'

export const verbs = {
  'order.read': ['enterpriseContact', 'reviewer', 'departmentOfficer', 'commander', 'specialist'],
  'order.issue': ['reviewer', 'departmentOfficer', 'commander'],
  'order.answer': ['enterpriseContact'],
} satisfies VerbTable

const columns = { enterprise: 'enterprise_id', areas: ['district_code', 'street_code', 'zone_code'], department: 'department_key' }
export const ordersTable: ScopedTable = { table: 'orders.orders', ...columns, openedTo: 'id' }
export const itemsTable: ScopedTable = { table: 'orders.items', ...columns, openedTo: 'order_id' }
export const scopes: ScopedTable[] = [ordersTable, itemsTable]
export const constraints: Record<string, ProblemCode> = { orders_one_open: 'orders.open_exists', orders_number: 'orders.number_taken' }

export const visibleOrders = (ctx: Ctx, alias: string) => visibleTo(ordersTable, ctx.scope, alias)

interface Place { districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
/** The grants under which the caller may order something at this place: the area of a reviewer, the trade of a department officer; having had a part in its filing is not enough. */
export function grantsAt({ actor }: Ctx, { districtCode, streetCode, zoneCode, departmentKey }: Place): ActorGrant[] {
  if (actor.seeingAs) return []
  return actor.grants.filter((grant) => (verbs['order.issue'] as readonly string[]).includes(grant.role) && (grant.role === 'departmentOfficer'
    ? grant.areas.some((area) => `${area}/${grant.department ?? ''}` === departmentKey)
    : [districtCode, streetCode, zoneCode].some((code) => code !== null && grant.areas.includes(code))))
}
/** Nobody deals with an order against their own firm. */
export const isOwn = ({ actor }: Ctx, row: { enterpriseId: string }): boolean => isOwnFirm(actor, row.enterpriseId)
/** The firm reads offices by their unit. */
export const readsAsFirm = ({ scope }: Ctx, row: { enterpriseId: string }): boolean => scope.enterprises.includes(row.enterpriseId)
export const answersFor = (ctx: Ctx, row: { enterpriseId: string }): boolean => ctx.may('order.answer') && scopeFor(ctx.actor, 'order.answer', verbs).enterprises.includes(row.enterpriseId)
