// Opens a table from a file, judged by its bytes and never by its name: xlsx or CSV in, rows out, everything else refused with its reason.
import { open } from 'node:fs/promises'
import { SheetFault, type SheetName, type SheetRow } from './cells.ts'
import { CsvSplitter, encodingOf, separatorOf, textOf, type Encoding, type Separator } from './csv-text.ts'
import { readSharedTexts } from './shared-texts.ts'
import { readWorkbook } from './workbook.ts'
import { readMerges, xlsxRows } from './xlsx-rows.ts'
import { openZip } from './zip.ts'

export interface SheetChoice { sheet?: string; encoding?: Encoding; separator?: Separator }
export interface OpenedSheet {
  format: 'xlsx' | 'csv'
  sheets: SheetName[]
  /** The sheet that is read: the one chosen, else the first that is not hidden. */
  sheet: string | null
  encoding: Encoding | null
  separator: Separator | null
  /** Rows that hold anything, in order, some hundred at a time. */
  rows(): AsyncGenerator<SheetRow[]>
  /** Columns (from 0) that are hidden in the file, known once rows have been read. */
  told: { hiddenColumns: number[]; merges: number }
  close(): Promise<void>
}

export async function openSheet(path: string, choice: SheetChoice = {}): Promise<OpenedSheet> {
  const head = await headOf(path)
  if (head.length === 0) throw new SheetFault('empty')
  const kind = kindOf(head)
  if (kind === 'zip') return openXlsx(path, choice)
  if (kind === 'ole') throw new SheetFault(await oleKind(path))
  if (kind === 'other') throw new SheetFault('not_a_sheet')
  return openCsv(path, choice)
}
async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}
/** By the first bytes: containers, pictures, documents, pages; what is left is text if it has no binary zeros. */
function kindOf(head: Buffer): 'zip' | 'ole' | 'text' | 'other' {
  const starts = (...bytes: number[]) => bytes.every((byte, at) => head[at] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06)) return 'zip'
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return 'ole'
  if (starts(0xff, 0xfe) || starts(0xfe, 0xff)) return 'text'
  if (head.includes(0)) return 'other'
  const text = head.toString('latin1').replace(/^\xef\xbb\xbf/, '').trimStart().toLowerCase()
  return /^(%pdf-|\{\\rtf|\x89png|gif8|rar!|7z\xbc|<(!doctype|html|\?xml|table|workbook|meta|head|body|script|svg))/.test(text) ? 'other' : 'text'
}
/** What an old compound file holds: an encrypted xlsx, an Excel 97 workbook, or something else. */
async function oleKind(path: string): Promise<'encrypted' | 'old_excel' | 'other_office'> {
  const marks = { encrypted: Buffer.from('EncryptedPackage', 'utf16le'), workbook: Buffer.from('Workbook', 'utf16le'), book: Buffer.from('Book\0', 'utf16le') }
  const file = await open(path, 'r')
  let excel = false
  try {
    const step = 1024 * 1024
    const buffer = Buffer.alloc(step + 64)
    for (let at = 0; ; at += step) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at)
      const bytes = buffer.subarray(0, bytesRead)
      if (bytes.includes(marks.encrypted)) return 'encrypted'
      excel ||= bytes.includes(marks.workbook) || bytes.includes(marks.book)
      if (bytesRead < buffer.length) return excel ? 'old_excel' : 'other_office'
    }
  } finally {
    await file.close()
  }
}

async function openXlsx(path: string, choice: SheetChoice): Promise<OpenedSheet> {
  const zip = await openZip(path)
  try {
    const book = await readWorkbook(zip)
    const sheet = choice.sheet === undefined ? (book.sheets.find((one) => !one.hidden) ?? book.sheets[0]!) : book.sheets.find((one) => one.name === choice.sheet)
    if (!sheet) throw new SheetFault('sheet_unknown')
    const told = { hiddenColumns: [] as number[], merges: 0 }
    return {
      format: 'xlsx', sheets: book.sheets.map(({ name, hidden }) => ({ name, hidden })), sheet: sheet.name, encoding: null, separator: null, told,
      async *rows() {
        const entry = zip.entries.get(sheet.part)!
        const merges = await readMerges(zip.chunks(entry))
        told.merges = merges.length
        const texts = book.sharedTexts ? await readSharedTexts(zip.chunks(zip.entries.get(book.sharedTexts)!)) : undefined
        yield* xlsxRows(zip.chunks(entry), book, texts, merges, told)
      },
      close: () => zip.close(),
    }
  } catch (error) {
    await zip.close()
    throw error
  }
}

const BATCH = 500
async function openCsv(path: string, choice: SheetChoice): Promise<OpenedSheet> {
  const encoding = choice.encoding ?? (await encodingOf(path))
  const separator = choice.separator ?? separatorOf(await beginning(path, encoding))
  return {
    format: 'csv', sheets: [], sheet: null, encoding, separator, told: { hiddenColumns: [], merges: 0 },
    async *rows() {
      const splitter = new CsvSplitter(separator)
      let rows: SheetRow[] = []
      for await (const piece of textOf(path, encoding)) {
        splitter.push(piece, rows)
        for (let from = 0; from < rows.length; from += BATCH) yield rows.slice(from, from + BATCH)
        rows = []
      }
      splitter.end(rows)
      if (rows.length) yield rows
    },
    close: async () => {},
  }
}
async function beginning(path: string, encoding: Encoding): Promise<string> {
  const { value } = await textOf(path, encoding).next()
  return value ?? ''
}
