// The collective view: what waits at which unit and how long, and the clocks that a unit kept.
import type { Input, Returns } from '@fugong/contract/base'
import { ageBands, type listKept, type listWaiting, type Waiting } from '@fugong/contract/cases.figures'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { planByValue } from '../../base/paging.ts'
import { problem } from '../../base/problem.ts'
import { unitNames } from '../identity/index.ts'
import { unitIn } from './answer.actions.ts'
import { workingTime } from './clocks.actions.ts'
import type { WorkingTime } from './clocks.rules.ts'
import { bandsOf, mondays, quantile, weeksOf, type Weighted } from './figures.rules.ts'
import { selectKept, selectOpen, type OpenAt } from './figures.store.ts'
import { kindOf } from './kinds.actions.ts'
import { unitsOf } from './policy.ts'

const HOUR = 3_600_000
const WEEKS = 13
export async function waiting(ctx: Ctx, { query }: Input<typeof listWaiting>): Promise<Returns<typeof listWaiting>> {
  await planByValue(ctx)
  const [rows, time] = await Promise.all([selectOpen(ctx, query), workingTime(ctx)])
  const age = ageIn(time, ctx.now)
  const groups = new Map<string, OpenAt[]>()
  for (const row of rows) {
    const key = `${row.unitId} ${row.kind}`
    if (!groups.get(key)?.push(row)) groups.set(key, [row])
  }
  const names = { units: await unitNames(ctx, [...new Set(rows.map((row) => row.unitId))]), people: new Map<string, string>() }
  const items = [...groups.values()].map((group) => ({ unit: unitIn(names, group[0]!.unitId), kind: group[0]!.kind, kindName: kindOf(group[0]!.kind).name, ...summed(group, age) }))
  items.sort((a, b) => b.overdue - a.overdue || b.open - a.open || (a.unit.id < b.unit.id ? -1 : 1))
  const total = (name: 'open' | 'untaken' | 'overdue') => items.reduce((sum, item) => sum + item[name], 0)
  return { at: ctx.now.toISOString(), bands: [...ageBands], items, total: { open: total('open'), untaken: total('untaken'), overdue: total('overdue') } }
}
function summed(rows: readonly OpenAt[], age: (openedAt: string) => number): Omit<Waiting, 'unit' | 'kind' | 'kindName'> {
  const ages: Weighted[] = rows.map((row) => ({ value: age(row.openedAt), count: row.open })).sort((a, b) => a.value - b.value)
  const sum = (name: 'open' | 'untaken' | 'overdue' | 'paused') => rows.reduce((total, row) => total + row[name], 0)
  return { open: sum('open'), untaken: sum('untaken'), overdue: sum('overdue'), paused: sum('paused'), ages: bandsOf(ages), median: quantile(ages, 0.5), p90: quantile(ages, 0.9), longest: ages.at(-1)?.value ?? 0 }
}
/** Working hours since a moment; what lies behind its own day is counted once for each day. */
function ageIn(time: WorkingTime, now: Date): (openedAt: string) => number {
  const sinceDay = new Map<string, number>()
  return (openedAt) => {
    const opened = new Date(openedAt)
    const day = shanghaiDay(opened)
    const next = new Date(Math.min(now.getTime(), Date.parse(`${day}T24:00:00+08:00`)))
    if (!sinceDay.has(day)) sinceDay.set(day, time.between(next, now))
    return Math.round(((time.between(opened, next) + sinceDay.get(day)!) / HOUR) * 10) / 10
  }
}

/** One of the caller's units, or any whose clocks lie within the caller's scope. */
export async function kept(ctx: Ctx, { query }: Input<typeof listKept>): Promise<Returns<typeof listKept>> {
  const unitId = query.unit ?? unitsOf(ctx)[0]
  const units = unitId ? await unitNames(ctx, [unitId]) : new Map()
  if (!unitId || !units.has(unitId)) throw problem('not_found')
  const weeks = mondays(shanghaiDay(ctx.now), query.weeks ?? WEEKS)
  await planByValue(ctx)
  const rows = await selectKept(ctx, unitId, new Date(`${weeks[0]}T00:00:00+08:00`))
  const of = (clock: 'respond' | 'resolve') => weeksOf(rows.filter((row) => row.clock === clock), weeks)
  return { unit: unitIn({ units, people: new Map() }, unitId), respond: of('respond'), resolve: of('resolve') }
}
