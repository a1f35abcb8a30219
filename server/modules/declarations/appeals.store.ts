// SQL on appeals against rejections.
import type { AppealState } from '@fugong/contract/declarations'
import type { Decision } from '@fugong/contract/rules'
import type { Static } from 'typebox'
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { appealsTable } from './policy.ts'
import type { ScopeColumns } from './store.ts'

export interface AppealRecord extends ScopeColumns {
  id: string; declarationId: string; revision: number; state: Static<typeof AppealState>; reason: string; fileIds: string[]; openedAt: string; openedBy: string | null; decisionId: string | null; decision: Decision
  againstUnitId: string | null; againstPersonId: string | null; unitId: string; dueAt: string; decidedAt: string | null; decidedBy: string | null; decidedUnitId: string | null; answer: string | null
}
interface Tables { 'declarations.appeals': Omit<AppealRecord, 'decision'> & { decision: unknown } }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function insertAppeal(ctx: Ctx, row: AppealRecord): Promise<void> {
  await db(ctx).insertInto('declarations.appeals').values({ ...row, decision: JSON.stringify(row.decision) }).execute()
}
const visible = (ctx: Ctx) => db(ctx).selectFrom('declarations.appeals as a').selectAll('a').where(visibleTo(appealsTable, ctx.scope, 'a'))
/** Oldest first. */
export function selectAppeals(ctx: Ctx, declarationId: string): Promise<AppealRecord[]> {
  return visible(ctx).where('a.declarationId', '=', declarationId).orderBy('a.openedAt').orderBy('a.id').execute() as Promise<AppealRecord[]>
}
export function selectAppealsById(ctx: Ctx, ids: readonly string[]): Promise<AppealRecord[]> {
  return ids.length ? (visible(ctx).where('a.id', 'in', [...ids]).execute() as Promise<AppealRecord[]>) : Promise.resolve([])
}
export async function updateAppeal(ctx: Ctx, row: AppealRecord, changes: Partial<AppealRecord>): Promise<void> {
  const { decision: _decision, ...rest } = changes
  await db(ctx).updateTable('declarations.appeals').set({ ...rest, revision: row.revision + 1 }).where('id', '=', row.id).where('revision', '=', row.revision).execute()
}
