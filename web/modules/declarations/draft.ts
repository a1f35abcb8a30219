// The firm's own copy of a declaration while it is written: its steps, what may be saved, what is missing, what to keep in a conflict.
import type { Issue } from '@fugong/contract/base'
import { factsOf, type Declaration, type saveDeclaration } from '@fugong/contract/declarations'
import { isDay, type Answers, type Form } from '@fugong/contract/forms'
import { checkAnswers, filesAmong, look, type Known } from '@fugong/contract/forms.engine'
import type { Part } from '../../base/api.ts'
import { day, today } from '../../base/format.ts'

export interface Draft { plannedDate: string | null; headcount: number | null; answers: Answers; pledged: boolean; fileIds: string[]; communityCode?: string | undefined }
export type DraftBody = Omit<Part<typeof saveDeclaration, 'body'>, 'revision'>

export function draftOf(declaration: Declaration): Draft {
  const { plannedDate, headcount, answers, pledgedAt, files, communityCode } = declaration
  // Files that answer a question of the form are no files of the list.
  const named = new Set(filesAmong(answers))
  return { plannedDate, headcount, answers, pledged: pledgedAt !== null, fileIds: files.map((file) => file.id).filter((id) => !named.has(id)), ...(communityCode ? { communityCode } : {}) }
}

/** The steps in their order: the plan, each page of the form that asks something here, files, pledge, check. */
export function stepsOf(form: Form, answers: Answers = {}, known: Known = {}): string[] {
  const view = look(form, answers, known)
  return ['plan', ...form.pages.filter((page) => page.fields.some((field) => view.field(field.code).shown)).map((page) => `page.${page.code}`), 'files', 'pledge', 'check']
}
/** What conditions and sums of the form look at beside the answers, as the draft stands. */
export function knownFor(declaration: Declaration, draft: Pick<Draft, 'headcount' | 'plannedDate'> = declaration): Known {
  const at = declaration.submittedAt ? day(declaration.submittedAt) : today()
  return { facts: factsOf({ ...declaration, headcount: draft.headcount, plannedDate: draft.plannedDate }), today: at }
}
/** The step on which a field stands; gaps and faults name fields by code or by path. */
export function stepOfField(field: string, form: Form | undefined): string {
  const code = field.replace(/^\//, '').replace(/^answers[/.]/, '').split('/')[0]!
  if (code === 'files' || code === 'fileIds') return 'files'
  if (code === 'pledge' || code === 'pledged') return 'pledge'
  const page = form?.pages.find(({ fields }) => fields.some((other) => other.code === code))
  return page ? `page.${page.code}` : 'plan'
}
/** The path of the control that a gap's field code stands for. */
export function pathOfField(field: string): string {
  const code = field.replace(/^\//, '').replace(/^answers[/.]/, '')
  if (code === 'files' || code === 'fileIds') return '/fileIds'
  if (code === 'pledge' || code === 'pledged') return '/pledged'
  return code === 'plannedDate' || code === 'headcount' ? `/${code}` : `/answers/${code}`
}

/** Where the firm puts right what was taken from its register; nowhere for what the declaration itself asks. */
export function correctedAt(enterpriseId: string, source: string | undefined): string | undefined {
  const firm = `/portal/enterprises/${enterpriseId}`
  if (source === 'enterprise.industryCode' || source === 'enterprise.class') return `${firm}/facts/identity`
  if (source?.startsWith('enterprise.')) return `${firm}?tab=facts`
  return source?.startsWith('workplace.') ? `${firm}?tab=places` : undefined
}

interface Told { field: string; text: string; touched: boolean }
/** The gaps of each step; one that names no question of the form stands with the last step, where everything is gone through. */
export function gapsByStep<G extends Told>(gaps: readonly G[], form: Form): Map<string, G[]> {
  const known = new Set(['/plannedDate', '/headcount', '/fileIds', '/pledged', ...form.pages.flatMap((page) => page.fields.map((field) => `/answers/${field.code}`))])
  const found = new Map<string, G[]>()
  for (const gap of gaps) {
    const step = known.has(pathOfField(gap.field)) ? stepOfField(gap.field, form) : 'check'
    found.set(step, [...(found.get(step) ?? []), gap])
  }
  return found
}

/** Answers as they are sent: an emptied text is no answer. */
export function cleanAnswers(answers: Answers): Answers {
  return Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== undefined).map(([code, answer]) => [code, answer === '' ? null : answer]))
}
/** All faults; `complete` asks for what is required too. */
export function faultsOf(draft: Draft, form: Form, complete: boolean, known: Known = {}): Issue[] {
  const found: Issue[] = []
  if (draft.plannedDate === null) {
    if (complete) found.push({ path: '/plannedDate', code: 'issue.required' })
  } else if (!isDay(draft.plannedDate)) found.push({ path: '/plannedDate', code: 'issue.day' })
  if (draft.headcount === null) {
    if (complete) found.push({ path: '/headcount', code: 'issue.required' })
  } else if (!Number.isInteger(draft.headcount)) found.push({ path: '/headcount', code: 'issue.type' })
  else if (draft.headcount < 1) found.push({ path: '/headcount', code: 'issue.too_small', params: { limit: 1 } })
  else if (draft.headcount > 1_000_000) found.push({ path: '/headcount', code: 'issue.too_large', params: { limit: 1_000_000 } })
  found.push(...checkAnswers(form, cleanAnswers(draft.answers), '/answers', complete, known).filter((issue) => issue.code !== 'issue.unknown'))
  if (complete && draft.fileIds.length === 0) found.push({ path: '/fileIds', code: 'issue.too_few', params: { limit: 1 } })
  if (complete && !draft.pledged) found.push({ path: '/pledged', code: 'issue.pledge' })
  return found
}

/** What of the draft can be saved now: a fault in one entry must not keep the others from being saved. */
export function savable(draft: Draft, form: Form, refused: readonly string[] = [], known: Known = {}): DraftBody {
  const faulty = new Set([...faultsOf(draft, form, false, known).map((issue) => issue.path.split('/').slice(0, 3).join('/')), ...refused.map((path) => path.split('/').slice(0, 3).join('/'))])
  const asked = new Set(form.pages.flatMap((page) => page.fields.map((field) => field.code)))
  const answers = Object.fromEntries(Object.entries(cleanAnswers(draft.answers)).filter(([code]) => asked.has(code) && !faulty.has(`/answers/${code}`)))
  return {
    ...(faulty.has('/plannedDate') ? {} : { plannedDate: draft.plannedDate }), ...(faulty.has('/headcount') ? {} : { headcount: draft.headcount }),
    answers, pledged: draft.pledged, ...(draft.communityCode === undefined ? {} : { communityCode: draft.communityCode || null }), ...(faulty.has('/fileIds') ? {} : { fileIds: draft.fileIds }),
  }
}

/** After someone else's change: theirs, with my own changes since `base` laid over it. */
export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Draft {
  const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
  const own = <K extends keyof Draft>(key: K): Draft[K] => (same(base[key], mine[key]) ? theirs[key] : mine[key])
  const answers: Answers = { ...theirs.answers }
  for (const [code, answer] of Object.entries(mine.answers)) if (!same(base.answers[code], answer)) answers[code] = answer
  const communityCode = own('communityCode')
  return { plannedDate: own('plannedDate'), headcount: own('headcount'), answers, pledged: own('pledged'), fileIds: own('fileIds'), ...(communityCode === undefined ? {} : { communityCode }) }
}
