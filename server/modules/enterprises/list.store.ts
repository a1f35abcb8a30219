// SQL of the list of firms: scope, filters, three orders, keyset pages, totals.
import type { EnterpriseOrder, EnterpriseRow as Listed } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT, totalOf, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { holds, lookFor, piecesFound } from './find.store.ts'
import type { Search } from './find.rules.ts'
import { assignments, enterprises, flags, workplaces } from './policy.ts'

export interface ListFilter {
  search?: Search | undefined; ids?: readonly string[] | undefined; district?: string | undefined; street?: string | undefined; zone?: string | undefined
  /** Codes of an industry and all below it. */
  industries?: readonly string[] | undefined
  size?: Listed['size'] | undefined; class?: Listed['class'] | undefined; kind?: Listed['kind'] | undefined; state?: Listed['state'] | undefined; codeState?: Listed['codeState'] | undefined
  flag?: string | undefined; department?: string | undefined; since?: Date | undefined; before?: Date | undefined; assignee?: 'mine' | 'none' | undefined
}
type Condition = ReturnType<typeof sql<boolean>>
export interface Page { rows: (Omit<Listed, 'assignee'> & { assigneeId: string | null })[]; total: number; totalIsMore: boolean }

/** Firms of a filter within the caller's scope: `limit` rows after `after` in an order, and how many there are in all. */
export async function selectPage(ctx: Ctx, filter: ListFilter, order: EnterpriseOrder, limit: number, after?: Mark): Promise<Page> {
  const { search } = filter
  const from = after ? await beyond(ctx, order, after) : sql<boolean>`true`
  const where = both(...conditions(ctx, filter))
  if (!search) {
    const rows = await rowsOf(ctx, sql`select e.* from enterprises.enterprises e where ${where} and ${from} order by ${orders[order]} limit ${limit}`, order)
    return { rows, ...totalOf(await count(ctx, where)) }
  }
  const further = !search.exact || Object.entries(filter).some(([name, value]) => name !== 'search' && value !== undefined)
  const look = await lookFor(ctx, search, limit, order === 'newest' ? after : undefined)
  if (look.all && !further && order === 'newest') return { rows: await rowsOf(ctx, of(ctx, look.ids), order), ...totalOf(look.firms) }
  const found = sql`select distinct enterprise_id from ${piecesFound(ctx, search)} as p`
  const matching = search.exact ? where : both(where, holds(search))
  if (look.all && look.firms <= FEW) {
    const { rows } = await sql<{ ids: string[]; total: number }>`
      with e as materialized (select e.id, e.registered_at, e.name, e.size_rank from (${found}) f join enterprises.enterprises e on e.id = f.enterprise_id where ${matching})
      select (select count(*)::int from e) as total, array(select e.id from e where ${from} order by ${orders[order]} limit ${limit}) as ids`.execute(ctx.db)
    return { rows: await rowsOf(ctx, of(ctx, rows[0]!.ids), order), ...totalOf(rows[0]!.total) }
  }
  const rows = await rowsOf(ctx, sql`select e.* from enterprises.enterprises e where ${where} and ${holds(search)} and ${from} order by ${orders[order]} limit ${limit}`, order)
  if (!further) return { rows, ...totalOf(look.all ? look.firms : COUNT_LIMIT + 1) }
  // Of a common search with filters, as many are counted as were read: a total that says there are more.
  const { rows: counted } = await sql<{ total: number }>`select count(*)::int as total from (${found}) f join enterprises.enterprises e on e.id = f.enterprise_id where ${matching}`.execute(ctx.db)
  return { rows, total: Math.min(counted[0]!.total, COUNT_LIMIT), totalIsMore: !look.all || counted[0]!.total > COUNT_LIMIT }
}
/** Up to so many firms of a search are looked up one by one to hold them against filters or to order them by name. */
const FEW = 5000
const of = (ctx: Ctx, ids: readonly string[]) => sql`select e.* from enterprises.enterprises e where ${among(ids)} and ${visibleTo(enterprises, ctx.scope, 'e')}`
/** The condition of a whole filter, its search included, for statements that read all of it. */
export async function conditionOf(ctx: Ctx, filter: ListFilter): Promise<Condition> {
  const { search } = filter
  const where = both(...conditions(ctx, filter))
  if (!search) return where
  const found = (await lookFor(ctx, search, 0, undefined)).all ? sql`e.id in (select enterprise_id from ${piecesFound(ctx, search)} as p) and` : sql``
  return sql<boolean>`${found} ${where} and ${holds(search)}`
}
/** Ids of all firms of a filter, newest first, at most `limit`. */
export async function selectIds(ctx: Ctx, filter: ListFilter, limit: number): Promise<string[]> {
  return (await sql<{ id: string }>`select e.id from enterprises.enterprises e where ${await conditionOf(ctx, filter)} order by ${orders.newest} limit ${limit}`.execute(ctx.db)).rows.map(({ id }) => id)
}

