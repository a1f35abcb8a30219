// SQL on certificates that are corrected, and on those whose last day comes near.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import type { CertificateRow } from './store.ts'

interface Tables {
  'certificates.certificates': CertificateRow & { remindedAt: string | null }
  'certificates.grams': { certificateId: string }
}
const db = (ctx: Ctx) => tables<Tables>(ctx)

export async function updateText(ctx: Ctx, id: string, text: Partial<CertificateRow>): Promise<void> {
  if (Object.keys(text).length) await db(ctx).updateTable('certificates.certificates').set(text).where('id', '=', id).execute()
}
export async function removeGrams(ctx: Ctx, id: string): Promise<void> {
  await db(ctx).deleteFrom('certificates.grams').where('certificateId', '=', id).execute()
}
export type NearRow = Pick<CertificateRow, 'id' | 'declarationId' | 'enterpriseId' | 'enterpriseName' | 'workplaceName' | 'districtCode' | 'level' | 'procedure' | 'emergencyId'> & { validUntil: string }
/** Those that still hold on `today`, end by `until` and whose firm was not told, earliest end first, locked; `after` is the last one that was looked at. */
export async function lockNear(system: Ctx, today: string, until: string, limit: number, after: { day: string; id: string } | null): Promise<NearRow[]> {
  let query = db(system).selectFrom('certificates.certificates as c').select(['c.id', 'c.declarationId', 'c.enterpriseId', 'c.enterpriseName', 'c.workplaceName', 'c.districtCode', 'c.level', 'c.procedure', 'c.emergencyId', 'c.validUntil'])
    .where('c.state', 'in', ['valid', 'suspended']).where('c.remindedAt', 'is', null).where('c.validUntil', '>=', today).where('c.validUntil', '<=', until)
  if (after) query = query.where(sql<boolean>`(c.valid_until, c.id) > (${after.day}::date, ${after.id}::uuid)`)
  return query.orderBy('c.validUntil').orderBy('c.id').limit(limit).forUpdate().skipLocked().execute() as Promise<NearRow[]>
}
export async function markReminded(system: Ctx, id: string): Promise<void> {
  await db(system).updateTable('certificates.certificates').set({ remindedAt: system.now.toISOString() }).where('id', '=', id).execute()
}
