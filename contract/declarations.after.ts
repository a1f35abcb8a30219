// What becomes of a declaration once it is filed: given up, corrected, and how it stands since with the reason.
import { Type, type Static } from 'typebox'
import { Bilingual, Day, Id, Nullable, Para, Strict, endpoint } from './base.ts'
import { Declaration } from './declarations.ts'
import { Answer, Answers } from './forms.ts'
import { Decision } from './rules.ts'

/** One corrected field with the rule that allowed it; `code` as in `Difference`. */
export const CorrectedItem = Type.Object({ code: Type.String(), before: Answer, after: Answer, sentence: Bilingual, table: Type.String(), version: Type.Integer(), row: Type.String() })
export type CorrectedItem = Static<typeof CorrectedItem>
export const Correction = Type.Object({ no: Type.Integer(), at: Type.String(), by: Nullable(Type.String()), reason: Type.String(), items: Type.Array(CorrectedItem) })
export type Correction = Static<typeof Correction>

const params = Strict({ id: Id })
const revision = Type.Integer({ minimum: 1 })
export const withdrawFiling = endpoint({
  method: 'POST', path: '/api/declarations/:id/withdraw-filing', verb: 'declaration.open', summary: 'Give a filing up; its certificate is withdrawn for good', params, body: Strict({ revision, reason: Para(300) }), returns: Declaration,
  problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'declarations.suspended_kept', 'certificates.state_refused'],
})
/** What is given is judged field by field by the table in force; every field that needs a new declaration is told at once, and nothing is saved then. */
export const correctDeclaration = endpoint({
  method: 'POST', path: '/api/declarations/:id/corrections', verb: 'declaration.open', summary: 'Correct a filing within what the table allows', params,
  body: Strict({
    revision, reason: Para(300), plannedDate: Type.Optional(Day), headcount: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000000 })), answers: Type.Optional(Answers),
    /** Take over names and address as they stand in the register now. */
    names: Type.Optional(Type.Literal(true)),
  }),
  returns: Declaration, problems: ['not_found', 'conflict.changed', 'declarations.state_refused', 'declarations.nothing_corrected', 'rules.no_table', 'rules.no_row'],
})
export const getAfter = endpoint({
  method: 'GET', path: '/api/declarations/:id/after', verb: 'declaration.read', summary: 'How a filing stands, why, and what was corrected since', params,
  returns: Type.Object({
    standing: Nullable(Type.String()), since: Nullable(Type.String()), reason: Nullable(Type.String()),
    /** The rule by which it was closed with its firm, where one decided. */
    decision: Nullable(Decision), corrections: Type.Array(Correction),
    /** Whether names and address in the register differ from the filing. */
    namesDiffer: Type.Boolean(),
    /** Which kinds of entry the table lets the firm correct, as its rows say it. */
    rules: Type.Array(Bilingual), can: Type.Array(Type.String()),
  }),
  problems: ['not_found'],
})
