// One deed on many cases: each by itself, so that what fails is told and undoes nothing else; taking and assigning can be undone.
import type { Input } from '@fugong/contract/base'
import type { assignMany, BulkOutcome, decideMany, handOver, pressMany, takeMany, undoBulk } from '@fugong/contract/cases.deeds'
import { elevated, type Ctx } from '../../base/context.ts'
import { Problem, problem } from '../../base/problem.ts'
import { peopleOfUnit, unitNames } from '../identity/index.ts'
import { kindOf } from './kinds.actions.ts'
import { tellHandedOver } from './notices.actions.ts'
import { assignOne, takeOne } from './parts.actions.ts'
import { isOfUnit } from './policy.ts'
import { actAs, loadOwnPart, tell, toStanding } from './shared.actions.ts'
import { pressOne } from './talk.actions.ts'
import { getPartRow, lockCaseRow, selectOpenOf, selectTitles, updatePart, type PartRecord } from './store.ts'

interface Item { partId: string; revision: number }
/** Does `deed` for each item under a savepoint; a failure that is no refusal ends the whole. */
async function each<I extends Item>(ctx: Ctx, items: readonly I[], deed: (item: I) => Promise<{ part: PartRecord; before: string | null } | undefined>): Promise<BulkOutcome> {
  const outcome: BulkOutcome = { done: 0, failed: [], undo: [] }
  const refused: { partId: string; problem: Problem }[] = []
  // In one order whatever was ticked first, so that two who do many at once wait for each other and not in a circle.
  for (const item of [...items].sort((a, b) => (a.partId < b.partId ? -1 : 1))) {
    let changed: { part: PartRecord; before: string | null } | undefined
    const failure = await ctx.attempt(async () => { changed = await deed(item) })
    if (failure instanceof Problem && failure.status < 500) refused.push({ partId: item.partId, problem: failure })
    else if (failure !== undefined) throw failure
    else {
      outcome.done += 1
      if (changed) outcome.undo.push({ partId: changed.part.id, revision: changed.part.revision, personId: changed.before })
    }
  }
  const titles = await selectTitles(ctx, refused.map(({ partId }) => partId))
  outcome.failed = refused.map(({ partId, problem: { code, params } }) => ({ partId, title: titles.get(partId) ?? '—', code, params }))
  return outcome
}
export function takeAll(ctx: Ctx, { body }: Input<typeof takeMany>): Promise<BulkOutcome> {
  return each(ctx, body.items, async ({ partId, revision }) => {
    const { part, fresh } = await takeOne(ctx, partId, revision)
    return fresh ? { part, before: null } : undefined
  })
}
export function assignAll(ctx: Ctx, { body }: Input<typeof assignMany>): Promise<BulkOutcome> {
  return each(ctx, body.items, async ({ partId, revision }) => {
    const { part: { personId: before } } = await loadOwnPart(ctx, partId, revision)
    return { part: (await assignOne(ctx, partId, revision, body.personId)).part, before }
  })
}
/** The room does the deed on its record, as it would one by one. */
export function decideAll(ctx: Ctx, { body }: Input<typeof decideMany>): Promise<BulkOutcome> {
  const { items, deed, ...given } = body
  return each(ctx, items, async ({ partId, revision }) => {
    const { row, part } = await loadOwnPart(ctx, partId, revision)
    const kind = kindOf(row.kind)
    if (!kind.deeds[deed]?.bulk || !kind.decide) throw problem('cases.not_in_bulk')
    if (!ctx.may(kind.verb ?? 'case.work')) throw problem('session.forbidden')
    actAs(ctx, part.unitId)
    await kind.decide(ctx, toStanding(row), deed, given)
    return undefined
  })
}
/** Of several parts of one case the first presses all of them; the others are told that it was pressed just now. */
export function pressAll(ctx: Ctx, { body }: Input<typeof pressMany>): Promise<BulkOutcome> {
  return each(ctx, body.items, async ({ partId }) => {
    await pressOne(ctx, (await getPartRow(ctx, partId)).caseId, body.word)
    return undefined
  })
}
export function undo(ctx: Ctx, { body }: Input<typeof undoBulk>): Promise<BulkOutcome> {
  return each(ctx, body.items, async ({ partId, revision, personId }) => {
    const { row, part } = await loadOwnPart(ctx, partId, revision)
    // Only the last change, and only one's own; the revision says that nothing came after it.
    if (part.changedBy !== ctx.actor.personId) throw problem('cases.part_refused')
    if (personId !== null && !(await peopleOfUnit(ctx, part.unitId)).some((one) => one.personId === personId)) throw problem('cases.person_outside')
    await elevated(ctx, async (system) => {
      await updatePart(system, part, { personId, takenAt: personId === null ? null : ctx.now.toISOString() })
      await tell(system, row, 'part.undone', { partId: part.id, unitId: part.unitId, internal: true, params: { person: personId } })
      ctx.announce('case.part_given', { kind: 'case', id: row.id }, { partId: part.id, unitId: part.unitId, personId })
    })
    return undefined
  })
}

/** Everything open of one person in a unit, to a colleague or back to the unit; each case keeps its clocks and tells it in its timeline. */
export async function handOverAll(ctx: Ctx, { body }: Input<typeof handOver>): Promise<{ moved: number }> {
  const { unitId, from, to, reason } = body
  if (!isOfUnit(ctx, unitId) && !ctx.actor.grants.some((grant) => grant.role === 'commander')) throw problem('not_found')
  if (!(await unitNames(ctx, [unitId])).has(unitId)) throw problem('not_found')
  if (to !== null && !(await peopleOfUnit(ctx, unitId)).some((one) => one.personId === to)) throw problem('cases.person_outside')
  const moved = await moveAll(ctx, { unitId, from, to, reason, event: 'part.handed_over' })
  ctx.announce('case.handed_over', { kind: 'person', id: from }, { unitId, to, parts: moved })
  return { moved }
}
export async function moveAll(ctx: Ctx, { unitId, from, to, reason, event }: { unitId: string | null; from: string; to: string | null; reason: string | null; event: string }): Promise<number> {
  return elevated(ctx, async (system) => {
    const open = await selectOpenOf(system, from, unitId)
    for (const { id, caseId } of open) {
      const row = await lockCaseRow(system, caseId)
      const part = (await selectOpenOf(system, from, unitId, id))[0]
      // Someone took or ended it while the list was read.
      if (!part || row.endedAt !== null) continue
      await updatePart(system, part, { personId: to, takenAt: to === null ? null : system.now.toISOString() })
      await tell(system, row, event, { partId: part.id, unitId: part.unitId, note: reason, internal: true, params: { person: to, former: from }, ...(system.actor.kind === 'system' ? { side: 'clock' as const } : {}) })
    }
    if (open.length) await tellHandedOver(system, { from, to, units: [...new Set(open.map((part) => part.unitId))], count: open.length })
    return open.length
  })
}
