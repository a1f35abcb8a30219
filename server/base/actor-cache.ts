// Actors kept for less than a second, so that a busy person's requests do not each ask for session and grants.
import type { Actor } from './auth.ts'

export interface ActorCache {
  /** The actor of a session token, at most `ttlMs` old. Unknown tokens are asked for each time. */
  get(token: string): Promise<Actor | undefined>
  /** The next request with this token reads its actor anew. Other processes follow when their time is up. */
  forget(token: string): void
  /** The same for every token. */
  drop(): void
}
const MOST_TOKENS = 10_000

/** `ttlMs` stays below a second: that long at most a role that was taken away goes on working. `now` counts milliseconds and never goes back. */
export function createActorCache(load: (token: string) => Promise<Actor | undefined>, ttlMs = 900, now: () => number = () => performance.now()): ActorCache {
  interface Kept { actor: Promise<Actor | undefined>; until: number }
  const kept = new Map<string, Kept>()
  return {
    get(token) {
      const before = kept.get(token)
      if (before && before.until > now()) return before.actor
      // The age counts from before the question, and requests that come while it is asked share the answer.
      const fresh: Kept = { actor: load(token), until: now() + ttlMs }
      if (kept.size >= MOST_TOKENS) kept.clear()
      kept.set(token, fresh)
      const unkeep = () => { if (kept.get(token) === fresh) kept.delete(token) }
      fresh.actor.then((actor) => { if (!actor) unkeep() }, unkeep)
      return fresh.actor
    },
    forget(token) { kept.delete(token) },
    drop() { kept.clear() },
  }
}
