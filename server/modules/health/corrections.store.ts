// SQL of corrections: the rows they correct, held; the next versions; what moves in the counts.
import type { Ctx } from '../../base/context.ts'
import { ask, statement } from '../../base/db.ts'
import { arrayOf, slotsOf, type NewReport } from './batch.store.ts'

type Slot = Pick<NewReport, 'enterpriseId' | 'employmentId' | 'day' | 'slot'>
export interface Corrected { row: NewReport; version: number; position: number; /** Where the person stood in the counts. */ before: { workplaceId: string; level: number } }
/** What stands for these slots, held until the transaction ends, in one order everywhere. */
export function lockStanding(system: Ctx, slots: readonly Slot[]): Promise<{ employmentId: string; day: string; slot: 1 | 2; version: number; workplaceId: string; level: number }[]> {
  return ask(system, `select r.employment_id, r.day, r.slot, r.version, r.workplace_id, r.level from health.reports r
    where (enterprise_id, employment_id, day, slot) in (select * from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[])) order by r.enterprise_id, r.employment_id, r.day, r.slot for update`, slotsOf(slots))
}
/** Puts the next versions in their place; a trigger keeps what stood there. */
export async function correctReports(system: Ctx, batchId: number, corrected: readonly Corrected[]): Promise<void> {
  const rows = corrected.map(({ row }) => row)
  const done = await ask(system, `update health.reports r set workplace_id = g.workplace_id, level = g.level, rule = g.rule, binding_id = g.binding_id, version = g.version, position = g.position,
      batch_id = $11::bigint, accepted_at = $12::timestamptz, commitment = substring($13::bytea from (g.n::integer - 1) * 32 + 1 for 32)
    from unnest($1::uuid[], $2::uuid[], $3::date[], $4::smallint[], $5::uuid[], $6::smallint[], $7::smallint[], $8::uuid[], $9::smallint[], $10::smallint[]) with ordinality
      as g (enterprise_id, employment_id, day, slot, workplace_id, level, rule, binding_id, version, position, n)
    where r.enterprise_id = g.enterprise_id and r.employment_id = g.employment_id and r.day = g.day and r.slot = g.slot returning r.slot`, [
    ...slotsOf(rows), arrayOf(rows.map((row) => row.workplaceId)), arrayOf(rows.map((row) => row.level)), arrayOf(rows.map((row) => row.rule)), arrayOf(rows.map((row) => row.bindingId)),
    arrayOf(corrected.map(({ version }) => version)), arrayOf(corrected.map(({ position }) => position)), batchId, system.now, Buffer.concat(rows.map((row) => row.commitment)),
  ])
  if (done.length !== corrected.length) throw new Error('a report that is corrected was held and is gone')
}
/** One less in the cell where each person stood, one more where they stand now; with the commit. */
export function moveCounts(system: Ctx, batchId: number, corrected: readonly Corrected[]): void {
  const moved = corrected.flatMap(({ row, before }) => row.level === before.level && row.workplaceId === before.workplaceId ? [] : [{ ...row, ...before, amount: -1 }, { ...row, amount: 1 }])
  if (!moved.length) return
  const of = (value: (one: (typeof moved)[number]) => string | number) => arrayOf(moved.map(value))
  system.alongside(statement('insert into health.deltas (batch_id, days, slots, enterprises, workplaces, levels, amounts) values ($1, $2::date[], $3::smallint[], $4::uuid[], $5::uuid[], $6::smallint[], $7::smallint[])',
    [batchId, of((one) => one.day), of((one) => one.slot), of((one) => one.enterpriseId), of((one) => one.workplaceId), of((one) => one.level), of((one) => one.amount)]))
}
