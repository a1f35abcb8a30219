// SQL of the list of firms: scope, filters, search by pairs of characters, keyset pages.
import type { EnterpriseRow as Listed } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { enterprises, grams, workplaces } from './policy.ts'
import type { Search } from './rules.ts'

export interface ListFilter { search?: Search; district?: string; codeState?: Listed['codeState']; ids?: readonly string[] }
type Condition = ReturnType<typeof sql<boolean>>

/** Firms of a filter within the caller's scope, newest first; `limit` rows after `after`. */
export async function selectPage(ctx: Ctx, filter: ListFilter, limit: number, after?: Mark): Promise<Listed[]> {
  const from = after ? sql<boolean>`(e.registered_at, e.id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql<boolean>`true`
  const rows = await sql<Listed & { zh: string; en: string }>`
    select e.id, e.credit_code, e.name, e.industry_code, i.zh, i.en, e.class, e.district_code, e.code_state, e.registered_at, e.sample,
      (select count(*)::int from enterprises.workplaces w where w.enterprise_id = e.id and ${visibleTo(workplaces, ctx.scope, 'w')}) as workplaces
    from enterprises.enterprises e join enterprises.industries i on i.code = e.industry_code
    where ${both(...conditions(ctx, filter), from)}
    order by e.registered_at desc, e.id desc limit ${limit}`.execute(ctx.db)
  return rows.rows.map(({ zh, en, ...row }) => ({ ...row, industry: { zh, en } }))
}
/** How many there are, counted up to one beyond the limit of counting. */
export async function countFirms(ctx: Ctx, filter: ListFilter): Promise<number> {
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from enterprises.enterprises e where ${both(...conditions(ctx, filter))} limit ${COUNT_LIMIT + 1}) as first_rows`.execute(ctx.db)
  return counted.rows[0]!.total
}

function conditions(ctx: Ctx, { search, district, codeState, ids }: ListFilter): Condition[] {
  const found = [visibleTo(enterprises, ctx.scope, 'e')]
  if (search) found.push(matching(ctx, search))
  if (district) found.push(sql<boolean>`exists (select 1 from enterprises.workplaces d where d.enterprise_id = e.id and d.district_code = ${district} and ${visibleTo(workplaces, ctx.scope, 'd')})`)
  if (codeState) found.push(sql<boolean>`e.code_state = ${codeState}`)
  if (ids) found.push(sql<boolean>`e.id = any (${[...ids]}::uuid[])`)
  return found
}
/** By name: every pair of neighbouring characters occurs, and so does the whole. By code: a range of the index. */
function matching(ctx: Ctx, search: Search): Condition {
  const named = search.pairs.map((pair) => sql<boolean>`n.id in (select g.enterprise_id from enterprises.grams g where g.gram = ${pair} and ${visibleTo(grams, ctx.scope, 'g')})`)
  const byName = sql`select n.id from enterprises.enterprises n where ${both(...named, sql<boolean>`strpos(n.search_name, ${search.text}) > 0`)}`
  if (!search.codeFrom) return sql<boolean>`e.id in (${byName})`
  return sql<boolean>`e.id in (${byName} union all select c.id from enterprises.enterprises c where c.credit_code >= ${search.codeFrom} and c.credit_code < ${`${search.codeFrom}~`})`
}
const both = (...all: Condition[]) => sql<boolean>`${sql.join(all, sql` and `)}`
