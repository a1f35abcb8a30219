// SQL of the roster's list: filters, search by name, initials and last four, summary and counts.
import type { RosterFilters, RosterState } from '@fugong/contract/people'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { counts, employments, entries } from './policy.ts'
import type { EmploymentRow } from './store.ts'

type Condition = ReturnType<typeof sql<boolean>>
export type Seek = { tail: Buffer } | { initials: string } | { name: string }
const conditions = (ctx: Ctx, enterpriseId: string, filters: RosterFilters): Condition => sql<boolean>`${visibleTo(employments, ctx.scope, 'e')} and e.enterprise_id = ${enterpriseId} and ${filterConditions(filters)}`
/** What a filter asks of a row; the scope stands beside it. */
export function filterConditions({ state, workplace, crew, dormitory, origin }: RosterFilters): Condition {
  // Whoever has left is shown when asked for.
  const all: Condition[] = [state ? sql<boolean>`e.state = ${state}` : sql<boolean>`e.state <> 'left'`]
  if (workplace) all.push(sql<boolean>`e.workplace_id = ${workplace}`)
  if (crew) all.push(sql<boolean>`e.crew = ${crew}`)
  if (dormitory) all.push(sql<boolean>`e.dormitory = ${dormitory}`)
  // 420000 is a province with all below it, 420100 a city, 420102 a county.
  if (origin) all.push(sql<boolean>`left(e.origin_code, ${origin.endsWith('0000') ? 2 : origin.endsWith('00') ? 4 : 6}::int) = ${origin.replace(/(0000|00)$/, '')}`)
  return sql<boolean>`${sql.join(all, sql` and `)}`
}
function seeking(seek: Seek): Condition {
  if ('tail' in seek) return sql<boolean>`(e.id_tail = ${seek.tail} or e.phone_tail = ${seek.tail})`
  // From the beginning of one of the ways in which the name is read.
  if ('initials' in seek) return sql<boolean>`position(${` ${seek.initials}`} in ' ' || e.initials) > 0`
  return sql<boolean>`position(${seek.name} in e.name) > 0`
}
/** Newest first. */
export async function selectRoster(ctx: Ctx, enterpriseId: string, filters: RosterFilters, limit: number, after?: Mark): Promise<EmploymentRow[]> {
  const from = after ? sql<boolean>`e.id < ${after.id}::uuid` : sql<boolean>`true`
  return (await sql<EmploymentRow>`select e.* from people.employments e where ${conditions(ctx, enterpriseId, filters)} and ${from} order by e.id desc limit ${limit}`.execute(ctx.db)).rows
}
export async function countRoster(ctx: Ctx, enterpriseId: string, filters: RosterFilters): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from (select 1 from people.employments e where ${conditions(ctx, enterpriseId, filters)} limit ${COUNT_LIMIT + 1}) as counted`.execute(ctx.db)).rows[0]!.total
}
export async function selectSought(ctx: Ctx, enterpriseId: string, filters: RosterFilters, seek: Seek, limit: number): Promise<EmploymentRow[]> {
  return (await sql<EmploymentRow>`select e.* from people.employments e where ${conditions(ctx, enterpriseId, filters)} and ${seeking(seek)} order by e.id desc limit ${limit}`.execute(ctx.db)).rows
}

export interface CountRow { enterpriseId: string; workplaceId: string; state: RosterState; people: number; districtCode: string; streetCode: string }
export async function selectFirmCounts(ctx: Ctx, enterpriseId: string): Promise<CountRow[]> {
  return (await sql<CountRow>`select c.enterprise_id, c.workplace_id, c.state, c.people, c.district_code, c.street_code from people.counts c where c.enterprise_id = ${enterpriseId} and c.people > 0 and ${visibleTo(counts, ctx.scope, 'c')}`.execute(ctx.db)).rows
}
/** The words that the roster of a firm uses; most first, at most 200 each. */
export async function selectWords(ctx: Ctx, enterpriseId: string): Promise<{ crews: string[]; dormitories: string[]; shifts: string[] }> {
  const words = (column: 'crew' | 'dormitory' | 'shift') => sql`array(select e.${sql.ref(column)} from people.employments e where e.enterprise_id = ${enterpriseId} and e.state <> 'left' and e.${sql.ref(column)} is not null and ${visibleTo(employments, ctx.scope, 'e')} group by 1 order by count(*) desc, 1 limit 200)`
  return (await sql<{ crews: string[]; dormitories: string[]; shifts: string[] }>`select ${words('crew')} as crews, ${words('dormitory')} as dormitories, ${words('shift')} as shifts`.execute(ctx.db)).rows[0]!
}
export async function selectOrigins(ctx: Ctx, enterpriseId: string): Promise<{ originCode: string; people: number }[]> {
  return (await sql<{ originCode: string; people: number }>`select e.origin_code, count(*)::int as people from people.employments e where e.enterprise_id = ${enterpriseId} and e.state <> 'left' and e.origin_code is not null and ${visibleTo(employments, ctx.scope, 'e')} group by 1 order by 2 desc, 1 limit 100`.execute(ctx.db)).rows
}
export async function countWaiting(ctx: Ctx, enterpriseId: string): Promise<number> {
  return (await sql<{ waiting: number }>`select count(*)::int as waiting from people.entries n where n.enterprise_id = ${enterpriseId} and n.state = 'waiting' and ${visibleTo(entries, ctx.scope, 'n')}`.execute(ctx.db)).rows[0]!.waiting
}

export interface AreaFilter { district?: string | undefined; street?: string | undefined }
const inArea = ({ district, street }: AreaFilter): Condition => sql<boolean>`(${district ?? null}::text is null or c.district_code = ${district ?? null}) and (${street ?? null}::text is null or c.street_code = ${street ?? null}) and c.people > 0`
/** Workplaces of an area with their counts, by firm, after a mark; one row for each workplace. */
export async function selectCounted(ctx: Ctx, filter: AreaFilter, limit: number, after?: { enterpriseId: string; workplaceId: string }): Promise<(Omit<CountRow, 'state' | 'people'> & { total: number; states: { state: RosterState; people: number }[] })[]> {
  const from = after ? sql<boolean>`(c.enterprise_id, c.workplace_id) > (${after.enterpriseId}::uuid, ${after.workplaceId}::uuid)` : sql<boolean>`true`
  return (await sql<Omit<CountRow, 'state' | 'people'> & { total: number; states: { state: RosterState; people: number }[] }>`
    select c.enterprise_id, c.workplace_id, min(c.district_code) as district_code, min(c.street_code) as street_code, sum(c.people) filter (where c.state <> 'left')::int as total, jsonb_agg(jsonb_build_object('state', c.state, 'people', c.people) order by c.state) as states
    from people.counts c where ${inArea(filter)} and ${from} and ${visibleTo(counts, ctx.scope, 'c')} group by c.enterprise_id, c.workplace_id having sum(c.people) filter (where c.state <> 'left') > 0
    order by c.enterprise_id, c.workplace_id limit ${limit}`.execute(ctx.db)).rows
}
export async function sumCounted(ctx: Ctx, filter: AreaFilter): Promise<{ states: { state: RosterState; people: number }[]; firms: number; workplaces: number }> {
  const where = sql<boolean>`${inArea(filter)} and ${visibleTo(counts, ctx.scope, 'c')}`
  const states = (await sql<{ state: RosterState; people: number }>`select c.state, sum(c.people)::int as people from people.counts c where ${where} group by 1`.execute(ctx.db)).rows
  const { firms, workplaces } = (await sql<{ firms: number; workplaces: number }>`select count(distinct c.enterprise_id)::int as firms, count(distinct c.workplace_id)::int as workplaces from people.counts c where ${where} and c.state <> 'left'`.execute(ctx.db)).rows[0]!
  return { states, firms, workplaces }
}
