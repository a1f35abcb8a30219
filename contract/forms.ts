// Forms as data: pages of typed fields, versioned and effective-dated; interpreted the same way by server and screens.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Instant, PUBLIC, Strict, endpoint, type Issue } from './base.ts'
import { provenance } from './rules.ts'

export const FormField = Strict({
  code: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60, issue: 'format' }),
  type: Code(['boolean', 'text', 'para', 'number', 'code', 'day']),
  label: Bilingual, help: Type.Optional(Bilingual), required: Type.Optional(Type.Boolean()),
  min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()), unit: Type.Optional(Bilingual),
  codes: Type.Optional(Type.Array(Strict({ value: Type.String({ maxLength: 60 }), label: Bilingual }))),
})
export type FormField = Static<typeof FormField>
export const FormPage = Strict({ code: Type.String({ maxLength: 60 }), title: Bilingual, fields: Type.Array(FormField) })
export const Form = Strict({
  code: Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$', maxLength: 80, issue: 'format' }),
  version: Type.Integer({ minimum: 1 }), name: Bilingual, areaCode: AreaCode, effectiveFrom: Instant, ...provenance,
  /** Text to read and agree to, such as a pledge; paragraphs end with a line break. */
  statement: Type.Optional(Strict({ zh: Type.String({ maxLength: 8000 }), en: Type.String({ maxLength: 16000 }) })),
  pages: Type.Array(FormPage),
})
export type Form = Static<typeof Form>
export const Answer = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean(), Type.Null()])
export const Answers = Type.Record(Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60 }), Answer)
export type Answers = Static<typeof Answers>

export const getForm = endpoint({
  method: 'GET', path: '/api/forms/:code', verb: PUBLIC, summary: 'The version of a form in force for an area and kind of emergency',
  params: Strict({ code: Type.String({ pattern: '^[a-z][A-Za-z0-9.]*$', maxLength: 80, issue: 'format' }) }),
  query: Strict({ area: AreaCode, kind: Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' }) }),
  returns: Form, problems: ['forms.none_in_force'],
})

const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u200B\u200E\u200F\u2028-\u202E\u2060\u2066-\u2069\uFEFF\uFFFE\uFFFF\p{Cs}]/u

/** All faults of answers against their form; `complete` asks for required fields too. Paths are `<base>/<field>`. */
export function checkAnswers(form: Form, answers: Answers, base: string, complete: boolean): Issue[] {
  const found: Issue[] = []
  const fields = new Map(form.pages.flatMap((page) => page.fields).map((field) => [field.code, field]))
  for (const code of Object.keys(answers)) if (!fields.has(code)) found.push({ path: `${base}/${code}`, code: 'issue.unknown', params: { name: code } })
  for (const field of fields.values()) {
    const issue = checkAnswer(field, Object.hasOwn(answers, field.code) ? answers[field.code] : null, complete)
    if (issue) found.push({ path: `${base}/${field.code}`, ...issue })
  }
  return found
}

function checkAnswer(field: FormField, answer: Answers[string] | undefined, complete: boolean): Omit<Issue, 'path'> | undefined {
  const empty = answer === null || answer === undefined || answer === ''
  if (empty) return complete && field.required ? { code: 'issue.required' } : undefined
  switch (field.type) {
    case 'boolean': return typeof answer === 'boolean' ? undefined : { code: 'issue.type' }
    case 'number':
      if (typeof answer !== 'number' || !Number.isFinite(answer)) return { code: 'issue.type' }
      if (field.min !== undefined && answer < field.min) return { code: 'issue.too_small', params: { limit: field.min } }
      return answer > (field.max ?? 1e12) ? { code: 'issue.too_large', params: { limit: field.max ?? 1e12 } } : undefined
    case 'code': return field.codes?.some((choice) => choice.value === answer) ? undefined : { code: 'issue.choice' }
    case 'day': return typeof answer === 'string' && isDay(answer) ? undefined : { code: 'issue.day' }
    default: {
      if (typeof answer !== 'string') return { code: 'issue.type' }
      const limit = field.max ?? (field.type === 'para' ? 2000 : 200)
      if ([...answer].length > limit) return { code: 'issue.too_long', params: { limit } }
      return FORBIDDEN.test(answer) || (field.type === 'text' && /[\t\n\r]/.test(answer)) || !answer.trim() ? { code: 'issue.text' } : undefined
    }
  }
}

/** Whether `2020-02-30` and the like are real days. */
export function isDay(text: string): boolean {
  const date = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  return date !== undefined && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}
