// Puts the server together: database, house, reference data, HTTP; shared by main, worker, command line and tests.
import { join } from 'node:path'
import type pg from 'pg'
import type { FastifyInstance } from 'fastify'
import { buildHouse, type House } from './app.ts'
import { createActorCache } from './base/actor-cache.ts'
import type { Clock } from './base/clock.ts'
import { systemClock } from './base/clock.ts'
import type { Config } from './base/config.ts'
import { createSealer, loadMasterKey, sha256 } from './base/crypto.ts'
import { projectRoot } from './base/data.ts'
import { openDatabase, sql } from './base/db.ts'
import { buildHttp } from './base/http.ts'
import type { Log } from './base/log.ts'
import { createMetrics, type Metrics } from './base/metrics.ts'
import { migrate } from './base/migrate.ts'
import { httpPoster, outboxPoster } from './base/outgoing.ts'
import { servePages } from './base/pages.ts'
import { addProbes } from './base/probes.ts'
import { asSystem, type Services } from './base/request.ts'
import { httpSms, outboxSms } from './base/sms.ts'
import { actorOf } from './modules/identity/index.ts'
import { loadReference, loadSample } from './seed.ts'

export interface System {
  services: Services
  house: House
  metrics: Metrics
  headsFile: string
  http(): Promise<FastifyInstance>
  close(): Promise<void>
}

/** Brings the schema of a database up to date, policies included. */
export async function migrateSchema(owner: pg.ClientConfig, log?: (line: string) => void): Promise<void> {
  const nowhere = { sampleCity: false, city: '', publicUrl: '', filesFolder: '', importsFolder: '', exportsFolder: '', printsFolder: '', sms: { send: async () => {} }, poster: outboxPoster(() => {}), messages: () => [] }
  await migrate({ owner, folder: join(projectRoot, 'server', 'migrations'), scopes: buildHouse(nowhere).scopes, log })
}

export interface SystemOptions { config: Config; app: pg.ClientConfig; log: Log; clock?: Clock }

export function createSystem({ config, app, log, clock = systemClock }: SystemOptions): System {
  const outbox = outboxSms(clock.now)
  const house = buildHouse({
    sampleCity: config.sampleCity, city: config.CITY, publicUrl: config.publicUrl, filesFolder: join(config.dataDir, 'files'), importsFolder: join(config.dataDir, 'imports'), exportsFolder: join(config.dataDir, 'exports'), printsFolder: join(config.dataDir, 'prints'), clamd: config.CLAMD,
    poster: config.sampleCity && !config.ROBOT_ALLOW ? outboxPoster(outbox.keep) : httpPoster(config.ROBOT_ALLOW?.split(',') ?? []),
    sms: config.SMS_GATEWAY_URL ? httpSms(config.SMS_GATEWAY_URL, config.SMS_GATEWAY_KEY!) : outbox, messages: outbox.messages,
  })
  const database = openDatabase(app, { size: config.DATABASE_POOL, constraints: house.constraints })
  const services: Services = { database, clock, log, sealer: createSealer(loadMasterKey(config.MASTER_KEY, config.dataDir), join(config.dataDir, 'keys', 'data')), verbs: house.verbs, recordVerbs: house.recordVerbs }
  const metrics = createMetrics()
  const cache = createActorCache((token: string) => asSystem(services, (ctx) => actorOf(ctx, sha256(token))))
  return {
    services, house, metrics,
    headsFile: join(config.dataDir, 'audit-heads.jsonl'),
    async http() {
      const server = await buildHttp({ config, services, routes: house.routes, actorOf: cache.get, forgetActor: cache.forget, metrics, temporaryFolder: join(config.dataDir, 'incoming') })
      addProbes(server, { services, metrics, token: config.METRICS_TOKEN })
      await servePages(server, join(projectRoot, 'web', 'dist'), { sampleCity: config.sampleCity })
      return server
    },
    close: () => database.close(),
  }
}

/** Loads what every city needs and, in the sample city, its people, firms and history. Safe to repeat. */
export async function loadData(system: System, config: Config): Promise<void> {
  const steps = [...loadReference(config.CITY), ...(config.sampleCity ? loadSample(config.CITY) : [])]
  for (const step of steps) await asSystem(system.services, step)
}

/** Refuses a master key other than the one that sealed what is stored: contacts would not be found again, codes not open. */
export async function checkKey(system: System): Promise<void> {
  const probe = system.services.sealer.blind('key', 'fugong')
  const fits = await asSystem(system.services, async (ctx) => {
    await sql`insert into base.loaded_data (name, hash, at) values ('master key', ${probe}, ${ctx.now}) on conflict (name) do nothing`.execute(ctx.db)
    return (await sql<{ hash: Buffer }>`select hash from base.loaded_data where name = 'master key'`.execute(ctx.db)).rows[0]!.hash.equals(probe)
  })
  if (!fits) throw new Error('The master key is not the one this database was sealed with. Set MASTER_KEY, or put keys/master.key back into DATA_DIR.')
}
