// Decisions about batches: who comes before whom, who fits where, which days and codes are sound, what may be undone.
import type { Issue } from '@fugong/contract/base'
import type { BatchAnswer, BatchCounts, DeclaredState } from '@fugong/contract/batches'
import { isDay } from '@fugong/contract/forms'

export interface Candidate {
  id: string; rank: number; declared: DeclaredState; answer: BatchAnswer | null; wishedDay: string | null
  /** Null where nobody has told how many people come: it takes a firm's place and no heads. */
  heads: number | null
  creditCode: string
}
export interface Slot { id: string; day: string; firmsLimit: number | null; headsLimit: number | null }
export interface Load { firms: number; heads: number }

/** How ready a firm is, readiest first: filed or declared, ready by its own word, silent, not ready. */
function readinessOf({ declared, answer }: Pick<Candidate, 'declared' | 'answer'>): number {
  return declared === 'filed' ? 0 : declared === 'declared' ? 1 : answer === 'ready' ? 2 : answer === 'notReady' ? 4 : 3
}
/** The order in which firms choose a batch: priority of the table, then readiness, then the credit code, so that the same firms always come in the same order. */
export function inTurn(one: Candidate, other: Candidate): number {
  return one.rank - other.rank || readinessOf(one) - readinessOf(other) || (one.creditCode < other.creditCode ? -1 : one.creditCode > other.creditCode ? 1 : one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
}
const fits = ({ firmsLimit, headsLimit }: Slot, load: Load, heads: number) => (firmsLimit === null || load.firms + 1 <= firmsLimit) && (headsLimit === null || load.heads + heads <= headsLimit)
/**
 * Gives each firm in turn the first batch with room on or after the day it wished for; `taken` is what stands there already.
 * Nothing is put over a limit: a firm without room stays without a batch, for a person to decide.
 */
export function distribute(candidates: readonly Candidate[], slots: readonly Slot[], taken: ReadonlyMap<string, Load> = new Map()): Map<string, string | null> {
  const days = [...slots].sort((one, other) => (one.day < other.day ? -1 : 1))
  const loads = new Map(days.map(({ id }) => [id, { ...(taken.get(id) ?? { firms: 0, heads: 0 }) }]))
  const placed = new Map<string, string | null>()
  for (const candidate of [...candidates].sort(inTurn)) {
    const heads = candidate.heads ?? 0
    const from = candidate.answer === 'otherDay' ? candidate.wishedDay : null
    const slot = days.find((day) => (from === null || day.day >= from) && fits(day, loads.get(day.id)!, heads))
    placed.set(candidate.id, slot?.id ?? null)
    if (!slot) continue
    const load = loads.get(slot.id)!
    load.firms += 1
    load.heads += heads
  }
  return placed
}
/** How far a batch is over what was set; 0 within. */
export function overOf({ firmsLimit, headsLimit }: Pick<Slot, 'firmsLimit' | 'headsLimit'>, { firms, heads }: Pick<BatchCounts, 'firms' | 'heads'>): { firmsOver: number; headsOver: number } {
  return { firmsOver: firmsLimit === null ? 0 : Math.max(0, firms - firmsLimit), headsOver: headsLimit === null ? 0 : Math.max(0, heads - headsLimit) }
}

/** Days of batches reach half a year ahead; what lies behind is only kept, never set. */
const DAYS_AHEAD = 180
export function dayIssues(day: string, today: string, path: string): Issue[] {
  if (!isDay(day)) return [{ path, code: 'issue.day' }]
  if (day < today) return [{ path, code: 'issue.past_day' }]
  const limit = new Date(Date.parse(`${today}T00:00:00Z`) + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10)
  return day > limit ? [{ path, code: 'issue.too_far', params: { limit } }] : []
}

/** Deeds that put firms elsewhere and can be taken back. */
const undoable: readonly string[] = ['added', 'moved', 'dropped', 'proposed']
export interface DoneDeed { deed: string; at: string; undoneAt: string | null }
/** Until when a deed may be undone; undefined when it cannot be. */
export function undoUntil({ deed, at, undoneAt }: DoneDeed, minutes: number, now: Date): string | undefined {
  const until = Date.parse(at) + minutes * 60_000
  return undoable.includes(deed) && undoneAt === null && now.getTime() < until ? new Date(until).toISOString() : undefined
}

/** Codes as somebody pasted them: each once, in capitals, without what stood around them. */
export function readCodes(codes: readonly string[]): string[] {
  return [...new Set(codes.map((code) => code.trim().toUpperCase()).filter((code) => code.length > 0))]
}
