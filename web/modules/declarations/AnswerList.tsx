// Answers of a plan as they are read: by page, in short rows, only what is shown, what is missing said in words.
import type { FileInfo } from '@fugong/contract/files'
import { isEmpty, look, type Known } from '@fugong/contract/forms.engine'
import type { Answers, Form, FormField } from '@fugong/contract/forms'
import type { ReactNode } from 'react'
import { AnswerText } from '../../base/answer-text.tsx'
import { pick } from '../../base/i18n.ts'

export interface AnswerListProps {
  form: Form
  answers: Answers
  /** What conditions and sums look at beside the answers. */
  known: Known
  files?: readonly FileInfo[]
  /** Beside each answer: a link to change it, a deed to name it as a gap. */
  besideField?: (field: FormField) => ReactNode
  /** Below an answer, over the whole width: the gap that was told about it. */
  underField?: (field: FormField) => ReactNode
  besidePage?: (page: string) => ReactNode
  level?: 'h2' | 'h3'
}
export function AnswerList({ form, answers, known, files = [], besideField, underField, besidePage, level: Heading = 'h3' }: AnswerListProps) {
  const view = look(form, answers, known)
  return form.pages.map((page) => {
    const shown = page.fields.filter((field) => view.field(field.code).shown)
    if (shown.length === 0) return null
    return (
      <section key={page.code} className="fg-answers">
        <div className="fg-answers-head"><Heading>{pick(page.title)}</Heading>{besidePage?.(page.code)}</div>
        <dl>
          {shown.map((field) => {
            const { value, required } = view.field(field.code)
            return (
              <div key={field.code} className={required && isEmpty(value) ? 'fg-answer fg-answer-missing' : 'fg-answer'}>
                <dt>{pick(field.label)}</dt>
                <dd><AnswerText field={field} answer={value} required={required} files={files} />{besideField?.(field)}</dd>
                {underField?.(field)}
              </div>
            )
          })}
        </dl>
      </section>
    )
  })
}

/** Questions that are asked and not answered. */
export function missingIn(form: Form, answers: Answers, known: Known): FormField[] {
  const view = look(form, answers, known)
  return form.pages.flatMap((page) => page.fields).filter((field) => { const seen = view.field(field.code); return seen.required && isEmpty(seen.value) })
}
