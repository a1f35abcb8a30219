// A worker process to be killed: runs proof jobs slowly and receives proof events, writing each effect in the job's own transaction.
import type pg from 'pg'
import { systemClock } from '../../server/base/clock.ts'
import { createSealer } from '../../server/base/crypto.ts'
import { openDatabase, sql } from '../../server/base/db.ts'
import { createLog } from '../../server/base/log.ts'
import { createMetrics } from '../../server/base/metrics.ts'
import type { Services } from '../../server/base/request.ts'
import { startWorker } from '../../server/base/worker.ts'

const app = JSON.parse(process.argv[2]!) as pg.ClientConfig
const services: Services = { database: openDatabase(app, { size: 4 }), clock: systemClock, log: createLog('silent'), sealer: createSealer(Buffer.alloc(32, 1)), verbs: {}, recordVerbs: new Set() }
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

startWorker({
  services, headsFile: '/dev/null', metrics: createMetrics(), idleMs: 50,
  jobs: [{
    name: 'proof.job',
    async run(ctx, payload) {
      await sql`insert into receiver.effects (kind, id) values ('job', ${String(payload)})`.execute(ctx.db)
      // Long enough that a kill falls into the middle of some.
      await pause(15)
    },
  }],
  subscriptions: [{
    subscriber: 'proof', names: ['calendar.day_set'],
    async receive(ctx, event) {
      if (event.subject.kind === 'proof') await sql`insert into receiver.effects (kind, id) values ('event', ${event.subject.id})`.execute(ctx.db)
    },
  }],
})
