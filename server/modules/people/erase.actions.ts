// Erasing: rows of people who left and of emergencies that ended go after the days that the pack names, with an event that proves it.
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { sha256 } from '../../base/crypto.ts'
import { retentionFor } from '../emergencies/index.ts'
import { erase, selectDistricts, selectInDistrict, selectLeft } from './keys.store.ts'

export const ERASE_JOB = 'people.erase'
const BATCH = 1000
const DAY_MS = 86_400_000
/** The shortest time that any pack may set: nobody is looked at earlier. */
const LEAST_DAYS = 1

/** One step; goes on with the next when there may be more. */
export async function eraseDue(system: Ctx): Promise<void> {
  const due: string[] = []
  const clocks = new Map<string, Awaited<ReturnType<typeof retentionFor>>>()
  const clock = async (districtCode: string) => {
    let found = clocks.get(districtCode)
    if (!found) clocks.set(districtCode, (found = await retentionFor(system, districtCode, 'roster')))
    return found
  }
  for (const row of await selectLeft(system, shanghaiDay(new Date(system.now.getTime() - LEAST_DAYS * DAY_MS)), BATCH)) {
    const { days } = await clock(row.districtCode)
    if (days !== null && Date.parse(`${row.stateSince}T00:00:00+08:00`) + days * DAY_MS <= system.now.getTime()) due.push(row.id)
  }
  await eraseAll(system, due, 'left')
  for (const district of await selectDistricts(system)) {
    const { days, endedAt } = await clock(district)
    if (days === null || endedAt === null || Date.parse(endedAt) + days * DAY_MS > system.now.getTime()) continue
    const ids = (await selectInDistrict(system, district, BATCH)).map((row) => row.id)
    await eraseAll(system, ids, 'ended')
    if (ids.length === BATCH) system.enqueue(ERASE_JOB, null, { key: 'more' })
  }
  if (due.length === BATCH) system.enqueue(ERASE_JOB, null, { key: 'more' })
}
/** The proof is a hash over the erased ids in their order: it says which rows are meant, and nothing about anybody. */
async function eraseAll(system: Ctx, ids: readonly string[], why: 'left' | 'ended'): Promise<void> {
  if (!ids.length) return
  const counted = await erase(system, ids)
  system.announce('people.erased', { kind: 'roster', id: why }, { why, ...counted, entries: 0, proof: sha256([...ids].sort().join('\n')).toString('hex') })
}
