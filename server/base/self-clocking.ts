// Work that leaves in batches which clock themselves: at once when a flight is free, else when one returns, so that a batch is as large as the load and no timer has to be chosen.

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
