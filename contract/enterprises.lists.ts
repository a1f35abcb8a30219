// Working through the list of firms: finding one by a phone's last digits, and deeds on many at once.
import { Type, type Static } from 'typebox'
import { Code, Id, Nullable, Para, Strict, endpoint, type Issue } from './base.ts'
import { EnterpriseRow, enterpriseFilters } from './enterprises.ts'
import { NoticeText, noticeIssues } from './notices.ts'

/** By POST: digits of a phone have no place in an address, and each search is written down. */
export const findByPhone = endpoint({
  method: 'POST', path: '/api/enterprises-by-phone', verb: 'enterprise.find_by_phone', summary: 'Firms within my scope with a contact whose phone ends so', perMinute: 20,
  body: Strict({ lastFour: Type.String({ pattern: '^\\d{4}$', issue: 'last_four' }) }), returns: Type.Object({ items: Type.Array(EnterpriseRow), more: Type.Boolean() }),
})

/** Chosen firms, or all that match filters. */
const Target = { ids: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500, uniqueItems: true })), filter: Type.Optional(Strict(enterpriseFilters)) }
const targetIssues = (body: { ids?: unknown; filter?: unknown }): Issue[] => ((body.ids === undefined) === (body.filter === undefined) ? [{ path: '/ids', code: 'issue.required' }] : [])

export const bulkDeeds = ['assign', 'flag', 'message'] as const
export const Bulk = Type.Object({
  id: Type.String(), deed: Code(bulkDeeds), state: Code(['running', 'done', 'undone']),
  /** Firms taken on; chosen ones outside of the caller's scope, which were left alone. */
  count: Type.Integer(), outside: Type.Integer(),
  /** Done so far; already so; refused because the caller belongs to the firm or, for a message, because nobody can be reached there. */
  done: Type.Integer(), unchanged: Type.Integer(), refused: Type.Integer(), undone: Type.Integer(),
  begunAt: Type.String(), endedAt: Nullable(Type.String()), undoUntil: Nullable(Type.String()), can: Type.Array(Type.String()),
})
export type Bulk = Static<typeof Bulk>
const bulkProblems = ['enterprises.bulk_none', 'enterprises.bulk_too_many'] as const
export const assignFirms = endpoint({
  method: 'POST', path: '/api/enterprise-bulks/assign', verb: 'enterprise.assign', summary: 'Give firms to a person of my unit to look after; null takes them back', body: Strict({ ...Target, personId: Nullable(Id) }), returns: Bulk,
  problems: [...bulkProblems, 'enterprises.assignee_unknown'], check: targetIssues,
})
export const flagFirms = endpoint({
  method: 'POST', path: '/api/enterprise-bulks/flag', verb: 'enterprise.classify', summary: 'Put a flag on firms', returns: Bulk, problems: bulkProblems, check: targetIssues,
  body: Strict({ ...Target, code: Type.String({ pattern: '^[a-z][A-Za-z0-9]{1,39}$', issue: 'choice' }), reason: Para(300) }),
})
export const messageFirms = endpoint({
  method: 'POST', path: '/api/enterprise-bulks/message', verb: 'enterprise.message', summary: 'Send a message to the contacts of firms', body: Strict({ ...Target, notice: NoticeText }), returns: Bulk, problems: bulkProblems,
  check: (body) => [...targetIssues(body), ...noticeIssues(body.notice, '/notice')],
})
export const getBulk = endpoint({ method: 'GET', path: '/api/enterprise-bulks/:id', verb: 'enterprise.read', summary: 'How far a bulk deed of mine has come', params: Strict({ id: Id }), returns: Bulk, problems: ['not_found'] })
export const undoBulk = endpoint({
  method: 'POST', path: '/api/enterprise-bulks/:id/undo', verb: 'enterprise.assign', summary: 'Undo a bulk deed of mine; what somebody changed since stays', params: Strict({ id: Id }), body: Strict({}), returns: Bulk,
  problems: ['not_found', 'enterprises.bulk_running', 'enterprises.undo_over'],
})
/** What one may do to many firms, how many at once, to whom they can be given. */
export const bulkChoices = endpoint({
  method: 'GET', path: '/api/enterprise-bulks', verb: 'enterprise.read', summary: 'What I can do to many firms at once',
  returns: Type.Object({ can: Type.Array(Type.String()), mostFirms: Type.Integer(), undoMinutes: Type.Integer(), colleagues: Type.Array(Type.Object({ personId: Type.String(), name: Type.String() })) }),
})

export const Assignment = Type.Object({ id: Type.String(), personName: Type.String(), unitName: Type.Object({ zh: Type.String(), en: Type.String() }), from: Type.String(), until: Nullable(Type.String()), setBy: Type.String() })
export type Assignment = Static<typeof Assignment>
export const listAssignments = endpoint({ method: 'GET', path: '/api/enterprises/:id/assignments', verb: 'enterprise.assignments', summary: 'Who looked after a firm, newest first', params: Strict({ id: Id }), returns: Type.Object({ items: Type.Array(Assignment) }), problems: ['not_found'] })
