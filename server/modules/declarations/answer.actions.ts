// Puts a declaration into the shape that screens receive: names, files, gaps, steps, timeline, and what the caller can do.
import type { Declaration, RouteNode } from '@fugong/contract/declarations'
import type { FileInfo } from '@fugong/contract/files'
import type { Form } from '@fugong/contract/forms'
import { filesAmong } from '@fugong/contract/forms.engine'
import { shanghaiDay } from '../../base/clock.ts'
import { elevated, type Ctx } from '../../base/context.ts'
import { caseOf, partsOf, type CasePart, type CaseStanding } from '../cases/index.ts'
import { certificatesOf, type CertificateStanding } from '../certificates/index.ts'
import { filesOf } from '../files/index.ts'
import { getFormVersion } from '../forms/index.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { selectAppeals, type AppealRecord } from './appeals.store.ts'
import { APPEAL, DECLARATION, dueOf, holdOn } from './case.actions.ts'
import { abilities, isOwn, readsAsFirm } from './policy.ts'
import { selectGapLists, selectGaps, type GapListRow, type GapRow } from './gaps.store.ts'
import { countSubmissions, selectChecks, type CheckRow } from './papers.store.ts'
import { isOpenPlace } from './facts.actions.ts'
import type { Node } from './route.rules.ts'
import { isOverdue, isWaiting, touchedOf } from './rules.ts'
import { selectTimeline, type DeclarationRecord, type TimelineRow } from './store.ts'

/** The form of the plan that every declaration is written in. */
export const PLAN = 'declaration.plan'
/** The form that a declaration is written in. */
export const formOf = (ctx: Ctx, row: DeclarationRecord): Promise<Form> => getFormVersion(ctx, PLAN, row.emergencyKind, row.formVersion)
/** Stands where a name was taken away later. */
const UNKNOWN = { zh: '–', en: '–' }
interface Parts { timeline: TimelineRow[]; gaps: GapRow[]; lists: GapListRow[]; checks: CheckRow[]; appeals: AppealRecord[]; files: FileInfo[]; submissions: number }

