// Use cases of firms: register, find, look at one, add workplaces, confirm a credit code.
import type { Bilingual, Input, Issue, Returns } from '@fugong/contract/base'
import type { addWorkplace, confirmCreditCode, Enterprise, getEnterprise, listEnterprises, listMyEnterprises, registerEnterprise, Workplace } from '@fugong/contract/enterprises'
import { unitCovering } from '../../base/auth.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { PAGE_SIZE, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { addMembership, listMembers, personNames, unitNames } from '../identity/index.ts'
import { recordDecision } from '../rules/index.ts'
import { departmentOf, negativeListOf } from './department.actions.ts'
import { findIndustry, industryNames } from './industries.store.ts'
import { candidatesFor, countFirms, selectPage, type ListFilter } from './list.store.ts'
import { decidesForSelf, deedsOn, verbs } from './policy.ts'
import { SHORTEST_SEARCH, judgeCode, lengthIssues, liesElsewhere, placeIssues, searchFor, searchText, tidy, type AreaFact } from './rules.ts'
import { findByCreditCode, findEnterprise, findPlace, insertEnterprise, insertWorkplace, markCodeConfirmed, markElsewhere, selectWorkplaces, type DeclaredPlace, type EnterpriseRow, type NewWorkplace } from './store.ts'

type Registration = Input<typeof registerEnterprise>['body']
type Place = Registration['workplace']

/** The caller becomes the firm's first contact. The firm is not yet in their scope, so it is written and read back elevated. */
export async function registerFirm(ctx: Ctx, { body }: Input<typeof registerEnterprise>): Promise<Enterprise> {
  const firm = { ...body, name: tidy(body.name), workplace: tidyPlace(body.workplace) }
  const issues = [
    ...lengthIssues([{ path: '/name', text: firm.name, limit: 100 }]),
    ...((await findIndustry(ctx, firm.industryCode)) ? [] : [{ path: '/industryCode', code: 'issue.industry' }]),
    ...(await issuesOfPlace(ctx, firm.workplace, '/workplace')),
  ]
  if (issues.length) throw invalid(issues)
  return elevated(ctx, async (system) => {
    const id = await createFirm(system, firm, { registeredBy: ctx.actor.personId!, sample: false })
    if (!id) throw problem('enterprises.already_registered', { contact: await presentContact(system, firm.creditCode) })
    await addMembership(system, ctx.actor.personId!, id)
    return toEnterprise(system, await getFirm(system, id))
  })
}
/** Writes a firm with its first workplace; undefined when its credit code is taken. Needs the system's scope. */
export async function createFirm(system: Ctx, firm: Registration, by: { registeredBy: string; sample: boolean }): Promise<string | undefined> {
  const id = newId()
  const { workplace: place } = firm
  const code = judgeCode(firm.creditCode, firm.creditCodeReason)
  const found = await departmentOf(system, { industryCode: firm.industryCode, districtCode: place.districtCode })
  const department = found?.department ?? null
  const searchName = searchText(firm.name)
  const added = await insertEnterprise(system, {
    id, creditCode: firm.creditCode, name: firm.name, searchName, industryCode: firm.industryCode, class: firm.class, department, codeState: code.state, codeReason: code.reason,
    ...by, registeredAt: system.now, districtCode: place.districtCode, streetCode: place.streetCode, zoneCode: place.zoneCode ?? null,
  })
  if (!added) return undefined
  await insertWorkplace(system, newWorkplace(system, id, place, department), searchName)
  if (found) await recordDecision(system, found.decision, { kind: 'enterprise', id })
  system.announce('enterprise.registered', { kind: 'enterprise', id }, { creditCode: firm.creditCode, codeState: code.state })
  return id
}
/** How someone of the firm recognises whom to ask, while others learn neither who it is nor how to reach them. */
async function presentContact(system: Ctx, creditCode: string): Promise<string> {
  const firm = await findByCreditCode(system, creditCode)
  const [contact] = firm ? await listMembers(system, firm.id) : []
  return contact ? `*********${contact.phoneMasked.slice(-2)}` : ''
}

export async function addWorkplaceTo(ctx: Ctx, { params, body }: Input<typeof addWorkplace>): Promise<Enterprise> {
  const firm = await getFirm(ctx, params.id)
  const place = tidyPlace(body)
  const issues = await issuesOfPlace(ctx, place, '')
  if (issues.length) throw invalid(issues)
  const row = newWorkplace(ctx, firm.id, place, firm.department)
  await addFurtherWorkplace(ctx, firm, row)
  ctx.announce('enterprise.workplace_added', { kind: 'enterprise', id: firm.id }, { workplaceId: row.id })
  return toEnterprise(ctx, firm)
}
/** Beyond the first one, which lies where the firm is registered. */
export async function addFurtherWorkplace(ctx: Ctx, firm: EnterpriseRow, row: NewWorkplace): Promise<void> {
  await insertWorkplace(ctx, row, firm.searchName)
  if (!firm.elsewhere && liesElsewhere(row, firm)) await markElsewhere(ctx, firm.id)
}
export function newWorkplace(ctx: Ctx, enterpriseId: string, { zoneCode, ...place }: Place, department: string | null): NewWorkplace {
  return { id: newId(), enterpriseId, ...place, zoneCode: zoneCode ?? null, department, addedAt: ctx.now }
}
function tidyPlace(place: Place): Place {
  return { ...place, name: tidy(place.name), address: tidy(place.address) }
}
async function issuesOfPlace(ctx: Ctx, place: Place, path: string): Promise<Issue[]> {
  const found = new Map<string, AreaFact>()
  for (const code of [place.districtCode, place.streetCode, place.zoneCode]) {
    const area = code ? await findArea(ctx, code) : undefined
    if (area) found.set(area.code, area)
  }
  return [...lengthIssues([{ path: `${path}/name`, text: place.name, limit: 60 }, { path: `${path}/address`, text: place.address, limit: 120 }]), ...placeIssues(place, found, path)]
}

