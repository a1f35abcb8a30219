// The bytes of files on disk: below the data folder, outside everything the web server hands out, under names nobody can guess.
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, mkdir, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

export interface Shelf { folder: string }

/** Moves a received file to its place and waits until the disk has it; answers the path below the folder. */
export async function shelve(shelf: Shelf, from: string): Promise<string> {
  const name = randomBytes(16).toString('hex')
  const path = `${name.slice(0, 2)}/${name.slice(2)}`
  const folder = join(shelf.folder, name.slice(0, 2))
  const target = join(shelf.folder, path)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(from, target).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    await copyFile(from, target) // Another file system; the receiver removes its own copy.
  })
  await chmod(target, 0o600)
  // The row is acknowledged only after its bytes and the name they lie under are on disk.
  for (const one of [target, folder]) await flush(one)
  return path
}
async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } catch (error) {
    // Some systems cannot flush a folder; the bytes themselves must be there.
    if (!['EISDIR', 'EINVAL', 'EPERM', 'EBADF'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  } finally {
    await handle.close()
  }
}
export const placeOf = (shelf: Shelf, path: string) => join(shelf.folder, path)

/** Whether a stored file still lies in its place with its size. */
export async function isThere(shelf: Shelf, path: string, size: number): Promise<boolean> {
  const found = await stat(placeOf(shelf, path)).catch(() => undefined)
  return found?.isFile() === true && found.size === size
}
/** Bytes of a file in its place; undefined when it is not there. */
export async function sizeOf(shelf: Shelf, path: string): Promise<number | undefined> {
  const found = await stat(placeOf(shelf, path)).catch(() => undefined)
  return found?.isFile() ? found.size : undefined
}
/** Puts new bytes in a place of their own; answers the path below the folder. */
export async function shelveBytes(shelf: Shelf, bytes: Buffer): Promise<string> {
  await mkdir(shelf.folder, { recursive: true, mode: 0o700 })
  const from = join(shelf.folder, `new-${randomBytes(8).toString('hex')}`)
  await writeFile(from, bytes, { mode: 0o600 })
  return shelve(shelf, from)
}
export async function discard(shelf: Shelf, path: string): Promise<void> {
  await rm(placeOf(shelf, path), { force: true })
}

/** Paths of files that have lain there since before `before`, one folder after another. */
export async function* oldFiles(shelf: Shelf, before: Date): AsyncGenerator<string[]> {
  for (const folder of await readdir(shelf.folder).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue
    const found: string[] = []
    for (const name of await readdir(join(shelf.folder, folder)).catch(() => [])) {
      const path = `${folder}/${name}`
      const about = await stat(placeOf(shelf, path)).catch(() => undefined)
      if (about?.isFile() && about.mtimeMs < before.getTime()) found.push(path)
    }
    if (found.length) yield found
  }
}
