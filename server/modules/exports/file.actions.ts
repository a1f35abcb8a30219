// Turns the rows of a source into the bytes of a file: CSV or xlsx in bounded memory, with watermark, notes, count and hash.
import { createHash, type Hash } from 'node:crypto'
import { BETWEEN } from '../../base/reading.ts'
import { csvLine, writeXlsx, type Value } from '../../base/sheets/write.ts'
import type { ExportSource, ReadingCtx, SourceColumn } from './ports.ts'
import { cleanRows, csvLines } from './lines.actions.ts'
import { cellText, noteMark, notes, watermark, type About } from './rules.ts'
import type { ExportRow } from './store.ts'

export interface Making { read: ReadingCtx; source: ExportSource; row: Pick<ExportRow, 'columns' | 'filter' | 'language' | 'format'>; about: About; /** Hears how many rows are out; throws to stop. */ onRows(rows: number): Promise<void> }
/** Grows while the bytes are taken; whole when they have ended. */
export interface Made { rows: number; sha256: string }

/** The bytes of the file; `made` is filled in on the way. */
export function fileBytes(making: Making, made: Made): AsyncGenerator<Buffer> {
  return making.row.format === 'csv' ? csvFile(making, made) : xlsxFile(making, made)
}

/** Batches as lines of a CSV, counted and hashed: so one list has one hash, whatever the format. `rows` are the same with their cells apart. */
async function* batchesOf({ read, source, row, onRows }: Making, made: Made, hash: Hash): AsyncGenerator<{ rows: readonly string[]; lines: Buffer }> {
  for await (const batch of source.rows(read, row.filter, row.columns, row.language)) {
    const rows = cleanRows(batch)
    const lines = Buffer.from(csvLines(rows))
    hash.update(lines)
    made.rows += rows.length
    yield { rows, lines }
    await onRows(made.rows)
  }
}
const headerOf = ({ source, row }: Making): string[] => row.columns.map((code) => columnOf(source, code).header[row.language])
const columnOf = (source: ExportSource, code: string): SourceColumn => source.columns.find((column) => column.code === code)!

async function* csvFile(making: Making, made: Made): AsyncGenerator<Buffer> {
  const { about, row: { language } } = making
  const hash = createHash('sha256')
  const header = `${csvLine(headerOf(making))}\r\n`
  hash.update(header)
  yield Buffer.from(`\uFEFF${noteLine(watermark(about, language), language)}${header}`)
  for await (const { lines } of batchesOf(making, made, hash)) yield lines
  made.sha256 = hash.digest('hex')
  const colon = language === 'zh' ? '：' : ': '
  yield Buffer.from(notes(about, made, language).map(([label, value]) => noteLine(`${label}${colon}${value}`, language)).join(''))
}
const noteLine = (text: string, language: 'zh' | 'en') => `${csvLine([cellText(`${noteMark[language]}${text}`).replaceAll('\n', ' ')])}\r\n`

function xlsxFile(making: Making, made: Made): AsyncGenerator<Buffer> {
  const { source, about, row: { language, columns } } = making
  const hash = createHash('sha256')
  const header = headerOf(making)
  const numbers = columns.map((code) => columnOf(source, code).kind === 'number')
  hash.update(`${csvLine(header)}\r\n`)
  async function* data(): AsyncGenerator<readonly Value[]> {
    yield header
    for await (const { rows } of batchesOf(making, made, hash)) for (const one of rows) yield one.split(BETWEEN).map((cell, at) => (numbers[at] && cell !== '' ? Number(cell) : cell))
    made.sha256 = hash.digest('hex')
  }
  // Begun only when the sheet before it has ended: then count and hash are known.
  function* last(): Generator<readonly Value[]> {
    yield [watermark(about, language)]
    yield* notes(about, made, language)
  }
  const of = columns.map((code) => columnOf(source, code))
  const footer = watermark(about, language)
  return writeXlsx([
    { name: sheetName(source.name[language]), headers: 1, widths: of.map((column) => column.width), texts: of.flatMap((column, at) => (column.kind === 'number' ? [] : [at])), rows: data(), footer },
    { name: language === 'zh' ? '导出说明' : 'About', widths: [22, 90], rows: last(), footer },
  ], { author: `${about.reader} · ${about.number}`, created: about.moment }) as unknown as AsyncGenerator<Buffer>
}
const sheetName = (name: string) => name.replace(/[:\\/?*[\]]/g, ' ').slice(0, 31)
