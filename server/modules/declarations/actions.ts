// Reading declarations: one with its timeline, lists, counts, and which procedure would apply now.
import type { Input, Returns } from '@fugong/contract/base'
import type { countDeclarations, Declaration, getDeclaration, listDeclarations, previewProcedure } from '@fugong/contract/declarations'
import type { countLateLists } from '@fugong/contract/declarations.review'
import { elevated, type Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { cutPage, PAGE_SIZE, planByValue, readMark, totalOf } from '../../base/paging.ts'
import { certificatesOf } from '../certificates/index.ts'
import { getEnterpriseOf } from '../enterprises/index.ts'
import { unitNames } from '../identity/index.ts'
import { toDeclaration } from './answer.actions.ts'
import { factsOf } from './facts.actions.ts'
import { selectLateLists } from './gaps.store.ts'
import { judge } from './judge.actions.ts'
import { countByState, countUpToLimit, selectPage, type Filter, type Order } from './lists.store.ts'
import { isOverdue, isWaiting, readSearch } from './rules.ts'
import { getDeclarationRow } from './store.ts'

export async function get(ctx: Ctx, { params }: Input<typeof getDeclaration>): Promise<Declaration> {
  return toDeclaration(ctx, await getDeclarationRow(ctx, params.id))
}

/** What waits for an office comes oldest due first, everything else newest first. */
export async function list(ctx: Ctx, { query }: Input<typeof listDeclarations>): Promise<Returns<typeof listDeclarations>> {
  const { state, standing, district, enterprise, overdue, q } = query
  const limit = query.limit ?? PAGE_SIZE
  const order: Order = overdue === true || (state && isWaiting(state)) ? 'due' : 'created'
  const after = readMark(order, query.cursor)
  const filter: Filter = { state, standing, district, enterprise, overdue, search: q && searchKey(q) ? readSearch(q) : undefined }
  await planByValue(ctx)
  const [rows, counted] = await Promise.all([selectPage(ctx, filter, order, limit, after), countUpToLimit(ctx, filter)])
  const page = cutPage(rows, limit, order, (row) => ({ moment: order === 'due' ? row.dueAt! : row.createdAt, id: row.id }))
  const now = ctx.now.toISOString()
  const certificates = await certificatesOf(ctx, page.items.filter((row) => row.certificateNumber !== null).map(({ id }) => id))
  return { items: page.items.map((row) => ({ ...row, certificateState: certificates.get(row.id)?.state ?? null, overdue: isOverdue(row, now) })), next: page.next, ...totalOf(counted) }
}

export async function count(ctx: Ctx): Promise<Returns<typeof countDeclarations>> {
  await planByValue(ctx)
  return countByState(ctx)
}

/** What the table would say now; the record keeps what it said at submission. A draft is judged by what the register knows of the firm. */
export async function preview(ctx: Ctx, { params }: Input<typeof previewProcedure>): Promise<Returns<typeof previewProcedure>> {
  const row = await getDeclarationRow(ctx, params.id)
  const open = row.state === 'draft' || row.state === 'returned' ? await elevated(ctx, async (system) => getEnterpriseOf(system, row.enterpriseId, row.workplaceId)) : undefined
  const { level, procedure, decision } = await judge(ctx, open?.workplace ? { ...row, ...(await factsOf(ctx, open)) } : row)
  return { level, procedure, decision }
}
export async function countLate(ctx: Ctx, { query }: Input<typeof countLateLists>): Promise<Returns<typeof countLateLists>> {
  const rows = await selectLateLists(ctx, query.since ?? null)
  const names = await unitNames(ctx, rows.map(({ unitId }) => unitId))
  return { items: rows.map((row) => ({ ...row, unit: names.get(row.unitId) ?? { zh: '–', en: '–' } })) }
}
