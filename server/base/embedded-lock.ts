// Which processes are alive, and a lock between processes that outlives none of them.
import { link, mkdir, readFile, readdir, rename, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { readFileSync, readlinkSync, readdirSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { EmbeddedPostgresError } from './embedded-error.ts'

interface Holder {
  pid: number
  /** Ticks since boot at which the process began (Linux); tells a reused pid from the same process. */
  began: string | null
}

/** A process that exists and is no zombie: where PID 1 does not reap, the dead keep their pid. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  const fields = statFields(pid)
  return fields === null || (fields[0] !== 'Z' && fields[0] !== 'X')
}

/** Fields of /proc/<pid>/stat from the state on, or null where there is no such file. */
function statFields(pid: number): string[] | null {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return line.slice(line.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

function began(pid: number): string | null {
  return statFields(pid)?.[19] ?? null
}

/** Living processes of this name whose working directory is `directory` (Linux; elsewhere none are seen). */
export function livingIn(directory: string, name: string): number[] {
  return (listOrNone('/proc') ?? [])
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => workingDirectory(pid) === directory && nameOf(pid) === name && isAlive(pid))
}

function listOrNone(directory: string): string[] | null {
  try {
    return readdirSync(directory)
  } catch {
    return null
  }
}

function nameOf(pid: number): string | null {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
  } catch {
    return null
  }
}

/** Working directory of a process, or null when it cannot be known (another system, another user, gone). */
export function workingDirectory(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

function me(): Holder {
  return { pid: process.pid, began: began(process.pid) }
}

function stillThere(holder: Holder): boolean {
  if (!isAlive(holder.pid)) return false
  const now = began(holder.pid)
  return now === null || holder.began === null || now === holder.began
}

async function readHolder(file: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Holder
  } catch {
    return null
  }
}

/**
 * Runs `work` while no other process (nor another call in this one) runs its own under the same file.
 * The file appears together with its content (link), so a lock without a holder cannot be seen.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, patienceMs = 180_000): Promise<T> {
  const mine = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  await writeFile(mine, JSON.stringify(me()))
  const deadline = Date.now() + patienceMs
  try {
    while (!(await tryLink(mine, file))) {
      const holder = await readHolder(file)
      if (holder && !stillThere(holder)) {
        await removeStale(file, holder)
      } else if (Date.now() > deadline) {
        throw new EmbeddedPostgresError(
          'locked',
          `进程 ${holder?.pid ?? '?'} 一直占用 ${file}。请结束该进程或删除此文件后重试`,
          `process ${holder?.pid ?? '?'} has kept ${file} for too long: end it, or delete the file, and start again`,
        )
      } else {
        await sleep(50)
      }
    }
  } finally {
    await rm(mine, { force: true })
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Of several takers only one may remove, and only what it judged: the guard is a directory held for a moment. */
async function removeStale(file: string, judged: Holder): Promise<void> {
  const guard = `${file}.takeover`
  try {
    await mkdir(guard)
  } catch {
    const age = Date.now() - (await stat(guard).then((s) => s.mtimeMs, () => Date.now()))
    if (age > 10_000) await rename(guard, `${guard}.${process.pid}`).then(() => rm(`${guard}.${process.pid}`, { recursive: true }), () => {})
    await sleep(50)
    return
  }
  try {
    const now = await readHolder(file)
    if (now && now.pid === judged.pid && now.began === judged.began) await unlink(file).catch(() => {})
  } finally {
    await rm(guard, { recursive: true, force: true })
  }
}

/** Notes this process as one that uses the cluster; the returned function takes the note back. */
export async function register(directory: string): Promise<() => Promise<void>> {
  await mkdir(directory, { recursive: true })
  const file = path.join(directory, `${process.pid}-${randomBytes(4).toString('hex')}`)
  await writeFile(file, JSON.stringify(me()))
  return () => rm(file, { force: true })
}

/** How many notes of living processes are there; those of the dead are swept. */
export async function countRegistered(directory: string): Promise<number> {
  const names = await readdir(directory).catch(() => [] as string[])
  let living = 0
  for (const name of names) {
    const file = path.join(directory, name)
    const holder = await readHolder(file)
    if (holder && stillThere(holder)) living += 1
    else await rm(file, { force: true })
  }
  return living
}
