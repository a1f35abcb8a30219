// SQL on the cases schema: single cases with their parts and timeline.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { visibleTo } from '../../base/scope.ts'
import { partsTable, timelineTable, visibleCases, visibleParts } from './policy.ts'
import type { CaseScope, CaseStanding } from './ports.ts'

export type CaseRecord = Omit<CaseStanding, 'dueAt' | 'pausedFor'> & { title: string; searchKey: string; dueAt: string; soonAt: string; pausedFor: string | null; changedBy: string | null; changedUnitId: string | null; changedAt: string }
export interface PartRecord extends CaseScope {
  id: string; revision: number; caseId: string; kind: string; step: number; unitId: string; personId: string | null; role: 'lead' | 'help'; state: 'coming' | 'open' | 'done' | 'moved' | 'dropped'
  result: string | null; note: string | null; fromPartId: string | null; openedAt: string | null; takenAt: string | null; endedAt: string | null; endedBy: string | null; dueAt: string; soonAt: string; changedBy: string | null; changedAt: string
}
export interface EntryRecord { id: string; caseId: string; partId: string | null; at: string; event: string; params: Record<string, unknown>; side: 'firm' | 'office' | 'clock'; actorId: string | null; unitId: string | null; note: string | null; internal: boolean }
interface Tables { 'cases.cases': CaseRecord; 'cases.parts': PartRecord; 'cases.timeline': EntryRecord & CaseScope }
const db = (ctx: Ctx) => tables<Tables>(ctx)
export const scopeOf = ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: CaseScope): CaseScope => ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey })

