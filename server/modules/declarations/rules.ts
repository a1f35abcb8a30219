// Decisions about declarations: the state machine as data, what is missing, which days are right, what silence means.
import type { Issue } from '@fugong/contract/base'
import type { DeclarationState, Procedure } from '@fugong/contract/declarations'
import { isDay, type Answers, type Form } from '@fugong/contract/forms'
import { checkAnswers, filesIn, isEmpty, look, type Known } from '@fugong/contract/forms.engine'
import type { ProblemCode } from '@fugong/contract/problems'

/** Who does a deed: the firm, the reviewing office, or the clock. */
export type Side = 'firm' | 'office' | 'clock'
export type Deed = 'save' | 'submit' | 'withdraw' | 'move' | 'film' | 'appoint' | 'return' | 'reject' | 'accept' | 'passSite' | 'failSite' | 'acceptOverdue' | 'escalate'
type Target = DeclarationState | Partial<Record<Procedure, DeclarationState>>
interface Move { who: Side; moves: Partial<Record<DeclarationState, Target>> }

/** Submission goes where the procedure that the table chose leads; low risk is filed at once and no reviewer can hold it. */
const SUBMITTED = { effective: 'filed', review: 'underReview', reviewAndSite: 'underReview' } as const

/** Deed → who → present state → next state, by procedure where it differs; what is not listed cannot be done. */
export const machine: Readonly<Record<Deed, Move>> = {
  save: { who: 'firm', moves: { draft: 'draft', returned: 'returned' } },
  submit: { who: 'firm', moves: { draft: SUBMITTED, returned: SUBMITTED } },
  withdraw: { who: 'firm', moves: { draft: 'withdrawn', underReview: 'withdrawn', returned: 'withdrawn' } },
  // The firm goes on at another of its workplaces; the state is as it was.
  move: { who: 'firm', moves: { underReview: 'underReview', returned: 'returned', siteCheckPending: 'siteCheckPending' } },
  film: { who: 'firm', moves: { siteCheckPending: 'siteCheckPending' } },
  appoint: { who: 'office', moves: { siteCheckPending: 'siteCheckPending' } },
  return: { who: 'office', moves: { underReview: 'returned' } },
  reject: { who: 'office', moves: { underReview: 'rejected' } },
  accept: { who: 'office', moves: { underReview: { review: 'filed', reviewAndSite: 'siteCheckPending' } } },
  passSite: { who: 'office', moves: { siteCheckPending: 'filed' } },
  // Gaps are told once, before the visit: a site that fails ends this declaration, and the firm may open a new one.
  failSite: { who: 'office', moves: { siteCheckPending: 'rejected' } },
  // Silence accepts papers only; a site that nobody saw is never taken as seen.
  acceptOverdue: { who: 'clock', moves: { underReview: { review: 'filed' } } },
  escalate: { who: 'clock', moves: { underReview: 'underReview', siteCheckPending: 'siteCheckPending' } },
}

/** The state a deed leads to, or undefined when it cannot be done; at `submit` the procedure is the one just decided. */
export function next(state: DeclarationState, deed: Deed, procedure: Procedure | null): DeclarationState | undefined {
  const target = machine[deed].moves[state]
  return typeof target === 'object' ? (procedure ? target[procedure] : undefined) : target
}

export interface Standing { state: DeclarationState; procedure: Procedure | null; gapsToldAt: string | null }
/** Why a deed cannot be done on a declaration as it stands; undefined when it can. A second list of gaps needs its reason. */
export function refusalOf({ state, procedure, gapsToldAt }: Standing, deed: Deed, given: { reason?: string | undefined } = {}): { code: ProblemCode; params: Record<string, unknown> } | undefined {
  if (machine[deed].who === 'office' && state === 'filed' && procedure === 'effective') return { code: 'declarations.effective_unheld', params: {} }
  if (machine[deed].moves[state] === undefined) return { code: 'declarations.state_refused', params: { state } }
  if (deed === 'return' && gapsToldAt !== null && !given.reason?.trim()) return { code: 'declarations.gaps_told_once', params: {} }
  // What submission leads to is known only once the table has chosen.
  return deed === 'submit' || next(state, deed, procedure) ? undefined : { code: 'declarations.state_refused', params: { state } }
}

