// Writing a batch of prints: chosen in the requester's present scope, put on record once, drawn some hundred at a time, sealed on disk; begun anew it makes no second prints.
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scope } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { within, type Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { loggable } from '../../base/log.ts'
import { drawInThread } from '../../base/pdf/drawing.ts'
import { newFileKey, writeSealed } from '../../base/sealed-file.ts'
import { zipWriter } from '../../base/sheets/zip-write.ts'
import { staffActor } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { limitsAt, SEAL_PURPOSE, type PrintingOptions } from './batches.actions.ts'
import { changeBatch, findBatch, knownPaths, selectSilent, selectToRemove, type BatchRow } from './batches.store.ts'
import { printingScope } from './policy.ts'
import { taskOf, type Printed } from './prints.actions.ts'
import { insertBatchPrints, selectBatchPages } from './prints.store.ts'
import { readSearch } from './rules.ts'
import { signed } from './sign.actions.ts'
import { selectHolding } from './store.ts'

type AsSystem = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
/** A run that fails is begun again; the third failure is told. */
const MOST_RUNS = 3
class Ended extends Error {}
class Refused extends Error {
  constructor(readonly failure: NonNullable<BatchRow['failure']>) { super(failure) }
}

/** Writes the batch; repeating it is safe. Throws only when it shall be tried again. */
export async function runBatch(options: PrintingOptions, asSystem: AsSystem, id: string, signal: AbortSignal): Promise<void> {
  const row = await asSystem((system) => start(options, system, id))
  if (!row) return
  try {
    await write(options, asSystem, row, signal)
  } catch (error) {
    await discard(options, row.path)
    if (error instanceof Ended) return
    if (!(error instanceof Refused) && (signal.aborted || row.run < MOST_RUNS)) throw error
    if (!(error instanceof Refused)) await asSystem(async (system) => system.log.error({ batch: row.id, failure: loggable(error) }, 'a batch of prints failed'))
    await asSystem((system) => noteFailure(system, row, error instanceof Refused ? error.failure : 'failed'))
  }
}
/** Takes the batch on under a new run number; what an earlier run left behind goes. */
async function start(options: PrintingOptions, system: Ctx, id: string): Promise<BatchRow | undefined> {
  const before = await findBatch(system, id)
  if (!before || (before.state !== 'queued' && before.state !== 'running')) return undefined
  if (before.run >= MOST_RUNS) {
    await noteFailure(system, before, 'interrupted')
    return undefined
  }
  await discard(options, before.path)
  return changeBatch(system, id, ['queued', 'running'], { state: 'running', run: before.run + 1, done: 0, beatAt: system.now.toISOString(), path: randomBytes(16).toString('hex'), keySealed: system.sealer.seal(SEAL_PURPOSE, newFileKey().toString('base64')) }, before.run)
}
async function noteFailure(system: Ctx, row: BatchRow, failure: NonNullable<BatchRow['failure']>): Promise<void> {
  const changed = await changeBatch(system, row.id, ['queued', 'running'], { state: 'failed', failure, finishedAt: system.now.toISOString() })
  if (changed) system.announce('certificate.batch_ended', { kind: 'printBatch', id: row.id }, { number: row.number, state: 'failed', done: changed.done })
}

async function write(options: PrintingOptions, asSystem: AsSystem, row: BatchRow, signal: AbortSignal): Promise<void> {
  const scope = await asSystem(async (system) => {
    const actor = await staffActor(system, row.askedBy)
    return actor && printingScope(actor)
  })
  if (!scope) throw new Refused('right_lost')
  const limits = await asSystem(async (system) => limitsAt(options, system.now))
  const expected = row.expected ?? (await asSystem((system) => plan(system, row, scope, limits.mostCertificates)))
  const files = Math.ceil(expected / limits.perFile)
  const draw = async (file: number): Promise<Buffer> => {
    if (signal.aborted) throw new Error('The process is stopping')
    const task = await asSystem((system) => within(system, scope, async (ctx) => {
      const rows = await selectBatchPages(ctx, row.id, file * limits.perFile, (file + 1) * limits.perFile, shanghaiDay(ctx.now))
      const printed: Printed[] = []
      for (const one of rows) printed.push({ ...(await signed(ctx, one)), no: one.no, printedAt: one.printedAt })
      return taskOf(ctx, options.publicUrl, row.layout, printed)
    }))
    const pdf = await drawInThread(task)
    await tell(asSystem, row, { done: Math.min(expected, (file + 1) * limits.perFile) })
    return pdf
  }
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const key = await asSystem(async (system) => Buffer.from(system.sealer.open(SEAL_PURPOSE, row.keySealed!), 'base64'))
  const size = await writeSealed(join(options.folder, row.path!), key, files === 1 ? onePdf(draw) : zipped(draw, files, row.number))
  await asSystem(async (system) => {
    const now = system.now
    const done = await changeBatch(system, row.id, ['running'], { state: 'ready', done: expected, fileType: files === 1 ? 'pdf' : 'zip', size, finishedAt: now.toISOString(), beatAt: now.toISOString(), expiresAt: new Date(now.getTime() + limits.keepHours * 3_600_000).toISOString() }, row.run)
    if (!done) throw new Ended()
    system.announce('certificate.batch_ended', { kind: 'printBatch', id: row.id }, { number: row.number, state: 'ready', done: expected })
    await notify(system, { template: 'certificate.print_ready', to: { people: [row.askedBy] }, params: { count: expected, until: done.expiresAt! }, link: '/console/certificates/batches', about: { kind: 'printBatch', id: row.id }, intent: 'ready' })
  })
}
async function tell(asSystem: AsSystem, row: BatchRow, change: Partial<BatchRow>): Promise<void> {
  if (!(await asSystem((system) => changeBatch(system, row.id, ['running'], { ...change, beatAt: system.now.toISOString() }, row.run)))) throw new Ended()
}
/** Chooses what holds and puts all prints on record in one transaction: a later run finds them and their number. */
async function plan(system: Ctx, row: BatchRow, scope: Scope, most: number): Promise<number> {
  const { state, enterprise, q } = row.filter
  const today = shanghaiDay(system.now)
  const ids = state !== undefined && state !== 'valid' ? [] : await within(system, scope, (ctx) => selectHolding(ctx, { today, ...(enterprise ? { enterprise } : {}), ...(q && searchKey(q) ? { search: readSearch(q) } : {}) }, row.ids, most + 1))
  if (ids.length > most) throw new Refused('too_many')
  if (!ids.length) throw new Refused('none')
  await within(system, scope, (ctx) => insertBatchPrints(ctx, ids, { batchId: row.id, layout: row.layout, by: row.askedBy }))
  if (!(await changeBatch(system, row.id, ['running'], { expected: ids.length }, row.run))) throw new Ended()
  return ids.length
}
async function* onePdf(draw: (file: number) => Promise<Buffer>): AsyncGenerator<Buffer> {
  yield await draw(0)
}
async function* zipped(draw: (file: number) => Promise<Buffer>, files: number, number: string): AsyncGenerator<Buffer> {
  const zip = zipWriter()
  for (let file = 0; file < files; file++) yield* zip.entry(`${number}-${String(file + 1).padStart(3, '0')}.pdf`, [await draw(file)])
  yield* zip.end()
}

const discard = (options: PrintingOptions, path: string | null) => (path ? rm(join(options.folder, path), { force: true }) : Promise.resolve())
const SILENT_MS = 15 * 60_000
const DAY_MS = 86_400_000
/** Ends what is over: files nobody needs any more, runs that fell silent, bytes without a row. */
export async function sweep(options: PrintingOptions, system: Ctx): Promise<void> {
  for (const row of await selectToRemove(system)) {
    if (!(await changeBatch(system, row.id, [row.state], { state: row.state === 'ready' ? 'expired' : row.state, path: null, keySealed: null }))) continue
    system.afterCommit(() => void discard(options, row.path).catch(() => {}))
  }
  for (const row of await selectSilent(system, new Date(system.now.getTime() - SILENT_MS))) await noteFailure(system, row, 'interrupted')
  const old: string[] = []
  for (const name of await readdir(options.folder).catch(() => [])) {
    const about = /^[0-9a-f]{32}$/.test(name) ? await stat(join(options.folder, name)).catch(() => undefined) : undefined
    if (about?.isFile() && about.mtimeMs < system.now.getTime() - DAY_MS) old.push(name)
  }
  const known = await knownPaths(system, old)
  for (const name of old) if (!known.has(name)) await discard(options, name)
}
