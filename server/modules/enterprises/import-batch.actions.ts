// Many firms at once, with the same outcome as one by one: new ones sized and given their department, changed ones with their history folded.
import type { Decision } from '@fugong/contract/rules'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { maskPhone } from '../../base/crypto.ts'
import { initialsOf } from '../../base/pinyin.ts'
import { newId } from '../../base/ids.ts'
import { recordDecision, recordDecisions } from '../rules/index.ts'
import { insertChanges, insertFirms, insertPieces, insertPlaces, insertUnindexed, replaceVersionsOf, selectDoneOf, takeUnindexed, updateFirms, type BulkFirm, type BulkPlace, type BulkVersion, type Named } from './import-batch.store.ts'
import { factsOf } from './change.actions.ts'
import { beginningOf } from './doers.actions.ts'
import { departmentOf } from './department.actions.ts'
import { fold, maskName, versionOn, type Facts } from './facts.rules.ts'
import type { ChangeRow } from './history.store.ts'
import type { Said } from './import.rules.ts'
import { searchText } from './rules.ts'
import { sizeOf, type Sized } from './size.actions.ts'
import { findable, indexFirm, spreadDepartment, type EnterpriseRow } from './store.ts'

export interface By { importId: string; personId: string }
type Legal = { name: string | null; phone: string | null }
export function sealedLegal(ctx: Ctx, legal: Legal): Pick<Facts, 'legalName' | 'legalPhone' | 'legalSealed'> {
  return { legalName: legal.name && maskName(legal.name), legalPhone: legal.phone && maskPhone(legal.phone), legalSealed: ctx.sealer.seal('legal', JSON.stringify(legal)).toString('base64') }
}
export function openLegal(ctx: Ctx, firm: Pick<EnterpriseRow, 'legalSealed'>): Legal {
  return firm.legalSealed ? (JSON.parse(ctx.sealer.open('legal', firm.legalSealed)) as Legal) : { name: null, phone: null }
}
/** The department of a trade in a district, decided once for all firms of it in a batch. */
function departments(system: Ctx, by: By) {
  const known = new Map<string, { department: string | null }>()
  return async (trade: { industryCode: string; districtCode: string }) => {
    const key = `${trade.districtCode} ${trade.industryCode}`
    let found = known.get(key)
    if (!found) {
      const decided = await departmentOf(system, trade)
      known.set(key, (found = { department: decided?.department ?? null }))
      // Kept with the import: the same decision, written a thousand times over, would explain nothing more.
      if (decided) await recordDecision(system, decided.decision, { kind: 'import', id: by.importId })
    }
    return found
  }
}

/** Adds firms with their first workplace; answers which of them were added, as another registration may have been quicker. */
export async function addFirms(acting: Ctx, system: Ctx, all: readonly Said[], by: By): Promise<Set<string>> {
  const today = shanghaiDay(acting.now)
  const thisYear = Number(today.slice(0, 4))
  const departmentFor = departments(system, by)
  const decisions: { decision: Decision; subject: { kind: string; id: string } }[] = []
  const decidedFor: BulkFirm[] = []
  const firms: BulkFirm[] = []
  const places = new Map<string, BulkPlace>()
  for (const said of all) {
    const { facts, place } = said
    const id = newId()
    const { industryCode, name, address } = facts as Facts
    const kind = facts.kind ?? 'company'
    const figures = { staff: facts.staff ?? null, insured: facts.insured ?? null, revenue: facts.revenue ?? null, assets: facts.assets ?? null }
    const years = { staffYear: yearOf('staff'), insuredYear: yearOf('insured'), revenueYear: yearOf('revenue'), assetsYear: yearOf('assets') }
    function yearOf(figure: keyof typeof figures): number | null { return figures[figure] === null ? null : (facts[`${figure}Year`] ?? thisYear) }
    const { department } = await departmentFor({ industryCode, districtCode: place!.districtCode })
    const sized: Sized = await sizeOf(system, { industryCode, kind, districtCode: place!.districtCode, ...figures })
    const legal = said.legal.name || said.legal.phone ? sealedLegal(acting, { name: said.legal.name ?? null, phone: said.legal.phone ?? null }) : { legalName: null, legalPhone: null, legalSealed: null }
    const firm: BulkFirm = {
      id, creditCode: said.creditCode, name, searchName: searchText(name), initials: initialsOf(name).join(' '), kind, industryCode, class: facts.class ?? 'general', department, registeredBy: by.importId, ...place!,
      address: address!, building: facts.building ?? null, park: facts.park ?? null, registeredAddress: facts.registeredAddress ?? null, foundedOn: facts.foundedOn ?? null, knownFrom: today, ...figures, ...years, ...legal,
      size: sized.size, sizeMissing: sized.sizeMissing, sizeDecision: null, sizeAt: sized.decision ? acting.now.toISOString() : null, changedBy: by.personId,
    }
    firms.push(firm)
    if (sized.decision) { decisions.push({ decision: sized.decision, subject: { kind: 'enterprise', id } }); decidedFor.push(firm) }
    places.set(id, { id: newId(), enterpriseId: id, name: said.workplace.name ?? '主要经营场所', scene: said.workplace.scene ?? 'office', address: address!, ...place!, building: firm.building, park: firm.park, department, openedOn: today })
  }
  const ids = await recordDecisions(system, decisions)
  decidedFor.forEach((firm, at) => { firm.sizeDecision = ids[at]! })
  const added = await insertFirms(acting, firms)
  await insertPlaces(acting, [...places.values()].filter((place) => added.has(place.enterpriseId)))
  const fresh = firms.filter((firm) => added.has(firm.id))
  // A few are found at once; of many the pieces follow when the import is through, so that storing does not wait for forty rows a firm.
  if (fresh.length <= INDEX_AT_ONCE) await insertPieces(system, fresh.map(withPieces))
  else await insertUnindexed(system, [...added])
  return new Set(fresh.map((firm) => firm.creditCode))
}
const withPieces = (firm: Named) => ({ id: firm.id, pieces: findable(firm).pieces })

