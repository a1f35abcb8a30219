// Works out a form against its answers: what is shown, what must be answered, what is computed, and every fault at once.
import type { Issue } from './base.ts'
import { read, work, type Tree, type Value } from './expressions.ts'
import { factName } from './fields.ts'
import { isDay, type Answer, type AnswerRow, type Answers, type Form, type FormField, type FormPage } from './forms.ts'

type Field = Omit<FormField, 'type'> & { type: FormField['type'] }
type RowOf = NonNullable<FormField['fields']>[number]
/** What is known beside the answers: facts of the register by their name in expressions, and the day in Shanghai. */
export interface Known { facts?: Readonly<Record<string, Value>>; today?: string }
/** How one field stands. `value` is what counts: nothing when the field is hidden, the result when it is computed. */
export interface Seen { shown: boolean; required: boolean; value: Answer; computed: boolean; /** Taken from the register: shown, not asked. */ known: boolean }
export interface Look {
  page(code: string): boolean
  field(code: string): Seen
  rowField(group: string, index: number, code: string): Seen
  /** The answers that count: of fields that are shown, with what is computed. */
  effective(): Answers
}

/** Expressions of a form, read once for as long as the form is held. */
const plans = new WeakMap<object, Map<string, Tree | undefined>>()
function treeOf(form: Form, text: string | undefined): Tree | undefined {
  if (text === undefined) return undefined
  let plan = plans.get(form)
  if (!plan) plans.set(form, (plan = new Map()))
  if (!plan.has(text)) {
    const found = read(text)
    plan.set(text, 'tree' in found ? found.tree : undefined)
  }
  return plan.get(text)
}

export const isEmpty = (answer: Answer | undefined): boolean => answer === null || answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)
const isList = (type: FormField['type']) => type === 'codes' || type === 'file' || type === 'group'
export const isRows = (answer: Answer | undefined): answer is AnswerRow[] => Array.isArray(answer) && typeof answer[0] === 'object'

/** A condition that cannot be worked out, because what it asks about is not answered, does not hold. */
export function look(form: Form, answers: Answers, known: Known = {}): Look {
  const places = new Map<string, { field: Field; page: FormPage }>()
  for (const page of form.pages) for (const field of page.fields) places.set(field.code, { field, page })
  const pages = new Map<string, boolean>()
  const kept = new Map<string, Seen>()
  const open = new Set<string>()

  const holds = (text: string | undefined, valueOf: (name: string) => Value): boolean => {
    if (text === undefined) return true
    const tree = treeOf(form, text)
    return tree !== undefined && work(tree, valueOf) === true
  }
  const given = (answer: Answer | undefined): Answer => (answer === undefined || answer === '' ? null : answer)
  const asValue = (type: FormField['type'], value: Answer): Value => (value === null ? (isList(type) ? [] : undefined) : (value as Value))
  const outer = (name: string): Value => {
    if (name === 'today') return known.today
    const place = places.get(name)
    if (!place) return known.facts?.[name]
    const seen = field(name)
    return place.field.type === 'group' ? rowsOf(place.field, seen) : asValue(place.field.type, seen.value)
  }
  /** Rows as sums see them: with what is computed in each, without what is hidden. */
  const rowsOf = (group: Field, seen: Seen): Record<string, unknown>[] =>
    isRows(seen.value) ? seen.value.map((_, index) => Object.fromEntries((group.fields ?? []).map((inner) => [inner.code, rowField(group.code, index, inner.code).value]))) : []
  const page = (code: string): boolean => {
    const before = pages.get(code)
    if (before !== undefined) return before
    // A page that hangs on itself is refused when it is written; here it only must not run for ever.
    pages.set(code, false)
    const shown = holds(form.pages.find((one) => one.code === code)?.visibleWhen, outer)
    pages.set(code, shown)
    return shown
  }
  const judge = (key: string, field: Field | RowOf, answer: Answer | undefined, reachable: () => boolean, valueOf: (name: string) => Value): Seen => {
    const before = kept.get(key)
    if (before) return before
    if (open.has(key)) return HIDDEN
    open.add(key)
    const shown = reachable() && holds(field.visibleWhen, valueOf)
    const computed = field.computed !== undefined
    const fact = field.known === undefined ? undefined : (known.facts?.[factName(field.known)] as Answer | undefined)
    const taken = shown && !computed && !isEmpty(fact)
    let value: Answer = null
    if (taken) value = fact!
    else if (shown) {
      const tree = treeOf(form, field.computed)
      value = computed ? ((tree ? work(tree, valueOf) : undefined) as Answer | undefined) ?? null : given(answer)
    }
    const seen: Seen = { shown, computed, value, required: false, known: taken }
    kept.set(key, seen)
    open.delete(key)
    seen.required = shown && !computed && !taken && (field.required === true || (field.requiredWhen !== undefined && holds(field.requiredWhen, valueOf)))
    return seen
  }
  const field = (code: string): Seen => {
    const place = places.get(code)
    return place ? judge(code, place.field, answers[code], () => page(place.page.code), outer) : HIDDEN
  }
  const rowField = (group: string, index: number, code: string): Seen => {
    const place = places.get(group)
    const inner = place?.field.fields?.find((one) => one.code === code)
    const rows = answers[group]
    const row = isRows(rows) ? rows[index] : undefined
    if (!place || !inner) return HIDDEN
    const valueOf = (name: string): Value => {
      const own = place.field.fields!.find((one) => one.code === name)
      if (!own) return outer(name)
      const seen = rowField(group, index, name)
      return asValue(own.type, seen.value)
    }
    return judge(`${group}/${index}/${code}`, inner, row?.[code], () => field(group).shown, valueOf)
  }
  const effective = (): Answers => {
    const found: Answers = {}
    for (const { field: one } of places.values()) {
      const seen = field(one.code)
      if (isEmpty(seen.value)) continue
      found[one.code] = one.type !== 'group' ? seen.value : rowsOf(one, seen).map((row) => Object.fromEntries(Object.entries(row).filter(([, value]) => !isEmpty(value as Answer)))) as AnswerRow[]
    }
    return found
  }
  return { page, field, rowField, effective }
}
const HIDDEN: Seen = { shown: false, required: false, value: null, computed: false, known: false }

