// Which form fits best, and what a document must not hold before it can be stored at all.
import type { Issue } from '@fugong/contract/base'
import type { DictionaryField } from '@fugong/contract/fields'
import { isSafePattern } from '@fugong/contract/forms.check'
import { isDay, type Form } from '@fugong/contract/forms'
import { read } from '@fugong/contract/expressions'
import { judge } from '@fugong/contract/expressions.judge'

type AppliesTo = Form['appliesTo'] | null
export interface Place { scene?: string | undefined; industry?: string | undefined }

/** How closely a form is made for a place: -1 when it is not; a longer industry code is closer, a scene closer than none. */
export function fitOf(appliesTo: AppliesTo, { scene, industry }: Place): number {
  if (!appliesTo) return 0
  if (appliesTo.scenes && (scene === undefined || !appliesTo.scenes.includes(scene))) return -1
  const digits = industry?.replace(/^[A-T]/, '') ?? ''
  const lengths = (appliesTo.industries ?? []).filter((one) => digits.startsWith(one)).map((one) => one.length)
  if (appliesTo.industries && !lengths.length) return -1
  return (appliesTo.scenes ? 1 : 0) + 2 * Math.max(0, ...lengths)
}
/** Versions that fit a place, those made most closely for it first. */
export function byFit<V extends { appliesTo: AppliesTo }>(versions: readonly V[], place: Place): V[][] {
  const groups = new Map<number, V[]>()
  for (const one of versions) {
    const fit = fitOf(one.appliesTo, place)
    if (fit >= 0) groups.set(fit, [...(groups.get(fit) ?? []), one])
  }
  return [...groups].sort(([a], [b]) => b - a).map(([, group]) => group)
}
/** What tells forms of one code apart besides area and kind: a form for building sites does not follow upon one for offices. */
export function audienceOf(appliesTo: AppliesTo): string {
  return appliesTo ? JSON.stringify([[...(appliesTo.scenes ?? [])].sort(), [...(appliesTo.industries ?? [])].sort()]) : ''
}

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
const NUMERIC = ['number', 'integer']
const WORDED = ['text', 'para']
/** Faults of a field of the dictionary beyond its shape. */
export function fieldIssues(value: unknown): Issue[] {
  const field = record(value) as Partial<DictionaryField>
  const issues: Issue[] = []
  const name = field.name?.zh ?? String(field.code ?? '')
  const moment = field.effectiveFrom
  if (typeof moment === 'string' && (!isDay(moment.slice(0, 10)) || moment < '2000' || moment >= '2200')) issues.push({ path: '/effectiveFrom', code: 'issue.instant' })
  const codes = Array.isArray(field.codes) ? field.codes.map((one) => record(one)['value']) : []
  if (field.type === 'code' || field.type === 'codes') {
    if (!codes.length) issues.push({ path: '/codes', code: 'issue.table_codes_missing', params: { column: name } })
    codes.forEach((code, at) => { if (codes.indexOf(code) < at) issues.push({ path: `/codes/${at}/value`, code: 'issue.duplicate', params: { field: String(code) } }) })
  } else if (field.codes !== undefined) issues.push({ path: '/codes', code: 'issue.unknown', params: { name: 'codes' } })
  if (typeof field.min === 'number' && typeof field.max === 'number' && field.min > field.max) issues.push({ path: '/max', code: 'issue.form_range', params: { field: name } })
  if (typeof field.pattern === 'string' && (!WORDED.includes(field.type ?? '') || !isSafePattern(field.pattern))) issues.push({ path: '/pattern', code: 'issue.form_pattern', params: { field: name } })
  if (typeof field.check === 'string') {
    const type = field.type === 'boolean' ? 'boolean' : NUMERIC.includes(field.type ?? '') ? 'number' : field.type === 'codes' || field.type === 'file' ? 'texts' : 'text'
    const found = read(field.check)
    const judged = 'tree' in found ? judge(found.tree, new Map([['value', { type }], ['today', { type: 'text' }]])) : found
    if ('fault' in judged) issues.push({ path: '/check', ...judged.fault })
    else if (judged.type !== 'boolean') issues.push({ path: '/check', code: 'issue.expression_not_boolean' })
  }
  return issues
}

const DEEPEST = 12
/** Texts and depths that the database refuses, with their paths; everything else may stand in a draft. */
export function unstorable(value: unknown, path = '', depth = 0): Issue[] {
  if (typeof value === 'string') return /\u0000|\p{Cs}/u.test(value) ? [{ path, code: 'issue.text' }] : []
  if (typeof value !== 'object' || value === null) return []
  if (depth > DEEPEST) return [{ path, code: 'issue.too_large', params: { limit: DEEPEST } }]
  return Object.entries(value).flatMap(([name, inner]) => (/\u0000|\p{Cs}/u.test(name) ? [{ path, code: 'issue.text' }] : unstorable(inner, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, depth + 1)))
}
