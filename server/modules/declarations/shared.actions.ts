// Steps that the deeds on declarations share: load and check, change with its entry in the timeline, take effect.
import type { Bilingual } from '@fugong/contract/base'
import type { Procedure } from '@fugong/contract/declarations'
import type { EventName, Events } from '@fugong/contract/events'
import { elevated, type Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { findArea } from '../areas/index.ts'
import { issueCertificate } from '../certificates/index.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { findReviewUnit, personNames, unitNames } from '../identity/index.ts'
import { openReviewOf, takeHold, type Hold } from './case.actions.ts'
import { tellFiled } from './notices.actions.ts'
import { isOwn, readsAsFirm } from './policy.ts'
import { machine, refusalOf, type Deed, type Side } from './rules.ts'
import { takePlace } from './standing.actions.ts'
import { getDeclarationRow, insertEntry, lockDeclarationRow, updateDeclaration, type Changes, type DeclarationRecord } from './store.ts'

/** Names the clock where a person would be named. */
const CLOCK = 'Fugong'

/** Loads a declaration for a deed on the revision its doer looked at; throws when it is not theirs, has changed since, or stands in the way of the deed. */
export async function loadFor(ctx: Ctx, deed: Deed, id: string, revision: number, given: { reason?: string | undefined } = {}): Promise<DeclarationRecord> {
  const row = await lockDeclarationRow(ctx, id)
  if (machine[deed].who === 'office' && (isOwn(ctx, row) || (await isRegistrant(ctx, row.enterpriseId)))) throw problem('session.own_firm')
  const refusal = refusalOf(row, deed, given)
  // What took effect on submission cannot be held at any revision; to say so is more use than to say that it changed.
  if (refusal?.code === 'declarations.effective_unheld') throw problem(refusal.code)
  if (row.revision !== revision) throw await changedMeanwhile(ctx, row)
  if (refusal) throw problem(refusal.code, refusal.params)
  return row
}
/** The same for a deed of an office, which only the units whose turn it is may do, and those above them. */
export async function loadForOffice(ctx: Ctx, deed: Deed, id: string, revision: number, given: { reason?: string | undefined } = {}): Promise<{ row: DeclarationRecord; hold: Hold }> {
  const row = await loadFor(ctx, deed, id, revision, given)
  return { row, hold: await takeHold(ctx, await openReviewOf(ctx, row), 'declaration.review') }
}
/** `conflict.changed` naming who came first: officials by name among officials, by their unit, in both languages, for the firm. */
export async function changedMeanwhile(ctx: Ctx, row: DeclarationRecord) {
  const { changedSide, changedBy, changedUnitId, changedAt } = row
  const byUnit = changedSide === 'office' && readsAsFirm(ctx, row)
  const [people, units] = await Promise.all([byUnit || !changedBy ? new Map<string, string>() : personNames(ctx, [changedBy]), changedUnitId ? unitNames(ctx, [changedUnitId]) : new Map<string, Bilingual>()])
  const who = people.get(changedBy ?? '') ?? units.get(changedUnitId ?? '') ?? CLOCK
  return problem('conflict.changed', { who, at: changedAt })
}

/** Who is doing a deed, as the record and the timeline keep it. */
export function stampOf(ctx: Ctx, side: Side): { changedSide: Side; changedBy: string | null; changedUnitId: string | null; changedAt: string } {
  return { changedSide: side, changedBy: side === 'clock' ? null : ctx.actor.personId, changedUnitId: side === 'office' ? (ctx.unit?.unitId ?? null) : null, changedAt: ctx.now.toISOString() }
}
/** Writes a change on the revision that was loaded. */
export async function change(ctx: Ctx, row: DeclarationRecord, side: Side, changes: Changes): Promise<DeclarationRecord> {
  const changed = await updateDeclaration(ctx, row, { ...changes, ...stampOf(ctx, side) })
  if (!changed) throw await changedMeanwhile(ctx, await getDeclarationRow(ctx, row.id))
  return changed
}
type DeclarationEvent = Extract<EventName, `declaration.${string}`>
/** Announces an event and writes it into the timeline, in one transaction; the note is for people, the payload for machines. */
export async function tell<N extends DeclarationEvent>(ctx: Ctx, row: DeclarationRecord, side: Side, event: N, payload: Events[N], note: string | null = null): Promise<void> {
  const { changedBy, changedUnitId, changedAt } = stampOf(ctx, side)
  ctx.announce(event, { kind: 'declaration', id: row.id }, payload)
  await insertEntry(ctx, row, { at: changedAt, event, side, actorId: changedBy, unitId: changedUnitId, note })
}

/** The address as a passer-by needs it, with district and street before what the firm wrote, unless the firm wrote them itself. */
export async function fullAddress(ctx: Ctx, row: DeclarationRecord, address: string): Promise<string> {
  const district = (await findArea(ctx, row.districtCode))?.nameZh ?? ''
  const street = (await findArea(ctx, row.streetCode))?.nameZh ?? ''
  return address.includes(district) ? address : `${district}${address.includes(street) ? '' : street}${address}`
}
/** What is filed was submitted, and nothing is submitted without its day. */
function plannedOf({ id, plannedDate }: DeclarationRecord): string {
  if (plannedDate === null) throw new Error(`Declaration ${id} has no planned date`)
  return plannedDate
}
function procedureOf({ id, procedure }: DeclarationRecord): Procedure {
  if (procedure === null) throw new Error(`Declaration ${id} was never judged`)
  return procedure
}
/** The unit that reviewed it, or that would have: what took effect on submission is checked by it afterwards. */
async function answeringUnit(ctx: Ctx, row: DeclarationRecord): Promise<{ id: string; name: Bilingual } | null> {
  const name = row.reviewUnitId ? (await unitNames(ctx, [row.reviewUnitId])).get(row.reviewUnitId) : undefined
  return name ? { id: row.reviewUnitId!, name } : ((await findReviewUnit(ctx, row)) ?? null)
}
/** Files a declaration: certificate, state and timeline together. `how` tells by what it took effect. The case is for the caller to move. */
export async function takeEffect(ctx: Ctx, row: DeclarationRecord, side: Side, how: Events['declaration.filed']['by'], changes: Changes = {}): Promise<DeclarationRecord> {
  const basis = { ...row, ...changes }
  // Whoever may decide is not always someone whose area the certificate lies in: a community, a city department, the unit of an appeal.
  const certificate = await elevated(ctx, async (system) => issueCertificate(system, {
    declarationId: row.id, enterprise: { id: row.enterpriseId, name: changes.enterpriseName ?? row.enterpriseName },
    workplace: { name: changes.workplaceName ?? row.workplaceName, address: await fullAddress(ctx, row, changes.address ?? row.address), districtCode: row.districtCode, streetCode: row.streetCode, zoneCode: row.zoneCode },
    departmentKey: row.departmentKey, plannedDate: plannedOf(row), emergencyId: row.emergencyId, sample: row.sample,
    level: basis.level, procedure: procedureOf(basis), unit: await answeringUnit(ctx, basis),
  }))
  const filed = await change(ctx, row, side, { ...changes, state: 'filed', standing: 'operating', standingAt: ctx.now.toISOString(), decidedAt: ctx.now.toISOString(), certificateId: certificate.id, certificateNumber: certificate.number })
  await tell(ctx, filed, side, 'declaration.filed', { certificateId: certificate.id, by: how })
  await takePlace(ctx, filed)
  await tellFiled(ctx, filed, how === 'overdue')
  return filed
}
