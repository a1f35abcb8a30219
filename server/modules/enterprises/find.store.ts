// SQL that finds firms by pieces: ranges of an index within the reader's own districts, zones and departments.
import type { Ctx } from '../../base/context.ts'
import type { Scope } from '../../base/auth.ts'
import { sql } from '../../base/db.ts'
import { COUNT_LIMIT } from '../../base/paging.ts'
import { reachesOf } from '../../base/reach.ts'
import { visibleTo } from '../../base/scope.ts'
import type { Search } from './find.rules.ts'
import { grams } from './policy.ts'

type Condition = ReturnType<typeof sql<boolean>>
/** Pieces that are read of one search; with more there are so many hits that the list read from its top shows a page soon. A firm may have several pieces, and totals stop at 10,000. */
const READ = COUNT_LIMIT * 1.5

/**
 * The ways by which a scope reaches pieces. Rows carry their district beside a street or zone, so a street is looked for
 * within its district, whose index there is.
 */
function reaches(scope: Scope): Condition[] {
  const streets = scope.areas.filter((code) => code.length > 6)
  const within = streets.length ? [sql<boolean>`g.district_code = any (${[...new Set(streets.map((code) => code.slice(0, 6)))]}::text[]) and g.street_code = any (${streets}::text[])`] : []
  // No row carries six digits as its street.
  const ways = reachesOf({ ...grams, areas: ['district_code', 'zone_code'] }, { ...scope, areas: scope.areas.filter((code) => code.length === 6) }, 'g')
  return [...ways, ...within]
}
/** Rows of pieces that a search finds within the scope, at most as many as are read at all; a firm may appear more than once. */
export function piecesFound(ctx: Ctx, { ranges }: Search) {
  const parts = reaches(ctx.scope).flatMap((way) => ranges.map(({ from, to }) =>
    sql`select g.enterprise_id, g.registered_at from enterprises.grams g where ${way} and g.gram >= ${from} and g.gram < ${to} and ${visibleTo(grams, ctx.scope, 'g')}`))
  return parts.length ? sql`(select * from (${sql.join(parts, sql` union all `)}) as pieces limit ${READ + 1})` : sql`(select null::uuid as enterprise_id, null::timestamptz as registered_at where false)`
}
/** What one look at the pieces tells: how many firms, the newest of them after a mark, and whether there were more pieces than are read. */
export async function lookFor(ctx: Ctx, search: Search, limit: number, after: { moment: string; id: string } | undefined): Promise<{ firms: number; ids: string[]; all: boolean }> {
  const from = after ? sql<boolean>`(registered_at, enterprise_id) < (${after.moment}::timestamptz, ${after.id}::uuid)` : sql<boolean>`true`
  const { rows } = await sql<{ read: number; firms: number; ids: string[] }>`
    with p as materialized ${piecesFound(ctx, search)}, f as materialized (select distinct registered_at, enterprise_id from p)
    select (select count(*)::int from p) as read, (select count(*)::int from f) as firms,
      array(select enterprise_id from f where ${from} order by registered_at desc, enterprise_id desc limit ${limit}) as ids`.execute(ctx.db)
  const { read, firms, ids } = rows[0]!
  return { firms, ids, all: read <= READ }
}
/** Holds the firm itself against the text: for a text longer than a piece, and where the list is read from its top. */
export function holds({ text, code }: Search): Condition {
  const code_ = code ? sql<boolean>` or strpos(e.credit_code, ${code}) > 0` : sql<boolean>``
  return sql<boolean>`(strpos(e.search_name, ${text}) > 0 or strpos(e.initials, ${text}) > 0${code_})`
}
