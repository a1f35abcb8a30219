// Conditions as officials edit them (is one of …, from … to, yes or no) and back as CEL; what is none of these stays an expression.
import { beginningsOf } from '@fugong/contract/rules.probes'
import type { Column } from '@fugong/contract/rules'
import { splitOutside } from './cel.ts'

export type Model =
  | { kind: 'any' }
  | { kind: 'oneOf' | 'noneOf'; values: string[] }
  | { kind: 'beginsWith'; values: string[] }
  | { kind: 'range'; from: number | null; fromIncluded: boolean; to: number | null; toIncluded: boolean }
  | { kind: 'equal'; value: number }
  | { kind: 'missing' }
  | { kind: 'present' }
  | { kind: 'flag'; value: boolean }
  | { kind: 'raw'; cel: string }
export type Kind = Model['kind']

/** The ways in which a column of a type is asked, the usual one first. */
export function kindsFor(column: Column): Kind[] {
  switch (column.type) {
    case 'code': return ['any', 'oneOf', 'noneOf', 'raw']
    case 'text': return ['any', 'beginsWith', 'oneOf', 'noneOf', 'raw']
    case 'number': return ['any', 'range', 'equal', ...(column.optional ? ['missing', 'present'] as const : []), 'raw']
    default: return ['any', 'flag', 'raw']
  }
}
/** What a newly chosen way begins with, keeping what the former one said where it can. */
export function blankModel(kind: Kind, column: Column, before: Model): Model {
  const values = 'values' in before ? before.values : []
  switch (kind) {
    case 'oneOf': case 'noneOf': case 'beginsWith': return { kind, values }
    case 'range': return { kind, from: before.kind === 'equal' ? before.value : null, fromIncluded: true, to: null, toIncluded: false }
    case 'equal': return { kind, value: before.kind === 'range' ? (before.from ?? before.to ?? column.min ?? 0) : (column.min ?? 0) }
    case 'flag': return { kind, value: true }
    case 'raw': return { kind, cel: celOf(column, before) ?? '' }
    default: return { kind }
  }
}

/** Reads a cell; an absent one asks nothing. */
export function modelOf(column: Column, cel: string | undefined): Model {
  if (cel === undefined) return { kind: 'any' }
  const text = cel.trim()
  const { name, type } = column
  const simple = type === 'boolean' ? flagOf(name, text) : type === 'number' ? numberModel(name, text) : listOf(name, text) ?? (type === 'text' ? beginningModel(name, text) : undefined)
  return simple ?? { kind: 'raw', cel }
}
function flagOf(name: string, text: string): Model | undefined {
  if ([name, `${name} == true`, `${name} != false`].includes(text)) return { kind: 'flag', value: true }
  return [`!${name}`, `${name} == false`, `${name} != true`].includes(text) ? { kind: 'flag', value: false } : undefined
}
const QUOTED = /^"([^"\\]*)"$|^'([^'\\]*)'$/
const unquote = (text: string) => { const found = QUOTED.exec(text.trim()); return found ? (found[1] ?? found[2] ?? '') : undefined }
function valuesIn(text: string): string[] | undefined {
  const values = text.trim() ? splitOutside(text, ',').map(unquote) : []
  return values.every((value) => value !== undefined) ? values : undefined
}
function listOf(name: string, text: string): Model | undefined {
  const negated = new RegExp(`^!\\(${name} in \\[([^]*)\\]\\)$`).exec(text)
  if (negated) {
    const values = valuesIn(negated[1]!)
    return values && { kind: 'noneOf', values }
  }
  for (const [sign, between, kind] of [['==', '||', 'oneOf'], ['!=', '&&', 'noneOf']] as const) {
    const found = splitOutside(text, between).map((part) => {
      const list = kind === 'oneOf' ? new RegExp(`^${name} in \\[([^]*)\\]$`).exec(part) : null
      if (list) return valuesIn(list[1]!)
      const value = part.startsWith(`${name} ${sign} `) ? unquote(part.slice(name.length + sign.length + 2)) : undefined
      return value === undefined ? undefined : [value]
    })
    if (found.every((values) => values !== undefined)) return { kind, values: [...new Set(found.flat())] }
  }
  return undefined
}
/** More beginnings than this are better read as they are written. */
const MOST_CHIPS = 80
function beginningModel(name: string, text: string): Model | undefined {
  const found = splitOutside(text, '||').map((part) => {
    const call = new RegExp(`^${name}\\.(startsWith|matches)\\(([^]*)\\)$`).exec(part)
    const given = call ? unquote(call[2]!) : undefined
    if (given === undefined) return undefined
    if (call![1] === 'startsWith') return [given]
    const asked = beginningsOf(given)
    return asked && !asked.equal ? asked.values.map(String) : undefined
  })
  if (!found.every((values) => values !== undefined)) return undefined
  const values = [...new Set(found.flat())]
  return values.length <= MOST_CHIPS ? { kind: 'beginsWith', values } : undefined
}
const NUMBER = /^-?\d+(\.\d+)?$/
function numberModel(name: string, text: string): Model | undefined {
  if (text === `${name} == null`) return { kind: 'missing' }
  if (text === `${name} != null`) return { kind: 'present' }
  const range: Extract<Model, { kind: 'range' }> = { kind: 'range', from: null, fromIncluded: true, to: null, toIncluded: false }
  const parts = splitOutside(text, '&&')
  for (const part of parts) {
    const [, sign, right = ''] = new RegExp(`^${name} (==|>=|<=|>|<) (\\S+)$`).exec(part) ?? []
    if (!sign || !NUMBER.test(right)) return undefined
    const value = Number(right)
    if (sign === '==') return parts.length === 1 ? { kind: 'equal', value } : undefined
    if (sign.startsWith('>')) {
      if (range.from !== null) return undefined
      Object.assign(range, { from: value, fromIncluded: sign === '>=' })
    } else {
      if (range.to !== null) return undefined
      Object.assign(range, { to: value, toIncluded: sign === '<=' })
    }
  }
  return range
}