const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF\p{Cs}]/u

/** All faults of answers against their form; `complete` asks for required fields too. Paths are `<base>/<field>`, in groups `<base>/<group>/<row>/<field>`. */
export function checkAnswers(form: Form, answers: Answers, base: string, complete: boolean, known: Known = {}): Issue[] {
  const found: Issue[] = []
  const view = look(form, answers, known)
  const fields = new Map(form.pages.flatMap((page) => page.fields).map((field) => [field.code, field]))
  for (const code of Object.keys(answers)) if (!fields.has(code)) found.push({ path: `${base}/${code}`, code: 'issue.unknown', params: { name: code } })
  for (const field of fields.values()) {
    const seen = view.field(field.code)
    if (!seen.shown || seen.computed || seen.known) continue
    const path = `${base}/${field.code}`
    const issue = checkAnswer(field, seen, complete)
    if (issue) found.push({ path, ...issue })
    else if (field.type === 'group') found.push(...checkRows(form, field, view, answers[field.code], path, complete, (name) => valueIn(view, fields, name, known)))
    else if (!isEmpty(seen.value)) found.push(...constraint(form, field, path, (name) => (name === field.code ? (seen.value as Value) : valueIn(view, fields, name, known))))
  }
  return found
}
function valueIn(view: Look, fields: ReadonlyMap<string, FormField>, name: string, known: Known): Value {
  if (name === 'today') return known.today
  const field = fields.get(name)
  if (!field) return known.facts?.[name]
  const { value } = view.field(name)
  return value === null ? (isList(field.type) ? [] : undefined) : (value as Value)
}
/** A rule that cannot be worked out refuses nothing: what it asks about may not be answered yet. */
function constraint(form: Form, field: Pick<FormField, 'check'>, path: string, valueOf: (name: string) => Value): Issue[] {
  const tree = treeOf(form, field.check?.when)
  return tree && field.check && work(tree, valueOf) === false ? [{ path, code: 'issue.form_check', params: { zh: field.check.message.zh, en: field.check.message.en } }] : []
}
function checkRows(form: Form, group: FormField, view: Look, answer: Answer | undefined, path: string, complete: boolean, outer: (name: string) => Value): Issue[] {
  if (!isRows(answer)) return []
  const inner = new Map((group.fields ?? []).map((field) => [field.code, field]))
  return answer.flatMap((row, index) => {
    const found: Issue[] = Object.keys(row).filter((code) => !inner.has(code)).map((code) => ({ path: `${path}/${index}/${code}`, code: 'issue.unknown', params: { name: code } }))
    for (const field of inner.values()) {
      const seen = view.rowField(group.code, index, field.code)
      const issue = seen.shown && !seen.computed && !seen.known ? checkAnswer(field, seen, complete) : undefined
      if (issue) found.push({ path: `${path}/${index}/${field.code}`, ...issue })
      else if (seen.shown && !isEmpty(seen.value)) found.push(...constraint(form, field, `${path}/${index}/${field.code}`, (name) => (inner.has(name) ? rowValue(view.rowField(group.code, index, name), inner.get(name)!) : outer(name))))
    }
    return found
  })
}

