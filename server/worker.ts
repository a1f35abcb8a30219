// A process of its own for jobs, deliveries and sealing, for cities whose web processes run with WORKER=off.
import { createSystem } from './boot.ts'
import { settings } from './settings.ts'
import { createLog } from './base/log.ts'
import { startWorker } from './base/worker.ts'
import { connectDatabase } from './connect.ts'

const config = settings()
const log = createLog(config.LOG_LEVEL)
const connected = await connectDatabase(config, (line) => log.info(line))
const system = createSystem({ config, app: connected.app, log })
const worker = startWorker({ services: system.services, jobs: system.house.jobs, subscriptions: system.house.subscriptions, headsFile: system.headsFile, metrics: system.metrics })
log.info('worker started')
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => void (async () => {
    await worker.stop()
    await system.close()
    process.exit(0)
  })())
}
