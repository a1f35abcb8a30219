// The burden meter: how many questions a form puts to a firm, how long they are taken to need, and what was asked in a week.
import { Type, type Static } from 'typebox'
import { Bilingual, Day, Nullable, Strict, endpoint } from './base.ts'
import { isRows, look, type Known } from './forms.engine.ts'
import type { Answers, Form, FormField } from './forms.ts'

/** Seconds to answer one question, by kind of answer, and to open and send a form at all. */
export const BurdenRates = Type.Object({ version: Type.Integer(), source: Type.Object({ zh: Type.String(), en: Type.String() }), openingSeconds: Type.Integer(), secondsByType: Type.Record(Type.String(), Type.Integer()) })
export type BurdenRates = Static<typeof BurdenRates>
export interface Load { fields: number; seconds: number }

const none: Load = { fields: 0, seconds: 0 }
const plus = (a: Load, b: Load): Load => ({ fields: a.fields + b.fields, seconds: a.seconds + b.seconds })
const one = (field: Pick<FormField, 'type'>, rates: BurdenRates): Load => ({ fields: 1, seconds: rates.secondsByType[field.type] ?? 0 })
const opened = (load: Load, rates: BurdenRates): Load => ({ fields: load.fields, seconds: load.seconds + rates.openingSeconds })

/** What a filled form asked: questions that were shown, not known and not worked out; each row of a group counts. */
export function loadOf(form: Form, answers: Answers, known: Known, rates: BurdenRates): Load {
  const view = look(form, answers, known)
  const asked = ({ shown, known: taken, computed }: { shown: boolean; known: boolean; computed: boolean }) => shown && !taken && !computed
  const all = form.pages.flatMap((page) => page.fields).flatMap((field): Load[] => {
    if (!asked(view.field(field.code))) return []
    if (field.type !== 'group') return [one(field, rates)]
    const rows = answers[field.code]
    return isRows(rows) ? rows.flatMap((_, index) => (field.fields ?? []).filter((inner) => asked(view.rowField(field.code, index, inner.code))).map((inner) => one(inner, rates))) : []
  })
  return opened(all.reduce(plus, none), rates)
}
/** What a form can ask: at least, when no condition holds, and at most, when all do and each group has one row. What the register may know counts at most only. */
export function rangeOf(form: Form, rates: BurdenRates): { least: Load; most: Load } {
  let [least, most] = [none, none]
  for (const page of form.pages) for (const field of page.fields) {
    if (field.computed !== undefined) continue
    const inner = field.type === 'group' ? (field.fields ?? []).filter((row) => row.computed === undefined) : [field]
    most = inner.map((row) => one(row, rates)).reduce(plus, most)
    if (page.visibleWhen === undefined && field.visibleWhen === undefined && field.known === undefined && field.type !== 'group') least = plus(least, one(field, rates))
  }
  return { least: opened(least, rates), most: opened(most, rates) }
}

const asked = { submissions: Type.Integer(), firms: Type.Integer(), fields: Type.Integer(), seconds: Type.Integer() }
export const BurdenForm = Type.Object({ code: Type.String(), kind: Nullable(Type.String()), version: Type.Integer(), name: Bilingual, leastFields: Type.Integer(), leastSeconds: Type.Integer(), mostFields: Type.Integer(), mostSeconds: Type.Integer(), ...asked })
export const BurdenUnit = Type.Object({ key: Type.String(), unit: Nullable(Bilingual), ...asked })
/** One week in Asia/Shanghai, Monday to Sunday, within the reader's scope; `firms` are different firms. */
export const getBurden = endpoint({
  method: 'GET', path: '/api/burden', verb: 'burden.read', summary: 'Questions and minutes asked of firms in a week, by form and by unit',
  query: Strict({ week: Type.Optional(Day) }),
  returns: Type.Object({ from: Type.String(), to: Type.String(), rates: BurdenRates, total: Type.Object(asked), forms: Type.Array(BurdenForm), units: Type.Array(BurdenUnit) }),
})
