// Long reads: a read-only transaction on a connection of its own, which sees one moment of the database, and rows through a server-side cursor.
import { sql, type CompiledQuery, type RawBuilder } from 'kysely'
import pg from 'pg'
import type { Scope } from './auth.ts'
import { dbOn, type Database, type Db } from './db.ts'
import { heapTidier } from './tidy-heap.ts'

export interface Reading {
  /** For look-ups between batches, in the same moment and scope. */
  db: Db
  /**
   * The rows of a query that has one column, made by `joined`: the cells of a row in one text, some hundred rows at a time.
   * With `ahead` the database works on the next rows while these are written; then nothing else may be asked of `db` meanwhile.
   */
  stream(query: CompiledQuery, options?: { batch?: number; ahead?: boolean }): AsyncGenerator<string[]>
  close(): Promise<void>
}
export const BATCH = 250
const LOOK_EVERY = 20
/** Stands between the cells of a row; no cell holds it. */
export const BETWEEN = '\u001f'
/** The cells of a row as one text: PostgreSQL joins them many times quicker than a driver takes them apart. Null and empty are the same. */
export function joined(cells: readonly RawBuilder<unknown>[]): RawBuilder<string> {
  return sql<string>`concat_ws(chr(31), ${sql.join(cells.map((cell) => sql`coalesce(${cell}::text, '')`))})`
}
/** A column of free text as a cell: what would part the cells is taken out of it. */
export const freeText = (column: RawBuilder<unknown>): RawBuilder<string> => sql<string>`replace(${column}, chr(31), '')`
/** A column of codes as words; a code without a word stays what it is. */
export function wordCell(column: RawBuilder<unknown>, words: ReadonlyMap<string, string>): RawBuilder<string> {
  return sql<string>`coalesce(${JSON.stringify(Object.fromEntries(words))}::jsonb ->> ${column}, ${column})`
}
const asText = { getTypeParser: () => (value: string) => value } as unknown as pg.CustomTypesConfig

/** Opens a read in a scope; whoever opens it closes it, also after a failure. `longestPauseMs` is how long a slow reader may stop. */
export async function openReading(database: Database, scope: Scope, { statementMs = 60_000, longestPauseMs = 120_000 } = {}): Promise<Reading> {
  const client = new pg.Client({ ...database.settings, application_name: 'fugong reading', connectionTimeoutMillis: 5000, statement_timeout: statementMs, idle_in_transaction_session_timeout: longestPauseMs })
  // A connection that breaks shows in the next query.
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    await client.query({
      text: "select set_config('app.named', $1, true), set_config('app.person', $2, true), set_config('app.areas', $3, true), set_config('app.departments', $4, true), set_config('app.enterprises', $5, true), set_config('app.units', $6, true), set_config('cursor_tuple_fraction', '1', true), set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '32MB', true)",
      values: [scope.named, scope.person, scope.areas.join(','), scope.departments.join(','), scope.enterprises.join(','), scope.units.join(',')],
    })
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  let cursors = 0
  return {
    db: dbOn(client),
    async *stream(query, { batch = BATCH, ahead = false } = {}) {
      const name = `rows_${++cursors}`
      await client.query({ text: `declare ${name} no scroll cursor for ${query.sql}`, values: query.parameters as unknown[] })
      const fetch = async () => (await client.query<[string]>({ text: `fetch ${batch} from ${name}`, rowMode: 'array', types: asText })).rows
      let coming: Promise<[string][]> | undefined
      const tidy = heapTidier()
      for (let n = 1; ; n++) {
        const rows = await (coming ?? fetch())
        coming = undefined
        if (ahead && rows.length === batch) {
          coming = fetch()
          // Its failure surfaces when it is awaited; a reader who stops before that has closed the connection.
          coming.catch(() => {})
        }
        if (n % LOOK_EVERY === 0) tidy()
        if (rows.length) yield rows.map(([row]) => row)
        if (rows.length < batch) break
      }
      await client.query(`close ${name}`)
    },
    async close() {
      await client.end().catch(() => {})
    },
  }
}
