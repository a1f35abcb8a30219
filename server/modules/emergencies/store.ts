// SQL on the emergencies schema: emergencies and their stages.
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'

export interface EmergencyRow {
  id: string; kind: string; nameZh: string; nameEn: string; areaCode: string; pack: string; packVersion: number; documentNo: string
  begunAt: string; endedAt: string | null; sample: boolean
}
export interface StageRow { emergencyId: string; position: number; code: string; enteredAt: string; enteredBy: string | null; note: string | null }
interface Tables {
  'emergencies.emergencies': Omit<EmergencyRow, 'begunAt' | 'endedAt'> & { begunAt: Date; endedAt: Date | null; endDocumentNo: string | null; endNote: string | null }
  'emergencies.stages': Omit<StageRow, 'enteredAt'> & { enteredAt: Date }
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
const columns = sql`id, kind, name_zh, name_en, area_code, pack, pack_version, document_no, begun_at, ended_at, sample`

/** Open ones first, newest first; a city has few. */
export async function selectEmergencies(ctx: Ctx): Promise<EmergencyRow[]> {
  return (await sql<EmergencyRow>`select ${columns} from emergencies.emergencies order by (ended_at is null) desc, begun_at desc, id desc limit 500`.execute(ctx.db)).rows
}
export async function findEmergency(ctx: Ctx, id: string): Promise<EmergencyRow | undefined> {
  return (await sql<EmergencyRow>`select ${columns} from emergencies.emergencies where id = ${id}`.execute(ctx.db)).rows[0]
}
/** Takes the row for this transaction: stages and the end are entered one after the other. */
export async function lockEmergency(ctx: Ctx, id: string): Promise<EmergencyRow | undefined> {
  return (await sql<EmergencyRow>`select ${columns} from emergencies.emergencies where id = ${id} for update`.execute(ctx.db)).rows[0]
}
const open = briefCache<EmergencyRow[]>(900)
/** Open emergencies that cover an area, given as itself and all above it; the newest first. One that another process began or ended shows within a second. */
export async function selectOpenCovering(ctx: Ctx, areas: readonly string[]): Promise<EmergencyRow[]> {
  const all = await open.get(ctx, '', async () => (await sql<EmergencyRow>`select ${columns} from emergencies.emergencies where ended_at is null order by begun_at desc, id desc`.execute(ctx.db)).rows)
  const now = ctx.now.toISOString()
  return all.filter((row) => row.begunAt <= now && areas.includes(row.areaCode))
}
export async function insertEmergency(ctx: Ctx, row: EmergencyRow): Promise<void> {
  await db(ctx).insertInto('emergencies.emergencies').values({ ...row, begunAt: new Date(row.begunAt), endedAt: null, endDocumentNo: null, endNote: null }).execute()
  open.forget(ctx)
}
export async function closeEmergency(ctx: Ctx, id: string, { documentNo, note }: { documentNo: string; note: string }): Promise<void> {
  await db(ctx).updateTable('emergencies.emergencies').set({ endedAt: ctx.now, endDocumentNo: documentNo, endNote: note }).where('id', '=', id).execute()
  open.forget(ctx)
}
/** Stages in the order in which they were entered. */
export async function selectStages(ctx: Ctx, ids: readonly string[]): Promise<StageRow[]> {
  if (!ids.length) return []
  return (await sql<StageRow>`select * from emergencies.stages where emergency_id = any (${[...ids]}::uuid[]) order by emergency_id, position`.execute(ctx.db)).rows
}
export async function insertStage(ctx: Ctx, row: StageRow): Promise<void> {
  await db(ctx).insertInto('emergencies.stages').values({ ...row, enteredAt: new Date(row.enteredAt) }).execute()
}
export async function hasSample(ctx: Ctx, pack: string): Promise<boolean> {
  return (await sql`select 1 from emergencies.emergencies where sample and pack = ${pack} limit 1`.execute(ctx.db)).rows.length > 0
}