/** Deeds as the screens name them. */
const named = { firm: { save: 'save', submit: 'submit', withdraw: 'withdraw' }, office: { return: 'return', reject: 'reject', accept: 'accept', passSite: 'siteCheck', appoint: 'appoint' } } as const
/** What one side can do on a declaration as it stands; `returnAgain`: a further list of gaps, with its reason. */
export function deedsOf(standing: Standing, side: 'firm' | 'office'): string[] {
  if (side === 'office' && standing.gapsToldAt !== null && !refusalOf(standing, 'return', { reason: '-' })) return ['returnAgain', ...deedsOf({ ...standing, gapsToldAt: null }, side).filter((deed) => deed !== 'return')]
  return Object.entries(named[side]).filter(([deed]) => !refusalOf(standing, deed as Deed)).map(([, name]) => name)
}

export const waitingStates = ['underReview', 'siteCheckPending'] as const satisfies DeclarationState[]
export const isWaiting = (state: DeclarationState): boolean => (waitingStates as readonly string[]).includes(state)
/** Times are compared as moments; `dueAt` and `now` are ISO texts in UTC with milliseconds. */
export function isOverdue({ state, dueAt }: { state: DeclarationState; dueAt: string | null }, now: string): boolean {
  return isWaiting(state) && dueAt !== null && dueAt <= now
}
/** What the clock does with a declaration that is overdue: never twice, and acceptance only where the table allows silence to accept. */
export function overdueDeed(declaration: { state: DeclarationState; procedure: Procedure | null; dueAt: string | null; overdueOutcome: 'accept' | 'escalate' | null; escalatedAt: string | null }, now: string): 'acceptOverdue' | 'escalate' | undefined {
  if (!isOverdue(declaration, now)) return undefined
  if (declaration.overdueOutcome === 'accept' && next(declaration.state, 'acceptOverdue', declaration.procedure)) return 'acceptOverdue'
  return declaration.escalatedAt === null ? 'escalate' : undefined
}

/** A plan reaches at most half a year ahead; nothing can resume yesterday. */
const DAYS_AHEAD = 180
export function dayFault(plannedDate: string, today: string): Issue | undefined {
  const path = '/plannedDate'
  if (!isDay(plannedDate)) return { path, code: 'issue.day' }
  if (plannedDate < today) return { path, code: 'issue.past_day' }
  const limit = new Date(Date.parse(`${today}T00:00:00Z`) + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10)
  return plannedDate > limit ? { path, code: 'issue.too_far', params: { limit } } : undefined
}

export interface Submission { plannedDate: string | null; headcount: number | null; answers: Answers; pledged: boolean; /** Files that are there and were not refused. */ files: number }
/** Everything that keeps a declaration from being submitted, all at once; `today` is the day in Shanghai. */
export function missingFor(submission: Submission, form: Form, today: string, facts: Known['facts'] = {}): Issue[] {
  const { plannedDate, headcount, answers, pledged, files } = submission
  const day = plannedDate === null ? { path: '/plannedDate', code: 'issue.required' } : dayFault(plannedDate, today)
  return [
    ...(day ? [day] : []),
    ...(headcount === null ? [{ path: '/headcount', code: 'issue.required' }] : []),
    ...checkAnswers(form, answers, '/answers', true, { facts, today }),
    ...(pledged ? [] : [{ path: '/pledged', code: 'issue.pledge' }]),
    ...(files > 0 ? [] : [{ path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } }]),
  ]
}

