// Checking a form beyond its shape: codes, choices, limits; all faults at once.
import type { Issue } from '@fugong/contract/base'
import { isDay, type FormField } from '@fugong/contract/forms'

const record = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {})
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Faults of a form in meaning. The value may have faults of shape as well: what is sound in it is checked all the same. */
export function meaningIssues(value: unknown): Issue[] {
  const form = record(value)
  const issues: Issue[] = []
  const moment = form['effectiveFrom']
  if (typeof moment === 'string' && (!isDay(moment.slice(0, 10)) || moment < '2000' || moment >= '2200')) issues.push({ path: '/effectiveFrom', code: 'issue.instant' })
  const pages = list(form['pages']).map(record)
  const fields = pages.flatMap((page, at) => list(page['fields']).map((field, index) => ({ path: `/pages/${at}/fields/${index}`, field: record(field) as Partial<FormField> })))
  if (Array.isArray(form['pages']) && !fields.length) issues.push({ path: '/pages', code: 'issue.form_empty' })
  issues.push(...repeated(pages.map((page, at) => ({ path: `/pages/${at}/code`, name: page['code'] }))))
  // One code, one answer: fields of all pages share one space of names.
  issues.push(...repeated(fields.map(({ path, field }) => ({ path: `${path}/code`, name: field.code }))))
  for (const { path, field } of fields) issues.push(...fieldIssues(path, field))
  return issues
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
function fieldIssues(path: string, field: Partial<FormField>): Issue[] {
  const issues: Issue[] = []
  const name = String(field.code ?? '')
  const codes = list(field.codes).map(record)
  if (field.type === 'code') {
    if (!codes.length) issues.push({ path: `${path}/codes`, code: 'issue.table_codes_missing', params: { column: name } })
    issues.push(...repeated(codes.map((choice, index) => ({ path: `${path}/codes/${index}/value`, name: choice['value'] }))))
  } else if (field.codes !== undefined) issues.push({ path: `${path}/codes`, code: 'issue.unknown', params: { name: 'codes' } })
  if (typeof field.min === 'number' && typeof field.max === 'number' && field.min > field.max) issues.push({ path: `${path}/max`, code: 'issue.form_range', params: { field: name } })
  const isLength = field.type === 'text' || field.type === 'para'
  if (isLength && typeof field.max === 'number' && (!Number.isInteger(field.max) || field.max < 1 || field.max > 4000)) issues.push({ path: `${path}/max`, code: 'issue.too_large', params: { limit: 4000 } })
  return issues
}
