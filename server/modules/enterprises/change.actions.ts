// How any fact of a firm changes: on the revision that was seen, as one more entry of its history, folded into what holds on each day.
import type { Input, Issue } from '@fugong/contract/base'
import type { Enterprise } from '@fugong/contract/enterprises'
import type { Change, ChangeFacts, changeFacts } from '@fugong/contract/enterprises.register'
import { isOwnFirm, unitCovering } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { maskPhone } from '../../base/crypto.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { recordDecision } from '../rules/index.ts'
import { departmentOf } from './department.actions.ts'
import { beginningOf, changedMeanwhile, stampOf } from './doers.actions.ts'
import { changedIn, factNames, fold, maskName, pickFacts, versionOn, withoutLoneYears, type Facts } from './facts.rules.ts'
import { insertChange, replaceVersions, selectDone, type ChangeRow, type NewChange, type Side } from './history.store.ts'
import { findIndustry } from './industries.store.ts'
import { verbs } from './policy.ts'
import { liesElsewhere, lengthIssues, tidy } from './rules.ts'
import { toEnterprise } from './show.actions.ts'
import { sizeOf } from './size.actions.ts'
import { findEnterprise, indexFirm, lockEnterprise, spreadDepartment, updateEnterprise, type EnterpriseRow } from './store.ts'

