// Use case of the district: how many people of which firm and workplace are in which state, without a name.
import type { Input, Returns } from '@fugong/contract/base'
import type { listRosterCounts } from '@fugong/contract/people'
import { elevated, type Ctx } from '../../base/context.ts'
import { PAGE_SIZE, totalOf } from '../../base/paging.ts'
import { invalid } from '../../base/problem.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { selectCounted, sumCounted } from './list.store.ts'

const MARK = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}) ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/
function readPlaceMark(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const found = MARK.exec(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (!found) throw invalid([{ path: '/cursor', code: 'issue.cursor' }])
  return { enterpriseId: found[1]!, workplaceId: found[2]! }
}
export async function listCounts(ctx: Ctx, { query }: Input<typeof listRosterCounts>): Promise<Returns<typeof listRosterCounts>> {
  const { limit = PAGE_SIZE, cursor, ...filter } = query
  const rows = await selectCounted(ctx, filter, limit + 1, readPlaceMark(cursor))
  const page = rows.slice(0, limit)
  const { states, firms, workplaces } = await sumCounted(ctx, filter)
  // Names of firms and workplaces are public facts; which of them appear the counts above have decided.
  const [names, places] = await elevated(ctx, async (system) => [new Map((await selectFirms(system, [...new Set(page.map((row) => row.enterpriseId))])).map((firm) => [firm.id, firm.name])), await workplaceNames(system, page.map((row) => row.workplaceId))] as const)
  const last = page.at(-1)
  return {
    items: page.map((row) => ({ ...row, enterpriseName: names.get(row.enterpriseId) ?? '–', workplaceName: places.get(row.workplaceId) ?? '–' })),
    next: rows.length > limit && last ? Buffer.from(`${last.enterpriseId} ${last.workplaceId}`).toString('base64url') : null, ...totalOf(workplaces), totals: states, firms,
  }
}