/** `known` spares the reading of what the caller has just written. */
export async function toDeclaration(ctx: Ctx, row: DeclarationRecord, known: Partial<Parts> = {}): Promise<Declaration> {
  const told = row.gapLists > 0
  const sent = row.submittedAt !== null
  const [timeline, gapRows, lists, checks, appeals, files, submissions, form] = await Promise.all([
    known.timeline ?? selectTimeline(ctx, row.id), known.gaps ?? (told ? selectGaps(ctx, row.id) : []), known.lists ?? (told ? selectGapLists(ctx, row.id) : []), known.checks ?? (sent ? selectChecks(ctx, row.id) : []),
    known.appeals ?? (sent ? selectAppeals(ctx, row.id) : []), known.files ?? filesNamed(ctx, row), known.submissions ?? (sent ? countSubmissions(ctx, row.id) : 0),
    told ? formOf(ctx, row) : null,
  ])
  // One after the other: each looks past the caller's own rows for a moment.
  const certificate = row.certificateId ? await certificateOf(ctx, row) : null
  const review = sent && row.reviewUnitId !== null ? await reviewState(ctx, row) : null
  const touched = form ? touchedOf(gapRows, row, form) : []
  const gaps = gapRows.map(({ list, field, text }, i) => ({ list, field, text, touched: touched[i] ?? false }))
  const canAppeals = new Map<string, string[]>()
  for (const appeal of appeals) canAppeals.set(appeal.id, await appealDeeds(ctx, row, appeal))
  const names = await namesFor(ctx, row, { timeline, lists, checks, appeals, review })
  const now = ctx.now.toISOString()
  const { id, state, revision, enterpriseId, enterpriseName, creditCode, industryCode, enterpriseClass, emergencyId, plannedDate, headcount, formVersion, answers, pledgedAt, pledgeVersion } = row
  const { level, procedure, decision, evidence, overdueOutcome, escalatedAt, gapsToldAt, reason, certificateId, certificateNumber, submittedAt, decidedAt, createdAt, communityCode, operatorId } = row
  // The engine's clock is the one that counts; the row's copy serves the lists.
  const dueAt = review && isWaiting(state) ? review.dueAt : row.dueAt
  const fileOf = (ids: readonly string[]) => ids.flatMap((one) => files.find((file) => file.id === one) ?? [])
  // A filing in its own name is judged by the present list; earlier lists stay readable.
  const gapList = gaps.filter(({ list }) => list === row.gapLists)
  return {
    id, state, revision, enterpriseId, enterpriseName, creditCode, industryCode, enterpriseClass,
    workplace: { id: row.workplaceId, name: row.workplaceName, scene: row.scene, districtCode: row.districtCode, streetCode: row.streetCode, zoneCode: row.zoneCode, address: row.address },
    emergencyId, plannedDate, headcount, formVersion, answers, pledgedAt, pledgeVersion, files: fileOf([...new Set([...row.fileIds, ...filesAmong(row.answers)])]),
    level, procedure, decision, evidence, communityCode, operatorId,
    judgedAnew: row.judgedAt !== null && row.submittedAt !== null && row.judgedAt > row.submittedAt && row.firstProcedure ? { at: row.judgedAt, firstLevel: row.firstLevel, firstProcedure: row.firstProcedure } : null,
    route: row.route?.decision ? { decision: row.route.decision, nodes: review ? nodesOf(row.route.steps, review.parts, names) : [] } : null,
    dueAt, overdueOutcome, overdue: isOverdue({ state, dueAt }, now), escalatedAt, gaps: gapList.map(({ field, text, touched: changed }) => ({ field, text, touched: changed })), gapsToldAt, reason,
    gapLists: lists.map((list) => ({ list: list.list, at: list.toldAt, unit: names.unit(list.unitId), reason: list.reason, gaps: gaps.filter((gap) => gap.list === list.list).map(({ field, text }) => ({ field, text })) })),
    checks: checks.map(({ at, what, unitId, personId, formVersion: version, ticked }) => ({ at, what, unit: names.unit(unitId), by: names.person(personId, 'office'), formVersion: version, ticked })), submissions,
    visit: row.visitAt && row.visitWho && row.visitSetAt ? { at: row.visitAt, who: row.visitWho, unit: names.unit(row.visitUnitId), setAt: row.visitSetAt } : null, film: row.filmAt ? { at: row.filmAt, files: fileOf(row.filmIds) } : null,
    appealUntil: mayAppeal(row, appeals, shanghaiDay(ctx.now)) ? row.appealUntil : null,
    appeals: appeals.map((appeal) => ({
      id: appeal.id, state: appeal.state, revision: appeal.revision, reason: appeal.reason, files: fileOf(appeal.fileIds), openedAt: appeal.openedAt, against: names.unit(appeal.againstUnitId), unit: names.unit(appeal.unitId) ?? UNKNOWN,
      dueAt: appeal.dueAt, overdue: appeal.state === 'underReview' && appeal.dueAt <= now, decidedAt: appeal.decidedAt, answer: appeal.answer, decision: appeal.decision, can: canAppeals.get(appeal.id) ?? [],
    })),
    siteCheck: row.siteResult && row.siteAt ? { result: row.siteResult, findings: row.siteFindings ?? '', by: alike(names.person(row.siteBy, 'office')) ?? names.unit(row.siteUnitId) ?? UNKNOWN, at: row.siteAt } : null,
    reviewUnit: names.unit(row.reviewUnitId), certificateId, certificateNumber,
    certificate: certificate && { state: certificate.state, since: certificate.since, reason: certificate.reason }, submittedAt, decidedAt, createdAt,
    timeline: withLists(timeline, gaps).map(({ at, event, side, actorId, unitId, note, gaps: with_ }) => ({ at, event, by: names.person(actorId, side), unit: names.unit(unitId), note, gaps: with_ })),
    can: await deedsFor(ctx, row, appeals, review),
  }
}
/** The nth entry of a return carries the nth list. */
function withLists(timeline: readonly TimelineRow[], gaps: readonly { list: number; field: string; text: string }[]) {
  let list = 0
  return timeline.map((entry) => {
    if (entry.event !== 'declaration.returned') return { ...entry, gaps: [] }
    list += 1
    return { ...entry, gaps: gaps.filter((gap) => gap.list === list).map(({ field, text }) => ({ field, text })) }
  })
}
interface Review { standing: CaseStanding; parts: CasePart[]; dueAt: string | null }
async function reviewState(ctx: Ctx, row: DeclarationRecord): Promise<Review | null> {
  const standing = await caseOf(ctx, DECLARATION, row.id)
  if (!standing) return null
  return { standing, parts: await partsOf(ctx, standing.id), dueAt: await dueOf(ctx, row) }
}
const mayAppeal = (row: DeclarationRecord, appeals: readonly AppealRecord[], today: string): boolean =>
  row.state === 'rejected' && row.appealUntil !== null && row.appealUntil >= today && !appeals.some(({ state, openedAt }) => state !== 'withdrawn' && openedAt >= row.decidedAt!)
