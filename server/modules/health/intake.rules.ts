// Pure decisions of the intake: which days may still be reported, tokens of bound phones, batch numbers, when to refuse at the door.
import type { SendReport } from '@fugong/contract/health'

const DAY = 86_400_000
/** Whether a report for a day is taken today: not for tomorrow, and only so many days late. */
export function dayIsOpen(day: string, today: string, daysLate: number): boolean {
  return day <= today && day >= new Date(Date.parse(`${today}T00:00:00Z`) - daysLate * DAY).toISOString().slice(0, 10)
}
/** Whether what was reported for a day may still be corrected: so many hours after its first moment, in Shanghai. */
export const mayCorrect = (day: string, now: Date, hours: number): boolean => now.getTime() < Date.parse(`${day}T00:00:00+08:00`) + hours * 3_600_000
/** When something was answered, from two looks at one clock: what lies between them is right, however wrong it is. Nothing was answered later than now. */
export function answeredAt({ now, sentAt, at }: { now: Date; sentAt: number; at: unknown }): Date {
  return typeof at === 'number' && at <= sentAt ? new Date(now.getTime() - (sentAt - at)) : now
}
/** The same report for the day that its person named: a phone's clock had sealed a wrong one. Its key stays what it was but for the day. */
export const redated = (report: SendReport, day: string): SendReport => ({ ...report, day, key: `${day.replaceAll('-', '')}${report.key.slice(8)}` })

/** Tokens: the binding's id and the first 12 bytes of its keyed hash, as 38 characters of URL-safe base64. */
export const TOKEN_BYTES = 28
export function tokenOf(bindingId: string, keyed: (text: string) => Buffer): string {
  return Buffer.concat([Buffer.from(bindingId.replaceAll('-', ''), 'hex'), keyed(bindingId).subarray(0, 12)]).toString('base64url')
}
/** The id that a token names, and the tag that must be its keyed hash. */
export function readToken(token: string): { id: string; tag: Buffer } | undefined {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== TOKEN_BYTES) return undefined
  const hex = bytes.toString('hex', 0, 16)
  return { id: `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`, tag: bytes.subarray(16) }
}
// Batch numbers order by time and fit a receipt: milliseconds since 2020 times 4096, and a count that begins anywhere.
const EPOCH = Date.UTC(2020, 0, 1)
const PER_MILLISECOND = 4096
let last = 0
/** A number no batch of this process has had (`random` from 0 to 1); two processes meet once in thousands of equal milliseconds, which the primary key finds. */
export function newBatchId(now: number, random: number): number {
  const wanted = (now - EPOCH) * PER_MILLISECOND + Math.floor(random * PER_MILLISECOND)
  last = Math.max(last + 1, wanted)
  return last
}

/** How many may wait so that the last of them is answered in time at the rate of late; a quiet server takes a first rush. */
export function roomFor(perSecond: number, waitSeconds: number, least: number): number {
  return Math.max(least, Math.floor(perSecond * waitSeconds))
}
