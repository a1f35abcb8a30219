// The ways by which a scope reaches rows of a table, one by one: each is led by one column, so that an index of that column serves where "or" would keep all of them from serving.
import { sql, type RawBuilder } from 'kysely'
import type { Scope } from './auth.ts'
import type { ScopedTable } from './scope.ts'

/**
 * Conditions on the rows `alias` of a table that together say what `visibleTo` says and of which no two hold for one row:
 * counts and unions over them count no row twice. A look through another table is not among them.
 */
export function reachesOf(table: ScopedTable, { named, areas, departments, enterprises, person }: Scope, alias: string): RawBuilder<boolean>[] {
  if (named === 'system' || (named === 'public' && table.public)) return [sql<boolean>`true`]
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const ways: RawBuilder<boolean>[] = []
  for (const area of areas.length ? (table.areas ?? []) : []) ways.push(sql<boolean>`${column(area)} = any (${areas}::text[])`)
  if (table.department && departments.length) ways.push(sql<boolean>`${column(table.department)} = any (${departments}::text[])`)
  if (table.enterprise && enterprises.length) ways.push(sql<boolean>`${column(table.enterprise)} = any (${enterprises}::uuid[])`)
  if (table.person && person) ways.push(sql<boolean>`${column(table.person)} = ${person}::uuid`)
  return ways.map((way, at) => (at === 0 ? way : sql<boolean>`${way} and ${sql.join(ways.slice(0, at).map((former) => sql`(${former}) is not true`), sql` and `)}`))
}
