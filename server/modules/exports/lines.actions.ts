// Rows of joined cells as lines of a CSV: most rows need nothing but commas, and one look at a batch says which need more.
import { BETWEEN } from '../../base/reading.ts'
import { csvLine } from '../../base/sheets/write.ts'
import { cellText, isClean } from './rules.ts'

/** Rows without characters that no cell should hold. */
export function cleanRows(batch: readonly string[]): readonly string[] {
  return isClean(batch.join('\n')) ? batch : batch.map((row) => row.split(BETWEEN).map(cellText).join(BETWEEN))
}
// A cell that must be quoted or guarded begins or holds something of this; csvLine decides what to do with it.
const SPECIAL = /[",\r\n]|(?:^|\u001f)[\s'=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|\s(?:\u001f|$)/
/** The lines of these rows, each ended by CRLF; the same that csvLine makes of their cells. */
export function csvLines(rows: readonly string[]): string {
  let text = ''
  for (const row of rows) text += `${SPECIAL.test(row) ? csvLine(row.split(BETWEEN)) : row.replaceAll(BETWEEN, ',')}\r\n`
  return text
}
