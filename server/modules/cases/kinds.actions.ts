// The kinds of cases of this house, said once at composition; a faulty one keeps the house from being built.
import type { Bilingual, Returns } from '@fugong/contract/base'
import type { CaseKindInfo, listCaseKinds } from '@fugong/contract/cases'
import { kindFaults } from './kinds.rules.ts'
import type { CaseKind } from './ports.ts'

// A process is one house: the same rooms bring the same kinds, however often it is put together.
const registered = new Map<string, CaseKind>()
const house = { city: '' }

/** Registers kinds; throws with every fault of all of them. */
export function registerKinds(kinds: readonly CaseKind[], city?: string): void {
  const faults = kinds.flatMap(kindFaults)
  for (const [at, { code }] of kinds.entries()) if (kinds.findIndex((other) => other.code === code) !== at) faults.push(`${code}: is registered twice`)
  if (faults.length) throw new Error(`Faulty kinds of cases:\n${faults.join('\n')}`)
  for (const kind of kinds) registered.set(kind.code, kind)
  if (city) house.city = city
}
/** Whose tables decide where a case has no district of its own. */
export const cityCode = (): string => house.city
/** The kind of a case; one that no room brings any more is a fault of the composition. */
export function kindOf(code: string): CaseKind {
  const kind = registered.get(code)
  if (!kind) throw new Error(`No room has registered the kind of cases ${code}`)
  return kind
}
/** Kinds whose cases can be shown: what a removed room left behind is not. */
export const knownKinds = (): CaseKind[] => [...registered.values()]

/** What a part came to: an outcome or result of the kind, or the deed that ended it. */
export function resultName(kind: CaseKind, result: string | null): Bilingual | null {
  if (result === null) return null
  return kind.results?.[result] ?? Object.values(kind.deeds).flatMap((deed) => deed.outcomes?.[result] ?? [])[0] ?? kind.deeds[result]?.name ?? OWN_RESULTS[result] ?? { zh: result, en: result }
}
const OWN_RESULTS: Readonly<Record<string, Bilingual>> = { helped: { zh: '已协办', en: 'Helped' } }

export async function listKinds(): Promise<Returns<typeof listCaseKinds>> {
  return { items: knownKinds().map(toInfo) }
}
function toInfo(kind: CaseKind): CaseKindInfo {
  const named = (texts: CaseKind['results'] = {}) => Object.entries(texts).map(([code, name]) => ({ code, name }))
  return {
    code: kind.code, name: kind.name, states: Object.entries(kind.states).map(([code, { name, waitingFor }]) => ({ code, name, waitingFor })),
    deeds: Object.entries(kind.deeds).map(([code, deed]) => ({ code, name: deed.name, from: [...deed.from], who: deed.who, needs: [...(deed.needs ?? [])], outcomes: named(deed.outcomes), bulk: deed.bulk ?? false })),
    pauses: named(kind.pauses), events: named(kind.events), results: named({ ...kind.results, ...Object.assign({}, ...Object.values(kind.deeds).map((deed) => deed.outcomes ?? {})) as CaseKind['results'] }),
  }
}
