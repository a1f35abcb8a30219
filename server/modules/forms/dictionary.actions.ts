// The dictionary of fields: loading what ships, what is in force, who asks for what, and what that says to the author of a form.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import { DictionaryField, type DictionaryField as Field } from '@fugong/contract/fields'
import type { Form } from '@fugong/contract/forms'
import { dictionaryIssues, everyField, hintsFor, type Hint, type OtherForm } from '@fugong/contract/forms.check'
import type { DictionaryRow, getFieldHistory, listFields } from '@fugong/contract/forms.edit'
import { briefCache } from '../../base/brief-cache.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { problem } from '../../base/problem.ts'
import { documentChecker } from '../../base/validate.ts'
import { canonical, versionInForce } from '../rules/index.ts'
import { insertEntry, selectEntries, type EntryRow } from './dictionary.store.ts'
import { fieldIssues } from './rules.ts'
import { selectInForceBodies } from './versions.actions.ts'

const entries = briefCache<EntryRow[]>(900)
const shapeIssues = documentChecker(DictionaryField)
/** Every fault of a field of the dictionary as a document. */
export function checkField(field: unknown): Issue[] {
  const shape = shapeIssues(field)
  const wrong = new Set(shape.map((issue) => issue.path))
  return [...shape, ...fieldIssues(field).filter((issue) => !wrong.has(issue.path))]
}

interface DictionaryFile { fields: Omit<Field, 'areaCode'>[] }
/** Loads the dictionary that ships, below what was published here: a version that exists stays as it is. */
export async function loadDictionary(ctx: Ctx, city: string): Promise<void> {
  const file = readData<DictionaryFile>('data', 'china', 'fields.json')
  await loadOnce(ctx, 'forms/dictionary', file.hash, async () => {
    const known = new Map((await selectEntries(ctx)).map((row) => [`${row.code} ${row.version}`, row.body]))
    for (const shipped of file.value.fields) {
      const field: Field = { ...shipped, areaCode: city }
      const faults = checkField(field)
      if (faults.length) throw new Error(`data/china/fields.json, ${field.code}: ${faults.map((issue) => `${issue.path} ${issue.code}`).join(', ')}`)
      const before = known.get(`${field.code} ${field.version}`)
      if (!before) await insertEntry(ctx, field)
      else if (canonical(before) !== canonical(field)) ctx.log.warn({ field: field.code, version: field.version }, 'dictionary field kept as published')
    }
  })
  entries.forget(ctx)
}
/** Adds a published version. */
export async function addField(ctx: Ctx, field: Field): Promise<void> {
  await insertEntry(ctx, field)
  entries.forget(ctx)
}

/** The entry of each field in force now, or the next one to come where none is yet; `areas` from the area upwards, everywhere when left out. */
export async function dictionaryInForce(ctx: Ctx, areas?: readonly string[]): Promise<Map<string, EntryRow>> {
  const all = await entries.get(ctx, 'all', () => selectEntries(ctx))
  const groups = new Map<string, EntryRow[]>()
  for (const row of all) groups.set(row.code, [...(groups.get(row.code) ?? []), row])
  const found = new Map<string, EntryRow>()
  for (const [code, rows] of groups) {
    const own = areas ? rows.filter((row) => areas.includes(row.areaCode)) : rows
    const versions = own.map((row) => ({ ...row, kind: null }))
    const present = versionInForce(versions, areas ?? [...new Set(own.map((row) => row.areaCode))].sort(), '', ctx.now)
    const chosen = present ?? own[0]
    if (chosen) found.set(code, chosen)
  }
  return found
}
/** Faults and hints of a form against the dictionary where it is to hold. */
export async function againstDictionary(ctx: Ctx, form: Form, areas: readonly string[]): Promise<{ faults: Issue[]; hints: Hint[] }> {
  const dictionary = new Map([...(await dictionaryInForce(ctx, areas))].map(([code, row]) => [code, row.body]))
  return { faults: dictionaryIssues(form, dictionary), hints: hintsFor(form, [...dictionary.values()], await othersAsking(ctx)) }
}
async function othersAsking(ctx: Ctx): Promise<OtherForm[]> {
  return (await selectInForceBodies(ctx)).map((form) => ({ code: form.code, name: form.name, dicts: everyField(form).flatMap(({ field }) => (field.dict === undefined ? [] : [field.dict])) }))
}

export async function listFieldsOf(ctx: Ctx, { query }: Input<typeof listFields>): Promise<Returns<typeof listFields>> {
  const typed = query.q?.trim().toLowerCase() ?? ''
  const others = await othersAsking(ctx)
  const rows = [...(await dictionaryInForce(ctx)).values()].filter(({ body }) => !typed || [body.code, body.name.zh, body.name.en, ...(body.synonyms ?? [])].some((word) => word.toLowerCase().includes(typed)))
  return { items: rows.map((row) => toRow(ctx, row, others, true)), can: ctx.may('form.edit') ? ['edit'] : [] }
}
export async function getFieldHistoryOf(ctx: Ctx, { params }: Input<typeof getFieldHistory>): Promise<Returns<typeof getFieldHistory>> {
  const rows = await selectEntries(ctx, params.code)
  if (!rows.length) throw problem('not_found')
  const present = (await dictionaryInForce(ctx)).get(params.code)
  const others = await othersAsking(ctx)
  return { items: rows.map((row) => toRow(ctx, row, others, row.id === present?.id)), can: ctx.may('form.edit') ? ['edit'] : [] }
}
function toRow(ctx: Ctx, row: EntryRow, others: readonly OtherForm[], present: boolean): DictionaryRow {
  return { id: row.id, field: row.body, inForce: present && Date.parse(row.effectiveFrom) <= ctx.now.getTime(), forms: [...new Set(others.filter((other) => other.dicts.includes(row.code)).map((other) => other.code))] }
}
