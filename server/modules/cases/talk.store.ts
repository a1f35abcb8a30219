// SQL on what people say about cases: comments with mentions, and presses.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { visibleTo } from '../../base/scope.ts'
import { commentsTable, pressesTable, visibleParts } from './policy.ts'
import type { CaseRecord, PartRecord } from './store.ts'

interface Areas { districtCode: string | null; streetCode: string | null; zoneCode: string | null; departmentKey: string | null }
export interface CommentRecord { id: string; caseId: string; at: string; personId: string; unitId: string | null; text: string; fileIds: string[]; mentioned: string[] }
export interface PressRecord { id: string; caseId: string; partId: string; unitId: string; personId: string | null; word: string; at: string; byPersonId: string; byUnitId: string | null }
interface Tables { 'cases.comments': CommentRecord & Areas; 'cases.mentions': { commentId: string; personId: string; caseId: string; at: string }; 'cases.presses': PressRecord & Areas }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const areasOf = ({ districtCode, streetCode, zoneCode, departmentKey }: Areas): Areas => ({ districtCode, streetCode, zoneCode, departmentKey })

export function selectComments(ctx: Ctx, caseId: string): Promise<CommentRecord[]> {
  return db(ctx).selectFrom('cases.comments as m').select(['m.id', 'm.caseId', 'm.at', 'm.personId', 'm.unitId', 'm.text', 'm.fileIds', 'm.mentioned']).where('m.caseId', '=', caseId).where(visibleTo(commentsTable, ctx.scope, 'm')).orderBy('m.id').execute()
}
export async function insertComment(system: Ctx, row: CaseRecord, comment: Pick<CommentRecord, 'id' | 'text' | 'fileIds' | 'mentioned' | 'unitId'>): Promise<void> {
  const at = system.now.toISOString()
  await db(system).insertInto('cases.comments').values({ ...comment, caseId: row.id, at, personId: system.actor.personId!, ...areasOf(row) }).execute()
  if (comment.mentioned.length) await db(system).insertInto('cases.mentions').values(comment.mentioned.map((personId) => ({ commentId: comment.id, personId, caseId: row.id, at }))).execute()
}
export async function insertPress(system: Ctx, row: CaseRecord, part: PartRecord, word: string): Promise<void> {
  await db(system).insertInto('cases.presses').values({ id: newId(), caseId: row.id, partId: part.id, unitId: part.unitId, personId: part.personId, word, at: system.now.toISOString(), byPersonId: system.actor.personId!, byUnitId: system.unit?.unitId ?? null, ...areasOf(row) }).execute()
}
/** How often each part of some cases was pressed. */
export async function selectPresses(ctx: Ctx, caseIds: readonly string[]): Promise<Map<string, number>> {
  if (!caseIds.length) return new Map()
  const { rows } = await sql<{ partId: string; count: number }>`select r.part_id, count(*)::int as count from cases.presses r where r.case_id = any (${[...caseIds]}::uuid[]) and ${visibleTo(pressesTable, ctx.scope, 'r')} group by r.part_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.partId, row.count]))
}
/** How many open parts each person of some units has, by `unit person`. */
export async function countOpenOf(ctx: Ctx, units: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ unitId: string; personId: string; count: number }>`select p.unit_id, p.person_id, count(*)::int as count from cases.parts p where p.state = 'open' and p.unit_id = any (${[...units]}::uuid[]) and p.person_id is not null and ${visibleParts(ctx, 'p')} group by 1, 2`.execute(ctx.db)
  return new Map(rows.map((row) => [`${row.unitId} ${row.personId}`, row.count]))
}
/** When a case was last pressed. */
export async function lastPress(system: Ctx, caseId: string): Promise<string | undefined> {
  return (await db(system).selectFrom('cases.presses as r').select('r.at').where('r.caseId', '=', caseId).orderBy('r.at', 'desc').limit(1).executeTakeFirst())?.at
}
