// Appeals 申诉 against a rejection: another unit than the deciding one answers, within a clock of its own.
import type { Input } from '@fugong/contract/base'
import type { CaseSubject } from '@fugong/contract/cases'
import type { Declaration } from '@fugong/contract/declarations'
import type { decideAppeal, openAppeal, withdrawAppeal } from '@fugong/contract/declarations.review'
import type { Decision } from '@fugong/contract/rules'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { Problem, problem } from '../../base/problem.ts'
import { openTo } from '../../base/reach.ts'
import { findArea } from '../areas/index.ts'
import { caseOf, moveCase, openCase, resolveDues, withdrawCase } from '../cases/index.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { attachFiles } from '../files/index.ts'
import { findUnitAt, unitLine } from '../identity/index.ts'
import { decide, recordDecision } from '../rules/index.ts'
import { toDeclaration } from './answer.actions.ts'
import { insertAppeal, selectAppeals, selectAppealsById, updateAppeal, type AppealRecord } from './appeals.store.ts'
import { APPEAL, dueOf, openReview, takeHold } from './case.actions.ts'
import { requireOpenPlace } from './facts.actions.ts'
import { tellAnswered, tellAppeal } from './notices.actions.ts'
import { isOwn } from './policy.ts'
import { routeOf } from './route.actions.ts'
import { change, changedMeanwhile, takeEffect, tell } from './shared.actions.ts'
import { lockDeclarationRow, scopeOf, selectTimeline, type DeclarationRecord } from './store.ts'
import { selectTitled } from './subjects.store.ts'

const TABLE = 'declaration.appeal'
type Where = Pick<DeclarationRecord, 'districtCode' | 'emergencyKind' | 'level'>
/** What the table in force says of an appeal against a unit; undefined where the place knows none. */
async function wayOf(ctx: Ctx, row: Where, against: string | null): Promise<Decision | undefined> {
  const [unit] = against === null ? [] : await unitLine(ctx, against)
  try {
    return await decide(ctx, { table: TABLE, areaCode: row.districtCode, kind: row.emergencyKind, inputs: { deciding: unit?.kind ?? 'districtTaskForce', level: row.level ?? 'unlisted' } })
  } catch (error) {
    if (error instanceof Problem && error.code === 'rules.no_table') return undefined
    throw error
  }
}
/** The last day on which a rejection of today can be appealed; null where no table gives an appeal. */
export async function appealDay(ctx: Ctx, row: Where, against: string | null): Promise<string | null> {
  const days = (await wayOf(ctx, row, against))?.outputs['daysToAppeal']
  return typeof days === 'number' && days > 0 ? shanghaiDay(new Date(ctx.now.getTime() + days * 86_400_000)) : null
}
/** The unit above the deciding one, else the command centre; the deciding one itself only where nothing stands above it. */
async function unitFor(ctx: Ctx, row: Where, against: string | null, decision: Decision): Promise<string> {
  const above = against === null || decision.outputs['reviewer'] !== 'parent' ? undefined : (await unitLine(ctx, against))[1]?.id
  const city = (await findArea(ctx, row.districtCode))?.parent
  const unit = above ?? (city ? (await findUnitAt(ctx, 'commandCentre', city))?.id : undefined) ?? against
  if (!unit) throw problem('declarations.no_unit')
  return unit
}

