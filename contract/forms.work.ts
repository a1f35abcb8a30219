// Works a form out against its answers: what is shown, what must be answered, what is computed. Runs on phones too: types alone are imported but for the evaluator, and nothing is used that a browser of 2017 lacks.
import type { Bilingual } from './base.ts'
import { work, type Tree, type Value } from './expressions.work.ts'
import type { Answer, AnswerRow, Answers, Form, FormField, FormPage } from './forms.ts'

/** A form whose conditions and sums have been read into trees, without what only its authors need; `known` is the name of a fact. */
type WithTrees<F> = Omit<F, 'visibleWhen' | 'requiredWhen' | 'computed' | 'check' | 'known' | 'fields' | 'dict'> & { visibleWhen?: Tree; requiredWhen?: Tree; computed?: Tree; check?: { when: Tree; message: Bilingual }; known?: string }
export type TreeRow = WithTrees<NonNullable<FormField['fields']>[number]>
export type TreeField = WithTrees<FormField> & { fields?: TreeRow[] }
export type TreePage = Pick<FormPage, 'code' | 'title' | 'help'> & { visibleWhen?: Tree; fields: TreeField[] }
export type FormTrees = Pick<Form, 'code' | 'version' | 'name' | 'statement'> & { pages: TreePage[] }

/** What is known beside the answers: facts of the register by their name in expressions, and the day in Shanghai. */
export interface Known { facts?: Readonly<Record<string, Value>>; today?: string }
/** How one field stands. `value` is what counts: nothing when the field is hidden, the result when it is computed. */
export interface Seen { shown: boolean; required: boolean; value: Answer; computed: boolean; /** Taken from the register: shown, not asked. */ known: boolean }
export interface Look {
  page(code: string): boolean
  field(code: string): Seen
  rowField(group: string, index: number, code: string): Seen
  /** What an expression finds under a name: an answer that counts, a fact, the day. */
  valueOf(name: string): Value
  /** The answers that count: of fields that are shown, with what is computed. */
  effective(): Answers
}

export const isEmpty = (answer: Answer | undefined): boolean => answer === null || answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)
export const isList = (type: FormField['type']): boolean => type === 'codes' || type === 'file' || type === 'group'
export const isRows = (answer: Answer | undefined): answer is AnswerRow[] => Array.isArray(answer) && typeof answer[0] === 'object'
/** An answer as expressions see it: none, or one of another type than its field's, is unknown; a list that is not there is empty. */
export function asValue(type: FormField['type'], value: Answer): Value {
  if (isList(type)) return Array.isArray(value) ? (value as Value) : []
  return typeof value === (type === 'boolean' ? 'boolean' : type === 'number' || type === 'integer' ? 'number' : 'string') ? (value as Value) : undefined
}
const HIDDEN: Seen = { shown: false, required: false, value: null, computed: false, known: false }

/** A condition that cannot be worked out, because what it asks about is not answered, does not hold. */
export function lookAt(form: FormTrees, answers: Answers, known: Known = {}): Look {
  const places = new Map<string, { field: TreeField; page: TreePage }>()
  for (const page of form.pages) for (const field of page.fields) places.set(field.code, { field, page })
  const pages = new Map<string, boolean>()
  const kept = new Map<string, Seen>()
  const open = new Set<string>()
  const facts = known.facts || {}

  const holds = (tree: Tree | undefined, valueOf: (name: string) => Value): boolean => tree === undefined || work(tree, valueOf) === true
  const valueOf = (name: string): Value => {
    if (name === 'today') return known.today
    const place = places.get(name)
    if (!place) return facts[name]
    const seen = field(name)
    return place.field.type === 'group' ? rowsOf(place.field, seen, true) : asValue(place.field.type, seen.value)
  }
  /** Rows with what is computed in each, without what is hidden; for sums with gaps, else what was answered alone. */
  const rowsOf = (group: TreeField, seen: Seen, gaps: boolean): AnswerRow[] =>
    isRows(seen.value) ? seen.value.map((_, index) => {
      const row: AnswerRow = {}
      for (const { code } of group.fields || []) {
        const { value } = rowField(group.code, index, code)
        if (gaps || !isEmpty(value)) row[code] = value as AnswerRow[string]
      }
      return row
    }) : []
  const page = (code: string): boolean => {
    const before = pages.get(code)
    if (before !== undefined) return before
    // A page that hangs on itself is refused when it is written; here it only must not run for ever.
    pages.set(code, false)
    const own = form.pages.find((one) => one.code === code)
    const shown = holds(own && own.visibleWhen, valueOf)
    pages.set(code, shown)
    return shown
  }
  const judge = (key: string, one: TreeField | TreeRow, answer: Answer | undefined, reachable: () => boolean, at: (name: string) => Value): Seen => {
    const before = kept.get(key)
    if (before) return before
    if (open.has(key)) return HIDDEN
    open.add(key)
    const shown = reachable() && holds(one.visibleWhen, at)
    const computed = one.computed !== undefined
    const fact = one.known === undefined ? undefined : (facts[one.known] as Answer | undefined)
    const taken = shown && !computed && !isEmpty(fact)
    let value: Answer = null
    if (taken) value = fact!
    else if (shown) {
      const found = one.computed ? (work(one.computed, at) as Answer | undefined) : answer
      value = found === undefined || (found === '' && !computed) ? null : found
    }
    const seen: Seen = { shown, computed, value, required: false, known: taken }
    kept.set(key, seen)
    open.delete(key)
    seen.required = shown && !computed && !taken && (one.required === true || (one.requiredWhen !== undefined && holds(one.requiredWhen, at)))
    return seen
  }
  const field = (code: string): Seen => {
    const place = places.get(code)
    return place ? judge(code, place.field, answers[code], () => page(place.page.code), valueOf) : HIDDEN
  }
  const rowField = (group: string, index: number, code: string): Seen => {
    const place = places.get(group)
    const inner = place && (place.field.fields || []).find((one) => one.code === code)
    const rows = answers[group]
    const row = isRows(rows) ? rows[index] : undefined
    if (!place || !inner) return HIDDEN
    const at = (name: string): Value => {
      const own = place.field.fields!.find((one) => one.code === name)
      return own ? asValue(own.type, rowField(group, index, name).value) : valueOf(name)
    }
    return judge(`${group}/${index}/${code}`, inner, row && row[code], () => field(group).shown, at)
  }
  const effective = (): Answers => {
    const found: Answers = {}
    places.forEach(({ field: one }) => {
      const seen = field(one.code)
      if (!isEmpty(seen.value)) found[one.code] = one.type === 'group' ? rowsOf(one, seen, false) : seen.value
    })
    return found
  }
  return { page, field, rowField, valueOf, effective }
}
