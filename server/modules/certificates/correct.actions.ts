// The text of a certificate follows the corrections of its declaration; number, state and issue stay.
import type { Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { problem } from '../../base/problem.ts'
import { next } from './rules.ts'
import { insertGrams, insertHistory, lockCertificate, type CertificateRow } from './store.ts'
import { removeGrams, updateText } from './after.store.ts'

export type CertificateText = Partial<Pick<CertificateRow, 'enterpriseName' | 'workplaceName' | 'address' | 'plannedDate'>>
/** Changes what a certificate says, in the transaction of the correction; `certificates.state_refused` for one that has ended for good. */
export async function correctCertificate(ctx: Ctx, { id, text, reason }: { id: string; text: CertificateText; reason: string }): Promise<void> {
  const row = await lockCertificate(ctx, id)
  if (!next(row.state, 'revoke')) throw problem('certificates.state_refused', { state: row.state })
  const renamed = text.enterpriseName !== undefined && text.enterpriseName !== row.enterpriseName
  await insertHistory(ctx, row, 'corrected', reason) // first: without it the database keeps the text
  await updateText(ctx, id, { ...text, ...(renamed ? { nameKey: searchKey(text.enterpriseName!) } : {}) })
  if (renamed) {
    await removeGrams(ctx, id)
    await insertGrams(ctx, { ...row, ...text })
  }
  ctx.announce('certificate.corrected', { kind: 'certificate', id }, { fields: Object.keys(text) })
}
