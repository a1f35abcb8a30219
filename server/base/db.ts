// Transactions on PostgreSQL: one per request, scope set for row-level security, errors translated here and nowhere else.
import { Kysely, CamelCasePlugin, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler, sql, CompiledQuery, type DatabaseConnection, type Driver, type QueryResult } from 'kysely'
import type { Writable } from 'node:stream'
import pg from 'pg'
import type { ProblemCode } from '@fugong/contract/problems'
import type { Scope } from './auth.ts'
import { Problem, problem } from './problem.ts'

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- each module narrows it to its own tables (see `tables`)
export type Db = Kysely<any>
export interface Database {
  transaction<T>(options: TransactionOptions, work: (db: Db, raw: pg.PoolClient) => Promise<T>, last?: (raw: pg.PoolClient) => Promise<unknown>[]): Promise<T>
  /** Answers when a connection can be had and replies; throws otherwise. */
  ping(): Promise<void>
  close(): Promise<void>
  /** Connection settings, for listeners and streams of their own. */
  settings: pg.ClientConfig
}
export interface TransactionOptions { scope: Scope; readOnly?: boolean }

pg.types.setTypeParser(pg.types.builtins.INT8, Number)
// Moments leave the database as ISO text with milliseconds, days as plain text: the wire has JSON types only.
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (value) => new Date(value).toISOString())
pg.types.setTypeParser(pg.types.builtins.DATE, (value) => value)

const STATEMENT_NAMES = new Map<string, string>()
/** Repeated statements are prepared once per connection; ad-hoc ones are not kept. */
function statementName(text: string): string | undefined {
  const known = STATEMENT_NAMES.get(text)
  if (known || STATEMENT_NAMES.size >= 500) return known
  const name = `f${STATEMENT_NAMES.size}`
  STATEMENT_NAMES.set(text, name)
  return name
}

const FLYING = new WeakSet<object>()
/** Holds back the socket until the present turn is over, so that statements sent together leave in one write. */
function flyTogether(client: pg.ClientBase): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  if (FLYING.has(stream)) return
  FLYING.add(stream)
  stream.cork()
  process.nextTick(() => {
    FLYING.delete(stream)
    stream.uncork()
  })
}

/** Sends a compiled statement, prepared once per connection. */
export function send(client: pg.ClientBase, query: CompiledQuery): Promise<pg.QueryResult> {
  return client.query({ text: query.sql, values: query.parameters as unknown[], name: statementName(query.sql) })
}

