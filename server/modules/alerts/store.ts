// SQL on alerts, their steps and the people met. Lists and loads keep to the caller's scope; what is written runs as the system.
import type { AlertState, AlertStepCode, ContactWay } from '@fugong/contract/alerts'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { alertsTable, contactsTable, stepsTable, visible } from './policy.ts'

export interface AlertRecord {
  id: string; revision: number; kind: 'matter' | 'alert'; employmentId: string; personId: string; enterpriseId: string; workplaceId: string; enterpriseName: string; districtCode: string; level: number; state: AlertState; result: 'negative' | 'suspected' | 'confirmed' | null
  observeUntil: string | null; emergencyId: string; emergencyKind: string; openedAt: string; endedAt: string | null; endedBy: string | null; endReasonSealed: Buffer | null
}
export interface StepRecord { id: string; alertId: string; enterpriseId: string | null; caseKey: string; employmentId: string; step: AlertStepCode; dueAt: string; doneAt: string | null; doneBy: string | null; noteSealed: Buffer | null; toldAt: string | null; dropped: boolean }
export interface ContactRecord { alertId: string; employmentId: string; caseKey: string; ways: ContactWay[]; observeUntil: string | null; addedAt: string }
interface Tables { 'alerts.alerts': AlertRecord; 'alerts.steps': StepRecord; 'alerts.contacts': ContactRecord }
const db = (ctx: Ctx) => tables<Tables>(ctx)

