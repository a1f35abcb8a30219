// SQL that walks through declarations that a table of procedures decides: under review, returned, awaiting a site check or filed.
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { visibleDeclarations } from './policy.ts'
import type { Route } from './route.rules.ts'
import type { DeclarationRecord, Tables } from './store.ts'

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
/** What waits and was submitted before there were cases, locked; every later submission has a route. */
export async function lockUnadopted(system: Ctx, limit: number): Promise<DeclarationRecord[]> {
  return tables<Tables>(system).selectFrom('declarations.declarations as d').selectAll('d').where('d.state', 'in', ['underReview', 'returned', 'siteCheckPending']).where(sql<boolean>`d.route is null`).orderBy('d.id').limit(limit).forUpdate().skipLocked().execute()
}
export async function keepRoute(system: Ctx, id: string, route: Route): Promise<void> {
  await sql`update declarations.declarations set route = ${JSON.stringify(route)}::jsonb, review_unit_id = ${route.steps[0]![0]!.unitId} where id = ${id}`.execute(system.db)
}
