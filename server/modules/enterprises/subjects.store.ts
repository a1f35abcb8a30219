// SQL that walks through all firms of some areas by identifier, for tables that are tried on them.
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { visibleTo } from '../../base/scope.ts'
import { enterprises } from './policy.ts'

export async function countSubjects(ctx: Ctx, areas: readonly string[]): Promise<number> {
  return (await sql<{ count: number }>`select count(*) as count from enterprises.enterprises where district_code = any (${[...areas]}::text[])`.execute(ctx.db)).rows[0]!.count
}
export interface SubjectRow { id: string; industryCode: string; districtCode: string; kind: string; staff: number | null; revenue: number | null; assets: number | null }
export async function selectSubjects(ctx: Ctx, areas: readonly string[], after: string | null, limit: number): Promise<SubjectRow[]> {
  return (await sql<SubjectRow>`select id, industry_code, district_code, kind, staff, revenue::float8 as revenue, assets::float8 as assets from enterprises.enterprises
    where district_code = any (${[...areas]}::text[]) and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(ctx.db)).rows
}
/** Names of the firms among these that the caller may see. */
export async function selectTitled(ctx: Ctx, ids: readonly string[]): Promise<{ id: string; name: string; streetCode: string }[]> {
  if (!ids.length) return []
  return (await sql<{ id: string; name: string; streetCode: string }>`select e.id, e.name, e.street_code from enterprises.enterprises as e
    where e.id = any (${[...ids]}::uuid[]) and ${visibleTo(enterprises, ctx.scope, 'e')}`.execute(ctx.db)).rows
}
