// What anyone reads of draws: everything that is needed to draw again, nothing that names a firm's people or an inspector.
import type { Input, Returns } from '@fugong/contract/base'
import type { Draw, getPublicDraw, listDraws, listPublicDraws, PublicDraw } from '@fugong/contract/spotchecks'
import type { Ctx } from '../../base/context.ts'
import { cutPage, PAGE_SIZE, readMark, totalOf } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { countOfDraws } from './checks.store.ts'
import { countDraws, findDraw, selectDraws, selectEntries, type DrawRecord } from './draws.store.ts'

const publicOf = (row: DrawRecord) => {
  const { id, procedure, areaCode, unitZh, unitEn, state, committedAt, commitment, drawAt, frozenAt, listHash, listCount, blockNo, blockHash, seed, drawnAt, strata } = row
  return { id, procedure, areaCode, unit: { zh: unitZh, en: unitEn }, state, committedAt, commitment, drawAt, frozenAt, listHash, listCount, blockNo: blockNo === null ? null : Number(blockNo), blockHash, seed, drawnAt, strata }
}
export const toDraw = (row: DrawRecord, counts: { checks: number; ended: number }): Draw => ({ ...publicOf(row), ...counts })

const ORDER = 'committed'
export async function list(ctx: Ctx, { query }: Input<typeof listDraws>): Promise<Returns<typeof listDraws>> {
  const page = await pageOf(ctx, query)
  const counts = await countOfDraws(ctx, page.items.map(({ id }) => id))
  return { ...page, items: page.items.map((row) => toDraw(row, counts.get(row.id) ?? { checks: 0, ended: 0 })) }
}
export async function listPublic(ctx: Ctx, { query }: Input<typeof listPublicDraws>): Promise<Returns<typeof listPublicDraws>> {
  const page = await pageOf(ctx, query)
  return { ...page, items: page.items.map(({ id, areaCode, unitZh, unitEn, state, committedAt, drawAt, listCount }) => ({ id, areaCode, unit: { zh: unitZh, en: unitEn }, state, committedAt, drawAt, listCount })) }
}
async function pageOf(ctx: Ctx, { cursor, limit = PAGE_SIZE }: { cursor?: string; limit?: number }) {
  const [rows, counted] = await Promise.all([selectDraws(ctx, limit, readMark(ORDER, cursor)), countDraws(ctx)])
  return { ...cutPage(rows, limit, ORDER, (row) => ({ moment: row.committedAt, id: row.id })), ...totalOf(counted) }
}
/** The list is told once it is frozen: before that it would help nobody but whoever wants to leave it. */
export async function showPublic(ctx: Ctx, { params }: Input<typeof getPublicDraw>): Promise<PublicDraw> {
  const row = await findDraw(ctx, params.id)
  if (!row) throw problem('not_found')
  const entries = row.listHash === null ? [] : await selectEntries(ctx, row.id)
  return {
    ...publicOf(row), list: entries.map(({ number, stratum }) => ({ id: number, stratum })),
    drawn: entries.filter(({ drawn }) => drawn).map(({ number, rank, inspectorCodes, poolCodes }) => ({ id: number, rank: rank!, inspectors: inspectorCodes, pool: poolCodes })),
  }
}
