// Changing a decision table in the console: drafts, their trial against the register, history and bringing back an older version.
import { Type, type Static } from 'typebox'
import { AreaCode, Code, Id, Instant, Nullable, Para, Strict, endpoint, type Issue } from './base.ts'
import { Cell, DecisionTable, Proposal, TableVersion, type TableExample } from './rules.ts'

const codeName = Type.String({ pattern: '^[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)*$', maxLength: 80, issue: 'format' })
const Kind = Type.String({ pattern: '^[a-z]{2,30}$', issue: 'format' })
const Loose = Strict({ zh: Type.String({ maxLength: 2000 }), en: Type.String({ maxLength: 4000 }) })
const rowOf = DecisionTable.properties.rows.items.properties

/** A table on its way: words may still be blank, and without `effectiveFrom` it takes effect when it is confirmed. */
export const DraftTable = Strict({
  ...DecisionTable.properties, name: Loose, source: Loose, note: Type.Optional(Loose), effectiveFrom: Nullable(Instant),
  rows: Type.Array(Strict({ ...rowOf, because: Type.Optional(Loose) }), { maxItems: 2000 }),
})
export type DraftTable = Static<typeof DraftTable>
export type DraftRow = DraftTable['rows'][number]

export const DraftTitle = Type.Object({
  id: Type.String(), code: Type.String(), emergencyKind: Nullable(Type.String()), areaCode: Type.String(), basedOn: Type.Integer(), revision: Type.Integer(),
  owner: Type.String(), mine: Type.Boolean(), savedAt: Type.String(), can: Type.Array(Type.String()),
})
export const Draft = Type.Object({
  ...DraftTitle.properties, table: DraftTable, base: DecisionTable,
  /** The version that decides there now; another one than `basedOn` when it was changed meanwhile. */
  inForce: Nullable(Type.Integer()),
  /** Whether the register has things that this table decides. */
  triable: Type.Boolean(),
})
export type Draft = Static<typeof Draft>

const onDraft = { params: Strict({ id: Id }) }
const onRevision = { revision: Type.Integer({ minimum: 1 }) }
const draftProblems = ['not_found', 'conflict.changed', 'rules.draft_not_yours'] as const
export const listDrafts = endpoint({ method: 'GET', path: '/api/table-drafts', verb: 'table.read', summary: 'Tables that are being changed', returns: Type.Object({ items: Type.Array(DraftTitle) }) })
/** The open draft of this table and area answers when there is one, whoever edits it. */
export const openDraft = endpoint({
  method: 'POST', path: '/api/table-drafts', verb: 'table.propose', summary: 'Begin to change a version of a table; the area is the version’s own, or the nearest one below it that the caller answers for',
  body: Strict({ code: codeName, version: Type.Integer({ minimum: 1 }), kind: Type.Optional(Kind), areaCode: Type.Optional(AreaCode) }), returns: Draft, problems: ['not_found'],
})
export const getDraft = endpoint({ method: 'GET', path: '/api/table-drafts/:id', verb: 'table.read', summary: 'A draft', ...onDraft, returns: Draft, problems: ['not_found'] })
export const saveDraft = endpoint({
  method: 'PUT', path: '/api/table-drafts/:id', verb: 'table.propose', summary: 'Save a draft as it stands, faults and all', ...onDraft,
  body: Strict({ ...onRevision, table: DraftTable }), returns: Type.Object({ revision: Type.Integer(), savedAt: Type.String() }), problems: draftProblems,
})
export const takeDraft = endpoint({ method: 'POST', path: '/api/table-drafts/:id/take', verb: 'table.propose', summary: 'Go on with a draft that another person edits', ...onDraft, body: Strict(onRevision), returns: Draft, problems: ['not_found', 'conflict.changed'] })
export const dropDraft = endpoint({ method: 'POST', path: '/api/table-drafts/:id/drop', verb: 'table.propose', summary: 'Give a draft up', ...onDraft, body: Strict(onRevision), returns: Type.Object({ done: Type.Literal(true) }), problems: draftProblems })
export const proposeDraft = endpoint({
  method: 'POST', path: '/api/table-drafts/:id/proposal', verb: 'table.propose', summary: 'Propose a draft as the next version; another person confirms it', ...onDraft,
  body: Strict({ ...onRevision, note: Para(500) }), returns: Proposal, problems: [...draftProblems, 'rules.table_faulty', 'rules.version_taken'],
})
export const rollBackTable = endpoint({
  method: 'POST', path: '/api/tables/:code/:version/return', verb: 'table.propose', summary: 'Propose an older version again as the next one; another person confirms it',
  params: Strict({ code: codeName, version: Type.Integer({ minimum: 1 }) }), body: Strict({ kind: Type.Optional(Kind), note: Para(500), effectiveFrom: Type.Optional(Nullable(Instant)) }),
  returns: Proposal, problems: ['not_found', 'rules.table_faulty', 'rules.version_taken'],
})
export const HistoryEntry = Type.Object({
  ...TableVersion.properties, rows: Type.Integer(), addedAt: Type.String(), proposedBy: Nullable(Type.String()), decidedBy: Nullable(Type.String()), note: Nullable(Type.String()), decisionNote: Nullable(Type.String()),
  basedOn: Nullable(Type.Integer()), can: Type.Array(Type.String()),
})
export type HistoryEntry = Static<typeof HistoryEntry>
export const getTableHistory = endpoint({
  method: 'GET', path: '/api/table-history/:code', verb: 'table.read', summary: 'Versions of a table with who changed what and why, newest first',
  params: Strict({ code: codeName }), query: Strict({ kind: Type.Optional(Kind) }), returns: Type.Object({ items: Type.Array(HistoryEntry) }), problems: ['not_found'],
})

