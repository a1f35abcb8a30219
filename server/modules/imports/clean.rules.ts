// Brings single cells into the form the register keeps, says what was put right, and refuses what would have to be guessed.
import type { ToldKind } from '@fugong/contract/imports'
import type { Cell, CellIssue, ImportColumn, Value } from './ports.ts'

export interface Cleaned { value: Value; told: ToldKind[]; issue?: Omit<CellIssue, 'column'> }
const EMPTY: Cleaned = { value: null, told: [] }

/** Zero-width and directional marks that copying brings along. */
const INVISIBLE = /[\u00AD\u200B-\u200F\u2060\uFEFF]/g
/** Controls and overrides that no honest text holds; tabs and line ends are put right instead. */
const UNFIT = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u061C\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/
const RISKY = /^'+[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/
const PLAIN = /^[!-~\u4E00-\u9FFF]*$/
const ENDS = /^[\s\u00A0\u3000]+|[\s\u00A0\u3000]+$/g

/** The value of a cell under a column; null when there is nothing in it. */
export function cleanCell(column: ImportColumn, cell: Cell | undefined): Cleaned {
  if (cell === null || cell === undefined || cell === '') return EMPTY
  if (typeof cell === 'object' && 'e' in cell) return { value: null, told: [], issue: { code: 'issue.cell_error', params: { value: cell.e } } }
  const cleaned = byKind[column.kind](column, cell)
  if (cleaned.issue || cleaned.value === null || typeof cleaned.value === 'number') return cleaned
  if (column.max !== undefined && cleaned.value.length > column.max && [...cleaned.value].length > column.max) return { ...cleaned, issue: { code: 'issue.too_long', params: { limit: column.max } } }
  return cleaned
}

type Clean = (column: ImportColumn, cell: Exclude<Cell, null>) => Cleaned
const byKind: Record<ImportColumn['kind'], Clean> = {
  text: (_, cell) => (typeof cell === 'string' ? text(cell) : written(cell)),
  code: (_, cell) => (typeof cell === 'string' ? code(cell) : written(cell)),
  phone: (_, cell) => phone(typeof cell === 'string' ? code(cell) : written(cell)),
  integer: number,
  decimal: number,
  day: remembered(day),
  choice: remembered(choice),
}
/** A column of days or choices holds few different texts: each is cleaned once. */
function remembered(clean: Clean): Clean {
  const known = new WeakMap<ImportColumn, Map<string, Cleaned>>()
  return (column, cell) => {
    if (typeof cell !== 'string') return clean(column, cell)
    let own = known.get(column)
    if (!own) known.set(column, (own = new Map()))
    let found = own.get(cell)
    if (!found) {
      found = clean(column, cell)
      if (own.size < MOST_REMEMBERED && cell.length <= 100) own.set(cell, found)
    }
    return found
  }
}
const MOST_REMEMBERED = 2000

