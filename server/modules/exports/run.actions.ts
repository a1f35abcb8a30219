// Writing a large export: read in the requester's present scope, sealed on disk, with progress; cancelled, retried or ended with a reason, never left half.
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Scope } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { loggable } from '../../base/log.ts'
import { newFileKey, writeSealed } from '../../base/sealed-file.ts'
import { staffActor } from '../identity/index.ts'
import { notify } from '../notices/index.ts'
import { eventOf, limitsAt } from './actions.ts'
import { fileBytes, type Made } from './file.actions.ts'
import type { ExportOptions } from './ports.ts'
import { openRead, readerOf, sourceOf } from './sources.actions.ts'
import { changeExport, findExport, knownPaths, selectEndedWithFile, selectOverdue, selectSilent, type ExportRow } from './store.ts'
import { SEAL_PURPOSE, aboutOf, noteFailure } from './take.actions.ts'

type AsSystem = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>
/** A run that fails is begun again; the third failure is told. */
const MOST_RUNS = 3
const BEAT_MS = 1000

class Ended extends Error {}
class Refused extends Error {
  constructor(readonly failure: NonNullable<ExportRow['failure']>) { super(failure) }
}

/** Writes the export from its beginning; repeating it is safe. Throws only when it shall be tried again. */
export async function runExport(options: ExportOptions, asSystem: AsSystem, id: string, signal: AbortSignal): Promise<void> {
  const row = await asSystem((system) => start(options, system, id))
  if (!row) return
  const made: Made = { rows: 0, sha256: '' }
  try {
    await write(options, asSystem, row, made, signal)
  } catch (error) {
    await discard(options, row.path)
    if (error instanceof Ended) return
    if (!signal.aborted && !(error instanceof Refused) && row.run >= MOST_RUNS) await asSystem(async (system) => system.log.error({ export: row.id, failure: loggable(error) }, 'an export failed'))
    else if (!(error instanceof Refused)) throw error
    await noteFailure({ apart: asSystem }, row, made.rows, error instanceof Refused ? error.failure : 'failed')
  }
}
/** Takes the export on under a new run number; what an earlier run left behind goes. */
async function start(options: ExportOptions, system: Ctx, id: string): Promise<ExportRow | undefined> {
  const before = await findExport(system, id)
  if (!before || (before.state !== 'queued' && before.state !== 'running')) return undefined
  if (before.run >= MOST_RUNS) {
    // Each run took its process down with it.
    await noteFailure(system, before, before.rows, 'interrupted')
    return undefined
  }
  await discard(options, before.path)
  const key = newFileKey()
  const row = await changeExport(system, id, ['queued', 'running'], {
    state: 'running', run: before.run + 1, rows: 0, beatAt: system.now.toISOString(), path: randomBytes(16).toString('hex'), keySealed: system.sealer.seal(SEAL_PURPOSE, key.toString('base64')),
  }, before.run)
  // One without personal columns was announced when it was asked for.
  if (row && before.run === 0 && row.personal.length) system.announce('export.begun', { kind: 'export', id }, eventOf(row))
  return row
}

