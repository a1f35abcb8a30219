// What code throws when a request cannot be done: a code of the registry with params, and issues by field.
import { problems, type ProblemCode } from '@fugong/contract/problems'
import type { Issue } from '@fugong/contract/base'

export class Problem extends Error {
  readonly status: number
  /** True when what the request wrote (a failed try, a refusal) is kept although it is refused. */
  commits = false
  constructor(readonly code: ProblemCode, readonly params: Record<string, unknown> = {}, readonly issues: Issue[] = []) {
    super(code)
    this.name = 'Problem'
    this.status = problems[code].status
  }
}
/** Throw it: `throw problem('declarations.state_refused', { state })`. */
export function problem(code: ProblemCode, params?: Record<string, unknown>, issues?: Issue[]): Problem {
  return new Problem(code, params, issues)
}
/** All faults of an input at once. */
export function invalid(issues: Issue[]): Problem {
  return new Problem('validation.failed', { count: issues.length }, issues)
}
/** A refusal whose own traces (a counted try, an event) are committed. */
export function refusedAndKept(code: ProblemCode, params?: Record<string, unknown>): Problem {
  const refused = new Problem(code, params)
  refused.commits = true
  return refused
}
