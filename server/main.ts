// The server process: reads settings, opens the database, brings schema and data up to date, serves, and works off jobs.
import type { FastifyInstance } from 'fastify'
import type { System } from './boot.ts'
import type { Config } from './base/config.ts'
import { createLog, loggable } from './base/log.ts'
import { checkSafety } from './base/migrate.ts'
import { connectDatabase, type Connected } from './connect.ts'
import { EXIT, fail, settings } from './settings.ts'

const say = (line: string) => console.log(line)

async function open(config: Config): Promise<Connected> {
  try {
    return await connectDatabase(config, say)
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    if (code === 'ENOSPC') fail(EXIT.disk, '磁盘空间不足，请清理后重试。', 'The disk is full; make room and start again.')
    fail(EXIT.database, `数据库无法启动：${message}`, `The database could not be started: ${message}`)
  }
}

/** The rooms are read while the database comes up: neither waits for the other. */
async function rooms() {
  const [{ checkKey, createSystem, loadData, migrateSchema }, { greet }, { startWorker }] = await Promise.all([import('./boot.ts'), import('./greet.ts'), import('./base/worker.ts')])
  return { checkKey, createSystem, loadData, migrateSchema, greet, startWorker }
}
async function prepare(system: System, config: Config, { checkKey, loadData }: Awaited<ReturnType<typeof rooms>>): Promise<FastifyInstance> {
  await checkKey(system)
  await loadData(system, config)
  return system.http()
}

async function main(): Promise<void> {
  const config = settings()
  const log = createLog(config.LOG_LEVEL)
  // Known from the first moment on: a Ctrl-C while the database comes up must not leave it running.
  const closers: (() => Promise<unknown> | undefined)[] = []
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    say('\n正在停止 / stopping')
    // Last opened, first closed: answers under way are finished, then jobs, then the database.
    for (const close of closers.reverse()) await Promise.resolve(close()).catch((error: unknown) => log.error({ failure: loggable(error) }, 'closing failed'))
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop())
  process.on('uncaughtException', (error) => { log.fatal({ failure: loggable(error) }, 'uncaught'); process.exit(1) })
  // Whoever started this process has gone.
  process.on('disconnect', () => void stop())
  say('· 数据库 / database')
  const opening = open(config)
  closers.push(async () => (await opening).stop())
  const [connected, house] = await Promise.all([opening, rooms()])
  try {
    await house.migrateSchema(connected.owner, (name) => say(`  + ${name}`))
    const faults = await checkSafety(connected.app)
    if (faults.length) throw new Error(faults.join('; '))
  } catch (error) {
    await connected.stop()
    const { message } = error as Error
    fail(EXIT.database, `数据库不能使用：${message}`, `The database cannot be used: ${message}`)
  }
  const system = house.createSystem({ config, app: connected.app, log })
  closers.push(system.close)
  say('· 基础数据 / reference data')
  const http = await prepare(system, config, house).catch(async (error: unknown) => {
    // The database was started detached: it must not be left behind by a boot that failed.
    await system.close()
    await connected.stop()
    throw error
  })
  try {
    await http.listen({ host: config.HOST, port: config.PORT })
  } catch (error) {
    await system.close()
    await connected.stop()
    if ((error as { code?: string }).code === 'EADDRINUSE') fail(EXIT.portBusy, `端口 ${config.PORT} 已被占用。换一个端口：PORT=8021 npm start`, `Port ${config.PORT} is taken. Choose another: PORT=8021 npm start`)
    if ((error as { code?: string }).code === 'EACCES') fail(EXIT.portBusy, `没有权限使用端口 ${config.PORT}，请用 1024 以上的端口。`, `Port ${config.PORT} is not allowed; choose one above 1024.`)
    throw error
  }
  const worker = config.WORKER === 'on' ? house.startWorker({ services: system.services, jobs: system.house.jobs, subscriptions: system.house.subscriptions, headsFile: system.headsFile, metrics: system.metrics }) : undefined
  closers.push(async () => worker?.stop(), () => http.close())
  await house.greet(system, config, say)
  // Whoever started this process learns where it answers.
  process.send?.({ address: config.publicUrl })
}

main().catch((error: unknown) => fail(1, `没有启动成功：${(error as Error).message}`, `Fugong did not start: ${(error as Error).message}`))
