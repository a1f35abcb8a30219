// SQL of a person's own days: what stands for each slot, who said it, and the envelope that holds an answer. Runs as the system.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { BindingRow } from './phones.store.ts'

type Whose = Pick<BindingRow, 'enterpriseId' | 'employmentId'>
export interface OwnReport { day: string; slot: 1 | 2; version: number; level: number; batchId: number; position: number; acceptedAt: string; relation: BindingRow['relation'] }
/** What stands from a day on, the newest first. */
export async function selectOwn(system: Ctx, { enterpriseId, employmentId }: Whose, from: string): Promise<OwnReport[]> {
  return (await sql<OwnReport>`select r.day, r.slot, r.version, r.level, r.batch_id, r.position, r.accepted_at, coalesce(b.relation, 'self') as relation from health.reports r left join health.bindings b on b.id = r.binding_id
    where r.enterprise_id = ${enterpriseId} and r.employment_id = ${employmentId} and r.day >= ${from}::date order by r.day desc, r.slot desc`.execute(system.db)).rows
}
export async function findEnvelope(system: Ctx, day: string, batchId: number): Promise<Buffer | undefined> {
  return (await sql<{ sealed: Buffer }>`select sealed from health.envelopes where day = ${day}::date and batch_id = ${batchId}`.execute(system.db)).rows[0]?.sealed
}
