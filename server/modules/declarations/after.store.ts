// SQL on what becomes of filed declarations: their standing, corrections, and the filings of a firm or workplace that still count.
import type { CorrectedItem } from '@fugong/contract/declarations.after'
import type { Ctx } from '../../base/context.ts'
import { tables } from '../../base/db.ts'
import { problem } from '../../base/problem.ts'
import { visibleTo } from '../../base/scope.ts'
import { correctionsTable, visibleDeclarations } from './policy.ts'
import { scopeOf, type DeclarationRecord, type ScopeColumns, type Tables as Own } from './store.ts'

export interface CorrectionRow { no: number; at: string; personId: string | null; reason: string; items: CorrectedItem[] }
interface Tables extends Own { 'declarations.corrections': Omit<CorrectionRow, 'items'> & { items: unknown; declarationId: string } & ScopeColumns }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const holding = ['operating', 'suspended'] as const

/** The filing that a certificate proves, locked. Runs as the system. */
export function lockByCertificate(system: Ctx, certificateId: string): Promise<DeclarationRecord | undefined> {
  return db(system).selectFrom('declarations.declarations as d').selectAll('d').where('d.certificateId', '=', certificateId).forUpdate().executeTakeFirst()
}
/** Filings of a workplace that still count, locked; without `but`. Runs as the system. */
export function lockHolding(system: Ctx, workplaceId: string, but: string): Promise<DeclarationRecord[]> {
  return db(system).selectFrom('declarations.declarations as d').selectAll('d').where('d.workplaceId', '=', workplaceId).where('d.standing', 'in', holding).where('d.id', '!=', but).orderBy('d.id').forUpdate().execute()
}
/** The next filings of a firm, or of one of its workplaces, that still count, by id, locked. Runs as the system. */
export function lockOfFirm(system: Ctx, { enterpriseId, workplaceId, after, limit }: { enterpriseId: string; workplaceId: string | null; after: string | null; limit: number }): Promise<DeclarationRecord[]> {
  let query = db(system).selectFrom('declarations.declarations as d').selectAll('d').where('d.enterpriseId', '=', enterpriseId).where('d.standing', 'in', holding)
  if (workplaceId !== null) query = query.where('d.workplaceId', '=', workplaceId)
  if (after !== null) query = query.where('d.id', '>', after)
  return query.orderBy('d.id').limit(limit).forUpdate().execute()
}
export async function insertCorrection(ctx: Ctx, row: DeclarationRecord, correction: CorrectionRow): Promise<void> {
  await db(ctx).insertInto('declarations.corrections').values({ declarationId: row.id, ...correction, items: JSON.stringify(correction.items), ...scopeOf(row) }).execute()
}
/** Newest first. */
export function selectCorrections(ctx: Ctx, id: string): Promise<CorrectionRow[]> {
  return db(ctx).selectFrom('declarations.corrections as c').select(['c.no', 'c.at', 'c.personId', 'c.reason', 'c.items']).where('c.declarationId', '=', id).where(visibleTo(correctionsTable, ctx.scope, 'c')).orderBy('c.no', 'desc').execute() as Promise<CorrectionRow[]>
}
/** A filed declaration within the caller's scope; one that is not filed is `not_found` here. */
export async function getFiledRow(ctx: Ctx, id: string): Promise<DeclarationRecord> {
  const found = await db(ctx).selectFrom('declarations.declarations as d').selectAll('d').where('d.id', '=', id).where('d.state', '=', 'filed').where(visibleDeclarations(ctx, 'd')).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
