// Finds the header of a table among its first rows, and matches its columns with those of the target by name and synonym.
import type { Cell, ImportColumn, SheetRow } from './ports.ts'
import { matchKey } from './clean.rules.ts'

export interface Header {
  /** Number of the last header row, 0 when there is none. */
  at: number
  rows: number
  names: string[]
}
export interface Match { code: string; by: 'name' | 'synonym' }
export const REASON_HEADERS = ['退回原因（导入时忽略）', 'Reasons (ignored when imported)'] as const

/** What remains of a header for comparing: no brackets with remarks, no stars, no punctuation. */
export function headerKey(header: string): string {
  return matchKey(header).replace(/[（(【[][^）)】\]]*[）)】\]]/g, '').replace(/必填|选填/g, '').replace(/[*:：/\-_.、,，"'“”]/g, '')
}
export function cellText(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return ''
  if (typeof cell === 'string') return cell
  return 'n' in cell ? cell.n : 'd' in cell ? cell.d : 'b' in cell ? (cell.b ? 'TRUE' : 'FALSE') : cell.e
}
/** Names of the columns below a header of one or several rows: what stands above is put in front where it says more. */
export function namesOf(rows: readonly SheetRow[], header: { at: number; rows: number }): string[] {
  const parts = rows.filter((row) => row.at > header.at - header.rows && row.at <= header.at)
  const width = Math.max(0, ...rows.map((row) => row.cells.length))
  return Array.from({ length: width }, (_, column) => {
    const words = parts.map((row) => cellText(row.cells[column]).trim().replace(/\s+/g, ' ')).filter(Boolean)
    return [...new Set(words)].join('/').slice(0, 200)
  })
}
/** For each header a column of the target, each at most once; the name before synonyms, the whole header before its last part. */
export function matchColumns(names: readonly string[], columns: readonly ImportColumn[]): (Match | null)[] {
  const found: (Match | null)[] = names.map(() => null)
  const taken = new Set<string>()
  const pass = (keyOf: (name: string) => string, words: (column: ImportColumn) => readonly string[], by: Match['by']) => {
    names.forEach((name, at) => {
      const key = keyOf(name)
      if (found[at] || !key || isReason(name)) return
      const column = columns.find((one) => !taken.has(one.code) && words(one).some((word) => headerKey(word) === key))
      if (!column) return
      found[at] = { code: column.code, by }
      taken.add(column.code)
    })
  }
  const last = (name: string) => (name.includes('/') ? headerKey(name.split('/').at(-1)!) : '')
  pass(headerKey, (column) => [column.name.zh, column.name.en, column.code], 'name')
  pass(headerKey, (column) => column.synonyms, 'synonym')
  pass(last, (column) => [column.name.zh, column.name.en], 'name')
  pass(last, (column) => column.synonyms, 'synonym')
  return found
}
const isReason = (name: string) => REASON_HEADERS.some((reason) => headerKey(reason) === headerKey(name))

/** The rows among the first thirty that match the most columns; without any match the first row with text is taken. */
export function findHeader(rows: readonly SheetRow[], columns: readonly ImportColumn[]): Header {
  const first = rows.slice(0, 30)
  let best: Header & { score: number } = { at: 0, rows: 0, names: [], score: 0 }
  for (const row of first) {
    for (const height of [1, 2, 3]) {
      const header = { at: row.at, rows: height }
      const parts = first.filter((one) => one.at > row.at - height && one.at <= row.at)
      // Numbers and dates belong to data, not to a header.
      if (parts.length !== height || parts.some((part) => part.cells.some((cell) => typeof cell === 'object' && cell !== null))) continue
      const names = namesOf(first, header)
      const score = matchColumns(names, columns).filter(Boolean).length
      if (score > best.score) best = { ...header, names, score }
    }
  }
  if (best.score) return { at: best.at, rows: best.rows, names: best.names }
  const row = first.find((one) => one.cells.filter((cell) => typeof cell === 'string').length > 1) ?? first[0]
  return row ? { at: row.at, rows: 1, names: namesOf(first, { at: row.at, rows: 1 }) } : { at: 0, rows: 0, names: [] }
}

const TOTALS = /^(合计|总计|小计|共计|累计|总数|本页小计|本页合计|total|subtotal|grandtotal|sum)[:：]?/
const NOTES = /^((注|备注|说明|填表说明|填表人|填报人|制表人|制表|审核人|审核|负责人|填表日期|填报日期|联系电话)[:：0-9一二三1]|note[:：])/
/** Rows below the header that are no record: totals and remarks, told by their first words while no key is filled in. */
export function isNoData(row: SheetRow, keyColumns: readonly number[]): 'totalRow' | 'noteRow' | undefined {
  const first = row.cells.find((cell) => cellText(cell).trim() !== '')
  if (typeof first !== 'string') return undefined
  const word = matchKey(first)
  const rest = row.cells.map((cell) => matchKey(cellText(cell))).filter((text) => text !== '' && text !== word)
  if (NOTES.test(word) && (rest.length === 0 || rest.every((text) => NOTES.test(text)))) return 'noteRow'
  if (!TOTALS.test(word) || word.length > 12) return undefined
  // The word itself may stand in the column of the key.
  return keyColumns.some((column) => !['', word].includes(matchKey(cellText(row.cells[column])))) ? undefined : 'totalRow'
}
