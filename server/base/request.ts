// The flow of one request: actor, verb, transaction with scope, action, events and jobs, commit, and only then the answer.
import type { CompiledQuery } from 'kysely'
import type { AnyEndpoint } from '@fugong/contract/base'
import { unitFor, requireVerb, may, requestScope, systemActor, systemScope, type Actor, type Scope, type VerbTable } from './auth.ts'
import type { Clock } from './clock.ts'
import type { Announcement, Ctx, QueuedJob } from './context.ts'
import type { Sealer } from './crypto.ts'
import { send, sql, type Database } from './db.ts'
import { writeEvents } from './events.ts'
import { newId } from './ids.ts'
import { writeJobs } from './jobs.ts'
import type { Log } from './log.ts'
import { Problem, problem } from './problem.ts'
import type { Route } from './routes.ts'

export interface Services { database: Database; clock: Clock; log: Log; sealer: Sealer; verbs: VerbTable; /** Verbs of rooms whose records lie in areas. */ recordVerbs: ReadonlySet<string> }
export interface Caller { actor: Actor; requestId: string; client: Ctx['client']; key?: string; forgetActor?: () => void }
export interface Outcome { value: unknown; session?: string | null }

/** Does a checked request; throws a Problem, or answers after the commit. */
export async function perform(services: Services, route: Route, caller: Caller, input: { params: unknown; query: unknown; body: unknown }): Promise<Outcome> {
  const { endpoint } = route
  const writes = endpoint.method !== 'GET'
  requireVerb(caller.actor, endpoint.verb, services.verbs)
  if (writes && caller.actor.seeingAs && !endpoint.allowedWhileSeeingAs) throw problem('session.read_only')
  const scope = requestScope(caller.actor, endpoint.verb, services)
  const now = services.clock.now()
  const run = (readOnly: boolean, work: (ctx: Ctx) => Promise<unknown>) => inTransaction(services, { caller, verb: endpoint.verb, scope, now, readOnly }, work)

  if (endpoint.logsRead) {
    // No log, no data: the reading is committed before anything is read.
    await run(false, async (ctx) => ctx.announce('record.read', { kind: 'endpoint', id: endpoint.path }, { what: endpoint.path, reason: null, count: 1 }))
  }
  const act = (ctx: Ctx) => route.act(ctx, input as never)
  if (!writes) return run(true, act)
  return run(false, caller.key && caller.actor.personId ? (ctx) => oncePerKey(ctx, endpoint, caller, input, () => act(ctx)) : act)
}

/** Runs work as the system, in a transaction of its own: jobs, deliveries, sealing, seeding. */
export async function asSystem<T>(services: Services, work: (ctx: Ctx) => Promise<T>, now = services.clock.now()): Promise<T> {
  const caller: Caller = { actor: systemActor, requestId: newId(), client: { address: '', agent: 'system' } }
  const outcome = await inTransaction(services, { caller, verb: 'system', scope: systemScope, now, readOnly: false }, work)
  return outcome.value as T
}

async function inTransaction(services: Services, at: { caller: Caller; verb: string; scope: Scope; now: Date; readOnly: boolean }, work: (ctx: Ctx) => Promise<unknown>): Promise<Outcome> {
  const { caller, scope, now } = at
  const announced: Announcement[] = []
  const queued: QueuedJob[] = []
  const after: (() => void)[] = []
  const alongside: CompiledQuery[] = []
  const unit = unitFor(caller.actor, at.verb, services.verbs)
  let session: string | null | undefined
  let acting: Ctx | undefined
  const result = await services.database.transaction(
    { scope, readOnly: at.readOnly },
    async (db) => {
      const ctx: Ctx = {
        db, database: services.database, actor: caller.actor, unit, scope, now, log: services.log, requestId: caller.requestId, client: caller.client, sealer: services.sealer,
        may: (verb) => may(caller.actor, verb, services.verbs) && !caller.actor.seeingAs,
        holders: (verb) => services.verbs[verb] ?? [],
        announce: (name, subject, payload) => { announced.push({ name, subject, payload }) },
        enqueue: (name, payload, options) => { queued.push({ name, payload, ...options }) },
        setSessionToken: (token) => { session = token },
        forgetActor: () => { if (caller.forgetActor) after.push(caller.forgetActor) },
        alongside: (statement) => { alongside.push(statement) },
        apart: (elsewhere) => asSystem(services, elsewhere),
        afterCommit: (later) => { after.push(later) },
        async attempt(tried) {
          const before = [announced.length, queued.length, after.length, alongside.length] as const
          await sql`savepoint attempt`.execute(db)
          try {
            await tried()
            await sql`release savepoint attempt`.execute(db)
            return undefined
          } catch (error) {
            await sql`rollback to savepoint attempt`.execute(db)
            announced.length = before[0]
            queued.length = before[1]
            after.length = before[2]
            alongside.length = before[3]
            return error
          }
        },
      }
      acting = ctx
      try {
        return { value: await work(ctx) }
      } catch (error) {
        if (error instanceof Problem && error.commits) return { refused: error }
        throw error
      }
    },
    (client) => [...alongside.map((statement) => send(client, statement)), ...writeEvents(client, { actor: caller.actor, unit: acting?.unit, requestId: caller.requestId, now }, announced), ...writeJobs(client, now, queued)],
  )
  for (const later of after) later()
  if ('refused' in result) throw result.refused
  return session === undefined ? { value: result.value } : { value: result.value, session }
}

/** A key per intent: the first request does the deed and keeps its answer; a repetition receives that answer, another body is refused. */
async function oncePerKey(ctx: Ctx, endpoint: AnyEndpoint, caller: Caller, input: unknown, act: () => Promise<unknown>): Promise<unknown> {
  const person = caller.actor.personId!
  const key = `${endpoint.method} ${endpoint.path} ${caller.key}`
  // Keyed: a plain hash of a phone or a code would be as good as the value itself.
  const hash = ctx.sealer.blind('request', JSON.stringify(input))
  const mine = await sql`insert into base.request_keys (person_id, key, request_hash, at) values (${person}, ${key}, ${hash}, ${ctx.now}) on conflict do nothing returning key`.execute(ctx.db)
  if (!mine.rows.length) {
    const before = (await sql<{ requestHash: Buffer; answer: Buffer | null }>`select request_hash, answer from base.request_keys where person_id = ${person} and key = ${key}`.execute(ctx.db)).rows[0]
    if (!before?.answer || !before.requestHash.equals(hash)) throw problem('request.key_reused')
    return JSON.parse(ctx.sealer.open('answer', before.answer))
  }
  const value = await act()
  await sql`update base.request_keys set answer = ${ctx.sealer.seal('answer', JSON.stringify(value ?? null))} where person_id = ${person} and key = ${key}`.execute(ctx.db)
  return value
}
