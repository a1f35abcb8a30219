// The life of one cluster's server process: create, find, start, wait until ready, stop.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chmod, chown, lstat, mkdir, open, readFile, readdir, rename, rm, stat, statfs, writeFile } from 'node:fs/promises'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { giveTo, type Native, type RunAs } from './embedded-binaries.ts'
import { EmbeddedPostgresError, explain, noDisk } from './embedded-error.ts'
import { isAlive, livingIn, workingDirectory } from './embedded-lock.ts'

const MAJOR = '18'
const windows = process.platform === 'win32'

/** Everything the functions below need to know of one cluster. */
export interface Cluster {
  dataDir: string
  logFile: string
  native: Native
  as: RunAs
  durable: boolean
  settings: Record<string, string>
  say: (line: string) => void
}

/** What postmaster.pid tells of a running server. */
export interface Live {
  pid: number
  port: number
  host: string
  status: string
}

/** Creates the cluster beside its final place and renames it, so that a half-made one is never taken for whole. */
export async function createIfMissing(c: Cluster): Promise<void> {
  const version = await readFile(path.join(c.dataDir, 'PG_VERSION'), 'utf8').catch(() => null)
  if (version?.trim() === MAJOR) return
  if (version !== null) {
    throw new EmbeddedPostgresError(
      'wrong_version',
      `${c.dataDir} 是 PostgreSQL ${version.trim()} 的数据，本程序内置的是 ${MAJOR}。请用旧版本程序导出数据后再导入，数据不会被自动升级`,
      `${c.dataDir} holds data of PostgreSQL ${version.trim()}, this program embeds ${MAJOR}: export with the older release and import here; data is never upgraded by itself`,
    )
  }
  if ((await readdir(c.dataDir).catch(() => [])).length > 0) {
    throw new EmbeddedPostgresError(
      'not_ours',
      `${c.dataDir} 里有别的文件，不是数据库目录。请把它移走，或把 DATA_DIR 指向别处`,
      `${c.dataDir} holds files that are no database: move them away, or point DATA_DIR elsewhere`,
    )
  }
  const disk = await statfs(path.dirname(c.dataDir))
  if (disk.bavail * disk.bsize < 300e6) throw noDisk(path.dirname(c.dataDir))

  c.say('正在创建数据库 / creating the database')
  const fresh = `${c.dataDir}.init`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  await giveTo(c.as, fresh)
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C'
  const flags = ['-D', fresh, '-U', 'postgres', '-E', 'UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--locale=${locale}`, '--lc-messages=C', '--auth-local=trust', '--auth-host=scram-sha-256', '-k']
  if (process.platform === 'darwin') flags.push('--lc-ctype=UTF-8')
  if (!c.durable) flags.push('--no-sync')
  if (windows) {
    await writeFile(passwordFile(c.dataDir), randomBytes(24).toString('base64url'), { mode: 0o600 })
    flags.push(`--pwfile=${passwordFile(c.dataDir)}`)
  }
  const made = await run(c, 'initdb', flags, fresh)
  if (made.code !== 0) {
    await rm(fresh, { recursive: true, force: true })
    throw explain(made.said, c.dataDir)
  }
  await rm(c.dataDir, { recursive: true, force: true })
  await rename(fresh, c.dataDir)
}

export function passwordFile(dataDir: string): string {
  return `${dataDir}.password`
}

/** The server that runs on this data, if one does; a pid that was reused or is a zombie does not count. */
export async function findLive(c: Cluster): Promise<Live | null> {
  const lines = (await readFile(path.join(c.dataDir, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n').map((line) => line.trim())
  const pid = Number(lines[0])
  if (!pid || !isAlive(pid)) return null
  const at = workingDirectory(pid)
  if (at !== null && at !== realpathSync(c.dataDir)) return null
  const host = windows ? '127.0.0.1' : (lines[4] ?? '') || socketDirectory(c.dataDir)
  return { pid, port: Number(lines[3]) || 5432, host, status: lines[7] ?? 'starting' }
}

/** Sockets live in the data directory; a path too long for one (103 bytes) goes to a hashed directory below tmp. */
function socketDirectory(dataDir: string): string {
  const fits = (directory: string) => Buffer.byteLength(path.join(directory, '.s.PGSQL.5432')) <= 103
  if (fits(dataDir)) return dataDir
  const name = `fugong-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`
  const below = path.join(tmpdir(), name)
  return fits(below) ? below : path.join('/tmp', name)
}

async function makeSocketDirectory(c: Cluster): Promise<string> {
  const directory = socketDirectory(c.dataDir)
  if (directory === c.dataDir) return directory
  await mkdir(directory, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const found = await lstat(directory)
  const wanted = c.as.uid ?? process.getuid?.()
  if (!found.isDirectory() || (found.uid !== wanted && found.uid !== process.getuid?.())) {
    throw new EmbeddedPostgresError('not_ours', `${directory} 属于别的用户。请删除它，或设置 TMPDIR`, `${directory} belongs to somebody else: delete it, or set TMPDIR`)
  }
  await chmod(directory, 0o700)
  if (c.as.uid !== undefined && c.as.gid !== undefined) await chown(directory, c.as.uid, c.as.gid)
  return directory
}

/** Ends what a killed postmaster left: lingering backends, and lock files that a zombie or a reused pid would keep valid. */
async function clearRemains(c: Cluster): Promise<void> {
  if (process.platform !== 'linux') return
  const home = realpathSync(c.dataDir)
  for (let tries = 0; livingIn(home, 'postgres').length > 0; tries += 1) {
    if (tries > 40) for (const pid of livingIn(home, 'postgres')) process.kill(pid, tries > 60 ? 'SIGKILL' : 'SIGTERM')
    await sleep(100)
  }
  await rm(path.join(c.dataDir, 'postmaster.pid'), { force: true })
  for (const name of ['.s.PGSQL.5432', '.s.PGSQL.5432.lock']) await rm(path.join(socketDirectory(c.dataDir), name), { force: true })
}

/** Starts the server detached, its words going to the log file (a pipe would die with node), and waits until it answers. */
export async function launch(c: Cluster): Promise<Live> {
  await clearRemains(c)
  await giveTo(c.as, c.dataDir)
  await chmod(c.dataDir, 0o700)
  const host = windows ? '127.0.0.1' : await makeSocketDirectory(c)
  const settings: Record<string, string> = {
    ...(windows
      ? { listen_addresses: '127.0.0.1', port: String(await freePort()), unix_socket_directories: '' }
      : { listen_addresses: '', port: '5432', unix_socket_directories: host, unix_socket_permissions: '0700' }),
    ...(c.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
    ...c.settings,
  }
  if (((await stat(c.logFile).catch(() => null))?.size ?? 0) > 10e6) await rename(c.logFile, `${c.logFile}.old`)
  const log = await open(c.logFile, 'a', 0o600)
  const before = (await log.stat()).size
  const args = ['-D', c.dataDir, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  let ended: string | null = null
  const child = spawn(c.native.bin('postgres'), args, { detached: true, stdio: ['ignore', log.fd, log.fd], windowsHide: true, ...surroundings(c, c.dataDir) })
  child.once('error', (error) => (ended = error.message))
  child.once('exit', (code, signal) => (ended ??= `exit ${code ?? signal}`))
  child.unref()
  await log.close()
  const failure = async () => (ended === null ? null : explain(`${(await readFile(c.logFile)).subarray(before).toString()}\n${ended}`, c.dataDir, c.logFile))
  return waitUntilReady(c, failure)
}

/** Ready means that line 8 of postmaster.pid says so and that a connection is answered. Recovery may take minutes. */
export async function waitUntilReady(c: Cluster, failure: () => Promise<Error | null>): Promise<Live> {
  const began = Date.now()
  let told = began
  for (;;) {
    const failed = await failure()
    if (failed) throw failed
    const live = await findLive(c)
    if (live?.status === 'ready' && (await answers(c, live))) return live
    if (Date.now() - told > 5_000) {
      told = Date.now()
      c.say(`数据库正在恢复，已 ${Math.round((told - began) / 1000)} 秒 / the database is recovering`)
    }
    if (Date.now() - began > 900_000) throw explain('no answer for 15 minutes', c.dataDir, c.logFile)
    await sleep(15)
  }
}

async function answers(c: Cluster, live: Live): Promise<boolean> {
  return (await ask(c, live, 'select 1')) !== null
}

/** First column of the first row, or null when the server does not answer. */
export async function ask(c: Cluster, live: Live, question: string): Promise<string | null> {
  const password = windows ? await readFile(passwordFile(c.dataDir), 'utf8') : undefined
  const client = new pg.Client({ host: live.host, port: live.port, user: 'postgres', database: 'postgres', password, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<unknown[]>({ text: question, rowMode: 'array' })
    return String(rows[0]?.[0])
  } catch {
    return null
  } finally {
    await client.end().catch(() => {})
  }
}

/** Fast shutdown: open transactions are rolled back, everything acknowledged is on disk. */
export async function shutDown(c: Cluster, live: Live): Promise<void> {
  const stopped = await run(c, 'pg_ctl', ['stop', '-D', c.dataDir, '-m', 'fast', '-w', '-t', '120'], c.dataDir)
  if (stopped.code !== 0 && isAlive(live.pid)) throw explain(stopped.said, c.dataDir, c.logFile)
}

function surroundings(c: Cluster, home: string) {
  const env = windows ? process.env : { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' }
  return { cwd: home, env, uid: c.as.uid, gid: c.as.gid }
}

function run(c: Cluster, name: 'initdb' | 'pg_ctl', args: string[], home: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(c.native.bin(name), args, { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true, ...surroundings(c, home) })
    let said = ''
    child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
    child.once('error', (error) => resolve({ code: 1, said: error.message }))
    child.once('close', (code) => resolve({ code, said }))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
