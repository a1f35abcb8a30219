// The face of imports: what a room brings to have its records imported, how a text is read from a cell, and the rule for how long rows are kept.
export { asRead } from './clean.rules.ts'
export { loadImportRetention } from './keeping.actions.ts'
export type { CellIssue, CleanRow, ImportAbout, ImportColumn, ImportTarget, Outcome, Value } from './ports.ts'
