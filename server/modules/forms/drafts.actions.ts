// Writing a form or a field of the dictionary: begin, save as it stands, hand in, take back, give up, and publication by a second person.
import { Value } from 'typebox/value'
import { AreaCode, type Input, type Issue, type Returns } from '@fugong/contract/base'
import type { DictionaryField } from '@fugong/contract/fields'
import type { Form } from '@fugong/contract/forms'
import type { Hint } from '@fugong/contract/forms.check'
import type { FormDraft, DraftTitle, decideDraft, discardDraft, getDraft, getFormVersion, listDrafts, openDraft, proposeDraft, reopenDraft, saveDraft } from '@fugong/contract/forms.edit'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { ancestorsOf } from '../areas/index.ts'
import { personNames } from '../identity/index.ts'
import { versionInForce } from '../rules/index.ts'
import { addForm, checkForm } from './actions.ts'
import { addField, againstDictionary, checkField, dictionaryInForce } from './dictionary.actions.ts'
import { findEntry, selectEntries } from './dictionary.store.ts'
import { findDraft, insertDraft, selectDrafts, updateDraft, type DraftRow } from './drafts.store.ts'
import { coversArea, isSecondPerson } from './policy.ts'
import { audienceOf, unstorable } from './rules.ts'
import { highestVersion, selectBody, selectTitles } from './store.ts'
import { oneVersion } from './versions.actions.ts'

type Body = Record<string, unknown>
const record = (value: unknown): Body => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : {})
const areaOf = (body: Body): string | undefined => { const code = body['areaCode']; return typeof code === 'string' && Value.Check(AreaCode, code) ? code : undefined }

export async function getVersion(ctx: Ctx, { params }: Input<typeof getFormVersion>): Promise<Returns<typeof getFormVersion>> {
  const found = await oneVersion(ctx, params.id)
  const { hints } = await againstDictionary(ctx, found.form, await ancestorsOf(ctx, found.form.areaCode))
  return { ...found, hints, can: ctx.may('form.edit') ? ['edit'] : [] }
}
export async function listDraftsOf(ctx: Ctx, { query }: Input<typeof listDrafts>): Promise<Returns<typeof listDrafts>> {
  const rows = await selectDrafts(ctx, query.what)
  const names = await namesOf(ctx, rows)
  return { items: rows.map((row) => toTitle(row, names)), can: ctx.may('form.edit') ? ['edit'] : [] }
}

export async function open(ctx: Ctx, { body: asked }: Input<typeof openDraft>): Promise<FormDraft> {
  const begun = asked.from === undefined ? begin(asked) : asked.what === 'form' ? await fromVersion(ctx, asked.from) : await fromEntry(ctx, asked.from)
  const faults = unstorable(begun.body, '/body')
  if (faults.length) throw invalid(faults)
  await mustCover(ctx, 'form.edit', begun.body)
  const now = ctx.now.toISOString()
  const row: DraftRow = {
    id: newId(), what: asked.what, ...begun, state: 'draft', revision: 1, note: null, authors: [ctx.actor.personId!], changedBy: ctx.actor.personId!, changedAt: now, createdAt: now,
    proposedBy: null, proposedAt: null, decidedBy: null, decidedAt: null, decisionNote: null, publishedVersion: null,
  }
  await insertDraft(ctx, row)
  ctx.announce('form.draft_opened', { kind: 'form_draft', id: row.id }, { what: row.what, code: row.code, baseVersion: row.baseVersion })
  return toDraft(ctx, row)
}
type Begun = Pick<DraftRow, 'code' | 'kind' | 'body' | 'baseVersion'>
function begin({ what, code, kind, areaCode, body }: Input<typeof openDraft>['body']): Begun {
  const given = record(body)
  const name = code ?? given['code']
  if (typeof name !== 'string' || !name || (what === 'field' && !name.includes('.'))) throw invalid([{ path: '/code', code: name === undefined ? 'issue.required' : 'issue.format' }])
  return { code: name.slice(0, 80), kind: what === 'form' ? (kind ?? null) : null, baseVersion: null, body: { ...given, code: name.slice(0, 80), ...(areaCode === undefined ? {} : { areaCode }) } }
}
async function fromVersion(ctx: Ctx, id: string): Promise<Begun> {
  const { title, form } = await oneVersion(ctx, id)
  return { code: form.code, kind: title.kind, body: { ...form }, baseVersion: form.version }
}
async function fromEntry(ctx: Ctx, id: string): Promise<Begun> {
  const entry = await findEntry(ctx, id)
  if (!entry) throw problem('not_found')
  return { code: entry.code, kind: null, body: { ...entry.body }, baseVersion: entry.version }
}