const cases = (ctx: Ctx) => db(ctx).selectFrom('cases.cases as c').selectAll('c').where(visibleCases(ctx, 'c'))
/** One case that the caller may see; any other is `not_found`. */
export async function getCaseRow(ctx: Ctx, id: string): Promise<CaseRecord> {
  const found = await cases(ctx).where('c.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
/** The same, locked until the end of the request: all that changes a case, its parts and its clocks goes through this lock. */
export async function lockCaseRow(ctx: Ctx, id: string): Promise<CaseRecord> {
  const found = await cases(ctx).where('c.id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export function selectBySubject(ctx: Ctx, kind: string, subjectIds: readonly string[]): Promise<CaseRecord[]> {
  return subjectIds.length ? cases(ctx).where('c.kind', '=', kind).where(sql<boolean>`c.subject_id = any (${[...subjectIds]}::uuid[])`).orderBy('c.openedAt').orderBy('c.id').execute() : Promise.resolve([])
}
export async function insertCase(ctx: Ctx, row: Omit<CaseRecord, 'revision' | 'dueAt' | 'soonAt' | 'endedAt' | 'outcome' | 'step'>): Promise<CaseRecord> {
  return db(ctx).insertInto('cases.cases').values(row as CaseRecord).returningAll().executeTakeFirstOrThrow()
}
/** Changes a case that is locked; answers it as it is then. */
export async function updateCase(ctx: Ctx, row: CaseRecord, change: Partial<Omit<CaseRecord, 'id' | 'revision'>>): Promise<CaseRecord> {
  return db(ctx).updateTable('cases.cases').set({ ...change, revision: row.revision + 1 }).where('id', '=', row.id).returningAll().executeTakeFirstOrThrow()
}

export async function getPartRow(ctx: Ctx, id: string): Promise<PartRecord> {
  const found = await db(ctx).selectFrom('cases.parts as p').selectAll('p').where('p.id', '=', id).where(visibleParts(ctx, 'p')).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export function selectParts(ctx: Ctx, caseId: string): Promise<PartRecord[]> {
  return db(ctx).selectFrom('cases.parts as p').selectAll('p').where('p.caseId', '=', caseId).where(visibleTo(partsTable, ctx.scope, 'p')).orderBy('p.step').orderBy('p.id').execute()
}
export type NewPartRow = Pick<PartRecord, 'step' | 'unitId' | 'personId' | 'role' | 'state' | 'fromPartId'>
export async function insertParts(ctx: Ctx, row: CaseRecord, parts: readonly NewPartRow[], at: string): Promise<PartRecord[]> {
  return db(ctx).insertInto('cases.parts').values(parts.map((part) => ({
    id: newId(), caseId: row.id, kind: row.kind, ...part, openedAt: part.state === 'open' ? at : null, takenAt: part.personId ? at : null, dueAt: row.dueAt, soonAt: row.soonAt, ...scopeOf(row), changedBy: row.changedBy, changedAt: row.changedAt,
  }) as PartRecord)).returningAll().execute()
}
export async function updatePart(ctx: Ctx, part: Pick<PartRecord, 'id' | 'revision'>, change: Partial<PartRecord>): Promise<PartRecord> {
  return db(ctx).updateTable('cases.parts').set({ ...change, revision: part.revision + 1, changedBy: ctx.actor.personId, changedAt: ctx.now.toISOString() }).where('id', '=', part.id).returningAll().executeTakeFirstOrThrow()
}

export async function insertEntry(ctx: Ctx, row: CaseRecord, entry: Omit<EntryRecord, 'id' | 'caseId' | 'at' | 'params'> & { params?: Record<string, unknown> }): Promise<void> {
  const { params = {}, ...rest } = entry
  await db(ctx).insertInto('cases.timeline').values({ id: newId(), caseId: row.id, at: ctx.now.toISOString(), ...rest, params: JSON.stringify(params) as never, ...scopeOf(row) }).execute()
}
export function selectTimeline(ctx: Ctx, caseId: string): Promise<EntryRecord[]> {
  return db(ctx).selectFrom('cases.timeline as t').select(['t.id', 't.caseId', 't.partId', 't.at', 't.event', 't.params', 't.side', 't.actorId', 't.unitId', 't.note', 't.internal']).where('t.caseId', '=', caseId).where(visibleTo(timelineTable, ctx.scope, 't')).orderBy('t.id').execute()
}
/** Open parts of a person, in one unit or in all, in the order in which deeds on many lock them. */
export function selectOpenOf(system: Ctx, personId: string, unitId: string | null, id?: string): Promise<PartRecord[]> {
  let query = db(system).selectFrom('cases.parts as p').selectAll('p').where('p.personId', '=', personId).where('p.state', '=', 'open').where(visibleParts(system, 'p'))
  if (unitId !== null) query = query.where('p.unitId', '=', unitId)
  if (id !== undefined) query = query.where('p.id', '=', id)
  return query.orderBy('p.id').execute()
}
/** What the cases of parts are called, for telling what failed. */
export async function selectTitles(ctx: Ctx, partIds: readonly string[]): Promise<Map<string, string>> {
  if (!partIds.length) return new Map()
  const rows = await db(ctx).selectFrom('cases.parts as p').innerJoin('cases.cases as c', 'c.id', 'p.caseId').select(['p.id', 'c.title']).where(sql<boolean>`p.id = any (${[...partIds]}::uuid[])`).where(visibleCases(ctx, 'c')).execute()
  return new Map(rows.map((row) => [row.id, row.title]))
}
/** Where a case lies, with its parts and clocks; and the step it is in, when that has changed too. */
export async function putScope(system: Ctx, caseId: string, { enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: CaseScope, step?: number): Promise<void> {
  const to = sql`enterprise_id = ${enterpriseId}, district_code = ${districtCode}, street_code = ${streetCode}, zone_code = ${zoneCode}, department_key = ${departmentKey}`
  await sql`update cases.cases set ${to}, step = coalesce(${step ?? null}::smallint, step) where id = ${caseId}`.execute(system.db)
  for (const table of ['parts', 'clocks']) await sql`update ${sql.table(`cases.${table}`)} set ${to} where case_id = ${caseId}`.execute(system.db)
}
