// Reads the simple conditions of a table's cells as words; whatever is not simple stays as it is written.
import type { Bilingual } from '@fugong/contract/base'
import type { Column } from '@fugong/contract/rules'
import { beginningsOf } from '@fugong/contract/rules.probes'

/** How the pieces are said in the language of the screen. */
export interface CelWords { pick: (value: Bilingual) => string; or: string; and: string; not: (value: string) => string; yes: string; no: string; missing: string; present: string; begins: (values: string) => string }

/** `level == "none" || level == "low"` → 无疫情 或 低风险; undefined when the condition is more than equality, a list, a flag or a bound. */
export function celInWords(column: Column, cel: string, words: CelWords): string | undefined {
  const parts = splitOutside(cel, '||').map((part) => {
    const all = splitOutside(part, '&&').map((one) => atom(column, one.trim(), words))
    return all.every((one) => one !== undefined) ? all.join(words.and) : undefined
  })
  return parts.every((part) => part !== undefined) ? parts.join(words.or) : undefined
}

function atom(column: Column, cel: string, words: CelWords): string | undefined {
  const name = column.name
  if (column.type === 'boolean') {
    if (cel === name || cel === `${name} == true` || cel === `${name} != false`) return column.whenTrue ? words.pick(column.whenTrue) : words.yes
    if (cel === `!${name}` || cel === `${name} == false` || cel === `${name} != true`) return column.whenFalse ? words.pick(column.whenFalse) : words.no
    return undefined
  }
  if (cel === `${name} == null`) return words.missing
  if (cel === `${name} != null`) return words.present
  if (column.type === 'text') {
    const begins = beginnings(name, cel)
    if (begins) return begins.length <= MOST_SAID ? words.begins(begins.join(words.or)) : undefined
  }
  const none = new RegExp(`^!\\(${name} in \\[(.*)\\]\\)$`).exec(cel)
  if (none) {
    const values = splitOutside(none[1]!, ',').map((value) => literal(column, value.trim(), words))
    return values.every((value) => value !== undefined) ? words.not(values.join(words.or)) : undefined
  }
  const list = new RegExp(`^${name} in \\[(.*)\\]$`).exec(cel)
  if (list) {
    const values = splitOutside(list[1]!, ',').map((value) => literal(column, value.trim(), words))
    return values.length > 0 && values.every((value) => value !== undefined) ? values.join(words.or) : undefined
  }
  const compared = new RegExp(`^${name} (==|!=|>=|<=|>|<) (.+)$`).exec(cel)
  if (!compared) return undefined
  const [, operator, right] = compared
  const value = literal(column, right!.trim(), words)
  if (value === undefined) return undefined
  if (operator === '==') return column.type === 'number' ? `= ${value}` : value
  if (operator === '!=') return words.not(value)
  return column.type === 'number' ? `${{ '>=': '≥', '<=': '≤', '>': '>', '<': '<' }[operator as '>=']} ${value}` : undefined
}

const MOST_SAID = 24
/** What a text is asked to begin with, by `startsWith` or by a plain pattern; neighbours such as 13–43 stand together. */
function beginnings(name: string, cel: string): string[] | undefined {
  const [, call, given] = new RegExp(`^${name}\\.(startsWith|matches)\\("([^"\\\\]*)"\\)$`).exec(cel) ?? []
  if (given === undefined) return undefined
  if (call === 'startsWith') return [given]
  const asked = beginningsOf(given)
  return asked && !asked.equal ? inRuns(asked.values.map(String)) : undefined
}
function inRuns(values: readonly string[]): string[] {
  const found: string[][] = []
  for (const value of values) {
    const run = found.at(-1)
    const last = run?.at(-1)
    if (run && last && /^\d+$/.test(value) && last.length === value.length && Number(value) === Number(last) + 1) run.push(value)
    else found.push([value])
  }
  return found.flatMap((run) => (run.length > 2 ? [`${run[0]}–${run.at(-1)}`] : run))
}
function literal(column: Column, text: string, words: CelWords): string | undefined {
  if (column.type === 'number') return /^-?\d+(\.\d+)?$/.test(text) ? text : undefined
  const quoted = /^"([^"\\]*)"$|^'([^'\\]*)'$/.exec(text)
  return quoted ? labelOfCode(column, quoted[1] ?? quoted[2] ?? '', words.pick) : undefined
}

/** The label of a code, or the code itself when the table gives none. */
export function labelOfCode(column: Column, value: string, pick: (value: Bilingual) => string): string {
  const label = column.codes?.find((choice) => choice.value === value)?.label
  return label ? pick(label) : value
}

/** Parts between an operator, leaving text in quotes and brackets whole. */
export function splitOutside(text: string, operator: string): string[] {
  const parts: string[] = []
  let depth = 0
  let quote = ''
  let from = 0
  for (let i = 0; i < text.length; i += 1) {
    const sign = text[i]!
    if (quote) {
      if (sign === '\\') i += 1
      else if (sign === quote) quote = ''
    } else if (sign === '"' || sign === "'") quote = sign
    else if ('([{'.includes(sign)) depth += 1
    else if (')]}'.includes(sign)) depth -= 1
    else if (depth === 0 && text.startsWith(operator, i)) {
      parts.push(text.slice(from, i).trim())
      i += operator.length - 1
      from = i + 1
    }
  }
  return [...parts, text.slice(from).trim()]
}

/** A cell of an output in words; undefined when it is empty. */
export function valueInWords(column: Column, value: string | number | boolean | null | undefined, words: CelWords): string | undefined {
  if (value === null || value === undefined || value === '') return undefined
  if (typeof value === 'boolean') return value ? (column.whenTrue ? words.pick(column.whenTrue) : words.yes) : column.whenFalse ? words.pick(column.whenFalse) : words.no
  if (typeof value === 'number') return value.toLocaleString('en-US')
  return labelOfCode(column, value, words.pick)
}
