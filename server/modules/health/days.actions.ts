// Use cases of the day: a firm's people by what they reported, the sums that it signs, and the counts of streets and firms for offices.
import type { Input, Returns } from '@fugong/contract/base'
import type { AreaRow, FirmDay, getDistrictDay, getFirmDay, listDistrictFirms, listFirmDay } from '@fugong/contract/health.days'
import { elevated, type Ctx } from '../../base/context.ts'
import { selectFirms, workplaceNames } from '../enterprises/index.ts'
import { clockText, evening, minuteOfDay, noTally, talliesBy } from './days.rules.ts'
import { countFirms, countOfDay, countRaised, countStreets, groupsOfFirm, peopleOfDay } from './days.views.ts'
import { lastHandover, selectStages } from './handovers.store.ts'
import { hiddenIn, hiddenLevels, type Cell } from './hide.rules.ts'
import { askedDay, dayLimits, mayWorkOf } from './hours.actions.ts'
import { toHandover } from './handovers.actions.ts'
import { requireOwnFirm } from './policy.ts'
import { standOf } from './stand.actions.ts'

const GROUP = '\u0000'
export const firmDay = (city: string) => async (ctx: Ctx, { params, query }: Input<typeof getFirmDay>): Promise<FirmDay> => {
  requireOwnFirm(ctx, params.id)
  const { day, today } = askedDay(ctx, city, query.day)
  return elevated(ctx, async (system) => {
    const { rows, tally, hours } = await standOf(system, params.id, day)
    const [firm] = await selectFirms(system, [params.id])
    const places = talliesBy(rows, ({ workplaceId }) => workplaceId)
    const crews = talliesBy(rows, ({ workplaceId, crew }) => (crew === null ? null : `${workplaceId}${GROUP}${crew}`))
    const names = await workplaceNames(system, [...places.keys()])
    const sent = await selectStages(system, params.id, day)
    const handover = await lastHandover(system, params.id, day)
    const closed = day < today || (hours !== undefined && minuteOfDay(ctx.now) >= hours.closesAt * 60)
    return {
      enterpriseName: firm?.name ?? '–', day, today, ...tally, evening: evening(rows),
      workplaces: [...places].map(([id, sums]) => ({ id, name: names.get(id) ?? '–', ...sums })),
      crews: [...crews].map(([key, sums]) => { const [workplaceId, crew] = key.split(GROUP); return { workplaceId: workplaceId!, crew: crew!, ...sums } }),
      closesAt: hours ? clockText(hours.closesAt) : null, closed,
      stages: hours ? ([hours.personAt, hours.firmAt, hours.unitAt] as const).map((at, i) => { const found = sent.find(({ stage }) => stage === i + 1); return { stage: i + 1, at: clockText(at), sentAt: found?.at ?? null, missing: found?.missing ?? null } }) : [],
      handover: handover ? await toHandover(system, handover) : null, can: ctx.may('health.hand_over') && tally.expected > 0 ? ['handOver'] : [],
    }
  })
}
export const firmDayPeople = (city: string) => async (ctx: Ctx, { params, query }: Input<typeof listFirmDay>): Promise<Returns<typeof listFirmDay>> => {
  requireOwnFirm(ctx, params.id)
  const { day } = askedDay(ctx, city, query.day)
  const limit = query.limit ?? 50
  return elevated(ctx, async (system) => {
    const may = mayWorkOf(system)
    const notYet: { districtCode: string; level: number; observed: boolean }[] = []
    const kinds = new Map((await groupsOfFirm(system, params.id, day)).map((one) => [`${one.districtCode} ${one.emergencyKind} ${one.level} ${one.observed}`, one]))
    for (const one of kinds.values()) if (!(await may(one))) notYet.push(one)
    const filter = { group: query.group ?? 'all', workplace: query.workplace, crew: query.crew, notYet }
    const rows = await peopleOfDay(system, params.id, day, filter, limit + 1, query.cursor ?? null)
    const page = rows.slice(0, limit)
    const names = await workplaceNames(system, [...new Set(page.map(({ workplaceId }) => workplaceId))])
    const items: Returns<typeof listFirmDay>['items'] = []
    for (const { level, observed, districtCode, emergencyKind, workplaceId, name, ...row } of page) {
      items.push({ ...row, name: name ?? '–', workplaceName: names.get(workplaceId) ?? '–', mayWork: row.reportedAt === null ? null : await may({ level, observed, districtCode, emergencyKind }) })
    }
    return { items, next: rows.length > limit ? page.at(-1)!.employmentId : null, total: await countOfDay(system, params.id, day, filter), totalIsMore: false }
  })
}

