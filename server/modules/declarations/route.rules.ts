// By which units a declaration goes, as a table said it: steps in order, units of one step together, and who acts where a unit is missing.
import { routeUnits, type RouteUnit } from '@fugong/contract/declarations'
import type { Decision } from '@fugong/contract/rules'

type UnitKind = 'commandCentre' | 'department' | 'districtTaskForce' | 'zoneCommittee' | 'streetOffice' | 'community'

/** A unit that the table asks for, and the one that acts where it does not exist. */
export interface Wish { unit: RouteUnit; otherwise: RouteUnit | null; role: 'lead' | 'help' }
type Outputs = Readonly<Record<string, unknown>>
const named = (outputs: Outputs, name: string): RouteUnit | null => routeUnits.find((one) => one === outputs[name]) ?? null

/** Steps in order; empty when the row names no lead unit. */
export function wishesOf(outputs: Outputs): Wish[][] {
  const [lead, together, then] = [named(outputs, 'lead'), named(outputs, 'together'), named(outputs, 'then')]
  if (!lead) return []
  const first: Wish[] = [{ unit: lead, otherwise: named(outputs, 'leadElse'), role: 'lead' }]
  if (together && together !== lead) first.push({ unit: together, otherwise: named(outputs, 'togetherElse'), role: 'help' })
  return then && then !== lead ? [first, [{ unit: then, otherwise: null, role: 'lead' }]] : [first]
}

export interface Place { districtCode: string; streetCode: string; zoneCode: string | null; communityCode: string | null; /** Of the trade, without the district. */ department: string | null; cityCode: string | null }
export interface Sought { kind: UnitKind; areaCode: string; department: string | null }
/** Which unit that is at a place; undefined when the place has nothing of the kind (no zone, no community named). */
export function soughtAt(unit: RouteUnit, place: Place): Sought | undefined {
  const at = (kind: UnitKind, areaCode: string | null, department: string | null = null) => (areaCode === null ? undefined : { kind, areaCode, department })
  const trade = (areaCode: string | null) => (place.department === null ? undefined : at('department', areaCode, place.department))
  switch (unit) {
    case 'zoneCommittee': return at('zoneCommittee', place.zoneCode)
    case 'street': return at('streetOffice', place.streetCode)
    case 'community': return at('community', place.communityCode)
    case 'department': return trade(place.districtCode)
    case 'cityDepartment': return trade(place.cityCode)
    case 'taskForce': return at('districtTaskForce', place.districtCode)
    case 'command': return at('commandCentre', place.cityCode)
  }
}

/** As the record keeps it. A pack without a table of routes sends everything to the task force or committee of the place; then there is no decision. */
export interface Route { decision: Decision | null; steps: Node[][] }
export interface Found { id: string }
export interface Node { unitId: string; role: 'lead' | 'help'; /** The unit that the table named, where another one acts instead. */ wanted: RouteUnit | null }
/**
 * The units that there are: a missing one is replaced by its stand-in, then by those who answer for the whole place. A unit
 * that would stand twice in a step stands once; a step all of whose units are in the one before is left out.
 */
export function settle(wishes: readonly (readonly Wish[])[], find: (unit: RouteUnit) => Found | undefined): Node[][] {
  const steps: Node[][] = []
  for (const wished of wishes) {
    const nodes: Node[] = []
    for (const { unit, otherwise, role } of wished) {
      // A helping unit without any stand-in is no reason to send the whole matter higher: the lead unit decides.
      const chain: (RouteUnit | null)[] = role === 'lead' ? [unit, otherwise, 'taskForce', 'command'] : [unit, otherwise]
      const used = chain.find((one) => one !== null && find(one))
      const found = used && find(used)
      if (!found || nodes.some((node) => node.unitId === found.id)) continue
      nodes.push({ unitId: found.id, role, wanted: used === unit ? null : unit })
    }
    const before = new Set(steps.at(-1)?.map((node) => node.unitId))
    if (nodes.length && !nodes.every((node) => before.has(node.unitId))) steps.push(nodes)
  }
  return steps
}
