// Judging a waiting declaration anew when the level of its district has changed: both levels stay on the record, the clock goes on.
import type { Procedure } from '@fugong/contract/declarations'
import type { Ctx } from '../../base/context.ts'
import { loggable } from '../../base/log.ts'
import { resolveDues } from '../cases/index.ts'
import { levelAt } from '../levels/index.ts'
import { recordDecision } from '../rules/index.ts'
import { DECLARATION, move } from './case.actions.ts'
import { isOpenPlace } from './facts.actions.ts'
import { judge } from './judge.actions.ts'
import { lockOfLevel, putDueAt, selectWaitingAfter, selectWaitingLevels } from './lists.store.ts'
import type { Side } from './rules.ts'
import { change, takeEffect, tell } from './shared.actions.ts'
import type { DeclarationRecord } from './store.ts'

/** By the level of now, where that differs from the one it was judged by; otherwise as it is. What the new procedure means for the state is for the caller. */
export async function judgeAnew(ctx: Ctx, row: DeclarationRecord, side: Side): Promise<{ row: DeclarationRecord; procedure: Procedure }> {
  const listed = await levelAt(ctx, row.districtCode, ctx.now)
  if ((listed?.level ?? null) === row.level) return { row, procedure: row.procedure! }
  const { level, levelRecordId, procedure: asked, evidence, decision, overdueOutcome } = await judge(ctx, row)
  // Nothing takes effect for a place that is closed: it keeps being reviewed until the firm goes on at another one.
  const procedure = asked === 'effective' && !(await isOpenPlace(ctx, row)) ? row.procedure! : asked
  const decisionId = await recordDecision(ctx, decision, { kind: 'declaration', id: row.id })
  const judged = await change(ctx, row, side, { level, levelRecordId, procedure, evidence: procedure === asked ? evidence : row.evidence, decision, decisionId, judgedAt: ctx.now.toISOString(), overdueOutcome: overdueOutcome ?? row.overdueOutcome })
  await tell(ctx, judged, 'clock', 'declaration.judged_anew', { from: row.level, to: level, procedure, table: decision.table, version: decision.version, row: decision.row })
  return { row: judged, procedure }
}

const BATCH = 100
/**
 * Judges anew what waits in districts whose level has changed. Lighter means at once: in a low-risk area nobody may hold a firm
 * that needs no review, and a site that need not be seen is not waited for. Stricter means that the site check follows.
 */
export async function followLevels(system: Ctx): Promise<boolean> {
  let more = false
  for (const { districtCode, level } of await selectWaitingLevels(system)) {
    if (((await levelAt(system, districtCode, system.now))?.level ?? null) === level) continue
    const rows = await lockOfLevel(system, districtCode, level, BATCH)
    for (const row of rows) {
      const failure = await system.attempt(() => follow(system, row))
      if (failure) system.log.error({ declaration: row.id, failure: loggable(failure) }, 'declaration not judged anew')
    }
    more ||= rows.length === BATCH
  }
  return more
}
async function follow(system: Ctx, before: DeclarationRecord): Promise<void> {
  const { row, procedure } = await judgeAnew(system, before, 'clock')
  const passed = row.state === 'siteCheckPending' && procedure === 'review'
  if ((procedure !== 'effective' && !passed) || !(await isOpenPlace(system, row))) return
  await takeEffect(system, row, 'clock', 'judged_anew')
  await move(system, row, 'judgedFiled')
}

/** Puts the limits as the engine counts them now where the lists find them, one batch after another; undefined after the last. */
export async function followClocks(system: Ctx, after: string | null): Promise<string | undefined> {
  const rows = await selectWaitingAfter(system, after, BATCH)
  const dues = await resolveDues(system, DECLARATION, rows.map(({ id }) => id))
  for (const { id, dueAt } of rows) {
    const now = dues.get(id)
    if (now && now !== dueAt) await putDueAt(system, id, now)
  }
  return rows.length === BATCH ? rows.at(-1)!.id : undefined
}
