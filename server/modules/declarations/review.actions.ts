// What the reviewing offices do with a declaration: pass it on, return with gaps, reject, accept, record the site check.
import type { Input } from '@fugong/contract/base'
import type { acceptDeclaration, Declaration, recordSiteCheck, rejectDeclaration, returnDeclaration } from '@fugong/contract/declarations'
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { closePart, tellCase, type Given } from '../cases/index.ts'
import { judgeAnew } from './anew.actions.ts'
import { formOf, toDeclaration } from './answer.actions.ts'
import { appealDay } from './appeals.actions.ts'
import { move, openReviewOf } from './case.actions.ts'
import { tick } from './checks.actions.ts'
import { requireOpenPlace } from './facts.actions.ts'
import { insertGaps } from './gaps.store.ts'
import { tellAccepted, tellRejected, tellReturned } from './notices.actions.ts'
import { contentAt, next } from './rules.ts'
import { change, loadForOffice, takeEffect, tell } from './shared.actions.ts'
import { getDeclarationRow, type Changes, type DeclarationRecord } from './store.ts'

/** Returns with every gap at once. Clocks stand still until the firm submits again; a further list says why, and counts against the unit. */
export async function giveBack(ctx: Ctx, { params, body }: Input<typeof returnDeclaration>): Promise<Declaration> {
  const { row } = await loadForOffice(ctx, 'return', params.id, body.revision, body)
  await tick(ctx, row, 'return', body.ticked)
  const list = row.gapLists + 1
  const form = await formOf(ctx, row)
  const unitId = ctx.unit?.unitId ?? null
  const reason = list > 1 ? body.reason!.trim() : null
  const { id } = await openReviewOf(ctx, row)
  await move(ctx, row, 'return')
  if (list > 1) await tellCase(ctx, id, 'lateList', { note: reason, params: { list } })
  const returned = await change(ctx, row, 'office', { state: 'returned', gapsToldAt: ctx.now.toISOString(), gapLists: list, dueAt: null, escalatedAt: null })
  await insertGaps(ctx, returned, { list, unitId, personId: ctx.actor.personId, reason }, body.gaps.map(({ field, text }) => ({ field, text, was: contentAt(row, field, form) })))
  await tell(ctx, returned, 'office', 'declaration.returned', { gaps: body.gaps.length, list, unitId }, reason)
  await tellReturned(ctx, returned, body.gaps.length)
  return toDeclaration(ctx, returned)
}

export async function reject(ctx: Ctx, { params, body }: Input<typeof rejectDeclaration>): Promise<Declaration> {
  const { row } = await loadForOffice(ctx, 'reject', params.id, body.revision)
  await tick(ctx, row, 'reject', body.ticked)
  return toDeclaration(ctx, await refuse(ctx, row, 'reject', body.reason))
}
async function refuse(ctx: Ctx, row: DeclarationRecord, deed: 'reject' | 'failSite', reason: string, site: Changes = {}): Promise<DeclarationRecord> {
  const decidedUnitId = ctx.unit?.unitId ?? null
  const rejected = await change(ctx, row, 'office', { ...site, state: 'rejected', reason, decidedAt: ctx.now.toISOString(), decidedUnitId, appealUntil: await appealDay(ctx, row, decidedUnitId) })
  await move(ctx, row, deed, { reason })
  await tell(ctx, rejected, 'office', 'declaration.rejected', {}, reason)
  await tellRejected(ctx, rejected)
  return rejected
}

/** Accepts the papers. The last unit to pass them decides: filed at once where they were all that was asked, else the site check follows under the same clock. */
export async function accept(ctx: Ctx, { params, body }: Input<typeof acceptDeclaration>): Promise<Declaration> {
  const { row: before, hold } = await loadForOffice(ctx, 'accept', params.id, body.revision)
  await requireOpenPlace(ctx, before)
  const note = body.note?.trim() || null
  await tick(ctx, before, 'accept', body.ticked)
  const standing = await openReviewOf(ctx, before)
  if (hold.others.length) {
    await closePart(ctx, standing.id, { result: 'passed', note })
    const passed = await change(ctx, before, 'office', {})
    await tell(ctx, passed, 'office', 'declaration.step_passed', { unitId: ctx.unit?.unitId ?? null }, note)
    return toDeclaration(ctx, passed)
  }
  // The level of the moment of the decision counts, whatever it was at submission.
  const { row, procedure } = await judgeAnew(ctx, before, 'office')
  const to = procedure === 'effective' || next(row.state, 'accept', procedure) === 'filed' ? 'filed' : 'siteCheckPending'
  await tell(ctx, row, 'office', 'declaration.accepted', { next: to }, note)
  const given: Given = note === null ? {} : { note }
  const decided = to === 'filed' ? await takeEffect(ctx, row, 'office', 'review', { decidedUnitId: ctx.unit?.unitId ?? null }) : await change(ctx, row, 'office', { state: to })
  await move(ctx, row, to === 'filed' ? 'accept' : 'acceptPapers', given)
  if (to !== 'filed') await tellAccepted(ctx, decided)
  return toDeclaration(ctx, decided)
}

export async function checkSite(ctx: Ctx, { params, body }: Input<typeof recordSiteCheck>): Promise<Declaration> {
  const { row } = await loadForOffice(ctx, body.result === 'pass' ? 'passSite' : 'failSite', params.id, body.revision)
  if (body.result === 'pass') await requireOpenPlace(ctx, row)
  await tick(ctx, row, 'site', body.ticked)
  const site = { siteResult: body.result, siteFindings: body.findings, siteBy: ctx.actor.personId, siteUnitId: ctx.unit?.unitId ?? null, siteAt: ctx.now.toISOString() }
  await tell(ctx, row, 'office', 'declaration.site_checked', { result: body.result }, body.findings)
  if (body.result === 'fail') return toDeclaration(ctx, await refuse(ctx, row, 'failSite', body.findings, site))
  const filed = await takeEffect(ctx, row, 'office', 'site_check', { ...site, decidedUnitId: site.siteUnitId })
  await move(ctx, row, 'passSite', { note: body.findings })
  return toDeclaration(ctx, filed)
}

/** A deed of the to-do list on many at once: as if it were done on each page. */
export async function decideFromList(ctx: Ctx, subjectId: string, deed: string, given: Given): Promise<void> {
  const { id, revision } = await getDeclarationRow(ctx, subjectId)
  if (deed !== 'accept') throw problem('cases.state_refused', { state: deed })
  await accept(ctx, { params: { id }, query: {}, body: { revision, ...(given.note ? { note: given.note } : {}) } })
}
