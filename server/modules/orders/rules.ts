// Decisions about stop-work orders: until when a firm has, what a recheck comes to, what is still missing.
import type { Issue } from '@fugong/contract/base'
import type { OrderState } from '@fugong/contract/orders'

export const isOpen = (state: OrderState): boolean => state === 'rectifying' || state === 'handedIn' || state === 'revoking'

/** A day so many days after another one. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}
/** Limits of a decision; whole days and hours above nothing. */
export function termsOf(outputs: Readonly<Record<string, unknown>>, today: string) {
  const number = (name: string) => (typeof outputs[name] === 'number' && outputs[name] > 0 ? outputs[name] : undefined)
  const most = number('mostDays')
  const recheckHours = number('recheckHours')
  if (most === undefined || recheckHours === undefined) return undefined
  const objectDays = number('objectDays')
  return { usual: dayAfter(today, Math.min(number('usualDays') ?? most, most)), latest: dayAfter(today, most), respondHours: number('respondHours'), recheckHours, objectUntil: objectDays === undefined ? null : dayAfter(today, objectDays) }
}
/** What is wrong with a deadline: before today, or beyond what the table allows. */
export function deadlineFault(deadline: string, today: string, latest: string): Issue | undefined {
  if (deadline < today) return { path: '/deadline', code: 'issue.past_day' }
  return deadline > latest ? { path: '/deadline', code: 'issue.too_far', params: { limit: latest } } : undefined
}

export interface ItemStanding { position: number; state: 'open' | 'handedIn' | 'accepted' | 'returned'; note: string | null; fileIds: readonly string[] }
/** Points that cannot be handed in yet: each that was not accepted needs a file. */
export function missingEvidence(items: readonly ItemStanding[]): Issue[] {
  return items.filter((item) => item.state !== 'accepted' && item.fileIds.length === 0).map((item) => ({ path: `/items/${item.position}/fileIds`, code: 'issue.too_few', params: { limit: 1 } }))
}
/** What a recheck says is wrong: every point handed in is judged once, one that is returned with its reason. */
export function recheckFaults(items: readonly ItemStanding[], judged: readonly { position: number; accept: boolean; answer?: string | undefined }[]): Issue[] {
  const waiting = new Set(items.filter(({ state }) => state === 'handedIn').map(({ position }) => position))
  const seen = new Set<number>()
  const issues: Issue[] = []
  judged.forEach((one, at) => {
    if (!waiting.has(one.position) || seen.has(one.position)) issues.push({ path: `/items/${at}/position`, code: 'issue.choice' })
    seen.add(one.position)
    if (!one.accept && !one.answer?.trim()) issues.push({ path: `/items/${at}/answer`, code: 'issue.required' })
  })
  if ([...waiting].some((position) => !seen.has(position))) issues.push({ path: '/items', code: 'issue.required' })
  return issues
}
