// A form as it is being written: where things stand in it, moving and adding them, and what differs between two versions.
import type { Issue } from '@fugong/contract/base'
import type { DictionaryField } from '@fugong/contract/fields'
import type { Form, FormField, FormPage } from '@fugong/contract/forms'

export type RowField = NonNullable<FormField['fields']>[number]
/** The head, a page (`0`), a field of it (`0/2`), or a field of a group (`0/2/1`). */
export type Spot = '' | `${number}` | `${number}/${number}` | `${number}/${number}/${number}`

const bilingual = (value: unknown) => {
  const { zh, en } = (value ?? {}) as { zh?: unknown; en?: unknown }
  return { zh: typeof zh === 'string' ? zh : '', en: typeof en === 'string' ? en : '' }
}
const list = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter((one): one is Record<string, unknown> => typeof one === 'object' && one !== null) : [])

/** A draft as the editor works on it: what is not there yet is empty, what is not understood is left as it is. */
export function documentOf(body: unknown, tomorrow: string): Form {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Partial<Form>
  const field = (one: Record<string, unknown>): FormField => ({ ...(one as unknown as FormField), code: String(one['code'] ?? ''), label: bilingual(one['label']), ...(one['type'] === 'group' ? { fields: list(one['fields']).map(field) as RowField[] } : {}) })
  return {
    ...given, code: String(given.code ?? ''), version: given.version ?? 1, name: bilingual(given.name), source: bilingual(given.source), areaCode: typeof given.areaCode === 'string' ? given.areaCode : '',
    effectiveFrom: typeof given.effectiveFrom === 'string' ? given.effectiveFrom : tomorrow,
    pages: list(given.pages).map((page) => ({ ...(page as unknown as FormPage), code: String(page['code'] ?? ''), title: bilingual(page['title']), fields: list(page['fields']).map(field) })),
  } as Form
}

/** JSON pointer of a spot. */
export function pathOf(spot: Spot): string {
  const [page, field, inner] = spot.split('/')
  return spot === '' ? '' : `/pages/${page}${field === undefined ? '' : `/fields/${field}`}${inner === undefined ? '' : `/fields/${inner}`}`
}
/** The spot a fault belongs to: the innermost thing its path lies in. */
export function spotOf(path: string): Spot {
  const found = /^\/pages\/(\d+)(?:\/fields\/(\d+)(?:\/fields\/(\d+))?)?/.exec(path)
  return (found ? found.slice(1).filter((part) => part !== undefined).join('/') : '') as Spot
}
export function pageAt(form: Form, spot: Spot): FormPage | undefined {
  return spot === '' ? undefined : form.pages[Number(spot.split('/')[0])]
}
export function fieldAt(form: Form, spot: Spot): FormField | undefined {
  const [, field, inner] = spot.split('/')
  const one = field === undefined ? undefined : pageAt(form, spot)?.fields[Number(field)]
  return inner === undefined ? one : (one?.fields?.[Number(inner)] as FormField | undefined)
}
export const groupAt = (form: Form, spot: Spot): FormField | undefined => (spot.split('/').length === 3 ? fieldAt(form, spot.split('/').slice(0, 2).join('/') as Spot) : undefined)

type Listed = (FormPage | FormField)[]
/** A copy of the form in which the list that a spot stands in was changed. */
function withList(form: Form, spot: Spot, change: (all: Listed) => Listed): Form {
  const parts = spot.split('/').map(Number)
  if (parts.length === 1) return { ...form, pages: change(form.pages) as FormPage[] }
  const pages = form.pages.map((page, at) => {
    if (at !== parts[0]) return page
    if (parts.length === 2) return { ...page, fields: change(page.fields) as FormField[] }
    return { ...page, fields: page.fields.map((field, place) => (place === parts[1] ? { ...field, fields: change((field.fields ?? []) as FormField[]) as RowField[] } : field)) }
  })
  return { ...form, pages }
}
const last = (spot: Spot) => Number(spot.split('/').at(-1))
const beside = (spot: Spot, by: number): Spot => [...spot.split('/').slice(0, -1), last(spot) + by].join('/') as Spot

export function putAt(form: Form, spot: Spot, next: FormPage | FormField): Form {
  return withList(form, spot, (all) => all.map((one, at) => (at === last(spot) ? next : one)))
}
export function removeAt(form: Form, spot: Spot): Form {
  return withList(form, spot, (all) => all.filter((_, at) => at !== last(spot)))
}
/** Puts something after a spot of its own kind. */
export function insertAfter(form: Form, spot: Spot, added: FormPage | FormField): { form: Form; spot: Spot } {
  const next = beside(spot, 1)
  return { form: withList(form, spot, (all) => [...all.slice(0, last(next)), added, ...all.slice(last(next))]), spot: next }
}
/** One place up or down among its sisters; a field at the end of its page goes over to the next page. */
export function moveBy(form: Form, spot: Spot, by: 1 | -1): { form: Form; spot: Spot } {
  const parts = spot.split('/').map(Number)
  const sisters: Listed = parts.length === 1 ? form.pages : parts.length === 2 ? (form.pages[parts[0]!]?.fields ?? []) : ((groupAt(form, spot)?.fields ?? []) as FormField[])
  const to = last(spot) + by
  if (to >= 0 && to < sisters.length) {
    const moved = withList(form, spot, (all) => { const copy = [...all]; [copy[last(spot)], copy[to]] = [copy[to]!, copy[last(spot)]!]; return copy })
    return { form: moved, spot: beside(spot, by) }
  }
  const page = parts[0]! + by
  const target = form.pages[page]
  if (parts.length !== 2 || !target) return { form, spot }
  const field = fieldAt(form, spot)!
  const place = by === 1 ? 0 : target.fields.length
  const without = removeAt(form, spot)
  return { form: { ...without, pages: without.pages.map((one, at) => (at === page ? { ...one, fields: [...one.fields.slice(0, place), field, ...one.fields.slice(place)] } : one)) }, spot: `${page}/${place}` }
}

