// A real PostgreSQL started from an npm package: one cluster per directory, shared by every process that asks for it.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeParents, placeOfData, prepareNative, runAs } from './embedded-binaries.ts'
import { explain } from './embedded-error.ts'
import { countRegistered, register, withLock } from './embedded-lock.ts'
import { ask, type Cluster, createIfMissing, findLive, launch, type Live, passwordFile, shutDown, waitUntilReady } from './embedded-process.ts'

export { EmbeddedPostgresError } from './embedded-error.ts'

export interface EmbeddedPostgres {
  /** pg connection config of this cluster. The password is set on Windows only, where there is no guarded socket. */
  connection(user: string, database: string): { host: string; port: number; user: string; database: string; password?: string }
  /** Leaves the cluster; the last living process to leave shuts it down. Close the pools first. */
  stop(): Promise<void>
  /** Whether the server was found running: its node was killed, or another process uses it too. */
  adopted: boolean
  /** Where the cluster really is: below /var/lib/fugong when root's own directories are closed to the database user. */
  dataDir: string
}

const SETTINGS: Record<string, string> = {
  shared_buffers: '256MB',
  max_connections: '100',
  wal_compression: 'on',
  max_wal_size: '2GB',
  jit: 'off',
  timezone: 'UTC',
  // Details and statements of errors carry the rejected values, which may be personal: keep them out of the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

/**
 * Creates the cluster if there is none, starts it or adopts the one that runs, and waits until it answers.
 * `durable: false` gives up safety against power loss for speed: tests only.
 * Throws EmbeddedPostgresError, whose message tells the reader what to do.
 */
export async function startEmbeddedPostgres(options: {
  dataDir: string
  durable: boolean
  say?: (line: string) => void
  settings?: Record<string, string>
}): Promise<EmbeddedPostgres> {
  const wished = path.resolve(options.dataDir)
  try {
    return await start(wished, options)
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall ? explain(String(error), wished) : error
  }
}

async function start(wished: string, options: Parameters<typeof startEmbeddedPostgres>[0]): Promise<EmbeddedPostgres> {
  const say = options.say ?? (() => {})
  const as = runAs()
  const dataDir = await placeOfData(wished, as)
  if (dataDir !== wished) say(`数据库用户进不了 ${path.dirname(wished)}，数据放在 ${dataDir} / the database user cannot enter ${path.dirname(wished)}; the data is kept in ${dataDir}`)
  await makeParents(path.dirname(dataDir))
  const users = `${dataDir}.users`
  const lock = `${dataDir}.lock`

  const { cluster, live, adopted, leave } = await withLock(lock, async () => {
    const cluster: Cluster = {
      dataDir,
      logFile: `${dataDir}.log`,
      native: await prepareNative(as, path.dirname(dataDir)),
      as,
      durable: options.durable,
      settings: { ...SETTINGS, ...options.settings },
      say,
    }
    await createIfMissing(cluster)
    const found = await adopt(cluster)
    const live = found ?? (await launch(cluster))
    return { cluster, live, adopted: found !== null, leave: await register(users) }
  })

  const password = process.platform === 'win32' ? readFileSync(passwordFile(dataDir), 'utf8') : undefined
  let stopping: Promise<void> | undefined
  return {
    adopted,
    dataDir,
    connection: (user, database) => ({ host: live.host, port: live.port, user, database, ...(password ? { password } : {}) }),
    stop: () =>
      (stopping ??= withLock(lock, async () => {
        await leave()
        const running = await findLive(cluster)
        if (running && (await countRegistered(users)) === 0) await shutDown(cluster, running)
      })),
  }
}

/** The server already running on this data, once it answers; null when there is none or it must be started anew. */
async function adopt(cluster: Cluster): Promise<Live | null> {
  let live = await findLive(cluster)
  if (!live) return null
  while (live?.status === 'stopping') {
    await sleep(50)
    live = await findLive(cluster)
  }
  if (!live) return null
  const gone = async () => ((await findLive(cluster)) ? null : new Gone())
  try {
    live = await waitUntilReady(cluster, gone)
  } catch (error) {
    if (error instanceof Gone) return null
    throw error
  }
  // A server started for tests keeps nothing safe: whoever wants durability must not inherit it.
  if (cluster.durable && (await ask(cluster, live, 'show fsync')) === 'off') {
    await shutDown(cluster, live)
    return null
  }
  return live
}

class Gone extends Error {}
