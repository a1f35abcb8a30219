// What filling in a form on a phone needs beside the engine: ids of fields, faults in the reader's words, typed text as answers, the draft.
import type { FormTrees, Look, TreeField, TreePage, TreeRow } from '@fugong/contract/forms.work'
import type { Answer, AnswerRow, Answers } from '@fugong/contract/forms'
import { issueWords, language, t, type Fault } from './kit.ts'
import type { Errors } from './parts.tsx'

export type Asked = TreeField | TreeRow
export const say = (text: { zh: string; en: string }): string => text[language()]
/** The id of the control at a path: `/rooms/0/name` → `rooms-0-name`. */
export const idOf = (path: string): string => path.replace(/^\//, '').replace(/\//g, '-')

/** What a path of an answer is called. */
function labelAt(form: FormTrees, path: string): string {
  const [code, , inner] = path.split('/').slice(1)
  for (const page of form.pages) for (const field of page.fields) if (field.code === code) {
    const own = inner === undefined ? field : (field.fields || []).find((one) => one.code === inner)
    return own ? say(own.label) : ''
  }
  return ''
}
/** Faults by the id of their field, the first of each; in the order of the form, which is that of the engine. */
export function errorsOf(form: FormTrees, faults: readonly Fault[]): Errors {
  const found: Errors = {}
  for (const fault of faults) {
    const id = idOf(fault.path)
    if (!found[id]) found[id] = issueWords(fault, labelAt(form, fault.path))
  }
  return found
}
/** Pages on which something is shown. */
export const pagesOf = (form: FormTrees, look: Look): TreePage[] => form.pages.filter((page) => page.fields.some((field) => look.field(field.code).shown))
/** Where a fault lies among pages; −1 on none of them. */
export function pageOfPath(pages: readonly TreePage[], path: string): number {
  for (let at = 0; at < pages.length; at++) if (pages[at]!.fields.some((field) => field.code === path.split('/')[1])) return at
  return -1
}

/** A copy of the answers with one changed, by path; what is emptied is no longer answered. */
export function withAnswer(answers: Answers, path: string, value: Answer): Answers {
  const [code, index, inner] = path.split('/').slice(1)
  const copy: Answers = { ...answers }
  if (inner === undefined) copy[code!] = value
  else copy[code!] = ((answers[code!] || []) as AnswerRow[]).map((row, at) => (String(at) === index ? { ...row, [inner]: value as AnswerRow[string] } : row))
  return copy
}

/** What was typed as an answer: full-width signs and the Chinese full stop read as their narrow ones, numbers as numbers; what cannot be one stays as typed, to be told. */
export function typed(type: Asked['type'], text: string): Answer {
  if (type === 'number' || type === 'integer') {
    const plain = text.normalize('NFKC').replace(/。/g, '.').replace(/[\s,]/g, '')
    if (!plain) return null
    return /^-?\d+(\.\d+)?$/.test(plain) ? Number(plain) : plain
  }
  if (type === 'phone') return text.normalize('NFKC').replace(/\s/g, '').replace(/^\+?86-?(?=1\d{10}$)/, '') || null
  if (type === 'creditCode') return text.normalize('NFKC').replace(/\s/g, '').toUpperCase() || null
  if (type === 'moment') return text ? `${text.slice(0, 16)}:00+08:00` : null
  return text || null
}
/** An answer as the control for its type shows it. */
export function shownAs(type: Asked['type'], answer: Answer | undefined): string {
  if (answer === null || answer === undefined) return ''
  return type === 'moment' ? String(answer).slice(0, 16) : String(answer)
}

/** Names of codes that lists brought while they were chosen from. */
const names: Record<string, { zh: string; en: string }> = {}
export function nameCode(code: string, name: { zh: string; en: string }): void { names[code] = name }
/** One answer as it is read back; `coded` when a control of the page's own made it a code. */
export function answerText(field: Asked, answer: Answer | undefined, coded = field.type === 'area'): string {
  if (answer === null || answer === undefined || answer === '' || (Array.isArray(answer) && !answer.length)) return t('form.none')
  const nameOf = (value: unknown) => { const choice = (field.codes || []).find((one) => one.value === value); if (choice) return say(choice.label); const known = coded && names[String(value)]; return known ? say(known) : String(value) }
  if (typeof answer === 'boolean') return t(answer ? 'form.yes' : 'form.no')
  if (typeof answer === 'number') return `${Math.round(answer * 100) / 100}${field.unit ? ` ${say(field.unit)}` : ''}`
  if (field.type === 'file') return t('form.files', { count: (answer as unknown[]).length })
  if (Array.isArray(answer)) return (answer as unknown[]).map(nameOf).join(t('form.comma'))
  return field.type === 'moment' ? String(answer).slice(0, 16).replace('T', ' ') : nameOf(answer)
}

// Drafts live as long as the browser's tab: a phone that is lent or sold must not keep what somebody said of themselves.
const place = (keep: string) => `fugong.draft.${keep}`
export function draftOf(keep: string): Answers | undefined {
  if (!keep) return undefined
  try {
    const text = sessionStorage.getItem(place(keep))
    const found: unknown = text ? JSON.parse(text) : undefined
    return found && typeof found === 'object' && Object.keys(found).length ? (found as Answers) : undefined
  } catch { return undefined }
}
export function keepDraft(keep: string, answers: Answers | undefined): void {
  if (!keep) return
  try {
    if (answers) sessionStorage.setItem(place(keep), JSON.stringify(answers))
    else sessionStorage.removeItem(place(keep))
  } catch { /* lasts as long as the page */ }
}
