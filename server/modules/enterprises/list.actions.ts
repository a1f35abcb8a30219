// Use cases of the list: firms by filters and search in an order, one's own firms, firms by a phone's last digits.
import type { Input, Returns } from '@fugong/contract/base'
import type { EnterpriseRow, listEnterprises, listMyEnterprises } from '@fugong/contract/enterprises'
import type { findByPhone } from '@fugong/contract/enterprises.lists'
import type { Ctx } from '../../base/context.ts'
import { PAGE_SIZE, cutPage, planByValue, readMark } from '../../base/paging.ts'
import { invalid } from '../../base/problem.ts'
import { firmsByPhoneTail, personNames } from '../identity/index.ts'
import { searchFor } from './find.rules.ts'
import { industriesBelow } from './industries.store.ts'
import { selectPage, type ListFilter, type Page } from './list.store.ts'

/** Fewest characters worth searching for; letters of a code need four (see find.rules.ts). */
const SHORTEST_SEARCH = 2
/** Firms that one tail of a phone shows; ten thousand tails divide half a million firms into fifties. */
const MOST_BY_PHONE = 100
const DAY_MS = 86_400_000

export async function listFirms(ctx: Ctx, { query }: Input<typeof listEnterprises>): Promise<Returns<typeof listEnterprises>> {
  const { limit = PAGE_SIZE, order = 'newest', cursor, ...filters } = query
  const filter = await filterOf(ctx, filters)
  const mark = readMark(`enterprises.${order}`, cursor)
  await planByValue(ctx)
  const { rows, ...total } = await selectPage(ctx, filter, order, limit + 1, mark)
  const page = cutPage(rows, limit, `enterprises.${order}`, (row) => ({ moment: row.registeredAt, id: row.id }))
  return { items: await named(ctx, page.items), next: page.next, ...total }
}
/** Filters as they are typed into those that rows are held against; all faults at once. */
export async function filterOf(ctx: Ctx, { q, industry, since, until, ...rest }: Omit<Input<typeof listEnterprises>['query'], 'cursor' | 'limit' | 'order'>, path = ''): Promise<ListFilter> {
  const search = searchFor(q)
  if (search === 'tooShort') throw invalid([{ path: `${path}/q`, code: 'issue.too_short', params: { limit: SHORTEST_SEARCH } }])
  if (since && until && until < since) throw invalid([{ path: `${path}/until`, code: 'issue.end_before_begin' }])
  return {
    ...rest, search, industries: industry ? await industriesBelow(ctx, industry) : undefined,
    since: since ? new Date(`${since}T00:00:00+08:00`) : undefined, before: until ? new Date(Date.parse(`${until}T00:00:00+08:00`) + DAY_MS) : undefined,
  }
}
/** Only firms the caller acts for, also when they see others as staff. */
export async function listMyFirms(ctx: Ctx): Promise<Returns<typeof listMyEnterprises>> {
  const ids = ctx.scope.enterprises
  return { items: ids.length ? await named(ctx, (await selectPage(ctx, { ids }, 'newest', ids.length)).rows) : [] }
}
/** Written down with how many it found; which digits were asked for is kept nowhere. */
export async function findFirmsByPhone(ctx: Ctx, { body }: Input<typeof findByPhone>): Promise<Returns<typeof findByPhone>> {
  // Firms of other areas share the digits: more are looked up than shown, so that one's own are among them.
  const ids = await firmsByPhoneTail(ctx, body.lastFour, MOST_BY_PHONE * 20)
  const { rows } = ids.length ? await selectPage(ctx, { ids }, 'newest', MOST_BY_PHONE + 1) : { rows: [] }
  ctx.announce('enterprise.found_by_phone', { kind: 'list', id: 'enterprises' }, { found: rows.length })
  return { items: await named(ctx, rows.slice(0, MOST_BY_PHONE)), more: rows.length > MOST_BY_PHONE }
}
async function named(ctx: Ctx, rows: Page['rows']): Promise<EnterpriseRow[]> {
  const names = await personNames(ctx, [...new Set(rows.flatMap((row) => row.assigneeId ?? []))])
  return rows.map(({ assigneeId, ...row }) => ({ ...row, assignee: assigneeId ? (names.get(assigneeId) ?? null) : null }))
}
