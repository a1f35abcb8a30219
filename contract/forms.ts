// Forms as data: pages of typed fields, versioned and effective-dated; interpreted the same way by server and screens.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Instant, PUBLIC, Strict, endpoint } from './base.ts'
import { Choice, Expression, FieldType, dictionaryCode, fieldTypes, knownSources } from './fields.ts'
import { provenance } from './rules.ts'

export { isDay } from './expressions.work.ts'

const fieldCode = Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 60, issue: 'format' })
const common = {
  code: fieldCode, label: Bilingual, help: Type.Optional(Bilingual), required: Type.Optional(Type.Boolean()),
  /** The field of the dictionary that this one asks for. */
  dict: Type.Optional(dictionaryCode),
  /** Bounds of a number, of the length of a text, or of how many a list takes. */
  min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()), unit: Type.Optional(Bilingual),
  codes: Type.Optional(Type.Array(Choice, { maxItems: 300 })), pattern: Type.Optional(Type.String({ maxLength: 200 })),
  visibleWhen: Type.Optional(Expression), requiredWhen: Type.Optional(Expression),
  /** Taken from the register where it knows the answer, asked only where it does not. */
  known: Type.Optional(Code(knownSources)),
  /** Worked out, never typed. */
  computed: Type.Optional(Expression),
  /** What an answer must satisfy beside its type, and what is said when it does not. */
  check: Type.Optional(Strict({ when: Expression, message: Bilingual })),
}
/** A field of the rows of a group; groups do not nest. */
export const RowField = Strict({ ...common, type: FieldType })
export const formFieldTypes = [...fieldTypes, 'group'] as const
export const FormField = Strict({ ...common, type: Code(formFieldTypes), /** Of a group: what each of its rows asks. */ fields: Type.Optional(Type.Array(RowField, { minItems: 1, maxItems: 60 })) })
export type FormField = Static<typeof FormField>
export const FormPage = Strict({ code: Type.String({ minLength: 1, maxLength: 60 }), title: Bilingual, help: Type.Optional(Bilingual), visibleWhen: Type.Optional(Expression), fields: Type.Array(FormField, { maxItems: 200 }) })
export type FormPage = Static<typeof FormPage>
/** For whom a form is made: scenes of the workplace, beginnings of the firm's industry code; nobody named is everybody. */
export const AppliesTo = Strict({ scenes: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' }), { minItems: 1, maxItems: 20 })), industries: Type.Optional(Type.Array(Type.String({ pattern: '^\\d{1,4}$', issue: 'format' }), { minItems: 1, maxItems: 60 })) })
export const formCode = Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$', maxLength: 80, issue: 'format' })
export const Form = Strict({
  code: formCode,
  version: Type.Integer({ minimum: 1, maximum: 100000 }), name: Bilingual, areaCode: AreaCode, effectiveFrom: Instant, appliesTo: Type.Optional(AppliesTo), ...provenance,
  /** Text to read and agree to, such as a pledge; paragraphs end with a line break. */
  statement: Type.Optional(Strict({ zh: Type.String({ maxLength: 8000 }), en: Type.String({ maxLength: 16000 }) })),
  pages: Type.Array(FormPage, { maxItems: 60 }),
})
export type Form = Static<typeof Form>
const Scalar = Type.Union([Type.String({ maxLength: 4000 }), Type.Number(), Type.Boolean(), Type.Null()])
const Several = Type.Array(Type.String({ maxLength: 60 }), { maxItems: 300 })
export const AnswerRow = Type.Record(fieldCode, Type.Union([Scalar, Several]))
export type AnswerRow = Static<typeof AnswerRow>
/** One answer: a value, several codes or files, or the rows of a group. */
export const Answer = Type.Union([Scalar, Several, Type.Array(AnswerRow, { maxItems: 200 })])
export type Answer = Static<typeof Answer>
export const Answers = Type.Record(fieldCode, Answer)
export type Answers = Static<typeof Answers>

export const getForm = endpoint({
  method: 'GET', path: '/api/forms/:code', verb: PUBLIC, summary: 'The version of a form in force for an area and kind of emergency',
  params: Strict({ code: Type.String({ pattern: '^[a-z][A-Za-z0-9.]*$', maxLength: 80, issue: 'format' }) }),
  /** Scene and industry choose the most specific form; a version by number answers whether or not it is in force, as answers given under it need it. */
  query: Strict({ area: AreaCode, kind: Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' }), scene: Type.Optional(Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' })), industry: Type.Optional(Type.String({ pattern: '^[A-T]?\\d{0,4}$', issue: 'format' })), version: Type.Optional(Type.Integer({ minimum: 1 })) }),
  returns: Form, problems: ['forms.none_in_force', 'not_found'],
})
