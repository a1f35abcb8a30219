// SQL of the lists, counts and search of declarations.
import { declarationStates, type DeclarationState, type FilingStanding } from '@fugong/contract/declarations'
import type { RiskLevel } from '@fugong/contract/levels'
import { systemScope } from '../../base/auth.ts'
import type { Ctx } from '../../base/context.ts'
import { sql, tables } from '../../base/db.ts'
import { gramsOf, searchKey } from '../../base/grams.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { reachesOf } from '../../base/reach.ts'
import { declarationsTable, visibleDeclarations } from './policy.ts'
import { waitingStates, type Search } from './rules.ts'
import type { DeclarationRecord, Tables } from './store.ts'

const columns = ['d.id', 'd.state', 'd.enterpriseId', 'd.enterpriseName', 'd.creditCode', 'd.workplaceName', 'd.scene', 'd.districtCode', 'd.streetCode', 'd.zoneCode', 'd.level', 'd.procedure', 'd.headcount', 'd.plannedDate', 'd.submittedAt', 'd.dueAt', 'd.certificateNumber', 'd.createdAt', 'd.gapLists'] as const
export type ListedRecord = Pick<DeclarationRecord, (typeof columns)[number] extends `d.${infer Name}` ? Name & keyof DeclarationRecord : never>
/** `due`: what waits, oldest due first; `created`: newest first. */
export type Order = 'due' | 'created'
export interface Filter { state?: DeclarationState; standing?: FilingStanding; district?: string; enterprise?: string; overdue?: boolean; search?: Search }

export function filtered(ctx: Ctx, { state, standing, district, enterprise, overdue, search }: Filter) {
  const waits = sql<boolean>`(d.state in (${sql.join(waitingStates.map((waiting) => sql.lit(waiting)))}) and d.due_at <= ${ctx.now.toISOString()}::timestamptz)`
  let query = tables<Tables>(ctx).selectFrom('declarations.declarations as d').where(visibleDeclarations(ctx, 'd'))
  // Written out, so that the partial index of what waits serves prepared statements too.
  if (state) query = query.where('d.state', '=', sql.lit(state))
  // The indexes of what no longer operates serve where the text says that it does not.
  if (standing) query = standing === 'operating' ? query.where('d.state', '=', sql.lit('filed')).where('d.standing', '=', standing) : query.where(sql<boolean>`d.standing = ${sql.lit(standing)} and d.standing <> 'operating'`)
  // Six digits are a district or a development zone, nine a street.
  if (district) query = query.where((on) => on.or([on('d.districtCode', '=', district), on('d.streetCode', '=', district), on('d.zoneCode', '=', district)]))
  if (enterprise) query = query.where('d.enterpriseId', '=', enterprise)
  if (overdue === true) query = query.where(waits)
  if (overdue === false) query = query.where(sql<boolean>`${waits} is not true`)
  if (search?.kind === 'code') query = query.where('d.creditCode', '>=', search.from).where('d.creditCode', '<', search.to)
  if (search?.kind === 'name') {
    const key = searchKey(search.text)
    // The grams find candidates through an index; the name itself settles whether they stand side by side. A firm looks through
    // its own few, drafts among them, which have no grams yet; offices find what was submitted.
    const office = ctx.scope.named === 'system' || ctx.scope.areas.length > 0 || ctx.scope.departments.length > 0
    if (office && [...key].length > 1) for (const gram of gramsOf(key)) query = query.where((on) => on.exists(on.selectFrom('declarations.grams as g').select('g.gram').where('g.gram', '=', gram).whereRef('g.declarationId', '=', 'd.id')))
    query = query.where(sql<boolean>`position(${key} in d.name_key) > 0`)
  }
  return query
}

