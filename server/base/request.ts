// The flow of one request: actor, verb, transaction with scope, action, events and jobs, commit, and only then the answer.
import type { CompiledQuery } from 'kysely'
import type pg from 'pg'
import type { AnyEndpoint } from '@fugong/contract/base'
import { may, requestScope, requireVerb, systemActor, systemScope, unitFor, type Actor, type Scope } from './auth.ts'
import type { Ctx, QueuedJob } from './context.ts'
import type { Sealer } from './crypto.ts'
import { send, sql, type Db } from './db.ts'
import { writeEvents, type Announced } from './events.ts'
import { newId } from './ids.ts'
import { writeJobs } from './jobs.ts'
import { Problem, problem } from './problem.ts'
import type { Route } from './routes.ts'
import type { Services } from './services.ts'

export type { Services }
export interface Caller { actor: Actor; requestId: string; client: Ctx['client']; key?: string; forgetActor?: () => void }
export interface Outcome { value: unknown; session?: string | null }

export interface Given { params: unknown; query: unknown; body: unknown }
/** The rows a caller may reach by a route; throws a Problem when they may not do its deed at all. */
export function admit(services: Services, { endpoint }: Route, { actor }: Caller): Scope {
  requireVerb(actor, endpoint.verb, services.verbs)
  if (endpoint.method !== 'GET' && actor.seeingAs && !endpoint.allowedWhileSeeingAs) throw problem('session.read_only')
  return requestScope(actor, endpoint.verb, services)
}
/** Does a checked request; throws a Problem, or answers after the commit. */
export async function perform(services: Services, route: Route, caller: Caller, input: Given): Promise<Outcome> {
  const { endpoint } = route
  const writes = endpoint.method !== 'GET'
  const scope = admit(services, route, caller)
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

/** What leaves with the commit of a transaction, and what follows it. */
export class Leaving {
  announced: Announced[] = []
  queued: QueuedJob[] = []
  after: (() => void)[] = []
  alongside: CompiledQuery[] = []
  session: string | null | undefined
  /** Sends everything without waiting; the commit waits for it. */
  send(client: pg.PoolClient, now: Date): Promise<unknown>[] {
    return [...this.alongside.map((statement) => send(client, statement)), ...writeEvents(client, now, this.announced), ...writeJobs(client, now, this.queued)]
  }
  mark(): readonly number[] { return [this.announced.length, this.queued.length, this.after.length, this.alongside.length] }
  backTo(mark: readonly number[]): void { [this.announced, this.queued, this.after, this.alongside].forEach((list, at) => { list.length = mark[at]! }) }
}
export interface At { caller: Caller; verb: string; scope: Scope; now: Date }
/** The context of one caller in a transaction. */
export function contextOf(services: Services, { caller, verb, scope, now }: At, db: Db, leaving: Leaving): Ctx {
  const ctx: Ctx = {
    db, database: services.database, actor: caller.actor, unit: unitFor(caller.actor, verb, services.verbs), scope, now, log: services.log, requestId: caller.requestId, client: caller.client, sealer: services.sealer,
    may: (asked) => may(caller.actor, asked, services.verbs) && !caller.actor.seeingAs,
    holders: (asked) => services.verbs[asked] ?? [],
    announce: (name, subject, payload) => { leaving.announced.push({ name, subject, payload, by: ctx }) },
    enqueue: (name, payload, options) => { leaving.queued.push({ name, payload, ...options }) },
    setSessionToken: (token) => { leaving.session = token },
    forgetActor: () => { if (caller.forgetActor) leaving.after.push(caller.forgetActor) },
    alongside: (statement) => { leaving.alongside.push(statement) },
    apart: (elsewhere) => asSystem(services, elsewhere),
    afterCommit: (later) => { leaving.after.push(later) },
    async attempt(tried) {
      const before = leaving.mark()
      await sql`savepoint attempt`.execute(db)
      try {
        await tried()
        await sql`release savepoint attempt`.execute(db)
        return undefined
      } catch (error) {
        await sql`rollback to savepoint attempt`.execute(db)
        leaving.backTo(before)
        return error
      }
    },
  }
  return ctx
}

async function inTransaction(services: Services, at: At & { readOnly: boolean }, work: (ctx: Ctx) => Promise<unknown>): Promise<Outcome> {
  const leaving = new Leaving()
  const result = await services.database.transaction(
    { scope: at.scope, readOnly: at.readOnly },
    async (db) => {
      try {
        return { value: await work(contextOf(services, at, db, leaving)) }
      } catch (error) {
        if (error instanceof Problem && error.commits) return { refused: error }
        throw error
      }
    },
    (client) => leaving.send(client, at.now),
  )
  for (const later of leaving.after) later()
  if ('refused' in result) throw result.refused
  return leaving.session === undefined ? { value: result.value } : { value: result.value, session: leaving.session }
}

/** Whose intent it is, its key, and by what a repetition is known. Keyed: a plain hash of a phone or a code would be as good as the value itself. */
export const intentOf = (sealer: Sealer, endpoint: AnyEndpoint, caller: Caller, input: unknown) =>
  ({ person: caller.actor.personId!, key: `${endpoint.method} ${endpoint.path} ${caller.key}`, hash: sealer.blind('request', JSON.stringify(input)) })
/** What was answered under a key; throws when it was asked with another body, or was not answered. */
export function answeredBefore(sealer: Sealer, hash: Buffer, before: { requestHash: Buffer; answer: Buffer | null } | undefined): unknown {
  if (!before?.answer || !before.requestHash.equals(hash)) throw problem('request.key_reused')
  return JSON.parse(sealer.open('answer', before.answer))
}
/** A key per intent: the first request does the deed and keeps its answer; a repetition receives that answer, another body is refused. */
async function oncePerKey(ctx: Ctx, endpoint: AnyEndpoint, caller: Caller, input: unknown, act: () => Promise<unknown>): Promise<unknown> {
  const { person, key, hash } = intentOf(ctx.sealer, endpoint, caller, input)
  const mine = await sql`insert into base.request_keys (person_id, key, request_hash, at) values (${person}, ${key}, ${hash}, ${ctx.now}) on conflict do nothing returning key`.execute(ctx.db)
  if (!mine.rows.length) {
    const before = (await sql<{ requestHash: Buffer; answer: Buffer | null }>`select request_hash, answer from base.request_keys where person_id = ${person} and key = ${key}`.execute(ctx.db)).rows[0]
    return answeredBefore(ctx.sealer, hash, before)
  }
  const value = await act()
  await sql`update base.request_keys set answer = ${ctx.sealer.seal('answer', JSON.stringify(value ?? null))} where person_id = ${person} and key = ${key}`.execute(ctx.db)
  return value
}