const seen = (ctx: Ctx) => db(ctx).selectFrom('alerts.alerts as a').selectAll('a').where(visible(ctx, alertsTable, 'a'))
export async function getAlertRow(ctx: Ctx, id: string, lock = false): Promise<AlertRecord> {
  const query = seen(ctx).where('a.id', '=', id)
  const found = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export function selectByIds(ctx: Ctx, ids: readonly string[]): Promise<AlertRecord[]> {
  return ids.length ? seen(ctx).where('a.id', 'in', [...ids]).execute() : Promise.resolve([])
}
/** The one that is open for somebody. */
export function findOpen(system: Ctx, employmentId: string): Promise<AlertRecord | undefined> {
  return seen(system).where('a.employmentId', '=', employmentId).where('a.endedAt', 'is', null).forUpdate().executeTakeFirst()
}
/** The latest for somebody, open or not. */
export function findLatest(system: Ctx, employmentId: string): Promise<AlertRecord | undefined> {
  return seen(system).where('a.employmentId', '=', employmentId).orderBy('a.openedAt', 'desc').limit(1).executeTakeFirst()
}
export async function insertAlert(system: Ctx, row: AlertRecord): Promise<void> {
  await db(system).insertInto('alerts.alerts').values(row).execute()
}
/** Writes on the row that is locked. */
export async function updateAlert(system: Ctx, row: AlertRecord, changes: Partial<Omit<AlertRecord, 'id' | 'revision'>>): Promise<AlertRecord> {
  return db(system).updateTable('alerts.alerts').set({ ...changes, revision: row.revision + 1 }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}

export interface Filter { state?: AlertState | 'running' | undefined; level?: number | undefined }
function filtered(ctx: Ctx, { state, level }: Filter) {
  let query = seen(ctx)
  if (state === 'running') query = query.where('a.endedAt', 'is', null)
  else if (state) query = query.where('a.state', '=', state)
  return level === undefined ? query : query.where('a.level', '=', level)
}
export function selectPage(ctx: Ctx, filter: Filter, limit: number, after: Mark | undefined): Promise<AlertRecord[]> {
  const query = filtered(ctx, filter).orderBy('a.openedAt', 'desc').orderBy('a.id', 'desc').limit(limit + 1)
  return (after ? query.where(sql<boolean>`(a.opened_at, a.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : query).execute()
}
export async function countUpToLimit(ctx: Ctx, filter: Filter): Promise<number> {
  const one = filtered(ctx, filter).clearSelect().select(sql<number>`1`.as('one')).limit(COUNT_LIMIT + 1)
  return Number((await ctx.db.selectFrom(one.as('counted')).select((on) => on.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count)
}
/** Observations whose last day is over. */
export function selectObserved(system: Ctx, today: string, limit: number): Promise<AlertRecord[]> {
  return seen(system).where('a.state', '=', 'observing').where('a.observeUntil', '<=', today).orderBy('a.observeUntil').limit(limit).execute()
}

// ── steps ───────────────────────────────────────────────────────────────────
export async function insertSteps(system: Ctx, rows: readonly StepRecord[]): Promise<void> {
  if (rows.length) await db(system).insertInto('alerts.steps').values([...rows]).onConflict((on) => on.columns(['alertId', 'step']).doNothing()).execute()
}
export function selectSteps(ctx: Ctx, alertIds: readonly string[]): Promise<StepRecord[]> {
  return alertIds.length ? db(ctx).selectFrom('alerts.steps as s').selectAll('s').where(visible(ctx, stepsTable, 's')).where('s.alertId', 'in', [...alertIds]).orderBy('s.dueAt').orderBy('s.step').execute() : Promise.resolve([])
}
export async function updateStep(system: Ctx, id: string, changes: Partial<StepRecord>): Promise<void> {
  await db(system).updateTable('alerts.steps').set(changes).where('id', '=', id).execute()
}
export async function dropSteps(system: Ctx, alertId: string): Promise<void> {
  await db(system).updateTable('alerts.steps').set({ dropped: true }).where('alertId', '=', alertId).where('doneAt', 'is', null).execute()
}
/** What a firm has to do, the nearest limit first; of what is done the last 200. */
export function selectFirmSteps(ctx: Ctx, enterpriseId: string, open: boolean): Promise<StepRecord[]> {
  const query = db(ctx).selectFrom('alerts.steps as s').selectAll('s').where(visible(ctx, stepsTable, 's')).where('s.enterpriseId', '=', enterpriseId).where('s.dropped', '=', false)
  return (open ? query.where('s.doneAt', 'is', null).orderBy('s.dueAt') : query.orderBy('s.dueAt', 'desc')).limit(200).execute()
}
export async function lockFirmStep(ctx: Ctx, enterpriseId: string, id: string): Promise<StepRecord> {
  const found = await db(ctx).selectFrom('alerts.steps as s').selectAll('s').where(visible(ctx, stepsTable, 's')).where('s.enterpriseId', '=', enterpriseId).where('s.id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
/** Steps whose limit has passed and of which nobody was told, held against another worker. */
export function lockLateSteps(system: Ctx, limit: number): Promise<StepRecord[]> {
  return db(system).selectFrom('alerts.steps as s').selectAll('s').where('s.doneAt', 'is', null).where('s.toldAt', 'is', null).where('s.dropped', '=', false).where('s.dueAt', '<', system.now.toISOString()).orderBy('s.dueAt').limit(limit).forUpdate().skipLocked().execute()
}

// ── people met ──────────────────────────────────────────────────────────────
export async function putContacts(system: Ctx, rows: readonly ContactRecord[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 500) await db(system).insertInto('alerts.contacts').values(rows.slice(from, from + 500)).onConflict((on) => on.columns(['alertId', 'employmentId']).doUpdateSet((of) => ({ ways: of.ref('excluded.ways') }))).execute()
}
export function selectContacts(ctx: Ctx, alertId: string): Promise<ContactRecord[]> {
  return db(ctx).selectFrom('alerts.contacts as c').selectAll('c').where(visible(ctx, contactsTable, 'c')).where('c.alertId', '=', alertId).orderBy('c.addedAt').orderBy('c.employmentId').limit(2000).execute()
}
export async function observeContacts(system: Ctx, alertId: string, ids: readonly string[], until: string): Promise<string[]> {
  return (await db(system).updateTable('alerts.contacts').set({ observeUntil: until }).where('alertId', '=', alertId).where('employmentId', 'in', [...ids]).returning('employmentId').execute()).map(({ employmentId }) => employmentId)
}
