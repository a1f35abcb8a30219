// Use cases of organisation units: list, create, rename, dissolve, load a city's file, find the unit that reviews.
import type { createUnit, dissolveUnit, listUnits, renameUnit, Unit } from '@fugong/contract/identity'
import type { Bilingual, Input, Issue, Returns } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { countGrantsOfUnit, selectAdministrators, selectHolders, selectPeopleOfUnit } from './grants.store.ts'
import { findUnit, findUnitByCode, findUnitFor, insertUnit, lockUnit, selectUnits, selectUnitsById, updateUnit, type CountedUnit, type UnitRow } from './units.store.ts'

export async function listUnitsOf(ctx: Ctx, { query }: Input<typeof listUnits>): Promise<Returns<typeof listUnits>> {
  // Grants are the holders' own rows; how many there are in a unit is no secret among staff.
  const units = await elevated(ctx, (system) => selectUnits(system, query.dissolved ?? false))
  return { items: units.map(toUnit), can: [...(ctx.may('unit.create') ? ['create'] : []), ...(ctx.may('unit.change') ? ['rename', 'dissolve'] : [])] }
}
export async function createUnitOf(ctx: Ctx, { body }: Input<typeof createUnit>): Promise<Unit> {
  const department = body.department ?? null
  const parentId = body.parentId ?? null
  const issues: Issue[] = []
  if ((body.kind === 'department') !== (department !== null)) issues.push({ path: '/department', code: department === null ? 'issue.required' : 'issue.choice' })
  if (!(await findArea(ctx, body.areaCode))) issues.push({ path: '/areaCode', code: 'issue.area_unknown' })
  if (parentId && !(await lockUnit(ctx, parentId, 'share'))) issues.push({ path: '/parentId', code: 'issue.choice' })
  if (issues.length) throw invalid(issues)
  const row: UnitRow = { id: newId(), code: body.code, kind: body.kind, department, areaCode: body.areaCode, parentId, nameZh: body.name.zh, nameEn: body.name.en, dissolvedAt: null, sample: false }
  if (!(await insertUnit(ctx, row))) throw problem('identity.unit_code_taken', { code: body.code })
  ctx.announce('unit.created', { kind: 'unit', id: row.id }, { code: row.code, kind: row.kind })
  return toUnit({ ...row, people: 0 })
}
export async function renameUnitOf(ctx: Ctx, { params, body }: Input<typeof renameUnit>): Promise<Unit> {
  if (!(await lockUnit(ctx, params.id, 'update'))) throw problem('not_found')
  await updateUnit(ctx, params.id, { nameZh: body.name.zh, nameEn: body.name.en })
  ctx.announce('unit.renamed', { kind: 'unit', id: params.id }, {})
  return countedUnit(ctx, params.id)
}
export async function dissolveUnitOf(ctx: Ctx, { params, body }: Input<typeof dissolveUnit>): Promise<Unit> {
  // Held against a grant that is being given at the same moment.
  if (!(await lockUnit(ctx, params.id, 'update'))) throw problem('not_found')
  const count = await elevated(ctx, (system) => countGrantsOfUnit(system, params.id))
  if (count > 0) throw problem('identity.unit_in_use', { count })
  await updateUnit(ctx, params.id, { dissolvedAt: ctx.now as unknown as string })
  ctx.announce('unit.dissolved', { kind: 'unit', id: params.id }, { reason: body.reason })
  return countedUnit(ctx, params.id)
}

// ── what other rooms ask ────────────────────────────────────────────────────
/** Names of units by id; ids nobody has are left out. */
export async function unitNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Bilingual>> {
  return new Map((await selectUnitsById(ctx, ids)).map((unit) => [unit.id, { zh: unit.nameZh, en: unit.nameEn }]))
}
/** A unit by its code in the city's file; a dissolved one too. */
export async function unitByCode(ctx: Ctx, code: string): Promise<{ id: string; name: Bilingual } | undefined> {
  const unit = await findUnitByCode(ctx, code)
  return unit && { id: unit.id, name: { zh: unit.nameZh, en: unit.nameEn } }
}
/** Who acts for a unit now: those to whom it can give a firm to look after. Administrators run the system and look after none. */
export function peopleOfUnit(ctx: Ctx, unitId: string): Promise<{ personId: string; name: string }[]> {
  return elevated(ctx, (system) => selectPeopleOfUnit(system, unitId))
}
/** People of a unit in one of these roles now: whom something that needs a right concerns. */
export function holdersIn(ctx: Ctx, unitId: string, roles: readonly string[]): Promise<string[]> {
  return elevated(ctx, (system) => selectHolders(system, unitId, roles))
}
/** Who runs the system now. */
export function administrators(ctx: Ctx): Promise<string[]> {
  return elevated(ctx, async (system) => [...new Set((await selectAdministrators(system)).map(({ personId }) => personId))])
}
/** Codes of the areas of units by id: which texts and hours hold for them. */
export async function areasOfUnits(ctx: Ctx, ids: readonly string[]): Promise<Map<string, string>> {
  return new Map((await selectUnitsById(ctx, ids)).map((unit) => [unit.id, unit.areaCode]))
}
/** Who reviews firms at a place: the committee of its development zone, else the task force of its district. */
export async function findReviewUnit(ctx: Ctx, place: { districtCode: string; streetCode?: string | null; zoneCode?: string | null }): Promise<{ id: string; name: Bilingual } | undefined> {
  const unit = place.zoneCode ? await findUnitFor(ctx, 'zoneCommittee', place.zoneCode) : await findUnitFor(ctx, 'districtTaskForce', place.districtCode)
  return unit && { id: unit.id, name: { zh: unit.nameZh, en: unit.nameEn } }
}

