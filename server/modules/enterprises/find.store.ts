// SQL that finds firms by pieces: ranges of an index within the reader's own districts, zones and departments.
import type { Ctx } from '../../base/context.ts'
import type { Scope } from '../../base/auth.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT } from '../../base/paging.ts'
import { visibleTo } from '../../base/scope.ts'
import type { Search } from './find.rules.ts'
import { grams } from './policy.ts'

type Condition = ReturnType<typeof sql<boolean>>
/** Up to so many pieces their firms are looked up one by one; of more, every hundredth firm of the city is a hit, and the list read from its top shows a page soon. */
const FEW = 3000
/** Pieces that are read to count the firms of a common search: a firm may have several. */
const COUNTED = Math.ceil(COUNT_LIMIT * 1.5)

/** The ways by which a scope reaches rows, each with the column that leads an index; together they are the scope. */
function reaches({ named, areas, departments, enterprises }: Scope): Condition[] {
  if (named === 'system') return [sql<boolean>`true`]
  const six = areas.filter((code) => code.length === 6)
  const streets = areas.filter((code) => code.length > 6)
  const ways: Condition[] = []
  if (six.length) ways.push(sql<boolean>`g.district_code = any (${six}::text[])`, sql<boolean>`g.zone_code = any (${six}::text[]) and g.district_code <> all (${six}::text[])`)
  if (streets.length) ways.push(sql<boolean>`g.district_code = any (${[...new Set(streets.map((code) => code.slice(0, 6)))]}::text[]) and g.street_code = any (${streets}::text[])`)
  if (departments.length) ways.push(sql<boolean>`g.department_key = any (${departments}::text[])`)
  if (enterprises.length) ways.push(sql<boolean>`g.enterprise_id = any (${enterprises}::uuid[])`)
  return ways
}
/** Rows of pieces that a search finds within the scope, as `enterprise_id`; a firm may appear more than once. */
export function piecesFound(ctx: Ctx, { ranges }: Search) {
  const parts = reaches(ctx.scope).flatMap((way) => ranges.map(({ from, to }) =>
    sql`select g.enterprise_id from enterprises.grams g where ${way} and g.gram >= ${from} and g.gram < ${to} and ${visibleTo(grams, ctx.scope, 'g')}`))
  return parts.length ? sql`${sql.join(parts, sql` union all `)}` : sql`select null::uuid as enterprise_id where false`
}
/** Whether a search finds so little that its firms are looked up one by one. */
export async function isRare(ctx: Ctx, search: Search): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (select 1 from (${piecesFound(ctx, search)}) as p limit ${FEW + 1}) as counted`.execute(ctx.db)
  return rows[0]!.n <= FEW
}
/** How many firms a common search finds, as far as its pieces are read; `more` when there are others. `matching` holds the firm `e` against further filters. */
export async function countCommon(ctx: Ctx, search: Search, matching: Condition | undefined): Promise<{ total: number; totalIsMore: boolean }> {
  const { rows } = await sql<{ read: number; firms: number }>`
    with p as materialized (select enterprise_id from (${piecesFound(ctx, search)}) as all_pieces limit ${COUNTED})
    select (select count(*)::int from p) as read, (select count(*)::int from (select distinct enterprise_id from p) as f
      ${matching ? sql`join enterprises.enterprises e on e.id = f.enterprise_id where ${matching}` : sql``}) as firms`.execute(ctx.db)
  const { read, firms } = rows[0]!
  return { total: Math.min(firms, COUNT_LIMIT), totalIsMore: read === COUNTED || firms > COUNT_LIMIT }
}
/** Holds the firm itself against the text: for a text longer than a piece, and where the list is read from its top. */
export function holds({ text, code }: Search): Condition {
  const code_ = code ? sql<boolean>` or strpos(e.credit_code, ${code}) > 0` : sql<boolean>``
  return sql<boolean>`(strpos(e.search_name, ${text}) > 0 or strpos(e.initials, ${text}) > 0${code_})`
}