/** A code that is not taken yet: `field`, `field2`, … */
export function freshCode(form: Form, wanted = 'field'): string {
  const taken = new Set(form.pages.flatMap((page) => page.fields.flatMap((field) => [field.code, ...(field.fields ?? []).map((inner) => inner.code)])))
  const stem = wanted.replace(/[^A-Za-z0-9]/g, '').replace(/^[^a-z]+/, '') || 'field'
  for (let n = 1; ; n += 1) if (!taken.has(n === 1 ? stem : `${stem}${n}`)) return n === 1 ? stem : `${stem}${n}`
}
export function freshPage(form: Form): FormPage {
  const taken = new Set(form.pages.map((page) => page.code))
  let n = form.pages.length + 1
  while (taken.has(`page${n}`)) n += 1
  return { code: `page${n}`, title: { zh: '', en: '' }, fields: [] }
}
/** A question as the dictionary words it; what the register knows is taken from there. */
export function fromDictionary(form: Form, entry: DictionaryField): FormField {
  const { type, unit, codes, min, max, pattern } = entry
  const code = freshCode(form, entry.code.split('.').at(-1))
  const optional = Object.fromEntries(Object.entries({ unit, codes, min, max, pattern }).filter(([, value]) => value !== undefined))
  const check = entry.check === undefined ? {} : { check: { when: entry.check.replace(/\bvalue\b/g, code), message: { zh: `${entry.name.zh}不符合要求`, en: `${entry.name.en} is not as required` } } }
  return { code, type, dict: entry.code, label: entry.name, ...optional, ...check, ...(entry.source === 'asked' ? {} : { known: entry.source }) } as FormField
}

export interface Change { what: 'added' | 'removed' | 'changed' | 'moved'; kind: 'head' | 'page' | 'field'; code: string; label: { zh: string; en: string }; parts: { part: string; before: unknown; after: unknown }[] }
const HEAD = ['name', 'areaCode', 'effectiveFrom', 'appliesTo', 'source', 'note', 'statement'] as const
const same = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null)
function partsOf(before: object, after: object, left: readonly string[]): Change['parts'] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => !left.includes(name))
  const [old, next] = [before as Record<string, unknown>, after as Record<string, unknown>]
  return names.filter((name) => !same(old[name], next[name])).map((part) => ({ part, before: old[part], after: next[part] }))
}
/** What a new version changes, by code: a field that keeps its code is the same field, wherever it stands. */
export function changesOf(before: Form | null, after: Form): Change[] {
  const found: Change[] = []
  const head = partsOf(before ?? {}, after, ['pages', 'version', 'code']).filter(({ part }) => (HEAD as readonly string[]).includes(part))
  if (before && head.length > 0) found.push({ what: 'changed', kind: 'head', code: '', label: after.name, parts: head })
  const flat = (form: Form | null) => new Map((form?.pages ?? []).flatMap((page) => page.fields.flatMap((field): [string, { field: FormField; place: string }][] => [
    [field.code, { field, place: page.code }], ...(field.fields ?? []).map((inner): [string, { field: FormField; place: string }] => [inner.code, { field: inner, place: `${page.code}/${field.code}` }]),
  ])))
  const [old, next] = [flat(before), flat(after)]
  const pages = new Map((before?.pages ?? []).map((page) => [page.code, page]))
  for (const page of after.pages) {
    const former = pages.get(page.code)
    if (!former) { if (before) found.push({ what: 'added', kind: 'page', code: page.code, label: page.title, parts: [] }) } else {
      const parts = partsOf(former, page, ['fields'])
      if (parts.length > 0) found.push({ what: 'changed', kind: 'page', code: page.code, label: page.title, parts })
    }
  }
  for (const page of before?.pages ?? []) if (!after.pages.some((one) => one.code === page.code)) found.push({ what: 'removed', kind: 'page', code: page.code, label: page.title, parts: [] })
  const kept = [...old.keys()].filter((code) => next.has(code))
  const order = [...next.keys()].filter((code) => old.has(code))
  for (const [code, { field, place }] of next) {
    const former = old.get(code)
    if (!former) { found.push({ what: 'added', kind: 'field', code, label: field.label, parts: [] }); continue }
    const parts = partsOf(former.field, field, ['fields'])
    const moved = former.place !== place || kept.indexOf(code) !== order.indexOf(code)
    if (parts.length > 0) found.push({ what: 'changed', kind: 'field', code, label: field.label, parts })
    else if (moved) found.push({ what: 'moved', kind: 'field', code, label: field.label, parts: [] })
  }
  for (const [code, { field }] of old) if (!next.has(code)) found.push({ what: 'removed', kind: 'field', code, label: field.label, parts: [] })
  return found
}

/** Faults that the editor finds itself with every key; the server's word on the rest comes with each save. */
const OWN = new Set(['issue.duplicate', 'issue.form_name_reserved', 'issue.table_codes_missing', 'issue.form_range', 'issue.form_pattern', 'issue.form_group_empty', 'issue.form_computed_required', 'issue.form_empty'])
export function mergeFaults(own: readonly Issue[], told: readonly Issue[]): Issue[] {
  const rest = told.filter((issue) => !issue.code.startsWith('issue.expression_') && !OWN.has(issue.code))
  const taken = new Set(own.map((issue) => issue.path))
  return [...own, ...rest.filter((issue) => !taken.has(issue.path))]
}
