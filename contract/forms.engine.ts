// Works forms as they are written: reads their expressions once, then asks forms.work.ts and forms.faults.ts, which phones ask too.
import type { Issue } from './base.ts'
import { read, type Tree } from './expressions.ts'
import { factName } from './fields.ts'
import { FILE_ID, faultsOf } from './forms.faults.ts'
import type { Answer, Answers, Form, FormField } from './forms.ts'
import { lookAt, type FormTrees, type Known, type Look, type TreeField, type TreeRow } from './forms.work.ts'

export { isEmpty, isRows, type Known, type Look, type Seen } from './forms.work.ts'

/** Of an expression that cannot be read nothing holds and nothing comes: no field has an empty name. Faulty ones are refused when a form is written. */
const UNREADABLE: Tree = ['$', '']
const treeOf = (text: string): Tree => { const found = read(text); return 'tree' in found ? found.tree : UNREADABLE }

const plans = new WeakMap<Form, FormTrees>()
/** The form with its expressions read, as phones are sent it; kept for as long as the form is held. */
export function treesOf(form: Form): FormTrees {
  const before = plans.get(form)
  if (before) return before
  const { code, version, name, statement } = form
  const pages = form.pages.map(({ code: own, title, help, visibleWhen, fields }) => ({
    code: own, title, ...(help && { help }), ...(visibleWhen !== undefined && { visibleWhen: treeOf(visibleWhen) }),
    fields: fields.map((field): TreeField => ({ ...withTrees(field), ...(field.fields && { fields: field.fields.map(withTrees) }) })),
  }))
  const plan: FormTrees = { code, version, name, ...(statement && { statement }), pages }
  plans.set(form, plan)
  return plan
}
function withTrees<F extends FormField | NonNullable<FormField['fields']>[number]>(field: F): Omit<F, 'fields'> & TreeRow {
  const { visibleWhen, requiredWhen, computed, check, known, dict: _, fields: __, ...rest } = field as FormField
  return {
    ...rest, ...(visibleWhen !== undefined && { visibleWhen: treeOf(visibleWhen) }), ...(requiredWhen !== undefined && { requiredWhen: treeOf(requiredWhen) }), ...(computed !== undefined && { computed: treeOf(computed) }),
    ...(check && { check: { when: treeOf(check.when), message: check.message } }), ...(known !== undefined && { known: factName(known) }),
  } as Omit<F, 'fields'> & TreeRow
}

export const look = (form: Form, answers: Answers, known: Known = {}): Look => lookAt(treesOf(form), answers, known)
/** All faults of answers against their form; `complete` asks for required fields too. Paths are `<base>/<field>`, in groups `<base>/<group>/<row>/<field>`. */
export const checkAnswers = (form: Form, answers: Answers, base: string, complete: boolean, known: Known = {}): Issue[] => faultsOf(treesOf(form), answers, base, complete, known)

/** Files that one answer names. */
export function filesIn(answer: Answer | undefined): string[] {
  if (!Array.isArray(answer)) return []
  return answer.flatMap((one) => (typeof one === 'string' ? (FILE_ID.test(one) ? [one] : []) : Object.values(one).flatMap((inner) => filesIn(inner as Answer))))
}
/** Files that answers name, each once. */
export const filesAmong = (answers: Answers): string[] => [...new Set(Object.values(answers).flatMap(filesIn))]