const Outputs = Nullable(Type.Record(Type.String(), Cell))
export const trialStates = ['waiting', 'running', 'done', 'stopped', 'failed'] as const
/** A dry run: what the new table would decide otherwise of everything in its area. `before` and `after` are null where a table decides nothing. */
export const Trial = Type.Object({
  id: Type.String(), code: Type.String(), subject: Code(['enterprise', 'declaration']), state: Code(trialStates), total: Nullable(Type.Integer()), done: Type.Integer(), changed: Type.Integer(),
  /** Things in areas that have a version of their own, which the new one does not reach. */
  unreached: Type.Integer(),
  /** Most frequent first; `others` counts what the list leaves off. */
  outcomes: Type.Array(Type.Object({ before: Outputs, after: Outputs, count: Type.Integer(), changes: Type.Boolean() })), others: Type.Integer(),
  startedBy: Type.String(), startedAt: Type.String(), endedAt: Nullable(Type.String()),
  /** The draft or proposal has not been changed since. */
  current: Type.Boolean(), can: Type.Array(Type.String()),
})
export type Trial = Static<typeof Trial>
const trialOf = { draft: Type.Optional(Id), proposal: Type.Optional(Id) }
const oneOf = ({ draft, proposal }: { draft?: string; proposal?: string }): Issue[] => ((draft === undefined) === (proposal === undefined) ? [{ path: '/draft', code: 'issue.choice' }] : [])
export const startTrial = endpoint({
  method: 'POST', path: '/api/table-trials', verb: 'table.propose', summary: 'Try a draft or proposal on everything in its area', body: Strict(trialOf), check: oneOf, returns: Trial,
  problems: ['not_found', 'rules.table_faulty', 'rules.trial_unknown'], perMinute: 20,
})
export const latestTrial = endpoint({ method: 'GET', path: '/api/table-trials', verb: 'table.read', summary: 'The last trial of a draft or proposal, with how far it is', query: Strict(trialOf), returns: Type.Object({ trial: Nullable(Trial) }) })
export const stopTrial = endpoint({ method: 'POST', path: '/api/table-trials/:id/stop', verb: 'table.propose', summary: 'Stop a trial', params: Strict({ id: Id }), returns: Trial, problems: ['not_found', 'rules.trial_ended'] })
/** Under the right to read firms, so that it names only those within the reader's own scope. */
export const listTrialChanges = endpoint({
  method: 'GET', path: '/api/table-trials/:id/changes', verb: 'enterprise.read', summary: 'Some of the things that a trial changes, as far as the reader may see them',
  params: Strict({ id: Id }), problems: ['not_found'],
  returns: Type.Object({ items: Type.Array(Type.Object({ id: Type.String(), enterpriseId: Type.String(), title: Type.String(), areaCode: Type.String(), before: Outputs, after: Outputs, row: Nullable(Type.String()) })), changed: Type.Integer() }),
})

const isBlank = (text: { zh: string; en: string } | undefined) => !text?.zh.trim() && !text?.en.trim()
/** The table that a draft becomes: what was left blank is left out, number and moment are given. */
export function readyTable(draft: DraftTable, { version, now }: { version: number; now: string }): DecisionTable {
  const { note, examples, ...rest } = draft
  return {
    ...rest, version, effectiveFrom: draft.effectiveFrom ?? now, ...(note && !isBlank(note) ? { note } : {}),
    rows: draft.rows.map(({ because, ...row }) => ({ ...row, ...(because && !isBlank(because) ? { because } : {}) })),
    ...(examples?.length ? { examples: examples.map(({ note: why, ...one }): TableExample => ({ ...one, ...(why?.trim() ? { note: why } : {}) })) } : {}),
  }
}
/** What must be filled in before a draft can be proposed, that the check of its meaning does not look at. */
export function blankIssues(draft: DraftTable): Issue[] {
  const issues: Issue[] = []
  const both = (path: string, text: { zh: string; en: string } | undefined) => {
    for (const language of ['zh', 'en'] as const) if (!text?.[language].trim()) issues.push({ path: `${path}/${language}`, code: 'issue.required' })
  }
  both('/name', draft.name)
  both('/source', draft.source)
  if (!draft.rows.length) issues.push({ path: '/rows', code: 'issue.too_few', params: { limit: 1 } })
  for (const [index, row] of draft.rows.entries()) if (row.because && !isBlank(row.because)) both(`/rows/${index}/because`, row.because)
  return issues
}
