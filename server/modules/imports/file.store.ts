// The file of an import on disk: in a folder of its own outside everything that is served, for as long as it may be read again.
import { randomBytes } from 'node:crypto'
import { chmod, copyFile, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

export interface ImportsFolder { folder: string }

/** Moves a received file to its place; answers its name below the folder. */
export async function keepFile({ folder }: ImportsFolder, from: string): Promise<string> {
  const name = randomBytes(16).toString('hex')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const to = join(folder, name)
  await rename(from, to).catch(async (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EXDEV') throw error
    await copyFile(from, to) // Another file system; the receiver removes its own copy.
  })
  await chmod(to, 0o600)
  return name
}
export const pathOf = ({ folder }: ImportsFolder, name: string) => join(folder, name)
/** A path for a file that is made for one answer. */
export async function scratchPath({ folder }: ImportsFolder): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return join(folder, `answer-${randomBytes(16).toString('hex')}`)
}
export async function dropFile({ folder }: ImportsFolder, name: string): Promise<void> {
  await rm(join(folder, name), { force: true })
}
/** Files that no import knows and that have lain there for an hour: left by a process that ended midway. */
export async function strayFiles({ folder }: ImportsFolder, known: ReadonlySet<string>, before: Date): Promise<string[]> {
  const strays: string[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    if (known.has(name) || !/^(answer-)?[0-9a-f]{32}$/.test(name)) continue
    const about = await stat(join(folder, name)).catch(() => undefined)
    if (about?.isFile() && about.mtimeMs < before.getTime()) strays.push(name)
  }
  return strays
}
