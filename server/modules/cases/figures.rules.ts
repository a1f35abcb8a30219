// Figures of cases from counted rows: ages in bands, median and ninetieth percentile, weeks with their rates.
import { ageBands, type KeptWeek } from '@fugong/contract/cases.figures'

/** A value and how many have it. */
export interface Weighted { value: number; count: number }
/** The value below which a share of all lies: the nearest rank, so that it is one that occurred. */
export function quantile(sorted: readonly Weighted[], share: number): number {
  const total = sorted.reduce((sum, one) => sum + one.count, 0)
  let left = Math.max(1, Math.ceil(total * share))
  for (const { value, count } of sorted) if ((left -= count) <= 0) return value
  return 0
}
/** Counts by age band, the last for everything beyond the bands. */
export function bandsOf(ages: readonly Weighted[]): number[] {
  const counts = Array<number>(ageBands.length + 1).fill(0)
  for (const { value, count } of ages) {
    const band = ageBands.findIndex((bound) => value <= bound)
    counts[band < 0 ? ageBands.length : band]! += count
  }
  return counts
}
const DAY = 86_400_000
/** Mondays of the last `weeks` weeks up to the one of `today`, oldest first. */
export function mondays(today: string, weeks: number): string[] {
  const at = Date.parse(`${today}T00:00:00Z`)
  const monday = at - ((new Date(at).getUTCDay() + 6) % 7) * DAY
  return Array.from({ length: weeks }, (_, n) => new Date(monday - (weeks - 1 - n) * 7 * DAY).toISOString().slice(0, 10))
}
/** Every week has its row; one in which no clock was judged has no rate, which is not a rate of nought. */
export function weeksOf(rows: readonly Omit<KeptWeek, 'rate'>[], weeks: readonly string[]): KeptWeek[] {
  return weeks.map((week) => {
    const found = rows.find((row) => row.week === week) ?? { week, kept: 0, missed: 0, unjudged: 0, paused: 0 }
    const judged = found.kept + found.missed
    return { week, kept: found.kept, missed: found.missed, unjudged: found.unjudged, paused: found.paused, rate: judged ? found.kept / judged : null }
  })
}
