// Answers kept for a moment, so that a busy path does not ask the database the same thing a hundred times a second.
import type { Ctx } from './context.ts'
import type { Database } from './db.ts'

interface Kept<V> { value: V; until: number; generation: number; renewing?: boolean }
export interface BriefCache<V> {
  /** The kept answer, or a new one from `load`; a refusal is not kept. */
  get(ctx: Ctx, key: string, load: () => Promise<V>): Promise<V>
  /** Call it with every write that changes an answer: this process forgets at once when the write commits, others after their time. */
  forget(ctx: Ctx): void
}
const MOST_KEYS = 1000

/**
 * Answers are kept per database for `milliseconds` of real time.
 * Do not read what this same transaction wrote through it: after a rollback the answer would stand until its time is up.
 */
export function briefCache<V>(milliseconds: number): BriefCache<V> {
  const grace = milliseconds / 9
  const kept = new WeakMap<Database, Map<string, Kept<V>>>()
  let generation = 0
  return {
    async get(ctx, key, load) {
      let own = kept.get(ctx.database)
      if (!own) kept.set(ctx.database, (own = new Map()))
      const before = own.get(key)
      if (before && before.generation === generation) {
        if (before.until > performance.now()) return before.value
        // One request asks anew; those beside it take the old answer for that moment, or a hundred would ask at once.
        if (before.renewing && before.until + grace > performance.now()) return before.value
        before.renewing = true
      }
      const asked = generation
      const value = await load()
      if (own.size >= MOST_KEYS) own.clear()
      own.set(key, { value, until: performance.now() + milliseconds, generation: asked })
      return value
    },
    forget(ctx) {
      generation += 1
      ctx.afterCommit(() => { generation += 1 })
    },
  }
}