export async function get(ctx: Ctx, { params }: Input<typeof getDraft>): Promise<FormDraft> {
  return toDraft(ctx, await mustFind(ctx, params.id))
}
export async function save(ctx: Ctx, { params, body }: Input<typeof saveDraft>): Promise<FormDraft> {
  const row = await loadOpen(ctx, params.id, body.revision, ['draft'])
  const given = record(body.body)
  const faults = unstorable(given, '/body')
  if (faults.length) throw invalid(faults)
  // A draft stays under its code; moving it to another area asks for the right there too.
  const next = { ...given, code: row.code }
  await mustCover(ctx, 'form.edit', next)
  const saved = await write(ctx, row, { body: next, authors: [...new Set([...row.authors, ctx.actor.personId!])] })
  ctx.announce('form.draft_saved', { kind: 'form_draft', id: row.id }, { code: row.code, revision: saved.revision })
  return toDraft(ctx, saved)
}
export async function propose(ctx: Ctx, { params, body }: Input<typeof proposeDraft>): Promise<FormDraft> {
  const row = await loadOpen(ctx, params.id, body.revision, ['draft'])
  const { faults } = await judge(ctx, row)
  if (faults.length) throw problem('forms.faulty', { count: faults.length }, faults)
  const proposed = await write(ctx, row, { state: 'proposed', note: body.note, proposedBy: ctx.actor.personId, proposedAt: ctx.now.toISOString(), authors: [...new Set([...row.authors, ctx.actor.personId!])] })
  ctx.announce('form.proposed', { kind: 'form_draft', id: row.id }, { what: row.what, code: row.code })
  return toDraft(ctx, proposed)
}
export async function reopen(ctx: Ctx, { params, body }: Input<typeof reopenDraft>): Promise<FormDraft> {
  const row = await loadOpen(ctx, params.id, body.revision, ['proposed'])
  const reopened = await write(ctx, row, { state: 'draft', proposedBy: null, proposedAt: null, note: null })
  ctx.announce('form.reopened', { kind: 'form_draft', id: row.id }, { code: row.code })
  return toDraft(ctx, reopened)
}
export async function discard(ctx: Ctx, { params, body }: Input<typeof discardDraft>): Promise<FormDraft> {
  const row = await loadOpen(ctx, params.id, body.revision, ['draft', 'proposed'])
  const gone = await write(ctx, row, { state: 'discarded' })
  ctx.announce('form.draft_discarded', { kind: 'form_draft', id: row.id }, { code: row.code })
  return toDraft(ctx, gone)
}
export async function decide(ctx: Ctx, { params, body }: Input<typeof decideDraft>): Promise<FormDraft> {
  const row = await mustFind(ctx, params.id)
  await mustCover(ctx, 'form.publish', row.body)
  if (row.state === 'draft') throw problem('forms.not_proposed')
  if (row.state !== 'proposed') throw problem('forms.draft_closed')
  if (row.revision !== body.revision) throw await changedMeanwhile(ctx, row)
  if (!isSecondPerson(ctx, row)) throw problem('forms.second_person_needed')
  const decided = { decidedBy: ctx.actor.personId, decidedAt: ctx.now.toISOString(), decisionNote: body.note }
  if (!body.publish) {
    const rejected = await write(ctx, row, { ...decided, state: 'rejected' })
    ctx.announce('form.rejected', { kind: 'form_draft', id: row.id }, { what: row.what, code: row.code })
    return toDraft(ctx, rejected)
  }
  // The dictionary may have changed since it was handed in.
  const { faults } = await judge(ctx, row)
  if (faults.length) throw problem('forms.faulty', { count: faults.length }, faults)
  const version = 1 + (row.what === 'form' ? await highestVersion(ctx, row.code, row.kind) : Math.max(0, ...(await selectEntries(ctx, row.code)).map((entry) => entry.version)))
  // Nothing takes effect before it is published: what was decided yesterday stands.
  const effectiveFrom = Date.parse(String(row.body['effectiveFrom'])) > ctx.now.getTime() ? row.body['effectiveFrom'] : ctx.now.toISOString()
  const document = { ...row.body, version, effectiveFrom }
  const published = await write(ctx, row, { ...decided, state: 'published', publishedVersion: version, body: document })
  if (row.what === 'form') await addForm(ctx, document as unknown as Form, { kind: row.kind, pack: null })
  else await addField(ctx, document as unknown as DictionaryField)
  ctx.announce('form.published', { kind: 'form_draft', id: row.id }, { what: row.what, code: row.code, version })
  return toDraft(ctx, published)
}

async function mustFind(ctx: Ctx, id: string): Promise<DraftRow> {
  const row = await findDraft(ctx, id)
  if (!row) throw problem('not_found')
  return row
}
/** A draft to change: at the revision the caller saw, in a state that allows it, within the caller's area. */
async function loadOpen(ctx: Ctx, id: string, revision: number, states: readonly DraftRow['state'][]): Promise<DraftRow> {
  const row = await mustFind(ctx, id)
  await mustCover(ctx, 'form.edit', row.body)
  if (!states.includes(row.state)) throw problem('forms.draft_closed')
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  return row
}
async function write(ctx: Ctx, row: DraftRow, changes: Partial<DraftRow>): Promise<DraftRow> {
  const next: DraftRow = { ...row, ...changes, revision: row.revision + 1, changedBy: ctx.actor.personId!, changedAt: ctx.now.toISOString() }
  if (!(await updateDraft(ctx, next))) throw await changedMeanwhile(ctx, await mustFind(ctx, row.id))
  return next
}
async function changedMeanwhile(ctx: Ctx, row: DraftRow) {
  return problem('conflict.changed', { who: (await personNames(ctx, [row.changedBy])).get(row.changedBy) ?? '', at: row.changedAt })
}
/** A document that names no area yet may be begun by whoever may write anywhere. */
async function mustCover(ctx: Ctx, verb: 'form.edit' | 'form.publish', body: Body): Promise<void> {
  const area = areaOf(body)
  const above = area === undefined ? [] : await ancestorsOf(ctx, area)
  if (above.length && !coversArea(ctx, verb, above)) throw problem('session.forbidden')
}