interface Content { plannedDate: string | null; headcount: number | null; answers: Answers; pledgedAt: string | null; fileIds: readonly string[] }
/** Everything of a declaration by the codes that gaps name it with; the answers among the rest. */
function contentOf({ plannedDate, headcount, answers, pledgedAt, fileIds }: Content, form: Form): Record<string, unknown> {
  const asked = form.pages.flatMap((page) => page.fields.map(({ code }) => [code, answers[code] ?? null] as const))
  return { ...Object.fromEntries(asked), plannedDate, headcount, pledge: pledgedAt, files: [...fileIds].sort() }
}
const ALIAS: Readonly<Record<string, string>> = { pledged: 'pledge', fileIds: 'files' }
const codeOf = (field: string): string => {
  const code = field.replace(/^\//, '').replace(/^answers[/.]/, '')
  return ALIAS[code] ?? code
}
/** What the field that a gap names holds; a gap that names none of them (other papers) stands for the declaration as a whole. */
export function contentAt(content: Content, field: string, form: Form): unknown {
  const all = contentOf(content, form)
  const code = codeOf(field)
  return Object.hasOwn(all, code) ? all[code] : all
}
/** Of each gap, whether what it names has changed since it was told; of one that names no field, whether anything has that the others do not name. */
export function touchedOf(gaps: readonly { field: string; was: unknown }[], content: Content, form: Form): boolean[] {
  const all = contentOf(content, form)
  const named = new Set(gaps.map(({ field }) => codeOf(field)))
  const unnamed = (whole: unknown) => Object.fromEntries(Object.entries((whole ?? {}) as Record<string, unknown>).filter(([code]) => !named.has(code)))
  return gaps.map(({ field, was }) => (Object.hasOwn(all, codeOf(field)) ? !sameContent(was, all[codeOf(field)]) : !sameContent(unnamed(was), unnamed(all))))
}
/** Whether two contents say the same, whatever the order of their names: the database keeps its own. */
function sameContent(one: unknown, other: unknown): boolean {
  return inOrder(one) === inOrder(other)
}
/** One text for one value, whatever the order of its names: the database keeps its own. */
export function inOrder(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null)
  if (Array.isArray(value)) return `[${value.map(inOrder).join()}]`
  return `{${Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, part]) => `${JSON.stringify(name)}:${inOrder(part)}`).join()}}`
}

/** Answers of a draft after a save: what is given replaces what stood there, an empty answer takes it away. */
export function mergeAnswers(before: Answers, given: Answers): Answers {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, answer]) => !isEmpty(answer)))
}
/** Answers of an earlier declaration that still stand up to the form in force; nothing is asked twice, nothing wrong is carried over. */
export function carryOver(form: Form, earlier: Answers, known: Known = {}): Answers {
  const wrong = new Set(checkAnswers(form, earlier, '', false, known).map((issue) => issue.path.split('/')[1]))
  // Files stay with the declaration they were handed in for.
  return mergeAnswers({}, Object.fromEntries(Object.entries(earlier).filter(([code, answer]) => !wrong.has(code) && !filesIn(answer).length)))
}
/** Answers as they are given, without what the form works out itself. */
export function typedAnswers(form: Form, given: Answers): Answers {
  const computed = new Set(form.pages.flatMap((page) => page.fields).filter((field) => field.computed !== undefined).map((field) => field.code))
  return Object.fromEntries(Object.entries(given).filter(([code]) => !computed.has(code)))
}
/** Faults of a part of the answers, seen beside those that stand there already. */
export function faultsOfPart(form: Form, before: Answers, given: Answers, known: Known): Issue[] {
  return checkAnswers(form, { ...before, ...given }, '/answers', false, known).filter((issue) => Object.hasOwn(given, issue.path.split('/')[2]!))
}
/** What counts of the answers: without what is hidden, with what is worked out. */
export const settledAnswers = (form: Form, answers: Answers, known: Known): Answers => look(form, answers, known).effective()

export type Search = { kind: 'code'; from: string; to: string } | { kind: 'name'; text: string }
/** The beginning of a credit code (its second character is always a digit), else a piece of the firm's name. */
export function readSearch(typed: string): Search {
  const code = typed.trim().toUpperCase()
  return /^[0-9A-Z]\d[0-9A-Z]{0,16}$/.test(code) ? { kind: 'code', from: code, to: `${code}~` } : { kind: 'name', text: typed }
}
