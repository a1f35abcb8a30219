// A folding process to be killed: it does nothing but fold what batches added into the counts, as the real worker does.
import type pg from 'pg'
import { systemClock } from '../../server/base/clock.ts'
import { createSealer } from '../../server/base/crypto.ts'
import { openDatabase } from '../../server/base/db.ts'
import { createLog } from '../../server/base/log.ts'
import { asSystem, type Services } from '../../server/base/request.ts'
import { healthJobs } from '../../server/modules/health/jobs.ts'

const app = JSON.parse(process.argv[2]!) as pg.ClientConfig
const services: Services = { database: openDatabase(app, { size: 2 }), clock: systemClock, log: createLog('silent'), sealer: createSealer(Buffer.alloc(32, 1)), verbs: {}, recordVerbs: new Set() }
const fold = healthJobs({ city: '520100', sms: { send: async () => {} } }).find(({ name }) => name === 'health.fold')!
for (;;) {
  await asSystem(services, (ctx) => fold.run(ctx, null)).catch(() => undefined)
  // Says that it is at work: whoever kills it waits for that.
  process.stdout.write('.')
  await new Promise((resolve) => setTimeout(resolve, 15))
}