const rowValue = ({ value }: Seen, field: RowOf): Value => (value === null ? (isList(field.type) ? [] : undefined) : (value as Value))

const PATTERNS: Partial<Record<FormField['type'], [RegExp, string]>> = {
  area: [/^\d{6}(\d{3}(\d{3})?)?$/, 'issue.area'], phone: [/^(1[3-9]\d{9}|0\d{2,3}-?\d{7,8})$/, 'issue.form_phone'], creditCode: [/^[0-9A-HJ-NPQRTUWXY]{18}$/, 'issue.credit_code_shape'],
}
const FILES = 20
function checkAnswer(field: FormField | RowOf, { value: answer, required }: Seen, complete: boolean): Omit<Issue, 'path'> | undefined {
  if (Array.isArray(answer) && !isList(field.type)) return { code: 'issue.type' }
  if (isEmpty(answer)) return complete && required ? { code: 'issue.required' } : undefined
  switch (field.type) {
    case 'boolean': return typeof answer === 'boolean' ? undefined : { code: 'issue.type' }
    case 'number': case 'integer':
      if (typeof answer !== 'number' || !Number.isFinite(answer)) return { code: 'issue.type' }
      if (field.type === 'integer' && !Number.isInteger(answer)) return { code: 'issue.form_integer' }
      if (field.min !== undefined && answer < field.min) return { code: 'issue.too_small', params: { limit: field.min } }
      return answer > (field.max ?? 1e12) ? { code: 'issue.too_large', params: { limit: field.max ?? 1e12 } } : undefined
    case 'code': return field.codes?.some((choice) => choice.value === answer) ? undefined : { code: 'issue.choice' }
    case 'day': return typeof answer === 'string' && isDay(answer) ? undefined : { code: 'issue.day' }
    case 'moment': return typeof answer === 'string' && isMoment(answer) ? undefined : { code: 'issue.instant' }
    case 'codes': case 'file': case 'group': {
      if (!Array.isArray(answer)) return { code: 'issue.type' }
      if (field.type === 'group' ? answer.some((row) => typeof row !== 'object') : answer.some((one) => typeof one !== 'string')) return { code: 'issue.type' }
      if (field.type === 'codes' && (answer as string[]).some((one) => !field.codes?.some((choice) => choice.value === one))) return { code: 'issue.choice' }
      if (field.type === 'file' && !(answer as string[]).every((one) => FILE_ID.test(one))) return { code: 'issue.id' }
      if (field.type !== 'group' && new Set(answer as string[]).size !== answer.length) return { code: 'issue.duplicate' }
      const limit = field.max ?? (field.type === 'file' ? FILES : 200)
      if (answer.length > limit) return { code: 'issue.too_many', params: { limit } }
      return complete && field.min !== undefined && answer.length < field.min ? { code: 'issue.too_few', params: { limit: field.min } } : undefined
    }
    default: return checkText(field, answer)
  }
}
function checkText(field: FormField | RowOf, answer: Answer): Omit<Issue, 'path'> | undefined {
  if (typeof answer !== 'string') return { code: 'issue.type' }
  const own = PATTERNS[field.type]
  if (own) return own[0].test(answer) ? undefined : { code: own[1] }
  const limit = field.max ?? (field.type === 'para' ? 2000 : 200)
  const length = [...answer].length
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
    // Faulty patterns are refused when a form is written.
    return NOTHING
  }
}
function isMoment(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/.test(text) && isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text))
}

const FILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Files that one answer names. */
export function filesIn(answer: Answer | undefined): string[] {
  if (!Array.isArray(answer)) return []
  return answer.flatMap((one) => (typeof one === 'string' ? (FILE_ID.test(one) ? [one] : []) : Object.values(one).flatMap((inner) => filesIn(inner as Answer))))
}
/** Files that answers name, each once. */
export const filesAmong = (answers: Answers): string[] => [...new Set(Object.values(answers).flatMap(filesIn))]
