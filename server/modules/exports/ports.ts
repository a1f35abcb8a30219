// What a room says of the rows that may be exported from it; the composition collects the sources of all rooms.
import type { AnyEndpoint, Bilingual } from '@fugong/contract/base'
import type { ExportColumn, Sensitivity } from '@fugong/contract/exports'
import type { VerbTable } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import type { Reading } from '../../base/reading.ts'

export type Language = 'zh' | 'en'
/** A context whose database is one moment, read in the scope that the reader has under the source's verb. */
export type ReadingCtx = Ctx & { stream: Reading['stream'] }
export interface SourceColumn extends ExportColumn {
  sensitivity: Sensitivity
  /** Characters that fit beside each other in a sheet. */
  width: number
  /** `number` is written as one; all else is text, so that no code loses its zeros. */
  kind?: 'number'
}
export type Filter = Readonly<Record<string, string | number | boolean>>
export interface ExportSource {
  /** Lower-case letters; stands in addresses and events. */
  code: string
  name: Bilingual
  /** The right to read the list that is exported; its scope is the export's. */
  verb: string
  columns: readonly SourceColumn[]
  /** The query of the list's endpoint; page and limit are left out by the caller. */
  filter: NonNullable<AnyEndpoint['query']>
  /** Each part of the filter in words. */
  words(ctx: ReadingCtx, filter: Filter): Promise<Bilingual[]>
  /** How many rows match, counted up to `most`. */
  count(ctx: ReadingCtx, filter: Filter, most: number): Promise<number>
  /** Rows in batches; each is a text of its cells in the order of `columns`, as `joined` in base/reading puts them together. */
  rows(ctx: ReadingCtx, filter: Filter, columns: readonly string[], language: Language): AsyncIterable<readonly string[]>
}
export interface ExportOptions {
  /** Folder where written exports lie sealed; outside of everything that is served. */
  folder: string
  city: string
  sources: readonly ExportSource[]
  /** Every verb of the system with the roles that hold it, and those that open areas. */
  rights(): { verbs: VerbTable; recordVerbs: ReadonlySet<string> }
}
/** Limits of `limits-exports.json`. */
export interface ExportLimits { version: number; jobAboveRows: number; mostRows: number; openMinutes: number; keepHours: number; approvalHours: number; mostOpen: number; mostStreams: number }
