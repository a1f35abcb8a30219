// SQL that walks through declarations that a table of procedures decides: under review, returned, awaiting a site check or filed.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleDeclarations } from './policy.ts'
import type { DeclarationRecord } from './store.ts'

interface Asked { kind: string | null; areas: readonly string[] }
const decided = ({ kind, areas }: Asked) => sql`d.state in ('underReview', 'returned', 'siteCheckPending', 'filed') and d.district_code = any (${[...areas]}::text[]) and (${kind}::text is null or d.emergency_kind = ${kind}::text)`

export async function countSubjects(ctx: Ctx, asked: Asked): Promise<number> {
  return (await sql<{ count: number }>`select count(*) as count from declarations.declarations as d where ${decided(asked)}`.execute(ctx.db)).rows[0]!.count
}
export type SubjectRow = Pick<DeclarationRecord, 'id' | 'districtCode' | 'zoneCode' | 'industryCode' | 'enterpriseClass' | 'enterpriseKind' | 'enterpriseSize' | 'whiteList' | 'acrossDistricts' | 'operatorId' | 'scene' | 'level' | 'procedure' | 'emergencyKind'>
export async function selectSubjects(ctx: Ctx, { after, limit, ...asked }: Asked & { after: string | null; limit: number }): Promise<SubjectRow[]> {
  return (await sql<SubjectRow>`select d.id, d.district_code, d.zone_code, d.industry_code, d.enterprise_class, d.enterprise_kind, d.enterprise_size, d.white_list, d.across_districts, d.operator_id, d.scene, d.level, d.procedure, d.emergency_kind from declarations.declarations as d
    where ${decided(asked)} and (${after}::uuid is null or d.id > ${after}::uuid) order by d.id limit ${limit}`.execute(ctx.db)).rows
}
export type TitledRow = Pick<DeclarationRecord, 'id' | 'enterpriseId' | 'enterpriseName' | 'workplaceName' | 'streetCode' | 'level' | 'plannedDate' | 'gapLists'>
/** Names of the declarations among these that the caller may see. */
export async function selectTitled(ctx: Ctx, ids: readonly string[]): Promise<TitledRow[]> {
  if (!ids.length) return []
  return (await sql<TitledRow>`select d.id, d.enterprise_id, d.enterprise_name, d.workplace_name, d.street_code, d.level, d.planned_date, d.gap_lists from declarations.declarations as d
    where d.id = any (${[...ids]}::uuid[]) and ${visibleDeclarations(ctx, 'd')}`.execute(ctx.db)).rows
}
