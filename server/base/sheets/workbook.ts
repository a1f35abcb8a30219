// The parts around the sheets of an xlsx: what kind of workbook it is, its sheets, and which styles are dates.
import { SheetFault, type SheetName } from './cells.ts'
import { attribute, scanWhole } from './xml.ts'
import type { Zip } from './zip.ts'

export interface WorkbookSheet extends SheetName { part: string }
export interface Workbook {
  sheets: WorkbookSheet[]
  /** Dates count from 1904, as old Macintosh versions did. */
  from1904: boolean
  /** By style number: whether a number of this style is a date. */
  dateStyles: boolean[]
  sharedTexts: string | undefined
}

/** Reads the parts that say where the sheets are; throws SheetFault for macros, other office files and broken ones. */
export async function readWorkbook(zip: Zip): Promise<Workbook> {
  const names = [...zip.entries.keys()]
  if (names.some((name) => /(^|\/)vbaProject[^/]*\.bin$/i.test(name))) throw new SheetFault('macros')
  if (names.includes('mimetype') || names.includes('word/document.xml') || names.includes('ppt/presentation.xml')) throw new SheetFault('other_office')
  if (names.includes('EncryptedPackage')) throw new SheetFault('encrypted')
  const types = await zip.whole('[Content_Types].xml')
  if (!types) throw new SheetFault('not_a_sheet')
  const main = mainPart(types)
  const bytes = await zip.whole(main)
  if (!bytes) throw new SheetFault(names.includes('xl/workbook.bin') ? 'binary_excel' : 'not_a_sheet')
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const relations = await relationsOf(zip, `${folder}_rels/${main.slice(folder.length)}.rels`, folder)
  const { sheets, from1904 } = sheetsOf(bytes, relations)
  const visible = sheets.filter((sheet) => zip.entries.has(sheet.part))
  if (!visible.length) throw new SheetFault('damaged')
  const part = (type: string) => [...relations.values()].find((relation) => relation.type === type && zip.entries.has(relation.target))?.target
  const styles = part('styles')
  return { sheets: visible, from1904, dateStyles: styles ? dateStylesOf((await zip.whole(styles))!) : [], sharedTexts: part('sharedStrings') }
}

/** The workbook's part by its declared type; the type also betrays macros and the binary form, whatever the file is called. */
function mainPart(types: Buffer): string {
  let found: string | undefined
  scanWhole(types, {
    open(name, attributes) {
      if (name !== 'Override' && name !== 'Default') return
      const type = attribute(attributes, 'ContentType') ?? ''
      if (/macroEnabled|vbaProject/i.test(type)) throw new SheetFault('macros')
      if (/sheet\.binary/i.test(type)) throw new SheetFault('binary_excel')
      if (/wordprocessingml|presentationml/i.test(type)) throw new SheetFault('other_office')
      if (name === 'Override' && /spreadsheetml\.(sheet|template)\.main\+xml$/.test(type)) found = (attribute(attributes, 'PartName') ?? '').replace(/^\//, '')
    },
  })
  return found ?? 'xl/workbook.xml'
}

interface Relation { type: string; target: string }
async function relationsOf(zip: Zip, part: string, folder: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>()
  const bytes = await zip.whole(part)
  if (!bytes) throw new SheetFault('damaged')
  scanWhole(bytes, {
    open(name, attributes) {
      if (name !== 'Relationship' || attribute(attributes, 'TargetMode') === 'External') return
      const id = attribute(attributes, 'Id')
      const target = attribute(attributes, 'Target')
      const type = (attribute(attributes, 'Type') ?? '').split('/').at(-1)!
      if (id && target) relations.set(id, { type, target: target.startsWith('/') ? target.slice(1) : within(folder, target) })
    },
  })
  return relations
}
function within(folder: string, target: string): string {
  const parts = folder.split('/').filter(Boolean)
  for (const step of target.split('/')) {
    if (step === '..') parts.pop()
    else if (step !== '.') parts.push(step)
  }
  return parts.join('/')
}

function sheetsOf(bytes: Buffer, relations: Map<string, Relation>): { sheets: WorkbookSheet[]; from1904: boolean } {
  const sheets: WorkbookSheet[] = []
  let from1904 = false
  scanWhole(bytes, {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = isTrue(attribute(attributes, 'date1904'))
      if (name !== 'sheet') return
      // `id` also matches `r:id`; the number of the sheet is called `sheetId`.
      const relation = relations.get(attribute(attributes, 'id') ?? '')
      if (relation?.type === 'worksheet') sheets.push({ name: (attribute(attributes, 'name') ?? '').slice(0, 100), hidden: (attribute(attributes, 'state') ?? 'visible') !== 'visible', part: relation.target })
    },
  })
  return { sheets, from1904 }
}
export const isTrue = (value: string | undefined) => value === '1' || value === 'true'

/** ECMA-376 18.8.30: built-in formats that are dates, those of Chinese, Japanese and Korean versions included. */
const isBuiltInDate = (id: number) => (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
/** Whether a format of one's own shows a date: letters of date and time outside of quotes, brackets and escapes. */
export function isDateFormat(code: string): boolean {
  const bare = code.split(';')[0]!.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!(h+|m+|s+)\])[^\]]*\]/gi, '')
  return /[ymdhs]|上午|下午/i.test(bare.replace(/general|e[+-]/gi, ''))
}
function dateStylesOf(bytes: Buffer): boolean[] {
  const own = new Map<number, boolean>()
  const styles: boolean[] = []
  let inside = false
  scanWhole(bytes, {
    open(name, attributes) {
      if (name === 'numFmt') own.set(Number(attribute(attributes, 'numFmtId')), isDateFormat(attribute(attributes, 'formatCode') ?? ''))
      else if (name === 'cellXfs') inside = true
      else if (name === 'xf' && inside && styles.length < 65_536) {
        const id = Number(attribute(attributes, 'numFmtId') ?? 0)
        styles.push(own.get(id) ?? isBuiltInDate(id))
      }
    },
    close(name) {
      if (name === 'cellXfs') inside = false
    },
  })
  return styles
}
