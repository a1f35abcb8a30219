// Use cases of batches of prints: begin one, see one's own, take its file, cancel.
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Bilingual, Input, Returns } from '@fugong/contract/base'
import type { beginPrintBatch, cancelPrintBatch, getPrintBatch, listPrintBatches, PrintBatch, takePrintBatch } from '@fugong/contract/certificates.print'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { cutPage, PAGE_SIZE, readMark, totalOf } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import type { FileAnswer } from '../../base/routes.ts'
import { readSealed } from '../../base/sealed-file.ts'
import { changeBatch, countMine, findBatch, insertBatch, selectMine, type BatchRow } from './batches.store.ts'
import { batchNumber, filterWords } from './rules.ts'

export interface PrintingOptions { publicUrl: string; city: string; /** Folder where written batches lie sealed. */ folder: string }
/** `limits-printing.json`. */
export interface PrintingLimits { version: number; mostCertificates: number; perFile: number; keepHours: number; mostRunning: number }
export const limitsAt = (options: PrintingOptions, at: Date): PrintingLimits => limitsOf<PrintingLimits>('printing', options.city, at)
export const RUN_JOB = 'certificates.print'
export const SEAL_PURPOSE = 'print batch key'

export function begin(options: PrintingOptions) {
  return async (ctx: Ctx, { body }: Input<typeof beginPrintBatch>): Promise<PrintBatch> => {
    const { underWay } = await countMine(ctx, ctx.actor.personId!)
    if (underWay >= limitsAt(options, ctx.now).mostRunning) throw problem('certificates.batch_running', { count: underWay })
    const words: Bilingual = filterWords(body.filter, body.ids?.length)
    const row: BatchRow = {
      id: newId(), number: batchNumber(shanghaiDay(ctx.now), randomBytes(6)), layout: body.layout, ids: body.ids ?? null, filter: body.filter, filterZh: words.zh, filterEn: words.en, state: 'queued', askedBy: ctx.actor.personId!, askedAt: ctx.now.toISOString(),
      expected: null, done: 0, fileType: null, size: null, path: null, keySealed: null, run: 0, beatAt: ctx.now.toISOString(), finishedAt: null, expiresAt: null, takenAt: null, failure: null,
    }
    await insertBatch(ctx, row)
    // Which filters, never their values: a search text may be somebody's name.
    ctx.announce('certificate.batch_begun', { kind: 'printBatch', id: row.id }, { number: row.number, layout: row.layout, filters: Object.keys(body.filter).sort(), chosen: body.ids?.length ?? null })
    ctx.enqueue(RUN_JOB, { id: row.id }, { key: row.id })
    return toBatch(row, ctx.now)
  }
}
const ORDER = 'asked'
export async function listMine(ctx: Ctx, { query }: Input<typeof listPrintBatches>): Promise<Returns<typeof listPrintBatches>> {
  const limit = query.limit ?? PAGE_SIZE
  const rows = await selectMine(ctx, ctx.actor.personId!, limit + 1, readMark(ORDER, query.cursor))
  const page = cutPage(rows, limit, ORDER, (row) => ({ moment: row.askedAt, id: row.id }))
  return { items: page.items.map((row) => toBatch(row, ctx.now)), next: page.next, ...totalOf((await countMine(ctx, ctx.actor.personId!)).all) }
}
export async function show(ctx: Ctx, { params }: Input<typeof getPrintBatch>): Promise<PrintBatch> {
  return toBatch(await getMine(ctx, params.id), ctx.now)
}
async function getMine(ctx: Ctx, id: string): Promise<BatchRow> {
  const found = await findBatch(ctx, id)
  if (!found || found.askedBy !== ctx.actor.personId) throw problem('not_found')
  return found
}
export function take(options: PrintingOptions) {
  return async (ctx: Ctx, { params }: Input<typeof takePrintBatch>): Promise<FileAnswer> => {
    const row = await getMine(ctx, params.id)
    const { state } = toBatch(row, ctx.now)
    if (state !== 'ready') throw problem('certificates.batch_state_refused', { state })
    await ctx.apart(async (system) => {
      if (!(await changeBatch(system, row.id, ['ready'], { takenAt: system.now.toISOString() }))) throw problem('certificates.batch_state_refused', { state: 'expired' })
      system.announce('certificate.batch_taken', { kind: 'printBatch', id: row.id }, { number: row.number })
    })
    const key = Buffer.from(ctx.sealer.open(SEAL_PURPOSE, row.keySealed!), 'base64')
    return { name: `复工备案证书-${row.number}.${row.fileType}`, type: row.fileType === 'zip' ? 'application/zip' : 'application/pdf', size: row.size!, bytes: readSealed(join(options.folder, row.path!), key) }
  }
}
export async function cancel(ctx: Ctx, { params }: Input<typeof cancelPrintBatch>): Promise<PrintBatch> {
  const row = await getMine(ctx, params.id)
  const { state } = toBatch(row, ctx.now)
  const changed = ['queued', 'running', 'ready'].includes(state) ? await changeBatch(ctx, row.id, [row.state], { state: 'cancelled', finishedAt: ctx.now.toISOString() }) : undefined
  if (!changed) throw problem('certificates.batch_state_refused', { state })
  ctx.announce('certificate.batch_ended', { kind: 'printBatch', id: row.id }, { number: row.number, state: 'cancelled', done: row.done })
  // Bytes and key go with the next sweep.
  ctx.enqueue('certificates.sweep', null, { key: 'cancelled' })
  return toBatch(changed, ctx.now)
}
function toBatch(row: BatchRow, now: Date): PrintBatch {
  const { id, number, layout, expected, done, size, askedAt, finishedAt, expiresAt, takenAt, failure } = row
  const state = row.state === 'ready' && row.expiresAt !== null && Date.parse(row.expiresAt) <= now.getTime() ? 'expired' : row.state
  return { id, number, layout, filter: { zh: row.filterZh, en: row.filterEn }, state, expected, done, size, askedAt, finishedAt, expiresAt, takenAt, failure, can: [...(state === 'ready' ? ['take'] : []), ...(['queued', 'running', 'ready'].includes(state) ? ['cancel'] : [])] }
}