/** A reviewer vouches that a code failing its check digit is the issued one; never the firm's own people. */
export async function confirmCode(ctx: Ctx, { params, body }: Input<typeof confirmCreditCode>): Promise<Enterprise> {
  const firm = await getFirm(ctx, params.id)
  if (decidesForSelf(ctx, firm)) throw problem('session.own_firm')
  // A firm is also seen through its further workplaces: then the unit of such a place vouches.
  const places = [firm, ...(firm.elsewhere ? await selectWorkplaces(ctx, firm.id) : [])]
  ctx.unit = unitCovering(ctx.actor, 'enterprise.confirm_code', verbs, places.flatMap((place) => [place.districtCode, place.streetCode, place.zoneCode]))
  if (!(await markCodeConfirmed(ctx, firm.id))) throw problem('enterprises.code_not_pending')
  ctx.announce('enterprise.code_confirmed', { kind: 'enterprise', id: firm.id }, { reason: tidy(body.reason) })
  return toEnterprise(ctx, await getFirm(ctx, firm.id))
}

export async function listFirms(ctx: Ctx, { query }: Input<typeof listEnterprises>): Promise<Returns<typeof listEnterprises>> {
  const search = searchFor(query.q)
  if (search === 'tooShort') throw invalid([{ path: '/q', code: 'issue.too_short', params: { limit: SHORTEST_SEARCH } }])
  const filter: ListFilter = { found: search && (await candidatesFor(ctx, search)), district: query.district, codeState: query.codeState }
  const limit = query.limit ?? PAGE_SIZE
  const rows = await selectPage(ctx, filter, limit + 1, readMark('enterprises', query.cursor))
  return { ...cutPage(rows, limit, 'enterprises', (row) => ({ moment: row.registeredAt, id: row.id })), ...totalOf(await countFirms(ctx, filter)) }
}
/** Only firms the caller acts for, also when they see others as staff. */
export async function listMyFirms(ctx: Ctx): Promise<Returns<typeof listMyEnterprises>> {
  const ids = ctx.scope.enterprises
  return { items: ids.length ? await selectPage(ctx, { ids }, ids.length) : [] }
}
export async function getFirmOf(ctx: Ctx, { params }: Input<typeof getEnterprise>): Promise<Enterprise> {
  return toEnterprise(ctx, await getFirm(ctx, params.id))
}

/** A firm within the caller's scope, or `not_found`. */
export async function getFirm(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const found = await findEnterprise(ctx, id)
  if (!found) throw problem('not_found')
  return found
}
export interface EnterpriseFacts {
  id: string; creditCode: string; name: string; industryCode: string; class: Enterprise['class']; department: string | null; codeState: Enterprise['codeState']; registeredBy: string; sample: boolean
  /** Null when the firm has no such workplace within the caller's scope. */
  workplace: Workplace | null
}
/** What other rooms need of a firm within the caller's scope and of the workplace asked for, if it is one; throws `not_found` otherwise. */
export async function getEnterpriseOf(ctx: Ctx, id: string, workplaceId: string): Promise<EnterpriseFacts> {
  const found = await findPlace(ctx, id, workplaceId)
  if (!found) throw problem('not_found')
  const { creditCode, name, industryCode, class: rank, department, codeState, registeredBy, sample } = found.firm
  return { id, creditCode, name, industryCode, class: rank, department, codeState, registeredBy, sample, workplace: found.place && toWorkplace(found.place) }
}
/** Whether the caller registered the firm, also when they are no longer its contact. */
export async function isRegistrant(ctx: Ctx, id: string): Promise<boolean> {
  const { personId } = ctx.actor
  return personId !== null && (await elevated(ctx, (system) => findEnterprise(system, id)))?.registeredBy === personId
}

async function toEnterprise(ctx: Ctx, row: EnterpriseRow): Promise<Enterprise> {
  const { id, creditCode, name, industryCode, class: rank, department, codeState, codeReason, registeredAt, sample } = row
  const emergency = await openEmergencyFor(ctx, row.districtCode)
  return {
    id, creditCode, name, industryCode, class: rank, department, codeState, codeReason, registeredAt, sample,
    industry: (await industryNames(ctx, [industryCode])).get(industryCode)!,
    codeConfirmedBy: await confirmerOf(ctx, row),
    negativeList: emergency ? await negativeListOf(ctx, { industryCode, areaCode: row.districtCode, kind: emergency.kind }) : false,
    workplaces: (await selectWorkplaces(ctx, id)).map(toWorkplace),
    can: deedsOn(ctx, row),
  }
}
/** Staff read the person's name, the firm reads the unit's. */
async function confirmerOf(ctx: Ctx, { codeConfirmedBy: person, codeConfirmedUnit: unit }: EnterpriseRow): Promise<Bilingual | null> {
  if (!person) return null
  if (ctx.actor.kind !== 'staff') return unit ? ((await unitNames(ctx, [unit])).get(unit) ?? null) : null
  const name = (await personNames(ctx, [person])).get(person)
  return name ? { zh: name, en: name } : null
}
function toWorkplace({ id, name, scene, districtCode, streetCode, zoneCode, address }: DeclaredPlace): Workplace {
  return { id, name, scene, districtCode, streetCode, zoneCode, address }
}
