// The rows of one sheet of an xlsx, streamed: cells by their types, dates by their styles, merged ranges filled in.
import { SheetFault, XLSX_COLUMNS, XLSX_ROWS, columnOf, dateOfSerial, limits, type Cell, type SheetRow } from './cells.ts'
import type { SharedTexts } from './shared-texts.ts'
import { isTrue, type Workbook } from './workbook.ts'
import { XmlScanner, attribute, decoded, unescaped, type XmlHandler } from './xml.ts'

export interface Merge { top: number; left: number; bottom: number; right: number }
const BATCH = 500
const MOST_MERGES = 200_000

/** Merged ranges stand behind the rows; a first pass over the bytes finds them so that the rows can be streamed. */
export async function readMerges(chunks: AsyncIterable<Buffer>): Promise<Merge[]> {
  const merges: Merge[] = []
  const handler: XmlHandler = {
    wantsText: false, close() {}, text() {},
    open(name, attributes) {
      if (name !== 'mergeCell') return
      const [from = '', to = from] = (attribute(attributes, 'ref') ?? '').split(':')
      const merge = { top: Number(/\d+$/.exec(from)?.[0]), left: columnOf(from), bottom: Number(/\d+$/.exec(to)?.[0]), right: columnOf(to) }
      if (merge.left < 0 || !(merge.bottom >= merge.top)) return
      if (merges.length >= MOST_MERGES) throw new SheetFault('bomb')
      merges.push(merge)
    },
  }
  const scanner = new XmlScanner(handler)
  const decoder = new TextDecoder('utf-8')
  let before = Buffer.alloc(0)
  let found = false
  for await (const chunk of chunks) {
    if (found) {
      scanner.push(decoder.decode(chunk, { stream: true }))
      continue
    }
    const joined = Buffer.concat([before, chunk])
    const at = joined.indexOf('sheetData>')
    // The opening tag may come alone (`<sheetData>`); what closes the rows has a slash before its name or prefix.
    const end = closing(joined, at)
    if (end >= 0) {
      found = true
      scanner.push(decoder.decode(joined.subarray(end), { stream: true }))
    } else before = Buffer.from(joined.subarray(Math.max(0, joined.length - 64)))
  }
  return merges.sort((a, b) => a.top - b.top)
}
function closing(bytes: Buffer, from: number): number {
  for (let at = from; at >= 0; at = bytes.indexOf('sheetData>', at + 1)) {
    const open = bytes.lastIndexOf('<', at)
    if (open >= 0 && bytes[open + 1] === 47) return at + 10
  }
  return -1
}

class RowsHandler implements XmlHandler {
  wantsText = false
  rows: SheetRow[] = []
  hiddenColumns: number[] = []
  private row: SheetRow | undefined
  private at = 0
  private column = -1
  private type = ''
  private style = 0
  private value = ''
  private has = false
  private phonetic = false
  constructor(private readonly book: Workbook, private readonly texts: SharedTexts | undefined) {}