async function write(options: ExportOptions, asSystem: AsSystem, row: ExportRow, made: Made, signal: AbortSignal): Promise<void> {
  // Kept beyond its transaction for database, sealer and log only; whoever reads gets a connection of their own.
  const { ctx, actor, moment } = await asSystem(async (system) => ({ ctx: system, actor: await staffActor(system, row.askedBy), moment: system.now }))
  const source = sourceOf(options, row.source)
  const reader = source && actor && readerOf(options, source, actor)
  if (!reader) throw new Refused('right_lost')
  const limits = limitsAt(options, moment)
  const { read, close } = await openRead(ctx, { ...reader, scope: narrowed(reader.scope, row) })
  try {
    const expected = await source.count(read, row.filter, limits.mostRows + 1)
    if (expected > limits.mostRows) throw new Refused('too_many_rows')
    const tell = async (change: Partial<ExportRow>) => {
      if (!(await asSystem((system) => changeExport(system, row.id, ['running'], { ...change, beatAt: system.now.toISOString() }, row.run)))) throw new Ended()
    }
    await tell({ expected })
    let beat = Date.now()
    const onRows = async (rows: number) => {
      if (signal.aborted) throw new Error('The process is stopping')
      if (Date.now() - beat < BEAT_MS) return
      beat = Date.now()
      await tell({ rows })
    }
    await mkdir(options.folder, { recursive: true, mode: 0o700 })
    const size = await writeSealed(join(options.folder, row.path!), Buffer.from(ctx.sealer.open(SEAL_PURPOSE, row.keySealed!), 'base64'), fileBytes({ read, source, row, about: aboutOf(row, source, moment), onRows }, made))
    await asSystem(async (system) => {
      const now = system.now
      const expiresAt = new Date(now.getTime() + limits.keepHours * 3_600_000).toISOString()
      const done = await changeExport(system, row.id, ['running'], { state: 'ready', rows: made.rows, sha256: made.sha256, size, finishedAt: now.toISOString(), beatAt: now.toISOString(), expiresAt }, row.run)
      if (!done) throw new Ended()
      system.announce('export.completed', { kind: 'export', id: row.id }, { number: row.number, rows: made.rows, sha256: made.sha256 })
      await notify(system, { template: 'export.ready', to: { people: [row.askedBy] }, params: { number: row.number, count: made.rows, until: expiresAt }, link: '/console/exports', about: { kind: 'export', id: row.id } })
    })
  } finally {
    await close()
  }
}
/** With personal columns nothing beyond what the second person agreed to, though the requester reach more by now; nor their own firms elsewhere. */
function narrowed(scope: Scope, row: ExportRow): Scope {
  if (!row.personal.length) return scope
  return { ...scope, areas: scope.areas.filter((area) => row.areas.includes(area)), departments: scope.departments.filter((key) => row.departments.includes(key)), enterprises: [], units: [] }
}
const discard = (options: ExportOptions, path: string | null) => (path ? rm(join(options.folder, path), { force: true }) : Promise.resolve())

const SILENT_MS = 15 * 60_000
const DAY_MS = 86_400_000
/** Ends what is over: requests nobody decided, files nobody took in time, streams and runs that fell silent; bytes without a row go. */
export async function sweep(options: ExportOptions, ctx: Ctx): Promise<void> {
  for (const row of await selectOverdue(ctx)) {
    const state = row.state === 'asked' ? 'lapsed' : 'expired'
    if (!(await changeExport(ctx, row.id, [row.state], { state, path: null, keySealed: null, finishedAt: row.finishedAt ?? ctx.now.toISOString() }))) continue
    ctx.announce('export.removed', { kind: 'export', id: row.id }, { number: row.number, why: 'expired' })
    ctx.afterCommit(() => void discard(options, row.path).catch(() => {}))
  }
  for (const row of await selectSilent(ctx, new Date(ctx.now.getTime() - SILENT_MS))) {
    // What waits in the queue has its job; it may wait as long as no worker runs.
    if (row.state !== 'queued') await noteFailure({ apart: (work) => work(ctx) }, row, row.rows, 'interrupted')
  }
  for (const row of await selectEndedWithFile(ctx)) {
    await changeExport(ctx, row.id, ['cancelled', 'failed'], { path: null, keySealed: null })
    if (row.state === 'cancelled') ctx.announce('export.removed', { kind: 'export', id: row.id }, { number: row.number, why: 'cancelled' })
    ctx.afterCommit(() => void discard(options, row.path).catch(() => {}))
  }
  await removeStrays(options, ctx)
}
async function removeStrays(options: ExportOptions, ctx: Ctx): Promise<void> {
  const found: string[] = []
  for (const name of await readdir(options.folder).catch(() => [])) {
    const about = /^[0-9a-f]{32}$/.test(name) ? await stat(join(options.folder, name)).catch(() => undefined) : undefined
    if (about?.isFile() && about.mtimeMs < ctx.now.getTime() - DAY_MS) found.push(name)
  }
  const known = await knownPaths(ctx, found)
  for (const name of found) if (!known.has(name)) await discard(options, name)
}
