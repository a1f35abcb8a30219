// Printing one certificate: the print goes on record with its number, then its PDF is drawn; taken again it is the same print.
import type { Input, Returns } from '@fugong/contract/base'
import type { listPrints, Print, printCertificate, takePrint } from '@fugong/contract/certificates.print'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { drawInThread } from '../../base/pdf/drawing.ts'
import type { PdfTask } from '../../base/pdf/page.ts'
import { problem } from '../../base/problem.ts'
import type { FileAnswer } from '../../base/routes.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { printingUnit } from './policy.ts'
import { standingOn } from './rules.ts'
import { sealsInForce } from './seals.store.ts'
import { sheetPage } from './sheet.rules.ts'
import { publicPage, qrText, signed, type Signed } from './sign.actions.ts'
import { getPrint, insertPrint, selectPrints, type PrintRow } from './prints.store.ts'
import { getCertificateRow, lockCertificate, type CertificateRow } from './store.ts'

/** Paper cannot follow a change of state: only what holds is printed. */
function requireHolding(ctx: Ctx, row: CertificateRow): void {
  const { state } = standingOn(row, shanghaiDay(ctx.now))
  if (state !== 'valid') throw problem('certificates.print_refused', { state })
}
export async function print(ctx: Ctx, { params, body }: Input<typeof printCertificate>): Promise<Print> {
  const row = await lockCertificate(ctx, params.id)
  requireHolding(ctx, row)
  ctx.unit = printingUnit(ctx, row)
  await signed(ctx, row)
  const made = await insertPrint(ctx, row, body.layout)
  ctx.announce('certificate.printed', { kind: 'certificate', id: row.id }, { no: made.no, layout: made.layout })
  return (await shown(ctx, [{ ...made, batch: null }]))[0]!
}
export async function list(ctx: Ctx, { params }: Input<typeof listPrints>): Promise<Returns<typeof listPrints>> {
  await getCertificateRow(ctx, params.id)
  return { items: await shown(ctx, await selectPrints(ctx, params.id)) }
}
/** The PDF of a print that is on record; drawn when its bytes are asked for, after the transaction. */
export function take(publicUrl: string) {
  return async (ctx: Ctx, { params }: Input<typeof takePrint>): Promise<FileAnswer> => {
    const made = await getPrint(ctx, params.id)
    const row = await getCertificateRow(ctx, made.certificateId)
    requireHolding(ctx, row)
    // Signed when the print was made; a key that was revoked since leaves it to a new print.
    if (row.keyId === null || row.signature === null) throw problem('not_found')
    const task = await taskOf(ctx, publicUrl, made.layout, [{ ...row, keyId: row.keyId, signature: row.signature, no: made.no, printedAt: made.at }])
    return { name: `${row.enterpriseName}-${row.number}.pdf`, type: 'application/pdf', bytes: drawn(task) }
  }
}
async function* drawn(task: PdfTask): AsyncGenerator<Buffer> {
  yield await drawInThread(task)
}

export type Printed = Signed<CertificateRow> & { no: number; printedAt: string }
/** Pages of certificates with the seals that their units have today. */
export async function taskOf(ctx: Ctx, publicUrl: string, layout: PrintRow['layout'], rows: readonly Printed[]): Promise<PdfTask> {
  const seals = await sealsInForce(ctx, [...new Set(rows.flatMap(({ unitId }) => unitId ?? []))], shanghaiDay(ctx.now))
  const pages = rows.map((row) => sheetPage(layout, {
    number: row.number, firm: row.enterpriseName, workplace: row.workplaceName, address: row.address, planned: row.plannedDate, issued: shanghaiDay(new Date(row.issuedAt)), validUntil: row.validUntil,
    emergency: { zh: row.emergencyZh, en: row.emergencyEn }, level: row.level, procedure: row.procedure, unit: row.unitZh === null ? null : { zh: row.unitZh, en: row.unitEn ?? row.unitZh },
    qr: qrText(publicUrl, row), url: publicPage(publicUrl, row.number), keyId: row.keyId, printNo: row.no, printedOn: shanghaiDay(new Date(row.printedAt)), sample: row.sample, seal: row.unitId !== null && seals.has(row.unitId) ? row.unitId : null,
  }))
  return { title: rows.length === 1 ? `复工备案证书 ${rows[0]!.number}` : '复工备案证书', pages, pictures: Object.fromEntries(seals), at: ctx.now.toISOString() }
}
/** Offices see who printed; a firm sees its own people, and of an office the unit alone. */
async function shown(ctx: Ctx, rows: readonly (PrintRow & { batch: string | null })[]): Promise<Print[]> {
  const office = ctx.actor.kind !== 'contact'
  const [people, units] = await Promise.all([personNames(ctx, [...new Set(rows.flatMap(({ actorId, unitId, batchId }) => (actorId && (office || (unitId === null && batchId === null)) ? [actorId] : [])))]), unitNames(ctx, [...new Set(rows.flatMap(({ unitId }) => unitId ?? []))])])
  return rows.map(({ id, certificateId, no, layout, at, actorId, unitId, batch }) => ({ id, certificateId, no, layout, at, by: (actorId && people.get(actorId)) || null, unit: (unitId && units.get(unitId)) || null, batch }))
}
