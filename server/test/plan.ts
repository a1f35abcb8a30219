// A complete control plan for any form: what a firm with everything in place would answer.
import type { Answers, Form } from '@fugong/contract/forms'

/** Answers every required field; `words` stands in every free text. */
export function plan(form: Form, words = '已落实'): Answers {
  const answers: Answers = {}
  for (const field of form.pages.flatMap((page) => page.fields)) {
    if (field.computed !== undefined) continue
    if (field.type === 'boolean') answers[field.code] = true
    else if (field.type === 'number' || field.type === 'integer') answers[field.code] = field.min ?? 3
    else if (field.type === 'code') answers[field.code] = field.codes![0]!.value
    else if (field.type === 'day') answers[field.code] = '2020-03-02'
    else if (field.type === 'codes') answers[field.code] = [field.codes![0]!.value]
    else answers[field.code] = words
  }
  return answers
}
