// Pure decisions of notices: quiet hours, when many become one, how values are written, which areas' texts hold, when a robot is tried again.
import { fillTemplate, templateValues, type TemplateCode, type TemplateParams, type ValueKind } from '@fugong/contract/notices.templates'

export interface NoticeLimits {
  version: number; quietFrom: string; quietTo: string; jitterMinutes: number; bundleAbove: number; bundleMinutes: number
  smsTries: number; smsRetrySeconds: number; robotTries: number; robotsPerMinute: number; robotRestMinutes: number; robotTimeoutSeconds: number; mostRobots: number
}
const MINUTE = 60_000
const DAY = 86_400_000
/** Asia/Shanghai is eight hours ahead all year. */
const AHEAD = 8 * 60 * MINUTE
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** End of the quiet hours that `at` lies in; undefined outside of them. They may pass midnight; the first minute is quiet, the last is not. */
export function quietUntil(at: Date, { quietFrom, quietTo }: Pick<NoticeLimits, 'quietFrom' | 'quietTo'>): Date | undefined {
  const [from, to] = [minuteOf(quietFrom), minuteOf(quietTo)]
  const local = at.getTime() + AHEAD
  const midnight = Math.floor(local / DAY) * DAY
  const minute = (local - midnight) / MINUTE
  const quiet = from <= to ? minute >= from && minute < to : minute >= from || minute < to
  if (!quiet) return undefined
  return new Date(midnight - AHEAD + to * MINUTE + (minute >= to ? DAY : 0))
}
/** Spreads what waited for the same moment over some minutes: the same id always at the same place, so that a second reckoning does not move it. */
export function jitter(id: string, minutes: number): number {
  return Math.floor((parseInt(id.replaceAll('-', '').slice(-8), 16) / 0x1_0000_0000) * minutes * MINUTE)
}
/** When a text message goes out: at once, or later and why. `sentLately` are the moments of text messages of its template to its reader within the bundle's time. */
export function smsTiming(at: Date, id: string, message: { urgent: boolean; held: boolean; sentLately: readonly Date[] }, limits: NoticeLimits): { due: Date; why: 'quiet' | 'bundle' } | 'now' {
  if (message.urgent) return 'now'
  const quiet = quietUntil(at, limits)
  if (quiet) return { due: new Date(quiet.getTime() + jitter(id, limits.jitterMinutes)), why: 'quiet' }
  if (!message.held && message.sentLately.length >= limits.bundleAbove) {
    const first = Math.min(...message.sentLately.map((sent) => sent.getTime()))
    return { due: new Date(Math.max(at.getTime() + MINUTE, first + limits.bundleMinutes * MINUTE)), why: 'bundle' }
  }
  return 'now'
}
/** Whether what waits for one reader under one template goes out as one: more than the limit, or held for it already. */
export function bundles(waiting: number, held: boolean, { bundleAbove }: Pick<NoticeLimits, 'bundleAbove'>): boolean {
  return waiting > 1 && (held || waiting > bundleAbove)
}

/** Codes of the areas whose texts hold for a unit, nearest first: community, street, district, city, province, everywhere. */
export function areaChain(code: string): string[] {
  const chain = [12, 9, 6].filter((length) => code.length >= length).map((length) => code.slice(0, length))
  if (code.length >= 6) chain.push(`${code.slice(0, 4)}00`, `${code.slice(0, 2)}0000`)
  return [...new Set([...chain, ''])]
}

const moment = (value: string) => new Date(Date.parse(value) + AHEAD).toISOString().slice(0, 16).replace('T', ' ')
const written = (kind: ValueKind, value: unknown, language: 'zh' | 'en'): string => {
  if (kind === 'moment') return moment(value as string)
  if (kind === 'name' && typeof value === 'object') return (value as Record<'zh' | 'en', string>)[language]
  return String(value)
}
/** Values as they stand in a text of one language; throws when the sending room leaves one out or gives a moment that is none. */
export function writtenValues<T extends TemplateCode>(code: T, params: TemplateParams<T>, language: 'zh' | 'en'): Record<string, string> {
  const given = params as Record<string, unknown>
  return Object.fromEntries(Object.entries(templateValues[code]).map(([name, kind]) => {
    if (given[name] === undefined || given[name] === null) throw new Error(`The notice ${code} was not given ${name}`)
    return [name, written(kind, given[name], language)]
  }))
}
export const filledIn = (text: { zh: string; en: string }, values: { zh: Record<string, string>; en: Record<string, string> }) => ({ zh: fillTemplate(text.zh, values.zh), en: fillTemplate(text.en, values.en) })

/** A place within the product, reached without leaving it. */
export function isOwnLink(link: string): boolean {
  return /^\/(portal|console|c)(\/[\w~-][\w.~-]*)*\/?(\?[\w.~=&%,:-]*)?(#[\w-]*)?$/.test(link)
}
/** Minutes until a robot is tried again: 1, 2, 4 … at most an hour. */
export const robotWait = (tries: number): number => Math.min(60, 2 ** Math.max(0, tries - 1))
