// Work that leaves in batches which clock themselves: at once when a flight is free, else when one returns, so that a batch is as large as the load and no timer has to be chosen.
import { problem, type Problem } from './problem.ts'

/** Those of a batch that have not waited longer than `seconds`; the others are asked to come again. `since` is of performance.now(). */
export function timelyOf<T extends { since: number; settle(answer: Problem): void }>(batch: readonly T[], seconds: number): T[] {
  const late = performance.now() - seconds * 1000
  return batch.filter((one) => {
    if (one.since > late) return true
    one.settle(problem('server.busy', { seconds: 2 }))
    return false
  })
}

export interface SelfClocking<T> { push(one: T): void; waiting(): number }
/** `limits` is asked at each departure: how many batches may be under way, how many fit in one. `fly` never throws. */
export function selfClocking<T>(limits: () => { flights: number; batch: number }, fly: (batch: T[]) => Promise<void>): SelfClocking<T> {
  const queue: T[] = []
  let flights = 0
  function flush(): void {
    while (queue.length && flights < limits().flights) {
      flights += 1
      void fly(queue.splice(0, limits().batch)).finally(() => {
        flights -= 1
        flush()
      })
    }
  }
  return { push: (one) => { queue.push(one); flush() }, waiting: () => queue.length }
}
