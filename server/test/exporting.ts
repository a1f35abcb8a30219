// What tests of exports share: taking a file apart into what it says about itself and what it holds.
import { sha256 } from '../base/crypto.ts'
import { CsvSplitter } from '../base/sheets/csv-text.ts'
import type { SheetRow } from '../base/sheets/cells.ts'

export interface TakenApart { watermark: string; header: string[]; rows: string[][]; notes: string[]; /** Recounted from the lines as the notes tell. */ sha256: string }
const NOTE = /^(注：|Note: )/
/** A CSV export: its first line, header, data, and the notes behind them. */
export function takeApart(bytes: Buffer): TakenApart {
  const text = bytes.toString('utf8')
  if (!text.startsWith('\uFEFF')) throw new Error('The mark at the beginning is missing')
  const rows: SheetRow[] = []
  new CsvSplitter(',').push(text.slice(1), rows, true)
  const cells = rows.map((row) => row.cells.map((cell) => String(cell ?? '')))
  const data = cells.filter(([first]) => !NOTE.test(first!))
  // Raw lines again, as somebody with a text editor would count them; no test puts a line break into a cell that it hashes.
  const lines = text.slice(1).split('\r\n').filter((line) => line !== '' && !/^"?(注：|Note: )/.test(line))
  const notes = cells.filter(([first]) => NOTE.test(first!)).map(([first]) => first!.replace(NOTE, ''))
  return { watermark: notes[0]!, header: data[0]!, rows: data.slice(1), notes: notes.slice(1), sha256: sha256(lines.map((line) => `${line}\r\n`).join('')).toString('hex') }
}
