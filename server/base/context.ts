// What every action and store function receives first: the transaction, who acts, in which scope, and ways to announce and enqueue.
import type { EventName, Events } from '@fugong/contract/events'
import type { Actor, ActorGrant, Scope } from './auth.ts'
import type { CompiledQuery } from 'kysely'
import { systemScope } from './auth.ts'
import type { Sealer } from './crypto.ts'
import { sql, type Database, type Db } from './db.ts'
import type { Log } from './log.ts'

export interface Subject { kind: string; id: string }
export interface JobOptions { at?: Date; /** One waiting job per key. */ key?: string }
export interface Announcement { name: EventName; subject: Subject; payload: unknown }
export interface QueuedJob { name: string; payload: unknown; at?: Date; key?: string }

export interface Ctx {
  db: Db
  /** The database that transactions come from, the same for all of them: what outlives a transaction is kept under it. */
  database: Database
  actor: Actor
  /** The unit in whose name the deed is done, when it is done as staff; an action that has loaded its row sets the one that covers it (`unitCovering`). */
  unit: ActorGrant | undefined
  scope: Scope
  now: Date
  log: Log
  requestId: string
  /** Where the request came from; never written to an event. */
  client: { address: string; agent: string }
  sealer: Sealer
  /** Whether the actor holds a verb; used to tell the screen what it `can` do. */
  may(verb: string): boolean
  /** Roles that hold a verb: whom of a unit something concerns. */
  holders(verb: string): readonly string[]
  /** Written in this transaction as audit entry and outbox; names records and fields, never personal values. */
  announce<N extends EventName>(name: N, subject: Subject, payload: Events[N]): void
  /** Queued in this transaction, run after it commits. */
  enqueue(name: string, payload: unknown, options?: JobOptions): void
  /** Sets the session cookie after the commit; null removes it. */
  setSessionToken(token: string | null): void
  /** After the commit, the caller's rights are read anew: a firm just registered is reachable at once. */
  forgetActor(): void
  /** Undoes database work, announcements and queued jobs of `work` when it fails, and answers the failure instead of throwing it. */
  attempt(work: () => Promise<void>): Promise<unknown>
  /** Sends a compiled statement together with the commit instead of waiting for its answer first; its failure undoes the transaction all the same. */
  alongside(statement: CompiledQuery): void
  /** A transaction of its own as the system, committed before it answers; also after this request has ended, for a stream's records. */
  apart<T>(work: (ctx: Ctx) => Promise<T>): Promise<T>
  /** Runs after the commit, never when it fails: closing a file, dropping a cache. */
  afterCommit(work: () => void): void
}

/** Runs work under the system's scope inside the same transaction, for look-ups that must see past the caller's own rows (is this code taken?). */
export async function elevated<T>(ctx: Ctx, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (ctx.scope.named === 'system') return work(ctx)
  await sql`select set_config('app.named', 'system', true)`.execute(ctx.db)
  try {
    return await work({ ...ctx, scope: systemScope })
  } finally {
    // Not awaited into an error: after a failed statement the transaction is lost anyway.
    await sql`select set_config('app.named', ${ctx.scope.named}, true)`.execute(ctx.db).catch(() => {})
  }
}

/** Runs a job's work within the reach of the person it is done for: row-level security holds as in their own request. */
export async function within<T>(system: Ctx, scope: Scope, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const set = (to: Scope) => sql`select set_config('app.named', ${to.named}, true), set_config('app.person', ${to.person}, true), set_config('app.areas', ${to.areas.join(',')}, true),
    set_config('app.departments', ${to.departments.join(',')}, true), set_config('app.enterprises', ${to.enterprises.join(',')}, true)`.execute(system.db)
  await set(scope)
  try {
    return await work({ ...system, scope })
  } finally {
    // Not awaited into an error: after a failed statement the transaction is lost anyway.
    await set(system.scope).catch(() => {})
  }
}
