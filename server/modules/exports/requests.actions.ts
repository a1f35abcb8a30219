// Use cases of the second person: see the requests for personal columns within one's own reach, approve or refuse them.
import type { Input, Returns } from '@fugong/contract/base'
import type { approveExport, Export, listExportRequests, refuseExport } from '@fugong/contract/exports'
import { isOwnFirm } from '../../base/auth.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { notify } from '../notices/index.ts'
import { RUN_JOB, toExport } from './actions.ts'
import { decidingUnit, mayDecide, reaches } from './policy.ts'
import type { ExportOptions } from './ports.ts'
import { stateNow } from './rules.ts'
import { changeExport, findExport, selectAsked, selectDecidedBy, type ExportRow } from './store.ts'

/** Requests lie outside the reader's own rows; policy says which of them the caller's rights to decide reach. */
export function listRequests(options: ExportOptions) {
  return async (ctx: Ctx, { query }: Input<typeof listExportRequests>): Promise<Returns<typeof listExportRequests>> => {
    const rows = await elevated(ctx, (system) => (query.state === 'decided' ? selectDecidedBy(system, ctx.actor.personId!) : selectAsked(system)))
    return { items: rows.filter((row) => (query.state === 'decided' ? reaches(ctx, row) : mayDecide(ctx, row))).map((row) => toExport(ctx, options, row)) }
  }
}
export function approve(options: ExportOptions) {
  return async (ctx: Ctx, { params }: Input<typeof approveExport>): Promise<Export> => {
    const row = await decidable(ctx, params.id)
    const changed = await decide(ctx, row, { state: 'queued', expiresAt: null, beatAt: ctx.now.toISOString() })
    ctx.announce('export.approved', { kind: 'export', id: row.id }, { number: row.number })
    ctx.enqueue(RUN_JOB, { id: row.id }, { key: row.id })
    await tellAsker(ctx, row, 'export.approved')
    return toExport(ctx, options, changed)
  }
}
export function refuse(options: ExportOptions) {
  return async (ctx: Ctx, { params, body }: Input<typeof refuseExport>): Promise<Export> => {
    const row = await decidable(ctx, params.id)
    const reason = body.reason.trim()
    const changed = await decide(ctx, row, { state: 'refused', expiresAt: null, decisionReason: reason, finishedAt: ctx.now.toISOString() })
    ctx.announce('export.refused', { kind: 'export', id: row.id }, { number: row.number, reason })
    await tellAsker(ctx, row, 'export.refused')
    return toExport(ctx, options, changed)
  }
}
async function tellAsker(ctx: Ctx, row: ExportRow, template: 'export.approved' | 'export.refused'): Promise<void> {
  await notify(ctx, { template, to: { people: [row.askedBy] }, params: { number: row.number }, link: '/console/exports', about: { kind: 'export', id: row.id } })
}

/** A request that the caller may decide on; what lies outside their reach is not there for them. */
async function decidable(ctx: Ctx, id: string): Promise<ExportRow> {
  const row = await elevated(ctx, (system) => findExport(system, id))
  const own = row?.askedBy === ctx.actor.personId
  if (!row?.personal.length || (!own && !reaches(ctx, row))) throw problem('not_found')
  if (own) throw problem('exports.second_person_needed')
  // A filter on a single firm of one's own is a matter of that firm.
  const firm = row.filter['enterprise']
  if (typeof firm === 'string' && isOwnFirm(ctx.actor, firm)) throw problem('session.own_firm')
  return row
}
async function decide(ctx: Ctx, row: ExportRow, change: Partial<ExportRow>): Promise<ExportRow> {
  ctx.unit = decidingUnit(ctx, row)
  const state = stateNow(row, ctx.now.toISOString())
  const decided = { decidedBy: ctx.actor.personId, decidedName: ctx.actor.name, decidedUnitZh: ctx.unit?.unitName.zh ?? null, decidedUnitEn: ctx.unit?.unitName.en ?? null, decidedAt: ctx.now.toISOString() }
  const changed = state === 'asked' ? await elevated(ctx, (system) => changeExport(system, row.id, ['asked'], { ...decided, ...change })) : undefined
  if (changed) return changed
  const now = await elevated(ctx, (system) => findExport(system, row.id))
  if (now?.decidedBy && now.decidedName) throw problem('conflict.changed', { who: now.decidedName, at: now.decidedAt })
  throw problem('exports.state_refused', { state })
}
