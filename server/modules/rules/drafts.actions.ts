// Changing a table in the console: one person edits a draft, saves as they go and proposes it; others may take it over.
import type { Input, Returns } from '@fugong/contract/base'
import type { DecisionTable, Proposal } from '@fugong/contract/rules'
import { blankIssues, readyTable, type Draft, type DraftTable, type dropDraft, type getDraft, type listDrafts, type openDraft, type proposeDraft, type rollBackTable, type saveDraft, type takeDraft } from '@fugong/contract/rules.editing'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { invalid, problem } from '../../base/problem.ts'
import { ancestorsOf, findArea } from '../areas/index.ts'
import { personNames } from '../identity/index.ts'
import { checkTable } from './actions.ts'
import { deleteDraft, findDraft, insertDraft, selectDrafts, updateDraft, type DraftHead, type DraftRow } from './drafts.store.ts'
import { coversArea, ownAreaBelow } from './policy.ts'
import type { RulesOptions } from './ports.ts'
import { faulty, putForward, versionFor } from './proposals.actions.ts'
import { findVersion, highestVersion, selectBody, selectTitles } from './store.ts'
import { handTrialsOver } from './trials.store.ts'

export async function listDraftsOf(ctx: Ctx): Promise<Returns<typeof listDrafts>> {
  const rows = await selectDrafts(ctx)
  const names = await personNames(ctx, rows.map((row) => row.owner))
  return { items: await Promise.all(rows.map((row) => toTitle(ctx, row, names))) }
}

export const draftActions = ({ subjects }: RulesOptions) => {
  const whole = (ctx: Ctx, row: DraftRow) => toDraft(ctx, row, subjects.some((one) => one.tables.includes(row.code)))
  return {
    async open(ctx: Ctx, { body }: Input<typeof openDraft>): Promise<Draft> {
      const { kind, table } = await versionAsked(ctx, body.code, body.version, body.kind)
      const areaCode = await areaFor(ctx, table.areaCode, body.areaCode)
      const now = ctx.now.toISOString()
      // The effective date of the old version is no date for the new one: until it is given, it holds from its confirmation on.
      const start: DraftTable = { ...table, areaCode, effectiveFrom: null }
      const mine: DraftRow = { id: newId(), code: table.code, kind, areaCode, basedOn: table.version, body: start, revision: 1, owner: ctx.actor.personId!, createdAt: now, savedBy: ctx.actor.personId!, savedAt: now }
      const row = await insertDraft(ctx, mine)
      if (row.id === mine.id) ctx.announce('table.draft_opened', { kind: 'table_draft', id: row.id }, { code: row.code, basedOn: row.basedOn })
      return whole(ctx, row)
    },
    async get(ctx: Ctx, { params }: Input<typeof getDraft>): Promise<Draft> {
      return whole(ctx, await draftNamed(ctx, params.id))
    },
    /** The new owner goes on from what was saved; the former one is told at the next save. */
    async take(ctx: Ctx, { params, body }: Input<typeof takeDraft>): Promise<Draft> {
      const row = await draftFor(ctx, params.id, body.revision)
      const taken: DraftRow = { ...row, owner: ctx.actor.personId!, savedBy: ctx.actor.personId!, savedAt: ctx.now.toISOString() }
      if (!(await updateDraft(ctx, taken))) throw await changedMeanwhile(ctx, params.id)
      ctx.announce('table.draft_taken', { kind: 'table_draft', id: row.id }, { revision: row.revision + 1 })
      return whole(ctx, { ...taken, revision: row.revision + 1 })
    },
  }
}

export async function save(ctx: Ctx, { params, body }: Input<typeof saveDraft>): Promise<Returns<typeof saveDraft>> {
  const row = await ownDraft(ctx, params.id, body.revision)
  const { code, areaCode } = body.table
  // A draft stays the draft of its table; another table is another draft.
  const moved = [...(code === row.code ? [] : [{ path: '/table/code', code: 'issue.choice' }]), ...(areaCode === row.areaCode ? [] : [{ path: '/table/areaCode', code: 'issue.choice' }])]
  if (moved.length) throw invalid(moved)
  const savedAt = ctx.now.toISOString()
  if (!(await updateDraft(ctx, { ...row, body: body.table, savedBy: ctx.actor.personId!, savedAt }))) throw await changedMeanwhile(ctx, params.id)
  ctx.announce('table.draft_saved', { kind: 'table_draft', id: row.id }, { revision: row.revision + 1, rows: body.table.rows.length })
  return { revision: row.revision + 1, savedAt }
}
export async function drop(ctx: Ctx, { params, body }: Input<typeof dropDraft>): Promise<{ done: true }> {
  const row = await ownDraft(ctx, params.id, body.revision)
  if (!(await deleteDraft(ctx, row.id, row.revision))) throw await changedMeanwhile(ctx, row.id)
  ctx.announce('table.draft_dropped', { kind: 'table_draft', id: row.id }, { code: row.code })
  return { done: true }
}
/** The draft goes, the proposal stands; the last trial of this very table goes with it, so that who confirms sees it. */
export async function proposeOwn(ctx: Ctx, { params, body }: Input<typeof proposeDraft>): Promise<Proposal> {
  const row = await ownDraft(ctx, params.id, body.revision)
  const table = readyTable(row.body, { version: (await highestVersion(ctx, row.code, row.kind)) + 1, now: ctx.now.toISOString() })
  const blank = blankIssues(row.body)
  const wrong = new Set(blank.map((issue) => issue.path))
  const faults = [...blank, ...checkTable(table).filter((issue) => !wrong.has(issue.path)), ...pastIssues(ctx, row.body.effectiveFrom)]
  if (faults.length) throw faulty(faults)
  if (!(await deleteDraft(ctx, row.id, row.revision))) throw await changedMeanwhile(ctx, row.id)
  const proposal = await putForward(ctx, table, { kind: row.kind, note: body.note, immediate: row.body.effectiveFrom === null, basedOn: row.basedOn })
  await handTrialsOver(ctx, row.id, proposal.id)
  return proposal
}

