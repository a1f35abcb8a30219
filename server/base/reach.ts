// The ways by which a scope reaches rows of a table, one by one, and opening a record to a unit: each is led by one column, so that an index of that column serves where "or" would keep all of them from serving.
import { sql, type RawBuilder } from 'kysely'
import type { Scope } from './auth.ts'
import type { Ctx } from './context.ts'
import type { ScopedTable } from './scope.ts'

/**
 * Conditions on the rows `alias` of a table that together say what `visibleTo` says and of which no two hold for one row:
 * counts and unions over them count no row twice. A look through another table is not among them.
 */
export function reachesOf(table: ScopedTable, { named, areas, departments, enterprises, person, units }: Scope, alias: string): RawBuilder<boolean>[] {
  if (named === 'system' || (named === 'public' && table.public)) return [sql<boolean>`true`]
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  const ways: RawBuilder<boolean>[] = []
  for (const area of areas.length ? (table.areas ?? []) : []) ways.push(sql<boolean>`${column(area)} = any (${areas}::text[])`)
  if (table.department && departments.length) ways.push(sql<boolean>`${column(table.department)} = any (${departments}::text[])`)
  if (table.enterprise && enterprises.length) ways.push(sql<boolean>`${column(table.enterprise)} = any (${enterprises}::uuid[])`)
  if (table.person && person) ways.push(sql<boolean>`${column(table.person)} = ${person}::uuid`)
  if (table.unit && units.length) ways.push(sql<boolean>`${column(table.unit)} = any (${units}::uuid[])`)
  if (table.openedTo && units.length) ways.push(sql<boolean>`${column(table.openedTo)} in (select o.record_id from base.opened_to o where o.unit_id = any (${units}::uuid[]))`)
  return ways.map((way, at) => (at === 0 ? way : sql<boolean>`${way} and ${sql.join(ways.slice(0, at).map((former) => sql`(${former}) is not true`), sql` and `)}`))
}

/** Which units were let in to which records; a unit reads its own rows. */
export const openedTable: ScopedTable = { table: 'base.opened_to', unit: 'unit_id' }
/**
 * Lets units reach records wherever those lie, for good: whoever once had a part in a matter can read how it ended.
 * `recordIds` are what scoped tables name in `openedTo`. Runs under the system's scope.
 */
export async function openTo(system: Ctx, recordIds: readonly string[], unitIds: readonly string[]): Promise<void> {
  await sql`insert into base.opened_to (record_id, unit_id, since) select r, u, ${system.now} from unnest(${[...recordIds]}::uuid[]) as r, unnest(${[...unitIds]}::uuid[]) as u on conflict do nothing`.execute(system.db)
}