// ── on the revision that was seen ───────────────────────────────────────────
/** Holds the firm for a deed; throws when it is not the caller's to see, or another changed it since they looked. */
export async function loadForChange(ctx: Ctx, id: string, revision: number, verb: keyof typeof verbs): Promise<{ firm: EnterpriseRow; side: Side }> {
  const firm = await lockEnterprise(ctx, id)
  if (!firm) throw problem('not_found')
  const side: Side = isOwnFirm(ctx.actor, id) ? 'firm' : 'office'
  if (side === 'office') ctx.unit = unitCovering(ctx.actor, verb, verbs, [firm.districtCode, firm.streetCode, firm.zoneCode])
  if (firm.revision !== revision) throw await changedMeanwhile(ctx, firm)
  return { firm, side }
}
// ── the change itself ───────────────────────────────────────────────────────
export interface Deed { kind: Change['kind']; effectiveOn: string; reason: string | null; patch: Partial<Facts>; side: Side }
export const factsOf = (row: EnterpriseRow): Facts => pickFacts<Facts>({ ...row, legalSealed: row.legalSealed?.toString('base64') ?? null }, factNames)
/** Writes one more change and what follows from it. One of a later day waits for that day. The caller's right was checked. */
export async function changeFirm(ctx: Ctx, firm: EnterpriseRow, deed: Deed, columns: Partial<EnterpriseRow> = {}, id = newId()): Promise<EnterpriseRow> {
  return elevated(ctx, async (system) => {
    const planned = deed.effectiveOn > shanghaiDay(ctx.now)
    await keepBeginning(system, firm)
    await insertChange(system, changeRow(ctx, firm.id, id, deed, planned ? 'planned' : 'done'), null)
    const subject = { kind: 'enterprise', id: firm.id }
    if (planned) {
      ctx.announce('enterprise.change_planned', subject, { changeId: id, kind: deed.kind, effectiveOn: deed.effectiveOn })
      return updateEnterprise(system, firm.id, { revision: firm.revision + 1, ...stampOf(ctx, deed.side) })
    }
    ctx.announce('enterprise.changed', subject, { changeId: id, kind: deed.kind, fields: Object.keys(deed.patch), effectiveOn: deed.effectiveOn, workplaceId: null })
    return refold(system, firm, { ...columns, ...stampOf(ctx, deed.side) })
  })
}
function changeRow(ctx: Ctx, enterpriseId: string, id: string, deed: Deed, state: ChangeRow['state']): NewChange {
  const { changedBy, changedUnit, changedAt } = stampOf(ctx, deed.side)
  return { id, enterpriseId, workplaceId: null, kind: deed.kind, effectiveOn: deed.effectiveOn, reason: deed.reason, patch: deed.patch, state, side: deed.side, byPerson: changedBy, byUnit: changedUnit, recordedAt: changedAt! }
}
/** The first change of a firm makes its history begin with what was known before. */
async function keepBeginning(system: Ctx, firm: EnterpriseRow): Promise<void> {
  if ((await selectDone(system, firm.id, null)).some((one) => one.kind === 'registered')) return
  await insertChange(system, {
    id: newId(), enterpriseId: firm.id, workplaceId: null, kind: 'registered', effectiveOn: firm.knownFrom, reason: null, patch: factsOf(firm), state: 'done', ...beginningOf(firm),
  }, null)
}
const sizeBasis = ['industryCode', 'kind', 'staff', 'revenue', 'assets'] as const
/** Folds the history of a firm anew: what holds today goes into its row, and size, department, area and search follow. */
export async function refold(system: Ctx, firm: EnterpriseRow, columns: Partial<EnterpriseRow>): Promise<EnterpriseRow> {
  const today = shanghaiDay(system.now)
  const before = factsOf(firm)
  let done = await selectDone(system, firm.id, null)
  const present = versionOn(fold<Facts>(done), today)!.facts
  if (sizeBasis.some((name) => present[name] !== before[name])) {
    await writeSize(system, firm.id, present)
    done = await selectDone(system, firm.id, null)
  }
  const versions = fold<Facts>(done)
  const facts = versionOn(versions, today)!.facts
  const moved = liesElsewhere(facts, firm)
  const department = moved || facts.industryCode !== firm.industryCode ? await departmentNow(system, firm, facts) : firm.department
  const row = await updateEnterprise(system, firm.id, { ...facts, legalSealed: facts.legalSealed === null ? null : Buffer.from(facts.legalSealed, 'base64'), department, ...columns, revision: firm.revision + 1 })
  await replaceVersions(system, { enterpriseId: firm.id, workplaceId: null }, versions, ({ districtCode, streetCode, zoneCode }) => ({ districtCode, streetCode, zoneCode, department }))
  if (department !== firm.department) await spreadDepartment(system, [firm.id], department)
  if (moved || facts.name !== firm.name || facts.creditCode !== firm.creditCode || department !== firm.department) await indexFirm(system, row)
  return row
}
async function departmentNow(system: Ctx, firm: EnterpriseRow, facts: Facts): Promise<string | null> {
  if (firm.departmentAt !== null) return firm.department
  const found = await departmentOf(system, facts)
  if (found) await recordDecision(system, found.decision, { kind: 'enterprise', id: firm.id })
  return found?.department ?? null
}
/** The size by the table in force now, as a change of today. */
async function writeSize(system: Ctx, enterpriseId: string, facts: Facts): Promise<boolean> {
  const { decision, size, sizeMissing } = await sizeOf(system, facts)
  if (!decision && size === facts.size && sizeMissing.join() === facts.sizeMissing.join()) return false
  const sizeDecision = decision ? await recordDecision(system, decision, { kind: 'enterprise', id: enterpriseId }) : null
  const patch: Partial<Facts> = { size, sizeMissing, sizeDecision, sizeAt: system.now.toISOString() }
  await insertChange(system, changeRow(system, enterpriseId, newId(), { kind: 'sized', effectiveOn: shanghaiDay(system.now), reason: null, patch, side: 'system' }, 'done'), null)
  return true
}
/** Sizes a firm again although nothing of it changed: a table came into force. */
export async function resize(system: Ctx, id: string): Promise<void> {
  const firm = await lockEnterprise(system, id)
  if (!firm) return
  const { size, sizeMissing } = await sizeOf(system, firm)
  if (size === firm.size && sizeMissing.join() === firm.sizeMissing.join()) return
  await keepBeginning(system, firm)
  if (await writeSize(system, id, factsOf(firm))) await refold(system, firm, stampOf(system, 'system'))
}