async function deedsFor(ctx: Ctx, row: DeclarationRecord, appeals: readonly AppealRecord[], review: Review | null): Promise<string[]> {
  const office = isWaiting(row.state) && review !== null && (await holdOn(ctx, review.standing, 'declaration.review')) !== undefined
  const can = abilities(ctx, row, office)
  if (!readsAsFirm(ctx, row) || !ctx.may('declaration.open')) return can
  if (row.state === 'siteCheckPending' && row.evidence === 'siteOrVideo') can.push('film')
  if (review !== null && review.standing.endedAt === null && !(await isOpenPlace(ctx, row))) can.push('move')
  if (mayAppeal(row, appeals, shanghaiDay(ctx.now))) can.push('appeal')
  return can
}
async function appealDeeds(ctx: Ctx, row: DeclarationRecord, appeal: AppealRecord): Promise<string[]> {
  if (appeal.state !== 'underReview') return []
  if (readsAsFirm(ctx, row)) return ctx.may('declaration.open') ? ['withdraw'] : []
  if (isOwn(ctx, row) || ctx.actor.personId === appeal.againstPersonId || !ctx.may('declaration.decide_appeal')) return []
  const standing = await caseOf(ctx, APPEAL, appeal.id)
  return standing && (await holdOn(ctx, standing, 'declaration.decide_appeal')) ? ['decide'] : []
}
type Names = Awaited<ReturnType<typeof namesFor>>
const STATES = { coming: 'later', open: 'open', done: 'done', moved: 'stopped', dropped: 'stopped' } as const
/** The steps as they stand, with what the table wanted; a part that was handed on says from where it came. What a unit notes at its part is for offices; what it tells the firm stands in the timeline. */
function nodesOf(steps: readonly (readonly Node[])[], parts: readonly CasePart[], names: Names): RouteNode[] {
  return parts.filter((part) => part.state !== 'moved').map((part) => {
    const from = parts.find((one) => one.id === part.fromPartId)
    return {
      step: part.step, unitId: part.unitId, unit: names.unit(part.unitId) ?? UNKNOWN, role: part.role, wanted: steps[part.step - 1]?.find((node) => node.unitId === part.unitId)?.wanted ?? null, movedFrom: from ? names.unit(from.unitId) : null,
      state: STATES[part.state], by: names.person(part.endedBy ?? part.personId, 'office'), result: part.result, at: part.endedAt, note: names.firm ? null : part.note,
    }
  })
}

/** Files of the list and those that answers name. */
async function filesNamed(ctx: Ctx, row: DeclarationRecord): Promise<FileInfo[]> {
  const appealed = row.state === 'rejected' || row.appealUntil !== null ? (await selectAppeals(ctx, row.id)).flatMap(({ fileIds }) => fileIds) : []
  const ids = [...new Set([...row.fileIds, ...filesAmong(row.answers), ...row.filmIds, ...appealed])]
  return ids.length ? filesOf(ctx, ids) : []
}

async function certificateOf(ctx: Ctx, row: DeclarationRecord): Promise<CertificateStanding | null> {
  // Whoever reads the declaration may know how its certificate stands, also from a unit whose area it does not lie in.
  return (await elevated(ctx, (system) => certificatesOf(system, [row.id]))).get(row.id) ?? null
}
/** A person's name is written the same in both languages. */
const alike = (name: string | null) => (name === null ? null : { zh: name, en: name })
/** Looks up the names that this reader may see; what the session knows already is not asked for. */
async function namesFor(ctx: Ctx, row: DeclarationRecord, { timeline, lists, checks, appeals, review }: Pick<Parts, 'timeline' | 'lists' | 'checks' | 'appeals'> & { review: Review | null }) {
  const firm = readsAsFirm(ctx, row)
  const shown = (side: TimelineRow['side']) => side === 'firm' || !firm
  const officials = firm ? [] : [row.siteBy, ...checks.map(({ personId }) => personId), ...(review?.parts ?? []).flatMap(({ personId, endedBy }) => [personId, endedBy])]
  const people = new Set([...timeline.filter(({ side }) => shown(side)).map(({ actorId }) => actorId), ...officials].filter((id) => id !== null))
  const units = new Set([
    row.reviewUnitId, row.siteUnitId, row.visitUnitId, ...timeline.map(({ unitId }) => unitId), ...lists.map(({ unitId }) => unitId), ...checks.map(({ unitId }) => unitId),
    ...appeals.flatMap(({ unitId, againstUnitId }) => [unitId, againstUnitId]), ...(review?.parts ?? []).map(({ unitId }) => unitId),
  ].filter((id) => id !== null))
  const self = ctx.actor.personId !== null && ctx.actor.name !== null ? new Map([[ctx.actor.personId, ctx.actor.name]]) : new Map<string, string>()
  const strangers = [...people].filter((id) => !self.has(id))
  const [foundPeople, foundUnits] = await Promise.all([strangers.length ? personNames(ctx, strangers) : undefined, units.size ? unitNames(ctx, [...units]) : undefined])
  return {
    firm,
    person: (id: string | null, side: TimelineRow['side']) => (id === null || !shown(side) ? null : (self.get(id) ?? foundPeople?.get(id) ?? null)),
    unit: (id: string | null) => (id === null ? null : (foundUnits?.get(id) ?? null)),
  }
}
