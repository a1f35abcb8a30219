// Answers of a plan as they are read: by page, in short rows, what is missing said in words.
import type { Answers, Form, FormField } from '@fugong/contract/forms'
import type { ReactNode } from 'react'
import { number } from '../../base/format.ts'
import { pick, useText } from '../../base/i18n.ts'

export interface AnswerListProps {
  form: Form
  answers: Answers
  /** Beside each answer: a link to change it, a deed to name it as a gap. */
  besideField?: (field: FormField) => ReactNode
  /** Below an answer, over the whole width: the gap that was told about it. */
  underField?: (field: FormField) => ReactNode
  besidePage?: (page: string) => ReactNode
  level?: 'h2' | 'h3'
}
export function AnswerList({ form, answers, besideField, underField, besidePage, level: Heading = 'h3' }: AnswerListProps) {
  return form.pages.map((page) => (
    <section key={page.code} className="fg-answers">
      <div className="fg-answers-head"><Heading>{pick(page.title)}</Heading>{besidePage?.(page.code)}</div>
      <dl>
        {page.fields.map((field) => (
          <div key={field.code} className={isMissing(field, answers) ? 'fg-answer fg-answer-missing' : 'fg-answer'}>
            <dt>{pick(field.label)}</dt>
            <dd><AnswerText field={field} answer={answers[field.code]} />{besideField?.(field)}</dd>
            {underField?.(field)}
          </div>
        ))}
      </dl>
    </section>
  ))
}

export function isMissing(field: FormField, answers: Answers): boolean {
  const answer = answers[field.code]
  return Boolean(field.required) && (answer === null || answer === undefined || answer === '')
}

function AnswerText({ field, answer }: { field: FormField; answer: Answers[string] | undefined }) {
  const t = useText('declarations')
  if (answer === null || answer === undefined || answer === '') return <span className={field.required ? 'fg-answer-none' : 'fg-quiet'}>{t(field.required ? 'answer.missing' : 'answer.none')}</span>
  if (typeof answer === 'boolean') return <span className={answer ? 'fg-answer-yes' : 'fg-answer-no'}>{t(answer ? 'yes' : 'no')}</span>
  if (field.type === 'number' && typeof answer === 'number') return <span className="fg-num">{number(answer)}{field.unit ? ` ${pick(field.unit)}` : ''}</span>
  if (field.type === 'code') {
    const choice = field.codes?.find((other) => other.value === answer)
    return <span>{choice ? pick(choice.label) : String(answer)}</span>
  }
  return <span className="fg-answer-text">{String(answer)}</span>
}
