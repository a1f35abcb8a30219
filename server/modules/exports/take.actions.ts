// Taking an export: a small one is read and sent in one go, a written one is opened from where it lies sealed; the taking is on record before the first byte.
import { join } from 'node:path'
import type { Input } from '@fugong/contract/base'
import type { takeExport } from '@fugong/contract/exports'
import type { Ctx } from '../../base/context.ts'
import { loggable } from '../../base/log.ts'
import { problem } from '../../base/problem.ts'
import type { FileAnswer } from '../../base/routes.ts'
import { readSealed } from '../../base/sealed-file.ts'
import { notify } from '../notices/index.ts'
import { getMine, limitsAt } from './actions.ts'
import { fileBytes, type Made } from './file.actions.ts'
import type { ExportOptions, ExportSource } from './ports.ts'
import { fileName, mayTake, stateNow, typeOf, type About } from './rules.ts'
import { nameOf, openRead, readerOf, sourceOf, type Reader } from './sources.actions.ts'
import { changeExport, type ExportRow } from './store.ts'

export const SEAL_PURPOSE = 'export key'
const BEAT_MS = 15_000

export function take(options: ExportOptions) {
  // What this process is sending at the moment: each holds a connection of its own.
  const sending = { count: 0 }
  return async (ctx: Ctx, { params }: Input<typeof takeExport>): Promise<FileAnswer> => {
    const row = await getMine(ctx, params.id)
    const state = stateNow(row, ctx.now.toISOString())
    const source = sourceOf(options, row.source)
    const reader = source && readerOf(options, source, ctx.actor)
    if (!source || !reader) throw problem('not_found')
    if (!mayTake(state)) throw problem('exports.state_refused', { state })
    const file = { name: fileName(nameOf(options, row.source)[row.language], row.number, row.format), type: typeOf[row.format] }
    if (state === 'ready') return { ...file, ...(await takeReady(ctx, options, row)) }
    if (sending.count >= limitsAt(options, ctx.now).mostStreams) throw problem('exports.busy', { seconds: 5 })
    const claimed = await ctx.apart((system) => changeExport(system, row.id, ['open'], { state: 'streaming', takenAt: system.now.toISOString(), beatAt: system.now.toISOString(), expiresAt: null }))
    if (!claimed) throw problem('exports.state_refused', { state: 'streaming' })
    const made: Made = { rows: 0, sha256: '' }
    return { ...file, bytes: sent(ctx, source, reader, claimed, made, sending), trailers: { 'x-export-rows': () => String(made.rows), 'x-export-sha256': () => made.sha256 } }
  }
}

async function takeReady(ctx: Ctx, options: ExportOptions, row: ExportRow): Promise<Pick<FileAnswer, 'headers'> & { size: number; bytes: AsyncIterable<Buffer> }> {
  await ctx.apart(async (system) => {
    if (!(await changeExport(system, row.id, ['ready'], { takenAt: system.now.toISOString() }))) throw problem('exports.state_refused', { state: 'expired' })
    system.announce('export.taken', { kind: 'export', id: row.id }, { number: row.number, by: row.askedBy })
  })
  const key = Buffer.from(ctx.sealer.open(SEAL_PURPOSE, row.keySealed!), 'base64')
  return { size: row.size!, headers: { 'x-export-rows': String(row.rows), 'x-export-sha256': row.sha256! }, bytes: readSealed(join(options.folder, row.path!), key) }
}

/** The bytes of a small export as they are read; how it ended is on record when the last byte is out. */
async function* sent(ctx: Ctx, source: ExportSource, reader: Reader, row: ExportRow, made: Made, sending: { count: number }): AsyncGenerator<Buffer> {
  sending.count += 1
  let ended = false
  let beat = Date.now()
  const onRows = async (rows: number) => {
    if (Date.now() - beat < BEAT_MS) return
    beat = Date.now()
    await ctx.apart((system) => changeExport(system, row.id, ['streaming'], { rows, beatAt: system.now.toISOString() }))
  }
  let opened: Awaited<ReturnType<typeof openRead>> | undefined
  try {
    opened = await openRead(ctx, reader)
    yield* fileBytes({ read: opened.read, source, row, about: aboutOf(row, source, ctx.now), onRows }, made)
    await ctx.apart(async (system) => {
      const now = system.now.toISOString()
      if (!(await changeExport(system, row.id, ['streaming'], { state: 'done', rows: made.rows, sha256: made.sha256, beatAt: now, finishedAt: now }))) throw new Error('The export was ended meanwhile')
      system.announce('export.completed', { kind: 'export', id: row.id }, { number: row.number, rows: made.rows, sha256: made.sha256 })
    })
    ended = true
  } finally {
    sending.count -= 1
    await opened?.close()
    if (!ended) await noteFailure(ctx, row, made.rows, 'interrupted').catch((error: unknown) => ctx.log.error({ export: row.id, failure: loggable(error) }, 'the end of an export was not written down'))
  }
}
export function aboutOf(row: ExportRow, source: ExportSource, moment: Date): About {
  return { name: source.name, number: row.number, reader: row.askedName, unit: row.unitZh === null ? null : { zh: row.unitZh, en: row.unitEn ?? row.unitZh }, filter: { zh: row.filterZh, en: row.filterEn }, moment }
}
export async function noteFailure(ctx: Pick<Ctx, 'apart'>, row: Pick<ExportRow, 'id' | 'number' | 'run' | 'askedBy'>, rows: number, failure: NonNullable<ExportRow['failure']>): Promise<void> {
  await ctx.apart(async (system) => {
    const now = system.now.toISOString()
    const changed = await changeExport(system, row.id, ['open', 'streaming', 'queued', 'running'], { state: 'failed', failure, rows, finishedAt: now, expiresAt: null })
    if (!changed) return
    system.announce('export.failed', { kind: 'export', id: row.id }, { number: row.number, failure, rows })
    // Whoever waits at the browser sees a download break off; of a job nobody hears otherwise.
    if (row.run > 0) await notify(system, { template: 'export.failed', to: { people: [row.askedBy] }, params: { number: row.number }, link: '/console/exports', about: { kind: 'export', id: row.id } })
  })
}
