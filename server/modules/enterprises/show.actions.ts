// One firm as its reader may see it: as it is now, or as it was on a day.
import type { Bilingual, Input } from '@fugong/contract/base'
import type { Enterprise, FirmName, getEnterprise, SizeOf, Workplace } from '@fugong/contract/enterprises'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { invalid, problem } from '../../base/problem.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { decisionsOf } from '../rules/index.ts'
import { negativeListOf } from './department.actions.ts'
import { doerOf } from './doers.actions.ts'
import type { Facts } from './facts.rules.ts'
import { flagNames } from './flags.store.ts'
import { findVersion, selectPlaceVersions } from './history.store.ts'
import { industryNames } from './industries.store.ts'
import { deedsOn } from './policy.ts'
import { findEnterprise, selectFirms, selectWorkplaces, type DeclaredPlace, type EnterpriseRow, type WorkplaceRow } from './store.ts'

export async function getFirmOf(ctx: Ctx, { params, query }: Input<typeof getEnterprise>): Promise<Enterprise> {
  const firm = await findEnterprise(ctx, params.id)
  if (query.at === undefined) {
    if (!firm) throw problem('not_found')
    return toEnterprise(ctx, firm)
  }
  if (query.at > shanghaiDay(ctx.now)) throw invalid([{ path: '/at', code: 'issue.future' }])
  const version = await findVersion(ctx, params.id, query.at)
  if (version) {
    // Who had the firm in those days keeps that look; of its present they learn nothing here.
    const row = firm ?? (await elevated(ctx, (system) => findEnterprise(system, params.id)))!
    return toEnterprise(ctx, row, { at: query.at, validFrom: version.validFrom, facts: version.facts, only: !firm })
  }
  if (!firm) throw problem('not_found')
  if (query.at < firm.knownFrom) throw problem('enterprises.not_known_then', { from: firm.knownFrom })
  // Nothing has changed since it was registered.
  return toEnterprise(ctx, firm, { at: query.at, validFrom: firm.knownFrom, facts: firm, only: false })
}

interface Day { at: string; validFrom: string; facts: Omit<Facts, 'legalSealed'>; /** The reader sees this day only. */ only: boolean }
export async function toEnterprise(ctx: Ctx, row: EnterpriseRow, day?: Day): Promise<Enterprise> {
  const facts = day?.facts ?? row
  const past = day !== undefined
  const emergency = past ? undefined : await openEmergencyFor(ctx, row.districtCode)
  return {
    id: row.id, ...(await shownFacts(ctx, facts)), department: past ? null : row.department,
    departmentSet: past || row.departmentAt === null ? null : { reason: row.departmentReason ?? '', at: row.departmentAt, by: await doerOf(ctx, { side: 'office', person: row.departmentBy, unit: row.departmentUnit }) },
    flags: past ? [] : await flagNames(ctx, row.flags),
    at: day?.at ?? null, knownFrom: row.knownFrom, validFrom: day?.validFrom ?? (await validFromOf(ctx, row)), revision: row.revision,
    codeState: row.codeState, codeReason: day?.only ? null : row.codeReason, codeConfirmedBy: day?.only ? null : await confirmerOf(ctx, row),
    negativeList: emergency ? await negativeListOf(ctx, { industryCode: row.industryCode, areaCode: row.districtCode, kind: emergency.kind }) : false,
    workplaces: await workplacesOn(ctx, row.id, day?.at), registeredAt: row.registeredAt, sample: row.sample, can: past ? [] : deedsOn(ctx, row),
  }
}
async function shownFacts(ctx: Ctx, facts: Omit<Facts, 'legalSealed'>) {
  const { name, creditCode, kind, class: rank, industryCode, state, stateSince, foundedOn, formerNames, legalName, legalPhone, registeredDistrictCode, registeredAddress, districtCode, streetCode, zoneCode, address, building, park } = facts
  const { staff, staffYear, insured, insuredYear, revenue, revenueYear, assets, assetsYear, hazardous, centralAir } = facts
  return {
    name, creditCode, kind, class: rank, industryCode, industry: (await industryNames(ctx, [industryCode])).get(industryCode)!, state, stateSince, mergedInto: facts.mergedInto ? ((await firmNames(ctx, [facts.mergedInto])).get(facts.mergedInto) ?? null) : null,
    foundedOn, formerNames, legalName, legalPhone, registeredDistrictCode, registeredAddress, districtCode, streetCode, zoneCode, address, building, park,
    staff, staffYear, insured, insuredYear, revenue, revenueYear, assets, assetsYear, hazardous, centralAir, size: await shownSize(ctx, facts),
  }
}
async function shownSize(ctx: Ctx, { size: grade, sizeMissing: missing, sizeDecision, sizeAt: at }: Pick<Facts, 'size' | 'sizeMissing' | 'sizeDecision' | 'sizeAt'>): Promise<SizeOf> {
  const decision = sizeDecision ? (await decisionsOf(ctx, [sizeDecision])).get(sizeDecision) : undefined
  return { grade, missing, at, sentence: decision?.sentence ?? null, table: decision?.table ?? null, version: decision?.version ?? null, row: decision?.row ?? null }
}
/** Since when what is shown has held. */
async function validFromOf(ctx: Ctx, row: EnterpriseRow): Promise<string> {
  return (await findVersion(ctx, row.id, shanghaiDay(ctx.now)))?.validFrom ?? row.knownFrom
}
/** Staff read the person's name, the firm reads the unit's. */
async function confirmerOf(ctx: Ctx, { codeConfirmedBy: person, codeConfirmedUnit: unit }: EnterpriseRow): Promise<Bilingual | null> {
  if (!person) return null
  if (ctx.actor.kind !== 'staff') return unit ? ((await unitNames(ctx, [unit])).get(unit) ?? null) : null
  const name = (await personNames(ctx, [person])).get(person)
  return name ? { zh: name, en: name } : null
}
/** Names and codes of firms that another one names, which are public facts; `visible` says whether the reader reaches more. */
export async function firmNames(ctx: Ctx, ids: readonly string[]): Promise<Map<string, FirmName>> {
  const visible = new Set((await selectFirms(ctx, ids)).map((firm) => firm.id))
  const firms = await elevated(ctx, (system) => selectFirms(system, ids))
  return new Map(firms.map(({ id, name, creditCode }) => [id, { id, name, creditCode, visible: visible.has(id) }]))
}
/** Workplaces that were open on a day (today when not given), as they were then. */
async function workplacesOn(ctx: Ctx, id: string, day?: string): Promise<Workplace[]> {
  const places = await selectWorkplaces(ctx, id)
  if (day === undefined) return places.filter((place) => place.open).map(toWorkplace)
  const former = await selectPlaceVersions(ctx, id, day)
  return places.filter((place) => openOn(place, day)).map((place) => toWorkplace({ ...place, ...former.get(place.id) }))
}
export const openOn = (place: Pick<WorkplaceRow, 'openedOn' | 'closedOn'>, day: string): boolean => place.openedOn <= day && (place.closedOn === null || day < place.closedOn)
export function toWorkplace({ id, name, scene, districtCode, streetCode, zoneCode, address }: DeclaredPlace): Workplace {
  return { id, name, scene, districtCode, streetCode, zoneCode, address }
}
