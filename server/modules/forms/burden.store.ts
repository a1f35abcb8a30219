// SQL on what was asked of firms.
import type { CompiledQuery } from 'kysely'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { newId } from '../../base/ids.ts'
import { visibleTo } from '../../base/scope.ts'
import { askingsTable } from './policy.ts'

export interface Asking { formCode: string; kind: string; version: number; fields: number; seconds: number; enterpriseId: string; districtCode: string; streetCode: string; zoneCode: string | null; departmentKey: string | null }
export interface Sums { submissions: number; firms: number; fields: number; seconds: number }

export function askingRow(ctx: Ctx, row: Asking): CompiledQuery {
  return sql`
    insert into forms.askings (id, form_code, kind, version, fields, seconds, enterprise_id, district_code, street_code, zone_code, department_key, at)
    values (${newId()}, ${row.formCode}, ${row.kind}, ${row.version}, ${row.fields}, ${row.seconds}, ${row.enterpriseId}, ${row.districtCode}, ${row.streetCode}, ${row.zoneCode}, ${row.departmentKey}, ${ctx.now})`.compile(ctx.db)
}
const sums = sql`count(*)::int as submissions, count(distinct enterprise_id)::int as firms, coalesce(sum(fields), 0)::int as fields, coalesce(sum(seconds), 0)::int as seconds`
const within = (ctx: Ctx, from: Date, to: Date) => sql`a.at >= ${from} and a.at < ${to} and ${visibleTo(askingsTable, ctx.scope, 'a')}`

export async function sumAll(ctx: Ctx, from: Date, to: Date): Promise<Sums> {
  return (await sql<Sums>`select ${sums} from forms.askings a where ${within(ctx, from, to)}`.execute(ctx.db)).rows[0]!
}
export async function sumByForm(ctx: Ctx, from: Date, to: Date): Promise<(Sums & { formCode: string; kind: string; version: number })[]> {
  return (await sql<Sums & { formCode: string; kind: string; version: number }>`select form_code, kind, version, ${sums} from forms.askings a where ${within(ctx, from, to)} group by form_code, kind, version`.execute(ctx.db)).rows
}
/** By the place that receives: the development zone where there is one, else the district. */
export async function sumByPlace(ctx: Ctx, from: Date, to: Date): Promise<(Sums & { districtCode: string; zoneCode: string | null })[]> {
  return (await sql<Sums & { districtCode: string; zoneCode: string | null }>`select min(district_code) as district_code, zone_code, ${sums} from forms.askings a where ${within(ctx, from, to)} group by zone_code, coalesce(zone_code, district_code) order by seconds desc`.execute(ctx.db)).rows
}
