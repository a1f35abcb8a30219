// SQL on the gaps that a firm was told: what is missing, and what stood there then.
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { scopeOf, type DeclarationRecord, type ScopeColumns } from './store.ts'

/** `was` is what the named field held when the gap was told. */
export interface GapRow { field: string; text: string; was: unknown }
interface Tables { 'declarations.gaps': Omit<GapRow, 'was'> & { was: unknown; declarationId: string; position: number } & ScopeColumns }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function insertGaps(ctx: Ctx, row: DeclarationRecord, gaps: readonly GapRow[]): Promise<void> {
  await db(ctx).insertInto('declarations.gaps').values(gaps.map(({ field, text, was }, position) => ({ declarationId: row.id, position, field, text, was: JSON.stringify(was), ...scopeOf(row) }))).execute()
}
export function selectGaps(ctx: Ctx, id: string): Promise<GapRow[]> {
  return db(ctx).selectFrom('declarations.gaps').select(['field', 'text', 'was']).where('declarationId', '=', id).orderBy('position').execute()
}
