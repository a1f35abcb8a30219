// Later care of files: the scan that lets them out of quarantine, thumbnails of pictures, and taking away what nobody needs.
import { isOpen } from '@fugong/contract/files'
import { scanFile, type Verdict } from '../../base/clamd.ts'
import type { Ctx } from '../../base/context.ts'
import { loggable } from '../../base/log.ts'
import { SCAN_JOB, THUMBNAIL_JOB, limitsAt } from './actions.ts'
import type { FilesOptions } from './ports.ts'
import { discard, oldFiles, placeOf, shelveBytes } from './shelf.store.ts'
import { changeFile, deleteRemoved, deleteUnattached, knownPaths, selectFiles, selectWaiting, type FileRow } from './store.ts'
import { smallPicture } from './thumbnail.store.ts'

type AsSystem = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

/** A scanner that failed is left alone for a while: what waits stays in quarantine and is tried again. */
const REST_MS = 30_000
export function scanner(options: FilesOptions) {
  let restsUntil = 0
  return async (asSystem: AsSystem, id: string): Promise<void> => {
    if (!options.clamd || Date.now() < restsUntil) return
    const { row, ms } = await asSystem(async (system) => ({ row: (await selectFiles(system, [id]))[0], ms: limitsAt(options, system.now).scanSeconds * 1000 }))
    if (row?.state !== 'waiting') return
    let verdict: Verdict
    try {
      verdict = await scanFile(options.clamd, placeOf(options, row.path), ms)
    } catch (error) {
      restsUntil = Date.now() + REST_MS
      await asSystem(async (system) => system.log.warn({ file: id, failure: loggable(error) }, 'the scanner gave no verdict; the file stays in quarantine'))
      return
    }
    await asSystem((system) => settle(options, system, row, verdict))
  }
}
async function settle(options: FilesOptions, system: Ctx, row: FileRow, verdict: Verdict): Promise<void> {
  const state = verdict.harmful ? 'refused' : 'clean'
  const signature = verdict.harmful ? verdict.signature : null
  if (!(await changeFile(system, row.id, { state: 'waiting' }, { state, signature, scannedAt: system.now.toISOString(), ...(verdict.harmful ? { thumbnailState: 'none' } : {}) }))) return
  system.announce('file.scanned', { kind: 'file', id: row.id }, { state, signature })
  // The entry stays and says why; harmful bytes do not.
  if (verdict.harmful) system.afterCommit(() => void discard(options, row.path).catch(() => {}))
  else if (row.thumbnailState === 'due') system.enqueue(THUMBNAIL_JOB, { id: row.id }, { key: row.id })
}
/** Sends everything that still waits to the scanner again. Where the scanner was taken away, what waits is told as unscanned. */
export async function scanWaiting(options: FilesOptions, system: Ctx): Promise<void> {
  for (const id of await selectWaiting(system)) {
    if (options.clamd) {
      system.enqueue(SCAN_JOB, { id }, { key: id })
      continue
    }
    const row = await changeFile(system, id, { state: 'waiting' }, { state: 'unscanned' })
    if (!row) continue
    system.announce('file.scanned', { kind: 'file', id }, { state: 'unscanned', signature: null })
    if (row.thumbnailState === 'due') system.enqueue(THUMBNAIL_JOB, { id }, { key: id })
  }
}

/** Makes the thumbnail of a picture; one that cannot be read, is too large or takes too long has none. */
export async function makeThumbnail(options: FilesOptions, asSystem: AsSystem, id: string): Promise<void> {
  const { row, limits } = await asSystem(async (system) => ({ row: (await selectFiles(system, [id]))[0], limits: limitsAt(options, system.now) }))
  if (row?.thumbnailState !== 'due' || !isOpen(row)) return
  const pixels = row.type === 'image/png' ? limits.pixels.png : limits.pixels.jpg
  const bytes = await smallPicture(placeOf(options, row.path), { pixels, side: limits.thumbnailSide, seconds: limits.thumbnailSeconds }).catch(() => undefined)
  const thumbnail = bytes ? await shelveBytes(options, bytes) : null
  const changed = await asSystem((system) => changeFile(system, id, { thumbnailState: 'due' }, thumbnail ? { thumbnailState: 'made', thumbnail } : { thumbnailState: 'none' }))
  // The file went while its picture was made.
  if (!changed && thumbnail) await discard(options, thumbnail)
}

const DAY = 86_400_000
/** Forgets files whose owner is gone: the rows now, the bytes after the commit. */
export async function removeReleased(ctx: Ctx, options: FilesOptions): Promise<void> {
  const gone = await deleteRemoved(ctx)
  await forget(ctx, options, gone, 'owner_gone')
  if (gone.length === 500) ctx.enqueue('files.remove', null, { key: 'removed' })
}
/** Forgets uploads that nothing has taken within a day. */
export async function removeUnattached(ctx: Ctx, options: FilesOptions): Promise<void> {
  await forget(ctx, options, await deleteUnattached(ctx, new Date(ctx.now.getTime() - DAY)), 'never_used')
}
async function forget(ctx: Ctx, options: FilesOptions, gone: Pick<FileRow, 'id' | 'path' | 'thumbnail'>[], why: 'owner_gone' | 'never_used'): Promise<void> {
  for (const { id } of gone) ctx.announce('file.removed', { kind: 'file', id }, { why })
  const paths = gone.flatMap((row) => [row.path, row.thumbnail ?? []].flat())
  // Bytes that were handed on stay for whoever names them still.
  const named = paths.length ? await knownPaths(ctx, paths) : new Set<string>()
  ctx.afterCommit(() => {
    // One that stays behind because the process ended here is a stray.
    for (const path of paths.filter((one) => !named.has(one))) void discard(options, path).catch(() => {})
  })
}
/** Removes bytes older than a day that no row names: left by a process that ended between writing and committing. */
export async function removeStrays(ctx: Ctx, options: FilesOptions): Promise<void> {
  for await (const paths of oldFiles(options, new Date(ctx.now.getTime() - DAY))) {
    const known = await knownPaths(ctx, paths)
    for (const path of paths) if (!known.has(path)) await discard(options, path)
  }
}
