// Trying a changed table on the register: a job goes through everything in its area, page by page, and counts what would come out otherwise.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import type { Decision } from '@fugong/contract/rules'
import { canonical } from '@fugong/contract/rules.differences'
import { blankIssues, readyTable, type Trial, type latestTrial, type listTrialChanges, type startTrial, type stopTrial } from '@fugong/contract/rules.editing'
import { compileTable, evaluate, type CompiledTable, type NoDecision } from '@fugong/contract/rules.evaluate'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { loggable } from '../../base/log.ts'
import { problem } from '../../base/problem.ts'
import { ancestorsOf, expandArea } from '../areas/index.ts'
import { personNames } from '../identity/index.ts'
import { checkTable } from './actions.ts'
import { draftNamed } from './drafts.actions.ts'
import { findDraft } from './drafts.store.ts'
import { coversArea } from './policy.ts'
import type { RulesOptions, Subject, TableSubjects } from './ports.ts'
import { faulty } from './proposals.actions.ts'
import { findProposal, highestVersion, selectBody, selectCandidates, type VersionRow } from './store.ts'
import { countOutcome, countsOf, listOutcomes, SAMPLES_PER_AREA, type Outputs } from './trials.rules.ts'
import { countSamples, deleteOldTrials, deleteTrialsOf, findLatestTrial, findTrial, insertChanges, insertTrial, lockTrial, saveTrial, selectChanges, type Change, type NewTrial, type TrialRow } from './trials.store.ts'
import { versionInForce } from './versions.rules.ts'

export const TRIAL = 'rules.trial'
/** Things tried in one transaction: some tenths of a second, so that progress is seen and a stop is heard. */
const PAGE = 4000
const MOST_OUTCOMES = 60
const MOST_SHOWN = 200
const KEEP_DAYS = 30

export const trialActions = ({ subjects }: RulesOptions) => ({
  async start(ctx: Ctx, { body }: Input<typeof startTrial>): Promise<Trial> {
    const { blank, ...row } = body.draft !== undefined ? await trialOfDraft(ctx, body.draft) : await trialOfProposal(ctx, body.proposal!)
    if (!coversArea(ctx, 'table.propose', await ancestorsOf(ctx, row.areaCode))) throw problem('session.forbidden')
    const of = subjects.find((one) => one.tables.includes(row.code))
    if (!of) throw problem('rules.trial_unknown', { table: row.code })
    const faults = blank.length ? blank : checkTable(row.body)
    if (faults.length) throw faulty(faults)
    await deleteTrialsOf(ctx, row)
    await insertTrial(ctx, { ...row, subject: of.kind })
    ctx.enqueue(TRIAL, { trial: row.id }, { key: row.id })
    ctx.announce('table.trial_started', { kind: 'table_trial', id: row.id }, { code: row.code, subject: of.kind })
    return toTrial(ctx, (await findTrial(ctx, row.id))!)
  },
  async changes(ctx: Ctx, { params }: Input<typeof listTrialChanges>): Promise<Returns<typeof listTrialChanges>> {
    const trial = await findTrial(ctx, params.id)
    // Firms hold the right to read firms as well; tables under change are a matter of the offices.
    if (!trial || !ctx.may('table.read')) throw problem('not_found')
    const found = await selectChanges(ctx, trial.id)
    const titles = (await subjects.find((one) => one.kind === trial.subject)?.describe(ctx, found.map((one) => one.subjectId))) ?? new Map()
    const items = found.flatMap(({ subjectId, before, after, rowId }) => {
      const title = titles.get(subjectId)
      return title ? [{ id: subjectId, ...title, before, after, row: rowId }] : []
    })
    return { items: items.slice(0, MOST_SHOWN), changed: trial.changed }
  },
})

