// The face of exports: rooms above say what may be exported from them.
export { filterPart, wordsIn, wordsOf, type Words } from './cells.rules.ts'
export type { ExportSource, Filter, ReadingCtx, SourceColumn } from './ports.ts'
