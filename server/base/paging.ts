// Keyset paging shared by lists: the mark where a page ended travels as an opaque cursor, totals stop at 10,000.
import type { Ctx } from './context.ts'
import { sql } from './db.ts'
import { invalid } from './problem.ts'

/** Counting stops one beyond this: `select count(*) from (… limit ${COUNT_LIMIT + 1})`. */
export const COUNT_LIMIT = 10_000
export const PAGE_SIZE = 50
/** The last row of a page: the moment it is ordered by, and its id. */
export interface Mark { moment: string; id: string }

const MOMENT = /^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
/** A moment of the calendar: 30 February and the year nought are none to the database. */
const isMoment = (text: string) => MOMENT.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString() === text
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export function writeMark(order: string, mark: Mark): string {
  return Buffer.from(`${order} ${mark.moment} ${mark.id}`).toString('base64url')
}
/** The mark in a cursor of the same order; a cursor of another list or a broken one is `issue.cursor`. */
export function readMark(order: string, cursor: string | undefined): Mark | undefined {
  if (cursor === undefined) return undefined
  const [of, moment = '', id = '', ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ')
  if (of !== order || rest.length || !isMoment(moment) || !UUID.test(id)) throw invalid([{ path: '/cursor', code: 'issue.cursor' }])
  return { moment, id }
}
/** Cuts the row that was read beyond the page and says where the next page begins. */
export function cutPage<T>(rows: readonly T[], limit: number, order: string, markOf: (row: T) => Mark): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, next: rows.length > limit && last ? writeMark(order, markOf(last)) : null }
}
export function totalOf(counted: number): { total: number; totalIsMore: boolean } {
  return { total: Math.min(counted, COUNT_LIMIT), totalIsMore: counted > COUNT_LIMIT }
}
/** Plans the lists of this request for the very scope and filter asked: a plan made for any would read the whole table for a single street. */
export async function planByValue(ctx: Ctx): Promise<void> {
  // Helpers of a query of some milliseconds cost more than they bring, most of all when many ask at once.
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('max_parallel_workers_per_gather', '0', true)`.execute(ctx.db)
}
