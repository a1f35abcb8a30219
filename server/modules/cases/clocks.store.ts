// SQL on clocks and pauses of cases, and on the moment that lists are ordered by.
import type { ClockName } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { visibleTo } from '../../base/scope.ts'
import { clocksTable, pausesTable } from './policy.ts'
import type { CaseScope } from './ports.ts'
import { FAR } from './rules.ts'
import { scopeOf, type CaseRecord } from './store.ts'

export interface ClockRecord extends CaseScope {
  id: string; caseId: string; kind: string; partId: string | null; clock: ClockName; hours: number; state: 'running' | 'paused' | 'stopped'
  startedAt: string; dueAt: string | null; soonAt: string | null; stoppedAt: string | null; kept: boolean | null; breachedAt: string | null; nextAt: string | null; remindAt: string | null; remindedAt: string | null; escalations: number; escalatedAt: string | null; unitId: string | null; pausedOnce: boolean
}
export interface PauseRecord { id: string; caseId: string; reason: string; note: string | null; begunAt: string; begunBy: string | null; endedAt: string | null; endedBy: string | null }
interface Tables { 'cases.clocks': ClockRecord; 'cases.pauses': PauseRecord & CaseScope }
const db = (ctx: Ctx) => tables<Tables>(ctx)
/** Limits are kept exactly and come as text. */
const plain = <T extends { hours: number }>(row: T): T => ({ ...row, hours: Number(row.hours) })

export async function selectClocks(ctx: Ctx, caseIds: readonly string[]): Promise<ClockRecord[]> {
  if (!caseIds.length) return []
  return (await db(ctx).selectFrom('cases.clocks as k').selectAll('k').where(sql<boolean>`k.case_id = any (${[...caseIds]}::uuid[])`).where(visibleTo(clocksTable, ctx.scope, 'k')).orderBy('k.id').execute()).map(plain)
}
export async function insertClocks(ctx: Ctx, row: CaseRecord, clocks: readonly Pick<ClockRecord, 'clock' | 'hours' | 'partId' | 'startedAt'>[]): Promise<void> {
  if (clocks.length) await db(ctx).insertInto('cases.clocks').values(clocks.map((clock) => ({ id: newId(), caseId: row.id, kind: row.kind, state: 'running', ...clock, ...scopeOf(row) }) as ClockRecord)).execute()
}
export async function updateClock(ctx: Ctx, id: string, change: Partial<ClockRecord>): Promise<void> {
  await db(ctx).updateTable('cases.clocks').set(change).where('id', '=', id).execute()
}
/** Clocks of a part go on with the part that takes its place. */
export async function carryClocks(ctx: Ctx, fromPartId: string, toPartId: string): Promise<void> {
  await db(ctx).updateTable('cases.clocks').set({ partId: toPartId }).where('partId', '=', fromPartId).where('state', '!=', 'stopped').execute()
}
export function selectPauses(ctx: Ctx, caseIds: readonly string[]): Promise<PauseRecord[]> {
  if (!caseIds.length) return Promise.resolve([])
  return db(ctx).selectFrom('cases.pauses as p').select(['p.id', 'p.caseId', 'p.reason', 'p.note', 'p.begunAt', 'p.begunBy', 'p.endedAt', 'p.endedBy'])
    .where(sql<boolean>`p.case_id = any (${[...caseIds]}::uuid[])`).where(visibleTo(pausesTable, ctx.scope, 'p')).orderBy('p.begunAt').orderBy('p.id').execute()
}
export async function insertPause(ctx: Ctx, row: CaseRecord, reason: string, note: string | null): Promise<void> {
  await db(ctx).updateTable('cases.clocks').set({ pausedOnce: true }).where('caseId', '=', row.id).where('state', '!=', 'stopped').execute()
  await db(ctx).insertInto('cases.pauses').values({ id: newId(), caseId: row.id, reason, note, begunAt: ctx.now.toISOString(), begunBy: ctx.actor.personId, endedAt: null, endedBy: null, ...scopeOf(row) }).execute()
}
export async function endPause(ctx: Ctx, caseId: string): Promise<void> {
  await db(ctx).updateTable('cases.pauses').set({ endedAt: ctx.now.toISOString(), endedBy: ctx.actor.personId }).where('caseId', '=', caseId).where('endedAt', 'is', null).execute()
}
/** Puts the next limit of the running clocks where lists find it: at the case and at its parts that are not over. Answers the limit. */
export async function putDue(ctx: Ctx, caseId: string): Promise<string> {
  const { rows } = await sql<{ dueAt: string }>`with next as (
      select coalesce(min(due_at), ${FAR}::timestamptz) as due, coalesce(min(soon_at), ${FAR}::timestamptz) as soon from cases.clocks where case_id = ${caseId} and state = 'running'),
    parts as (update cases.parts set due_at = next.due, soon_at = next.soon from next where case_id = ${caseId} and ended_at is null and (due_at, soon_at) <> (next.due, next.soon))
    update cases.cases set due_at = next.due, soon_at = next.soon from next where id = ${caseId} returning due_at`.execute(ctx.db)
  return rows[0]!.dueAt
}
/** The limits of whole cases that are open, by their record. */
export async function selectResolveDues(system: Ctx, kind: string, subjectIds: readonly string[]): Promise<{ subjectId: string; dueAt: string | null }[]> {
  if (!subjectIds.length) return []
  return (await sql<{ subjectId: string; dueAt: string | null }>`select c.subject_id, k.due_at from cases.cases c join cases.clocks k on k.case_id = c.id and k.clock = 'resolve' and k.part_id is null
    where c.kind = ${kind} and c.subject_id = any (${[...subjectIds]}::uuid[]) and c.ended_at is null`.execute(system.db)).rows
}
