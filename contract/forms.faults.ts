// Every fault of answers against their form, at once. Runs on phones too, as forms.work.ts does.
import type { Issue } from './base.ts'
import { isDay, work, type Value } from './expressions.work.ts'
import type { Answer, Answers, FormField } from './forms.ts'
import { asValue, isEmpty, isList, isRows, lookAt, type FormTrees, type Known, type Look, type Seen, type TreeField, type TreeRow } from './forms.work.ts'

// Lone surrogates are listed: browsers of 2017 do not know their name. Each is an escape so that nobody has to see what cannot be seen.
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uD800-\uDFFF\uFEFF\uFFFE\uFFFF]/u

/** `complete` asks for required fields too. Paths are `<base>/<field>`, in groups `<base>/<group>/<row>/<field>`. */
export function faultsOf(form: FormTrees, answers: Answers, base: string, complete: boolean, known: Known = {}): Issue[] {
  const found: Issue[] = []
  const view = lookAt(form, answers, known)
  const fields = new Map<string, TreeField>()
  for (const page of form.pages) for (const field of page.fields) fields.set(field.code, field)
  for (const code of Object.keys(answers)) if (!fields.has(code)) found.push({ path: `${base}/${code}`, code: 'issue.unknown', params: { name: code } })
  fields.forEach((field) => {
    const seen = view.field(field.code)
    if (!seen.shown || seen.computed || seen.known) return
    const path = `${base}/${field.code}`
    const issue = faultOf(field, seen, complete)
    if (issue) found.push({ path, ...issue })
    else if (field.type === 'group') faultsOfRows(field, view, answers[field.code], path, complete, found)
    else if (!isEmpty(seen.value)) constraint(field, path, view.valueOf, found)
  })
  return found
}
/** A rule that cannot be worked out refuses nothing: what it asks about may not be answered yet. */
function constraint(field: TreeField | TreeRow, path: string, valueOf: (name: string) => Value, found: Issue[]): void {
  if (field.check && work(field.check.when, valueOf) === false) found.push({ path, code: 'issue.form_check', params: { zh: field.check.message.zh, en: field.check.message.en } })
}
function faultsOfRows(group: TreeField, view: Look, answer: Answer | undefined, path: string, complete: boolean, found: Issue[]): void {
  if (!isRows(answer)) return
  const inner = new Map<string, TreeRow>()
  for (const field of group.fields || []) inner.set(field.code, field)
  answer.forEach((row, index) => {
    const seenOf = (code: string) => view.rowField(group.code, index, code)
    for (const code of Object.keys(row)) if (!inner.has(code)) found.push({ path: `${path}/${index}/${code}`, code: 'issue.unknown', params: { name: code } })
    inner.forEach((field) => {
      const seen = seenOf(field.code)
      const at = `${path}/${index}/${field.code}`
      const issue = seen.shown && !seen.computed && !seen.known ? faultOf(field, seen, complete) : undefined
      if (issue) found.push({ path: at, ...issue })
      else if (seen.shown && !isEmpty(seen.value)) constraint(field, at, (name) => { const own = inner.get(name); return own ? asValue(own.type, seenOf(name).value) : view.valueOf(name) }, found)
    })
  })
}

type Fault = Omit<Issue, 'path'> | undefined
const PATTERNS: Partial<Record<FormField['type'], [RegExp, string]>> = {
  area: [/^\d{6}(\d{3}(\d{3})?)?$/, 'issue.area'], phone: [/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/, 'issue.form_phone'], creditCode: [/^[0-9A-HJ-NPQRTUWXY]{18}$/, 'issue.credit_code_shape'],
}
const FILES = 20
export const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
function faultOf(field: TreeField | TreeRow, { value: answer, required }: Seen, complete: boolean): Fault {
  if (Array.isArray(answer) && !isList(field.type)) return { code: 'issue.type' }
  if (isEmpty(answer)) return complete && required ? { code: 'issue.required' } : undefined
  const isChoice = (one: unknown) => (field.codes || []).some((choice) => choice.value === one)
  switch (field.type) {
    case 'boolean': return typeof answer === 'boolean' ? undefined : { code: 'issue.type' }
    case 'number': case 'integer': {
      if (typeof answer !== 'number' || !isFinite(answer)) return { code: 'issue.type' }
      if (field.type === 'integer' && answer % 1) return { code: 'issue.form_integer' }
      if (field.min !== undefined && answer < field.min) return { code: 'issue.too_small', params: { limit: field.min } }
      const limit = field.max === undefined ? 1e12 : field.max
      return answer > limit ? { code: 'issue.too_large', params: { limit } } : undefined
    }
    case 'code': return isChoice(answer) ? undefined : { code: 'issue.choice' }
    case 'day': return typeof answer === 'string' && isDay(answer) ? undefined : { code: 'issue.day' }
    case 'moment': return typeof answer === 'string' && isMoment(answer) ? undefined : { code: 'issue.instant' }
    case 'codes': case 'file': case 'group': {
      if (!Array.isArray(answer)) return { code: 'issue.type' }
      const items = answer as readonly unknown[]
      const isText = (one: unknown) => typeof one === 'string'
      if (field.type === 'group' ? items.some((row) => typeof row !== 'object') : !items.every(isText)) return { code: 'issue.type' }
      if (field.type === 'codes' && !items.every(isChoice)) return { code: 'issue.choice' }
      if (field.type === 'file' && !items.every((one) => FILE_ID.test(String(one)))) return { code: 'issue.id' }
      if (field.type !== 'group' && new Set(items).size !== items.length) return { code: 'issue.duplicate' }
      const limit = field.max === undefined ? (field.type === 'file' ? FILES : 200) : field.max
      if (items.length > limit) return { code: 'issue.too_many', params: { limit } }
      return complete && field.min !== undefined && items.length < field.min ? { code: 'issue.too_few', params: { limit: field.min } } : undefined
    }
    default: return faultOfText(field, answer)
  }
}
function faultOfText(field: TreeField | TreeRow, answer: Answer): Fault {
  if (typeof answer !== 'string') return { code: 'issue.type' }
  const own = PATTERNS[field.type]
  if (own) return own[0].test(answer) ? undefined : { code: own[1] }
  const limit = field.max || (field.type === 'para' ? 2000 : 200)
  const { length } = Array.from(answer)
  if (length > limit) return { code: 'issue.too_long', params: { limit } }
  if (FORBIDDEN.test(answer) || (field.type === 'text' && /[\t\n\r]/.test(answer)) || !answer.trim()) return { code: 'issue.text' }
  if (field.min !== undefined && length < field.min) return { code: 'issue.too_short', params: { limit: field.min } }
  return field.pattern === undefined || patternOf(field.pattern).test(answer) ? undefined : { code: 'issue.format' }
}
const NOTHING = /^/
function patternOf(pattern: string): RegExp {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    // Faulty patterns are refused when a form is written; what a browser of 2017 cannot read, the server will.
    return NOTHING
  }
}
function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) && isDay(text.slice(0, 10)) && !isNaN(Date.parse(text))
}