// ── for offices ─────────────────────────────────────────────────────────────
const noFirm = () => ({ yellow: 0, orange: 0, red: 0 })
const NAMES = ['yellow', 'orange', 'red'] as const
interface Raised { of(key: string): number; hidden(key: string): boolean; levels(district: string): ReturnType<typeof hiddenLevels> }
/** Colours other than green of the whole city, and what of them is hidden: the same whoever asks, so that no two pages differ by a hidden one. */
async function raisedIn(system: Ctx, limit: number): Promise<Raised> {
  const city: Cell = { key: 'city', value: 0, below: [] }
  const cells = new Map<string, Cell>([[city.key, city]])
  const levels = new Map<string, ReturnType<typeof noFirm>>()
  const under = (parent: Cell, key: string): Cell => {
    let cell = cells.get(key)
    if (!cell) {
      cells.set(key, (cell = { key, value: 0, below: [] }))
      parent.below.push(cell)
    }
    return cell
  }
  for (const { districtCode, streetCode, enterpriseId, level, people } of await countRaised(system)) {
    const district = under(city, districtCode)
    const street = under(district, streetCode)
    for (const cell of [city, district, street, under(street, `${streetCode} ${enterpriseId}`)]) cell.value += people
    const own = levels.get(districtCode) ?? noFirm()
    own[NAMES[level - 1]!] += people
    levels.set(districtCode, own)
  }
  const hidden = hiddenIn(city, limit)
  return { of: (key) => cells.get(key)?.value ?? 0, hidden: (key) => hidden.has(key), levels: (district) => hiddenLevels(levels.get(district) ?? noFirm(), hidden.has(district), limit) }
}
const shown = (raised: Raised, key: string): number | null => (raised.hidden(key) ? null : raised.of(key))
const worst = (one: { expected: number; missing: number }, other: { expected: number; missing: number }) => other.missing / Math.max(1, other.expected) - one.missing / Math.max(1, one.expected) || other.missing - one.missing

export const districtDay = (city: string) => async (ctx: Ctx, { query }: Input<typeof getDistrictDay>): Promise<Returns<typeof getDistrictDay>> => {
  const { day, today } = askedDay(ctx, city, query.day)
  const { hideBelow } = dayLimits(city, ctx.now)
  return elevated(ctx, async (system) => {
    const rows = await countStreets(ctx, system, day, query)
    const raised = await raisedIn(system, hideBelow)
    const districts = new Map<string, AreaRow>()
    for (const { districtCode, streetCode: _, ...sums } of rows) {
      const own = districts.get(districtCode) ?? { code: districtCode, expected: 0, reported: 0, missing: 0, firms: 0, handedOver: 0, raised: shown(raised, districtCode), levels: raised.levels(districtCode) }
      for (const name of ['expected', 'reported', 'missing', 'firms', 'handedOver'] as const) own[name] += sums[name]
      districts.set(districtCode, own)
    }
    const streets = rows.map(({ districtCode: _, streetCode, ...sums }) => ({ code: streetCode, ...sums, raised: shown(raised, streetCode), levels: null }))
    const all = { ...noTally(), firms: 0, handedOver: 0 }
    for (const row of rows) for (const name of ['expected', 'reported', 'missing', 'firms', 'handedOver'] as const) all[name] += row[name]
    const { expected, reported, missing, firms, handedOver } = all
    return { day, today, at: ctx.now.toISOString(), expected, reported, missing, firms, handedOver, hideBelow, districts: [...districts.values()].sort(worst), streets: streets.sort(worst) }
  })
}
export const districtFirms = (city: string) => async (ctx: Ctx, { query }: Input<typeof listDistrictFirms>): Promise<Returns<typeof listDistrictFirms>> => {
  const { day } = askedDay(ctx, city, query.day)
  const limit = query.limit ?? 50
  const offset = Number(query.cursor ?? 0)
  return elevated(ctx, async (system) => {
    const rows = await countFirms(ctx, system, day, query, limit, offset)
    const raised = await raisedIn(system, dayLimits(city, ctx.now).hideBelow)
    const total = rows[0]?.all ?? 0
    return {
      items: rows.map(({ all: _, ...row }) => ({ ...row, raised: shown(raised, `${row.streetCode} ${row.enterpriseId}`) })),
      next: offset + rows.length < total ? String(offset + limit) : null, total, totalIsMore: false,
    }
  })
}
