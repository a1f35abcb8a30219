// SQL of the list of firms: scope, filters, search by pairs of characters, keyset pages.
import type { EnterpriseRow as Listed } from '@fugong/contract/enterprises'
import type { Ctx } from '../../base/context.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT, type Mark } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import { enterprises, grams, workplaces } from './policy.ts'
import type { Search } from './rules.ts'

export interface ListFilter { found?: Candidates; district?: string; codeState?: Listed['codeState']; ids?: readonly string[] }
/** Firms that may match a search; `all` when they are too many to name, so that reading the list from its top finds them soon. */
export interface Candidates extends Search { byName: string[] | 'all'; byCode: string[] | 'all' }
type Condition = ReturnType<typeof sql<boolean>>

const NAMED_LIMIT = 500
/** Looks up the rarest pair of a search and the beginning of a code, each by equality or range in an index. */
export async function candidatesFor(ctx: Ctx, search: Search): Promise<Candidates> {
  const visible = visibleTo(grams, ctx.scope, 'g')
  const rarest = await sql<{ pair: string; times: number }>`
    select p.pair, (select count(*)::int from (select 1 from enterprises.grams g where g.gram = p.pair and ${visible} limit ${NAMED_LIMIT + 1}) as counted) as times
    from unnest(${search.pairs}::text[]) as p (pair) order by times limit 1`.execute(ctx.db)
  const { pair = '', times = 0 } = rarest.rows[0] ?? {}
  const byName = times > NAMED_LIMIT ? 'all' : await idsOf(ctx, sql`select distinct g.enterprise_id as id from enterprises.grams g where g.gram = ${pair} and ${visible}`)
  if (!search.codeFrom) return { ...search, byName, byCode: [] }
  const byCode = await idsOf(ctx, sql`select e.id from enterprises.enterprises e where ${startsWith(search.codeFrom)} and ${visibleTo(enterprises, ctx.scope, 'e')} limit ${NAMED_LIMIT + 1}`)
  return { ...search, byName, byCode: byCode.length > NAMED_LIMIT ? 'all' : byCode }
}
async function idsOf(ctx: Ctx, query: ReturnType<typeof sql>): Promise<string[]> {
  return ((await query.execute(ctx.db)).rows as { id: string }[]).map((row) => row.id)
}

/** Firms of a filter within the caller's scope, newest first; `limit` rows after `after`. */
export async function selectPage(ctx: Ctx, filter: ListFilter, limit: number, after?: Mark): Promise<Listed[]> {
  const from = after ? sql<boolean>`(e.registered_at, e.id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql<boolean>`true`
  const rows = await sql<Listed & { zh: string; en: string }>`
    select e.id, e.credit_code, e.name, e.industry_code, i.zh, i.en, e.class, e.kind, e.state, e.size, e.district_code, e.code_state, e.registered_at, e.sample,
      (select count(*)::int from enterprises.workplaces w where w.enterprise_id = e.id and w.open and ${visibleTo(workplaces, ctx.scope, 'w')}) as workplaces
    from enterprises.enterprises e join enterprises.industries i on i.code = e.industry_code
    where ${both(...conditions(ctx, filter), from)}
    order by e.registered_at desc, e.id desc limit ${limit}`.execute(ctx.db)
  return rows.rows.map(({ zh, en, ...row }) => ({ ...row, industry: { zh, en } }))
}
/** How many there are, counted up to one beyond the limit of counting. */
export async function countFirms(ctx: Ctx, filter: ListFilter): Promise<number> {
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from enterprises.enterprises e where ${both(...conditions(ctx, filter))} limit ${COUNT_LIMIT + 1}) as counted`.execute(ctx.db)
  return counted.rows[0]!.total
}

function conditions(ctx: Ctx, { found, district, codeState, ids }: ListFilter): Condition[] {
  const all = [visibleTo(enterprises, ctx.scope, 'e')]
  if (found) all.push(matching(found))
  if (district) all.push(sql<boolean>`(e.district_code = ${district} or e.elsewhere and exists (select 1 from enterprises.workplaces d where d.enterprise_id = e.id and d.open and d.district_code = ${district} and ${visibleTo(workplaces, ctx.scope, 'd')}))`)
  // A literal, so that the index of the waiting codes serves.
  if (codeState) all.push(sql<boolean>`e.code_state = ${sql.lit(codeState)}`)
  if (ids) all.push(among(ids))
  return all
}
function matching({ text, codeFrom, byName, byCode }: Candidates): Condition {
  const whole = sql<boolean>`strpos(e.search_name, ${text}) > 0`
  const name = byName === 'all' ? whole : both(among(byName), whole)
  if (!codeFrom) return name
  return sql<boolean>`(${name} or ${byCode === 'all' ? startsWith(codeFrom) : among(byCode)})`
}
const among = (ids: readonly string[]) => sql<boolean>`e.id = any (${[...ids]}::uuid[])`
/** As a range, which the index serves under row-level security; a pattern would not. */
const startsWith = (code: string) => sql<boolean>`(e.credit_code >= ${code} and e.credit_code < ${`${code}~`})`
const both = (...all: Condition[]) => sql<boolean>`${sql.join(all, sql` and `)}`
