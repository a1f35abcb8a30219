// What is wrong with a form as it is written, and what its author should think about; the same on the server and in the editor.
import type { Issue } from './base.ts'
import { RESERVED, namesIn, read, type Tree, type ValueType, type Variable } from './expressions.ts'
import { judge } from './expressions.judge.ts'
import { factName, knownSources, numericSources, type DictionaryField } from './fields.ts'
import { placeIssues } from './forms.places.ts'
import { isDay, type Form, type FormField } from './forms.ts'

type Loose = Partial<Omit<FormField, 'fields'>> & { fields?: unknown }
interface Spot { path: string; field: Loose; page: number; group?: string }
const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** What every form may look at beside its own fields. */
const facts: ReadonlyMap<string, Variable> = new Map([['today', { type: 'text' }], ...knownSources.map((code): [string, Variable] => [factName(code), { type: numericSources.has(code) ? 'number' : 'text' }])])

/** Faults of a form in meaning. The value may have faults of shape as well: what is sound in it is checked all the same. */
export function formIssues(value: unknown): Issue[] {
  const form = record(value)
  const issues: Issue[] = []
  const moment = form['effectiveFrom']
  if (typeof moment === 'string' && (!isDay(moment.slice(0, 10)) || moment < '2000' || moment >= '2200')) issues.push({ path: '/effectiveFrom', code: 'issue.instant' })
  const pages = list(form['pages']).map(record)
  const spots = spotsOf(pages)
  if (Array.isArray(form['pages']) && !spots.length) issues.push({ path: '/pages', code: 'issue.form_empty' })
  issues.push(...repeated(pages.map((page, at) => ({ path: `/pages/${at}/code`, name: page['code'] }))))
  // One code, one answer: fields of all pages and groups share one space of names.
  issues.push(...repeated(spots.map(({ path, field }) => ({ path: `${path}/code`, name: field.code }))))
  for (const spot of spots) issues.push(...fieldIssues(spot))
  issues.push(...placeIssues(String(form['code']), spots.filter((spot) => spot.group === undefined).map(({ path, field }) => ({ path, code: String(field.code), given: field.known !== undefined || field.computed !== undefined }))))
  return [...issues, ...expressionIssues(pages, spots)]
}
function spotsOf(pages: readonly Record<string, unknown>[]): Spot[] {
  return pages.flatMap((page, at) => list(page['fields']).flatMap((one, index): Spot[] => {
    const field = record(one) as Loose
    const path = `/pages/${at}/fields/${index}`
    const inner = field.type === 'group' ? list(field.fields).map((row, place): Spot => ({ path: `${path}/fields/${place}`, field: record(row) as Loose, page: at, group: String(field.code) })) : []
    return [{ path, field, page: at }, ...inner]
  }))
}

function repeated(names: readonly { path: string; name: unknown }[]): Issue[] {
  const seen = new Set<string>()
  return names.flatMap(({ path, name }) => {
    if (typeof name !== 'string') return []
    if (seen.has(name)) return [{ path, code: 'issue.duplicate', params: { field: name } }]
    seen.add(name)
    return []
  })
}
function fieldIssues({ path, field, group }: Spot): Issue[] {
  const issues: Issue[] = []
  const name = String(field.code ?? '')
  const codes = list(field.codes).map(record)
  if (RESERVED.has(name)) issues.push({ path: `${path}/code`, code: 'issue.form_name_reserved', params: { field: name } })
  if (field.type === 'code' || field.type === 'codes') {
    if (!codes.length) issues.push({ path: `${path}/codes`, code: 'issue.table_codes_missing', params: { column: name } })
    issues.push(...repeated(codes.map((choice, index) => ({ path: `${path}/codes/${index}/value`, name: choice['value'] }))))
  } else if (field.codes !== undefined) issues.push({ path: `${path}/codes`, code: 'issue.unknown', params: { name: 'codes' } })
  if (field.type === 'group' && !list(field.fields).length) issues.push({ path: `${path}/fields`, code: 'issue.form_group_empty', params: { field: name } })
  if (field.type !== 'group' && field.fields !== undefined && group === undefined) issues.push({ path: `${path}/fields`, code: 'issue.unknown', params: { name: 'fields' } })
  if (typeof field.min === 'number' && typeof field.max === 'number' && field.min > field.max) issues.push({ path: `${path}/max`, code: 'issue.form_range', params: { field: name } })
  const isLength = field.type === 'text' || field.type === 'para'
  if (isLength && typeof field.max === 'number' && (!Number.isInteger(field.max) || field.max < 1 || field.max > 4000)) issues.push({ path: `${path}/max`, code: 'issue.too_large', params: { limit: 4000 } })
  if (typeof field.pattern === 'string' && (!isLength || !isSafePattern(field.pattern))) issues.push({ path: `${path}/pattern`, code: 'issue.form_pattern', params: { field: name } })
  if (field.known !== undefined && (field.computed !== undefined || field.type === 'group')) issues.push({ path: `${path}/known`, code: 'issue.unknown', params: { name: 'known' } })
  if (field.computed !== undefined && (field.required === true || field.requiredWhen !== undefined)) issues.push({ path: `${path}/computed`, code: 'issue.form_computed_required', params: { field: name } })
  return issues
}
/** Bounds what a pattern that does not match may try: no repeated group, one repetition of open length, three optional parts, two groups. */
export function isSafePattern(pattern: string): boolean {
  const count = (signs: RegExp) => pattern.match(signs)?.length ?? 0
  if (count(/[*+]|\{\d*,\d*\}/g) > 1 || count(/\?/g) > 3 || count(/\(/g) > 2 || count(/\}/g) > 4) return false
  try {
    return Boolean(new RegExp(pattern, 'u'))
  } catch {
    return false
  }
}

