// Who is monitored follows the rosters: made when a phone is first bound, brought up to date by what happens to people, workplaces and levels.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { limitsOf } from '../../base/limits.ts'
import { Problem, problem } from '../../base/problem.ts'
import { openEmergenciesFor } from '../emergencies/index.ts'
import { selectWorkplaces } from '../enterprises/index.ts'
import { formInForce } from '../forms/index.ts'
import { levelAt } from '../levels/index.ts'
import { everyEmployment, monitoredFacts, rosterOf, type MonitoredFacts } from '../people/index.ts'
import { dayLimits } from './hours.actions.ts'
import { FORM } from './judge.actions.ts'
import { standingOf, widerCodes, type OriginLevel } from './subjects.rules.ts'
import { deleteSubjects, putSubjects, selectMonitored, type SubjectRow, type Whose } from './subjects.store.ts'

export type { Whose }
/** `data/china/limits-bindings.json`: tries and pause, minutes for the code, phones of one person and of their family, hours and number of claims that wait for the firm, days that origin and contact count, who reports twice. */
export interface BindingLimits { deviceTries: number; addressTries: number; pauseMinutes: number; askMinutes: number; mostPhones: number; mostFamily: number; approvalHours: number; mostAsks: number; originDays: number; exposureDays: number; twiceFor: ('dormitory' | 'observing')[] }
export const bindingLimits = (city: string, at: Date): BindingLimits => limitsOf<BindingLimits>('bindings', city, at)
/** People brought up to date in one transaction. */
export const PAGE = 500
export const RENEW_JOB = 'health.renew_subjects'

/** Puts the rows of these employments as the roster says; throws `forms.none_in_force` where nothing asks for daily reports. Whoever is erased is monitored no longer. */
export async function monitor(system: Ctx, city: string, employmentIds: readonly string[]): Promise<MonitoredFacts[]> {
  const people = await monitoredFacts(system, employmentIds)
  const limits = { ...bindingLimits(city, system.now), expected: dayLimits(city, system.now).expected }
  const today = shanghaiDay(system.now)
  const find = lookUps(system)
  const rows: SubjectRow[] = []
  for (const one of people) {
    const place = (await find.places(one.enterpriseId)).find(({ id }) => id === one.workplaceId)!
    const emergency = await find.emergency(place.districtCode)
    const level = one.originCode ? await find.level(one.originCode) : 'unlisted'
    rows.push({
      employmentId: one.employmentId, personId: one.personId, enterpriseId: one.enterpriseId, workplaceId: one.workplaceId, districtCode: place.districtCode, streetCode: place.streetCode, zoneCode: place.zoneCode,
      departmentKey: place.department ? `${place.districtCode}/${place.department}` : null, emergencyId: emergency.id, emergencyKind: emergency.kind, originCode: one.originCode, ...standingOf(one, { level, today, limits }),
    })
  }
  await putSubjects(system, rows, today)
  const there = new Set(people.map(({ employmentId }) => employmentId))
  const gone = employmentIds.filter((id) => !there.has(id))
  if (gone.length) await deleteSubjects(system, gone)
  return people
}
/** What many people of one firm share is looked up once. */
function lookUps(system: Ctx) {
  const kept = new Map<string, Promise<unknown>>()
  const once = <T>(key: string, find: () => Promise<T>): Promise<T> => {
    if (!kept.has(key)) kept.set(key, find())
    return kept.get(key) as Promise<T>
  }
  return {
    places: (enterpriseId: string) => once(`places ${enterpriseId}`, () => selectWorkplaces(system, enterpriseId)),
    emergency: (districtCode: string) => once(`emergency ${districtCode}`, () => emergencyOf(system, districtCode)),
    level: (code: string) => once(`level ${code}`, () => levelOf(system, code)),
  }
}
/** The oldest open emergency whose pack asks for daily reports there. */
async function emergencyOf(system: Ctx, districtCode: string): Promise<{ id: string; kind: string }> {
  for (const { id, kind } of await openEmergenciesFor(system, districtCode)) if (await formInForce(system, { code: FORM, areaCode: districtCode, kind })) return { id, kind }
  throw problem('forms.none_in_force', { code: FORM })
}
/** The level of a county, else of its city, else of its province. */
async function levelOf(system: Ctx, originCode: string): Promise<OriginLevel> {
  for (const code of widerCodes(originCode)) {
    const found = await levelAt(system, code, system.now)
    if (found) return found.level
  }
  return 'unlisted'
}

/** One page of those concerned; answers where the next begins. Whoever is on the roster is monitored from now on, bound to a phone or not. */
export async function renewPage(system: Ctx, city: string, whose: Whose, after: string | null): Promise<string | undefined> {
  const known = await selectMonitored(system, whose, after, PAGE)
  const entered = 'employmentIds' in whose ? (after === null ? whose.employmentIds : []) : 'enterpriseId' in whose ? (await rosterOf(system, { enterpriseId: whose.enterpriseId, after, limit: PAGE })).map(({ employmentId }) => employmentId)
    : 'everyone' in whose ? await everyEmployment(system, after, PAGE) : []
  // Both lists go by id: a page ends where the shorter reach of two full ones ends.
  const ids = [...new Set([...known, ...entered])].sort().slice(0, PAGE)
  if (ids.length) await monitorIfAsked(system, city, ids)
  return ids.length === PAGE ? ids[PAGE - 1] : undefined
}
/** Where nothing asks for daily reports there is nobody to monitor, and that is no fault. */
async function monitorIfAsked(system: Ctx, city: string, ids: readonly string[]): Promise<void> {
  try {
    await monitor(system, city, ids)
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'forms.none_in_force')) throw error
  }
}
