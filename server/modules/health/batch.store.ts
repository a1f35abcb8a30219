// SQL of the intake, one statement for many reports: whom phones may report for, what is added, what was there already.
import type { Ctx } from '../../base/context.ts'
import { ask, statement } from '../../base/db.ts'

/** What a bound phone may report for, and what triage needs beside the answers. */
export interface Subject {
  bindingId: string; employmentId: string; enterpriseId: string; workplaceId: string; districtCode: string; emergencyKind: string
  originLevel: 'none' | 'low' | 'medium' | 'high' | 'unlisted'; observed: boolean; exposed: boolean; missed: number; active: boolean
  /** The colour they have now, as a number. */
  colour: number
}
// Values are ids, days and numbers: written out here they need no quotes, and the driver has nothing to convert.
export const arrayOf = (values: readonly (string | number)[]): string => `{${values.join(',')}}`

/** What of a person's standing has run out by `today` counts no longer. */
export function selectSubjects(system: Ctx, bindingIds: readonly string[], today: string): Promise<Subject[]> {
  return ask<Subject>(system, `select b.id as binding_id, s.employment_id, s.enterprise_id, s.workplace_id, s.district_code, s.emergency_kind, case when s.origin_until < $2::date then 'none' else s.origin_level end as origin_level,
    s.observed and (s.observed_until is null or s.observed_until >= $2::date) as observed, s.exposed and (s.exposed_until is null or s.exposed_until >= $2::date) as exposed, s.missed, s.active, s.level as colour
    from health.bindings b join health.subjects s on s.employment_id = b.employment_id where b.id = any ($1::uuid[]) and b.revoked_at is null`, [arrayOf(bindingIds), today])
}

/** One judged report on its way into the table. */
export interface NewReport { bindingId: string; employmentId: string; enterpriseId: string; workplaceId: string; day: string; slot: 1 | 2; level: number; rule: number; commitment: Buffer }
const ADD = `with given as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::date[], $5::smallint[], $6::smallint[], $7::smallint[], $8::uuid[]) with ordinality
    as g (enterprise_id, employment_id, workplace_id, day, slot, level, rule, binding_id, n)
), added as (
  insert into health.reports (enterprise_id, employment_id, day, slot, workplace_id, level, rule, position, binding_id, batch_id, accepted_at, commitment)
  select enterprise_id, employment_id, day, slot, workplace_id, level, rule, n - 1, binding_id, $9::bigint, $10::timestamptz, substring($11::bytea from (n::integer - 1) * 32 + 1 for 32) from given
  on conflict do nothing returning position, day, slot, enterprise_id, workplace_id, level
), waiting as (
  insert into health.deltas (batch_id, days, slots, enterprises, workplaces, levels)
  select $9::bigint, array_agg(day), array_agg(slot), array_agg(enterprise_id), array_agg(workplace_id), array_agg(level) from added having count(*) > 0
)
select position from added`
/** Adds the reports that are new, with what they add to the counts, in one statement; answers their places in the batch. */
export async function addReports(system: Ctx, batchId: number, acceptedAt: Date, reports: readonly NewReport[]): Promise<Set<number>> {
  const rows = await ask<{ position: number }>(system, ADD, [
    arrayOf(reports.map((one) => one.enterpriseId)), arrayOf(reports.map((one) => one.employmentId)), arrayOf(reports.map((one) => one.workplaceId)), arrayOf(reports.map((one) => one.day)),
    arrayOf(reports.map((one) => one.slot)), arrayOf(reports.map((one) => one.level)), arrayOf(reports.map((one) => one.rule)), arrayOf(reports.map((one) => one.bindingId)),
    batchId, acceptedAt, Buffer.concat(reports.map((one) => one.commitment)),
  ])
  return new Set(rows.map((row) => row.position))
}

export interface NewBatch { id: number; acceptedOn: string; acceptedAt: Date; positions: readonly number[]; leaves: readonly Buffer[]; root: Buffer; /** Sealed answers by day. */ envelopes: ReadonlyMap<string, Buffer> }
/** Leaves and sealed answers of what was added; they travel with the commit. */
export function addBatch(system: Ctx, batch: NewBatch): void {
  system.alongside(statement('insert into health.batches (id, accepted_on, accepted_at, positions, leaves, root) values ($1, $2, $3, $4::smallint[], $5, $6)', [batch.id, batch.acceptedOn, batch.acceptedAt, arrayOf(batch.positions), Buffer.concat(batch.leaves), batch.root]))
  for (const [day, sealed] of batch.envelopes) system.alongside(statement('insert into health.envelopes (day, batch_id, sealed) values ($1, $2, $3)', [day, batch.id, sealed]))
}

/** One version of a report that is kept. `acceptedAt` is an ISO text. */
export interface Standing { employmentId: string; day: string; slot: 1 | 2; version: number; level: number; rule: number; position: number; batchId: number; acceptedAt: string; commitment: Buffer }
type Slots = readonly Pick<NewReport, 'enterpriseId' | 'employmentId' | 'day' | 'slot'>[]
/** The key of many rows as four arrays. */
export const slotsOf = (rows: Slots): string[] => [arrayOf(rows.map((one) => one.enterpriseId)), arrayOf(rows.map((one) => one.employmentId)), arrayOf(rows.map((one) => one.day)), arrayOf(rows.map((one) => one.slot))]
const VERSION = 'r.employment_id, r.day, r.slot, r.version, r.level, r.rule, r.position, r.batch_id, r.accepted_at, r.commitment'
/** Every version of these slots, the latest last. */
export function selectVersions(system: Ctx, rows: Slots): Promise<Standing[]> {
  return ask<Standing>(system, `with g (enterprise_id, employment_id, day, slot) as (select distinct * from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[]))
    select ${VERSION} from g join health.reports r using (enterprise_id, employment_id, day, slot)
    union all select ${VERSION} from g join health.superseded r using (enterprise_id, employment_id, day, slot) order by version`, slotsOf(rows))
}