const TYPES: Partial<Record<FormField['type'], ValueType>> = { boolean: 'boolean', number: 'number', integer: 'number', codes: 'texts', file: 'texts', group: 'rows' }
const variableOf = (field: Loose): Variable => {
  const codes = list(field.codes).flatMap((choice) => { const value = record(choice)['value']; return typeof value === 'string' ? [value] : [] })
  const type = TYPES[field.type as FormField['type']] ?? 'text'
  return codes.length ? { type, codes } : { type }
}
/** What an expression at a place may name: all fields outside groups, in a group its own as well, and the facts of the register. */
export function variablesAt(value: unknown, group?: string): { variables: Map<string, Variable>; columns: Map<string, string[]> } {
  const spots = spotsOf(list(record(value)['pages']).map(record))
  return names(spots, group)
}
function names(spots: readonly Spot[], group?: string) {
  const variables = new Map<string, Variable>(facts)
  const columns = new Map<string, string[]>()
  for (const { field, group: own } of spots) {
    if (typeof field.code !== 'string') continue
    if (own === undefined || own === group) variables.set(field.code, variableOf(field))
    if (own !== undefined && (field.type === 'number' || field.type === 'integer')) columns.set(own, [...(columns.get(own) ?? []), field.code])
  }
  return { variables, columns }
}

function expressionIssues(pages: readonly Record<string, unknown>[], spots: readonly Spot[]): Issue[] {
  const issues: Issue[] = []
  /** Name → names its value or visibility hangs on. */
  const hangs = new Map<string, Set<string>>()
  const check = (path: string, text: unknown, want: ValueType | 'any', group: string | undefined, field: string): string[] => {
    if (typeof text !== 'string') return []
    const { variables, columns } = names(spots, group)
    const found = read(text)
    const judged = 'tree' in found ? judge(found.tree, variables, columns) : found
    if ('fault' in judged) { issues.push({ path, ...judged.fault, params: { field, ...judged.fault.params } }); return [] }
    if (want !== 'any' && judged.type !== want) issues.push({ path, code: want === 'boolean' ? 'issue.expression_not_boolean' : 'issue.expression_result', params: { field } })
    return namesIn((found as { tree: Tree }).tree)
  }
  pages.forEach((page, at) => {
    const uses = check(`/pages/${at}/visibleWhen`, page['visibleWhen'], 'boolean', undefined, String(page['code']))
    for (const spot of spots) if (spot.page === at && spot.group === undefined && typeof spot.field.code === 'string') hangs.set(spot.field.code, new Set(uses))
  })
  for (const { path, field, group } of spots) {
    const name = String(field.code ?? '')
    const uses = hangs.get(name) ?? new Set<string>(group === undefined ? [] : [group])
    for (const one of check(`${path}/visibleWhen`, field.visibleWhen, 'boolean', group, name)) uses.add(one)
    const wanted = TYPES[field.type as FormField['type']] ?? 'text'
    for (const one of check(`${path}/computed`, field.computed, wanted, group, name)) uses.add(one)
    check(`${path}/requiredWhen`, field.requiredWhen, 'boolean', group, name)
    check(`${path}/check/when`, record(field.check)['when'], 'boolean', group, name)
    hangs.set(name, uses)
  }
  // A sum over a group hangs on what its rows hang on.
  for (const { field, group } of spots) if (group !== undefined && typeof field.code === 'string') for (const one of hangs.get(field.code) ?? []) if (one !== group && !spots.some((other) => other.group === group && other.field.code === one)) hangs.get(group)?.add(one)
  for (const { path, field } of spots) {
    const circle = typeof field.code === 'string' ? circleFrom(field.code, hangs) : undefined
    if (circle) issues.push({ path: `${path}/${field.computed === undefined ? 'visibleWhen' : 'computed'}`, code: 'issue.expression_cycle', params: { field: field.code, path: circle.join(' → ') } })
  }
  return issues
}
function circleFrom(start: string, hangs: ReadonlyMap<string, ReadonlySet<string>>): string[] | undefined {
  const from = new Map<string, string>()
  const open = [start]
  while (open.length) {
    const at = open.pop()!
    for (const next of hangs.get(at) ?? []) {
      if (next === start) {
        const back = [at]
        for (let step = at; step !== start; step = from.get(step)!) back.push(from.get(step)!)
        return [start, ...back.reverse().slice(1), start]
      }
      if (hangs.has(next) && !from.has(next)) { from.set(next, at); open.push(next) }
    }
  }
  return undefined
}

