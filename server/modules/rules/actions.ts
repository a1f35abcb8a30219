// Use cases of decision tables: decide by the version in force, keep decisions, import and show versions.
import type { Input, Issue, Returns } from '@fugong/contract/base'
import { DecisionTable, type Decision, type getTable, type listTables } from '@fugong/contract/rules'
import { meaningIssues } from '@fugong/contract/rules.check'
import { compileTable, evaluate, type CompiledTable } from '@fugong/contract/rules.evaluate'
import { briefCache } from '../../base/brief-cache.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { documentChecker } from '../../base/validate.ts'
import { ancestorsOf } from '../areas/index.ts'
import { presentEmergency } from '../emergencies/index.ts'
import { canonical, inForceAmong, nearestKind, versionInForce } from './versions.rules.ts'
import { findVersion, insertDecision, insertDecisions, insertVersion, selectBody, selectCandidates, selectDecisions, selectTitles, type VersionRow, type VersionTitle } from './store.ts'

export interface Question {
  /** Code of the table, such as `declaration.procedure`. */
  table: string
  areaCode: string
  /** Kind of emergency. */
  kind: string
  /** Values by column name; what the version in force does not ask for is left aside. */
  inputs: Readonly<Record<string, unknown>>
  /** The moment whose version decides; now when not given. */
  at?: Date
}

// A version that was confirmed elsewhere works here within a second.
const candidates = briefCache<VersionRow[]>(900)
const ancestors = briefCache<string[]>(900)
/** Versions never change, so a compiled one is good for ever; the oldest go when there are many. */
const compiled = new Map<string, CompiledTable>()
const MOST_COMPILED = 300

/**
 * Decides by the table in force for an area, a kind of emergency and a moment.
 * Throws `rules.no_table` when there is none, `rules.no_row` when no row applies or an input does not fit its column.
 */
export async function decide(ctx: Ctx, question: Question): Promise<Decision> {
  const at = question.at ?? ctx.now
  const compiled = await tableInForce(ctx, question)
  if (!compiled) throw problem('rules.no_table', { table: question.table })
  const decided = evaluate(compiled, question.inputs, at)
  if ('reason' in decided) {
    // The table or its caller is at fault, not the person: an administrator finds the cause here.
    ctx.log.error({ table: question.table, version: compiled.table.version, kind: question.kind, reason: decided.reason, at: decided.detail }, 'no decision')
    throw problem('rules.no_row', { table: question.table })
  }
  return decided
}
/** Whether a table is in force for an area and a kind of emergency now. */
export async function isInForce(ctx: Ctx, question: Omit<Question, 'inputs' | 'at'>): Promise<boolean> {
  return (await versionFor(ctx, question, ctx.now)) !== undefined
}
/** The compiled table in force, for a room that decides thousands of times a second or shows its rows; undefined when there is none. */
export async function tableInForce(ctx: Ctx, question: Omit<Question, 'inputs'>): Promise<CompiledTable | undefined> {
  const version = await versionFor(ctx, question, question.at ?? ctx.now)
  return version && compiledOf(ctx, version.id)
}
async function versionFor(ctx: Ctx, question: Omit<Question, 'inputs'>, at: Date): Promise<VersionRow | undefined> {
  const above = await ancestors.get(ctx, question.areaCode, () => ancestorsOf(ctx, question.areaCode))
  const known = await candidates.get(ctx, `${question.kind} ${question.table}`, () => selectCandidates(ctx, question.table, question.kind))
  return versionInForce(known, above, question.kind, at)
}
async function compiledOf(ctx: Ctx, id: string): Promise<CompiledTable> {
  const before = compiled.get(id)
  if (before) return before
  const table = compileTable(await selectBody(ctx, id))
  if (compiled.size >= MOST_COMPILED) compiled.delete(compiled.keys().next().value!)
  compiled.set(id, table)
  return table
}

