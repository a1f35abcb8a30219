// SQL on the firms of plans and their moves.
import type { BatchAnswer, BatchMember } from '@fugong/contract/batches'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { problem } from '../../base/problem.ts'
import { visibleTo } from '../../base/scope.ts'
import { membersTable, movesTable } from './policy.ts'

export interface MemberRow {
  id: string; revision: number; planId: string; batchId: string | null; emergencyId: string; open: boolean; byHand: boolean
  enterpriseId: string; enterpriseName: string; creditCode: string; industryCode: string; enterpriseClass: BatchMember['class']; workplaceId: string; workplaceName: string
  heads: number | null; rank: number; priority: BatchMember['priority']; decisionId: string | null
  invitedDay: string | null; invitedAt: string | null; answer: BatchAnswer | null; answeredAt: string | null; answeredBy: string | null; reason: string | null; wishedDay: string | null; outReason: string | null; addedAt: string
  districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null
}
export interface Move { memberId: string; fromBatch: string | null; toBatch: string | null; fromDay: string | null; toDay: string | null; fromOpen: boolean; toOpen: boolean; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
interface Tables { 'batches.members': MemberRow; 'batches.moves': Move & { deedId: string } }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const visible = (ctx: Ctx) => db(ctx).selectFrom('batches.members as m').selectAll('m').where(visibleTo(membersTable, ctx.scope, 'm'))

/** Which of these workplaces stand on an open plan, whoever made it. Runs as the system. */
export async function plannedAmong(system: Ctx, workplaceIds: readonly string[]): Promise<Set<string>> {
  const rows = workplaceIds.length ? await db(system).selectFrom('batches.members').select('workplaceId').where('open', '=', true).where('workplaceId', 'in', [...workplaceIds]).execute() : []
  return new Set(rows.map((row) => row.workplaceId))
}
/** Adds firms to a plan; one that fell out of it before comes back as it is known now. Answers the rows that were written. */
export async function insertMembers(ctx: Ctx, rows: readonly MemberRow[]): Promise<MemberRow[]> {
  const written: MemberRow[] = []
  // A statement takes 65,535 values.
  for (let at = 0; at < rows.length; at += 1000) {
    const some = rows.slice(at, at + 1000).map((row) => ({ ...row, priority: row.priority === null ? null : sql<never>`${JSON.stringify(row.priority)}::jsonb` }))
    written.push(...(await db(ctx).insertInto('batches.members').values(some as never).onConflict((conflict) => conflict.constraint('members_once').doUpdateSet((on) => ({
      open: true, batchId: null, byHand: false, revision: sql<number>`members.revision + 1`, heads: on.ref('excluded.heads'), rank: on.ref('excluded.rank'), priority: on.ref('excluded.priority'), decisionId: on.ref('excluded.decisionId'),
      invitedDay: null, invitedAt: null, answer: null, answeredAt: null, answeredBy: null, reason: null, wishedDay: null, outReason: null,
    })).where('members.open' as never, '=', false as never)).returningAll().execute()))
  }
  return written
}
/** Open firms of a plan within the caller's scope. */
export function selectOpen(ctx: Ctx, planId: string): Promise<MemberRow[]> {
  return visible(ctx).where('m.planId', '=', planId).where('m.open', '=', true).execute()
}
/** Chosen firms of a plan, locked in the order of their ids so that two deeds never wait for each other; those the caller does not see are left out. */
export function lockMembers(ctx: Ctx, planId: string, ids: readonly string[]): Promise<MemberRow[]> {
  return visible(ctx).where('m.planId', '=', planId).where('m.id', 'in', [...ids]).orderBy('m.id').forUpdate('m').execute()
}
export async function getMemberRow(ctx: Ctx, planId: string, id: string): Promise<MemberRow> {
  const found = await visible(ctx).where('m.planId', '=', planId).where('m.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export interface Target { id: string; batchId: string | null; open: boolean; byHand: boolean; outReason: string | null }
/** Puts firms where a deed wants them; several targets in one statement. */
export async function placeMembers(ctx: Ctx, targets: readonly Target[]): Promise<void> {
  if (!targets.length) return
  await sql`update batches.members m set batch_id = t.batch, open = t.open, by_hand = t.hand, out_reason = t.reason, revision = m.revision + 1
    from unnest(${targets.map(({ id }) => id)}::uuid[], ${targets.map(({ batchId }) => batchId)}::uuid[], ${targets.map(({ open }) => open)}::boolean[], ${targets.map(({ byHand }) => byHand)}::boolean[], ${targets.map(({ outReason }) => outReason)}::text[]) as t (id, batch, open, hand, reason)
    where m.id = t.id and ${visibleTo(membersTable, ctx.scope, 'm')}`.execute(ctx.db)
}
export async function insertMoves(ctx: Ctx, deedId: string, moves: readonly Move[]): Promise<void> {
  for (let at = 0; at < moves.length; at += 2000) await db(ctx).insertInto('batches.moves').values(moves.slice(at, at + 2000).map((move) => ({ deedId, ...move }))).execute()
}
export function selectMovesOf(ctx: Ctx, deedId: string): Promise<Move[]> {
  return db(ctx).selectFrom('batches.moves as v').selectAll('v').where('v.deedId', '=', deedId).where(visibleTo(movesTable, ctx.scope, 'v')).execute()
}
export type MemberMove = Move & { deed: string; at: string; personId: string | null; note: string | null }
export async function selectMovesOfMember(ctx: Ctx, memberId: string): Promise<MemberMove[]> {
  return (await sql<MemberMove>`select v.*, d.deed, d.at, d.person_id, d.note from batches.moves v join batches.deeds d on d.id = v.deed_id
    where v.member_id = ${memberId} and ${visibleTo(movesTable, ctx.scope, 'v')} order by v.no desc`.execute(ctx.db)).rows
}
/** Tells firms their day: what they said to another day counts no more. */
export async function inviteMembers(ctx: Ctx, ids: readonly string[], day: string): Promise<void> {
  await db(ctx).updateTable('batches.members').set({ invitedDay: day, invitedAt: ctx.now.toISOString(), answer: null, answeredAt: null, answeredBy: null, reason: null, wishedDay: null, revision: sql<number>`revision + 1` }).where('id', 'in', [...ids]).execute()
}
export async function closeMembers(ctx: Ctx, planId: string): Promise<void> {
  await db(ctx).updateTable('batches.members').set({ open: false, revision: sql<number>`revision + 1` }).where('planId', '=', planId).where('open', '=', true).execute()
}

// ── the firm's own ──────────────────────────────────────────────────────────
/** What the caller's firms were invited to and still stands. */
export function selectInvited(ctx: Ctx, enterpriseId?: string): Promise<MemberRow[]> {
  if (!ctx.scope.enterprises.length) return Promise.resolve([])
  const query = visible(ctx).where('m.enterpriseId', 'in', ctx.scope.enterprises).where('m.open', '=', true).where('m.invitedAt', 'is not', null).orderBy('m.invitedDay').orderBy('m.id')
  return (enterpriseId ? query.where('m.enterpriseId', '=', enterpriseId) : query).execute()
}
export async function getInvited(ctx: Ctx, id: string): Promise<MemberRow> {
  const found = ctx.scope.enterprises.length ? await visible(ctx).where('m.id', '=', id).where('m.enterpriseId', 'in', ctx.scope.enterprises).where('m.invitedAt', 'is not', null).executeTakeFirst() : undefined
  if (!found) throw problem('not_found')
  return found
}
export async function answerMember(ctx: Ctx, row: MemberRow, said: Pick<MemberRow, 'answer' | 'reason' | 'wishedDay' | 'heads'>): Promise<MemberRow> {
  return db(ctx).updateTable('batches.members').set({ ...said, answeredAt: ctx.now.toISOString(), answeredBy: ctx.actor.personId, revision: row.revision + 1 }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}
