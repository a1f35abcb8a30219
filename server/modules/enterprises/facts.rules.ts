// The facts of firms and workplaces through time: what a change sets, what held on which day, what differs, what is masked.
import type { EnterpriseKind, EnterpriseSize, EnterpriseState, Figure, Scene, SizeInput } from '@fugong/contract/enterprises'

/** Everything of a firm that is kept by the day; named like its columns. `legalSealed` is base64. */
export interface Facts {
  name: string; creditCode: string; kind: EnterpriseKind; class: 'general' | 'firstBatch' | 'vital'; industryCode: string
  state: EnterpriseState; stateSince: string | null; mergedInto: string | null; foundedOn: string | null; formerNames: string[]
  legalName: string | null; legalPhone: string | null; legalSealed: string | null; registeredDistrictCode: string | null; registeredAddress: string | null
  districtCode: string; streetCode: string; zoneCode: string | null; address: string | null; building: string | null; park: string | null
  staff: number | null; staffYear: number | null; insured: number | null; insuredYear: number | null; revenue: number | null; revenueYear: number | null; assets: number | null; assetsYear: number | null
  hazardous: string | null; centralAir: boolean | null
  size: EnterpriseSize; sizeMissing: SizeInput[]; sizeDecision: string | null; sizeAt: string | null
}
export const factNames = [
  'name', 'creditCode', 'kind', 'class', 'industryCode', 'state', 'stateSince', 'mergedInto', 'foundedOn', 'formerNames', 'legalName', 'legalPhone', 'legalSealed', 'registeredDistrictCode', 'registeredAddress',
  'districtCode', 'streetCode', 'zoneCode', 'address', 'building', 'park', 'staff', 'staffYear', 'insured', 'insuredYear', 'revenue', 'revenueYear', 'assets', 'assetsYear', 'hazardous', 'centralAir',
  'size', 'sizeMissing', 'sizeDecision', 'sizeAt',
] as const satisfies readonly (keyof Facts)[]
export interface PlaceFacts { name: string; scene: Scene; address: string; building: string | null; park: string | null }
export const placeFactNames = ['name', 'scene', 'address', 'building', 'park'] as const satisfies readonly (keyof PlaceFacts)[]

/** Only the named facts of a row, in their order. */
export function pickFacts<F extends object>(row: F, names: readonly (keyof F)[]): F {
  return Object.fromEntries(names.map((name) => [name, row[name]])) as F
}
/** What of a patch really changes something. */
export function changedIn<F extends object>(before: F, patch: Partial<F>): (keyof F)[] {
  return (Object.keys(patch) as (keyof F)[]).filter((name) => patch[name] !== undefined && JSON.stringify(patch[name]) !== JSON.stringify(before[name]))
}

export interface Patch<F> { id: string; effectiveOn: string; /** Order of writing. */ no: number; patch: Partial<F> }
export interface Version<F> { validFrom: string; validTo: string | null; facts: F }
/**
 * What held from which day to which: all changes laid over one another by the day they take effect and, on one day, in the
 * order in which they were written down. The first sets every fact. Days on which nothing comes out differently make no version.
 */
export function fold<F extends object>(changes: readonly Patch<F>[]): Version<F>[] {
  const versions: Version<F>[] = []
  let facts = {} as F
  for (const change of [...changes].sort(inOrder)) {
    facts = { ...facts, ...change.patch }
    const last = versions.at(-1)
    if (last?.validFrom === change.effectiveOn) last.facts = facts
    else versions.push({ validFrom: change.effectiveOn, validTo: null, facts })
  }
  const told = versions.filter((version, at) => at === 0 || JSON.stringify(version.facts) !== JSON.stringify(versions[at - 1]!.facts))
  return told.map((version, at) => ({ ...version, validTo: told[at + 1]?.validFrom ?? null }))
}
export function inOrder(a: { effectiveOn: string; no: number }, b: { effectiveOn: string; no: number }): number {
  return a.effectiveOn < b.effectiveOn ? -1 : a.effectiveOn > b.effectiveOn ? 1 : a.no - b.no
}
/** The version of a day; undefined before the first. */
export function versionOn<F>(versions: readonly Version<F>[], day: string): Version<F> | undefined {
  return versions.find((version) => version.validFrom <= day && (version.validTo === null || day < version.validTo))
}

// ── what a timeline shows ───────────────────────────────────────────────────
type Plain = string | number | boolean | null
/** Facts that need no line of their own: sealed values and what only follows from another. */
const silent = new Set(['legalSealed', 'sizeDecision', 'sizeAt', 'stateSince', 'formerNames'])
/** For each change what it found and what it set, in plain values. Planned and dropped changes stand against the present. */
export function told<F extends object>(changes: readonly (Patch<F> & { done: boolean })[]): Map<string, { name: string; before: Plain; after: Plain }[]> {
  const found = new Map<string, { name: string; before: Plain; after: Plain }[]>()
  let facts: Partial<F> | undefined
  const lines = (patch: Partial<F>, before: Partial<F>) => changedIn(before as F, patch).filter((name) => !silent.has(String(name))).map((name) => ({ name: String(name), before: plain(before[name]), after: plain(patch[name]) }))
  for (const change of [...changes].filter((one) => one.done).sort(inOrder)) {
    found.set(change.id, facts ? lines(change.patch, facts) : [])
    facts = { ...facts, ...change.patch }
  }
  for (const change of changes) if (!change.done) found.set(change.id, lines(change.patch, facts ?? {}))
  return found
}
function plain(value: unknown): Plain {
  if (Array.isArray(value)) return value.join('、')
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
}

// ── personal values and figures ─────────────────────────────────────────────
/** The family name and a star for each further character, at most two: 陆**. */
export function maskName(name: string): string {
  const [first = '', ...rest] = [...name]
  return `${first}${'*'.repeat(Math.min(2, rest.length))}`
}
const withYear: readonly Figure[] = ['staff', 'insured', 'revenue', 'assets']
/** A figure taken back takes its year with it. */
export function withoutLoneYears(patch: Partial<Facts>): Partial<Facts> {
  const full = { ...patch }
  for (const name of withYear) if (patch[name] === null) full[`${name}Year`] = null
  return full
}
