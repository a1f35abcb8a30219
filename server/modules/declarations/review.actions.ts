// What the reviewing office does with a declaration: return with gaps, reject, accept, record the site check.
import type { Input } from '@fugong/contract/base'
import type { acceptDeclaration, Declaration, recordSiteCheck, rejectDeclaration, returnDeclaration } from '@fugong/contract/declarations'
import type { Ctx } from '../../base/context.ts'
import { formOf, toDeclaration } from './answer.actions.ts'
import { contentAt, next } from './rules.ts'
import { change, loadFor, takeEffect, tell } from './shared.actions.ts'
import { insertGaps } from './gaps.store.ts'
import type { DeclarationRecord } from './store.ts'

/** Returns with every gap at once; there is no second time. The clock stands until the firm submits again. */
export async function giveBack(ctx: Ctx, { params, body }: Input<typeof returnDeclaration>): Promise<Declaration> {
  const row = await loadFor(ctx, 'return', params.id, body.revision)
  const returned = await change(ctx, row, 'office', { state: 'returned', gapsToldAt: ctx.now.toISOString(), dueAt: null, overdueOutcome: null, escalatedAt: null })
  const form = await formOf(ctx, row)
  await insertGaps(ctx, returned, body.gaps.map(({ field, text }) => ({ field, text, was: contentAt(row, field, form) })))
  await tell(ctx, returned, 'office', 'declaration.returned', { gaps: body.gaps.length })
  return toDeclaration(ctx, returned)
}

export async function reject(ctx: Ctx, { params, body }: Input<typeof rejectDeclaration>): Promise<Declaration> {
  const row = await loadFor(ctx, 'reject', params.id, body.revision)
  return toDeclaration(ctx, await refuse(ctx, row, body.reason))
}
async function refuse(ctx: Ctx, row: DeclarationRecord, reason: string, site: Partial<DeclarationRecord> = {}): Promise<DeclarationRecord> {
  const rejected = await change(ctx, row, 'office', { ...site, state: 'rejected', reason, decidedAt: ctx.now.toISOString() })
  await tell(ctx, rejected, 'office', 'declaration.rejected', {}, reason)
  return rejected
}

/** Accepts the papers: filed at once where they were all that was asked, else the site check follows under the same clock. */
export async function accept(ctx: Ctx, { params, body }: Input<typeof acceptDeclaration>): Promise<Declaration> {
  const row = await loadFor(ctx, 'accept', params.id, body.revision)
  const to = next(row.state, 'accept', row.procedure) === 'filed' ? 'filed' : 'siteCheckPending'
  await tell(ctx, row, 'office', 'declaration.accepted', { next: to }, body.note?.trim() ? body.note : null)
  return toDeclaration(ctx, to === 'filed' ? await takeEffect(ctx, row, 'office', 'review') : await change(ctx, row, 'office', { state: to }))
}

export async function checkSite(ctx: Ctx, { params, body }: Input<typeof recordSiteCheck>): Promise<Declaration> {
  const row = await loadFor(ctx, body.result === 'pass' ? 'passSite' : 'failSite', params.id, body.revision)
  const site = { siteResult: body.result, siteFindings: body.findings, siteBy: ctx.actor.personId, siteUnitId: ctx.unit?.unitId ?? null, siteAt: ctx.now.toISOString() }
  await tell(ctx, row, 'office', 'declaration.site_checked', { result: body.result }, body.findings)
  return toDeclaration(ctx, body.result === 'pass' ? await takeEffect(ctx, row, 'office', 'site_check', site) : await refuse(ctx, row, body.findings, site))
}
