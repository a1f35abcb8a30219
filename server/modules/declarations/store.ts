// SQL on the declarations schema: single declarations, their timeline and grams.
import type { CompiledQuery } from 'kysely'
import type { DeclarationState, Evidence, FilingStanding, Procedure } from '@fugong/contract/declarations'
import type { EnterpriseKind, EnterpriseSize, Scene } from '@fugong/contract/enterprises'
import type { Answers } from '@fugong/contract/forms'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { ask, sql, statement, tables } from '../../base/db.ts'
import { gramsOf } from '../../base/grams.ts'
import { problem } from '../../base/problem.ts'
import { visibleText } from '../../base/scope.ts'
import { declarationsTable, visibleDeclarations } from './policy.ts'
import type { Route } from './route.rules.ts'
import type { Side } from './rules.ts'

export interface ScopeColumns { enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
/** Moments are ISO texts, days `2020-02-24`. */
export interface DeclarationRecord extends ScopeColumns {
  id: string; revision: number; state: DeclarationState
  enterpriseName: string; nameKey: string; creditCode: string; industryCode: string; enterpriseClass: 'general' | 'firstBatch' | 'vital'
  workplaceId: string; workplaceName: string; scene: Scene; address: string
  emergencyId: string; emergencyKind: string; sample: boolean; formVersion: number
  plannedDate: string | null; headcount: number | null; answers: Answers; pledgedAt: string | null; pledgeVersion: number | null; fileIds: string[]
  level: RiskLevel | null; levelRecordId: string | null; procedure: Procedure | null; decision: Decision | null; decisionId: string | null
  dueAt: string | null; overdueOutcome: 'accept' | 'escalate' | null; escalatedAt: string | null; gapsToldAt: string | null; reason: string | null
  siteResult: 'pass' | 'fail' | null; siteFindings: string | null; siteBy: string | null; siteUnitId: string | null; siteAt: string | null
  communityCode: string | null; enterpriseKind: EnterpriseKind | null; enterpriseSize: EnterpriseSize | null; whiteList: boolean; acrossDistricts: boolean; operatorId: string | null
  evidence: Evidence | null; respondHours: number | null; workHours: number | null; route: Route | null; firstLevel: RiskLevel | null; firstProcedure: Procedure | null; judgedAt: string | null
  gapLists: number; visitAt: string | null; visitWho: string | null; visitBy: string | null; visitUnitId: string | null; visitSetAt: string | null; filmIds: string[]; filmAt: string | null
  decidedUnitId: string | null; appealUntil: string | null; appealOpen: boolean
  standing: FilingStanding | null; standingAt: string | null; standingReason: string | null; standingDecision: Decision | null
  reviewUnitId: string | null; certificateId: string | null; certificateNumber: string | null
  submittedAt: string | null; submittedBy: string | null; decidedAt: string | null; createdAt: string
  changedSide: Side; changedBy: string | null; changedUnitId: string | null; changedAt: string
}
export interface TimelineRow { no: number; at: string; event: string; side: Side; actorId: string | null; unitId: string | null; note: string | null }
export interface Tables {
  'declarations.declarations': DeclarationRecord
  'declarations.timeline': Omit<TimelineRow, 'no'> & { no?: number; declarationId: string } & ScopeColumns
  'declarations.grams': { gram: string; declarationId: string } & ScopeColumns
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
export const scopeOf = ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: ScopeColumns): ScopeColumns => ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey })

// What a new draft holds; every other column keeps its default.
const drafted = ['id', 'revision', 'state', 'enterpriseId', 'enterpriseName', 'nameKey', 'creditCode', 'industryCode', 'enterpriseClass', 'workplaceId', 'workplaceName', 'scene', 'address',
  'districtCode', 'streetCode', 'zoneCode', 'departmentKey', 'emergencyId', 'emergencyKind', 'sample', 'formVersion', 'headcount', 'answers', 'communityCode', 'operatorId', 'createdAt', 'changedSide', 'changedBy'] as const satisfies (keyof DeclarationRecord)[]
const snake = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const columnOf = drafted.map(snake)
const draftColumns = [...columnOf, 'changed_at'].join(', ')
const OPENING = `with opened as (
    insert into declarations.declarations (${draftColumns}) select ${draftColumns} from jsonb_populate_recordset(null::declarations.declarations, $1::jsonb)
    returning id, created_at, changed_side, changed_by, enterprise_id, district_code, street_code, zone_code, department_key)
  insert into declarations.timeline (declaration_id, at, event, side, actor_id, enterprise_id, district_code, street_code, zone_code, department_key)
  select id, created_at, 'declaration.opened', changed_side, changed_by, enterprise_id, district_code, street_code, zone_code, department_key from opened`
