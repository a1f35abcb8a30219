// Writes tables as streams in bounded memory: xlsx whose texts can never run as formulas, and CSV that Excel opens in Chinese.
import { Readable } from 'node:stream'
import { columnLetters, serialOfDay, XLSX_ROWS } from './cells.ts'
import { guarded } from './guard.ts'
import { zipWriter } from './zip-write.ts'

/** A value to write: text, number, yes or no, a number kept digit by digit, or a day `2020-02-24`. */
export type Value = string | number | boolean | null | undefined | { n: string } | { d: string }
export interface WrittenSheet {
  /** At most 31 characters, none of `: \ / ? * [ ]`. */
  name: string
  /** Width of each column in characters. */
  widths?: readonly number[]
  /** Rows at the top set off as headers and kept in view. */
  headers?: number
  /** Text columns (from 0) in which Excel shall not turn typed digits into numbers. */
  texts?: readonly number[]
  /** Stands at the foot of every printed page. */
  footer?: string
  rows: AsyncIterable<readonly Value[]> | Iterable<readonly Value[]>
}

// C0 controls are no XML; the rest of a text goes through unchanged.
const NOT_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|_x[0-9A-Fa-f]{4}_|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const SPECIAL = /[&<>"\r]/
export function escapeXml(text: string): string {
  let safe = NOT_XML.test(text) ? text.replace(NOT_XML, (found) => (found.startsWith('_x') ? `_x005F${found}` : hex(found))) : text
  NOT_XML.lastIndex = 0
  if (SPECIAL.test(safe)) safe = safe.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;').replace(/\r/g, '_x000D_')
  return safe
}
const hex = (character: string) => (/[\uD800-\uDFFF]/.test(character) ? '\uFFFD' : `_x${character.charCodeAt(0).toString(16).padStart(4, '0').toUpperCase()}_`)

// Styles by number: 0 plain, 1 header, 2 text, 3 day, 4 text whose first character must not start a formula when edited.
const STYLES = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Microsoft YaHei"/></font><font><b/><sz val="11"/><name val="Microsoft YaHei"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE3EFEE"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/></cellXfs></styleSheet>'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** An xlsx as a stream of bytes; a sheet with more rows than Excel has goes on in further sheets of the same headers. */
export function writeXlsx(sheets: readonly WrittenSheet[], options: { author?: string; created?: Date } = {}): Readable {
  return Readable.from(xlsxBytes(sheets, options), { objectMode: false })
}
async function* xlsxBytes(sheets: readonly WrittenSheet[], options: { author?: string; created?: Date }): AsyncGenerator<Buffer> {
  const zip = zipWriter(options.created)
  const names: string[] = []
  for (const sheet of sheets) {
    const source = rowsOf(sheet)
    const headers: (readonly Value[])[] = []
    for (let part = 1, more = true; more; part++) {
      names.push(part === 1 ? sheet.name : `${sheet.name.slice(0, 26)} (${part})`)
      const state = { done: false }
      yield* zip.entry(`xl/worksheets/sheet${names.length}.xml`, sheetXml(sheet, source, headers, part, names.length === 1, state))
      more = !state.done
    }
  }
  const numbered = names.map((name, at) => ({ name, id: at + 1 }))
  yield* zip.entry('xl/styles.xml', [STYLES])
  yield* zip.entry('xl/workbook.xml', [`${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${numbered.map(({ name, id }) => `<sheet name="${escapeXml(name)}" sheetId="${id}" r:id="rId${id}"/>`).join('')}</sheets></workbook>`])
  yield* zip.entry('xl/_rels/workbook.xml.rels', [`${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${numbered.map(({ id }) => `<Relationship Id="rId${id}" Type="${RELATIONS}/worksheet" Target="worksheets/sheet${id}.xml"/>`).join('')}<Relationship Id="rId${numbered.length + 1}" Type="${RELATIONS}/styles" Target="styles.xml"/></Relationships>`])
  yield* zip.entry('docProps/core.xml', [`${HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>${escapeXml(options.author ?? 'Fugong')}</dc:creator>${options.created ? `<dcterms:created xsi:type="dcterms:W3CDTF">${options.created.toISOString()}</dcterms:created>` : ''}</cp:coreProperties>`])
  yield* zip.entry('_rels/.rels', [`${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${RELATIONS}/officeDocument" Target="xl/workbook.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>`])
  yield* zip.entry('[Content_Types].xml', [`${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>${numbered.map(({ id }) => `<Override PartName="/xl/worksheets/sheet${id}.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>`).join('')}</Types>`])
  yield* zip.end()
}
// Three bytes each at most: a sheet stays below the 4 GB that an entry may have.
const MOST_CHARACTERS = 1_200_000_000
function rowsOf(sheet: WrittenSheet): AsyncIterator<readonly Value[]> | Iterator<readonly Value[]> {
  return Symbol.asyncIterator in sheet.rows ? sheet.rows[Symbol.asyncIterator]() : sheet.rows[Symbol.iterator]()
}

async function* sheetXml(sheet: WrittenSheet, source: AsyncIterator<readonly Value[]> | Iterator<readonly Value[]>, headers: (readonly Value[])[], part: number, first: boolean, state: { done: boolean }): AsyncGenerator<string> {
  const frozen = sheet.headers ?? 0
  const texts = new Set(sheet.texts)
  let xml = `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"${first ? ' tabSelected="1"' : ''}>${frozen ? `<pane ySplit="${frozen}" topLeftCell="A${frozen + 1}" activePane="bottomLeft" state="frozen"/>` : ''}</sheetView></sheetViews>`
  if (sheet.widths?.length) xml += `<cols>${sheet.widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"${texts.has(at) ? ' style="2"' : ''}/>`).join('')}</cols>`
  xml += '<sheetData>'
  let at = 0
  let bytes = 0
  // The headers come again on every further sheet.
  if (part > 1) for (const header of headers) xml += rowXml(header, ++at, true)
  while (at < XLSX_ROWS) {
    const next = await source.next()
    if (next.done) {
      state.done = true
      break
    }
    at += 1
    const header = part === 1 && at <= frozen
    if (header) headers.push(next.value)
    xml += rowXml(next.value, at, header)
    if (xml.length > 65_536) {
      bytes += xml.length
      yield xml
      xml = ''
      if (bytes > MOST_CHARACTERS) break
    }
  }
  yield `${xml}</sheetData>${sheet.footer ? `<headerFooter><oddFooter>${escapeXml(`&C${sheet.footer.replaceAll('&', '&&').slice(0, 200)} · &P/&N`)}</oddFooter></headerFooter>` : ''}</worksheet>`
}
function rowXml(values: readonly Value[], at: number, header: boolean): string {
  let xml = `<row r="${at}">`
  for (let column = 0; column < values.length; column++) {
    const value = values[column]
    if (value === null || value === undefined || value === '') continue
    xml += cellXml(value, `${columnLetters(column)}${at}`, header)
  }
  return `${xml}</row>`
}
const STARTS_FORMULA = /^[=+\-@']/
function cellXml(value: Exclude<Value, null | undefined>, reference: string, header: boolean): string {
  if (typeof value === 'string') {
    const space = /^\s|\s$|\n/.test(value) ? ' xml:space="preserve"' : ''
    return `<c r="${reference}" s="${header ? 1 : STARTS_FORMULA.test(value) ? 4 : 2}" t="inlineStr"><is><t${space}>${escapeXml(value)}</t></is></c>`
  }
  if (typeof value === 'boolean') return `<c r="${reference}" t="b"><v>${value ? 1 : 0}</v></c>`
  if (typeof value === 'number') return Number.isFinite(value) ? `<c r="${reference}"><v>${value}</v></c>` : ''
  if ('n' in value) return `<c r="${reference}"><v>${escapeXml(value.n)}</v></c>`
  if (/^\d{4}-\d\d-\d\d$/.test(value.d) && value.d >= '1900-03-01') return `<c r="${reference}" s="3"><v>${serialOfDay(value.d)}</v></c>`
  return `<c r="${reference}" s="2" t="inlineStr"><is><t>${escapeXml(value.d)}</t></is></c>`
}

const textOf = (value: Value): string => (value === null || value === undefined ? '' : typeof value === 'string' ? guarded(value) : typeof value === 'object' ? ('n' in value ? value.n : value.d) : String(value))
/** One line of a CSV, formula-safe, without its line end. */
export function csvLine(values: readonly Value[], separator = ','): string {
  return values.map((value) => {
    const text = textOf(value)
    return text.includes('"') || text.includes(separator) || /[\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
  }).join(separator)
}
/** A CSV as a stream of bytes, with the mark by which Excel knows UTF-8. */
export function writeCsv(rows: AsyncIterable<readonly Value[]> | Iterable<readonly Value[]>, separator = ','): Readable {
  return Readable.from(csvBytes(rows, separator), { objectMode: false })
}
async function* csvBytes(rows: AsyncIterable<readonly Value[]> | Iterable<readonly Value[]>, separator: string): AsyncGenerator<Buffer> {
  let text = '\uFEFF'
  for await (const row of rows) {
    text += `${csvLine(row, separator)}\r\n`
    if (text.length > 65_536) {
      yield Buffer.from(text)
      text = ''
    }
  }
  if (text) yield Buffer.from(text)
}
