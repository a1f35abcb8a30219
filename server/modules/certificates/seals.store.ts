// SQL on the seals of units.
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'

export interface SealRow { id: string; unitId: string; effectiveFrom: string; picture: Buffer; state: 'proposed' | 'confirmed' | 'refused'; proposedBy: string; proposedAt: string; decidedBy: string | null; decidedAt: string | null; reason: string | null }
interface Tables { 'certificates.seals': SealRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const shown = ['id', 'unitId', 'effectiveFrom', 'state', 'proposedBy', 'proposedAt', 'decidedBy', 'decidedAt', 'reason'] as const
export type ShownSeal = Omit<SealRow, 'picture'>

export async function insertSeal(ctx: Ctx, row: SealRow): Promise<void> {
  await db(ctx).insertInto('certificates.seals').values(row).execute()
}
export function selectSeals(ctx: Ctx): Promise<ShownSeal[]> {
  return db(ctx).selectFrom('certificates.seals').select(shown).orderBy('proposedAt', 'desc').limit(500).execute()
}
export function findSeal(ctx: Ctx, id: string): Promise<SealRow | undefined> {
  return db(ctx).selectFrom('certificates.seals').selectAll().where('id', '=', id).executeTakeFirst()
}
export function decideProposed(ctx: Ctx, id: string, change: Pick<SealRow, 'state' | 'decidedBy' | 'decidedAt' | 'reason'>): Promise<ShownSeal | undefined> {
  return db(ctx).updateTable('certificates.seals').set(change).where('id', '=', id).where('state', '=', 'proposed').returning(shown).executeTakeFirst()
}
/** The pictures of units' seals on a day: of those confirmed the one with the latest begin, and of two the one decided last. */
export async function sealsInForce(ctx: Ctx, unitIds: readonly string[], day: string): Promise<Map<string, Uint8Array>> {
  if (!unitIds.length) return new Map()
  const rows = await db(ctx).selectFrom('certificates.seals').select(['unitId', 'picture']).distinctOn('unitId').where('unitId', 'in', [...unitIds]).where('state', '=', 'confirmed').where('effectiveFrom', '<=', day)
    .orderBy('unitId').orderBy('effectiveFrom', 'desc').orderBy('decidedAt', 'desc').execute()
  return new Map(rows.map(({ unitId, picture }) => [unitId, new Uint8Array(picture)]))
}
