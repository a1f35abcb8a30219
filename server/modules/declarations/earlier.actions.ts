// What happened with the firm before: its earlier declarations, and what upper rooms know (spot checks, inspections).
import type { Input, Returns } from '@fugong/contract/base'
import type { Earlier, listEarlier } from '@fugong/contract/declarations.review'
import type { Ctx } from '../../base/context.ts'
import { getDeclarationRow } from './store.ts'

/** What an upper room knows of a firm, within the caller's scope, newest first. */
export type EarlierPort = (ctx: Ctx, enterpriseId: string, limit: number) => Promise<Earlier[]>
const MOST = 20
export function earlierOf(ports: readonly EarlierPort[]) {
  return async (ctx: Ctx, { params }: Input<typeof listEarlier>): Promise<Returns<typeof listEarlier>> => {
    const { enterpriseId } = await getDeclarationRow(ctx, params.id)
    const found = (await Promise.all(ports.map((port) => port(ctx, enterpriseId, MOST)))).flat()
    return { items: found.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, MOST) }
  }
}
