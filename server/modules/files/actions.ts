// Use cases of files: take an upload, hand out the bytes, attach uploads to what they belong to, forget the ones nobody attached.
import { isOpen, type downloadFile, type FileInfo, type getThumbnail } from '@fugong/contract/files'
import type { Input, Issue } from '@fugong/contract/base'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { limitsOf } from '../../base/limits.ts'
import { invalid, problem } from '../../base/problem.ts'
import type { FileAnswer, ReceivedFile } from '../../base/routes.ts'
import { documentFault } from './docx.store.ts'
import { cleanName, isPicture, kindOf, kinds, megabytes, nameFits, type FileKind } from './rules.ts'
import type { FileLimits, FilesOptions } from './ports.ts'
import { discard, isThere, placeOf, shelve, sizeOf } from './shelf.store.ts'
import { countWaiting, insertCopy, insertFile, markRemoved, selectFiles, takeFree, type FileOwner, type FileRow, type NewFile } from './store.ts'

/** What one person may hold that nothing has taken yet: some declarations' worth, not a disk's. */
const MOST_WAITING = 40
const MOST_WAITING_BYTES = 200 * 1024 * 1024

export const SCAN_JOB = 'files.scan'
export const THUMBNAIL_JOB = 'files.thumbnail'
export const limitsAt = (options: FilesOptions, at: Date): FileLimits => limitsOf<FileLimits>('files', options.city, at)

/** Checks a received file by its bytes and keeps it as the caller's own until something takes it; where a scanner is set up it waits for that. */
export async function keepUpload(ctx: Ctx, options: FilesOptions, file: ReceivedFile): Promise<FileInfo> {
  if (file.size === 0) throw problem('files.empty')
  const name = cleanName(file.name)
  const kind = await acceptedKind(file, name)
  const most = limitsAt(options, ctx.now).maxBytes[kind]
  if (file.size > most) throw problem('files.too_large', { type: kind.toUpperCase(), limit: megabytes(most) })
  const waiting = await countWaiting(ctx, ctx.actor.personId!)
  if (waiting.files >= MOST_WAITING || waiting.bytes + file.size > MOST_WAITING_BYTES) throw problem('files.too_many_waiting')
  const path = await shelve(options, file.path)
  const row: NewFile = {
    id: newId(), name, type: kinds[kind].type, size: file.size, sha256: file.sha256, path, state: options.clamd ? 'waiting' : 'unscanned', uploadedBy: ctx.actor.personId!, uploadedAt: ctx.now,
    thumbnailState: isPicture(kinds[kind].type) ? 'due' : 'none',
  }
  try {
    await insertFile(ctx, row)
  } catch (error) {
    // What a failed commit leaves behind is found by removeStrays.
    await discard(options, path)
    throw error
  }
  ctx.announce('file.uploaded', { kind: 'file', id: row.id }, { type: row.type, size: row.size, sha256: row.sha256 })
  // Nothing opens a picture before it is known to be harmless, where that can be known.
  if (options.clamd) ctx.enqueue(SCAN_JOB, { id: row.id }, { key: row.id })
  else if (row.thumbnailState === 'due') ctx.enqueue(THUMBNAIL_JOB, { id: row.id }, { key: row.id })
  return toInfo({ ...row, uploadedAt: row.uploadedAt.toISOString() })
}
async function acceptedKind(file: ReceivedFile, name: string): Promise<FileKind> {
  const kind = kindOf(file.head)
  if (!kind) throw problem('files.type_refused')
  const fits = nameFits(kind, name)
  // A zip that is no document is not told that it should be called one.
  if (kind === 'docx' && (await documentFault(file.path, file.size)) !== undefined) throw problem(fits ? 'files.document_refused' : 'files.type_refused')
  if (!fits) throw problem('files.name_differs', { type: kind.toUpperCase(), ending: kinds[kind].extensions[0]! })
  return kind
}
/** The bytes of a file within the caller's scope; a picture may be shown, anything else is saved. */
export async function openFile(ctx: Ctx, options: FilesOptions, { params }: Input<typeof downloadFile>): Promise<FileAnswer> {
  const row = await getOpen(ctx, params.id)
  if (!(await isThere(options, row.path, row.size))) {
    ctx.log.error({ file: row.id }, 'the bytes of a file are missing or cut')
    throw problem('not_found')
  }
  // Chromium shows no PDF under a sandbox, and without one a PDF is not shown: it is saved.
  return { name: row.name, type: row.type, size: row.size, path: placeOf(options, row.path), inline: isPicture(row.type) }
}
export async function openThumbnail(ctx: Ctx, options: FilesOptions, { params }: Input<typeof getThumbnail>): Promise<FileAnswer> {
  const row = await getOpen(ctx, params.id)
  const size = row.thumbnail === null ? undefined : await sizeOf(options, row.thumbnail)
  if (row.thumbnail === null || size === undefined) throw problem('files.no_thumbnail')
  return { name: `${row.name}.jpg`, type: 'image/jpeg', size, path: placeOf(options, row.thumbnail), inline: true, headers: { 'cache-control': 'private, max-age=86400, immutable' } }
}
async function getOpen(ctx: Ctx, id: string): Promise<FileRow> {
  const [row] = await selectFiles(ctx, [id])
  if (!row) throw problem('not_found')
  if (row.state === 'refused') throw problem('files.infected')
  if (!isOpen(row)) throw problem('files.not_ready')
  return row
}