function text(cell: string): Cleaned {
  // Nearly every cell: nothing to put right.
  if (PLAIN.test(cell) && cell.charCodeAt(0) !== 39) return { value: cell, told: [] }
  const told: ToldKind[] = []
  let value = cell
  const step = (kind: ToldKind, next: string) => {
    if (next === value) return
    value = next
    told.push(kind)
  }
  if (UNFIT.test(value)) return { value: null, told, issue: { code: 'issue.text' } }
  step('invisible', value.replace(INVISIBLE, ''))
  step('spaces', value.replace(ENDS, '').replace(/\u00A0|\t/g, ' '))
  step('lines', value.replace(/[\u3000 ]*[\r\n\u2028\u2029]+[\u3000 ]*/g, ' '))
  // An apostrophe makes a spreadsheet take what follows as text; exports put it before what could run.
  if (RISKY.test(value)) step('apostrophe', value.slice(1))
  else if (/^'[^']*$/.test(value)) step('apostrophe', value.slice(1).replace(ENDS, ''))
  value = value.normalize('NFC')
  return { value: value === '' ? null : value, told }
}
/** How a text would be read from a cell: what the register holds and a file says are the same when they read the same. */
export const asRead = (value: string): Value => text(value).value
const FULL_WIDTH = /[\uFF01-\uFF5E]/g
/** Codes have no blanks, one width and capitals. */
function code(cell: string): Cleaned {
  if (/^[0-9A-Z]*$/.test(cell) && !SCIENTIFIC.test(cell)) return { value: cell, told: [] }
  const { value, told, issue } = text(cell)
  if (issue || value === null) return { value, told, ...(issue ? { issue } : {}) }
  let now = value as string
  const step = (kind: ToldKind, next: string) => {
    if (next === now) return
    now = next
    if (!told.includes(kind)) told.push(kind)
  }
  step('fullWidth', now.replace(FULL_WIDTH, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0)))
  if (now.startsWith("'")) step('apostrophe', now.replace(/^'+/, ''))
  step('spaces', now.replace(/[\s\u3000]+/g, ''))
  // Shown by a spreadsheet that had already cut the digits off.
  if (SCIENTIFIC.test(now)) return { value: null, told, issue: { code: 'issue.cell_precision', params: { value: now.slice(0, 40) } } }
  step('upperCase', now.replace(/[a-z]+/g, (letters) => letters.toUpperCase()))
  return { value: now === '' ? null : now, told }
}
const SCIENTIFIC = /^[+-]?\d(\.\d+)?[eE]\+?\d{1,3}$/

/** A number, date or flag where text is meant: exact digits, or a refusal when digits may be lost. */
function written(cell: Exclude<Cell, null | string>): Cleaned {
  if ('d' in cell) return { value: cell.d, told: ['dateShape'] }
  if ('b' in cell) return { value: cell.b ? 'TRUE' : 'FALSE', told: [] }
  if ('e' in cell) return EMPTY
  const digits = exactDigits(cell.n)
  return digits === undefined ? { value: null, told: [], issue: { code: 'issue.cell_precision', params: { value: cell.n } } } : { value: digits, told: ['numberAsText'] }
}
/**
 * The decimal digits of a number as a spreadsheet stores it; undefined when digits may be missing: a double holds
 * fifteen, so what is larger (an ID of 18 digits typed as a number) has lost its end and is never guessed.
 */
export function exactDigits(raw: string): string | undefined {
  const parts = /^([+-]?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/.exec(raw)
  if (!parts) return undefined
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = parts
  const shift = Number(exponent)
  let digits = whole + fraction
  const point = whole.length + shift
  if (point > 400 || point < -400) return undefined
  digits = point > digits.length ? digits.padEnd(point, '0') : point < 0 ? digits.padStart(digits.length - point, '0') : digits
  const at = Math.max(0, point)
  const integer = digits.slice(0, at).replace(/^0+(?=\d)/, '') || '0'
  const rest = digits.slice(at).replace(/0+$/, '')
  if (integer.length > 15 || (integer === '0' ? rest.replace(/^0+/, '') : integer + rest).length > 15) return undefined
  const value = rest ? `${integer}.${rest}` : integer
  return sign === '-' && value !== '0' ? `-${value}` : value
}

function phone(cleaned: Cleaned): Cleaned {
  if (cleaned.issue || cleaned.value === null) return cleaned
  const bare = String(cleaned.value).replace(/^(\+|00)?86-?(?=1\d{2}-?\d{4}-?\d{4}$)/, '').replace(/^(1\d{2})-?(\d{4})-?(\d{4})$/, '$1$2$3')
  const told: ToldKind[] = bare === cleaned.value || cleaned.told.includes('spaces') ? cleaned.told : [...cleaned.told, 'spaces']
  return /^1[3-9]\d{9}$/.test(bare) ? { value: bare, told } : { value: null, told, issue: { code: 'issue.phone' } }
}

function number(column: ImportColumn, cell: Exclude<Cell, null>): Cleaned {
  const told: ToldKind[] = []
  let raw: string
  if (typeof cell === 'string') {
    const cleaned = code(cell)
    if (cleaned.issue) return cleaned
    if (cleaned.value === null) return cleaned
    told.push(...cleaned.told)
    raw = String(cleaned.value)
    if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(raw)) {
      raw = raw.replaceAll(',', '')
      told.push('thousands')
    }
    if (!/^[+-]?\d+(\.\d+)?$/.test(raw)) return { value: null, told, issue: { code: 'issue.cell_number' } }
  } else if ('n' in cell) raw = cell.n
  else return { value: null, told, issue: { code: 'issue.cell_number' } }
  // What a sum of decimals leaves behind (0.30000000000000004) is shown as 0.3 everywhere.
  const value = Number(Number(raw).toPrecision(15))
  if (!Number.isFinite(value) || Math.abs(value) >= 1e15) return { value: null, told, issue: { code: 'issue.cell_precision', params: { value: raw.slice(0, 40) } } }
  if (column.kind === 'integer' && !Number.isInteger(value)) return { value: null, told, issue: { code: 'issue.cell_whole' } }
  if (column.least !== undefined && value < column.least) return { value: null, told, issue: { code: 'issue.too_small', params: { limit: column.least } } }
  if (column.most !== undefined && value > column.most) return { value: null, told, issue: { code: 'issue.too_large', params: { limit: column.most } } }
  if (column.decimals !== undefined && Number(value.toFixed(column.decimals)) !== value) return { value: null, told, issue: { code: 'issue.cell_decimals', params: { limit: column.decimals } } }
  return { value, told }
}

const SHAPES = [/^(\d{4})-(\d{1,2})-(\d{1,2})$/, /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/, /^(\d{4})(\d{2})(\d{2})$/, /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/]
/** Days in five shapes: 2020-02-24, 2020/2/24, 20200224, 2020年2月24日, and the serial number of a spreadsheet. */
function day(_: ImportColumn, cell: Exclude<Cell, null>): Cleaned {
  if (typeof cell === 'object' && 'd' in cell) return realDay(cell.d.slice(0, 10), [])
  if (typeof cell === 'object' && 'b' in cell) return { value: null, told: [], issue: { code: 'issue.day' } }
  const cleaned = typeof cell === 'string' ? code(cell) : written(cell)
  if (cleaned.issue || cleaned.value === null) return cleaned.issue ? { ...cleaned, issue: { code: 'issue.day' } } : cleaned
  const told = cleaned.told.filter((kind) => kind !== 'numberAsText')
  const found = String(cleaned.value).replace(/T?\d{1,2}:\d{2}(:\d{2})?$/, '')
  const shape = SHAPES.findIndex((one) => one.test(found))
  if (shape >= 0) {
    const [, year = '', month = '', date = ''] = SHAPES[shape]!.exec(found)!
    const iso = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    return realDay(iso, iso === cell ? told : [...told, 'dateShape'])
  }
  // From 1954 to 2119: a smaller or larger number is no day that anyone meant.
  if (/^\d{5}$/.test(found) && Number(found) >= 20_000 && Number(found) < 80_000) return realDay(dayOfSerial(Number(found)), [...told, 'serialDate'])
  return { value: null, told, issue: { code: 'issue.day' } }
}
function realDay(iso: string, told: ToldKind[]): Cleaned {
  const at = Date.parse(`${iso}T00:00:00Z`)
  const real = !Number.isNaN(at) && dayText(at) === iso && iso >= '1900-01-01' && iso < '2200-01-01'
  return real ? { value: iso, told } : { value: null, told, issue: { code: 'issue.day' } }
}
const dayOfSerial = (serial: number) => dayText((serial - 25_569) * 86_400_000)
function dayText(at: number): string {
  const date = new Date(at)
  return date.toISOString().slice(0, 10)
}

const YES = ['是', '有', 'yes', 'y', 'true', '1', '√']
const NO = ['否', '无', 'no', 'n', 'false', '0', '×']
function choice(column: ImportColumn, cell: Exclude<Cell, null>): Cleaned {
  const found = typeof cell === 'string' ? text(cell) : typeof cell === 'object' && 'b' in cell ? { value: cell.b ? '是' : '否', told: [] } : written(cell)
  if (found.issue || found.value === null) return found
  const word = matchKey(String(found.value))
  const yesOrNo = (list: readonly string[], code: string) => list.includes(word) && column.choices?.some((one) => one.code === code)
  const known = column.choices?.find((one) => matchKey(one.code) === word || one.words.some((other) => matchKey(other) === word))?.code ?? (yesOrNo(YES, 'yes') ? 'yes' : yesOrNo(NO, 'no') ? 'no' : undefined)
  if (known !== undefined) return { value: known, told: found.told }
  return { value: null, told: found.told, issue: { code: 'issue.cell_choice', params: choiceWords(column) } }
}
/** What a column may hold, in the words of both languages. */
export function choiceWords({ choices = [] }: Pick<ImportColumn, 'choices'>): { choices: string; choicesEn: string } {
  const first = choices.slice(0, 12)
  return { choices: first.map((one) => one.words[0] ?? one.code).join('、'), choicesEn: first.map((one) => one.words[1] ?? one.code).join(', ') }
}
/** The form in which words of choices, names of places and headers are compared. */
export function matchKey(word: string): string {
  return word.normalize('NFKC').toLowerCase().replace(/[\s\u00AD\u200B-\u200F\u2060\uFEFF]+/g, '')
}
