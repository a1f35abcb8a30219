// Steps that the deeds on plans share: load and check, keep what was done, what priority the table gives, what a day means.
import type { BatchDeedName, BatchMeaning, BatchMember } from '@fugong/contract/batches'
import type { Events } from '@fugong/contract/events'
import type { RiskLevel } from '@fugong/contract/levels'
import type { Decision } from '@fugong/contract/rules'
import type { Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { Problem, problem } from '../../base/problem.ts'
import { getEmergency } from '../emergencies/index.ts'
import type { ChosenPlace } from '../enterprises/index.ts'
import { personNames } from '../identity/index.ts'
import { levelAt } from '../levels/index.ts'
import { decide } from '../rules/index.ts'
import { grantFor } from './policy.ts'
import { insertDeed, lockPlanRow, selectSlots, updatePlan, type DeedRow, type PlanRow, type SlotRow } from './store.ts'

/** How much a plan holds and how long a deed may be undone; data. */
export const limits = (ctx: Ctx, areaCode: string) => limitsOf<{ mostFirms: number; mostBatches: number; undoMinutes: number }>('batches', areaCode.slice(0, 4).padEnd(6, '0'), ctx.now)

/** Loads a plan for a deed on the revision its doer looked at: theirs to change, open, and unchanged since. */
export async function loadFor(ctx: Ctx, id: string, revision: number): Promise<PlanRow> {
  const row = await lockPlanRow(ctx, id)
  const grant = grantFor(ctx, row.unitId)
  if (!grant) throw problem('session.forbidden')
  ctx.unit = grant
  if (row.revision !== revision) throw problem('conflict.changed', { who: (row.changedBy && (await personNames(ctx, [row.changedBy])).get(row.changedBy)) || '—', at: row.changedAt })
  if (row.state === 'ended') throw problem('batches.ended')
  if ((await getEmergency(ctx, row.emergencyId)).endedAt !== null) throw problem('emergencies.already_ended')
  return row
}
/** A batch of the plan; any other is `not_found`. */
export async function slotOf(ctx: Ctx, plan: PlanRow, batchId: string): Promise<SlotRow> {
  const slot = (await selectSlots(ctx, [plan.id])).find(({ id }) => id === batchId)
  if (!slot) throw problem('not_found')
  return slot
}
/** Keeps a deed with the plan, raises its revision and announces it; answers the deed's id. */
export async function keep<N extends Extract<keyof Events, `batch.${string}`>>(ctx: Ctx, plan: PlanRow, deed: BatchDeedName, event: N, payload: Events[N], told: Partial<Pick<DeedRow, 'firms' | 'day' | 'note'>> = {}): Promise<string> {
  ctx.announce(event, { kind: 'batchPlan', id: plan.id }, payload)
  return insertDeed(ctx, plan.id, deed, told)
}
export async function touched(ctx: Ctx, plan: PlanRow, changes: Parameters<typeof updatePlan>[2] = {}): Promise<PlanRow> {
  return updatePlan(ctx, plan, changes)
}

/** The decision of a table that a pack need not bring; undefined when it brings none. */
async function decided(ctx: Ctx, table: string, areaCode: string, kind: string, inputs: Record<string, unknown>): Promise<Decision | undefined> {
  try {
    return await decide(ctx, { table, areaCode, kind, inputs })
  } catch (error) {
    if (error instanceof Problem && (error.code === 'rules.no_table' || error.code === 'rules.no_row')) return undefined
    throw error
  }
}
/** Where nothing tells firms apart all stand in one row, and their codes decide. */
const LAST = 99
export interface Priority { rank: number; priority: BatchMember['priority']; decision: Decision | undefined }
/** The priority of firms by the table in force where each works; asked once for each kind of firm. */
export function prioritiesFor(ctx: Ctx, kind: string): (place: Pick<ChosenPlace, 'districtCode' | 'industryCode' | 'class' | 'flags'>) => Promise<Priority> {
  const known = new Map<string, Promise<Priority>>()
  return ({ districtCode, industryCode, class: rank, flags }) => {
    const inputs = { industry: industryCode, class: rank, flags: [...flags].sort().join(' ') }
    const key = JSON.stringify([districtCode, inputs])
    const before = known.get(key)
    if (before) return before
    const asked = decided(ctx, 'batch.priority', districtCode, kind, inputs).then((decision): Priority => {
      const given = decision?.outputs['rank']
      if (!decision || typeof given !== 'number') return { rank: LAST, priority: null, decision: undefined }
      return { rank: given, decision, priority: { code: String(decision.outputs['priority']), sentence: decision.sentence, table: decision.table, version: decision.version, row: decision.row } }
    })
    known.set(key, asked)
    return asked
  }
}
/** What the day of a batch means where a firm works, at the level of now; undefined where the pack does not say. */
export async function meaningAt(ctx: Ctx, districtCode: string, kind: string): Promise<BatchMeaning | undefined> {
  const level: RiskLevel | null = (await levelAt(ctx, districtCode, ctx.now))?.level ?? null
  const decision = await decided(ctx, 'batch.meaning', districtCode, kind, { level: level ?? 'unlisted' })
  return decision && { districtCode, level, meaning: decision.outputs['meaning'] as BatchMeaning['meaning'], sentence: decision.sentence }
}
