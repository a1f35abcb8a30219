// Workbooks for tests, made by hand from their XML parts, also broken and hostile ones.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { zipOf, type Packed } from './zip.ts'

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
export interface Parts { sheet?: string; sheets?: { name: string; state?: string; xml: string }[]; shared?: string; styles?: string; types?: string; workbookPr?: string; more?: Packed[] }
/** Sheet XML around rows. */
export const sheetXml = (rows: string, behind = '', before = '') => `<?xml version="1.0"?><worksheet xmlns="${MAIN}">${before}<sheetData>${rows}</sheetData>${behind}</worksheet>`
/** The entries of a workbook with these parts. */
export function workbookEntries(parts: Parts): Packed[] {
  const sheets = parts.sheets ?? [{ name: '表一', xml: parts.sheet ?? sheetXml('') }]
  const of = (type: string) => `http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}`
  return [
    { name: '[Content_Types].xml', content: parts.types ?? '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>' },
    { name: 'xl/workbook.xml', content: `<workbook xmlns="${MAIN}" xmlns:r="r">${parts.workbookPr ?? ''}<sheets>${sheets.map(({ name, state }, at) => `<sheet name="${name}" sheetId="${at + 1}"${state ? ` state="${state}"` : ''} r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>` },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${sheets.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${of('worksheet')}" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="s" Type="${of('styles')}" Target="styles.xml"/><Relationship Id="t" Type="${of('sharedStrings')}" Target="/xl/sharedStrings.xml"/></Relationships>` },
    ...sheets.map(({ xml }, at) => ({ name: `xl/worksheets/sheet${at + 1}.xml`, content: xml })),
    ...(parts.styles ? [{ name: 'xl/styles.xml', content: parts.styles }] : []),
    ...(parts.shared ? [{ name: 'xl/sharedStrings.xml', content: parts.shared }] : []),
    ...(parts.more ?? []),
  ]
}
/** A zip with right checksums, which the sheet reader asks for. */
export function checkedZip(entries: Packed[], options: Parameters<typeof zipOf>[1] = {}): Buffer {
  const zip = zipOf(entries, options)
  let at = zip.readUInt32LE(zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1')) + 16)
  for (const entry of entries) {
    zip.writeUInt32LE(crc32(Buffer.from(entry.content ?? '')), at + 16)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return zip
}
export const xlsxOf = (parts: Parts): Buffer => checkedZip(workbookEntries(parts))

/** A folder for files of a test. */
export function scratch(): { file(name: string, content: Buffer | string): string; folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'fugong-sheets-'))
  return {
    folder,
    file(name, content) {
      const path = join(folder, name)
      writeFileSync(path, content)
      return path
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
