// SQL on changes by hand that wait for a second person, and on appeals. Loads keep to the caller's scope.
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { problem } from '../../base/problem.ts'
import { appealsTable, changesTable, visible } from './policy.ts'

export interface ChangeRecord { id: string; employmentId: string; districtCode: string; level: number; until: string; reasonSealed: Buffer; state: 'proposed' | 'agreed' | 'refused'; proposedBy: string; proposedAt: string; decidedBy: string | null; decidedAt: string | null }
export interface AppealRecord { id: string; employmentId: string; personId: string; districtCode: string; level: number; textSealed: Buffer; state: 'waiting' | 'upheld' | 'changed' | 'relieved'; dueAt: string | null; openedAt: string; decidedAt: string | null; decidedBy: string | null; reasonSealed: Buffer | null }
const db = (ctx: Ctx) => tables<{ 'alerts.changes': ChangeRecord; 'alerts.appeals': AppealRecord }>(ctx)

export function openChange(ctx: Ctx, employmentId: string): Promise<ChangeRecord | undefined> {
  return db(ctx).selectFrom('alerts.changes as c').selectAll('c').where(visible(ctx, changesTable, 'c')).where('c.employmentId', '=', employmentId).where('c.state', '=', 'proposed').executeTakeFirst()
}
export async function insertChange(system: Ctx, row: ChangeRecord): Promise<void> {
  await db(system).insertInto('alerts.changes').values(row).execute()
}
export async function lockChange(ctx: Ctx, id: string): Promise<ChangeRecord> {
  const found = await db(ctx).selectFrom('alerts.changes as c').selectAll('c').where(visible(ctx, changesTable, 'c')).where('c.id', '=', id).where('c.state', '=', 'proposed').forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export async function settleChange(system: Ctx, id: string, state: 'agreed' | 'refused', by: string): Promise<void> {
  await db(system).updateTable('alerts.changes').set({ state, decidedBy: by, decidedAt: system.now.toISOString() }).where('id', '=', id).execute()
}

// ── appeals ─────────────────────────────────────────────────────────────────
const seen = (ctx: Ctx) => db(ctx).selectFrom('alerts.appeals as p').selectAll('p').where(visible(ctx, appealsTable, 'p'))
export async function insertAppeal(system: Ctx, row: AppealRecord): Promise<void> {
  await db(system).insertInto('alerts.appeals').values(row).execute()
}
export async function updateAppeal(system: Ctx, id: string, changes: Partial<AppealRecord>): Promise<void> {
  await db(system).updateTable('alerts.appeals').set(changes).where('id', '=', id).execute()
}
export async function getAppeal(ctx: Ctx, id: string, lock = false): Promise<AppealRecord> {
  const query = seen(ctx).where('p.id', '=', id)
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export function selectAppealsOf(system: Ctx, employmentId: string): Promise<AppealRecord[]> {
  return seen(system).where('p.employmentId', '=', employmentId).orderBy('p.openedAt', 'desc').limit(20).execute()
}
export function selectAppeals(ctx: Ctx, open: boolean): Promise<AppealRecord[]> {
  const query = seen(ctx)
  return (open ? query.where('p.state', '=', 'waiting').orderBy('p.openedAt') : query.orderBy('p.openedAt', 'desc')).limit(200).execute()
}
export function selectAppealsByIds(ctx: Ctx, ids: readonly string[]): Promise<AppealRecord[]> {
  return ids.length ? seen(ctx).where('p.id', 'in', [...ids]).execute() : Promise.resolve([])
}
