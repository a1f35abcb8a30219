// Puts a declaration into the shape that screens receive: names, files, gaps, timeline, and what the caller can do.
import type { Declaration } from '@fugong/contract/declarations'
import type { FileInfo } from '@fugong/contract/files'
import type { Form } from '@fugong/contract/forms'
import { filesAmong } from '@fugong/contract/forms.engine'
import type { Ctx } from '../../base/context.ts'
import { certificatesOf, type CertificateStanding } from '../certificates/index.ts'
import { filesOf } from '../files/index.ts'
import { getFormVersion } from '../forms/index.ts'
import { personNames, unitNames } from '../identity/index.ts'
import { abilities, readsAsFirm } from './policy.ts'
import { selectGaps, type GapRow } from './gaps.store.ts'
import { isOverdue, touchedOf } from './rules.ts'
import { selectTimeline, type DeclarationRecord, type TimelineRow } from './store.ts'

/** The form of the plan that every declaration is written in. */
export const PLAN = 'declaration.plan'
/** The form that a declaration is written in. */
export const formOf = (ctx: Ctx, row: DeclarationRecord): Promise<Form> => getFormVersion(ctx, PLAN, row.emergencyKind, row.formVersion)
/** Stands where a name was taken away later. */
const UNKNOWN = { zh: '–', en: '–' }
export interface Parts { timeline: TimelineRow[]; gaps: GapRow[]; files: FileInfo[] }

/** `known` spares the reading of what the caller has just written. */
export async function toDeclaration(ctx: Ctx, row: DeclarationRecord, known: Partial<Parts> = {}): Promise<Declaration> {
  const [timeline, told, files, certificate, form] = await Promise.all([
    known.timeline ?? selectTimeline(ctx, row.id), known.gaps ?? (row.gapsToldAt ? selectGaps(ctx, row.id) : []), known.files ?? filesNamed(ctx, row),
    row.certificateId ? certificateOf(ctx, row) : null, row.gapsToldAt ? formOf(ctx, row) : null,
  ])
  const touched = form ? touchedOf(told, row, form) : []
  const gaps = told.map(({ field, text }, i) => ({ field, text, touched: touched[i] ?? false }))
  const names = await namesFor(ctx, row, timeline)
  const { id, state, revision, enterpriseId, enterpriseName, creditCode, industryCode, enterpriseClass, emergencyId, plannedDate, headcount, formVersion, answers, pledgedAt, pledgeVersion } = row
  const { level, procedure, decision, dueAt, overdueOutcome, escalatedAt, gapsToldAt, reason, certificateId, certificateNumber, submittedAt, decidedAt, createdAt } = row
  return {
    id, state, revision, enterpriseId, enterpriseName, creditCode, industryCode, enterpriseClass,
    workplace: { id: row.workplaceId, name: row.workplaceName, scene: row.scene, districtCode: row.districtCode, streetCode: row.streetCode, zoneCode: row.zoneCode, address: row.address },
    emergencyId, plannedDate, headcount, formVersion, answers, pledgedAt, pledgeVersion, files,
    level, procedure, decision, dueAt, overdueOutcome, overdue: isOverdue(row, ctx.now.toISOString()), escalatedAt, gaps, gapsToldAt, reason,
    siteCheck: row.siteResult && row.siteAt ? { result: row.siteResult, findings: row.siteFindings ?? '', by: alike(names.person(row.siteBy, 'office')) ?? names.unit(row.siteUnitId) ?? UNKNOWN, at: row.siteAt } : null,
    reviewUnit: names.unit(row.reviewUnitId), certificateId, certificateNumber,
    certificate: certificate && { state: certificate.state, since: certificate.since, reason: certificate.reason }, submittedAt, decidedAt, createdAt,
    timeline: timeline.map(({ at, event, side, actorId, unitId, note }) => ({ at, event, by: names.person(actorId, side), unit: names.unit(unitId), note, gaps: event === 'declaration.returned' ? gaps.map(({ field, text }) => ({ field, text })) : [] })),
    can: abilities(ctx, row),
  }
}

/** Files of the list and those that answers name. */
async function filesNamed(ctx: Ctx, row: DeclarationRecord): Promise<FileInfo[]> {
  const ids = [...new Set([...row.fileIds, ...filesAmong(row.answers)])]
  return ids.length ? filesOf(ctx, ids) : []
}

async function certificateOf(ctx: Ctx, row: DeclarationRecord): Promise<CertificateStanding | null> {
  return (await certificatesOf(ctx, [row.id])).get(row.id) ?? null
}
/** A person's name is written the same in both languages. */
const alike = (name: string | null) => (name === null ? null : { zh: name, en: name })
/** Looks up the names that this reader may see; what the session knows already is not asked for. */
async function namesFor(ctx: Ctx, row: DeclarationRecord, timeline: readonly TimelineRow[]) {
  const firm = readsAsFirm(ctx, row)
  const shown = (side: TimelineRow['side']) => side === 'firm' || !firm
  const people = new Set([...timeline.filter(({ side }) => shown(side)).map(({ actorId }) => actorId), firm ? null : row.siteBy].filter((id) => id !== null))
  const units = new Set([row.reviewUnitId, row.siteUnitId, ...timeline.map(({ unitId }) => unitId)].filter((id) => id !== null))
  const self = ctx.actor.personId !== null && ctx.actor.name !== null ? new Map([[ctx.actor.personId, ctx.actor.name]]) : new Map<string, string>()
  const strangers = [...people].filter((id) => !self.has(id))
  const [foundPeople, foundUnits] = await Promise.all([strangers.length ? personNames(ctx, strangers) : undefined, units.size ? unitNames(ctx, [...units]) : undefined])
  return {
    person: (id: string | null, side: TimelineRow['side']) => (id === null || !shown(side) ? null : (self.get(id) ?? foundPeople?.get(id) ?? null)),
    unit: (id: string | null) => (id === null ? null : (foundUnits?.get(id) ?? null)),
  }
}