// ICU's order for Chinese is that of pinyin, with the usual reading of each character.
const byPinyin = sql`e.name collate "zh-x-icu"`
const orders = { newest: sql`e.registered_at desc, e.id desc`, name: sql`${byPinyin}, e.id`, size: sql`e.size_rank desc, e.registered_at desc, e.id desc` }
/** What comes after a mark; the marked firm tells its name and size itself, so that a cursor need not carry them. */
async function beyond(ctx: Ctx, order: EnterpriseOrder, { moment, id }: Mark): Promise<Condition> {
  if (order === 'newest') return sql<boolean>`(e.registered_at, e.id) < (${moment}::timestamptz, ${id}::uuid)`
  const marked = (await sql<{ name: string; sizeRank: number }>`select e.name, e.size_rank from enterprises.enterprises e where e.id = ${id} and ${visibleTo(enterprises, ctx.scope, 'e')}`.execute(ctx.db)).rows[0]
  // It went out of sight while the reader turned the page: the list has ended for them there.
  if (!marked) return sql<boolean>`false`
  return order === 'name' ? sql<boolean>`(${byPinyin}, e.id) > (${marked.name}::text collate "zh-x-icu", ${id}::uuid)` : sql<boolean>`(e.size_rank, e.registered_at, e.id) < (${marked.sizeRank}::smallint, ${moment}::timestamptz, ${id}::uuid)`
}
/** Everything that a list shows of the chosen firms. */
async function rowsOf(ctx: Ctx, chosen: ReturnType<typeof sql>, order: EnterpriseOrder): Promise<Page['rows']> {
  const unit = ctx.actor.kind === 'staff' ? (ctx.unit?.unitId ?? null) : null
  const rows = await sql<Page['rows'][number] & { zh: string; en: string }>`
    select e.id, e.credit_code, e.name, e.industry_code, i.zh, i.en, e.class, e.kind, e.state, e.size, e.district_code, e.street_code, e.zone_code, e.department, e.flags, e.code_state, e.registered_at, e.sample,
      ${unit ? sql`(select a.person_id from enterprises.assignments a where a.enterprise_id = e.id and a.unit_id = ${unit}::uuid and a.until_at is null and ${visibleTo(assignments, ctx.scope, 'a')})` : sql`null::uuid`} as assignee_id,
      (select count(*)::int from enterprises.workplaces w where w.enterprise_id = e.id and w.open and ${visibleTo(workplaces, ctx.scope, 'w')}) as workplaces
    from (${chosen}) as e join enterprises.industries i on i.code = e.industry_code order by ${orders[order]}`.execute(ctx.db)
  return rows.rows.map(({ zh, en, ...row }) => ({ ...row, industry: { zh, en } }))
}
async function count(ctx: Ctx, where: Condition): Promise<number> {
  return (await sql<{ total: number }>`select count(*)::int as total from (select 1 from enterprises.enterprises e where ${where} limit ${COUNT_LIMIT + 1}) as counted`.execute(ctx.db)).rows[0]!.total
}

function conditions(ctx: Ctx, filter: ListFilter): Condition[] {
  const { ids, district, street, zone, industries, size, class: rank, kind, state, codeState, flag, department, since, before, assignee } = filter
  const all = [visibleTo(enterprises, ctx.scope, 'e')]
  if (ids) all.push(among(ids))
  if (district) all.push(sql<boolean>`(e.district_code = ${district} or e.zone_code = ${district} or e.elsewhere and exists (select 1 from enterprises.workplaces d where d.enterprise_id = e.id and d.open and (d.district_code = ${district} or d.zone_code = ${district}) and ${visibleTo(workplaces, ctx.scope, 'd')}))`)
  if (street) all.push(lying(ctx, 'street_code', street))
  if (zone) all.push(lying(ctx, 'zone_code', zone))
  if (industries) all.push(sql<boolean>`e.industry_code = any (${[...industries]}::text[])`)
  if (size) all.push(sql<boolean>`e.size = ${size}`)
  // Literals, so that the indexes of the few serve.
  if (rank) all.push(sql<boolean>`e.class = ${sql.lit(rank)}`)
  if (state) all.push(sql<boolean>`e.state = ${sql.lit(state)}`)
  if (codeState) all.push(sql<boolean>`e.code_state = ${sql.lit(codeState)}`)
  if (kind) all.push(sql<boolean>`e.kind = ${kind}`)
  if (flag) all.push(sql<boolean>`e.id in (select f.enterprise_id from enterprises.flags f where f.code = ${flag} and f.ended_at is null and ${visibleTo(flags, ctx.scope, 'f')})`)
  if (department) all.push(sql<boolean>`e.department = ${department}`)
  if (since) all.push(sql<boolean>`e.registered_at >= ${since}`)
  if (before) all.push(sql<boolean>`e.registered_at < ${before}`)
  const looked = sql`select a.enterprise_id from enterprises.assignments a where a.until_at is null and ${visibleTo(assignments, ctx.scope, 'a')}`
  if (assignee === 'mine') all.push(sql<boolean>`e.id in (${looked} and a.person_id = ${ctx.actor.personId}::uuid)`)
  if (assignee === 'none') all.push(sql<boolean>`not exists (${looked} and a.enterprise_id = e.id and a.unit_id = ${ctx.unit?.unitId ?? null}::uuid)`)
  return all
}
/** Registered there or with an open workplace there; a set of ids, because "or" would keep both indexes from serving. */
function lying(ctx: Ctx, column: 'street_code' | 'zone_code', code: string): Condition {
  return sql<boolean>`e.id in (select o.id from enterprises.enterprises o where ${sql.ref(`o.${column}`)} = ${code}
    union select w.enterprise_id from enterprises.workplaces w where w.open and ${sql.ref(`w.${column}`)} = ${code} and ${visibleTo(workplaces, ctx.scope, 'w')})`
}
const among = (ids: readonly string[]) => sql<boolean>`e.id = any (${[...ids]}::uuid[])`
const both = (...all: Condition[]) => sql<boolean>`${sql.join(all, sql` and `)}`
