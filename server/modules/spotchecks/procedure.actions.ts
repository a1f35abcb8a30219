// The published procedure of a draw, step by step: the same inputs give the same result to whoever draws again.
import { createHash } from 'node:crypto'

/** Named in every draw: another procedure is another name. */
export const PROCEDURE = 'fugong-draw-1'
const sha = (...lines: string[]): string => createHash('sha256').update(lines.join('\n'), 'utf8').digest('hex')

export interface Entry { id: string; stratum: string }
/** In the order of their numbers, compared character by character by code unit. */
export function inOrder<E extends { id: string }>(entries: readonly E[]): E[] {
  return [...entries].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
}
/** What is published before the list is known: it binds the seed to this draw and tells nothing of it. */
export const commitmentOf = (seed: string, drawId: string): string => sha(PROCEDURE, drawId, seed)
/** One line for each entry, `number TAB stratum`, in order; the hash binds the whole list. */
export const listHashOf = (entries: readonly Entry[]): string => sha(...inOrder(entries).map(({ id, stratum }) => `${id}\t${stratum}`))
/** What everything is drawn by: the seed that was committed to, a value that nobody controls and that came after the list, and the list. */
export const keyOf = ({ seed, blockHash, listHash }: { seed: string; blockHash: string; listHash: string }): string => sha(seed, blockHash, listHash)
export const rankOf = (key: string, id: string): string => sha(key, 'entry', id)
/** How many of a stratum are drawn: the share rounded up, so that a small stratum is not left out. */
export const takeOf = (count: number, percent: number): number => (percent <= 0 ? 0 : Math.max(0, Math.min(count, Math.ceil(count * percent / 100 - 1e-9))))
/** The drawn ones with their ranks: of every stratum those with the smallest ranks. */
export function drawFrom(entries: readonly Entry[], takes: ReadonlyMap<string, number>, key: string): { id: string; rank: string }[] {
  const strata = new Map<string, { id: string; rank: string }[]>()
  for (const { id, stratum } of entries) strata.set(stratum, [...(strata.get(stratum) ?? []), { id, rank: rankOf(key, id) }])
  return inOrder([...strata].flatMap(([stratum, all]) => all.sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, takes.get(stratum) ?? 0)))
}
/** The inspectors of one check, from the codes of those who may inspect it. */
export function inspectorsFrom(pool: readonly string[], key: string, id: string, count: number): string[] {
  return pool.map((code) => ({ code, rank: sha(key, 'inspector', id, code) })).sort((a, b) => (a.rank < b.rank ? -1 : 1)).slice(0, count).map(({ code }) => code)
}
export interface StratumFacts { level: string | null; scene: string; enterpriseClass: string; procedure: string | null }
/** `low/park/general/effective`: what the table of rates looks at. */
export const stratumOf = ({ level, scene, enterpriseClass, procedure }: StratumFacts): string => [level ?? 'unlisted', scene, enterpriseClass, procedure ?? 'review'].join('/')
export function factsIn(stratum: string): { level: string; scene: string; enterpriseClass: string; procedure: string } {
  const [level = '', scene = '', enterpriseClass = '', procedure = ''] = stratum.split('/')
  return { level, scene, enterpriseClass, procedure }
}
