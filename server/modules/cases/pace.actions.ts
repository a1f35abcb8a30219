// When a clock is due for a reminder, for a breach and for the next step up the line, by the decision table.
import type { ClockName } from '@fugong/contract/cases'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { Problem } from '../../base/problem.ts'
import type { DecisionTable } from '@fugong/contract/rules'
import { decide, importTable } from '../rules/index.ts'
import type { WorkingTime } from './clocks.rules.ts'
import type { ClockRecord } from './clocks.store.ts'
import { cityCode } from './kinds.actions.ts'
import type { CaseRecord } from './store.ts'

export const ESCALATION_TABLE = 'case.escalation'
/** `remindShare` of the limit, 0 for no reminder; `escalateAfter` working hours until the next step up, null when there is none. */
export interface Pace { remindShare: number; escalateAfter: number | null; to: 'unit' | 'parent' | 'command' }
const QUIET: Pace = { remindShare: 0, escalateAfter: null, to: 'unit' }

/** What the table in force says for a clock that has gone up so many steps; nothing when there is no table. */
export async function paceOf(system: Ctx, row: Pick<CaseRecord, 'kind' | 'districtCode' | 'emergencyKind'>, clock: { clock: ClockName; escalations: number }): Promise<Pace> {
  try {
    const { outputs } = await decide(system, { table: ESCALATION_TABLE, areaCode: row.districtCode ?? cityCode(), kind: row.emergencyKind, inputs: { kind: row.kind, clock: clock.clock, overdueSteps: clock.escalations } })
    const after = outputs['hoursToNext']
    return { remindShare: Number(outputs['remindAtPercent'] ?? 0) / 100, escalateAfter: typeof after === 'number' && after >= 0 ? after : null, to: outputs['to'] as Pace['to'] }
  } catch (error) {
    if (error instanceof Problem && (error.code === 'rules.no_table' || error.code === 'rules.no_row')) return QUIET
    throw error
  }
}
/** The moment at which the sweep has something to do with a clock; null while it stands still or nothing is left to do. */
export function nextMoment(clock: Pick<ClockRecord, 'state' | 'dueAt' | 'remindAt' | 'breachedAt' | 'escalatedAt'>, pace: Pace, time: WorkingTime): string | null {
  if (clock.state !== 'running' || clock.dueAt === null) return null
  if (clock.breachedAt === null) return clock.remindAt !== null && clock.remindAt < clock.dueAt ? clock.remindAt : clock.dueAt
  if (pace.escalateAfter === null) return null
  return time.add(new Date(clock.escalatedAt ?? clock.dueAt), pace.escalateAfter).toISOString()
}
/** Loads the table of `data/china/tables` for a city, for every kind of emergency; officials change it there by a new version. */
export async function loadEscalation(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${ESCALATION_TABLE}.json`)
  await loadOnce(ctx, `${ESCALATION_TABLE}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
}
