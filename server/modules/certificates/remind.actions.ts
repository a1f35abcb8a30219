// Firms are told in time that a certificate ends: so many days before its last day, by the table, once.
import type { DecisionTable } from '@fugong/contract/rules'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { loadOnce, readData } from '../../base/data.ts'
import { getEmergency } from '../emergencies/index.ts'
import { notify } from '../notices/index.ts'
import { decide, importTable, isInForce } from '../rules/index.ts'
import { lockNear, markReminded, type NearRow } from './after.store.ts'
import { lastDay } from './rules.ts'

export const REMIND_JOB = 'certificates.remind'
const TABLE = 'certificate.reminder'
export async function loadReminders(ctx: Ctx, city: string): Promise<void> {
  const { value, hash } = readData<Omit<DecisionTable, 'areaCode'>>('data', 'china', 'tables', `${TABLE}.json`)
  await loadOnce(ctx, `${TABLE}/${city}`, hash, () => importTable(ctx, { ...value, areaCode: city }, { kind: null, pack: null }))
}
const PER_RUN = 200
/** No table asks for a word earlier than its column allows. */
const MOST_DAYS = 60
/** Some at a time, each batch one transaction with its notices: a run that is killed is done again as a whole, and nobody is told twice. */
export async function remindDue(system: Ctx, after: { day: string; id: string } | null): Promise<void> {
  const today = shanghaiDay(system.now)
  const near = await lockNear(system, today, lastDay(today, MOST_DAYS)!, PER_RUN, after)
  for (const row of near) {
    const before = await daysBefore(system, row)
    if (before === null || lastDay(today, before)! < row.validUntil) continue
    await notify(system, { template: 'declaration.expiring', to: { enterpriseId: row.enterpriseId, enterpriseName: row.enterpriseName }, params: { firm: row.enterpriseName, workplace: row.workplaceName, day: row.validUntil }, link: `/portal/declarations/${row.declarationId}`, about: { kind: 'certificate', id: row.id }, intent: `near ${row.validUntil}` })
    await markReminded(system, row.id)
    system.announce('certificate.reminded', { kind: 'certificate', id: row.id }, { day: row.validUntil })
  }
  const last = near.at(-1)
  if (last && near.length === PER_RUN) system.enqueue(REMIND_JOB, { after: { day: last.validUntil, id: last.id } }, { key: last.id })
}
async function daysBefore(system: Ctx, row: NearRow): Promise<number | null> {
  const at = { table: TABLE, areaCode: row.districtCode, kind: (await getEmergency(system, row.emergencyId)).kind }
  if (!(await isInForce(system, at))) return null
  const days = (await decide(system, { ...at, inputs: { level: row.level ?? 'unlisted', procedure: row.procedure ?? 'review' } })).outputs['days']
  return typeof days === 'number' && days > 0 ? Math.min(days, MOST_DAYS) : null
}
