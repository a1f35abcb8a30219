// What an upper room brings to have its records imported: columns, and how batches of rows are judged and stored.
import type { Bilingual } from '@fugong/contract/base'
import type { ToldKind, importKinds } from '@fugong/contract/imports'
import type { Cell as SheetCell, SheetRow as ReadRow } from '../../base/sheets/cells.ts'
import type { Ctx as Context } from '../../base/context.ts'

export type Cell = SheetCell
export type SheetRow = ReadRow
export interface ImportColumn {
  code: string
  name: Bilingual
  /** Other headers under which the column is known; case, width, blanks and what stands in brackets make no difference. */
  synonyms: readonly string[]
  kind: (typeof importKinds)[number]
  required?: true
  /** Greatest length of a text in characters. */
  max?: number
  /** Bounds of a number; `decimals` digits after the point at most. */
  least?: number
  most?: number
  decimals?: number
  /** Codes of a choice, each with the words that mean it. */
  choices?: readonly { code: string; words: readonly string[] }[]
  example: string
  note?: Bilingual
  /** Masked wherever it is shown, sealed wherever it is kept. */
  personal?: true
  width?: number
}
export type Value = string | number | null
export interface CleanRow {
  /** Row number in the file. */
  at: number
  /** By column code; a column that was not matched is not there, an empty cell is null. */
  values: Readonly<Record<string, Value>>
  /** Columns of codes and texts whose cell held a number: noughts in front of it may be gone. */
  numbers?: readonly string[]
}
export interface CellIssue { column: string | null; code: string; params?: Record<string, unknown> }
export type Outcome =
  | { state: 'fresh' }
  | { state: 'changed'; changes: { column: string; from: Value; to: Value }[] }
  | { state: 'unchanged' }
  | { state: 'rejected'; issues: CellIssue[] }

export interface ImportTarget {
  code: string
  name: Bilingual
  /** Right that the person needs; the areas in which they hold it bound the rows. */
  verb: string
  columns: readonly ImportColumn[]
  /** Columns that together name a record; one of several ways suffices (`[['creditCode'], ['traderNo']]`). */
  keys: readonly (readonly string[])[]
  /** Where the records can be seen afterwards. */
  listPath: string
  /** Rows belong to one firm, which the person names when they bring the file and whose contact they must be. */
  forFirm?: true
  /** Says what storing these rows would do; an outcome for each row, in their order. Changes nothing. */
  judge(ctx: Context, rows: readonly CleanRow[], about: ImportAbout): Promise<Outcome[]>
  /** Judges these rows anew against what is there now and stores them, in one transaction with the answer. */
  store(ctx: Context, rows: readonly CleanRow[], about: ImportAbout): Promise<Outcome[]>
  /** Told once storing has ended, however it ended, in one transaction with the end: what can wait for all rows begins here. */
  ended?(ctx: Context): Promise<void>
}
/** `enterpriseId`: of a target of firms. */
export interface ImportAbout { importId: string; personId: string; enterpriseId: string | null }
export interface Told { kind: ToldKind; column: string | null; count: number; rows: number[] }