  open(name: string, attributes: string): void {
    if (name === 'c') this.openCell(attributes)
    else if (name === 'v') this.wantsText = this.has = true
    else if (name === 't') {
      this.wantsText = !this.phonetic
      this.has = true
    } else if (name === 'rPh') this.phonetic = true
    else if (name === 'row') this.openRow(attributes)
    else if (name === 'col' && isTrue(attribute(attributes, 'hidden'))) {
      const to = Math.min(Number(attribute(attributes, 'max')), limits.columns)
      for (let column = Number(attribute(attributes, 'min')); column <= to; column++) this.hiddenColumns.push(column - 1)
    }
  }
  close(name: string): void {
    if (name === 'v' || name === 't') this.wantsText = false
    else if (name === 'c') this.closeCell()
    else if (name === 'rPh') this.phonetic = false
    else if (name === 'row' && this.row) {
      this.rows.push(this.row)
      this.row = undefined
    }
  }
  text(text: string): void {
    if (this.value.length + text.length > limits.cell * 8) throw new SheetFault('cell_too_long', this.at)
    this.value += text
  }
  private openRow(attributes: string): void {
    const given = attribute(attributes, 'r')
    const at = given === undefined ? this.at + 1 : Number(given)
    if (!Number.isInteger(at) || at <= this.at) throw new SheetFault('damaged', this.at)
    if (at > XLSX_ROWS) throw new SheetFault('too_many_rows', at)
    this.at = at
    this.column = -1
    this.row = isTrue(attribute(attributes, 'hidden')) ? { at, cells: [], hidden: true } : { at, cells: [] }
  }
  private openCell(attributes: string): void {
    this.type = 'n'
    this.style = 0
    let column = this.column + 1
    // Millions of these: the three attributes that matter have one letter each and are taken in one pass.
    for (let equals = attributes.indexOf('='); equals > 0; equals = attributes.indexOf('=', equals)) {
      const open = equals + 1
      const quote = attributes.charCodeAt(open)
      if (quote !== 34 && quote !== 39) return this.openCellSlowly(attributes)
      const close = attributes.indexOf(quote === 34 ? '"' : "'", open + 1)
      if (close < 0) throw new SheetFault('damaged', this.at)
      const name = attributes.charCodeAt(equals - 1)
      if (equals === 1 || attributes.charCodeAt(equals - 2) <= 32) {
        if (name === 114) column = columnOf(attributes.slice(open + 1, close))
        else if (name === 116) this.type = attributes.slice(open + 1, close)
        else if (name === 115) this.style = Number(attributes.slice(open + 1, close))
      }
      equals = close + 1
    }
    this.beginCell(column)
  }
  private openCellSlowly(attributes: string): void {
    const reference = attribute(attributes, 'r')
    this.type = attribute(attributes, 't') ?? 'n'
    this.style = Number(attribute(attributes, 's') ?? 0)
    this.beginCell(reference === undefined ? this.column + 1 : columnOf(reference))
  }
  private beginCell(column: number): void {
    if (column < 0 || column >= XLSX_COLUMNS) throw new SheetFault('damaged', this.at)
    this.column = column
    this.value = ''
    this.has = false
  }
  private closeCell(): void {
    if (!this.row || !this.has) return
    const cell = this.cell()
    if (cell === null || cell === '') return
    if (this.column >= limits.columns) throw new SheetFault('too_many_columns', this.at)
    const { cells } = this.row
    while (cells.length < this.column) cells.push(null)
    cells[this.column] = cell
  }
  private cell(): Cell {
    const { value, type } = this
    if (type === 's') {
      if (!this.texts) throw new SheetFault('damaged', this.at)
      return this.texts.get(Number(value))
    }
    if (type === 'n') {
      const number = value.trim()
      if (number === '') return null
      if (this.book.dateStyles[this.style]) {
        const date = dateOfSerial(Number(number), this.book.from1904)
        if (date) return { d: date }
      }
      return { n: number.length > 40 ? number.slice(0, 40) : number }
    }
    if (type === 'b') return { b: isTrue(value.trim()) }
    if (type === 'e') return { e: value.slice(0, 40) }
    if (type === 'd') return { d: value.trim().slice(0, 19) }
    const text = unescaped(value)
    if (text.length > limits.cell) throw new SheetFault('cell_too_long', this.at)
    return text
  }
}

/** Gives every cell of a merged range the value of its first one, and says so on the row. */
export class MergeFiller {
  private next = 0
  private active: { merge: Merge; value: Cell }[] = []
  constructor(private readonly merges: readonly Merge[]) {}
  fill(row: SheetRow): void {
    while (this.next < this.merges.length && this.merges[this.next]!.top <= row.at) {
      const merge = this.merges[this.next++]!
      if (merge.bottom >= row.at) this.active.push({ merge, value: merge.top === row.at ? (row.cells[merge.left] ?? null) : null })
    }
    if (!this.active.length) return
    this.active = this.active.filter(({ merge }) => merge.bottom >= row.at)
    for (const { merge, value } of this.active) {
      if (value === null) continue
      for (let column = merge.left; column <= Math.min(merge.right, limits.columns - 1); column++) {
        if (row.at === merge.top && column === merge.left) continue
        while (row.cells.length < column) row.cells.push(null)
        if (row.cells[column] != null) continue
        row.cells[column] = value
        ;(row.merged ??= []).push(column)
      }
    }
  }
}

/** Rows that hold anything, in batches; `told` collects hidden columns while it runs. */
export async function* xlsxRows(chunks: AsyncIterable<Buffer>, book: Workbook, texts: SharedTexts | undefined, merges: readonly Merge[], told: { hiddenColumns: number[] }): AsyncGenerator<SheetRow[]> {
  const handler = new RowsHandler(book, texts)
  const scanner = new XmlScanner(handler)
  const filler = new MergeFiller(merges)
  let ready: SheetRow[] = []
  for await (const piece of decoded(chunks)) {
    scanner.push(piece)
    for (const row of handler.rows) {
      filler.fill(row)
      if (row.cells.length) ready.push(row)
    }
    handler.rows = []
    told.hiddenColumns = handler.hiddenColumns
    if (ready.length >= BATCH) {
      yield ready
      ready = []
    }
  }
  scanner.push('', true)
  if (ready.length) yield ready
}