export async function appeal(ctx: Ctx, { params, body }: Input<typeof openAppeal>): Promise<Declaration> {
  const row = await lockDeclarationRow(ctx, params.id)
  if (row.state !== 'rejected') throw problem('declarations.state_refused', { state: row.state })
  if (row.revision !== body.revision) throw await changedMeanwhile(ctx, row)
  const until = row.appealUntil
  if (until === null || until < shanghaiDay(ctx.now)) throw problem('declarations.appeal_over', { until: until ?? '–' })
  const before = await selectAppeals(ctx, row.id)
  if (before.some((one) => one.openedAt >= row.decidedAt! && one.state !== 'withdrawn')) throw problem('declarations.appealed_once')
  const decision = await wayOf(ctx, row, row.decidedUnitId)
  if (!decision) throw problem('rules.no_table', { table: TABLE })
  const unitId = await unitFor(ctx, row, row.decidedUnitId, decision)
  const hours = (name: string) => (typeof decision.outputs[name] === 'number' && (decision.outputs[name] as number) > 0 ? (decision.outputs[name] as number) : undefined)
  const [respond, resolve] = [hours('respondHours'), hours('workingHours')]
  if (resolve === undefined) throw problem('rules.no_row', { table: TABLE })
  const id = newId()
  await attachFiles(ctx, body.fileIds ?? [], { kind: 'declaration', id: row.id, ...scopeOf(row) }, '/fileIds')
  const decisionId = await recordDecision(ctx, decision, { kind: 'declaration', id: row.id })
  // An open appeal keeps the workplace: what it may bring back cannot stand beside a new declaration.
  const appealed = await change(ctx, row, 'firm', { appealOpen: true })
  await openCase(ctx, {
    ...scopeOf(row), kind: APPEAL, subjectId: id, title: `${row.enterpriseName} ${row.workplaceName} ${row.creditCode}`, emergencyId: row.emergencyId, emergencyKind: row.emergencyKind, sample: row.sample,
    steps: [[{ unitId, role: 'lead' }]], clocks: [...(respond === undefined ? [] : [{ clock: 'respond' as const, workingHours: respond }]), { clock: 'resolve', workingHours: resolve }], openedBy: ctx.actor.personId,
  })
  const dueAt = (await resolveDues(ctx, APPEAL, [id])).get(id)!
  await insertAppeal(ctx, {
    ...scopeOf(row), id, declarationId: row.id, revision: 1, state: 'underReview', reason: body.reason, fileIds: [...new Set(body.fileIds ?? [])], openedAt: ctx.now.toISOString(), openedBy: ctx.actor.personId, decisionId, decision,
    againstUnitId: row.decidedUnitId, againstPersonId: await deciderOf(ctx, row), unitId, dueAt, decidedAt: null, decidedBy: null, decidedUnitId: null, answer: null,
  })
  await elevated(ctx, (system) => openTo(system, [row.id], [unitId]))
  await tell(ctx, appealed, 'firm', 'declaration.appealed', { appealId: id, unitId }, body.reason)
  await tellAppeal(ctx, appealed, unitId, dueAt)
  return toDeclaration(ctx, appealed)
}
/** Who took the decision that ended the declaration. */
async function deciderOf(ctx: Ctx, row: DeclarationRecord): Promise<string | null> {
  return (await selectTimeline(ctx, row.id)).findLast(({ event, side }) => event === 'declaration.rejected' && side === 'office')?.actorId ?? null
}
async function openAppealOf(ctx: Ctx, row: DeclarationRecord): Promise<AppealRecord> {
  const found = (await selectAppeals(ctx, row.id)).find(({ state }) => state === 'underReview')
  if (!found) throw problem('declarations.no_appeal')
  return found
}
export async function takeBack(ctx: Ctx, { params, body }: Input<typeof withdrawAppeal>): Promise<Declaration> {
  const row = await lockDeclarationRow(ctx, params.id)
  const found = await openAppealOf(ctx, row)
  if (row.revision !== body.revision) throw await changedMeanwhile(ctx, row)
  await withdrawCase(ctx, (await caseOf(ctx, APPEAL, found.id))!.id, 'withdrawn')
  await updateAppeal(ctx, found, { state: 'withdrawn' })
  const withdrawn = await change(ctx, row, 'firm', { appealOpen: false })
  await tell(ctx, withdrawn, 'firm', 'declaration.appeal_withdrawn', { appealId: found.id })
  return toDeclaration(ctx, withdrawn)
}

const STATES = { uphold: 'upheld', reopen: 'reopened', file: 'filed' } as const
/** Upheld, the rejection stands. Overturned, the declaration goes back to the units it came from with their full time, or is filed. */
export async function answerAppeal(ctx: Ctx, { params, body }: Input<typeof decideAppeal>): Promise<Declaration> {
  const row = await lockDeclarationRow(ctx, params.id)
  const found = await openAppealOf(ctx, row)
  if (isOwn(ctx, row) || (await isRegistrant(ctx, row.enterpriseId))) throw problem('session.own_firm')
  if (found.againstPersonId !== null && found.againstPersonId === ctx.actor.personId) throw problem('declarations.same_person')
  if (row.revision !== body.revision) throw await changedMeanwhile(ctx, row)
  if (body.outcome === 'file') await requireOpenPlace(ctx, row)
  const standing = (await caseOf(ctx, APPEAL, found.id))!
  await takeHold(ctx, standing, 'declaration.decide_appeal')
  await moveCase(ctx, standing.id, body.outcome, { reason: body.answer })
  await updateAppeal(ctx, found, { state: STATES[body.outcome], decidedAt: ctx.now.toISOString(), decidedBy: ctx.actor.personId, decidedUnitId: ctx.unit?.unitId ?? null, answer: body.answer })
  await tell(ctx, row, 'office', 'declaration.appeal_decided', { appealId: found.id, outcome: body.outcome }, body.answer)
  await tellAnswered(ctx, row, body.outcome, found.againstUnitId)
  const closed = { appealOpen: false, appealUntil: null }
  if (body.outcome === 'uphold') return toDeclaration(ctx, await change(ctx, row, 'office', closed))
  const reset = { ...closed, siteResult: null, siteFindings: null, siteBy: null, siteUnitId: null, siteAt: null, reason: null }
  if (body.outcome === 'file') return toDeclaration(ctx, await takeEffect(ctx, row, 'office', 'appeal', { ...reset, decidedUnitId: ctx.unit?.unitId ?? null }))
  await openReview(ctx, row, row.route ?? (await routeOf(ctx, row, { level: row.level, procedure: row.procedure! })), { respondHours: row.respondHours, hours: row.workHours })
  return toDeclaration(ctx, await change(ctx, row, 'office', { ...reset, state: 'underReview', decidedAt: null, decidedUnitId: null, dueAt: await dueOf(ctx, row), escalatedAt: null }))
}

/** What appeals are called on the to-do list; one that runs out goes up the line, never decided by silence. */
export const appealPorts = {
  async describe(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CaseSubject>> {
    const rows = await selectAppealsById(ctx, ids)
    const titles = new Map((await selectTitled(ctx, rows.map((row) => row.declarationId))).map((row) => [row.id, row]))
    return new Map(rows.flatMap((row) => {
      const of = titles.get(row.declarationId)
      return of ? [[row.id, { title: of.enterpriseName, subtitle: of.workplaceName, link: `/console/declarations/${of.id}`, facts: [] }] as const] : []
    }))
  },
}
