// The grammar of decision tables (typed columns, CEL cells, effective dates) and the endpoints that show and change them.
import { Type, type Static } from 'typebox'
import { AreaCode, Bilingual, Code, Id, Instant, Issue, Line, Nullable, OptionalLine, Paged, Para, Strict, endpoint, pageQuery } from './base.ts'

const codeName = Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$', maxLength: 80, issue: 'format' })
const Kind = Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' })
const Choice = Strict({ value: Line(60), label: Bilingual })
export const Column = Strict({
  name: Type.String({ pattern: '^[a-z][A-Za-z0-9]*$', maxLength: 40, issue: 'format' }),
  type: Code(['code', 'text', 'number', 'boolean']),
  label: Bilingual,
  codes: Type.Optional(Type.Array(Choice)),
  whenTrue: Type.Optional(Bilingual), whenFalse: Type.Optional(Bilingual),
  /** For numbers: what they count (万元), the smallest and largest value that can occur, and whether they are whole. */
  unit: Type.Optional(Bilingual), min: Type.Optional(Type.Number()), max: Type.Optional(Type.Number()), whole: Type.Optional(Type.Literal(true)),
  /** For number inputs: the value may be missing. A cell asks `staff == null`; no comparison holds of a missing value. */
  optional: Type.Optional(Type.Literal(true)),
})
export type Column = Static<typeof Column>
export const Cell = Nullable(Type.Union([Type.String(), Type.Number(), Type.Boolean()]))
export const TableRow = Strict({
  id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,40}$', issue: 'format' }),
  /** A CEL condition per input column; an absent column means any. */
  when: Type.Record(Type.String(), Type.String({ maxLength: 400 })),
  then: Type.Record(Type.String(), Cell),
  because: Type.Optional(Bilingual),
})
/** A case with the result its author expects; every check runs all of them. `expect` names the outputs that matter. */
export const TableExample = Strict({
  inputs: Type.Record(Type.String(), Cell), expect: Type.Record(Type.String(), Cell), note: Type.Optional(OptionalLine(200)),
})
export type TableExample = Static<typeof TableExample>
/** Where a piece of policy data comes from and what its reader should know of it. */
export const provenance = {
  source: Strict({ zh: Type.String({ minLength: 1, maxLength: 1000 }), en: Type.String({ minLength: 1, maxLength: 2000 }) }),
  year: Type.Optional(Type.Integer()),
  note: Type.Optional(Strict({ zh: Type.String({ maxLength: 2000 }), en: Type.String({ maxLength: 4000 }) })),
}
export const DecisionTable = Strict({
  code: codeName, version: Type.Integer({ minimum: 1, maximum: 100000 }), name: Bilingual,
  areaCode: AreaCode, effectiveFrom: Instant, hit: Code(['first']), ...provenance,
  inputs: Type.Array(Column, { minItems: 1, maxItems: 30 }), outputs: Type.Array(Column, { minItems: 1, maxItems: 30 }),
  rows: Type.Array(TableRow, { minItems: 1, maxItems: 2000 }),
  examples: Type.Optional(Type.Array(TableExample, { maxItems: 200 })),
})
export type DecisionTable = Static<typeof DecisionTable>

/** What was decided, by which row of which version, from what; printed as a sentence in both languages. */
export const Decision = Type.Object({
  table: Type.String(), version: Type.Integer(), row: Type.String(), at: Type.String(),
  inputs: Type.Record(Type.String(), Cell), outputs: Type.Record(Type.String(), Cell), sentence: Bilingual,
})
export type Decision = Static<typeof Decision>

export const TableVersion = Type.Object({
  code: Type.String(), version: Type.Integer(), name: Bilingual, areaCode: Type.String(), effectiveFrom: Type.String(),
  emergencyKind: Nullable(Type.String()), pack: Nullable(Type.String()), source: Bilingual, inForce: Type.Boolean(),
})
export const listTables = endpoint({
  method: 'GET', path: '/api/tables', verb: 'table.read', summary: 'Decision tables and their versions',
  returns: Type.Object({ items: Type.Array(TableVersion), can: Type.Array(Type.String()) }),
})
export const getTable = endpoint({
  method: 'GET', path: '/api/tables/:code/:version', verb: 'table.read', summary: 'One version of a decision table',
  params: Strict({ code: codeName, version: Type.Integer({ minimum: 1 }) }),
  /**
   * Kinds of emergency count their versions apart; a table of no kind serves all. Without a kind that of the emergency one
   * works in answers, where it has this number. `others`: what the other kinds decide by, under the same code.
   */
  query: Strict({ kind: Type.Optional(Kind) }),
  returns: Type.Object({ table: DecisionTable, inForce: Type.Boolean(), versions: Type.Array(TableVersion), others: Type.Array(TableVersion) }), problems: ['not_found'],
})
export const Proposal = Type.Object({
  id: Type.String(), table: DecisionTable, emergencyKind: Nullable(Type.String()), state: Code(['open', 'confirmed', 'rejected']), note: Type.String(),
  proposedBy: Type.String(), proposedAt: Type.String(), decidedBy: Nullable(Type.String()), decidedAt: Nullable(Type.String()), decisionNote: Nullable(Type.String()),
  changedRows: Type.Array(Type.Object({ row: Type.String(), change: Code(['added', 'removed', 'changed']) })), can: Type.Array(Type.String()),
  /** It takes effect at the moment of its confirmation, whatever `effectiveFrom` said when it was proposed. */
  immediate: Type.Boolean(),
  /** The version that the change began from, or that it brings back. */
  basedOn: Nullable(Type.Integer()),
})
export type Proposal = Static<typeof Proposal>
export const listProposals = endpoint({
  method: 'GET', path: '/api/table-proposals', verb: 'table.read', summary: 'Changes of tables, waiting ones first, whole tables with each',
  /** A table can be a megabyte, so a page is short. */
  query: Strict({ cursor: pageQuery.cursor, limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })) }),
  returns: Paged(Proposal),
})
/** `table` is the imported file as it is, so that every fault in it is listed, not only the first. */
export const proposeTable = endpoint({
  method: 'POST', path: '/api/table-proposals', verb: 'table.propose', summary: 'Import a new version of a table; another person confirms it',
  /** `kind` is needed only when the table exists for several kinds of emergency and none is chosen. */
  body: Strict({ table: Type.Unknown(), note: Para(500), kind: Type.Optional(Kind) }),
  returns: Proposal, problems: ['rules.table_faulty', 'rules.version_taken'],
})
export const decideProposal = endpoint({
  method: 'POST', path: '/api/table-proposals/:id/decision', verb: 'table.confirm', summary: 'Confirm or reject a proposed table',
  params: Strict({ id: Id }), body: Strict({ confirm: Type.Boolean(), note: Para(500) }),
  returns: Proposal, problems: ['not_found', 'rules.second_person_needed', 'rules.proposal_closed', 'rules.version_taken'],
})
export const TableFaults = Type.Array(Issue)
