// Who may do a deed on a case: the unit with an open part, its lead, the firm, whoever opened it, or the clock.
import type { Ctx } from '../../base/context.ts'
import { problem } from '../../base/problem.ts'
import { personNames } from '../identity/index.ts'
import { isOfUnit, isOwnMatter, unitsOf } from './policy.ts'
import type { Doer } from './ports.ts'
import { actAs } from './shared.actions.ts'
import type { CaseRecord, PartRecord } from './store.ts'

/** The part under which the caller does it, or none for those who need no part; throws when it is not theirs to do. */
export async function doerOf(ctx: Ctx, row: CaseRecord, parts: readonly PartRecord[], who: Doer): Promise<PartRecord | undefined> {
  if (who === 'clock') {
    if (ctx.actor.kind !== 'system') throw problem('cases.not_yours')
    return undefined
  }
  if (who === 'firm') {
    if (row.enterpriseId === null || !ctx.actor.enterprises.includes(row.enterpriseId)) throw problem('cases.not_yours')
    return undefined
  }
  if (isOwnMatter(ctx, row)) throw problem('session.own_firm')
  if (who === 'issuer') {
    if (row.openedUnitId === null || !isOfUnit(ctx, row.openedUnitId)) throw problem('cases.not_yours')
    actAs(ctx, row.openedUnitId)
    return undefined
  }
  const units = unitsOf(ctx)
  const mine = parts.filter((part) => part.state === 'open' && units.includes(part.unitId) && (who === 'unit' || part.role === 'lead'))
  const part = mine.find((one) => one.personId === ctx.actor.personId) ?? mine.find((one) => one.personId === null) ?? mine[0]
  if (!part) throw problem('cases.not_yours')
  if (part.personId !== null && part.personId !== ctx.actor.personId) throw problem('cases.taken', { who: (await personNames(ctx, [part.personId])).get(part.personId) ?? '', at: part.takenAt })
  actAs(ctx, part.unitId)
  return part
}
