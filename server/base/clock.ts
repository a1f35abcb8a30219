// The one source of the present moment, so that tests and proofs can move it.
export interface Clock { now(): Date }
export const systemClock: Clock = { now: () => new Date() }
/** A clock that stands still until it is moved. */
export function standingClock(at: Date | string): Clock & { set(to: Date | string): void } {
  let present = new Date(at)
  return { now: () => new Date(present), set: (to) => { present = new Date(to) } }
}
/** The calendar day in Asia/Shanghai (UTC+8, no summer time since 1992) as `2020-02-24`. */
export function shanghaiDay(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
}
