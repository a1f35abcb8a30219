// Use cases of colours: reports change them by the table, people with a name and a reason change them otherwise, and each change says why.
import type { Bilingual } from '@fugong/contract/base'
import { healthLevels, type HealthLevel } from '@fugong/contract/health'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { newId } from '../../base/ids.ts'
import { problem } from '../../base/problem.ts'
import { decideIf } from './hours.actions.ts'
import { colourAfter, fallsBackTo } from './status.rules.ts'
import { insertStatus, lockColoured, selectLapsed, selectReports, selectStatuses, takeTurns, type Coloured, type StatusRow } from './turns.store.ts'

export const TURNS_JOB = 'health.apply_turns'
const PER_RUN = 500
const PURPOSE = 'health-status'
type Cause = Pick<StatusRow, 'source'> & Partial<Pick<StatusRow, 'rule' | 'day' | 'slot' | 'batchId' | 'position' | 'byPerson' | 'agreedBy' | 'until'>> & { reason?: string }

/** Takes what reports ask for, in their order; more are left for the next run. */
export async function applyTurns(system: Ctx): Promise<void> {
  const turns = await takeTurns(system, PER_RUN)
  for (const turn of turns) {
    const one = await lockColoured(system, turn.employmentId)
    if (!one?.active) continue
    const [set] = await selectStatuses(system, turn.employmentId, 1)
    const level = colourAfter(one.level, turn, set, turn.level < one.level ? await loweredBy(system, one, turn.level) : 'report')
    if (level !== one.level) await change(system, one, level, { ...turn, source: 'report' })
  }
  if (turns.length === PER_RUN) system.enqueue(TURNS_JOB, null, { key: 'more' })
}
async function loweredBy(system: Ctx, { districtCode, emergencyKind, level }: Coloured, reported: number): Promise<'report' | 'person'> {
  const found = await decideIf(system, 'health.lowering', districtCode, emergencyKind, { from: healthLevels[level]!, reported: healthLevels[reported]! })
  // Where no table speaks, only a person lowers.
  return found?.['by'] === 'report' ? 'report' : 'person'
}
async function change(system: Ctx, one: Coloured, level: number, { reason, ...cause }: Cause): Promise<StatusRow> {
  const { employmentId, personId, enterpriseId, workplaceId, districtCode } = one
  const row: StatusRow = {
    id: newId(), employmentId, personId, enterpriseId, workplaceId, districtCode, level, before: one.level, source: cause.source, rule: cause.rule ?? null, day: cause.day ?? null, slot: cause.slot ?? null, batchId: cause.batchId ?? null, position: cause.position ?? null,
    byPerson: cause.byPerson ?? null, agreedBy: cause.agreedBy ?? null, reasonSealed: reason === undefined ? null : system.sealer.seal(PURPOSE, reason), until: cause.until ?? null, at: system.now.toISOString(),
  }
  await insertStatus(system, row)
  // The event names the row; which colour it is stands there alone.
  system.announce('health.status_changed', { kind: 'status', id: row.id }, { source: row.source })
  return row
}
/** A change by people: of a follow-up's end, by two hands, of an appeal. Throws `not_found` for somebody who is not monitored. */
export async function setColour(system: Ctx, employmentId: string, level: HealthLevel, cause: Cause): Promise<StatusRow> {
  const one = await lockColoured(system, employmentId)
  if (!one) throw problem('not_found')
  return change(system, one, healthLevels.indexOf(level), cause)
}
/** Changes by hand that have run out: what was reported since holds, else what stood before. */
export async function lapseColours(system: Ctx): Promise<void> {
  for (const status of await selectLapsed(system, shanghaiDay(system.now), PER_RUN)) {
    const one = await lockColoured(system, status.employmentId)
    if (!one) continue
    const [latest] = await selectReports(system, one, shanghaiDay(new Date(status.at)))
    await change(system, one, fallsBackTo({ before: status.before, reported: latest && latest.acceptedAt > status.at ? latest.level : undefined }), { source: 'lapse', rule: latest?.rule ?? null })
  }
}
/** The reason of a change in clear; null when there is none, or when it was erased. */
export const reasonOf = (ctx: Ctx, { reasonSealed }: StatusRow): string | null => (reasonSealed ? ctx.sealer.open(PURPOSE, reasonSealed) : null)
export const sourceNames: Readonly<Record<StatusRow['source'], Bilingual>> = {
  report: { zh: '由健康申报判定', en: 'By a report' }, hand: { zh: '两人办理的更改', en: 'Changed by two people' }, release: { zh: '处置结束', en: 'End of the follow-up' }, appeal: { zh: '申诉结果', en: 'By an appeal' }, lapse: { zh: '更改到期', en: 'A change ran out' }, result: { zh: '检测结果', en: 'By the result' },
}
/** How somebody came to their colour of now; undefined for whoever is green from the beginning. */
export const lastStatus = async (system: Ctx, employmentId: string): Promise<StatusRow | undefined> => (await selectStatuses(system, employmentId, 1))[0]