/** Keeps a decision with the thing it was made about; answers its id. */
export function recordDecision(ctx: Ctx, decision: Decision, subject: { kind: string; id: string }): Promise<string> {
  return insertDecision(ctx, decision, subject)
}
/** The same for many at once; answers their ids in their order. */
export function recordDecisions(ctx: Ctx, made: readonly { decision: Decision; subject: { kind: string; id: string } }[]): Promise<string[]> {
  return insertDecisions(ctx, made)
}
/** Decisions by id. The caller answers for the reader's right to see the thing they were made about. */
export async function decisionsOf(ctx: Ctx, ids: readonly string[]): Promise<Map<string, Decision>> {
  const rows = await elevated(ctx, (system) => selectDecisions(system, ids))
  return new Map(rows.map(({ id, ...decision }) => [id, decision]))
}

const shapeIssues = documentChecker(DecisionTable)
/** Every fault of a table from a file, with paths such as `/rows/3/when/level`; none means it can be imported. */
export function checkTable(table: unknown): Issue[] {
  const shape = shapeIssues(table)
  const wrong = new Set(shape.map((issue) => issue.path))
  return [...shape, ...meaningIssues(table, !shape.length, () => performance.now()).filter((issue) => !wrong.has(issue.path))]
}
/** A fault when this version exists for the kind with other content: versions never change. */
export async function tableConflicts(ctx: Ctx, table: DecisionTable, { kind }: { kind: string | null }): Promise<Issue[]> {
  const before = await findVersion(ctx, table.code, kind, table.version)
  return !before || canonical(before.body) === canonical(table) ? [] : [{ path: '/version', code: 'issue.version_content', params: { code: table.code, version: table.version } }]
}
/** Adds a version; the same content again changes nothing, other content throws `rules.version_taken`. */
export async function importTable(ctx: Ctx, table: DecisionTable, { kind, pack }: { kind: string | null; pack: string | null }): Promise<void> {
  if ((await tableConflicts(ctx, table, { kind })).length) throw problem('rules.version_taken', { code: table.code, version: table.version })
  if (await findVersion(ctx, table.code, kind, table.version)) return
  await insertVersion(ctx, { code: table.code, kind, version: table.version, pack, areaCode: table.areaCode, effectiveFrom: new Date(table.effectiveFrom), body: table })
  candidates.forget(ctx)
}

export async function listTablesOf(ctx: Ctx): Promise<Returns<typeof listTables>> {
  return { items: toVersions(ctx, await selectTitles(ctx)), can: ctx.may('table.propose') ? ['propose'] : [] }
}
export async function getTableOf(ctx: Ctx, { params, query }: Input<typeof getTable>): Promise<Returns<typeof getTable>> {
  const titles = await selectTitles(ctx, params.code)
  const same = titles.filter((one) => one.version === params.version && (query.kind === undefined || one.kind === null || one.kind === query.kind))
  const found = nearestKind(same, query.kind ?? (same.length > 1 ? (await presentEmergency(ctx))?.kind : undefined))
  if (!found) throw problem('not_found')
  const all = toVersions(ctx, titles)
  const versions = all.filter((one) => one.emergencyKind === found.kind)
  // Titles come newest first: of each other kind what is in force, else its newest.
  const kinds = [...new Set(all.map((one) => one.emergencyKind))].filter((kind) => kind !== found.kind)
  const others = kinds.map((kind) => { const own = all.filter((one) => one.emergencyKind === kind); return own.find((one) => one.inForce) ?? own[0]! })
  return { table: await selectBody(ctx, found.id), inForce: versions.some((one) => one.version === found.version && one.inForce), versions, others }
}
function toVersions(ctx: Ctx, titles: readonly VersionTitle[]): Returns<typeof listTables>['items'] {
  const inForce = inForceAmong(titles, ctx.now)
  return titles.map((one) => ({
    code: one.code, version: one.version, name: one.name, areaCode: one.areaCode, effectiveFrom: one.effectiveFrom,
    emergencyKind: one.kind, pack: one.pack, source: one.source, inForce: inForce.has(one),
  }))
}
