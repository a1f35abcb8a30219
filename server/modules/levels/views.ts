// The map of levels: every district with the level it has at a moment and the next change already set.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import type { RecordRow } from './store.ts'

/** @public The schemas this file may name; the check of the house reads it. */
export const reads = ['areas'] as const

export interface DistrictLevels { areaCode: string; current: RecordRow | null; coming: RecordRow | null }
type Row = { areaCode: string; current: SealedRow | null; coming: SealedRow | null }
/** Rows inside JSON keep the names of their columns. */
interface SealedRow { id: string; area_code: string; level: RecordRow['level']; effective_from: string; document_no: string; reason: string; emergency_id: string | null; set_by: string | null; set_by_name: string; set_by_unit: string; set_by_unit_en: string | null; set_at: string; sample: boolean }

export async function selectDistrictLevels(ctx: Ctx, at: Date): Promise<DistrictLevels[]> {
  const rows = await sql<Row>`
    select a.code as area_code, to_jsonb(now_in_force) as current, to_jsonb(next) as coming
    from areas.areas a
    left join lateral (
      select * from levels.records r where r.area_code = a.code and r.effective_from <= ${at}
      order by r.effective_from desc, r.set_at desc, r.id desc limit 1) now_in_force on true
    left join lateral (
      select * from levels.records r where r.area_code = a.code and r.effective_from > ${at}
      order by r.effective_from, r.set_at desc, r.id desc limit 1) next on true
    where a.kind = 'district' order by a.code`.execute(ctx.db)
  return rows.rows.map((row) => ({ areaCode: row.areaCode, current: open(row.current), coming: open(row.coming) }))
}
function open(row: SealedRow | null): RecordRow | null {
  if (!row) return null
  return {
    id: row.id, areaCode: row.area_code, level: row.level, effectiveFrom: new Date(row.effective_from).toISOString(), documentNo: row.document_no, reason: row.reason, emergencyId: row.emergency_id,
    setBy: row.set_by, setByName: row.set_by_name, setByUnit: row.set_by_unit, setByUnitEn: row.set_by_unit_en, setAt: new Date(row.set_at).toISOString(), sample: row.sample,
  }
}
