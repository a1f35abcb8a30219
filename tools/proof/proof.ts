// What a proof is given: a way to report figures and to say that a promise is broken.
export interface Proof {
  /** Prints `figure <id> <value> <unit> <notes>`. */
  figure(id: string, value: string | number, unit: string, notes: string): void
  /** Notes that the promise is broken. */
  broken(text: string): void
  long: boolean
}