export async function latest(ctx: Ctx, { query }: Input<typeof latestTrial>): Promise<Returns<typeof latestTrial>> {
  const row = query.draft === undefined && query.proposal === undefined ? undefined : await findLatestTrial(ctx, query)
  return { trial: row ? await toTrial(ctx, row) : null }
}
export async function stop(ctx: Ctx, { params }: Input<typeof stopTrial>): Promise<Trial> {
  const row = await lockTrial(ctx, params.id)
  if (!row) throw problem('not_found')
  if (!coversArea(ctx, 'table.propose', await ancestorsOf(ctx, row.areaCode))) throw problem('session.forbidden')
  if (row.endedAt) throw problem('rules.trial_ended')
  return toTrial(ctx, await end(ctx, row, 'stopped'))
}

/** One page of a trial; the next is a job of its own. A failure ends the trial and is told, instead of being tried ten times in silence. */
export async function runTrial(ctx: Ctx, subjects: readonly TableSubjects[], id: string): Promise<void> {
  const row = await lockTrial(ctx, id)
  const of = subjects.find((one) => one.kind === row?.subject)
  if (!row || row.endedAt || !of) return
  const failure = await ctx.attempt(async () => {
    const next = await tryPage(ctx, row, of)
    if (next.done) await end(ctx, next.row, 'done')
    else {
      await saveTrial(ctx, next.row)
      ctx.enqueue(TRIAL, { trial: id }, { key: id })
    }
  })
  if (failure === undefined) return
  ctx.log.error({ trial: id, table: row.code, failure: loggable(failure) }, 'trial failed')
  await end(ctx, row, 'failed')
}
export async function sweepTrials(ctx: Ctx): Promise<void> {
  await deleteOldTrials(ctx, new Date(ctx.now.getTime() - KEEP_DAYS * 86_400_000))
}

async function tryPage(ctx: Ctx, row: TrialRow, of: TableSubjects): Promise<{ row: TrialRow; done: boolean }> {
  const question = { table: row.code, kind: row.kind, areas: await expandArea(ctx, row.areaCode) }
  const total = row.total ?? await of.count(ctx, question)
  const page = await of.page(ctx, { ...question, after: row.mark, limit: PAGE })
  const decide = await decidersOf(ctx, row)
  const [counts, samples] = [countsOf(row.outcomes), await countSamples(ctx, row.id)]
  const changes: Change[] = []
  let { changed, unreached } = row
  for (const subject of page) {
    const { before, after, rowId, reached } = await decide(subject)
    if (!reached) unreached += 1
    if (!countOutcome(counts, before, after)) continue
    changed += 1
    const kept = samples.get(subject.areaCode) ?? 0
    if (kept >= SAMPLES_PER_AREA) continue
    samples.set(subject.areaCode, kept + 1)
    changes.push({ subjectId: subject.id, areaCode: subject.areaCode, before, after, rowId })
  }
  await insertChanges(ctx, row.id, changes)
  const done = page.length < PAGE
  const tried = row.done + page.length
  // What was registered while the trial ran is counted too.
  return { done, row: { ...row, state: 'running', total: done ? tried : Math.max(total, tried), done: tried, changed, unreached, mark: page.at(-1)?.id ?? row.mark, outcomes: [...counts.values()] } }
}

