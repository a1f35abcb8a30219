// How a firm's day stands: its people counted by what they reported, and the hours of its place.
import type { DayTally } from '@fugong/contract/health.days'
import type { Ctx } from '../../base/context.ts'
import { tallyOf, type Counted, type Hours } from './days.rules.ts'
import { groupsOfFirm } from './days.views.ts'
import { hoursAt, mayWorkOf } from './hours.actions.ts'

/** A firm's day as it stands; the hours are those of the district where most of its people are. */
export async function standOf(system: Ctx, enterpriseId: string, day: string): Promise<{ rows: Counted[]; tally: DayTally; hours: Hours | undefined }> {
  const groups = await groupsOfFirm(system, enterpriseId, day)
  const may = mayWorkOf(system)
  const rows: Counted[] = []
  const people = new Map<string, number>()
  for (const { workplaceId, crew, reported, twice, again, people: count, ...who } of groups) {
    rows.push({ workplaceId, crew, reported, twice, again, people: count, mayWork: await may(who) })
    const place = `${who.districtCode} ${who.emergencyKind}`
    people.set(place, (people.get(place) ?? 0) + count)
  }
  const [district, kind] = [...people].sort(([, one], [, other]) => other - one)[0]?.[0].split(' ') ?? []
  return { rows, tally: tallyOf(rows), hours: district && kind ? await hoursAt(system, district, kind) : undefined }
}
