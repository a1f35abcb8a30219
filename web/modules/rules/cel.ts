// Reads the simple conditions of a table's cells as words; whatever is not simple stays as it is written.
import type { Bilingual } from '@fugong/contract/base'
import type { Column } from '@fugong/contract/rules'

/** How the pieces are said in the language of the screen. */
export interface CelWords { pick: (value: Bilingual) => string; or: string; and: string; not: (value: string) => string; yes: string; no: string }

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
  if (operator === '==') return value
  if (operator === '!=') return words.not(value)
  return column.type === 'number' ? `${{ '>=': '≥', '<=': '≤', '>': '>', '<': '<' }[operator as '>=']} ${value}` : undefined
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
