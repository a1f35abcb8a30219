// Decisions about cases: what a deed leads to, what it still needs, when a step is over, how a case stands against its limit.
import type { Issue } from '@fugong/contract/base'
import type { ClockStanding } from '@fugong/contract/cases'
import type { ProblemCode } from '@fugong/contract/problems'
import type { CaseDeed, CaseKind, CaseState, Given } from './ports.ts'

/** Stands for “no limit runs”: a moment that sorts after every other. */
export const FAR = '9999-12-31T00:00:00.000Z'
export const whenDue = (dueAt: string): string | null => (dueAt === FAR ? null : dueAt)

export interface Refusal { code: ProblemCode; params?: Record<string, unknown>; issues?: Issue[] }
/** The state a deed leads to, or why it cannot be done as the case stands. */
export function nextState(kind: CaseKind, state: string, deedCode: string, given: Given): { to: string; deed: CaseDeed } | Refusal {
  const deed = Object.hasOwn(kind.deeds, deedCode) ? kind.deeds[deedCode] : undefined
  if (!deed || !deed.from.includes(state)) return { code: 'cases.state_refused', params: { state: kind.states[state]?.name ?? state } }
  const issues = missingFor(deed, given)
  if (issues.length) return { code: 'validation.failed', issues }
  return { deed, to: typeof deed.to === 'string' ? deed.to : deed.to[given.outcome!]! }
}
export const isRefusal = (answer: object): answer is Refusal => 'code' in answer
/** Everything that a deed asks for and was not given, all at once. */
function missingFor({ needs = [], to }: CaseDeed, given: Given): Issue[] {
  const blank = (text: string | undefined) => !text?.trim()
  const issues: Issue[] = []
  if (needs.includes('outcome') && blank(given.outcome)) issues.push({ path: '/outcome', code: 'issue.required' })
  else if (typeof to === 'object' && !Object.hasOwn(to, given.outcome!)) issues.push({ path: '/outcome', code: 'issue.choice' })
  if (needs.includes('reason') && blank(given.reason)) issues.push({ path: '/reason', code: 'issue.required' })
  if (needs.includes('note') && blank(given.note)) issues.push({ path: '/note', code: 'issue.required' })
  if (needs.includes('evidence') && !given.fileIds?.length) issues.push({ path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } })
  return issues
}
/** The deeds of offices that a state allows. */
export function officeDeeds(kind: CaseKind, state: string, lead: boolean): string[] {
  return Object.entries(kind.deeds).filter(([, deed]) => deed.from.includes(state) && (deed.who === 'unit' || (deed.who === 'lead' && lead))).map(([code]) => code)
}
export const stateOf = (kind: CaseKind, state: string): CaseState => kind.states[state]!

interface StepPart { step: number; role: string; state: string }
const isOver = (part: StepPart) => part.state === 'done' || part.state === 'moved' || part.state === 'dropped'
/** Whether a step is over: all its parts, or its lead; a step without a lead waits for all. */
export function stepIsOver(parts: readonly StepPart[], step: number, ends: CaseKind['stepEnds']): boolean {
  const own = parts.filter((part) => part.step === step && part.state !== 'moved')
  const leads = own.filter((part) => part.role === 'lead')
  return (ends === 'lead' && leads.length ? leads : own).every(isOver)
}

/** The last fifth of a limit is `soon`. */
export const SOON_SHARE = 0.8
/** How a case stands against its nearest limit; moments are ISO texts in UTC. */
export function standingOf({ dueAt, soonAt, pausedFor, endedAt }: { dueAt: string; soonAt: string; pausedFor: string | null; endedAt: string | null }, now: string): ClockStanding {
  if (endedAt !== null) return 'none'
  if (dueAt !== FAR) return dueAt <= now ? 'overdue' : soonAt <= now ? 'soon' : 'running'
  return pausedFor === null ? 'none' : 'paused'
}
