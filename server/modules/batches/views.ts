// Read models of plans: counts of batches and lists of firms beside how each stands with its declaration.
import type { BatchCounts, DeclaredState, MemberState } from '@fugong/contract/batches'
import { shanghaiDay } from '../../base/clock.ts'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import type { MemberRow } from './members.store.ts'
import { membersTable } from './policy.ts'

/** @public The schemas this file may name; the check of the house reads it. */
export const reads = ['declarations'] as const

// The newest declaration of the workplace under the plan's emergency; row-level security holds for it as for the firm itself.
const newest = sql`left join lateral (
  select d.id, case when d.certificate_id is not null then 'filed' when d.submitted_at is not null and d.state not in ('rejected', 'withdrawn') then 'declared' else 'none' end as standing
  from declarations.declarations d where d.enterprise_id = m.enterprise_id and d.workplace_id = m.workplace_id and d.emergency_id = m.emergency_id and d.state <> 'withdrawn'
  order by (d.certificate_id is not null) desc, d.created_at desc limit 1) n on true`
const declared = sql`coalesce(n.standing, 'none')`
const batchDay = sql`left join batches.batches b on b.id = m.batch_id`
const missed = (today: string) => sql`(m.open and b.day < ${today}::date and ${declared} = 'none')`
const state = sql`case when not m.open then 'out' when m.invited_day is null then 'planned' when m.invited_day is distinct from b.day then 'changed' else coalesce(m.answer, 'invited') end`

export type CountRow = BatchCounts & { planId: string; batchId: string | null; open: boolean; missed: number }
/** Firms of plans by batch, within the caller's scope. */
export async function countMembers(ctx: Ctx, planIds: readonly string[]): Promise<CountRow[]> {
  if (!planIds.length) return []
  const today = shanghaiDay(ctx.now)
  const told = sql`m.invited_day = b.day`
  return (await sql<CountRow>`select m.plan_id, m.batch_id, m.open, count(*)::int as firms, coalesce(sum(m.heads), 0)::int as heads, count(m.heads)::int as heads_known,
      count(*) filter (where ${told})::int as invited, count(*) filter (where ${told} and m.answer = 'ready')::int as ready, count(*) filter (where ${told} and m.answer = 'notReady')::int as not_ready, count(*) filter (where ${told} and m.answer = 'otherDay')::int as other_day,
      count(*) filter (where ${told} and m.answer is null)::int as unanswered, count(*) filter (where ${declared} <> 'none')::int as declared, count(*) filter (where ${declared} = 'filed')::int as filed, count(*) filter (where ${missed(today)})::int as missed
    from batches.members m ${batchDay} ${newest} where m.plan_id = any (${[...planIds]}::uuid[]) and ${visibleTo(membersTable, ctx.scope, 'm')} group by m.plan_id, m.batch_id, m.open`.execute(ctx.db)).rows
}
/** How each of some firms stands with its declaration. */
export async function declaredOf(ctx: Ctx, memberIds: readonly string[]): Promise<Map<string, { declared: DeclaredState; declarationId: string | null }>> {
  if (!memberIds.length) return new Map()
  const rows = (await sql<{ id: string; declared: DeclaredState; declarationId: string | null }>`select m.id, ${declared} as declared, n.id as declaration_id from batches.members m ${newest}
    where m.id = any (${[...memberIds]}::uuid[]) and ${visibleTo(membersTable, ctx.scope, 'm')}`.execute(ctx.db)).rows
  return new Map(rows.map(({ id, ...rest }) => [id, rest]))
}

export interface MemberFilter { batch?: string | undefined; state?: MemberState | undefined; declared?: DeclaredState | undefined; missed?: boolean | undefined; q?: string | undefined }
export type Listed = MemberRow & { day: string | null; state: MemberState; declared: DeclaredState; declarationId: string | null }
/** The firms of a plan that a filter chooses, for lists, counts and exports alike. */
export function membersWhere(ctx: Ctx, planId: string, filter: MemberFilter) {
  const all = [sql`m.plan_id = ${planId}::uuid`, visibleTo(membersTable, ctx.scope, 'm')]
  if (filter.batch === 'out') all.push(sql`not m.open`)
  else all.push(filter.batch === undefined ? sql`true` : filter.batch === 'none' ? sql`m.open and m.batch_id is null` : sql`m.open and m.batch_id = ${filter.batch}::uuid`)
  if (filter.state) all.push(sql`${state} = ${filter.state}`)
  if (filter.declared) all.push(sql`${declared} = ${filter.declared}`)
  if (filter.missed === true) all.push(missed(shanghaiDay(ctx.now)))
  if (filter.q) all.push(sql`(position(lower(${filter.q}) in lower(m.enterprise_name)) > 0 or position(upper(${filter.q}) in m.credit_code) > 0 or position(lower(${filter.q}) in lower(m.workplace_name)) > 0)`)
  return { from: sql`batches.members m ${batchDay} ${newest}`, where: sql.join(all, sql` and `), state, declared }
}
/** By priority, then by code; a mark names the last firm of a page, which tells its own place. */
export async function selectMembers(ctx: Ctx, planId: string, filter: MemberFilter, limit: number, after: Mark | undefined): Promise<Listed[]> {
  const { from, where } = membersWhere(ctx, planId, filter)
  const beyond = after ? sql`and (m.rank, m.credit_code, m.id) > (select k.rank, k.credit_code, k.id from batches.members k where k.id = ${after.id}::uuid)` : sql``
  return (await sql<Listed>`select m.*, b.day, ${state} as state, ${declared} as declared, n.id as declaration_id from ${from} where ${where} ${beyond} order by m.rank, m.credit_code, m.id limit ${limit}`.execute(ctx.db)).rows
}
export async function countListed(ctx: Ctx, planId: string, filter: MemberFilter): Promise<number> {
  const { from, where } = membersWhere(ctx, planId, filter)
  return (await sql<{ count: number }>`select count(*)::int as count from (select 1 from ${from} where ${where} limit ${COUNT_LIMIT + 1}) as counted`.execute(ctx.db)).rows[0]!.count
}
/** Districts in which firms of a plan work, within the caller's scope. */
export async function selectDistricts(ctx: Ctx, planId: string): Promise<string[]> {
  return (await sql<{ districtCode: string }>`select distinct m.district_code from batches.members m where m.plan_id = ${planId} and m.open and ${visibleTo(membersTable, ctx.scope, 'm')} order by 1`.execute(ctx.db)).rows.map((row) => row.districtCode)
}
