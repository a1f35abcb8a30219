// Steps that the deeds on cases share: who acts, the entry in the timeline, what to say to the second of two people at once.
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { personNames } from '../identity/index.ts'
import { isOfUnit, isOwnMatter } from './policy.ts'
import type { CaseStanding } from './ports.ts'
import { FAR, whenDue } from './rules.ts'
import { getPartRow, insertEntry, lockCaseRow, selectParts, updatePart, type CaseRecord, type EntryRecord, type PartRecord } from './store.ts'

/** Names the clock where a person would be named. */
const CLOCK = 'Fugong'

export function toStanding(row: CaseRecord): CaseStanding {
  const { title: _t, searchKey: _s, changedBy: _b, changedUnitId: _u, changedAt: _a, soonAt: _n, dueAt, ...rest } = row
  return { ...rest, dueAt: whenDue(dueAt ?? FAR) }
}
type Told = Partial<Pick<EntryRecord, 'partId' | 'params' | 'side' | 'unitId' | 'note' | 'internal'>>
/** Writes an entry into the timeline in the transaction of the deed; entries are never changed. */
export async function tell(system: Ctx, row: CaseRecord, event: string, { partId = null, side = 'office', unitId, note = null, internal = false, params }: Told): Promise<void> {
  const person = side === 'clock' ? null : system.actor.personId
  await insertEntry(system, row, { event, partId, side, actorId: person, unitId: side === 'office' ? (unitId ?? system.unit?.unitId ?? null) : null, note, internal, ...(params ? { params } : {}) })
}
/** `conflict.changed` naming who came first. */
export async function changedMeanwhile(ctx: Ctx, row: { changedBy: string | null; changedAt: string }) {
  const names = row.changedBy ? await personNames(ctx, [row.changedBy]) : new Map<string, string>()
  return problem('conflict.changed', { who: names.get(row.changedBy ?? '') ?? CLOCK, at: row.changedAt })
}
/** Loads a part for a deed on the revision its doer looked at, with its case, both locked; only open parts of open cases, never of one's own firm. */
export async function loadPart(ctx: Ctx, partId: string, revision: number | null): Promise<{ row: CaseRecord; part: PartRecord; parts: PartRecord[] }> {
  const before = await getPartRow(ctx, partId)
  const row = await lockCaseRow(ctx, before.caseId)
  const parts = await selectParts(ctx, row.id)
  const part = parts.find((one) => one.id === partId)!
  if (isOwnMatter(ctx, row)) throw problem('session.own_firm')
  if (revision !== null && part.revision !== revision) throw await changedMeanwhile(ctx, part)
  if (part.state !== 'open' || row.endedAt !== null) throw problem('cases.part_refused')
  return { row, part, parts }
}
/** The same for someone of the unit whose part it is; the deed is done in that unit's name. */
export async function loadOwnPart(ctx: Ctx, partId: string, revision: number | null) {
  const loaded = await loadPart(ctx, partId, revision)
  actAs(ctx, loaded.part.unitId)
  return loaded
}
/** Sets the unit in whose name a deed is done; `not_found` for people of other units, who may see the case all the same. */
export function actAs(ctx: Ctx, unitId: string): void {
  const grant = ctx.actor.grants.find((one) => one.unitId === unitId && one.role !== 'administrator')
  if (!grant || !isOfUnit(ctx, unitId)) throw problem('cases.part_refused')
  ctx.unit = grant
}
/** What is still open when a case ends is dropped. */
export async function endParts(system: Ctx, parts: readonly PartRecord[]): Promise<void> {
  for (const part of parts) if (part.endedAt === null) await updatePart(system, part, { state: 'dropped', endedAt: system.now.toISOString() })
}
