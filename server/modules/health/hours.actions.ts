// What the tables say of a day: its hours in a district, who may work, and how far one may look back.
import { healthLevels } from '@fugong/contract/health'
import type { RosterState } from '@fugong/contract/people'
import type { Bilingual } from '@fugong/contract/base'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { Problem, problem } from '../../base/problem.ts'
import { levelAt } from '../levels/index.ts'
import { decide } from '../rules/index.ts'
import { hoursOf, type Hours } from './days.rules.ts'
import { addDays } from './subjects.rules.ts'

/** `data/china/limits-days.json`: who is expected, below which number a count is hidden, days to look back, the text message. */
export interface DayLimits { expected: RosterState[]; hideBelow: number; mostDays: number; /** Days that reports and answers live. */ keepDays: number; reminder: Bilingual }
export const dayLimits = (city: string, at: Date): DayLimits => limitsOf<DayLimits>('days', city, at)

/** The day that is asked for, today when none is; throws for one that has not come or lies too far back. */
export function askedDay(ctx: Ctx, city: string, day: string | undefined): { day: string; today: string } {
  const today = shanghaiDay(ctx.now)
  const asked = day ?? today
  const { mostDays } = dayLimits(city, ctx.now)
  if (asked > today || asked < addDays(today, -mostDays)) throw problem('health.day_unknown', { day: asked, days: mostDays })
  return { day: asked, today }
}
/** Hours of the day in a district; undefined where no table speaks of them. */
export async function hoursAt(ctx: Ctx, districtCode: string, kind: string): Promise<Hours | undefined> {
  const level = (await levelAt(ctx, districtCode, ctx.now))?.level ?? 'unlisted'
  return hoursOf((await decideIf(ctx, 'health.day', districtCode, kind, { level })) ?? {})
}
/** Whether somebody may work, by colour and observation; asked once for each kind of person. Where no table says, green may. */
export function mayWorkOf(ctx: Ctx): (one: { districtCode: string; emergencyKind: string; level: number; observed: boolean }) => Promise<boolean> {
  const known = new Map<string, Promise<boolean>>()
  return (one) => {
    const key = `${one.emergencyKind} ${one.districtCode} ${one.level} ${one.observed}`
    let may = known.get(key)
    if (!may) {
      may = decideIf(ctx, 'health.mayWork', one.districtCode, one.emergencyKind, { level: healthLevels[one.level]!, observed: one.observed }).then((found) => (found ? found['mayWork'] === true : one.level === 0 && !one.observed))
      known.set(key, may)
    }
    return may
  }
}
/** What a table says, or nothing where no table speaks of it. */
export async function decideIf(ctx: Ctx, table: string, areaCode: string, kind: string, inputs: Record<string, unknown>): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    return (await decide(ctx, { table, areaCode, kind, inputs })).outputs
  } catch (error) {
    if (error instanceof Problem && error.code === 'rules.no_table') return undefined
    throw error
  }
}
