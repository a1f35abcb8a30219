// The text of a CSV file: in which encoding it is written, told from all of its bytes, and its lines cut into cells.
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { SheetFault, limits, type SheetRow } from './cells.ts'
import { decoded, wholeCharacters } from './xml.ts'

export const encodings = ['utf-8', 'gb18030', 'utf-16le', 'utf-16be'] as const
export type Encoding = (typeof encodings)[number]
export const separators = [',', ';', '\t'] as const
export type Separator = (typeof separators)[number]
const STEP = 256 * 1024

/** The encoding of a file: by its mark, else UTF-8 when all of its bytes are, else GB18030 when they can be. */
export async function encodingOf(path: string): Promise<Encoding> {
  let head = true
  for await (const bytes of wholeCharacters(createReadStream(path, { highWaterMark: STEP }) as AsyncIterable<Buffer>)) {
    if (head) {
      if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
      if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
      head = false
    }
    if (!isUtf8(bytes)) return 'gb18030'
  }
  return 'utf-8'
}
/** The text of a file; bytes that are none of the encoding end it with a fault instead of a replacement character. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  if (encoding === 'utf-8') {
    try {
      yield* decoded(createReadStream(path, { highWaterMark: STEP }) as AsyncIterable<Buffer>)
    } catch (error) {
      throw error instanceof SheetFault ? new SheetFault('encoding') : error
    }
    return
  }
  const decoder = new TextDecoder(encoding, { fatal: true })
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: STEP }) as AsyncIterable<Buffer>) {
      const text = decoder.decode(chunk, { stream: true })
      if (text) yield text
    }
    const text = decoder.decode()
    if (text) yield text
  } catch (error) {
    throw error instanceof TypeError ? new SheetFault('encoding') : error
  }
}

/** The separator that cuts the first lines into the most cells, alike in each line. */
export function separatorOf(text: string): Separator {
  const said = /^\uFEFF?sep=([,;\t])/i.exec(text)?.[1]
  if (said) return said as Separator
  let best: { separator: Separator; score: number } = { separator: ',', score: 0 }
  for (const separator of separators) {
    const splitter = new CsvSplitter(separator)
    const rows: SheetRow[] = []
    try {
      splitter.push(text.slice(0, 64 * 1024), rows, true)
    } catch (error) {
      // Cut by the wrong separator a line may be one endless cell; what came before still counts.
      if (!(error instanceof SheetFault)) throw error
    }
    const widths = rows.slice(0, 50).map((row) => row.cells.length)
    const common = Math.max(0, ...widths)
    const score = widths.filter((width) => width === common).length * (common > 1 ? common : 0)
    if (score > best.score) best = { separator, score }
  }
  return best.separator
}

/** Cuts text into rows by RFC 4180, leniently: any line end, quotes in the middle of a cell as they stand. */
export class CsvSplitter {
  private rest = ''
  private at = 0
  constructor(private readonly separator: Separator) {}

  /** Appends the complete rows of the next piece; with `lenient` an open quote at the end is taken as closed. */
  push(piece: string, rows: SheetRow[], lenient = false): void {
    const text = this.rest + piece
    let from = 0
    while (from < text.length) {
      const next = this.row(text, from, rows, lenient)
      if (next < 0) break
      from = next
    }
    this.rest = text.slice(from)
    if (this.rest.length > limits.cell * limits.columns) throw new SheetFault('quote_open', this.at + 1)
  }
  end(rows: SheetRow[]): void {
    if (!this.rest) return
    const rest = this.rest
    this.rest = ''
    // What stands without a line end at the end of the file is a row all the same.
    if (this.row(`${rest}\n`, 0, rows, false) < 0) throw new SheetFault('quote_open', this.at + 1)
  }
  /** Reads one row; answers where the next begins, -1 when this one is not complete. */
  private row(text: string, start: number, rows: SheetRow[], lenient: boolean): number {
    const { separator } = this
    const cells: SheetRow['cells'] = []
    let any = false
    let at = start
    for (;;) {
      let cell: string
      if (text.charCodeAt(at) === 34) {
        let value = ''
        let from = at + 1
        for (;;) {
          const quote = text.indexOf('"', from)
          if (quote < 0 || (quote === text.length - 1 && !lenient)) {
            // A quote that nobody closed would swallow the rest of the file as one cell.
            if (value.length + text.length - from > limits.cell + 1) throw new SheetFault('quote_open', this.at + 1)
            return lenient && quote < 0 ? text.length : -1
          }
          value += text.slice(from, quote)
          if (text.charCodeAt(quote + 1) !== 34) {
            at = quote + 1
            break
          }
          value += '"'
          from = quote + 2
        }
        const end = cellEnd(text, at, separator)
        cell = value + text.slice(at, end)
        at = end
      } else {
        const end = cellEnd(text, at, separator)
        cell = text.slice(at, end)
        at = end
      }
      if (at >= text.length) return lenient ? text.length : -1
      if (cell.length > limits.cell) throw new SheetFault('cell_too_long', this.at + 1)
      cells.push(cell === '' ? null : cell)
      if (cell !== '') {
        any = true
        if (cells.length > limits.columns) throw new SheetFault('too_many_columns', this.at + 1)
      }
      if (text.charAt(at) === separator) {
        at += 1
        if (cells.length > limits.columns * 40) throw new SheetFault('too_many_columns', this.at + 1)
        continue
      }
      // A carriage return at the very end may be the first half of a line end.
      if (text.charCodeAt(at) === 13 && at + 1 >= text.length) return -1
      at += text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1
      break
    }
    this.at += 1
    if (this.at > limits.rows) throw new SheetFault('too_many_rows', this.at)
    if (any && !(this.at === 1 && /^sep=[,;\t]?$/i.test(String(cells[0])))) {
      while (cells.at(-1) === null) cells.pop()
      rows.push({ at: this.at, cells })
    }
    return at
  }
}
function cellEnd(text: string, from: number, separator: string): number {
  const code = separator.charCodeAt(0)
  let at = from
  for (; at < text.length; at++) {
    const one = text.charCodeAt(at)
    if (one === code || one === 10 || one === 13) break
  }
  return at
}
