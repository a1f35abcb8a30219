// The register as a target of imports: rows are held against what is known, within the area of the person who imports.
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { citywideAreas } from '../areas/index.ts'
import { asRead, type CleanRow, type ImportAbout, type ImportTarget, type Outcome, type Value } from '../imports/index.ts'
import { INDEX_JOB, addFirms, changeFirms, openLegal, sealedLegal, type FirmChange } from './import-batch.actions.ts'
import { selectByCodes } from './import-batch.store.ts'
import { factsOf } from './change.actions.ts'
import type { Facts } from './facts.rules.ts'
import { importColumns, lookupKey, missingForNew, patchOf, sayOf, type Fault, type Lookups, type Said } from './import.rules.ts'
import { selectIndustries } from './industries.store.ts'
import type { AreaFact } from './rules.ts'
import type { EnterpriseRow } from './store.ts'

export const enterprisesImport: ImportTarget = {
  code: 'enterprises', name: { zh: '企业名录', en: 'Register of enterprises' }, verb: 'enterprise.import', columns: importColumns, keys: [['creditCode']], listPath: '/console/enterprises',
  judge: async (ctx, rows) => (await plan(ctx, rows, false)).map(({ outcome }) => outcome),
  store,
  ended: async (ctx) => void ctx.enqueue(INDEX_JOB, null, { key: 'all' }),
}

interface Planned { outcome: Outcome; said?: Said; change?: FirmChange }
const rejected = (issues: Fault[]): Planned => ({ outcome: { state: 'rejected', issues } })

async function plan(ctx: Ctx, rows: readonly CleanRow[], lock: boolean): Promise<Planned[]> {
  const lookups = await lookupsOf(ctx)
  const said = rows.map((row) => sayOf(row, lookups))
  const codes = said.flatMap((one) => (Array.isArray(one) ? [] : [one.creditCode]))
  const known = new Map((await elevated(ctx, (system) => selectByCodes(system, codes, ctx.scope, lock))).map((firm) => [firm.creditCode, firm]))
  return said.map((one): Planned => {
    if (Array.isArray(one)) return rejected(one)
    const firm = known.get(one.creditCode)
    return firm ? planChange(ctx, firm, one, lookups.thisYear) : planNew(ctx, one)
  })
}
function planNew(ctx: Ctx, said: Said): Planned {
  const missing = missingForNew(said)
  if (missing.length) return rejected(missing)
  const { districtCode, streetCode, zoneCode } = said.place!
  const reach = new Set(ctx.scope.areas)
  if (![districtCode, streetCode, zoneCode].some((code) => code !== null && reach.has(code))) return rejected([{ column: 'district', code: 'issue.area_outside' }])
  return { outcome: { state: 'fresh' }, said }
}
function planChange(ctx: Ctx, firm: EnterpriseRow & { within: boolean }, said: Said, thisYear: number): Planned {
  if (!firm.within) return rejected([{ column: 'creditCode', code: 'issue.import_elsewhere' }])
  const { place } = said
  // A move decides who answers for a firm: it is recorded on the firm's page, with its day and reason.
  if (place && (place.districtCode !== firm.districtCode || place.streetCode !== firm.streetCode || (place.zoneCode !== null && place.zoneCode !== firm.zoneCode))) return rejected([{ column: 'district', code: 'issue.import_moved' }])
  const known = factsOf(firm)
  const patch = patchOf(known, said, thisYear, asRead)
  // One year may stand for several figures: it is told once.
  const told = Object.keys(patch).filter((name, at, all) => columnOf[name] && all.findIndex((other) => columnOf[other] === columnOf[name]) === at)
  const changes = told.map((name) => ({ column: columnOf[name]!, from: shown(known[name as keyof Facts]), to: shown(patch[name as keyof Facts]) }))
  const legal = openLegal(ctx, firm)
  const next = { name: said.legal.name ?? legal.name, phone: said.legal.phone ?? legal.phone }
  if (next.name !== legal.name) changes.push({ column: 'legalName', from: legal.name, to: next.name })
  if (next.phone !== legal.phone) changes.push({ column: 'legalPhone', from: legal.phone, to: next.phone })
  if (!changes.length) return { outcome: { state: 'unchanged' } }
  if (firm.state !== 'active') return rejected([{ column: 'creditCode', code: 'issue.import_ended' }])
  if (patch.kind !== undefined && patch.kind !== 'trader' && firm.creditCode.length === 15) return rejected([{ column: 'kind', code: 'issue.registration_number' }])
  const full = next.name !== legal.name || next.phone !== legal.phone ? { ...patch, ...sealedLegal(ctx, next) } : patch
  return { outcome: { state: 'changed', changes }, change: { firm, patch: full } }
}
const columnOf: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['name', 'kind', 'class', 'address', 'building', 'park', 'registeredAddress', 'foundedOn', 'staff', 'insured', 'revenue', 'assets'].map((name) => [name, name])),
  industryCode: 'industry', staffYear: 'figuresYear', insuredYear: 'figuresYear', revenueYear: 'figuresYear', assetsYear: 'figuresYear',
}
const shown = (value: unknown): Value => (typeof value === 'string' || typeof value === 'number' ? value : null)

async function store(ctx: Ctx, rows: readonly CleanRow[], about: ImportAbout): Promise<Outcome[]> {
  const planned = await plan(ctx, rows, true)
  const fresh = planned.flatMap(({ outcome, said }) => (outcome.state === 'fresh' ? [said!] : []))
  const added = fresh.length ? await elevated(ctx, (system) => addFirms(ctx, system, [...fresh].sort((a, b) => (a.creditCode < b.creditCode ? -1 : 1)), about)) : new Set<string>()
  const changes = planned.flatMap(({ change }) => change ?? [])
  if (changes.length) await elevated(ctx, (system) => changeFirms(system, changes, about, '批量导入'))
  // Registered by somebody else between the look and the insert: what that one wrote is looked at once more.
  const late = rows.filter((_, at) => planned[at]!.outcome.state === 'fresh' && !added.has(planned[at]!.said!.creditCode))
  const again = late.length ? await store(ctx, late, about) : []
  return planned.map(({ outcome, said }, at) => (outcome.state === 'fresh' && !added.has(said!.creditCode) ? again[late.indexOf(rows[at]!)]! : outcome))
}

/** Places and trades with their names; areas change with a decree, industries with a standard. */
async function lookupsOf(ctx: Ctx): Promise<Lookups> {
  const areas = new Map<string, AreaFact>()
  const areaNames = new Map<string, string[]>()
  const add = (names: Map<string, string[]>, name: string, code: string) => names.set(lookupKey(name), [...new Set([...(names.get(lookupKey(name)) ?? []), code])])
  for (const area of await citywideAreas(ctx)) {
    areas.set(area.code, area)
    for (const name of [area.nameZh, area.nameEn, shortName(area.nameZh)]) add(areaNames, name, area.code)
  }
  const industryNames = new Map<string, string[]>()
  const industries = await selectIndustries(ctx)
  // The more general one comes first in the list and wins where a division and its only group bear one name.
  for (const { code, zh, en } of industries) for (const name of [zh, en]) add(industryNames, name, code)
  return { areas, areaNames, industries: new Set(industries.map(({ code }) => code)), industryNames, thisYear: Number(shanghaiDay(ctx.now).slice(0, 4)) }
}
/** 云岩 for 云岩区, 黔灵 for 黔灵镇. */
const shortName = (name: string) => (name.length > 2 ? name.replace(/(街道办事处|街道|地区|区|县|市|镇|乡|经济技术开发区|开发区)$/, '') : name)
