// The fictional plan of a sample city: its batches by day, and the firms on each.
import type { Ctx } from '../../base/context.ts'
import { shanghaiDay } from '../../base/clock.ts'
import { readData } from '../../base/data.ts'
import { newId } from '../../base/ids.ts'
import { openEmergencyFor } from '../emergencies/index.ts'
import { chosenPlaces } from '../enterprises/index.ts'
import { expandArea } from '../areas/index.ts'
import { unitByCode } from '../identity/index.ts'
import { insertMembers } from './members.store.ts'
import { prioritiesFor } from './shared.actions.ts'
import { insertPlan, insertSlots, selectPlans, type PlanRow } from './store.ts'

interface SampleFile { plans: { unit: string; areaCode: string; name: string; note: string; batches: { inDays: number; firmsLimit: number | null; headsLimit: number | null; locked: boolean; invited: boolean; firms: { creditCode: string; answer: 'ready' | 'notReady' | null; reason: string | null }[] }[] }[] }
/** Adds the plans of `sample-batches.json` once; days count from the day of the first start, so that the sample is never all past. Runs as the system. */
export async function seedBatches(ctx: Ctx, city: string): Promise<void> {
  const { value } = readData<SampleFile>('data', 'cities', city, 'sample-batches.json')
  if ((await selectPlans(ctx, {}, 1, undefined)).length) return
  const now = ctx.now.toISOString()
  const dayIn = (days: number) => shanghaiDay(new Date(ctx.now.getTime() + days * 86_400_000))
  for (const told of value.plans) {
    const [unit, emergency] = [await unitByCode(ctx, told.unit), await openEmergencyFor(ctx, told.areaCode)]
    // In a city whose clock stands before the emergency there is nothing to plan.
    if (!unit || !emergency) continue
    const plan: PlanRow = { id: newId(), revision: 1, emergencyId: emergency.id, emergencyKind: emergency.kind, unitId: unit.id, areaCode: told.areaCode, name: told.name, note: told.note, state: 'open', openedAt: now, endedAt: null, endReason: null, sample: true, changedBy: null, changedAt: now }
    await insertPlan(ctx, plan, (await expandArea(ctx, told.areaCode)).map((areaCode) => ({ areaCode, departmentKey: null })))
    const priorityOf = prioritiesFor(ctx, emergency.kind)
    for (const { inDays, firmsLimit, headsLimit, locked, invited, firms } of told.batches) {
      const slot = { id: newId(), planId: plan.id, day: dayIn(inDays), firmsLimit, headsLimit, locked }
      await insertSlots(ctx, [slot])
      const found = await chosenPlaces(ctx, { codes: firms.map(({ creditCode }) => creditCode) }, 100)
      const answers = new Map(firms.map((firm) => [firm.creditCode, firm]))
      await insertMembers(ctx, await Promise.all((found?.places ?? []).map(async (place) => {
        const { rank, priority } = await priorityOf(place)
        const said = answers.get(place.creditCode)
        const answer = invited ? (said?.answer ?? null) : null
        return {
          id: newId(), revision: 1, planId: plan.id, batchId: slot.id, emergencyId: emergency.id, open: true, byHand: false, enterpriseId: place.enterpriseId, enterpriseName: place.enterpriseName, creditCode: place.creditCode, industryCode: place.industryCode, enterpriseClass: place.class,
          workplaceId: place.workplaceId, workplaceName: place.workplaceName, heads: place.staff, rank, priority, decisionId: null, invitedDay: invited ? slot.day : null, invitedAt: invited ? now : null, answer, answeredAt: answer ? now : null, answeredBy: null, reason: answer ? (said?.reason ?? null) : null,
          wishedDay: null, outReason: null, addedAt: now, districtCode: place.districtCode, streetCode: place.streetCode, zoneCode: place.zoneCode, departmentKey: place.department ? `${place.districtCode}/${place.department}` : null,
        }
      })))
    }
  }
}
