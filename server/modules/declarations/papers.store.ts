// SQL on what stays with a declaration beside itself: each submission as it was, and what reviewers ticked on the checklist.
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import type { Snapshot } from './differences.rules.ts'
import { scopeOf, type DeclarationRecord, type ScopeColumns } from './store.ts'

export interface SubmissionRow { no: number; at: string; content: Snapshot }
export interface CheckRow { at: string; what: 'accept' | 'return' | 'reject' | 'site'; formVersion: number; ticked: string[]; unitId: string | null; personId: string | null }
interface Tables {
  'declarations.submissions': Omit<SubmissionRow, 'content'> & { content: unknown; declarationId: string } & ScopeColumns
  'declarations.checks': CheckRow & { id: string; declarationId: string } & ScopeColumns
}
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function insertSubmission(ctx: Ctx, row: DeclarationRecord, no: number, content: Snapshot): Promise<void> {
  await db(ctx).insertInto('declarations.submissions').values({ declarationId: row.id, no, at: ctx.now.toISOString(), content: JSON.stringify(content), ...scopeOf(row) }).execute()
}
/** Newest first; declarations that were submitted before submissions were kept have none. */
export function selectSubmissions(ctx: Ctx, id: string, limit = 2): Promise<SubmissionRow[]> {
  return db(ctx).selectFrom('declarations.submissions').select(['no', 'at', 'content']).where('declarationId', '=', id).orderBy('no', 'desc').limit(limit).execute() as Promise<SubmissionRow[]>
}
export async function countSubmissions(ctx: Ctx, id: string): Promise<number> {
  return (await selectSubmissions(ctx, id, 1))[0]?.no ?? 0
}
export async function insertCheck(ctx: Ctx, row: DeclarationRecord, check: Omit<CheckRow, 'at'>): Promise<void> {
  await db(ctx).insertInto('declarations.checks').values({ id: newId(), declarationId: row.id, at: ctx.now.toISOString(), ...check, ...scopeOf(row) }).execute()
}
export function selectChecks(ctx: Ctx, id: string): Promise<CheckRow[]> {
  return db(ctx).selectFrom('declarations.checks').select(['at', 'what', 'formVersion', 'ticked', 'unitId', 'personId']).where('declarationId', '=', id).orderBy('at').orderBy('id').execute()
}