export async function rollBack(ctx: Ctx, { params, body }: Input<typeof rollBackTable>): Promise<Proposal> {
  const { kind, table } = await versionAsked(ctx, params.code, params.version, body.kind)
  if (!coversArea(ctx, 'table.propose', await ancestorsOf(ctx, table.areaCode))) throw problem('session.forbidden')
  const effectiveFrom = body.effectiveFrom ?? null
  const again: DecisionTable = { ...table, version: (await highestVersion(ctx, table.code, kind)) + 1, effectiveFrom: effectiveFrom ?? ctx.now.toISOString() }
  // What was right once may be at odds with the checks of today; then the way is a draft from that version.
  const faults = [...checkTable(again), ...pastIssues(ctx, effectiveFrom)]
  if (faults.length) throw faulty(faults)
  return putForward(ctx, again, { kind, note: body.note, immediate: effectiveFrom === null, basedOn: table.version })
}
/** Decisions already made are not made anew, so a change holds from now on at the earliest. */
function pastIssues(ctx: Ctx, effectiveFrom: string | null) {
  return effectiveFrom !== null && Date.parse(effectiveFrom) < ctx.now.getTime() ? [{ path: '/effectiveFrom', code: 'issue.past_moment', params: {} }] : []
}

/** Without a kind the newest version of that number answers, as on its page. */
async function versionAsked(ctx: Ctx, code: string, version: number, kind: string | undefined): Promise<{ kind: string | null; table: DecisionTable }> {
  const same = (await selectTitles(ctx, code)).filter((one) => one.version === version && (kind === undefined || one.kind === kind))
  const found = same.sort((a, b) => (a.id < b.id ? 1 : -1))[0]
  if (!found) throw problem('not_found')
  return { kind: found.kind, table: await selectBody(ctx, found.id) }
}
/** The area a draft is for: as asked, or the version's own, or the caller's within it. */
async function areaFor(ctx: Ctx, of: string, asked: string | undefined): Promise<string> {
  const area = asked ?? (coversArea(ctx, 'table.propose', await ancestorsOf(ctx, of)) ? of : await ownAreaBelow(ctx, of, (code) => ancestorsOf(ctx, code)))
  if (area === undefined) throw problem('session.forbidden')
  if (asked !== undefined && !(await findArea(ctx, asked))) throw invalid([{ path: '/areaCode', code: 'issue.area_unknown' }])
  const above = await ancestorsOf(ctx, area)
  if (!above.includes(of)) throw invalid([{ path: '/areaCode', code: 'issue.area_outside' }])
  if (!coversArea(ctx, 'table.propose', above)) throw problem('session.forbidden')
  return area
}
export async function draftNamed(ctx: Ctx, id: string): Promise<DraftRow> {
  const row = await findDraft(ctx, id)
  if (!row) throw problem('not_found')
  return row
}
/** A draft at the revision the caller has seen, in an area they answer for. */
async function draftFor(ctx: Ctx, id: string, revision: number): Promise<DraftRow> {
  const row = await draftNamed(ctx, id)
  if (!coversArea(ctx, 'table.propose', await ancestorsOf(ctx, row.areaCode))) throw problem('session.forbidden')
  if (row.revision !== revision) throw await changedMeanwhile(ctx, id)
  return row
}
async function ownDraft(ctx: Ctx, id: string, revision: number): Promise<DraftRow> {
  const row = await draftFor(ctx, id, revision)
  if (row.owner !== ctx.actor.personId) throw problem('rules.draft_not_yours', { who: await nameOf(ctx, row.owner), at: row.savedAt })
  return row
}
async function changedMeanwhile(ctx: Ctx, id: string) {
  const row = await findDraft(ctx, id)
  return row ? problem('conflict.changed', { who: await nameOf(ctx, row.savedBy), at: row.savedAt }) : problem('not_found')
}
const nameOf = async (ctx: Ctx, id: string) => (await personNames(ctx, [id])).get(id) ?? '—'

async function toTitle(ctx: Ctx, row: DraftHead, names: Map<string, string>) {
  const mine = row.owner === ctx.actor.personId
  const may = ctx.may('table.propose') && coversArea(ctx, 'table.propose', await ancestorsOf(ctx, row.areaCode))
  return {
    id: row.id, code: row.code, emergencyKind: row.kind, areaCode: row.areaCode, basedOn: row.basedOn, revision: row.revision, owner: names.get(row.owner) ?? '', mine, savedAt: row.savedAt,
    can: !may ? [] : mine ? ['edit', 'propose', 'drop', 'try'] : ['take', 'try'],
  }
}
async function toDraft(ctx: Ctx, row: DraftRow, triable: boolean): Promise<Draft> {
  const [present, base] = await Promise.all([versionFor(ctx, row, row.kind), findVersion(ctx, row.code, row.kind, row.basedOn)])
  return { ...(await toTitle(ctx, row, await personNames(ctx, [row.owner]))), table: row.body, base: base!.body, inForce: present?.version ?? null, triable }
}
