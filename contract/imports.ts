// Bulk import: a file is read, its columns matched, checked without storing, stored in batches, and every row accounted for.
import { Type, type Static } from 'typebox'
import { Bilingual, Code, FILE, Id, Nullable, OptionalLine, Paged, Strict, endpoint, pageQuery } from './base.ts'

/** Largest file taken for an import, bytes; a full xlsx sheet of twenty columns stays below. */
export const IMPORT_LIMIT = 100 * 1024 * 1024

/** `uploaded`: being read; `read`: columns to be matched; `checking`: dry run; `checked`: dry run done; `running`: being stored; then an end. */
export const importStates = ['uploaded', 'read', 'checking', 'checked', 'running', 'done', 'cancelled', 'failed'] as const
export const ImportState = Code(importStates)
export type ImportState = (typeof importStates)[number]
export const importKinds = ['text', 'code', 'integer', 'decimal', 'day', 'phone', 'choice'] as const
export const importEncodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export const importSeparators = [',', ';', '\t'] as const
/** What was put right in a cell, or passed over, and is told. */
export const toldKinds = [
  'fullWidth', 'spaces', 'invisible', 'apostrophe', 'leadingZero', 'upperCase', 'dateShape', 'serialDate', 'numberAsText', 'thousands', 'lines', 'merged',
  'titleRows', 'doubleHeader', 'totalRow', 'noteRow', 'hiddenRow', 'hiddenColumn', 'hiddenSheet', 'unmatchedColumn',
] as const
export type ToldKind = (typeof toldKinds)[number]

export const ImportTargetColumn = Type.Object({
  code: Type.String(), name: Bilingual, kind: Code(importKinds), required: Type.Boolean(), personal: Type.Boolean(), key: Type.Boolean(), example: Type.String(), note: Nullable(Bilingual),
})
export type ImportTargetColumn = Static<typeof ImportTargetColumn>
export const ImportTargetInfo = Type.Object({ code: Type.String(), name: Bilingual, listPath: Type.String(), forFirm: Type.Boolean(), columns: Type.Array(ImportTargetColumn) })
export type ImportTargetInfo = Static<typeof ImportTargetInfo>

/** A column of the file: its header as written, what it was matched with, and its first values (personal ones masked). */
export const FileColumn = Type.Object({ index: Type.Integer(), letter: Type.String(), header: Type.String(), hidden: Type.Boolean(), matched: Nullable(Type.String()), by: Nullable(Code(['name', 'synonym', 'hand'])), samples: Type.Array(Type.String()) })
export type FileColumn = Static<typeof FileColumn>
/** Rows in = fresh + changed + unchanged + rejected + notData + left; `left` were not reached because the import was stopped. */
export const ImportCounts = Type.Object({ rows: Type.Integer(), fresh: Type.Integer(), changed: Type.Integer(), unchanged: Type.Integer(), rejected: Type.Integer(), notData: Type.Integer(), left: Type.Integer() })
export type ImportCounts = Static<typeof ImportCounts>
export const ImportTold = Type.Object({ kind: Code(toldKinds), column: Nullable(Type.String()), count: Type.Integer(), rows: Type.Array(Type.Integer()) })
export type ImportTold = Static<typeof ImportTold>
/** One value that would change or was changed; personal values are masked. */
export const ImportChange = Type.Object({ row: Type.Integer(), key: Type.String(), column: Type.String(), from: Nullable(Type.String()), to: Nullable(Type.String()) })
export type ImportChange = Static<typeof ImportChange>

export const ImportRow = Type.Object({
  id: Type.String(), target: Type.String(), targetName: Bilingual, enterpriseId: Nullable(Type.String()), state: ImportState, fileName: Type.String(), size: Type.Integer(),
  createdAt: Type.String(), finishedAt: Nullable(Type.String()), counts: Nullable(ImportCounts), done: Type.Integer(), total: Type.Integer(),
})
export type ImportRow = Static<typeof ImportRow>
export const Import = Type.Object({
  ...ImportRow.properties,
  format: Nullable(Code(['xlsx', 'csv'])), encoding: Nullable(Code(importEncodings)), separator: Nullable(Code(importSeparators)),
  sheet: Nullable(Type.String()), sheets: Type.Array(Type.Object({ name: Type.String(), hidden: Type.Boolean() })),
  /** Number of the last header row (0: none) and how many rows the header has. */
  headerAt: Type.Integer(), headerRows: Type.Integer(),
  columns: Type.Array(FileColumn),
  /** Seconds that the present step will still take, by its pace so far. */
  secondsLeft: Nullable(Type.Integer()),
  told: Type.Array(ImportTold), changes: Type.Array(ImportChange),
  /** A code of the registry of problems, when the file was refused or the work stopped; `failureRow` where. */
  failure: Nullable(Type.String()), failureRow: Nullable(Type.Integer()),
  /** How often the present step was stopped in the middle, by a process that ended say, and from which row of the file it last went on; the rows before it are done, once. */
  resumed: Nullable(Type.Object({ times: Type.Integer(), row: Type.Integer(), at: Type.String() })),
  cancelling: Type.Boolean(), listPath: Type.String(), forgottenAt: Type.String(), revision: Type.Integer(), can: Type.Array(Type.String()),
})
export type Import = Static<typeof Import>
export const ImportReject = Type.Object({
  row: Type.Integer(),
  issues: Type.Array(Type.Object({ column: Nullable(Type.String()), header: Nullable(Type.String()), letter: Nullable(Type.String()), code: Type.String(), params: Type.Record(Type.String(), Type.Any()), value: Nullable(Type.String()) })),
})
export type ImportReject = Static<typeof ImportReject>

