// The loops behind the requests: jobs, schedules, delivery of events, sealing of the audit, and figures of what waits.
import { randomUUID } from 'node:crypto'
import type { Ctx } from './context.ts'
import { sql } from './db.ts'
import { deliverNext, selectWaiting, type Subscription } from './events.ts'
import { claimJob, queueSchedules, runJob, type JobKind } from './jobs.ts'
import { loggable } from './log.ts'
import type { Metrics } from './metrics.ts'
import { asSystem, type Services } from './request.ts'
import { addLastHead, keepHead, sealNext } from './audit.ts'

export interface Worker {
  /** Stops taking work and waits for what is under way. */
  stop(): Promise<void>
}
export interface WorkerOptions { services: Services; jobs: readonly JobKind[]; subscriptions: readonly Subscription[]; headsFile: string; metrics: Metrics; idleMs?: number }

/** Of the four hands, those that also take long jobs. */
const LONG_HANDS = 2

export function startWorker(options: WorkerOptions): Worker {
  const { services } = options
  const idle = options.idleMs ?? 250
  const worker = randomUUID()
  let stopping = false
  let headsWhole = false
  const stopped = new AbortController()
  const short = options.jobs.filter((job) => !job.before)
  const wake = new Map<() => void, string>()
  const rest = (name: string, ms: number) => new Promise<void>((resolve) => {
    if (stopping) return resolve()
    const done = () => { clearTimeout(timer); wake.delete(done); resolve() }
    const timer = setTimeout(done, ms)
    wake.set(done, name)
  })
  /** Repeats a step until stopped; rests when it found nothing, longer after a failure such as a lost database. */
  async function loop(name: string, restMs: number, step: () => Promise<boolean>): Promise<void> {
    let failures = 0
    while (!stopping) {
      try {
        const busy = await step()
        failures = 0
        if (!busy) await rest(name, restMs)
      } catch (error) {
        failures += 1
        if (failures === 1 || failures % 20 === 0) services.log.error({ loop: name, failures, failure: loggable(error) }, 'worker loop failed')
        await rest(name, Math.min(5000, 250 * 2 ** Math.min(failures, 5)))
      }
    }
  }
  // While all rest, one look in a while serves all hands; whoever finds work calls the others, and what is done may have queued more.
  const looked = { all: -Infinity, short: -Infinity }
  const lookAnew = () => { looked.all = looked.short = -Infinity }
  const lookForWork = async (hand: number): Promise<boolean> => {
    const reach = hand <= LONG_HANDS ? 'all' : 'short'
    const now = performance.now()
    if (now - Math.max(looked.all, looked[reach]) < idle / 2) return false
    looked[reach] = now
    const claimed = () => {
      lookAnew()
      for (const [done, name] of [...wake]) if (name === 'jobs') done()
    }
    const worked = await workOnce({ ...options, jobs: reach === 'all' ? options.jobs : short, signal: stopped.signal, claimed }, `${worker}/${hand}`)
    if (worked) lookAnew()
    return worked
  }
  const delivering = new Map<string, Promise<void>>()
  async function deliverAll(subscription: Subscription): Promise<void> {
    try {
      while (!stopping && (await asSystem(services, (ctx) => deliverNext(ctx, subscription))) > 0) continue
    } catch (error) {
      services.log.error({ loop: `events:${subscription.subscriber}`, failure: loggable(error) }, 'worker loop failed')
      await rest('events', 1000)
    } finally {
      delivering.delete(subscription.subscriber)
    }
  }
  const loops = [
    loop('schedules', 2000, async () => {
      await asSystem(services, (ctx) => queueSchedules(ctx, options.jobs))
      return false
    }),
    loop('figures', 15_000, async () => {
      options.metrics.waiting(await asSystem(services, countWaiting))
      return false
    }),
    // Several at once: one slow gateway must not hold up every other job, and long work never takes the last hands.
    ...[1, 2, 3, 4].map((n) => loop('jobs', idle, () => lookForWork(n))),
    loop('audit', 1000, async () => {
      if (!headsWhole) {
        await asSystem(services, (ctx) => addLastHead(ctx, options.headsFile))
        headsWhole = true
      }
      await sealOnce(options)
      return false
    }),
    loop('events', idle, async () => {
      const free = options.subscriptions.filter(({ subscriber }) => !delivering.has(subscriber))
      const waiting = free.length ? await asSystem(services, (ctx) => selectWaiting(ctx, free.map(({ subscriber }) => subscriber))) : []
      // None waits for another: a slow subscriber holds up its own events alone.
      for (const subscription of free) if (waiting.includes(subscription.subscriber)) delivering.set(subscription.subscriber, deliverAll(subscription))
      return false
    }),
  ]
  return {
    async stop() {
      stopping = true
      stopped.abort()
      for (const done of [...wake.keys()]) done()
      await Promise.all(loops)
      await Promise.all(delivering.values())
    },
  }
}

/** Takes and runs one job; false when none was due. */
export async function workOnce(options: Pick<WorkerOptions, 'services' | 'jobs' | 'metrics'> & { signal?: AbortSignal; claimed?: () => void }, worker: string): Promise<boolean> {
  const names = options.jobs.map((job) => job.name)
  if (!names.length) return false
  const claimed = await asSystem(options.services, (ctx) => claimJob(ctx, names, worker))
  if (!claimed) return false
  options.claimed?.()
  const kind = options.jobs.find((job) => job.name === claimed.name)!
  const outcome = await runJob(kind, claimed, worker, (work) => asSystem(options.services, work), options.signal)
  options.metrics.job(claimed.name, outcome)
  return true
}

async function countWaiting(ctx: Ctx): Promise<{ jobs: number; deadLetters: number; unsealedSeconds: number }> {
  return (await sql<{ jobs: number; deadLetters: number; unsealedSeconds: number }>`
    select (select count(*)::int from base.jobs) as jobs, (select count(*)::int from base.dead_letters) as dead_letters,
      coalesce((select extract(epoch from ${ctx.now}::timestamptz - min(at)) from base.events where xid >= coalesce((select max(xid_to) from base.audit_blocks), '0'::xid8)), 0)::float as unsealed_seconds`.execute(ctx.db)).rows[0]!
}

/** Seals one block and writes its head to the file once it is committed. */
export async function sealOnce(options: Pick<WorkerOptions, 'services' | 'headsFile' | 'metrics'>): Promise<number | undefined> {
  const head = await asSystem(options.services, (ctx) => sealNext(ctx))
  if (!head) return undefined
  keepHead(options.headsFile, head)
  options.metrics.sealed(head.count)
  return head.no
}