export function selectPage(ctx: Ctx, filter: Filter, order: Order, limit: number, after: Mark | undefined): Promise<ListedRecord[]> {
  const query = filtered(ctx, filter).select([...columns]).limit(limit + 1)
  if (order === 'due') {
    const ordered = query.orderBy('d.dueAt').orderBy('d.id')
    return (after ? ordered.where(sql<boolean>`(d.due_at, d.id) > (${after.moment}::timestamptz, ${after.id}::uuid)`) : ordered).execute()
  }
  const ordered = query.orderBy('d.createdAt', 'desc').orderBy('d.id', 'desc')
  return (after ? ordered.where(sql<boolean>`(d.created_at, d.id) < (${after.moment}::timestamptz, ${after.id}::uuid)`) : ordered).execute()
}
export async function countUpToLimit(ctx: Ctx, filter: Filter): Promise<number> {
  return (await sql<{ count: number }>`select count(*)::int as count from (${counted(ctx, filter)}) as counted`.execute(ctx.db)).rows[0]!.count
}
/** A row for each, up to one beyond the limit; way by way, so that an index alone answers. */
function counted(ctx: Ctx, filter: Filter) {
  // A chosen area leads the index as well as the scope does, and is smaller; the scope is held against each row all the same.
  const areas = filter.district ? { ...systemScope, named: '' as const, areas: [filter.district] } : ctx.scope
  const ways = reachesOf(declarationsTable, areas, 'd').map((way) => sql`(${filtered(ctx, filter).where(way).select(sql<number>`1`.as('one'))})`)
  return ways.length ? sql`select * from (${sql.join(ways, sql` union all `)}) as ways limit ${COUNT_LIMIT + 1}` : sql`select 1 where false`
}
/** How many there are in each state and how many are overdue, in one statement; each stops counting one beyond the limit. */
export async function countByState(ctx: Ctx): Promise<{ states: Record<DeclarationState, number>; overdue: number }> {
  const number = (filter: Filter) => sql`(select count(*) from (${counted(ctx, filter)}) as counted)`
  const parts = [...declarationStates.map((state) => number({ state })), number({ overdue: true })]
  const { rows } = await sql<{ counts: number[] }>`select array[${sql.join(parts)}]::int[] as counts`.execute(ctx.db)
  const counts = rows[0]!.counts
  return { states: Object.fromEntries(declarationStates.map((state, i) => [state, counts[i]!])) as Record<DeclarationState, number>, overdue: counts.at(-1)! }
}
/** In which districts something waits that was judged by which level. */
export async function selectWaitingLevels(system: Ctx): Promise<{ districtCode: string; level: RiskLevel | null }[]> {
  return (await sql<{ districtCode: string; level: RiskLevel | null }>`select distinct district_code, level from declarations.declarations where state in (${sql.join(waitingStates.map((waiting) => sql.lit(waiting)))})`.execute(system.db)).rows
}
/** What waits there and was judged by that level, longest due first, locked; rows that someone is deciding on are passed over. */
export function lockOfLevel(system: Ctx, districtCode: string, level: RiskLevel | null, limit: number): Promise<DeclarationRecord[]> {
  return tables<Tables>(system).selectFrom('declarations.declarations as d').selectAll('d').where(waits('d')).where('d.districtCode', '=', districtCode).where('d.level', 'is not distinct from', level).orderBy('d.dueAt').orderBy('d.id').limit(limit).forUpdate().skipLocked().execute()
}
/** What waits for an office, by id. */
export async function selectWaitingAfter(system: Ctx, after: string | null, limit: number): Promise<Pick<DeclarationRecord, 'id' | 'dueAt'>[]> {
  return (await sql<Pick<DeclarationRecord, 'id' | 'dueAt'>>`select id, due_at from declarations.declarations where state in (${sql.join(waitingStates.map((waiting) => sql.lit(waiting)))}) and (${after}::uuid is null or id > ${after}::uuid) order by id limit ${limit}`.execute(system.db)).rows
}
export async function putDueAt(system: Ctx, id: string, dueAt: string): Promise<void> {
  await sql`update declarations.declarations set due_at = ${dueAt}::timestamptz where id = ${id}`.execute(system.db)
}
const waits = (alias: string) => sql<boolean>`${sql.ref(`${alias}.state`)} in (${sql.join(waitingStates.map((waiting) => sql.lit(waiting)))})`