/** What is known of files within the caller's scope, in the order asked for; others are left out. */
export async function filesOf(ctx: Ctx, ids: readonly string[]): Promise<FileInfo[]> {
  const rows = new Map((await selectFiles(ctx, ids)).map((row) => [row.id, row]))
  return ids.flatMap((id) => rows.get(id) ?? []).map(toInfo)
}
/**
 * Makes the caller's own uploads part of `owner`; repeating it is harmless. Throws `validation.failed` with
 * `issue.file_unknown` at `<path>/<index>` for each file that does not exist, is another person's or belongs elsewhere.
 */
export async function attachFiles(ctx: Ctx, ids: readonly string[], owner: FileOwner, path = '/files'): Promise<void> {
  if (!ids.length) return
  const taken = new Set(ctx.actor.personId ? await takeFree(ctx, ids, ctx.actor.personId, owner) : [])
  const rest = ids.filter((id) => !taken.has(id))
  const before = new Set((await selectFiles(ctx, rest)).filter((row) => row.ownerKind === owner.kind && row.ownerId === owner.id).map((row) => row.id))
  const issues: Issue[] = ids.flatMap((id, at) => (taken.has(id) || before.has(id) ? [] : [{ path: `${path}/${at}`, code: 'issue.file_unknown' }]))
  if (issues.length) throw invalid(issues)
}

/**
 * Hands files on to another owner as its own: new rows on the same bytes, with what the scanner said. The caller has seen to
 * the right of both owners. Answers the new ids in their order; what was refused is left behind.
 */
export async function handOn(ctx: Ctx, ids: readonly string[], owner: FileOwner): Promise<string[]> {
  const rows = new Map((await elevated(ctx, (system) => selectFiles(system, ids))).map((row) => [row.id, row]))
  const copies = ids.flatMap((id) => { const row = rows.get(id); return row && row.state !== 'refused' ? [{ row, id: newId() }] : [] })
  for (const { row, id } of copies) await insertCopy(ctx, row, id, owner)
  return copies.map(({ id }) => id)
}

/** What an owner no longer has goes with it: all its files, or those named. Rows and bytes are taken away by a job. */
export async function releaseFiles(ctx: Ctx, owner: Pick<FileOwner, 'kind' | 'id'>, ids?: readonly string[]): Promise<void> {
  if (await markRemoved(ctx, owner, ids)) ctx.enqueue('files.remove', null, { key: 'removed' })
}

function toInfo(row: Pick<FileRow, 'id' | 'name' | 'type' | 'size' | 'sha256' | 'state' | 'uploadedAt' | 'thumbnailState'>): FileInfo {
  return { id: row.id, name: row.name, type: row.type, size: row.size, sha256: row.sha256, state: row.state, uploadedAt: row.uploadedAt, thumbnail: row.thumbnailState === 'made' && isOpen(row) }
}
