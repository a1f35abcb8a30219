// Jobs: run once, retaken from a silent worker, backed off, set aside; schedules are won by one process.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openGround, type Ground } from '../test/ground.ts'
import { claimJob, queueSchedules, runJob, type JobKind } from './jobs.ts'
import { createMetrics } from './metrics.ts'
import { asSystem } from './request.ts'
import { startWorker, workOnce } from './worker.ts'

let ground: Ground
const metrics = createMetrics()
beforeAll(async () => { ground = await openGround() })
afterAll(() => ground.close())
beforeEach(async () => { await ground.asOwner('delete from base.jobs'); await ground.asOwner('delete from base.schedules') })

const system = <T>(work: Parameters<typeof asSystem<T>>[1]) => asSystem(ground.services, work)
const enqueue = (name: string, payload: unknown = null, key?: string) => system(async (ctx) => ctx.enqueue(name, payload, key ? { key } : {}))
const effects = (name: string) => ground.asOwner<{ subject_id: string }>('select subject_id from base.events where subject_kind = $1 order by id', [name])
const leaving = (name: string, before?: () => Promise<void> | void): JobKind => ({
  name,
  async run(ctx, payload) {
    await before?.()
    ctx.announce('calendar.day_set', { kind: name, id: String(payload) }, { day: String(payload), kind: 'holiday' })
  },
})
const forward = (seconds: number) => ground.clock.set(new Date(ground.clock.now().getTime() + seconds * 1000))

