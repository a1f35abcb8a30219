// Use cases of states: moving many people at once, and taking a move back while nothing has changed since.
import type { Input, Returns } from '@fugong/contract/base'
import type { movePeople, undoMove } from '@fugong/contract/people'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { changeOf } from './actions.ts'
import { requireOwnFirm } from './policy.ts'
import type { PeopleOptions } from './ports.ts'
import { isSameState, moveFault, type Standing } from './rules.ts'
import { limitsAt, today } from './shared.actions.ts'
import { insertChanges, lockEmployments, selectMove, updateEmployment, updateStates, type NewChange } from './store.ts'

export async function moveAll(ctx: Ctx, { params, body }: Input<typeof movePeople>): Promise<Returns<typeof movePeople>> {
  requireOwnFirm(ctx, params.id)
  const rows = await lockEmployments(ctx, params.id, body.ids)
  // One that is not there is not this firm's: nothing is said of which.
  if (rows.length !== body.ids.length) throw problem('not_found')
  const move = { to: body.to, effectiveOn: body.effectiveOn ?? today(ctx), until: body.to === 'observing' ? (body.until ?? null) : null }
  const moveId = newId()
  const note = body.note?.trim() || null
  const refused: Returns<typeof movePeople>['refused'] = []
  const moved: NewChange[] = []
  let unchanged = 0
  const after: Standing = { state: move.to, stateSince: move.effectiveOn, observingUntil: move.until }
  for (const row of rows) {
    if (isSameState(row, move)) { unchanged += 1; continue }
    const fault = moveFault(row, move, today(ctx))
    if (fault) refused.push({ id: row.id, name: row.name, code: fault.code })
    else moved.push(changeOf(ctx, row, { kind: 'moved', effectiveOn: move.effectiveOn, after, fields: ['state'], moveId, note }))
  }
  if (moved.length) {
    await updateStates(ctx, moved.map(({ employmentId }) => employmentId), after)
    await insertChanges(ctx, moved)
    ctx.announce('people.moved', { kind: 'enterprise', id: params.id }, { moveId, to: move.to, effectiveOn: move.effectiveOn, count: moved.length })
  }
  return { moveId, moved: moved.length, unchanged, refused }
}

/** Puts back the states of a move; whoever was changed since stays as they are. */
export function undo(options: PeopleOptions) {
  return async (ctx: Ctx, { params }: Input<typeof undoMove>): Promise<Returns<typeof undoMove>> => {
    requireOwnFirm(ctx, params.id)
    const made = (await selectMove(ctx, params.id, params.moveId)).filter((change) => change.kind === 'moved' && change.byPerson === ctx.actor.personId)
    if (!made.length) throw problem('not_found')
    if (Date.parse(made[0]!.recordedAt) < ctx.now.getTime() - limitsAt(options, ctx.now).undoMinutes * 60_000) throw problem('people.undo_over')
    const rows = new Map((await lockEmployments(ctx, params.id, made.map(({ employmentId }) => employmentId))).map((row) => [row.id, row]))
    const changes: NewChange[] = []
    for (const change of made) {
      const row = rows.get(change.employmentId)
      if (row?.revision !== change.revision) continue
      const before = change.before as Standing
      changes.push(changeOf(ctx, row, { kind: 'undone', effectiveOn: row.stateSince, after: before, fields: ['state'], moveId: params.moveId }))
      await updateEmployment(ctx, row, before)
    }
    await insertChanges(ctx, changes)
    if (changes.length) ctx.announce('people.move_undone', { kind: 'enterprise', id: params.id }, { moveId: params.moveId, count: changes.length })
    return { undone: changes.length, kept: made.length - changes.length }
  }
}
