// Asks the table of routes by which units a declaration goes, and finds those units.
import type { RouteUnit } from '@fugong/contract/declarations'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { Problem, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { findReviewUnit, findUnitAt } from '../identity/index.ts'
import { decide } from '../rules/index.ts'
import { settle, soughtAt, wishesOf, type Found, type Node, type Place, type Route } from './route.rules.ts'
import type { Judged } from './judge.actions.ts'

export const ROUTE = 'declaration.route'

export async function routeOf(ctx: Ctx, row: Judged & { streetCode: string; communityCode: string | null; departmentKey: string | null }, outcome: { level: string | null; procedure: string }): Promise<Route> {
  const decision = await decisionOf(ctx, row, outcome)
  const steps = decision ? settle(wishesOf(decision.outputs), await unitsAt(ctx, row)) : await byPlace(ctx, row)
  if (!steps.length) throw problem('declarations.no_unit')
  return { decision, steps }
}
async function decisionOf(ctx: Ctx, row: Judged, { level, procedure }: { level: string | null; procedure: string }): Promise<Decision | null> {
  const inputs = { zone: row.zoneCode !== null, kind: row.enterpriseKind ?? 'company', acrossDistricts: row.acrossDistricts, collective: row.operatorId !== null, scene: row.scene, size: row.enterpriseSize ?? 'undetermined', level: level ?? 'unlisted', procedure }
  try {
    return await decide(ctx, { table: ROUTE, areaCode: row.districtCode, kind: row.emergencyKind, inputs })
  } catch (error) {
    if (error instanceof Problem && error.code === 'rules.no_table') return null
    throw error
  }
}
async function byPlace(ctx: Ctx, row: { districtCode: string; zoneCode: string | null }): Promise<Node[][]> {
  const unit = await findReviewUnit(ctx, row)
  return unit ? [[{ unitId: unit.id, role: 'lead', wanted: null }]] : []
}
/** Every unit that a table can name at this place. */
async function unitsAt(ctx: Ctx, row: { districtCode: string; streetCode: string; zoneCode: string | null; communityCode: string | null; departmentKey: string | null }): Promise<(unit: RouteUnit) => Found | undefined> {
  const place: Place = { ...row, department: row.departmentKey?.split('/')[1] ?? null, cityCode: (await findArea(ctx, row.districtCode))?.parent ?? null }
  const found = new Map<RouteUnit, Found | undefined>()
  for (const unit of ['zoneCommittee', 'street', 'community', 'department', 'cityDepartment', 'taskForce', 'command'] as const) {
    const sought = soughtAt(unit, place)
    found.set(unit, sought && (await findUnitAt(ctx, sought.kind, sought.areaCode, sought.department)))
  }
  return (unit) => found.get(unit)
}
