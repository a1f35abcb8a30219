// What may happen in the life of a firm, and which facts an event sets.
import type { Issue } from '@fugong/contract/base'
import type { LifeEvent } from '@fugong/contract/enterprises.register'
import type { ProblemCode } from '@fugong/contract/problems'
import type { Facts } from './facts.rules.ts'

/** Furthest day ahead for which an event may be recorded. */
export const DAYS_AHEAD = 366
const ends: readonly LifeEvent[] = ['closed', 'merged', 'reopened']

/** Why the firm's present state does not allow the event. */
export function refusalOf(kind: LifeEvent, state: Facts['state']): ProblemCode | undefined {
  if (kind === 'founded') return undefined
  if (kind === 'reopened') return state === 'closed' ? undefined : 'enterprises.not_closed'
  return state === 'active' ? undefined : 'enterprises.not_active'
}
/** Faults of the day: the register knows nothing before its first day, endings follow one another, a code is not changed in advance. */
export function dayFaults(kind: LifeEvent, day: string, firm: { knownFrom: string; stateSince: string | null }, today: string): Issue[] {
  const path = '/effectiveOn'
  if (kind === 'founded' || kind === 'recoded') {
    if (day > today) return [{ path, code: 'issue.future' }]
    if (kind === 'founded') return []
  }
  const from = ends.includes(kind) && firm.stateSince !== null && firm.stateSince > firm.knownFrom ? firm.stateSince : firm.knownFrom
  if (day < from) return [{ path, code: 'issue.too_early', params: { limit: from } }]
  const limit = dayAfter(today, DAYS_AHEAD)
  return day > limit ? [{ path, code: 'issue.too_far', params: { limit } }] : []
}
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export interface Told { name?: string; districtCode?: string; streetCode?: string; zoneCode?: string | null; address?: string; creditCode?: string; survivorId?: string }
/** The facts that an event sets on its day. */
export function patchOf(kind: LifeEvent, day: string, told: Told, firm: Pick<Facts, 'name' | 'formerNames'>): Partial<Facts> {
  switch (kind) {
    case 'founded': return { foundedOn: day }
    case 'renamed': return { name: told.name!, formerNames: [...firm.formerNames.filter((name) => name !== firm.name && name !== told.name), firm.name] }
    case 'moved': return { districtCode: told.districtCode!, streetCode: told.streetCode!, zoneCode: told.zoneCode ?? null, address: told.address!, building: null, park: null }
    case 'recoded': return { creditCode: told.creditCode! }
    case 'merged': return { state: 'merged', stateSince: day, mergedInto: told.survivorId! }
    case 'closed': return { state: 'closed', stateSince: day }
    case 'reopened': return { state: 'active', stateSince: day }
  }
}
