// Changing a decision table: one person imports a file, another confirms or rejects it.
import { Value } from 'typebox/value'
import { AreaCode, type Input, type Issue, type Returns } from '@fugong/contract/base'
import type { DecisionTable, Proposal, decideProposal, listProposals, proposeTable } from '@fugong/contract/rules'
import { changedRows } from '@fugong/contract/rules.differences'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { COUNT_LIMIT, cutPage, readMark, totalOf } from '../../base/paging.ts'
import { invalid, problem } from '../../base/problem.ts'
import { ancestorsOf } from '../areas/index.ts'
import { findEmergency } from '../emergencies/index.ts'
import { personNames } from '../identity/index.ts'
import { checkTable, importTable } from './actions.ts'
import { coversArea, isSecondPerson } from './policy.ts'
import { closeProposal, countProposals, findProposal, findVersion, insertProposal, selectBodies, selectBody, selectCandidates, selectProposals, selectTitles, type ProposalRow } from './store.ts'
import { interfaceIssues, versionInForce } from './versions.rules.ts'

const PAGE = 20
/** Pages of waiting and of decided ones are marked apart: between the two the order begins anew. */
const ORDERS = { open: 'proposals-open', decided: 'proposals-decided' } as const

export async function listProposalsOf(ctx: Ctx, { query }: Input<typeof listProposals>): Promise<Returns<typeof listProposals>> {
  const limit = query.limit ?? PAGE
  const open = query.cursor === undefined || Buffer.from(query.cursor, 'base64url').toString().startsWith(`${ORDERS.open} `)
  const mark = readMark(ORDERS[open ? 'open' : 'decided'], query.cursor)
  const found = await selectProposals(ctx, mark && { ...mark, open }, limit + 1)
  const last = found[limit - 1]
  const { items: rows, next } = cutPage(found, limit, ORDERS[last?.state === 'open' ? 'open' : 'decided'], (row) => ({ moment: row.proposedAt, id: row.id }))
  const names = await personNames(ctx, rows.flatMap((row) => [row.proposedBy, ...(row.decidedBy ? [row.decidedBy] : [])]))
  const items: Proposal[] = []
  for (const row of rows) items.push(await toProposal(ctx, row, names))
  return { items, next, ...totalOf(await countProposals(ctx, COUNT_LIMIT + 1)) }
}

export async function propose(ctx: Ctx, { body }: Input<typeof proposeTable>): Promise<Proposal> {
  // The right is asked before the table is worked through, which costs the server time.
  const areaCode = areaOf(body.table)
  const above = areaCode === undefined ? undefined : await ancestorsOf(ctx, areaCode)
  const known = above?.[0] === areaCode
  if (above && known && !coversArea(ctx, 'table.propose', above)) throw problem('session.forbidden')
  const faults = [...checkTable(body.table), ...(known ? [] : [{ path: '/areaCode', code: 'issue.area_unknown' }])]
  if (faults.length) throw faulty(faults)
  const table = body.table as DecisionTable
  return putForward(ctx, table, { kind: await kindOf(ctx, table.code, body.kind), note: body.note, immediate: false, basedOn: null })
}

export interface Forward { kind: string | null; note: string; immediate: boolean; basedOn: number | null }
/** Makes a proposal of a table that `checkTable` found without fault and whose author holds the right in its area. */
export async function putForward(ctx: Ctx, table: DecisionTable, { kind, note, immediate, basedOn }: Forward): Promise<Proposal> {
  if (await findVersion(ctx, table.code, kind, table.version)) throw problem('rules.version_taken', { code: table.code, version: table.version })
  const present = await versionFor(ctx, table, kind)
  const more = interfaceIssues(table, await selectBodies(ctx, table.code))
  if (present && present.areaCode === table.areaCode && Date.parse(table.effectiveFrom) < Date.parse(present.effectiveFrom)) {
    more.push({ path: '/effectiveFrom', code: 'issue.table_superseded', params: { version: present.version } })
  }
  if (more.length) throw faulty(more)
  const row: ProposalRow = {
    id: newId(), code: table.code, kind, version: table.version, areaCode: table.areaCode, body: table, note, state: 'open', immediate, basedOn,
    changedRows: changedRows(present && (await selectBody(ctx, present.id)), table), proposedBy: ctx.actor.personId!, proposedAt: ctx.now.toISOString(), decidedBy: null, decidedAt: null, decisionNote: null,
  }
  await insertProposal(ctx, row)
  ctx.announce('table.proposed', { kind: 'table_proposal', id: row.id }, { code: row.code, version: row.version })
  return toProposal(ctx, row, await personNames(ctx, [row.proposedBy]))
}