class ClientConnection implements DatabaseConnection {
  /** Set when the transaction has ended: a query that comes late must not run in the next request's scope. */
  ended = false
  constructor(private readonly client: pg.ClientBase) {}
  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.ended) throw new Error('This transaction has ended')
    flyTogether(this.client)
    const result = await send(this.client, query)
    return { rows: result.rows as R[], numAffectedRows: result.rowCount === null ? undefined : BigInt(result.rowCount) }
  }
  // eslint-disable-next-line require-yield
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Streams use a connection of their own')
  }
}
/** Kysely over one pooled connection whose transaction is begun and ended by `transaction` alone. */
export function dbOn(client: pg.ClientBase, connection = new ClientConnection(client)): Db {
  const refuse = async () => { throw new Error('Transactions are begun by base/db only') }
  const driver: Driver = {
    init: async () => {}, acquireConnection: async () => connection, releaseConnection: async () => {}, destroy: async () => {},
    beginTransaction: refuse, commitTransaction: refuse, rollbackTransaction: refuse,
  }
  return new Kysely({
    dialect: { createAdapter: () => new PostgresAdapter(), createDriver: () => driver, createIntrospector: (db) => new PostgresIntrospector(db), createQueryCompiler: () => new PostgresQueryCompiler() },
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}

/** Opens a pool; `constraints` maps constraint names to the problem a reader should see. */
export function openDatabase(settings: pg.ClientConfig, options: { size: number; constraints?: Record<string, ProblemCode>; statementTimeoutMs?: number }): Database {
  const config: pg.PoolConfig = {
    ...settings, max: options.size, connectionTimeoutMillis: 5000, idleTimeoutMillis: 60_000, application_name: 'fugong',
    statement_timeout: options.statementTimeoutMs ?? 15_000, lock_timeout: 5000, idle_in_transaction_session_timeout: 30_000, pipeline: true,
  }
  const pool = new pg.Pool(config)
  // An idle connection that breaks (server restart) must not end the process; the next query gets a new one.
  pool.on('error', () => {})
  const translate = (error: unknown) => translateError(error, options.constraints ?? {})

  return {
    settings,
    async transaction({ scope, readOnly }, work, last) {
      let client: pg.PoolClient
      try {
        client = await pool.connect()
      } catch (error) {
        throw translate(error)
      }
      const connection = new ClientConnection(client)
      let broken: Error | undefined
      const onError = (error: Error) => { broken = error }
      client.on('error', onError)
      try {
        flyTogether(client)
        // Sent in one flight with the first query of the work; their failures surface with it or at commit.
        const begun = client.query(readOnly ? 'begin read only' : 'begin')
        const scoped = client.query({ name: 'scope', text: "select set_config('app.named', $1, true), set_config('app.person', $2, true), set_config('app.areas', $3, true), set_config('app.departments', $4, true), set_config('app.enterprises', $5, true), set_config('app.units', $6, true)", values: [scope.named, scope.person, scope.areas.join(','), scope.departments.join(','), scope.enterprises.join(','), scope.units.join(',')] })
        const opening = Promise.all([begun, scoped])
        opening.catch(() => {})
        const result = await work(dbOn(client, connection), client)
        connection.ended = true
        flyTogether(client)
        const closing = [opening, ...(last?.(client) ?? [])]
        const commit = client.query('commit')
        const settled = await Promise.allSettled([...closing, commit])
        for (const one of settled) if (one.status === 'rejected') throw one.reason
        // After a failed statement Postgres answers COMMIT with ROLLBACK: that is not a success.
        if ((await commit).command !== 'COMMIT') throw new Error('The transaction was rolled back')
        return result
      } catch (error) {
        connection.ended = true
        if (!broken) await client.query('rollback').catch((failed: Error) => { broken = failed })
        throw translate(error)
      } finally {
        client.removeListener('error', onError)
        client.release(broken)
      }
    },
    async ping() {
      const client = await pool.connect()
      try { await client.query('select 1') } finally { client.release() }
    },
    close: () => pool.end(),
  }
}

/** Turns a database failure into a Problem; what is not understood passes unchanged and becomes a 500. */
export function translateError(error: unknown, constraints: Record<string, ProblemCode>): unknown {
  if (error instanceof Problem || !(error instanceof Error)) return error
  const { code, constraint } = error as Error & { code?: string; constraint?: string }
  const known = constraint ? constraints[constraint] : undefined
  if (known) return problem(known)
  if (code === '57014') return problem('request.timeout')
  if (code === '40001' || code === '40P01' || code === '55P03' || code === '53300') return problem('server.busy', { seconds: 1 })
  if (code && /^(08|57P|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(code)) return problem('database.unavailable')
  if (/timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error/.test(error.message)) return problem(error.message.startsWith('timeout') ? 'server.busy' : 'database.unavailable', { seconds: 2 })
  return error
}

/** A statement of a busy path, written out once as text: nothing is built or compiled at each request. Columns come back in camelCase. */
export async function ask<R>(ctx: { db: Db }, text: string, values: readonly unknown[]): Promise<R[]> {
  return (await ctx.db.executeQuery<R>(statement(text, values))).rows
}
export const statement = (text: string, values: readonly unknown[]): CompiledQuery => CompiledQuery.raw(text, values as unknown[])

/** Narrows the request's database to a module's own tables: `const db = tables<MyTables>(ctx)`. */
export function tables<T>(ctx: { db: Db }): Kysely<T> {
  return ctx.db as unknown as Kysely<T>
}
export { sql }
