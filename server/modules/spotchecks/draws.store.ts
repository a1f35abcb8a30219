// SQL on draws and their frozen lists.
import type { DrawState, Stratum } from '@fugong/contract/spotchecks'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleDraws } from './policy.ts'

export interface DrawRecord {
  id: string; state: DrawState; procedure: string; areaCode: string; districtCode: string; emergencyId: string; emergencyKind: string; unitId: string; unitZh: string; unitEn: string
  committedBy: string; committedAt: string; commitment: string; sealedSeed: Buffer; drawAt: string; freezeAfter: string | null; frozenAt: string | null; listHash: string | null; listCount: number | null
  blockAfter: number | null; blockNo: number | null; blockHash: string | null; seed: string | null; drawnAt: string | null; strata: Stratum[]; sample: boolean
}
export interface EntryRecord { drawId: string; number: string; stratum: string; declarationId: string; rank: string | null; drawn: boolean; inspectorCodes: string[]; poolCodes: string[]; districtCode: string }
interface Tables {
  'spotchecks.draws': Omit<DrawRecord, 'strata'> & { strata: unknown }
  'spotchecks.entries': EntryRecord
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
const visible = (ctx: Ctx) => db(ctx).selectFrom('spotchecks.draws as w').selectAll('w').where(visibleDraws(ctx, 'w'))

export async function insertDraw(ctx: Ctx, row: DrawRecord): Promise<void> {
  await db(ctx).insertInto('spotchecks.draws').values({ ...row, strata: JSON.stringify(row.strata) }).execute()
}
export async function findDraw(ctx: Ctx, id: string): Promise<DrawRecord | undefined> {
  return visible(ctx).where('w.id', '=', id).executeTakeFirst() as Promise<DrawRecord | undefined>
}
/** One draw for its next step; undefined while another process has it. */
export async function lockDraw(system: Ctx, id: string): Promise<DrawRecord | undefined> {
  return visible(system).where('w.id', '=', id).forUpdate().skipLocked().executeTakeFirst() as Promise<DrawRecord | undefined>
}
export async function updateDraw(system: Ctx, id: string, changes: Partial<DrawRecord>): Promise<void> {
  const { strata, ...rest } = changes
  await db(system).updateTable('spotchecks.draws').set({ ...rest, ...(strata ? { strata: JSON.stringify(strata) } : {}) }).where('id', '=', id).execute()
}
/** Draws whose time has come and that are not over. */
export async function selectDue(system: Ctx): Promise<string[]> {
  return (await db(system).selectFrom('spotchecks.draws as w').select('w.id').where('w.drawAt', '<=', system.now.toISOString()).where('w.state', 'not in', ['drawn', 'empty']).orderBy('w.drawAt').limit(100).execute()).map(({ id }) => id)
}
export function selectDraws(ctx: Ctx, limit: number, after: Mark | undefined): Promise<DrawRecord[]> {
  const query = visible(ctx).orderBy('w.committedAt', 'desc').orderBy('w.id', 'desc').limit(limit + 1)
  return (after ? query.where(sql<boolean>`(w.committed_at, w.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute() as Promise<DrawRecord[]>
}
export async function countDraws(ctx: Ctx): Promise<number> {
  const one = visible(ctx).clearSelect().select(sql<number>`1`.as('one')).limit(COUNT_LIMIT + 1)
  return Number((await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}
/** Adds to a list that is being frozen; what stands there already stays. */
export async function insertEntries(system: Ctx, rows: readonly Pick<EntryRecord, 'drawId' | 'number' | 'stratum' | 'declarationId' | 'districtCode'>[]): Promise<void> {
  if (rows.length) await db(system).insertInto('spotchecks.entries').values(rows.map((row) => ({ ...row, rank: null, drawn: false, inspectorCodes: [], poolCodes: [] }))).onConflict((conflict) => conflict.columns(['drawId', 'number']).doNothing()).execute()
}
export function selectEntries(ctx: Ctx, drawId: string): Promise<EntryRecord[]> {
  return db(ctx).selectFrom('spotchecks.entries as e').selectAll('e').where('e.drawId', '=', drawId).orderBy(sql`e.number collate "C"`).execute()
}
export async function markDrawn(system: Ctx, drawId: string, drawn: readonly { id: string; rank: string }[]): Promise<void> {
  await sql`update spotchecks.entries e set drawn = true, rank = n.rank from unnest(${drawn.map(({ id }) => id)}::text[], ${drawn.map(({ rank }) => rank)}::text[]) as n(number, rank) where e.draw_id = ${drawId}::uuid and e.number = n.number`.execute(system.db)
}
/** Drawn entries that have no check yet, in order. */
export async function selectUnopened(system: Ctx, drawId: string, limit: number): Promise<EntryRecord[]> {
  return db(system).selectFrom('spotchecks.entries as e').selectAll('e').where('e.drawId', '=', drawId).where('e.drawn', '=', true)
    .where(sql<boolean>`not exists (select 1 from spotchecks.checks c where c.draw_id = e.draw_id and c.declaration_id = e.declaration_id)`).orderBy(sql`e.number collate "C"`).limit(limit).execute()
}
export async function putInspectors(system: Ctx, drawId: string, number: string, inspectorCodes: readonly string[], poolCodes: readonly string[]): Promise<void> {
  await db(system).updateTable('spotchecks.entries').set({ inspectorCodes: [...inspectorCodes], poolCodes: [...poolCodes] }).where('drawId', '=', drawId).where('number', '=', number).execute()
}
