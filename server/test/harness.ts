// A whole city in a test: a database of its own, the real routes over in-process HTTP, named people who are signed in.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import type pg from 'pg'
import { FILE, type AnyEndpoint, type Input, type Issue, type Returns } from '@fugong/contract/base'
import { createSystem, loadData, type System } from '../boot.ts'
import { standingClock, systemClock } from '../base/clock.ts'
import { readConfig, type Config } from '../base/config.ts'
import type { Ctx } from '../base/context.ts'
import { sql } from '../base/db.ts'
import { deliverNext, type Subscription } from '../base/events.ts'
import { SESSION_COOKIE } from '../base/http.ts'
import { createLog } from '../base/log.ts'
import { asSystem } from '../base/request.ts'
import { workOnce } from '../base/worker.ts'
import { openSessionFor } from '../modules/identity/index.ts'
import type { TestDatabase } from './database.ts'

export class Refusal extends Error {
  constructor(readonly status: number, readonly code: string, readonly params: Record<string, unknown>, readonly issues: Issue[]) {
    super(`${status} ${code} ${issues.map((issue) => `${issue.path} ${issue.code}`).join(', ')}`)
  }
}
type Given<E extends AnyEndpoint> = Partial<{ params: Input<E>['params']; query: Input<E>['query']; body: Input<E>['body'] }>
export interface Someone {
  call<E extends AnyEndpoint>(endpoint: E, input?: Given<E>, headers?: Record<string, string>): Promise<Returns<E>>
  /** The refusal of a call that must fail. Takes anything as input: bad input is what it is for. */
  refused(endpoint: AnyEndpoint, input?: { params?: unknown; query?: unknown; body?: unknown }, headers?: Record<string, string>): Promise<Refusal>
  upload<E extends AnyEndpoint>(endpoint: E, file: { name: string; content: Buffer; type?: string }, query?: Record<string, string>): Promise<Returns<E>>
  raw(options: InjectOptions): Promise<LightMyRequestResponse>
  cookie: string | undefined
}
export interface City {
  clock: ReturnType<typeof standingClock>
  config: Config
  system_: System
  http: FastifyInstance
  database: { owner: pg.ClientConfig; app: pg.ClientConfig; superuser: pg.ClientConfig }
  log: string[]
  /** A sample staff person by username, signed in. */
  as(username: string): Promise<Someone>
  /** A sample firm's contact by phone, signed in; an unknown phone makes a new person. */
  contact(phone: string, name?: string): Promise<Someone>
  anonymous(): Someone
  system<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Runs queued jobs until none is due; answers how many ran. */
  work(): Promise<number>
  /** Runs one queued job; false when none is due. */
  workOnce(): Promise<boolean>
  /** Delivers to these subscribers all that has been announced so far. */
  deliver(subscriptions: readonly Subscription[]): Promise<void>
  close(): Promise<void>
}