/** Writes new drafts and their first entries in one statement: opening is the busiest deed of a first morning. */
export function openedRows(rows: readonly DeclarationRecord[]): CompiledQuery {
  return statement(OPENING, [JSON.stringify(rows.map((row) => Object.fromEntries([...drafted.map((name, at) => [columnOf[at], row[name]]), ['changed_at', row.changedAt]])))])
}
const gramColumns = ['gram', 'declarationId', 'enterpriseId', 'districtCode', 'streetCode', 'zoneCode', 'departmentKey'] as const
const gramRows = ({ id, enterpriseName, enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: DeclarationRecord) =>
  sql`select gram, ${id}::uuid, ${enterpriseId}::uuid, ${districtCode}, ${streetCode}, ${zoneCode}, ${departmentKey} from unnest(${gramsOf(enterpriseName)}::text[]) as g(gram)` as never
const entryOf = (row: DeclarationRecord, entry: Omit<TimelineRow, 'no'>) => ({ declarationId: row.id, ...entry, ...scopeOf(row) })
/** Writes the grams anew: at the first submission, and when the name has changed since. */
export async function replaceGrams(ctx: Ctx, row: DeclarationRecord): Promise<void> {
  await db(ctx).deleteFrom('declarations.grams').where('declarationId', '=', row.id).execute()
  await db(ctx).insertInto('declarations.grams').columns(gramColumns).expression(gramRows(row)).execute()
}
export async function insertEntry(ctx: Ctx, row: DeclarationRecord, entry: Omit<TimelineRow, 'no'>): Promise<void> {
  await db(ctx).insertInto('declarations.timeline').values(entryOf(row, entry)).execute()
}

function visible(ctx: Ctx) {
  return db(ctx).selectFrom('declarations.declarations as d').selectAll('d').where(visibleDeclarations(ctx, 'd'))
}
/** One declaration that the caller may see; any other is `not_found`. */
export async function getDeclarationRow(ctx: Ctx, id: string): Promise<DeclarationRecord> {
  const found = await visible(ctx).where('d.id', '=', id).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
/** The same, locked until the end of the request: of two people who decide at once the second sees what the first did. */
export async function lockDeclarationRow(ctx: Ctx, id: string): Promise<DeclarationRecord> {
  const found = await visible(ctx).where('d.id', '=', id).forUpdate().executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export type LastFiled = Pick<DeclarationRecord, 'answers' | 'headcount' | 'communityCode' | 'workplaceId'>
/** What each of these firms last filed, to fill a new draft. */
export async function findLastFiled(ctx: Ctx, enterpriseIds: readonly string[]): Promise<Map<string, LastFiled>> {
  const values: unknown[] = [[...new Set(enterpriseIds)]]
  const text = `select f.* from unnest($1::uuid[]) as a (id) cross join lateral (
    select enterprise_id, answers, headcount, community_code, workplace_id from declarations.declarations d where enterprise_id = a.id and state = 'filed' and ${visibleText(declarationsTable, ctx.scope, 'd', values)} order by decided_at desc limit 1) f`
  return new Map((await ask<LastFiled & { enterpriseId: string }>(ctx, text, values)).map((row) => [row.enterpriseId, row]))
}
/** The last declaration of a workplace that was filed before this one. */
export async function findFiledBefore(ctx: Ctx, row: DeclarationRecord): Promise<DeclarationRecord | undefined> {
  return visible(ctx).where('d.enterpriseId', '=', row.enterpriseId).where('d.state', '=', 'filed').where('d.id', '!=', row.id).where('d.decidedAt', '<', row.submittedAt ?? ctx.now.toISOString())
    .orderBy(sql`(d.workplace_id = ${row.workplaceId}::uuid)`, 'desc').orderBy('d.decidedAt', 'desc').limit(1).executeTakeFirst()
}
export type Changes = Partial<Omit<DeclarationRecord, 'id' | 'revision' | 'createdAt' | keyof ScopeColumns>> & { departmentKey?: string | null }
/** Writes a change on the revision it was decided on; undefined when another change came first. */
export async function updateDeclaration(ctx: Ctx, row: DeclarationRecord, changes: Changes & { changedSide: Side; changedBy: string | null; changedUnitId: string | null; changedAt: string }): Promise<DeclarationRecord | undefined> {
  return db(ctx).updateTable('declarations.declarations').set({ ...changes, revision: row.revision + 1 })
    .where('id', '=', row.id).where('revision', '=', row.revision).returningAll().executeTakeFirst()
}
/** Where a declaration lies, when the firm has moved; what hangs on it stays where it was written and is reached through its units. */
export async function updateScope(ctx: Ctx, id: string, { districtCode, streetCode, zoneCode, departmentKey }: ScopeColumns): Promise<void> {
  await db(ctx).updateTable('declarations.declarations').set({ districtCode, streetCode, zoneCode, departmentKey }).where('id', '=', id).execute()
}
export function selectTimeline(ctx: Ctx, id: string): Promise<TimelineRow[]> {
  return db(ctx).selectFrom('declarations.timeline').select(['at', 'event', 'side', 'actorId', 'unitId', 'note']).select(sql<number>`no`.as('no')).where('declarationId', '=', id).orderBy('no').execute()
}