export type UnitKind = UnitRow['kind']
/** The living unit of a kind for an area, and of a department where it is one. */
export async function findUnitAt(ctx: Ctx, kind: UnitKind, areaCode: string, department: string | null = null): Promise<{ id: string; name: Bilingual } | undefined> {
  const unit = await findUnitFor(ctx, kind, areaCode, department)
  return unit && { id: unit.id, name: { zh: unit.nameZh, en: unit.nameEn } }
}
/** A unit and those above it, nearest first, dissolved ones left out of the line; empty for an id nobody has. */
export async function unitLine(ctx: Ctx, unitId: string): Promise<UnitStanding[]> {
  const line: UnitStanding[] = []
  // Parents are set at creation and stand before their children, so there is no circle to run in; ten levels are more than any city has.
  for (let id: string | null = unitId; id !== null && line.length < 10;) {
    const unit: UnitRow | undefined = await findUnit(ctx, id)
    if (!unit) break
    if (unit.dissolvedAt === null || line.length === 0) line.push({ id: unit.id, kind: unit.kind, parentId: unit.parentId, dissolved: unit.dissolvedAt !== null, name: { zh: unit.nameZh, en: unit.nameEn } })
    id = unit.parentId
  }
  return line
}
export interface UnitStanding { id: string; kind: UnitRow['kind']; parentId: string | null; dissolved: boolean; name: Bilingual }

interface UnitsFile { items: { code: string; kind: UnitRow['kind']; department: string | null; areaCode: string; parent: string | null; name: Bilingual; sample?: boolean }[] }
/** Puts a city's units in place; those that exist are left as the administrators made them. Parents stand before their children in the file. */
export async function loadUnits(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<UnitsFile>('data', 'cities', city, 'units.json')
  await loadOnce(ctx, `units/${city}`, hash, () => putUnits(ctx, city, value.items))
}
/** The sample's own units: committees of its fictional communities. */
export async function seedUnits(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<{ units: UnitsFile['items'] }>('data', 'cities', city, 'sample.json')
  await loadOnce(ctx, `sample units/${city}`, hash, () => putUnits(ctx, city, value.units))
}
async function putUnits(ctx: Ctx, city: string, items: UnitsFile['items']): Promise<void> {
  const ids = new Map<string, string>()
  for (const item of items) {
    const parentId = item.parent === null ? null : (ids.get(item.parent) ?? (await findUnitByCode(ctx, item.parent))?.id)
    if (parentId === undefined) throw new Error(`units.json of ${city}: ${item.code} names the parent ${item.parent}, which does not stand before it`)
    const row: UnitRow = { id: newId(), code: item.code, kind: item.kind, department: item.department, areaCode: item.areaCode, parentId, nameZh: item.name.zh, nameEn: item.name.en, dissolvedAt: null, sample: item.sample ?? false }
    if (await insertUnit(ctx, row)) ids.set(item.code, row.id)
  }
}

async function countedUnit(ctx: Ctx, id: string): Promise<Unit> {
  const [unit] = await elevated(ctx, (system) => selectUnits(system, true, id))
  return toUnit(unit!)
}
function toUnit(row: CountedUnit): Unit {
  return {
    id: row.id, code: row.code, kind: row.kind, department: row.department as Unit['department'], areaCode: row.areaCode, parentId: row.parentId,
    name: { zh: row.nameZh, en: row.nameEn }, dissolvedAt: row.dissolvedAt, sample: row.sample, people: row.people,
  }
}