export const INDEX_JOB = 'enterprises.index_imported'
const INDEX_AT_ONCE = 500
/** Makes firms findable that came by the thousand, some hundred in a transaction, until none is left. */
export async function indexImported(system: Ctx): Promise<void> {
  const firms = await takeUnindexed(system, INDEX_AT_ONCE)
  await insertPieces(system, firms.map(withPieces))
  if (firms.length === INDEX_AT_ONCE) system.enqueue(INDEX_JOB, null, { key: 'all' })
}

export interface FirmChange { firm: EnterpriseRow; patch: Partial<Facts> }
const sizeBasis = ['industryCode', 'kind', 'staff', 'revenue', 'assets'] as const
/** Writes a change of today for each firm, as an office; the firms are held by this transaction. */
export async function changeFirms(system: Ctx, changes: readonly FirmChange[], by: By, reason: string): Promise<void> {
  if (!changes.length) return
  const today = shanghaiDay(system.now)
  const recordedAt = system.now.toISOString()
  const ids = changes.map(({ firm }) => firm.id)
  const before = grouped(await selectDoneOf(system, ids))
  const departmentFor = departments(system, by)
  const rows: Omit<ChangeRow, 'failure'>[] = []
  const versions: BulkVersion[] = []
  const updates: Parameters<typeof updateFirms>[1][number][] = []
  const decisions: { decision: Decision; subject: { kind: string; id: string } }[] = []
  const sizedBy: Partial<Facts>[] = []
  const renamed: string[] = []
  const pending: { firm: EnterpriseRow; own: Omit<ChangeRow, 'failure'>[] }[] = []
  for (const { firm, patch } of changes) {
    const known = factsOf(firm)
    const own: Omit<ChangeRow, 'failure'>[] = (before.get(firm.id) ?? []).sort((a, b) => a.no - b.no)
    const row = (kind: ChangeRow['kind'], effectiveOn: string, part: Partial<Facts>, who: Partial<ChangeRow>): void => {
      const change = { id: newId(), no: (own.at(-1)?.no ?? 0) + 1, enterpriseId: firm.id, workplaceId: null, kind, effectiveOn, reason: null, patch: part, state: 'done' as const, side: 'office' as const, byPerson: by.personId, byUnit: null, recordedAt, ...who }
      own.push(change)
      rows.push(change)
    }
    if (!own.some((one) => one.kind === 'registered')) row('registered', firm.knownFrom, known, beginningOf(firm))
    const isRenamed = patch.name !== undefined
    row(isRenamed ? 'renamed' : 'updated', today, isRenamed ? { ...patch, formerNames: [...new Set([...known.formerNames, known.name])] } : patch, { reason })
    if (isRenamed) renamed.push(firm.id)
    if (sizeBasis.some((name) => patch[name] !== undefined)) {
      const { size, sizeMissing, decision } = await sizeOf(system, { ...known, ...patch })
      const sized: Partial<Facts> = { size, sizeMissing, sizeDecision: null, sizeAt: recordedAt }
      if (decision) { decisions.push({ decision, subject: { kind: 'enterprise', id: firm.id } }); sizedBy.push(sized) }
      row('sized', today, sized, { side: 'system', byPerson: null })
    }
    pending.push({ firm, own })
  }
  const made = await recordDecisions(system, decisions)
  sizedBy.forEach((sized, at) => { sized.sizeDecision = made[at]! })
  for (const { firm, own } of pending) {
    const folded = fold<Facts>(own)
    const facts = versionOn(folded, today)!.facts
    const department = facts.industryCode !== firm.industryCode && firm.departmentAt === null ? (await departmentFor(facts)).department : firm.department
    for (const version of folded) versions.push({ id: newId(), enterpriseId: firm.id, version, districtCode: version.facts.districtCode, streetCode: version.facts.streetCode, zoneCode: version.facts.zoneCode, department })
    updates.push({ id: firm.id, department, changedBy: by.personId, facts })
  }
  await insertChanges(system, rows)
  await replaceVersionsOf(system, ids, versions)
  await updateFirms(system, updates)
  for (const [at, { firm }] of pending.entries()) {
    const { department, facts } = updates[at]!
    if (department !== firm.department) await spreadDepartment(system, [firm.id], department)
    if (department !== firm.department || renamed.includes(firm.id)) await indexFirm(system, { ...firm, ...facts, department })
  }
}
function grouped(rows: readonly ChangeRow[]): Map<string, ChangeRow[]> {
  const groups = new Map<string, ChangeRow[]>()
  for (const row of rows) groups.set(row.enterpriseId, [...(groups.get(row.enterpriseId) ?? []), row])
  return groups
}
