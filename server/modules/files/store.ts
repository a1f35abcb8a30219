// SQL on the files schema.
import type { FileInfo } from '@fugong/contract/files'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { files } from './policy.ts'

/** The scope is that of the row it belongs to; without a firm it is the offices’ own. */
export interface FileOwner { kind: string; id: string; enterpriseId: string | null; districtCode: string | null; streetCode: string | null; zoneCode: string | null; departmentKey: string | null }
export interface FileRow {
  id: string; name: string; type: string; size: number; sha256: string; path: string; state: FileInfo['state']; uploadedBy: string; uploadedAt: string
  ownerKind: string | null; ownerId: string | null; enterpriseId: string | null; districtCode: string | null; streetCode: string | null; zoneCode: string | null; departmentKey: string | null
  readonly heldBy: string | null
  scannedAt: string | null; signature: string | null; thumbnailState: 'none' | 'due' | 'made'; thumbnail: string | null; removedAt: string | null
}
export type NewFile = Pick<FileRow, 'id' | 'name' | 'type' | 'size' | 'sha256' | 'path' | 'state' | 'uploadedBy' | 'thumbnailState'> & { uploadedAt: Date }
interface Tables { 'files.files': Omit<FileRow, 'uploadedAt'> & { uploadedAt: string | Date } }
const db = (ctx: Ctx) => tables<Tables>(ctx)
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
// References come out of forms as plain text; what is no reference matches nothing.
const references = (ids: readonly string[]) => [...new Set(ids)].filter((id) => UUID.test(id))

export async function insertFile(ctx: Ctx, row: NewFile): Promise<void> {
  await db(ctx).insertInto('files.files').values(row as never).execute()
}
/** A second row on the bytes of a file, for another owner; its thumbnail is not shared. */
export async function insertCopy(ctx: Ctx, row: FileRow, id: string, owner: FileOwner): Promise<void> {
  const { name, type, size, sha256, path, state, uploadedBy, uploadedAt, scannedAt, signature } = row
  const { kind, id: ownerId, enterpriseId, districtCode, streetCode, zoneCode, departmentKey } = owner
  await db(ctx).insertInto('files.files').values({ id, name, type, size, sha256, path, state, uploadedBy, uploadedAt, scannedAt, signature, thumbnailState: 'none', ownerKind: kind, ownerId, enterpriseId, districtCode, streetCode, zoneCode, departmentKey } as never).execute()
}
/** What a person holds that nothing has taken yet; their next upload waits until this one has been counted. */
export async function countWaiting(ctx: Ctx, person: string): Promise<{ files: number; bytes: number }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`files.waiting ${person}`}, 0))`.execute(ctx.db)
  const { rows } = await sql<{ files: number; bytes: number }>`select count(*)::int as files, coalesce(sum(size), 0)::float8 as bytes from files.files where held_by = ${person} and removed_at is null`.execute(ctx.db)
  return rows[0]!
}
/** Files within the caller's scope. */
export async function selectFiles(ctx: Ctx, ids: readonly string[]): Promise<FileRow[]> {
  const known = references(ids)
  if (!known.length) return []
  return (await db(ctx).selectFrom('files.files as f').selectAll().where('f.id', 'in', known).where('f.removedAt', 'is', null).where(visibleTo(files, ctx.scope, 'f')).execute()) as FileRow[]
}
/** Gives free uploads of `person` an owner; answers the ids of those that were free. Two takers at once: the second finds them gone. */
export async function takeFree(ctx: Ctx, ids: readonly string[], person: string, owner: FileOwner): Promise<string[]> {
  const known = references(ids)
  if (!known.length) return []
  const taken = await db(ctx).updateTable('files.files as f')
    .set({ ownerKind: owner.kind, ownerId: owner.id, enterpriseId: owner.enterpriseId, districtCode: owner.districtCode, streetCode: owner.streetCode, zoneCode: owner.zoneCode, departmentKey: owner.departmentKey })
    .where('f.id', 'in', known).where('f.heldBy', '=', person).where('f.state', '!=', 'refused').where('f.removedAt', 'is', null).where(visibleTo(files, ctx.scope, 'f'))
    .returning('f.id').execute()
  return taken.map((row) => row.id)
}
/** Marks files of an owner as gone, all or those named; answers how many. The caller has checked that the owner is theirs. */
export async function markRemoved(ctx: Ctx, owner: Pick<FileOwner, 'kind' | 'id'>, ids?: readonly string[]): Promise<number> {
  const query = db(ctx).updateTable('files.files as f').set({ removedAt: ctx.now.toISOString() }).where('f.ownerKind', '=', owner.kind).where('f.ownerId', '=', owner.id).where('f.removedAt', 'is', null).where(visibleTo(files, ctx.scope, 'f'))
  const gone = await (ids ? query.where('f.id', 'in', [...references(ids), NOBODY]) : query).returning('f.id').execute()
  return gone.length
}
const NOBODY = '00000000-0000-0000-0000-000000000000'
type Gone = Pick<FileRow, 'id' | 'path' | 'thumbnail'>
/** Takes away rows whose owner is gone, some at a time. */
export async function deleteRemoved(system: Ctx, limit = 500): Promise<Gone[]> {
  return (await sql<Gone>`delete from files.files where id in (select id from files.files where removed_at is not null limit ${limit} for update skip locked) returning id, path, thumbnail`.execute(system.db)).rows
}
/** Removes uploads that nobody attached since before `before`. */
export function deleteUnattached(ctx: Ctx, before: Date): Promise<Gone[]> {
  return db(ctx).deleteFrom('files.files').where('ownerId', 'is', null).where('uploadedAt', '<', before).returning(['id', 'path', 'thumbnail']).execute()
}
/** Those of the paths that a row names, as file or as thumbnail. */
export async function knownPaths(ctx: Ctx, paths: readonly string[]): Promise<Set<string>> {
  const rows = await db(ctx).selectFrom('files.files').select(['path', 'thumbnail']).where((on) => on.or([on('path', 'in', [...paths]), on('thumbnail', 'in', [...paths])])).execute()
  return new Set(rows.flatMap((row) => [row.path, row.thumbnail ?? '']))
}
/** Files that still wait for the scanner, oldest first. */
export async function selectWaiting(system: Ctx, limit = 200): Promise<string[]> {
  return (await db(system).selectFrom('files.files').select('id').where('state', '=', 'waiting').where('removedAt', 'is', null).orderBy('uploadedAt').limit(limit).execute()).map((row) => row.id)
}
/** Changes a file as it stands in `from`; undefined when it is no longer so. */
export async function changeFile(system: Ctx, id: string, from: { state?: FileRow['state']; thumbnailState?: FileRow['thumbnailState'] }, change: Partial<Pick<FileRow, 'state' | 'scannedAt' | 'signature' | 'thumbnailState' | 'thumbnail'>>): Promise<FileRow | undefined> {
  let query = db(system).updateTable('files.files').set(change).where('id', '=', id).where('removedAt', 'is', null)
  if (from.state) query = query.where('state', '=', from.state)
  if (from.thumbnailState) query = query.where('thumbnailState', '=', from.thumbnailState)
  return (await query.returningAll().executeTakeFirst()) as FileRow | undefined
}