const params = Strict({ id: Id })
const verb = 'import.use'
export const listImportTargets = endpoint({ method: 'GET', path: '/api/import-targets', verb, summary: 'What I may import', returns: Type.Object({ items: Type.Array(ImportTargetInfo) }) })
export const downloadImportTemplate = endpoint({
  method: 'GET', path: '/api/import-targets/:code/template', verb, summary: 'An empty sheet with headers, notes and examples',
  params: Strict({ code: Type.String({ maxLength: 40 }) }), query: Strict({ format: Code(['xlsx', 'csv']), language: Code(['zh', 'en']) }), returns: FILE, problems: ['not_found'],
})
export const uploadImport = endpoint({
  method: 'POST', path: '/api/imports', verb, summary: 'Begin an import with its file, multipart/form-data, field `file`',
  query: Strict({ target: Type.String({ minLength: 1, maxLength: 40 }), enterprise: Type.Optional(Id) }), body: FILE, mostBytes: IMPORT_LIMIT, returns: Import, problems: ['not_found', 'files.empty', 'imports.too_many_open', 'request.too_large'], perMinute: 20,
})
export const listImports = endpoint({ method: 'GET', path: '/api/imports', verb, summary: 'My imports, newest first', query: Strict(pageQuery), returns: Paged(ImportRow) })
export const getImport = endpoint({ method: 'GET', path: '/api/imports/:id', verb, summary: 'One of my imports', params, returns: Import, problems: ['not_found'] })
export const rereadImport = endpoint({
  method: 'POST', path: '/api/imports/:id/read', verb, summary: 'Read the file again: another sheet, encoding or separator', params,
  body: Strict({ sheet: Type.Optional(OptionalLine(100)), encoding: Type.Optional(Code(importEncodings)), separator: Type.Optional(Code(importSeparators)) }), returns: Import, problems: ['not_found', 'imports.state_refused'],
})
export const ImportMatching = Strict({
  headerAt: Type.Integer({ minimum: 0, maximum: 1000 }), headerRows: Type.Integer({ minimum: 0, maximum: 3 }),
  /** For each column of the file a column of the target, or null to leave it out. */
  matching: Type.Array(Nullable(Type.String({ maxLength: 60 })), { maxItems: 512 }),
})
export type ImportMatching = Static<typeof ImportMatching>
export const checkImport = endpoint({ method: 'POST', path: '/api/imports/:id/check', verb, summary: 'Match the columns and begin the dry run', params, body: ImportMatching, returns: Import, problems: ['not_found', 'imports.state_refused'] })
export const rematchImport = endpoint({ method: 'POST', path: '/api/imports/:id/rematch', verb, summary: 'Go back to matching the columns', params, body: Strict({}), returns: Import, problems: ['not_found', 'imports.state_refused'] })
export const runImport = endpoint({ method: 'POST', path: '/api/imports/:id/run', verb, summary: 'Store what the dry run showed, or go on with a stopped import', params, body: Strict({}), returns: Import, problems: ['not_found', 'imports.state_refused'] })
export const cancelImport = endpoint({ method: 'POST', path: '/api/imports/:id/cancel', verb, summary: 'Stop an import; what has been stored stays', params, body: Strict({}), returns: Import, problems: ['not_found', 'imports.state_refused'] })
export const listImportRejects = endpoint({ method: 'GET', path: '/api/imports/:id/rejects', verb, summary: 'Rejected rows with their faults', params, query: Strict({ after: Type.Optional(Type.Integer({ minimum: 0 })), limit: pageQuery.limit }), returns: Type.Object({ items: Type.Array(ImportReject), next: Nullable(Type.Integer()), total: Type.Integer() }), problems: ['not_found'] })
export const downloadImportRejects = endpoint({ method: 'GET', path: '/api/imports/:id/rejects/file', verb, summary: 'Rejected rows as the same file with a column of reasons', params, query: Strict({ format: Code(['xlsx', 'csv']), language: Code(['zh', 'en']) }), returns: FILE, problems: ['not_found', 'imports.forgotten'] })
