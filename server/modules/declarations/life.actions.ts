// What the events of a firm's life mean for its filings: closed, merged, moved; decided by a table, in batches that can be done again.
import type { AnnouncedEvent, Events } from '@fugong/contract/events'
import type { Ctx } from '../../base/context.ts'
import { closeCertificate } from '../certificates/index.ts'
import { getEnterpriseOf } from '../enterprises/index.ts'
import { notify } from '../notices/index.ts'
import { decide, isInForce } from '../rules/index.ts'
import { LIFE_TABLE } from './after.actions.ts'
import { lockOfFirm } from './after.store.ts'
import { settle } from './standing.actions.ts'
import type { DeclarationRecord } from './store.ts'

export const LIFE_JOB = 'declarations.life'
const asked = ['closed', 'merged', 'moved', 'workplaceClosed', 'workplaceChanged'] as const
type LifeChange = (typeof asked)[number]
export interface LifePayload { change: LifeChange; enterpriseId: string; workplaceId: string | null; after: string | null }
/** Queues the look at a firm's filings when the register records a change that may end them. */
export function hearOfChange(ctx: Ctx, event: AnnouncedEvent): void {
  const { changeId, kind, workplaceId } = event.payload as Events['enterprise.changed']
  const change = asked.find((one) => one === kind)
  if (change) ctx.enqueue(LIFE_JOB, { change, enterpriseId: event.subject.id, workplaceId, after: null } satisfies LifePayload, { key: changeId })
}
const PER_RUN = 100
/** Some filings at a time, each batch one transaction: one that is killed is done again as a whole, and what was closed no longer counts. */
export async function followLife(system: Ctx, { change, enterpriseId, workplaceId, after }: LifePayload): Promise<void> {
  const rows = await lockOfFirm(system, { enterpriseId, workplaceId, after, limit: PER_RUN })
  for (const row of rows) await settleLife(system, row, change)
  if (rows.length === PER_RUN) system.enqueue(LIFE_JOB, { change, enterpriseId, workplaceId, after: rows.at(-1)!.id } satisfies LifePayload, { key: `${change} ${rows.at(-1)!.id}` })
}
async function settleLife(system: Ctx, row: DeclarationRecord, change: LifeChange): Promise<void> {
  const at = { table: LIFE_TABLE, areaCode: row.districtCode, kind: row.emergencyKind }
  if (!(await isInForce(system, at))) return
  const { workplace } = await getEnterpriseOf(system, row.enterpriseId, row.workplaceId)
  const decision = await decide(system, { ...at, inputs: { event: change, otherDistrict: workplace !== null && workplace.districtCode !== row.districtCode } })
  if (decision.outputs['outcome'] !== 'close') return
  await closeCertificate(system, { id: row.certificateId!, reason: decision.sentence.zh })
  await settle(system, row, { standing: 'closed', side: 'clock', by: null, unitId: null, reason: decision.sentence.zh, decision })
  if (row.reviewUnitId) await notify(system, { template: 'declaration.withdrawn', to: { unitId: row.reviewUnitId, verb: 'declaration.review' }, params: { firm: row.enterpriseName, workplace: row.workplaceName }, link: `/console/declarations/${row.id}`, about: { kind: 'declaration', id: row.id }, intent: 'closed' })
}
