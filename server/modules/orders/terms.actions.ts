// What an order stands on before it is written: the filing, who may order it, and the limits of the table in force.
import type { Input, Returns } from '@fugong/contract/base'
import type { previewOrder } from '@fugong/contract/orders'
import type { Decision, DecisionTable } from '@fugong/contract/rules'
import type { ActorGrant } from '../../base/auth.ts'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { problem } from '../../base/problem.ts'
import { getFiled, type Filed } from '../declarations/index.ts'
import { isRegistrant } from '../enterprises/index.ts'
import { decide, importTable } from '../rules/index.ts'
import { grantsAt, isOwn } from './policy.ts'
import { termsOf } from './rules.ts'
import { findOpenOrder } from './store.ts'

export const TERMS_TABLE = 'order.terms'
/** Loads the table of `data/china/tables` for a city, for every kind of emergency; officials change it there by a new version. */
export async function loadTerms(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${TERMS_TABLE}.json`)
  await loadOnce(ctx, `${TERMS_TABLE}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
}
export interface Terms extends NonNullable<ReturnType<typeof termsOf>> { decision: Decision }
export async function termsFor(ctx: Ctx, { districtCode, emergencyKind, level, scene }: { districtCode: string; emergencyKind: string; level: string | null; scene: string }): Promise<Terms> {
  const decision = await decide(ctx, { table: TERMS_TABLE, areaCode: districtCode, kind: emergencyKind, inputs: { level: level ?? 'unlisted', scene } })
  const terms = termsOf(decision.outputs, shanghaiDay(ctx.now))
  if (!terms) throw problem('rules.no_row', { table: TERMS_TABLE })
  return { ...terms, decision }
}
/** A filing that the caller may order to stop, and in which unit's name; throws when it is not theirs, does not hold, or stands under an order. */
export async function orderable(ctx: Ctx, declarationId: string): Promise<{ filed: Filed; grant: ActorGrant }> {
  const filed = await getFiled(ctx, declarationId)
  if (isOwn(ctx, filed) || (await isRegistrant(ctx, filed.enterpriseId))) throw problem('session.own_firm')
  const grant = grantsAt(ctx, filed)[0]
  if (!grant) throw problem('session.forbidden')
  if (await findOpenOrder(ctx, { declarationId })) throw problem('orders.open_exists')
  if (filed.standing !== 'operating' && filed.standing !== 'suspended') throw problem('orders.not_operating', { state: filed.standing })
  return { filed, grant }
}
export async function preview(ctx: Ctx, { query }: Input<typeof previewOrder>): Promise<Returns<typeof previewOrder>> {
  const { filed, grant } = await orderable(ctx, query.declaration)
  const { latest, usual, decision } = await termsFor(ctx, filed)
  return { latest, usual, decision, enterpriseName: filed.enterpriseName, workplaceName: filed.workplaceName, scene: filed.scene, certificateNumber: filed.certificateNumber, unit: grant.unitName }
}
