// Later work: a table of jobs claimed with SKIP LOCKED, heartbeats, retaking within 60 s, back-off, dead letters, schedules.
import type pg from 'pg'
import type { Ctx, QueuedJob } from './context.ts'
import { sql } from './db.ts'
import { newId } from './ids.ts'
import { loggable } from './log.ts'

export interface JobKind {
  name: string
  /** Seconds between runs, for work that repeats. */
  everySeconds?: number
  /** Tries before the job is set aside; 10 when not given. */
  tries?: number
  /**
   * Work too long for one transaction, done before `run` in transactions of its own. After a crash, or when the process is
   * told to stop (`signal`), it is done again: it must be safe to repeat. Only some of the hands take such jobs.
   */
  before?(asSystem: RunAsSystem, payload: unknown, signal: AbortSignal): Promise<void>
  /** Runs in the transaction that removes the job: its effects happen once. `attempt` is above 1 when it was begun before and did not end. */
  run(ctx: Ctx, payload: unknown, attempt?: number): Promise<void>
}
/** Opens a system transaction and hands out its context; events and jobs of the work are written with it. */
export type RunAsSystem = <T>(work: (ctx: Ctx) => Promise<T>) => Promise<T>

export const HEARTBEAT_SECONDS = 10
export const STALE_SECONDS = 45

/** Sends the insert of all queued jobs of a request without waiting; the commit waits for it. */
export function writeJobs(client: pg.PoolClient, now: Date, jobs: QueuedJob[]): Promise<unknown>[] {
  if (!jobs.length) return []
  const rows = jobs.map((job) => ({ id: newId(), name: job.name, payload: job.payload ?? null, run_at: job.at ?? now, key: job.key ?? null }))
  return [client.query({ name: 'jobs', text: 'select base.enqueue($1::jsonb)', values: [JSON.stringify(rows)] })]
}

export interface Claimed { id: string; name: string; payload: unknown; attempt: number }

/** Queues schedules whose time has come; one process wins each. */
export async function queueSchedules(ctx: Ctx, kinds: readonly JobKind[]): Promise<void> {
  for (const kind of kinds) {
    if (!kind.everySeconds) continue
    const due = await sql`
      insert into base.schedules (name, next_at) values (${kind.name}, ${ctx.now}::timestamptz + make_interval(secs => ${kind.everySeconds}))
      on conflict (name) do update set next_at = excluded.next_at where base.schedules.next_at <= ${ctx.now} returning name`.execute(ctx.db)
    if (due.rows.length) ctx.enqueue(kind.name, null, { key: 'scheduled' })
  }
}

/** Takes one job that is due, or whose worker has been silent for 45 s. */
export async function claimJob(ctx: Ctx, names: readonly string[], worker: string): Promise<Claimed | undefined> {
  const taken = await sql<Claimed>`
    update base.jobs set locked_by = ${worker}, heartbeat_at = clock_timestamp(), attempt = attempt + 1
    where id = (
      select id from base.jobs
      where name = any (${[...names]}::text[]) and run_at <= ${ctx.now} and (locked_by is null or heartbeat_at < clock_timestamp() - make_interval(secs => ${STALE_SECONDS}))
      order by run_at limit 1 for update skip locked)
    returning id, name, payload, attempt`.execute(ctx.db)
  return taken.rows[0]
}

/** Runs a claimed job to its end: done and removed in one transaction, or put back with back-off, or set aside. */
export async function runJob(kind: JobKind, job: Claimed, worker: string, asSystem: RunAsSystem, signal = new AbortController().signal): Promise<'done' | 'again' | 'dead' | 'lost'> {
  const beat = setInterval(() => {
    asSystem((ctx) => sql`update base.jobs set heartbeat_at = clock_timestamp() where id = ${job.id} and locked_by = ${worker} and attempt = ${job.attempt}`.execute(ctx.db)).catch(() => {})
  }, HEARTBEAT_SECONDS * 1000)
  try {
    // A job that takes its process down with it never reaches the handling of failures below.
    if (job.attempt > (kind.tries ?? 10)) throw new Error('too many attempts')
    await kind.before?.(asSystem, job.payload, signal)
    return await asSystem(async (ctx) => {
      await kind.run(ctx, job.payload, job.attempt)
      const removed = await sql`delete from base.jobs where id = ${job.id} and locked_by = ${worker} and attempt = ${job.attempt} returning id`.execute(ctx.db)
      // Another worker took it while this one was silent: what was done here is undone.
      if (!removed.rows.length) throw new LostJob()
      return 'done' as const
    })
  } catch (error) {
    if (error instanceof LostJob) return 'lost'
    return await asSystem(async (ctx) => {
      const message = error instanceof Error ? error.name : 'unknown'
      ctx.log.warn({ job: job.name, id: job.id, attempt: job.attempt, failure: loggable(error) }, 'job failed')
      if (job.attempt >= (kind.tries ?? 10)) {
        await sql`insert into base.dead_letters (id, kind, name, reference, payload, error, at) values (${newId()}, 'job', ${job.name}, ${job.id}, ${JSON.stringify(job.payload)}::jsonb, ${message}, ${ctx.now})`.execute(ctx.db)
        await sql`delete from base.jobs where id = ${job.id} and attempt = ${job.attempt}`.execute(ctx.db)
        return 'dead' as const
      }
      const wait = Math.min(3600, 2 ** job.attempt)
      // The same intent was queued meanwhile: that one goes on in its stead.
      const twin = await sql`delete from base.jobs j where id = ${job.id} and attempt = ${job.attempt} and key is not null
        and exists (select 1 from base.jobs t where t.name = j.name and t.key = j.key and t.locked_by is null and t.id <> j.id) returning id`.execute(ctx.db)
      if (twin.rows.length) return 'again' as const
      await sql`update base.jobs set locked_by = null, heartbeat_at = null, run_at = ${ctx.now}::timestamptz + make_interval(secs => ${wait}) where id = ${job.id} and attempt = ${job.attempt}`.execute(ctx.db)
      return 'again' as const
    })
  } finally {
    clearInterval(beat)
  }
}
class LostJob extends Error {}