test('a job runs once and is gone', async () => {
  const kind = leaving('once')
  await enqueue('once', 1)
  expect(await workOnce({ services: ground.services, jobs: [kind], metrics }, 'w')).toBe(true)
  expect(await workOnce({ services: ground.services, jobs: [kind], metrics }, 'w')).toBe(false)
  expect(await effects('once')).toEqual([{ subject_id: '1' }])
  expect(await ground.asOwner('select 1 from base.jobs')).toEqual([])
})
test('a later job waits for its time', async () => {
  await system(async (ctx) => ctx.enqueue('later', 1, { at: new Date(ctx.now.getTime() + 60_000) }))
  expect(await workOnce({ services: ground.services, jobs: [leaving('later')], metrics }, 'w')).toBe(false)
  forward(61)
  expect(await workOnce({ services: ground.services, jobs: [leaving('later')], metrics }, 'w')).toBe(true)
})
test('one waiting job per key', async () => {
  await enqueue('keyed', 1, 'k')
  await enqueue('keyed', 2, 'k')
  expect(await ground.asOwner("select payload from base.jobs where name = 'keyed'")).toEqual([{ payload: 1 }])
})
test('two workers never take the same job', async () => {
  for (let i = 0; i < 20; i++) await enqueue('shared', i)
  const kind = leaving('shared')
  const drain = async (worker: string) => { while (await workOnce({ services: ground.services, jobs: [kind], metrics }, worker)); }
  await Promise.all(['a', 'b', 'c', 'd'].map(drain))
  expect((await effects('shared')).map((row) => row.subject_id).sort()).toEqual(Array.from({ length: 20 }, (_, i) => String(i)).sort())
})
test('a failing job is put back with growing waits and at last set aside', async () => {
  await enqueue('bad', 1)
  const kind: JobKind = { name: 'bad', tries: 3, run: async () => { throw new Error('no') } }
  for (const outcome of ['again', 'again', 'dead']) {
    const job = await system((ctx) => claimJob(ctx, ['bad'], 'w'))
    expect(job).toBeDefined()
    expect(await runJob(kind, job!, 'w', system)).toBe(outcome)
    expect(await system((ctx) => claimJob(ctx, ['bad'], 'w')), 'not at once').toBeUndefined()
    forward(10)
  }
  expect(await ground.asOwner("select kind, name from base.dead_letters where name = 'bad'")).toEqual([{ kind: 'job', name: 'bad' }])
  expect(await ground.asOwner('select 1 from base.jobs')).toEqual([])
})
test('a failed keyed job gives way to its twin that was queued meanwhile', async () => {
  await enqueue('twin', 1, 'k')
  const kind: JobKind = { name: 'twin', run: async () => { throw new Error('no') } }
  const job = await system((ctx) => claimJob(ctx, ['twin'], 'w'))
  await enqueue('twin', 2, 'k')
  expect(await runJob(kind, job!, 'w', system)).toBe('again')
  expect(await ground.asOwner("select payload from base.jobs where name = 'twin'")).toEqual([{ payload: 2 }])
})
test('a job that keeps killing its process is set aside', async () => {
  await enqueue('killer', 1)
  const kind = { ...leaving('killer'), tries: 2 }
  for (let i = 0; i < 2; i++) {
    await system((ctx) => claimJob(ctx, ['killer'], 'w'))
    await ground.asOwner("update base.jobs set heartbeat_at = heartbeat_at - interval '46 seconds'")
  }
  const job = await system((ctx) => claimJob(ctx, ['killer'], 'w'))
  expect(await runJob(kind, job!, 'w', system)).toBe('dead')
  expect(await effects('killer')).toEqual([])
})
test('what a failing job wrote is undone', async () => {
  await enqueue('half', 'x')
  const kind: JobKind = { name: 'half', run: async (ctx) => { ctx.announce('calendar.day_set', { kind: 'half', id: 'x' }, { day: 'x', kind: 'holiday' }); throw new Error('after') } }
  await workOnce({ services: ground.services, jobs: [kind], metrics }, 'w')
  expect(await effects('half')).toEqual([])
})
test('the job of a silent worker is retaken, and the silent one’s work is undone when it wakes', async () => {
  await enqueue('silent', 'x')
  const kind = leaving('silent')
  const first = await system((ctx) => claimJob(ctx, ['silent'], 'asleep'))
  expect(await system((ctx) => claimJob(ctx, ['silent'], 'other')), 'while its heart beats it is not taken').toBeUndefined()
  await ground.asOwner("update base.jobs set heartbeat_at = heartbeat_at - interval '46 seconds'")
  const second = await system((ctx) => claimJob(ctx, ['silent'], 'other'))
  expect(second?.attempt).toBe(2)
  expect(await runJob(kind, first!, 'asleep', system)).toBe('lost')
  expect(await effects('silent')).toEqual([])
  expect(await runJob(kind, second!, 'other', system)).toBe('done')
  expect(await effects('silent')).toEqual([{ subject_id: 'x' }])
})
test('a schedule is queued once per period, whoever asks', async () => {
  const kinds: JobKind[] = [{ name: 'nightly', everySeconds: 60, run: async () => {} }]
  await Promise.all(Array.from({ length: 5 }, () => system((ctx) => queueSchedules(ctx, kinds))))
  expect(await ground.asOwner('select name from base.jobs')).toEqual([{ name: 'nightly' }])
  await ground.asOwner('delete from base.jobs')
  await system((ctx) => queueSchedules(ctx, kinds))
  expect(await ground.asOwner('select name from base.jobs')).toEqual([])
  forward(61)
  await system((ctx) => queueSchedules(ctx, kinds))
  expect(await ground.asOwner('select name from base.jobs')).toEqual([{ name: 'nightly' }])
})
test('the worker runs what comes in and stops when told', async () => {
  const worker = startWorker({ services: ground.services, jobs: [leaving('live')], subscriptions: [], headsFile: '/dev/null', metrics, idleMs: 20 })
  await enqueue('live', 'now')
  const deadline = Date.now() + 8000
  while (!(await effects('live')).length && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 30))
  expect(await effects('live')).toHaveLength(1)
  await worker.stop()
  await enqueue('live', 'later')
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await effects('live')).toHaveLength(1)
})
test('work that queues the next piece is gone through without a rest in between', async () => {
  // A rest of this worker would outlast the test.
  const chain: JobKind = { ...leaving('chain'), run: async (ctx, payload) => { await leaving('chain').run(ctx, payload); if (Number(payload) < 5) ctx.enqueue('chain', String(Number(payload) + 1)) } }
  await enqueue('chain', '1')
  const worker = startWorker({ services: ground.services, jobs: [chain], subscriptions: [], headsFile: '/dev/null', metrics, idleMs: 600_000 })
  await expect.poll(async () => (await effects('chain')).length, { timeout: 20_000 }).toBe(5)
  await worker.stop()
})
