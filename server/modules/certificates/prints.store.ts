// SQL on prints: counted per certificate, once a certificate within a batch.
import type { PrintLayout } from '@fugong/contract/certificates.print'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { visibleCertificates, visiblePrints } from './policy.ts'
import { overOn, scopeOf, type CertificateRow, type ScopeColumns } from './store.ts'

export interface PrintRow extends ScopeColumns { id: string; certificateId: string; no: number; layout: PrintLayout; at: string; actorId: string | null; unitId: string | null; batchId: string | null; position: number | null }
interface Tables { 'certificates.prints': PrintRow; 'certificates.certificates': CertificateRow }
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function countPrints(ctx: Ctx, certificateId: string): Promise<number> {
  const row = await db(ctx).selectFrom('certificates.prints as p').select((on) => on.fn.max('p.no').as('no')).where('p.certificateId', '=', certificateId).where(visiblePrints(ctx, 'p')).executeTakeFirst()
  return row?.no ?? 0
}
/** One more print of a certificate that is locked. */
export async function insertPrint(ctx: Ctx, row: CertificateRow, layout: PrintLayout): Promise<PrintRow> {
  const no = (await countPrints(ctx, row.id)) + 1
  const print: PrintRow = { id: newId(), certificateId: row.id, no, layout, at: ctx.now.toISOString(), actorId: ctx.actor.personId, unitId: ctx.unit?.unitId ?? null, batchId: null, position: null, ...scopeOf(row) }
  await db(ctx).insertInto('certificates.prints').values(print).execute()
  return print
}
export async function getPrint(ctx: Ctx, id: string): Promise<PrintRow> {
  const found = await db(ctx).selectFrom('certificates.prints as p').selectAll().where('p.id', '=', id).where(visiblePrints(ctx, 'p')).executeTakeFirst()
  if (!found) throw problem('not_found')
  return found
}
export function selectPrints(ctx: Ctx, certificateId: string): Promise<(PrintRow & { batch: string | null })[]> {
  return db(ctx).selectFrom('certificates.prints as p').selectAll('p').select(sql<string | null>`(select b.number from certificates.batches b where b.id = p.batch_id)`.as('batch')).where('p.certificateId', '=', certificateId).where(visiblePrints(ctx, 'p')).orderBy('p.no', 'desc').limit(200).execute()
}

export interface Planned { batchId: string; layout: PrintLayout; by: string }
/** Puts the prints of a batch on record, in the reader's scope and this order; those on record already keep their numbers. The certificates are locked, so that counts stay whole. */
export async function insertBatchPrints(ctx: Ctx, ids: readonly string[], { batchId, layout, by }: Planned): Promise<void> {
  const wanted = JSON.stringify(ids.map((certificate, position) => ({ id: newId(), certificate, position })))
  await sql`select c.id from certificates.certificates c where c.id = any (${[...ids]}::uuid[]) and ${visibleCertificates(ctx, 'c')} order by c.id for update`.execute(ctx.db)
  await sql`
    insert into certificates.prints (id, certificate_id, no, layout, at, actor_id, batch_id, position, enterprise_id, district_code, street_code, zone_code, department_key)
    select w.id, c.id, coalesce((select max(p.no) from certificates.prints p where p.certificate_id = c.id), 0) + 1, ${layout}, ${ctx.now}, ${by}::uuid, ${batchId}::uuid, w.position, c.enterprise_id, c.district_code, c.street_code, c.zone_code, c.department_key
    from jsonb_to_recordset(${wanted}::jsonb) as w(id uuid, certificate uuid, position integer) join certificates.certificates c on c.id = w.certificate and ${visibleCertificates(ctx, 'c')}
    on conflict on constraint prints_once_a_batch do nothing`.execute(ctx.db)
}
export type BatchPage = CertificateRow & { no: number; printedAt: string }
/** The next prints of a batch whose certificates hold at this moment, by place. */
export async function selectBatchPages(ctx: Ctx, batchId: string, from: number, to: number, today: string): Promise<BatchPage[]> {
  return db(ctx).selectFrom('certificates.prints as p').innerJoin('certificates.certificates as c', 'c.id', 'p.certificateId').selectAll('c').select(['p.no', 'p.at as printedAt'])
    .where('p.batchId', '=', batchId).where('p.position', '>=', from).where('p.position', '<', to).where('c.state', '=', 'valid').where(sql<boolean>`not ${overOn(today)}`).where(visibleCertificates(ctx, 'c')).orderBy('p.position').execute()
}