/** All that keeps a draft from being published, and what its author should think about. */
async function judge(ctx: Ctx, row: DraftRow): Promise<{ faults: Issue[]; hints: Hint[] }> {
  // The number is given on publication.
  const document = { version: 1, ...row.body }
  const area = areaOf(row.body)
  const above = area === undefined ? [] : await ancestorsOf(ctx, area)
  const misplaced: Issue[] = area !== undefined && above[0] !== area ? [{ path: '/areaCode', code: 'issue.area_unknown' }] : []
  if (row.what === 'field') return { faults: [...checkField(document), ...misplaced], hints: [] }
  const faults = checkForm(document)
  const more = hasQuestions(document) ? await againstDictionary(ctx, document as unknown as Form, above) : { faults: [], hints: [] }
  return { faults: [...faults, ...misplaced, ...more.faults], hints: more.hints }
}
/** Whether a draft is far enough along to be held against the dictionary. */
function hasQuestions(value: Body): boolean {
  const list = (inner: unknown) => (Array.isArray(inner) ? (inner as unknown[]) : [])
  const named = (field: unknown): boolean => typeof record(record(field)['label'])['zh'] === 'string' && typeof record(record(field)['label'])['en'] === 'string' && list(record(field)['fields']).every(named)
  const pages = list(value['pages'])
  return pages.length > 0 && pages.every((page) => Array.isArray(record(page)['fields']) && list(record(page)['fields']).every(named))
}
/** The document in force that this one would follow, to show what changes. */
async function before(ctx: Ctx, row: DraftRow): Promise<unknown> {
  const area = areaOf(row.body)
  if (row.what === 'field') return (await dictionaryInForce(ctx)).get(row.code)?.body ?? null
  const titles = (await selectTitles(ctx, row.code)).filter((one) => one.kind === row.kind)
  const alike = titles.filter((one) => audienceOf(one.appliesTo) === audienceOf((row.body['appliesTo'] as Form['appliesTo']) ?? null) && one.version !== row.publishedVersion)
  const above = area === undefined ? [] : await ancestorsOf(ctx, area)
  const present = versionInForce(alike, above, row.kind ?? '', row.decidedAt ? new Date(row.decidedAt) : ctx.now) ?? titles.find((one) => one.version === row.baseVersion)
  return present ? selectBody(ctx, present.id) : null
}

const namesOf = (ctx: Ctx, rows: readonly DraftRow[]) => personNames(ctx, [...new Set(rows.flatMap((row) => [row.changedBy, row.proposedBy, row.decidedBy].filter((id) => id !== null)))])
function toTitle(row: DraftRow, names: Map<string, string>): DraftTitle {
  const { id, what, code, kind, state, revision, baseVersion, changedAt, note, proposedAt, decidedAt, decisionNote, publishedVersion } = row
  const name = record(row.body['name'])
  const person = (who: string | null) => (who === null ? null : (names.get(who) ?? ''))
  return {
    id, what, code, kind, state, revision, baseVersion, changedAt, note, proposedAt, decidedAt, decisionNote, publishedVersion,
    name: typeof name['zh'] === 'string' && typeof name['en'] === 'string' ? { zh: name['zh'], en: name['en'] } : null, areaCode: areaOf(row.body) ?? '',
    changedBy: person(row.changedBy) ?? '', proposedBy: person(row.proposedBy), decidedBy: person(row.decidedBy),
  }
}
async function toDraft(ctx: Ctx, row: DraftRow): Promise<FormDraft> {
  const names = await namesOf(ctx, [row])
  const closed = row.state === 'published' || row.state === 'rejected' || row.state === 'discarded'
  const judged = closed ? { faults: [], hints: [] } : await judge(ctx, row)
  const area = areaOf(row.body)
  const above = area === undefined ? [] : await ancestorsOf(ctx, area)
  const writes = ctx.may('form.edit') && (!above.length || coversArea(ctx, 'form.edit', above))
  const publishes = row.state === 'proposed' && isSecondPerson(ctx, row) && coversArea(ctx, 'form.publish', above)
  const can = [...(writes && row.state === 'draft' ? ['save', 'propose', 'discard'] : []), ...(writes && row.state === 'proposed' ? ['reopen', 'discard'] : []), ...(publishes ? ['publish', 'reject'] : [])]
  return { ...toTitle(row, names), body: row.body, before: await before(ctx, row), ...judged, can }
}
