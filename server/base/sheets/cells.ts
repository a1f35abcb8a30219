// What a sheet consists of, whichever file it came from: cells, rows, and the ways in which a file can be refused.

/**
 * One cell as the file holds it. Text is a string; a number keeps its digits as written in the file (`1.39E+10`),
 * because a double would lose those of long codes; a date has the form `2020-02-24` or `2020-02-24T08:30:00`.
 */
export type Cell = string | { n: string } | { d: string } | { b: boolean } | { e: string } | null
export interface SheetRow {
  /** Row number in the file, counted from 1. */
  at: number
  cells: Cell[]
  hidden?: true
  /** Columns (from 0) whose value stands in another cell of a merged range. */
  merged?: number[]
}
export interface SheetName { name: string; hidden: boolean }

export type SheetFaultCode =
  | 'encrypted' | 'macros' | 'old_excel' | 'binary_excel' | 'other_office' | 'not_a_sheet' | 'damaged' | 'bomb' | 'entities' | 'too_many_entries'
  | 'too_many_rows' | 'too_many_columns' | 'cell_too_long' | 'encoding' | 'quote_open' | 'sheet_unknown' | 'empty'
/** A file that is not read, or not further; `row` is where it stopped. */
export class SheetFault extends Error {
  constructor(readonly code: SheetFaultCode, readonly row?: number) {
    super(row === undefined ? code : `${code} at row ${row}`)
    this.name = 'SheetFault'
  }
}

export const limits = {
  /** A workbook with pictures has hundreds of parts, never thousands. */
  entries: 2000,
  /** Bytes of all parts unpacked: a full sheet of 1,048,576 rows with 30 columns stays below. */
  unpacked: 3 * 1024 ** 3,
  /** Unpacked over packed; sheets reach 60, empty styled rows 120. Judged above `ratioFrom` bytes. */
  ratio: 250,
  ratioFrom: 16 * 1024 * 1024,
  /** Rows of a CSV; xlsx itself ends at 1,048,576. */
  rows: 2_000_000,
  columns: 512,
  /** Excel's own limit of characters in a cell. */
  cell: 32_767,
  /** Bytes of shared texts kept in memory. */
  sharedTexts: 128 * 1024 * 1024,
} as const
export const XLSX_ROWS = 1_048_576
export const XLSX_COLUMNS = 16_384

/** A column's letters, `A` for 0. */
export function columnLetters(index: number): string {
  let letters = ''
  for (let rest = index; rest >= 0; rest = Math.floor(rest / 26) - 1) letters = String.fromCharCode(65 + (rest % 26)) + letters
  return letters
}
/** The column of a reference such as `AB12`, from 0; -1 when there is none. */
export function columnOf(reference: string): number {
  let column = 0
  let at = 0
  for (; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) & ~32
    if (letter < 65 || letter > 90) break
    column = column * 26 + letter - 64
    if (column > XLSX_COLUMNS) return XLSX_COLUMNS
  }
  return column - 1
}

/** Days from 1899-12-30 to `2020-02-24`, with the time of day if there is one; undefined for numbers that are no date. */
export function dateOfSerial(serial: number, from1904 = false): string | undefined {
  if (!Number.isFinite(serial) || serial < 0 || serial >= 2_958_466) return undefined
  // Excel counts a 29 February 1900 that never was.
  const days = Math.floor(serial) + (from1904 ? 1462 : serial < 60 ? 1 : 0)
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400)
  const iso = new Date((days - 25_569) * 86_400_000 + seconds * 1000).toISOString()
  return seconds === 0 ? iso.slice(0, 10) : iso.slice(0, 19)
}
/** The serial of a day `2020-02-24` in the 1900 system. */
export function serialOfDay(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000 + 25_569
}
