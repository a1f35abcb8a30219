// SQL on signing keys; the private half leaves the table sealed.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'

export interface KeyRow { id: string; publicKey: Buffer; state: 'active' | 'retired' | 'revoked'; createdAt: string; createdBy: string | null; endedAt: string | null; reason: string | null }
interface Tables { 'certificates.keys': KeyRow & { privateSealed: Buffer } }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const shown = ['id', 'publicKey', 'state', 'createdAt', 'createdBy', 'endedAt', 'reason'] as const

export function selectKeys(ctx: Ctx): Promise<KeyRow[]> {
  return db(ctx).selectFrom('certificates.keys').select(shown).orderBy('createdAt', 'desc').execute()
}
export function findActiveKey(ctx: Ctx): Promise<{ id: string; privateSealed: Buffer } | undefined> {
  return db(ctx).selectFrom('certificates.keys').select(['id', 'privateSealed']).where('state', '=', 'active').executeTakeFirst()
}
/** False when another one is active already. */
export async function insertActiveKey(ctx: Ctx, row: KeyRow & { privateSealed: Buffer }): Promise<boolean> {
  const made = await db(ctx).insertInto('certificates.keys').values(row).onConflict((conflict) => conflict.column('state').where('state', '=', 'active').doNothing()).executeTakeFirst()
  return made.numInsertedOrUpdatedRows === 1n
}
/** Ends the active key; the lock lets two rotations follow each other. */
export async function retireActive(ctx: Ctx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('certificates.keys', 0))`.execute(ctx.db)
  await db(ctx).updateTable('certificates.keys').set({ state: 'retired', endedAt: ctx.now.toISOString() }).where('state', '=', 'active').execute()
}
export function revokeRetired(ctx: Ctx, id: string, reason: string): Promise<KeyRow | undefined> {
  return db(ctx).updateTable('certificates.keys').set({ state: 'revoked', reason, endedAt: ctx.now.toISOString() }).where('id', '=', id).where('state', '=', 'retired').returning(shown).executeTakeFirst()
}