export async function decideOn(ctx: Ctx, { params, body }: Input<typeof decideProposal>): Promise<Proposal> {
  const row = await findProposal(ctx, params.id)
  if (!row) throw problem('not_found')
  if (!coversArea(ctx, 'table.confirm', await ancestorsOf(ctx, row.areaCode))) throw problem('session.forbidden')
  if (row.state !== 'open') throw problem('rules.proposal_closed')
  if (!isSecondPerson(ctx, row)) throw problem('rules.second_person_needed')
  const decided: ProposalRow = {
    ...row, state: body.confirm ? 'confirmed' : 'rejected', changedRows: await liveChanges(ctx, row),
    decidedBy: ctx.actor.personId, decidedAt: ctx.now.toISOString(), decisionNote: body.note,
  }
  // Closed first: of two who decide at once the second waits here and is told.
  if (!(await closeProposal(ctx, decided))) throw problem('rules.proposal_closed')
  if (body.confirm) {
    if (await findVersion(ctx, row.code, row.kind, row.version)) throw problem('rules.version_taken', { code: row.code, version: row.version })
    await importTable(ctx, inEffect(decided), { kind: row.kind, pack: null })
  }
  ctx.announce(body.confirm ? 'table.confirmed' : 'table.rejected', { kind: 'table_proposal', id: row.id }, { code: row.code, version: row.version })
  return toProposal(ctx, decided, await personNames(ctx, [row.proposedBy, ctx.actor.personId!]))
}

/** The area a file names, when it names one at all; anything else is a fault of its shape. */
function areaOf(table: unknown): string | undefined {
  const code = typeof table === 'object' && table !== null && 'areaCode' in table ? table.areaCode : undefined
  return typeof code === 'string' && Value.Check(AreaCode, code) ? code : undefined
}
export const faulty = (issues: Issue[]) => problem('rules.table_faulty', { count: issues.length }, issues)

/** The kind of emergency a file is for: as said, or the only one the table exists for, or that of the emergency one works in. */
async function kindOf(ctx: Ctx, code: string, said: string | undefined): Promise<string | null> {
  const titles = await selectTitles(ctx)
  const known = [...new Set(titles.filter((one) => one.code === code).map((one) => one.kind))]
  const anywhere = new Set(titles.map((one) => one.kind))
  if (said !== undefined) {
    if (!anywhere.has(said)) throw invalid([{ path: '/kind', code: 'issue.choice' }])
    return said
  }
  if (known.length === 1) return known[0]!
  const chosen = ctx.actor.emergencyId ? (await findEmergency(ctx, ctx.actor.emergencyId))?.kind : undefined
  if (chosen !== undefined && (!known.length || known.includes(chosen))) return chosen
  throw invalid([{ path: '/kind', code: 'issue.required' }])
}
/** The table as it takes effect: one that was to hold from its confirmation on holds from then. */
function inEffect({ body, immediate, state, decidedAt }: ProposalRow): DecisionTable {
  return immediate && state === 'confirmed' && decidedAt ? { ...body, effectiveFrom: decidedAt } : body
}
/** The version that holds now where the new one is to hold. */
export async function versionFor(ctx: Ctx, table: { code: string; areaCode: string }, kind: string | null) {
  const candidates = await selectCandidates(ctx, table.code, kind)
  return versionInForce(candidates, await ancestorsOf(ctx, table.areaCode), kind, ctx.now)
}
async function liveChanges(ctx: Ctx, row: ProposalRow): Promise<Proposal['changedRows']> {
  const present = await versionFor(ctx, row.body, row.kind)
  return changedRows(present && (await selectBody(ctx, present.id)), row.body)
}

async function toProposal(ctx: Ctx, row: ProposalRow, names: Map<string, string>): Promise<Proposal> {
  const open = row.state === 'open'
  const mayDecide = open && isSecondPerson(ctx, row) && coversArea(ctx, 'table.confirm', await ancestorsOf(ctx, row.areaCode))
  return {
    id: row.id, table: inEffect(row), immediate: row.immediate, basedOn: row.basedOn, emergencyKind: row.kind, state: row.state, note: row.note,
    proposedBy: names.get(row.proposedBy) ?? '', proposedAt: row.proposedAt,
    decidedBy: row.decidedBy && (names.get(row.decidedBy) ?? ''), decidedAt: row.decidedAt, decisionNote: row.decisionNote,
    changedRows: open ? await liveChanges(ctx, row) : row.changedRows, can: mayDecide ? ['confirm', 'reject'] : [],
  }
}