/** Faults against the dictionary in force: fields that are not in it, that differ from it, or that concern a person. */
export function dictionaryIssues(form: Form, dictionary: ReadonlyMap<string, DictionaryField>): Issue[] {
  return everyField(form).flatMap(({ path, field }): Issue[] => {
    if (field.dict === undefined) return []
    const entry = dictionary.get(field.dict)
    const name = field.label.zh
    if (!entry) return [{ path: `${path}/dict`, code: 'issue.form_dictionary', params: { field: name, code: field.dict } }]
    const issues: Issue[] = []
    if (field.known !== undefined && entry.source !== field.known) issues.push({ path: `${path}/known`, code: 'issue.form_known', params: { field: name } })
    if (entry.type !== field.type) issues.push({ path: `${path}/type`, code: 'issue.form_dictionary_type', params: { field: name, code: entry.code, type: entry.type } })
    if (entry.sensitivity === 'personal' || entry.sensitivity === 'sensitive') issues.push({ path: `${path}/dict`, code: 'issue.form_personal', params: { field: name } })
    return issues
  })
}
export interface FieldSpot { path: string; field: FormField; page: Form['pages'][number]; group?: FormField }
/** Every field of a form with its place, those of groups after their group. */
export function everyField(form: Form): FieldSpot[] {
  return form.pages.flatMap((page, at) => page.fields.flatMap((field, index): FieldSpot[] => [
    { path: `/pages/${at}/fields/${index}`, field, page },
    ...(field.type === 'group' ? (field.fields ?? []).map((inner, place): FieldSpot => ({ path: `/pages/${at}/fields/${index}/fields/${place}`, field: inner, page, group: field })) : []),
  ]))
}

/** What the author should think about: `known` asks what the register knows, `alike` is called like a field of the dictionary, `asked` is already asked by another form in force. */
export interface Hint { path: string; kind: 'known' | 'alike' | 'asked'; dict: string; forms?: string[] }
export interface OtherForm { code: string; name: { zh: string; en: string }; dicts: readonly string[] }
export function hintsFor(form: Form, dictionary: readonly DictionaryField[], others: readonly OtherForm[]): Hint[] {
  const byCode = new Map(dictionary.map((entry) => [entry.code, entry]))
  return everyField(form).flatMap(({ path, field }): Hint[] => {
    if (field.type === 'group' || field.computed !== undefined) return []
    const entry = field.dict === undefined ? dictionary.find((one) => isAlike(one, field)) : byCode.get(field.dict)
    if (!entry) return []
    if (field.dict === undefined) return [{ path, kind: 'alike', dict: entry.code }]
    if (entry.source !== 'asked') return field.known === undefined ? [{ path, kind: 'known', dict: entry.code }] : []
    const also = others.filter((other) => other.code !== form.code && other.dicts.includes(entry.code))
    return also.length ? [{ path, kind: 'asked', dict: entry.code, forms: [...new Set(also.map((other) => other.code))] }] : []
  })
}
/** Labels are compared without blanks, brackets and punctuation. */
const bare = (text: string) => text.toLowerCase().replace(/（[^）]*）|\([^)]*\)/g, '').replace(/[\s\p{P}]/gu, '')
function isAlike(entry: DictionaryField, field: FormField): boolean {
  const asked = [bare(field.label.zh), bare(field.label.en)].filter((one) => one.length > 1)
  return [entry.name.zh, entry.name.en, ...(entry.synonyms ?? [])].map(bare).some((word) => asked.includes(word))
}
