// Long reads: a read-only transaction on a connection of its own, which sees one moment of the database, and rows through a server-side cursor.
import type { CompiledQuery } from 'kysely'
import pg from 'pg'
import type { Scope } from './auth.ts'
import { dbOn, type Database, type Db } from './db.ts'

export interface Reading {
  /** For look-ups between batches, in the same moment and scope. */
  db: Db
  /** The rows of a query as texts in the order of its columns, `batch` at a time; the next ones are fetched only when asked for. */
  stream(query: CompiledQuery, batch?: number): AsyncGenerator<(string | null)[][]>
  close(): Promise<void>
}
export const BATCH = 2000
// Every value stays the text that PostgreSQL wrote: an export would turn it back into one.
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
      text: "select set_config('app.named', $1, true), set_config('app.person', $2, true), set_config('app.areas', $3, true), set_config('app.departments', $4, true), set_config('app.enterprises', $5, true), set_config('cursor_tuple_fraction', '1', true), set_config('plan_cache_mode', 'force_custom_plan', true)",
      values: [scope.named, scope.person, scope.areas.join(','), scope.departments.join(','), scope.enterprises.join(',')],
    })
  } catch (error) {
    await client.end().catch(() => {})
    throw error
  }
  let cursors = 0
  return {
    db: dbOn(client),
    async *stream(query, batch = BATCH) {
      const name = `rows_${++cursors}`
      await client.query({ text: `declare ${name} no scroll cursor for ${query.sql}`, values: query.parameters as unknown[] })
      for (;;) {
        const { rows } = await client.query<(string | null)[]>({ text: `fetch ${batch} from ${name}`, rowMode: 'array', types: asText })
        if (rows.length) yield rows
        if (rows.length < batch) break
      }
      await client.query(`close ${name}`)
    },
    async close() {
      await client.end().catch(() => {})
    },
  }
}
