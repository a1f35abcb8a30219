// Pure decisions of a firm's day: sums, hours of the table, the sentence that is signed, and which missed days count.
import type { Bilingual } from '@fugong/contract/base'
import type { DayTally } from '@fugong/contract/health.days'

/** People alike in everything that a sum asks; `mayWork` by the table. */
export interface Counted { workplaceId: string; crew: string | null; reported: boolean; twice: boolean; again: boolean; mayWork: boolean; people: number }
export const noTally = (): DayTally => ({ expected: 0, reported: 0, mayWork: 0, notYet: 0, missing: 0 })
export function tallyOf(rows: readonly Counted[]): DayTally {
  const sum = noTally()
  for (const { reported, mayWork, people } of rows) {
    sum.expected += people
    if (reported) sum.reported += people
    else sum.missing += people
    if (reported) sum[mayWork ? 'mayWork' : 'notYet'] += people
  }
  return sum
}
/** Sums by a key, in the order in which the keys first appear. */
export function talliesBy<K extends string>(rows: readonly Counted[], keyOf: (row: Counted) => K | null): Map<K, DayTally> {
  const groups = new Map<K, Counted[]>()
  for (const row of rows) {
    const key = keyOf(row)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  return new Map([...groups].map(([key, group]) => [key, tallyOf(group)]))
}
export const evening = (rows: readonly Counted[]) => ({ expected: sumOf(rows, ({ twice }) => twice), reported: sumOf(rows, ({ twice, again }) => twice && again) })
const sumOf = (rows: readonly Counted[], which: (row: Counted) => boolean) => rows.reduce((sum, row) => sum + (which(row) ? row.people : 0), 0)

export interface Hours { personAt: number; firmAt: number; unitAt: number; closesAt: number; spread: number }
const HOURS = ['personAt', 'firmAt', 'unitAt', 'closesAt', 'spread'] as const
/** What a row of `health.day` says; undefined for a row that leaves an hour out. */
export function hoursOf(outputs: Readonly<Record<string, unknown>>): Hours | undefined {
  return HOURS.every((name) => typeof outputs[name] === 'number') ? (Object.fromEntries(HOURS.map((name) => [name, outputs[name]])) as unknown as Hours) : undefined
}
/** 9.5 as `09:30`. */
export const clockText = (hour: number): string => `${String(Math.floor(hour)).padStart(2, '0')}:${String(Math.round((hour % 1) * 60)).padStart(2, '0')}`
/** Minutes of a day in Shanghai that have passed at a moment. */
export const minuteOfDay = (at: Date): number => Math.floor(((at.getTime() + 8 * 3_600_000) % 86_400_000) / 60_000)
/** The minutes by which a firm comes later than others in the same stage: the same each day. */
export const offsetOf = (enterpriseId: string, spread: number): number => Number.parseInt(enterpriseId.replaceAll('-', '').slice(-6), 16) % Math.max(1, Math.floor(spread))

export function sentenceOf({ firm, day, tally, name, at }: { firm: string; day: string; tally: DayTally; name: string; at: string }): Bilingual {
  const { expected, reported, mayWork, notYet, missing } = tally
  return {
    zh: `${firm} ${day} 应申报 ${expected} 人，已申报 ${reported} 人，其中可以上岗 ${mayWork} 人、暂不能上岗 ${notYet} 人；未申报 ${missing} 人。${name}于 ${at} 签名上报。`,
    en: `${firm}, ${day}: ${expected} expected, ${reported} reported, of whom ${mayWork} may work and ${notYet} may not yet; ${missing} have not reported. Signed and handed over by ${name} at ${at}.`,
  }
}

/** Reports missed in a row up to a day: since the last one that is known of, or on from what was counted before. */
export function missedBy({ until, last, before, countedTo, since }: { until: string; last: string | null; before: number; countedTo: string | null; since: string }): number {
  if (last !== null) return daysFrom(last, until)
  return Math.max(0, before + (countedTo === null ? daysFrom(since, until) + 1 : daysFrom(countedTo, until)))
}
const daysFrom = (from: string, to: string): number => Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
