// Use cases of firms: register, look at one, confirm a credit code.
import type { Input } from '@fugong/contract/base'
import type { confirmCreditCode, Enterprise, registerEnterprise, Workplace } from '@fugong/contract/enterprises'
import { unitCovering } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { addMembership, listMembers } from '../identity/index.ts'
import { recordDecision } from '../rules/index.ts'
import { departmentOf } from './department.actions.ts'
import { findIndustry } from './industries.store.ts'
import { issuesOfPlace, newWorkplace, tidyPlace } from './places.actions.ts'
import { decidesForSelf, verbs } from './policy.ts'
import { judgeCode, lengthIssues, searchText, tidy } from './rules.ts'
import { toEnterprise, toWorkplace } from './show.actions.ts'
import { sizeOf } from './size.actions.ts'
import { countDistricts, findByCreditCode, findEnterprise, findPlaces, indexFirm, insertEnterprise, insertWorkplace, markCodeConfirmed, selectWorkplaces, type EnterpriseRow, type PlaceAsked } from './store.ts'

type Registration = Input<typeof registerEnterprise>['body']

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
/** Writes a firm with its first workplace; undefined when its credit code is taken. `since` is the first day the register can speak of. Needs the system's scope. */
export async function createFirm(system: Ctx, firm: Registration, by: { registeredBy: string; sample: boolean; since?: string }): Promise<string | undefined> {
  const id = newId()
  const { workplace: place, kind = 'company', name, industryCode, creditCode } = firm
  const { districtCode, streetCode, zoneCode = null } = place
  const code = judgeCode(creditCode, firm.creditCodeReason)
  const found = await departmentOf(system, { industryCode, districtCode })
  const department = found?.department ?? null
  const knownFrom = by.since ?? shanghaiDay(system.now)
  const { size, sizeMissing } = await sizeOf(system, { industryCode, kind, districtCode, staff: null, revenue: null, assets: null })
  const added = await insertEnterprise(system, {
    id, creditCode, kind, name, searchName: searchText(name), industryCode, class: firm.class, department, codeState: code.state, codeReason: code.reason, registeredBy: by.registeredBy, sample: by.sample,
    registeredAt: system.now, knownFrom, districtCode, streetCode, zoneCode, address: place.address, size, sizeMissing,
  })
  if (!added) return undefined
  await insertWorkplace(system, newWorkplace(system, id, place, department, knownFrom))
  await indexFirm(system, { id, name, creditCode, registeredAt: system.now.toISOString(), department, districtCode, streetCode, zoneCode })
  if (found) await recordDecision(system, found.decision, { kind: 'enterprise', id })
  system.announce('enterprise.registered', { kind: 'enterprise', id }, { creditCode, codeState: code.state })
  return id
}
/** How someone of the firm recognises whom to ask, while others learn neither who it is nor how to reach them. */
async function presentContact(system: Ctx, creditCode: string): Promise<string> {
  const firm = await findByCreditCode(system, creditCode)
  const [contact] = firm ? await listMembers(system, firm.id) : []
  return contact ? `*********${contact.phoneMasked.slice(-2)}` : ''
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

/** A firm within the caller's scope, or `not_found`. */
export async function getFirm(ctx: Ctx, id: string): Promise<EnterpriseRow> {
  const found = await findEnterprise(ctx, id)
  if (!found) throw problem('not_found')
  return found
}
export interface EnterpriseFacts {
  id: string; creditCode: string; name: string; kind: EnterpriseRow['kind']; size: EnterpriseRow['size']; /** Codes of the flags in force. */ flags: string[]; industryCode: string; class: Enterprise['class']; department: string | null; codeState: Enterprise['codeState']; registeredBy: string; sample: boolean
  /** Null when the firm has no such workplace within the caller's scope. */
  workplace: Workplace | null
}
/** What other rooms need of a firm within the caller's scope and of the workplace asked for, if it is one; throws `not_found` otherwise. */
export async function getEnterpriseOf(ctx: Ctx, id: string, workplaceId: string): Promise<EnterpriseFacts> {
  const [found] = await enterprisesOf(ctx, [{ enterpriseId: id, workplaceId }])
  if (!found) throw problem('not_found')
  return found
}
/** The same for many at once, in the order asked; undefined for a firm outside the caller's scope. */
export async function enterprisesOf(ctx: Ctx, asked: readonly PlaceAsked[]): Promise<(EnterpriseFacts | undefined)[]> {
  return (await findPlaces(ctx, asked)).map((found) => {
    if (!found) return undefined
    const { id, creditCode, name, kind, size, flags, industryCode, class: rank, department, codeState, registeredBy, sample } = found.firm
    return { id, creditCode, name, kind, size, flags, industryCode, class: rank, department, codeState, registeredBy, sample, workplace: found.place && toWorkplace(found.place) }
  })
}
/** Whether a firm has open workplaces in more than one district, also where the caller does not see them. */
export function spansDistricts(ctx: Ctx, id: string): Promise<boolean> {
  return elevated(ctx, async (system) => (await countDistricts(system, id)) > 1)
}
/** Whether the caller registered the firm, also when they are no longer its contact. */
export async function isRegistrant(ctx: Ctx, id: string): Promise<boolean> {
  const { personId } = ctx.actor
  return personId !== null && (await elevated(ctx, (system) => findEnterprise(system, id)))?.registeredBy === personId
}
