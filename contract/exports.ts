// Exports 导出: what one sees as a file, recorded before its first byte, with its personal columns only by a second person's consent.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, FILE, Id, Nullable, Para, Paged, Strict, endpoint, pageQuery } from './base.ts'

export const exportFormats = ['csv', 'xlsx'] as const
export const ExportFormat = Code(exportFormats)
export type ExportFormat = (typeof exportFormats)[number]
/**
 * `asked` waits for a second person; `open` may be taken once, at once; `streaming` is on its way; `queued` and `running` are
 * being written for later; `ready` lies sealed until it expires; `done` was streamed whole; the others ended without a file.
 */
export const exportStates = ['asked', 'refused', 'lapsed', 'open', 'streaming', 'queued', 'running', 'ready', 'done', 'failed', 'cancelled', 'expired'] as const
export const ExportState = Code(exportStates)
export type ExportState = (typeof exportStates)[number]
/** `open` is public, `internal` for officials, `personal` needs a reason and a second person. */
export const sensitivities = ['open', 'internal', 'personal'] as const
export type Sensitivity = (typeof sensitivities)[number]

export const ExportColumn = Type.Object({ code: Type.String(), header: Bilingual, sensitivity: Code(sensitivities) })
export type ExportColumn = Static<typeof ExportColumn>
export const ExportSourceInfo = Type.Object({ code: Type.String(), name: Bilingual, columns: Type.Array(ExportColumn) })
export type ExportSourceInfo = Static<typeof ExportSourceInfo>

const Who = Type.Object({ name: Type.String(), unit: Nullable(Bilingual) })
export const Export = Type.Object({
  id: Type.String(),
  /** Stands in the file too, so that a copy found anywhere leads back here. */
  number: Type.String(),
  source: Type.String(), name: Bilingual, format: ExportFormat, columns: Type.Array(Bilingual), personal: Type.Array(Bilingual), filter: Bilingual, reason: Nullable(Type.String()),
  state: ExportState,
  /** Rows that match, as far as counted; and those already written. */
  expected: Nullable(Type.Integer()), rows: Type.Integer(),
  /** SHA-256 of header and data lines as CSV in UTF-8 with CRLF, whatever the format. */
  sha256: Nullable(Type.String()),
  /** Bytes of the file that lies ready. */
  size: Nullable(Type.Integer()),
  askedBy: Who, askedAt: Type.String(), decidedBy: Nullable(Who), decidedAt: Nullable(Type.String()), decisionReason: Nullable(Type.String()), finishedAt: Nullable(Type.String()),
  /** Until when it may be taken or decided on. */
  expiresAt: Nullable(Type.String()), takenAt: Nullable(Type.String()),
  failure: Nullable(Code(['interrupted', 'right_lost', 'too_many_rows', 'failed'])),
  can: Type.Array(Type.String()),
})
export type Export = Static<typeof Export>

export const listExportSources = endpoint({ method: 'GET', path: '/api/export-sources', verb: 'export.make', summary: 'What I may export, with its columns', returns: Type.Object({ items: Type.Array(ExportSourceInfo) }) })
export const BeginExport = Strict({
  source: Type.String({ pattern: '^[a-z]{2,40}$', issue: 'choice' }), format: ExportFormat, language: Code(['zh', 'en']),
  columns: Type.Array(Type.String({ pattern: '^[a-zA-Z][a-zA-Z0-9]{0,39}$', issue: 'choice' }), { minItems: 1, maxItems: 60, uniqueItems: true }),
  /** As in the address of the list, without page and limit. */
  filter: Type.Record(Type.String({ maxLength: 40 }), Type.Union([Type.String({ maxLength: 200 }), Type.Number(), Type.Boolean()])),
  /** What personal columns are needed for; the second person decides on it. */
  reason: Type.Optional(Para(300)),
})
export type BeginExport = Static<typeof BeginExport>
export const beginExport = endpoint({
  method: 'POST', path: '/api/exports', verb: 'export.make', summary: 'Begin an export: small ones are open to be taken at once, large ones are written by a job, personal columns wait for a second person',
  body: BeginExport, returns: Export, problems: ['exports.too_many_open', 'exports.too_many_rows'], perMinute: 30,
})
export const listExports = endpoint({ method: 'GET', path: '/api/exports', verb: 'export.make', summary: 'My exports, newest first', query: Strict({ ...pageQuery }), returns: Paged(Export) })
export const getExport = endpoint({ method: 'GET', path: '/api/exports/:id', verb: 'export.make', summary: 'One of my exports', params: Strict({ id: Id }), returns: Export, problems: ['not_found'] })
export const takeExport = endpoint({
  method: 'GET', path: '/api/exports/:id/file', verb: 'export.make', summary: 'The file of one of my exports; its data hash comes as the trailer x-export-sha256, or as a header when the file lay ready',
  params: Strict({ id: Id }), returns: FILE, problems: ['not_found', 'exports.state_refused', 'exports.busy'], perMinute: 60,
})
export const cancelExport = endpoint({ method: 'POST', path: '/api/exports/:id/cancel', verb: 'export.make', summary: 'Cancel an export that is not finished', params: Strict({ id: Id }), body: Strict({}), returns: Export, problems: ['not_found', 'exports.state_refused'] })
/** What the badge shows. */
export const countExports = endpoint({ method: 'GET', path: '/api/export-counts', verb: 'export.make', summary: 'Exports of mine that lie ready and were not taken yet, and requests that wait for my decision', returns: Type.Object({ ready: Type.Integer(), waiting: Type.Integer() }) })

export const listExportRequests = endpoint({
  method: 'GET', path: '/api/export-requests', verb: 'export.approve', summary: 'Requests for personal columns that I may decide on, or that I decided',
  query: Strict({ state: Type.Optional(Code(['waiting', 'decided'])) }), returns: Type.Object({ items: Type.Array(Export) }),
})
const decision = { params: Strict({ id: Id }), returns: Export, problems: ['not_found', 'conflict.changed', 'exports.second_person_needed', 'exports.state_refused'] } as const
export const approveExport = endpoint({ method: 'POST', path: '/api/exports/:id/approve', verb: 'export.approve', summary: 'Approve a request for personal columns; it is then written for its requester', ...decision, body: Strict({}) })
export const refuseExport = endpoint({ method: 'POST', path: '/api/exports/:id/refuse', verb: 'export.approve', summary: 'Refuse a request for personal columns', ...decision, body: Strict({ reason: Para(300) }) })