/** The cell of a model; undefined for one that asks nothing. */
export function celOf(column: Column, model: Model): string | undefined {
  const { name } = column
  const quoted = (value: string) => `"${value.replace(/["\\]/g, '')}"`
  switch (model.kind) {
    case 'any': return undefined
    case 'oneOf': return model.values.length === 0 ? undefined : model.values.length === 1 ? `${name} == ${quoted(model.values[0]!)}` : `${name} in [${model.values.map(quoted).join(', ')}]`
    case 'noneOf': return model.values.length === 0 ? undefined : model.values.length === 1 ? `${name} != ${quoted(model.values[0]!)}` : `!(${name} in [${model.values.map(quoted).join(', ')}])`
    case 'beginsWith': return model.values.length === 0 ? undefined : beginningCel(name, model.values)
    case 'range': {
      const parts = [...(model.from === null ? [] : [`${name} ${model.fromIncluded ? '>=' : '>'} ${plain(model.from)}`]), ...(model.to === null ? [] : [`${name} ${model.toIncluded ? '<=' : '<'} ${plain(model.to)}`])]
      return parts.length ? parts.join(' && ') : undefined
    }
    case 'equal': return `${name} == ${plain(model.value)}`
    case 'missing': return `${name} == null`
    case 'present': return `${name} != null`
    case 'flag': return model.value ? name : `!${name}`
    case 'raw': return model.cel
  }
}
/** CEL knows `0.5` and `1e21` but not `.5`; numbers of tables are far from needing an exponent. */
const plain = (value: number) => (Math.abs(value) < 1e15 ? String(value) : value.toFixed(0))
function beginningCel(name: string, values: readonly string[]): string {
  const written = values.map((value) => `${name}.startsWith("${value.replace(/["\\]/g, '')}")`).join(' || ')
  // Few beginnings read best one by one; many as a pattern, which only plain signs allow.
  if (values.length <= 3 || !values.every((value) => /^[\p{L}\p{N}]+$/u.test(value))) return written
  const pattern = `^(${shortest(values).join('|')})`
  return pattern.length <= 200 ? `${name}.matches("${pattern}")` : written
}
/** `06 07 08 09 10` → `0[6-9]`, `10`: beginnings that differ in the last digit stand together. */
function shortest(values: readonly string[]): string[] {
  const heads = new Map<string, number[]>()
  const rest: string[] = []
  for (const value of [...new Set(values)]) {
    if (/\d$/.test(value)) heads.set(value.slice(0, -1), [...(heads.get(value.slice(0, -1)) ?? []), Number(value.at(-1))])
    else rest.push(value)
  }
  return [...[...heads].map(([head, digits]) => (digits.length === 1 ? `${head}${digits[0]}` : `${head}[${runs(digits)}]`)), ...rest]
}
function runs(digits: readonly number[]): string {
  const sorted = [...digits].sort((a, b) => a - b)
  const found: [number, number][] = []
  for (const digit of sorted) {
    const last = found.at(-1)
    if (last && last[1] === digit - 1) last[1] = digit
    else found.push([digit, digit])
  }
  return found.map(([from, to]) => (to - from > 1 ? `${from}-${to}` : to > from ? `${from}${to}` : `${from}`)).join('')
}
