// Counting what a trial finds: how often one result becomes another.
import { canonical } from '@fugong/contract/rules.differences'
import type { Trial } from '@fugong/contract/rules.editing'

export type Outputs = Trial['outcomes'][number]['before']
export type Outcome = Trial['outcomes'][number]

/** Adds a thing to the count of its outcome; `counts` is keyed by both results. */
export function countOutcome(counts: Map<string, Outcome>, before: Outputs, after: Outputs): boolean {
  const [from, to] = [canonical(before), canonical(after)]
  const key = `${from} ${to}`
  const known = counts.get(key)
  if (known) known.count += 1
  else counts.set(key, { before, after, count: 1, changes: from !== to })
  return from !== to
}
/** Counts as they were kept, ready to go on. */
export function countsOf(outcomes: readonly Outcome[]): Map<string, Outcome> {
  return new Map(outcomes.map((one) => [`${canonical(one.before)} ${canonical(one.after)}`, { ...one }]))
}
/** What changes first, the most frequent before the rest; `others` counts what is left off. */
export function listOutcomes(outcomes: readonly Outcome[], most: number): { outcomes: Outcome[]; others: number } {
  const sorted = [...outcomes].sort((a, b) => Number(b.changes) - Number(a.changes) || b.count - a.count || (canonical(a) < canonical(b) ? -1 : 1))
  return { outcomes: sorted.slice(0, most), others: sorted.slice(most).reduce((sum, one) => sum + one.count, 0) }
}
/** How many of an area's changes are kept as samples. */
export const SAMPLES_PER_AREA = 100
