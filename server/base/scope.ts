// Which rows of a table a scope reaches: one description yields the query predicate and the row-level security policy.
import { sql, type RawBuilder } from 'kysely'
import type { Scope } from './auth.ts'

export interface ScopedTable {
  /** `schema.table`. */
  table: string
  /** Column with the owning enterprise (uuid). */
  enterprise?: string
  /** Columns with area codes (text): district, street, development zone. */
  areas?: string[]
  /** Column with `district/department` (text). */
  department?: string
  /** Column with the person the row belongs to (uuid). */
  person?: string
  /** Column with the organisation unit the row belongs to (uuid). */
  unit?: string
  /**
   * Column with the record under whose id units were let in (`openTo`): its own id, or that of the record it is part of.
   * A unit that has a part in a matter reaches it so, and all that hangs on it, wherever it lies.
   */
  openedTo?: string
  /**
   * The row is also reached by whoever reaches a row of `table` whose `column` equals this row's `own` column (uuid):
   * a firm through its workplaces. `when` is a boolean column that says whether such a look is worth it at all,
   * `only` a boolean column of the other table whose rows alone count (workplaces that are open).
   */
  through?: { table: ScopedTable; column: string; own: string; when: string; only?: string }
  /** True when anyone may read the row (nothing personal in it). */
  public?: true
}
type Values = { named: string; person: string; areas: string; departments: string; enterprises: string; units: string }

function clauses(table: ScopedTable, values: Values, column: (name: string) => string): string[] {
  const found: string[] = []
  if (table.enterprise) found.push(`${column(table.enterprise)} = any (${values.enterprises})`)
  for (const area of table.areas ?? []) found.push(`${column(area)} = any (${values.areas})`)
  if (table.department) found.push(`${column(table.department)} = any (${values.departments})`)
  if (table.person) found.push(`${column(table.person)} = ${values.person}`)
  if (table.unit) found.push(`${column(table.unit)} = any (${values.units})`)
  return found
}

// Sub-selects are evaluated once a query, not once a row.
const setting = (name: string) => `(select current_setting('app.${name}', true))`
const list = (name: string, type: string) => `((select string_to_array(nullif(current_setting('app.${name}', true), ''), ','))::${type}[])`
const fromSettings: Values = {
  named: setting('named'), person: `nullif(${setting('person')}, '')::uuid`,
  areas: list('areas', 'text'), departments: list('departments', 'text'), enterprises: list('enterprises', 'uuid'), units: list('units', 'uuid'),
}

// The look is taken for the few rows that need it. Left free, the planner reads the whole other table into a hash for them
// (340 ms for a district of 90,000 workplaces); a sub-select with an offset it leaves alone.
const ROW_BY_ROW = 'offset 0'
/** Whether a record was opened to one of these units. The long name is nobody's alias: a short one would hide that of the query it stands in. */
const opened = (record: string, units: string) => `exists (select 1 from base.opened_to as opened_to_unit where opened_to_unit.record_id = ${record} and opened_to_unit.unit_id = any (${units}) ${ROW_BY_ROW})`

/** Statements that put the policy of a table in place, replacing an older one. */
export function policyStatements(table: ScopedTable): string[] {
  const own = clauses(table, fromSettings, (name) => name)
  // Without units nobody looks; with them one look in an index for a row that nothing else opens.
  if (table.openedTo) own.push(`${fromSettings.units} is not null and ${opened(`${table.table}.${table.openedTo}`, fromSettings.units)}`)
  // The other table's own policy decides within the sub-select.
  if (table.through) own.push(`${table.through.when} and exists (select 1 from ${table.through.table.table} t where t.${table.through.column} = ${table.table}.${table.through.own}${table.through.only ? ` and t.${table.through.only}` : ''} ${ROW_BY_ROW})`)
  const write = [`${fromSettings.named} = 'system'`, ...own].join('\n  or ')
  return [
    `alter table ${table.table} enable row level security`,
    `drop policy if exists scope_read on ${table.table}`,
    `drop policy if exists scope_write on ${table.table}`,
    // The write policy holds for reading too; a second one that says the same would double every plan.
    ...(table.public ? [`create policy scope_read on ${table.table} for select using (${fromSettings.named} = 'public')`] : []),
    `create policy scope_write on ${table.table} for all using (${write}) with check (${write})`,
  ]
}

/** The same rule as a predicate for built queries, with the scope's values as parameters; `alias` names the table in the query. */
export function visibleTo(table: ScopedTable, scope: Scope, alias: string): RawBuilder<boolean> {
  const values: unknown[] = []
  const parts = visibleText(table, scope, alias, values).split(/\$(\d+)/)
  const texts = parts.filter((_, i) => i % 2 === 0)
  return sql<boolean>(Object.assign(texts, { raw: texts }), ...parts.filter((_, i) => i % 2 === 1).map((place) => values[Number(place) - 1]))
}
/** The same for statements that are written out: the scope's values join `values` and are named $1, $2 … by their place there. */
export function visibleText(table: ScopedTable, scope: Scope, alias: string, values: unknown[]): string {
  if (scope.named === 'system' || (scope.named === 'public' && table.public)) return 'true'
  const parts: string[] = []
  const place = (value: unknown) => `$${values.push(value)}`
  if (table.enterprise && scope.enterprises.length) parts.push(`${alias}.${table.enterprise} = any (${place(scope.enterprises)}::uuid[])`)
  if (table.areas && scope.areas.length) {
    const areas = place(scope.areas)
    for (const area of table.areas) parts.push(`${alias}.${area} = any (${areas}::text[])`)
  }
  if (table.department && scope.departments.length) parts.push(`${alias}.${table.department} = any (${place(scope.departments)}::text[])`)
  if (table.person && scope.person) parts.push(`${alias}.${table.person} = ${place(scope.person)}::uuid`)
  if (table.unit && scope.units.length) parts.push(`${alias}.${table.unit} = any (${place(scope.units)}::uuid[])`)
  if (table.openedTo && scope.units.length) parts.push(opened(`${alias}.${table.openedTo}`, `${place(scope.units)}::uuid[]`))
  // A firm's own people reach the row by its own columns; without this look their query goes by the primary key.
  if (table.through && (scope.areas.length || scope.departments.length || scope.units.length)) {
    const { table: other, column, own, when, only } = table.through
    const inner = `${alias}_through`
    parts.push(`(${alias}.${when} and exists (select 1 from ${other.table} as ${inner} where ${inner}.${column} = ${alias}.${own} and ${only ? `${inner}.${only}` : 'true'} and ${visibleText(other, scope, inner, values)} ${ROW_BY_ROW}))`)
  }
  return parts.length ? `(${parts.join(' or ')})` : 'false'
}
