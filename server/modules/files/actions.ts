// Use cases of files: take an upload, hand out the bytes, attach uploads to what they belong to, forget the ones nobody attached.
import type { downloadFile, FileInfo } from '@fugong/contract/files'
import type { Input, Issue } from '@fugong/contract/base'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import type { FileAnswer, ReceivedFile } from '../../base/routes.ts'
import { documentFault } from './docx.store.ts'
import { cleanName, kindOf, kinds, nameFits, type FileKind } from './rules.ts'
import { discard, isThere, oldFiles, placeOf, shelve, type Shelf } from './shelf.store.ts'
import { countWaiting, deleteUnattached, insertFile, knownPaths, selectFiles, takeFree, type FileOwner, type FileRow, type NewFile } from './store.ts'

/** What one person may hold that nothing has taken yet: some declarations' worth, not a disk's. */
const MOST_WAITING = 40
const MOST_WAITING_BYTES = 200 * 1024 * 1024

/** Checks a received file by its bytes and keeps it as the caller's own until something takes it. */
export async function keepUpload(ctx: Ctx, shelf: Shelf, file: ReceivedFile): Promise<FileInfo> {
  if (file.size === 0) throw problem('files.empty')
  const name = cleanName(file.name)
  const kind = await acceptedKind(file, name)
  const waiting = await countWaiting(ctx, ctx.actor.personId!)
  if (waiting.files >= MOST_WAITING || waiting.bytes + file.size > MOST_WAITING_BYTES) throw problem('files.too_many_waiting')
  const path = await shelve(shelf, file.path)
  const row: NewFile = { id: newId(), name, type: kinds[kind].type, size: file.size, sha256: file.sha256, path, state: firstState(), uploadedBy: ctx.actor.personId!, uploadedAt: ctx.now }
  try {
    await insertFile(ctx, row)
  } catch (error) {
    // What a failed commit leaves behind is found by removeStrays.
    await discard(shelf, path)
    throw error
  }
  ctx.announce('file.uploaded', { kind: 'file', id: row.id }, { type: row.type, size: row.size, sha256: row.sha256 })
  return toInfo({ ...row, uploadedAt: row.uploadedAt.toISOString() })
}
async function acceptedKind(file: ReceivedFile, name: string): Promise<FileKind> {
  const kind = kindOf(file.head)
  if (!kind || !nameFits(kind, name)) throw problem('files.type_refused')
  if (kind === 'docx' && (await documentFault(file.path, file.size)) !== undefined) throw problem('files.type_refused')
  return kind
}
/** The one place where a scanner decides: it would begin with `quarantined` and later set `ready` or `refused`. There is none yet. */
function firstState(): FileInfo['state'] {
  return 'ready'
}

/** The bytes of a file within the caller's scope. */
export async function openFile(ctx: Ctx, shelf: Shelf, { params }: Input<typeof downloadFile>): Promise<FileAnswer> {
  const [row] = await selectFiles(ctx, [params.id])
  if (!row) throw problem('not_found')
  if (row.state !== 'ready') throw problem('files.not_ready')
  if (!(await isThere(shelf, row.path, row.size))) {
    ctx.log.error({ file: row.id }, 'the bytes of a file are missing or cut')
    throw problem('not_found')
  }
  return { name: row.name, type: row.type, size: row.size, path: placeOf(shelf, row.path) }
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

const DAY = 86_400_000
/** Forgets uploads that nothing has taken within a day: the rows now, the bytes after the commit. */
export async function removeUnattached(ctx: Ctx, shelf: Shelf): Promise<void> {
  const paths = await deleteUnattached(ctx, new Date(ctx.now.getTime() - DAY))
  ctx.afterCommit(() => {
    // One that stays behind because the process ended here is a stray.
    for (const path of paths) void discard(shelf, path).catch(() => {})
  })
}
/** Removes bytes older than a day that no row names: left by a process that ended between writing and committing. */
export async function removeStrays(ctx: Ctx, shelf: Shelf): Promise<void> {
  for await (const paths of oldFiles(shelf, new Date(ctx.now.getTime() - DAY))) {
    const known = await knownPaths(ctx, paths)
    for (const path of paths) if (!known.has(path)) await discard(shelf, path)
  }
}

function toInfo(row: Pick<FileRow, 'id' | 'name' | 'type' | 'size' | 'sha256' | 'state' | 'uploadedAt'>): FileInfo {
  return { id: row.id, name: row.name, type: row.type, size: row.size, sha256: row.sha256, state: row.state, uploadedAt: row.uploadedAt }
}
