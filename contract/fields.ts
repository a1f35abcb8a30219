// The dictionary of fields: what every question of every form is called, how it is answered, and who already knows it.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Instant, Strict } from './base.ts'

/** How a field is answered. `para` is text of several lines, `codes` takes several of a list, `moment` a day with its time. */
export const fieldTypes = ['boolean', 'text', 'para', 'number', 'integer', 'code', 'codes', 'day', 'moment', 'file', 'area', 'phone', 'creditCode'] as const
export const FieldType = Code(fieldTypes)
export type FieldType = (typeof fieldTypes)[number]
export const Choice = Strict({ value: Type.String({ minLength: 1, maxLength: 60 }), label: Bilingual })
export type Choice = Static<typeof Choice>
/** A condition or a sum, see contract/expressions.ts. */
export const Expression = Type.String({ minLength: 1, maxLength: 400 })

/** What the system knows of a firm and its workplace without asking; the rooms hand the values in. */
export const knownSources = [
  'enterprise.name', 'enterprise.creditCode', 'enterprise.industryCode', 'enterprise.class',
  'workplace.name', 'workplace.scene', 'workplace.district', 'workplace.street', 'workplace.address',
  'declaration.headcount', 'declaration.plannedDate',
] as const
export type KnownSource = (typeof knownSources)[number]
/** Those that are numbers; all others are texts. */
export const numericSources: ReadonlySet<string> = new Set<KnownSource>(['declaration.headcount'])
/** `open` may be published; `internal` is for offices and the firm; `personal` and `sensitive` concern a person and are not asked in forms, whose answers many may read. */
export const sensitivities = ['open', 'internal', 'personal', 'sensitive'] as const

export const dictionaryCode = Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)+$', maxLength: 80, issue: 'format' })
export const DictionaryField = Strict({
  code: dictionaryCode, version: Type.Integer({ minimum: 1, maximum: 100000 }), name: Bilingual,
  /** Other words for the same thing, by which a form that asks again is found. */
  synonyms: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 60 }), { maxItems: 20 })),
  type: FieldType, unit: Type.Optional(Bilingual), codes: Type.Optional(Type.Array(Choice, { maxItems: 300 })),
  /** Bounds of a number, or of the length of a text. */
  min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()), pattern: Type.Optional(Type.String({ maxLength: 200 })),
  /** A condition on `value` (and `today`) beside the bounds. */
  check: Type.Optional(Expression),
  /** Who knows it: `asked` when nobody does. */
  source: Code(['asked', ...knownSources]),
  sensitivity: Code(sensitivities),
  purpose: Strict({ zh: Type.String({ minLength: 1, maxLength: 400 }), en: Type.String({ minLength: 1, maxLength: 800 }) }),
  areaCode: AreaCode, effectiveFrom: Instant,
})
export type DictionaryField = Static<typeof DictionaryField>

/** The name by which expressions know a fact of the register: `workplace.scene` → `workplace_scene`. */
export const factName = (code: string): string => code.replaceAll('.', '_')
