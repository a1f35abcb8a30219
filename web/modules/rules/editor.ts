// The table under the editor's hands: deeds on rows and cells, each undone and redone, cells as text for copying.
import type { DecisionTable } from '@fugong/contract/rules'
import type { DraftRow, DraftTable } from '@fugong/contract/rules.editing'

/** What was and what was taken back; `mark` names the place last written to, so that typing there is one step. */
export interface History { past: DraftTable[]; present: DraftTable; future: DraftTable[]; mark: string | undefined }
const MOST_STEPS = 200

export const begin = (present: DraftTable): History => ({ past: [], present, future: [], mark: undefined })
export function step(history: History, present: DraftTable, mark?: string): History {
  if (present === history.present) return history
  const same = mark !== undefined && mark === history.mark
  return { past: same ? history.past : [...history.past, history.present].slice(-MOST_STEPS), present, future: [], mark }
}
export function undo({ past, present, future }: History): History {
  const before = past.at(-1)
  return before ? { past: past.slice(0, -1), present: before, future: [present, ...future], mark: undefined } : { past, present, future, mark: undefined }
}
export function redo({ past, present, future }: History): History {
  const [next, ...rest] = future
  return next ? { past: [...past, present], present: next, future: rest, mark: undefined } : { past, present, future, mark: undefined }
}

export type Value = string | number | boolean | null
const withRow = (table: DraftTable, index: number, change: (row: DraftRow) => DraftRow): DraftTable => ({ ...table, rows: table.rows.map((row, place) => (place === index ? change(row) : row)) })
export const setWhen = (table: DraftTable, row: number, column: string, cel: string | undefined): DraftTable => withRow(table, row, (one) => {
  const { [column]: _, ...when } = one.when
  return { ...one, when: cel === undefined ? when : { ...when, [column]: cel } }
})
export const setThen = (table: DraftTable, row: number, column: string, value: Value): DraftTable => withRow(table, row, (one) => ({ ...one, then: { ...one.then, [column]: value } }))
export const setBecause = (table: DraftTable, row: number, because: { zh: string; en: string }): DraftTable => withRow(table, row, (one) => ({ ...one, because }))

/** A name that no row has or had, so that history does not take a new row for an old one. */
export function newRowId(table: DraftTable, base: DecisionTable): string {
  const used = new Set([...table.rows, ...base.rows].map((row) => row.id))
  const highest = Math.max(0, ...[...used].map((id) => Number(/^r(\d{1,9})$/.exec(id)?.[1] ?? 0)))
  return `r${highest + 1}`
}
const MOST_ROWS = 2000
/** Puts a row at a place; a full table stays as it is. */
export function insertRow(table: DraftTable, base: DecisionTable, at: number, like: Partial<DraftRow> = {}): DraftTable {
  if (table.rows.length >= MOST_ROWS) return table
  const then = Object.fromEntries(table.outputs.map((column) => [column.name, null as Value]))
  const row: DraftRow = { when: {}, then, ...structuredClone(like), id: newRowId(table, base) }
  return { ...table, rows: [...table.rows.slice(0, at), row, ...table.rows.slice(at)] }
}
export const duplicateRow = (table: DraftTable, base: DecisionTable, index: number): DraftTable => (table.rows[index] ? insertRow(table, base, index + 1, table.rows[index]) : table)
export const removeRow = (table: DraftTable, index: number): DraftTable => (table.rows[index] ? { ...table, rows: table.rows.filter((_, place) => place !== index) } : table)
export function moveRow(table: DraftTable, from: number, to: number): DraftTable {
  const row = table.rows[from]
  if (!row || from === to || to < 0 || to >= table.rows.length) return table
  const rest = table.rows.filter((_, place) => place !== from)
  return { ...table, rows: [...rest.slice(0, to), row, ...rest.slice(to)] }
}

/** Columns of the grid from left to right: conditions, results, reason. */
export type Place = { part: 'when' | 'then'; column: DraftTable['inputs'][number] } | { part: 'because' }
export const placesOf = (table: Pick<DraftTable, 'inputs' | 'outputs'>): Place[] => [...table.inputs.map((column): Place => ({ part: 'when', column })), ...table.outputs.map((column): Place => ({ part: 'then', column })), { part: 'because' }]

/** A cell as text that can be pasted back; the reason holds both languages, one after the other. */
export function textOf(row: DraftRow, place: Place): string {
  if (place.part === 'because') return row.because ? `${row.because.zh} / ${row.because.en}` : ''
  const value = place.part === 'when' ? row.when[place.column.name] : row.then[place.column.name]
  return value === undefined || value === null ? '' : String(value)
}
export const blockText = (rows: readonly DraftRow[], places: readonly Place[]) => rows.map((row) => places.map((place) => textOf(row, place).replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n')
export const readBlock = (text: string): string[][] => text.replace(/\r\n?/g, '\n').replace(/\n$/, '').split('\n').map((line) => line.split('\t'))

/** Writes a block of texts from a cell on; `refused` counts texts that their result column cannot hold. */
export function paste(table: DraftTable, at: { row: number; place: number }, block: readonly (readonly string[])[]): { table: DraftTable; refused: number } {
  const places = placesOf(table)
  let [next, refused] = [table, 0]
  for (const [down, line] of block.entries()) {
    for (const [right, text] of line.entries()) {
      const [row, place] = [at.row + down, places[at.place + right]]
      if (!place || !next.rows[row]) continue
      const written = writeText(next, row, place, text.trim())
      if (written) next = written
      else refused += 1
    }
  }
  return { table: next, refused }
}
function writeText(table: DraftTable, row: number, place: Place, text: string): DraftTable | undefined {
  if (place.part === 'because') {
    const [zh = '', ...en] = text.split(' / ')
    return setBecause(table, row, { zh, en: en.join(' / ') })
  }
  const { name } = place.column
  if (place.part === 'when') return setWhen(table, row, name, conditionFor(table, name, text))
  const value = valueFrom(place.column, text)
  return value === undefined ? undefined : setThen(table, row, name, value)
}
/** A condition copied from one column to another of the same kind asks the other one there. */
function conditionFor(table: DraftTable, name: string, text: string): string | undefined {
  if (!text) return undefined
  const named = table.inputs.find((column) => new RegExp(`(^|[^\\w"'.])${column.name}\\b`).test(text))
  const own = table.inputs.find((column) => column.name === name)
  if (!named || named.name === name || named.type !== own?.type) return text
  return text.replace(new RegExp(`(^|[^\\w"'.])${named.name}\\b`, 'g'), `$1${name}`)
}
/** A text as a value of a result column; undefined when it is none. Codes are also known by their names. */
export function valueFrom(column: DraftTable['outputs'][number], text: string): Value | undefined {
  if (text === '') return null
  if (column.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined
  if (column.type === 'boolean') return ['true', '是', 'yes'].includes(text.toLowerCase()) ? true : ['false', '否', 'no'].includes(text.toLowerCase()) ? false : undefined
  if (column.type === 'text') return text
  return column.codes?.find(({ value, label }) => value === text || label.zh === text || label.en.toLowerCase() === text.toLowerCase())?.value
}