export interface CityOptions {
  /** Where the standing clock begins; 'real' lets it run, for journeys in a browser that has its own clock. */
  now?: string
  environment?: Record<string, string>
  /** A database to use instead of a clone of the test template: proofs and benches bring their own. */
  database?: TestDatabase
}
export async function openCity(options: CityOptions = {}): Promise<City> {
  // Loaded late: outside of a test run there is no template to clone.
  const database = options.database ?? (await (await import('./database.ts')).createTestDatabase())
  const folder = mkdtempSync(join(tmpdir(), 'fugong-city-'))
  const clock = standingClock(options.now && options.now !== 'real' ? options.now : '2020-02-24T02:00:00Z')
  const config = readConfig({ DATA_DIR: folder, RATE_PER_MINUTE: '100000000', DATABASE_POOL: '6', PUBLIC_URL: 'https://fugong.test', ...options.environment })
  const log: string[] = []
  const system = createSystem({ config, app: database.app, clock: options.now === 'real' ? systemClock : clock, log: createLog(options.environment?.['LOG_LEVEL'] ? config.LOG_LEVEL : 'info', { write: (line) => void log.push(line) }) })
  await loadData(system, config)
  const http = await system.http()
  await http.ready()
  const someone = (cookie: string | undefined): Someone => person(http, cookie)
  return {
    clock, config, system_: system, http, database, log,
    as: async (username) => someone(await asSystem(system.services, (ctx) => openSessionFor(ctx, { username }))),
    contact: async (phone, name = '样例联络员') => someone(await asSystem(system.services, (ctx) => openSessionFor(ctx, { phone, name }))),
    anonymous: () => someone(undefined),
    system: (work) => asSystem(system.services, work),
    workOnce: () => workOnce({ services: system.services, jobs: system.house.jobs, metrics: system.metrics }, 'test'),
    async work() {
      let ran = 0
      while (await workOnce({ services: system.services, jobs: system.house.jobs, metrics: system.metrics }, 'test')) ran += 1
      return ran
    },
    deliver: (subscriptions) => deliver(system, subscriptions),
    async close() {
      await http.close()
      await system.close()
      await database.drop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Events end below the oldest running transaction of the whole server, that of other tests too: so it waits until the last one of now is through. */
async function deliver(system: System, subscriptions: readonly Subscription[]): Promise<void> {
  // By the number, not by the text that is read of it: 1000 comes after 999.
  const last = await asSystem(system.services, async (ctx) => (await sql<{ xid: string; id: string }>`select e.xid::text, e.id from base.events e order by e.xid desc, e.id desc limit 1`.execute(ctx.db)).rows[0])
  if (!last) return
  for (const subscription of subscriptions) {
    const until = Date.now() + 20_000
    const isThrough = () => asSystem(system.services, async (ctx) => (await sql`select 1 from base.event_cursors where subscriber = ${subscription.subscriber} and (xid, id) >= (${last.xid}::xid8, ${last.id}::uuid)`.execute(ctx.db)).rows.length > 0)
    for (;;) {
      if (await asSystem(system.services, (ctx) => deliverNext(ctx, subscription))) continue
      if (await isThrough()) break
      if (Date.now() > until) throw new Error(`${subscription.subscriber} was not given all events within 20 s`)
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

function person(http: FastifyInstance, cookie: string | undefined): Someone {
  const headers = (extra: Record<string, string> = {}) => ({ 'x-fugong': '1', ...(cookie ? { cookie: `${SESSION_COOKIE}=${cookie}` } : {}), ...extra })
  async function send(endpoint: AnyEndpoint, input: { params?: unknown; query?: unknown; body?: unknown } = {}, extra: Record<string, string> = {}) {
    const url = endpoint.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String((input.params as Record<string, unknown>)[name])))
    const query = Object.fromEntries(Object.entries((input.query ?? {}) as Record<string, unknown>).filter(([, value]) => value !== undefined).map(([name, value]) => [name, String(value)]))
    const answer = await http.inject({ method: endpoint.method, url, query, headers: headers(extra), ...(input.body === undefined ? {} : { payload: input.body as object }) })
    if (answer.statusCode === 200) return endpoint.returns === FILE ? answer.rawPayload : answer.json<unknown>()
    return refusalOf(answer)
  }
  return {
    cookie,
    async call(endpoint, input, extra) {
      const answer = await send(endpoint, input, extra)
      if (answer instanceof Refusal) throw answer
      return answer as never
    },
    async refused(endpoint, input, extra) {
      const answer = await send(endpoint, input, extra)
      if (!(answer instanceof Refusal)) throw new Error(`${endpoint.method} ${endpoint.path} should have been refused`)
      return answer
    },
    async upload(endpoint, file, query = {}) {
      const boundary = 'fugongboundary'
      const payload = Buffer.concat([Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${file.name}"\r\ncontent-type: ${file.type ?? 'application/octet-stream'}\r\n\r\n`), file.content, Buffer.from(`\r\n--${boundary}--\r\n`)])
      const answer = await http.inject({ method: 'POST', url: endpoint.path, query, headers: headers({ 'content-type': `multipart/form-data; boundary=${boundary}` }), payload })
      if (answer.statusCode !== 200) throw refusalOf(answer)
      return answer.json<never>()
    },
    raw: (options) => http.inject({ ...options, headers: { ...headers(), ...options.headers } }),
  }
}
function refusalOf(answer: { statusCode: number; json<T>(): T; body: string }): Refusal {
  try {
    const body = answer.json<{ code: string; params: Record<string, unknown>; issues?: Issue[] }>()
    return new Refusal(answer.statusCode, body.code, body.params, body.issues ?? [])
  } catch {
    return new Refusal(answer.statusCode, `not a problem: ${answer.body.slice(0, 200)}`, {}, [])
  }
}
