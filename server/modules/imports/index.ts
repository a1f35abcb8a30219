// The face of imports: what a room brings to have its records imported, and the rule for how long rows are kept.
export { loadImportRetention } from './keeping.actions.ts'
export type { CellIssue, CleanRow, ImportAbout, ImportColumn, ImportTarget, Outcome, Value } from './ports.ts'
