// A normal day in the words of the form: which answers it means, and which questions are still worth asking.
import type { Answers } from '@fugong/contract/forms'
import { lookAt, type FormTrees, type TreeField } from '@fugong/contract/forms.work'

/** Nothing to tell: no to every question, none of every list. A number has no normal answer: it is measured, or left out. */
export function normalAnswers(form: FormTrees): Answers {
  const answers: Answers = {}
  for (const page of form.pages) for (const field of page.fields) {
    if (field.type === 'boolean') answers[field.code] = false
    if (field.type === 'code' && (field.codes || []).some(({ value }) => value === 'none')) answers[field.code] = 'none'
  }
  // Only what is shown on such a day is said.
  const look = lookAt(form, answers)
  for (const code of Object.keys(answers)) if (!look.field(code).shown) delete answers[code]
  return answers
}
/** Numbers that the form asks for on a normal day. */
export function measuresOf(form: FormTrees): TreeField[] {
  const look = lookAt(form, normalAnswers(form))
  const found: TreeField[] = []
  for (const page of form.pages) for (const field of page.fields) if (field.type === 'number' && look.field(field.code).shown) found.push(field)
  return found
}
/** What these answers say, question by question; the measured ones apart. */
export function readOut(form: FormTrees, answers: Answers): TreeField[] {
  const look = lookAt(form, answers)
  const found: TreeField[] = []
  for (const page of form.pages) for (const field of page.fields) if (field.type !== 'number' && look.field(field.code).shown && (field.code in answers || field.type === 'codes')) found.push(field)
  return found
}
/** The same again: what the form still asks, without what is measured each time. */
export function sameAgain(form: FormTrees, before: Answers): Answers {
  const answers: Answers = {}
  for (const page of form.pages) for (const { code, type } of page.fields) if (type !== 'number' && before[code] !== undefined) answers[code] = before[code]!
  const look = lookAt(form, answers)
  for (const code of Object.keys(answers)) if (!look.field(code).shown) delete answers[code]
  return answers
}
/** One step of 0.1 from a temperature as it was typed; the first step begins at what most people have. */
const USUAL = 36.5
export function stepped(field: Pick<TreeField, 'min' | 'max'>, value: unknown, by: number): number {
  const { min = -Infinity, max = Infinity } = field
  const usual = USUAL >= min && USUAL <= max ? USUAL : min === -Infinity ? 0 : min
  const next = typeof value === 'number' ? Math.round((value + by) * 10) / 10 : usual
  return Math.max(min, Math.min(max, next))
}
