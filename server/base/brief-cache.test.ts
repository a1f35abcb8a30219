// Answers kept for a moment: per connection, for their time, and not after a write.
import { expect, it } from 'vitest'
import { briefCache } from './brief-cache.ts'
import type { Ctx } from './context.ts'
import type { Database } from './db.ts'

/** As much of a request as the cache looks at. */
function request(db: object = {}) {
  const after: (() => void)[] = []
  return { ctx: { database: db as Database, afterCommit: (work: () => void) => { after.push(work) } } as Ctx, commit: () => { for (const work of after) work() } }
}
function counting() {
  let asked = 0
  return { load: async () => { asked += 1; return asked }, asked: () => asked }
}

it('asks once per database and key while an answer is fresh', async () => {
  const cache = briefCache<number>(60_000)
  const source = counting()
  const [one, other] = [request(), request()]
  expect([await cache.get(one.ctx, 'a', source.load), await cache.get(one.ctx, 'a', source.load)]).toEqual([1, 1])
  expect(await cache.get(one.ctx, 'b', source.load)).toBe(2)
  expect(await cache.get(other.ctx, 'a', source.load)).toBe(3)
})
it('asks again when the time is up', async () => {
  const cache = briefCache<number>(0)
  const source = counting()
  const { ctx } = request()
  await cache.get(ctx, 'a', source.load)
  await cache.get(ctx, 'a', source.load)
  expect(source.asked()).toBe(2)
})
it('forgets everywhere when a write commits', async () => {
  const cache = briefCache<number>(60_000)
  const source = counting()
  const [reader, writer] = [request(), request()]
  await cache.get(reader.ctx, 'a', source.load)
  cache.forget(writer.ctx)
  // Read between the write and its commit: the old answer, which must not outlive the commit.
  expect(await cache.get(reader.ctx, 'a', source.load)).toBe(2)
  writer.commit()
  expect(await cache.get(reader.ctx, 'a', source.load)).toBe(3)
  expect(await cache.get(reader.ctx, 'a', source.load)).toBe(3)
})
it('keeps no refusal and no answer that was asked for before a write', async () => {
  const cache = briefCache<number>(60_000)
  const { ctx } = request()
  await expect(cache.get(ctx, 'a', async () => { throw new Error('down') })).rejects.toThrow('down')
  const slow = cache.get(ctx, 'a', async () => { cache.forget(request().ctx); return 1 })
  expect(await slow).toBe(1)
  expect(await cache.get(ctx, 'a', async () => 2)).toBe(2)
})