type Answer = { before: Outputs; after: Outputs; rowId: string | null; reached: boolean }
/** Decides a thing by what holds at the moment the change takes effect, without and with it. An area with a version of its own keeps that. */
async function decidersOf(ctx: Ctx, row: TrialRow): Promise<(subject: Subject) => Promise<Answer>> {
  const at = row.immediate ? ctx.now : new Date(Math.max(ctx.now.getTime(), Date.parse(row.body.effectiveFrom)))
  const present = await selectCandidates(ctx, row.code, row.kind)
  const fresh: VersionRow = { id: row.id, code: row.code, kind: row.kind, version: 1 + Math.max(0, ...present.map((one) => one.version)), pack: null, areaCode: row.areaCode, effectiveFrom: at.toISOString() }
  const tables = new Map<string, CompiledTable>([[fresh.id, compileTable(row.body)]])
  const places = new Map<string, { old: CompiledTable | undefined; next: CompiledTable | undefined }>()
  const answers = new Map<string, Answer>()
  const compiled = async (version: VersionRow | undefined) => {
    if (!version) return undefined
    const known = tables.get(version.id) ?? compileTable(await selectBody(ctx, version.id))
    tables.set(version.id, known)
    return known
  }
  const placeOf = async (areaCode: string) => {
    const above = await ancestorsOf(ctx, areaCode)
    const place = { old: await compiled(versionInForce(present, above, row.kind, at)), next: await compiled(versionInForce([...present, fresh], above, row.kind, at)) }
    places.set(areaCode, place)
    return place
  }
  return async ({ areaCode, inputs }) => {
    const key = `${areaCode} ${canonical(inputs)}`
    const known = answers.get(key)
    if (known) return known
    const { old, next } = places.get(areaCode) ?? await placeOf(areaCode)
    const before = old && evaluate(old, inputs, at)
    const after = next && evaluate(next, inputs, at)
    const answer = { before: outputsOf(before), after: outputsOf(after), rowId: after && 'row' in after ? after.row : null, reached: next === tables.get(fresh.id) }
    answers.set(key, answer)
    return answer
  }
}
const outputsOf = (decision: Decision | NoDecision | undefined): Outputs => (decision && 'row' in decision ? decision.outputs : null)

async function end(ctx: Ctx, row: TrialRow, state: 'done' | 'stopped' | 'failed'): Promise<TrialRow> {
  const ended = { ...row, state, endedAt: ctx.now.toISOString() }
  await saveTrial(ctx, ended)
  ctx.announce('table.trial_ended', { kind: 'table_trial', id: row.id }, { state, total: row.done, changed: row.changed })
  return ended
}
type Asked = Omit<NewTrial, 'subject'> & { blank: Issue[] }
async function trialOfDraft(ctx: Ctx, id: string): Promise<Asked> {
  const draft = await draftNamed(ctx, id)
  const body = readyTable(draft.body, { version: (await highestVersion(ctx, draft.code, draft.kind)) + 1, now: ctx.now.toISOString() })
  return { ...base(ctx), code: draft.code, kind: draft.kind, areaCode: draft.areaCode, body, immediate: draft.body.effectiveFrom === null, draftId: id, proposalId: null, blank: blankIssues(draft.body) }
}
async function trialOfProposal(ctx: Ctx, id: string): Promise<Asked> {
  const row = await findProposal(ctx, id)
  if (!row || row.state !== 'open') throw problem('not_found')
  return { ...base(ctx), code: row.code, kind: row.kind, areaCode: row.areaCode, body: row.body, immediate: row.immediate, draftId: null, proposalId: id, blank: [] }
}
const base = (ctx: Ctx) => ({ id: newId(), startedBy: ctx.actor.personId!, startedAt: ctx.now.toISOString() })

async function toTrial(ctx: Ctx, row: TrialRow): Promise<Trial> {
  const draft = row.draftId && !row.proposalId ? await findDraft(ctx, row.draftId) : undefined
  // A proposal never changes; of a draft the rows may have moved on since.
  const current = row.proposalId !== null || (draft !== undefined && decisive(readyTable(draft.body, { version: row.body.version, now: row.body.effectiveFrom })) === decisive(row.body))
  const may = coversArea(ctx, 'table.propose', await ancestorsOf(ctx, row.areaCode))
  return {
    id: row.id, code: row.code, subject: row.subject, state: row.state, total: row.total, done: row.done, changed: row.changed, unreached: row.unreached, ...listOutcomes(row.outcomes, MOST_OUTCOMES),
    startedBy: (await personNames(ctx, [row.startedBy])).get(row.startedBy) ?? '', startedAt: row.startedAt, endedAt: row.endedAt, current,
    can: [...(may && !row.endedAt ? ['stop'] : []), ...(ctx.may('enterprise.read') ? ['seeChanges'] : [])],
  }
}
/** What of a table makes a difference to its decisions. */
const decisive = ({ inputs, outputs, rows, effectiveFrom }: TrialRow['body']) => canonical({ inputs, outputs, rows: rows.map(({ id, when, then }) => ({ id, when, then })), effectiveFrom })
