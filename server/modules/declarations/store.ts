// SQL on the declarations schema: single declarations, their gaps, timeline and grams.
import type { CompiledQuery } from 'kysely'
import type { DeclarationState, Procedure } from '@fugong/contract/declarations'
import type { Scene } from '@fugong/contract/enterprises'
import type { Answers } from '@fugong/contract/forms'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { gramsOf } from '../../base/grams.ts'
import { problem } from '../../base/problem.ts'
import { visibleDeclarations } from './policy.ts'
import { waitingStates, type Side } from './rules.ts'

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
  reviewUnitId: string | null; certificateId: string | null; certificateNumber: string | null
  submittedAt: string | null; submittedBy: string | null; decidedAt: string | null; createdAt: string
  changedSide: Side; changedBy: string | null; changedUnitId: string | null; changedAt: string
}
export interface TimelineRow { no: number; at: string; event: string; side: Side; actorId: string | null; unitId: string | null; note: string | null }
export interface GapRow { field: string; text: string }
export interface Tables {
  'declarations.declarations': DeclarationRecord
  'declarations.timeline': Omit<TimelineRow, 'no'> & { no?: number; declarationId: string } & ScopeColumns
  'declarations.gaps': GapRow & { declarationId: string; position: number } & ScopeColumns
  'declarations.grams': { gram: string; declarationId: string } & ScopeColumns
}
const db = (ctx: Ctx) => tables<Tables>(ctx)
const scopeOf = ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: ScopeColumns): ScopeColumns => ({ enterpriseId, districtCode, streetCode, zoneCode, departmentKey })

/** Writes a new declaration, its first entry and its grams in one statement: opening is the busiest deed of a first morning. */
export function openedRows(ctx: Ctx, row: DeclarationRecord, entry: Omit<TimelineRow, 'no'>): CompiledQuery {
  return db(ctx)
    .with('opened', (make) => make.insertInto('declarations.declarations').values(row))
    .with('told', (make) => make.insertInto('declarations.timeline').values(entryOf(row, entry)))
    .insertInto('declarations.grams').columns(gramColumns).expression(gramRows(row)).compile()
}
const gramColumns = ['gram', 'declarationId', 'enterpriseId', 'districtCode', 'streetCode', 'zoneCode', 'departmentKey'] as const
const gramRows = ({ id, enterpriseName, enterpriseId, districtCode, streetCode, zoneCode, departmentKey }: DeclarationRecord) =>
  sql`select gram, ${id}::uuid, ${enterpriseId}::uuid, ${districtCode}, ${streetCode}, ${zoneCode}, ${departmentKey} from unnest(${gramsOf(enterpriseName)}::text[]) as g(gram)` as never
const entryOf = (row: DeclarationRecord, entry: Omit<TimelineRow, 'no'>) => ({ declarationId: row.id, ...entry, ...scopeOf(row) })
/** Puts the grams in step with a name that has changed. */
export async function replaceGrams(ctx: Ctx, row: DeclarationRecord): Promise<void> {
  await db(ctx).deleteFrom('declarations.grams').where('declarationId', '=', row.id).execute()
  await db(ctx).insertInto('declarations.grams').columns(gramColumns).expression(gramRows(row)).execute()
}
export async function insertEntry(ctx: Ctx, row: DeclarationRecord, entry: Omit<TimelineRow, 'no'>): Promise<void> {
  await db(ctx).insertInto('declarations.timeline').values(entryOf(row, entry)).execute()
}
export async function insertGaps(ctx: Ctx, row: DeclarationRecord, gaps: readonly GapRow[]): Promise<void> {
  await db(ctx).insertInto('declarations.gaps').values(gaps.map(({ field, text }, position) => ({ declarationId: row.id, position, field, text, ...scopeOf(row) }))).execute()
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
/** What the firm last filed, to fill a new draft. */
export async function findLastFiled(ctx: Ctx, enterpriseId: string): Promise<Pick<DeclarationRecord, 'answers' | 'headcount'> | undefined> {
  return visible(ctx).clearSelect().select(['d.answers', 'd.headcount']).where('d.enterpriseId', '=', enterpriseId).where('d.state', '=', sql.lit('filed')).orderBy('d.decidedAt', 'desc').limit(1).executeTakeFirst()
}
export type Changes = Partial<Omit<DeclarationRecord, 'id' | 'revision' | 'createdAt' | keyof ScopeColumns>> & { departmentKey?: string | null }
/** Writes a change on the revision it was decided on; undefined when another change came first. */
export async function updateDeclaration(ctx: Ctx, row: DeclarationRecord, changes: Changes & { changedSide: Side; changedBy: string | null; changedUnitId: string | null; changedAt: string }): Promise<DeclarationRecord | undefined> {
  return db(ctx).updateTable('declarations.declarations').set({ ...changes, revision: row.revision + 1 })
    .where('id', '=', row.id).where('revision', '=', row.revision).returningAll().executeTakeFirst()
}
export function selectTimeline(ctx: Ctx, id: string): Promise<TimelineRow[]> {
  return db(ctx).selectFrom('declarations.timeline').select(['at', 'event', 'side', 'actorId', 'unitId', 'note']).select(sql<number>`no`.as('no')).where('declarationId', '=', id).orderBy('no').execute()
}
export function selectGaps(ctx: Ctx, id: string): Promise<GapRow[]> {
  return db(ctx).selectFrom('declarations.gaps').select(['field', 'text']).where('declarationId', '=', id).orderBy('position').execute()
}
/** The last declaration of a batch that was swept. */
export interface OverdueMark { dueAt: string; id: string }
/** The next overdue declarations that the clock has something to do with, locked; rows that someone is deciding on are passed over. */
export function lockOverdue(ctx: Ctx, limit: number, after?: OverdueMark): Promise<DeclarationRecord[]> {
  const due = visible(ctx).where('d.state', 'in', [...waitingStates]).where('d.dueAt', '<=', ctx.now.toISOString())
    .where((on) => on.or([on('d.escalatedAt', 'is', null), on.and([on('d.state', '=', 'underReview'), on('d.procedure', '=', 'review'), on('d.overdueOutcome', '=', 'accept')])]))
    .orderBy('d.dueAt').orderBy('d.id').limit(limit).forUpdate().skipLocked()
  return (after ? due.where(sql<boolean>`(d.due_at, d.id) > (${after.dueAt}::timestamptz, ${after.id}::uuid)`) : due).execute()
}