// ── what the firm says of itself ────────────────────────────────────────────
export async function changeFactsOf(ctx: Ctx, { params, body }: Input<typeof changeFacts>): Promise<Enterprise> {
  const { firm, side } = await loadForChange(ctx, params.id, body.revision, 'enterprise.change')
  if (firm.state !== 'active') throw problem('enterprises.not_active')
  const today = shanghaiDay(ctx.now)
  const effectiveOn = body.effectiveOn ?? today
  const patch = withoutLoneYears(tidied(body, ctx, firm))
  const issues = [...dayIssues(effectiveOn, { from: firm.knownFrom, until: today }), ...(await factIssues(ctx, patch, firm))]
  if (issues.length) throw invalid(issues)
  const fields = changedIn(factsOf(firm), patch)
  if (!fields.length) return toEnterprise(ctx, firm)
  await changeFirm(ctx, firm, { kind: 'updated', effectiveOn, reason: tidy(body.reason ?? '') || null, patch: pickFacts(patch as Facts, fields) as Partial<Facts>, side })
  return toEnterprise(ctx, (await findEnterprise(ctx, firm.id))!)
}
export function dayIssues(day: string, { from, until }: { from: string; until: string }, path = '/effectiveOn'): Issue[] {
  if (day < from) return [{ path, code: 'issue.too_early', params: { limit: from } }]
  return day > until ? [{ path, code: 'issue.too_far', params: { limit: until } }] : []
}
const lines = ['registeredAddress', 'address', 'building', 'park', 'hazardous'] as const
function tidied({ revision: _revision, effectiveOn: _day, reason: _reason, legalName, legalPhone, ...rest }: ChangeFacts, ctx: Ctx, firm: EnterpriseRow): Partial<Facts> {
  const patch: Partial<Facts> = { ...rest, ...(rest.formerNames ? { formerNames: [...new Set(rest.formerNames.map(tidy))] } : {}) }
  for (const name of lines) if (typeof patch[name] === 'string') patch[name] = tidy(patch[name])
  if (legalName === undefined && legalPhone === undefined) return patch
  const kept = firm.legalSealed ? (JSON.parse(ctx.sealer.open('legal', firm.legalSealed)) as { name: string | null; phone: string | null }) : { name: null, phone: null }
  const legal = { name: legalName === undefined ? kept.name : legalName && tidy(legalName), phone: legalPhone === undefined ? kept.phone : legalPhone }
  if (legal.name === kept.name && legal.phone === kept.phone) return patch
  return { ...patch, legalName: legal.name && maskName(legal.name), legalPhone: legal.phone && maskPhone(legal.phone), legalSealed: ctx.sealer.seal('legal', JSON.stringify(legal)).toString('base64') }
}
async function factIssues(ctx: Ctx, patch: Partial<Facts>, firm: EnterpriseRow): Promise<Issue[]> {
  const issues = lengthIssues(lines.flatMap((name) => (typeof patch[name] === 'string' ? [{ path: `/${name}`, text: patch[name], limit: name === 'hazardous' ? 300 : name === 'building' || name === 'park' ? 60 : 120 }] : [])))
  const thisYear = Number(shanghaiDay(ctx.now).slice(0, 4))
  for (const name of ['staffYear', 'insuredYear', 'revenueYear', 'assetsYear'] as const) if ((patch[name] ?? 0) > thisYear) issues.push({ path: `/${name}`, code: 'issue.too_large', params: { limit: thisYear } })
  if (patch.industryCode !== undefined && !(await findIndustry(ctx, patch.industryCode))) issues.push({ path: '/industryCode', code: 'issue.industry' })
  if (patch.kind !== undefined && patch.kind !== 'trader' && firm.creditCode.length === 15) issues.push({ path: '/kind', code: 'issue.registration_number' })
  const district = patch.registeredDistrictCode
  // Of other cities nothing is known but the shape; here the district must be one.
  if (district && district.startsWith(firm.districtCode.slice(0, 4)) && (await findArea(ctx, district))?.kind !== 'district') issues.push({ path: '/registeredDistrictCode', code: 'issue.area_unknown' })
  return issues
}
