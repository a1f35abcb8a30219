// Opening a case for a record of another room, finding it again, telling its timeline, and withdrawing it.
import { elevated, type Ctx } from '../../base/context.ts'
import { searchKey } from '../../base/grams.ts'
import { newId } from '../../base/ids.ts'
import { openTo } from '../../base/reach.ts'
import { resume, startClocks, stopClocks } from './clocks.actions.ts'
import { kindOf } from './kinds.actions.ts'
import type { CaseStanding, NewCase } from './ports.ts'
import { stateOf, whenDue } from './rules.ts'
import { endParts, tell, toStanding } from './shared.actions.ts'
import { insertCase, insertParts, lockCaseRow, selectBySubject, selectParts, updateCase, type CaseRecord } from './store.ts'

/**
 * Opens a case: its parts, of which those of the first step are open at once, and its clocks, which run from this moment
 * whether anyone takes it or not. Units with a part reach case and record (`openedTo`) from now on. Throws
 * `cases.open_exists` when the record has an open case of this kind.
 */
export async function openCase(ctx: Ctx, wish: NewCase): Promise<CaseStanding> {
  const kind = kindOf(wish.kind)
  const state = stateOf(kind, kind.opens)
  if (!wish.steps.length || wish.steps.some((step) => !step.length)) throw new RangeError('A case has steps, and each step has parts')
  return elevated(ctx, async (system) => {
    const at = (wish.openedAt ?? ctx.now).toISOString()
    const { steps: _, clocks, openedAt: _at, ...rest } = wish
    const row = await insertCase(system, {
      ...rest, id: newId(), emergencyKind: wish.emergencyKind ?? '', searchKey: searchKey(wish.title), state: kind.opens, waitingFor: state.waitingFor, openedAt: at, openedUnitId: ctx.unit?.unitId ?? null, pausedFor: null,
      changedBy: wish.openedBy, changedUnitId: ctx.unit?.unitId ?? null, changedAt: ctx.now.toISOString(),
    })
    const [parts] = await Promise.all([
      insertParts(system, row, wish.steps.flatMap((step, no) => step.map((part) => ({ step: no + 1, unitId: part.unitId, personId: part.personId ?? null, role: part.role, state: no === 0 ? 'open' as const : 'coming' as const, fromPartId: null }))), at),
      tell(system, row, 'case.opened', { side: wish.openedBy === null ? 'clock' : ctx.scope.enterprises.length ? 'firm' : 'office' }),
      openTo(system, [row.id, row.subjectId], [...new Set(wish.steps.flat().map((part) => part.unitId))]),
    ])
    const dueAt = await startClocks(system, row, parts, clocks)
    ctx.announce('case.opened', { kind: 'case', id: row.id }, { kind: row.kind, subjectId: row.subjectId })
    return { ...toStanding(row), dueAt: whenDue(dueAt) }
  })
}
/** The open case of a record, or the last one that ended; undefined where there is none within the caller's scope. */
export async function caseOf(ctx: Ctx, kind: string, subjectId: string): Promise<CaseStanding | undefined> {
  return (await casesOf(ctx, kind, [subjectId])).get(subjectId)
}
/** The same for several records, by record. */
export async function casesOf(ctx: Ctx, kind: string, subjectIds: readonly string[]): Promise<Map<string, CaseStanding>> {
  const found = new Map<string, CaseRecord>()
  for (const row of await selectBySubject(ctx, kind, subjectIds)) if (found.get(row.subjectId)?.endedAt !== null) found.set(row.subjectId, row)
  return new Map([...found].map(([id, row]) => [id, toStanding(row)]))
}
/** An entry of the kind's own in the timeline; `params` hold codes and numbers only. `internal`: not for the firm. */
export async function tellCase(ctx: Ctx, caseId: string, event: string, { note, params, internal = false, side }: { note?: string | null; params?: Record<string, unknown>; internal?: boolean; side?: 'firm' | 'office' | 'clock' } = {}): Promise<void> {
  const row = await lockCaseRow(ctx, caseId)
  if (!kindOf(row.kind).events?.[event]) throw new Error(`${row.kind} has no text for the event ${event}`)
  await elevated(ctx, (system) => tell(system, row, event, { note: note ?? null, internal, ...(params ? { params } : {}), ...(side ? { side } : {}) }))
}
/** Ends a case without a judgement on anybody's clock: its record was withdrawn or is no longer. Into `state`, which must end it. */
export async function withdrawCase(ctx: Ctx, caseId: string, state: string, { note }: { note?: string | null } = {}): Promise<CaseStanding> {
  const row = await lockCaseRow(ctx, caseId)
  if (row.endedAt !== null) return toStanding(row)
  if (stateOf(kindOf(row.kind), state)?.waitingFor !== 'none') throw new RangeError(`${state} does not end a case of ${row.kind}`)
  return elevated(ctx, async (system) => {
    if (row.pausedFor !== null) await resume(system, row)
    const parts = await selectParts(system, row.id)
    await stopClocks(system, row, {}, (parts.find((part) => part.state === 'open' && part.role === 'lead') ?? parts[0])?.unitId ?? null, false)
    await endParts(system, parts)
    const ended = await updateCase(system, row, { state, waitingFor: 'none', endedAt: ctx.now.toISOString(), pausedFor: null, changedBy: ctx.actor.personId, changedUnitId: ctx.unit?.unitId ?? null, changedAt: ctx.now.toISOString() })
    await tell(system, row, 'case.withdrawn', { note: note ?? null, params: { to: state } })
    ctx.announce('case.ended', { kind: 'case', id: row.id }, { kind: row.kind, state })
    return toStanding(ended)
  })
}
