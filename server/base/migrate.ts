// Brings a database to the present schema: cluster roles, numbered SQL files in order, then the policies of scoped tables.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { sha256 } from './crypto.ts'
import { policyStatements, type ScopedTable } from './scope.ts'

export const OWNER = 'fugong_owner'
export const APP = 'fugong_app'

/** As a superuser of an embedded or test cluster: makes both roles and a database that the owner owns. Safe to repeat. */
export async function prepareCluster(superuser: pg.ClientConfig, database: string): Promise<void> {
  const client = await connect({ ...superuser, database: 'postgres' })
  try {
    for (const role of [OWNER, APP]) {
      await client.query(`do $$ begin create role ${role} login; exception when duplicate_object or unique_violation then null; end $$`)
    }
    const there = await client.query('select 1 from pg_database where datname = $1', [database])
    if (!there.rowCount) await client.query(`create database ${client.escapeIdentifier(database)} owner ${OWNER}`)
  } finally {
    await client.end()
  }
}

/** Applies what is missing; a file that was applied and has since changed is a fault. `scopes` are the tables under row-level security. */
export async function migrate(options: { owner: pg.ClientConfig; folder: string; scopes: readonly ScopedTable[]; log?: (line: string) => void }): Promise<void> {
  const client = await connect(options.owner)
  const say = options.log ?? (() => {})
  try {
    // One migrator at a time, whoever starts first.
    await client.query('select pg_advisory_lock(700)')
    await client.query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${APP}') then create role ${APP} nologin; end if;
      exception when insufficient_privilege then raise exception 'The role ${APP} is missing: create it, or let the owner create roles';
    end $$`)
    await client.query('create table if not exists public.fugong_migrations (name text primary key, hash text not null, at timestamptz not null default now())')
    const applied = new Map((await client.query<{ name: string; hash: string }>('select name, hash from public.fugong_migrations')).rows.map((row) => [row.name, row.hash]))
    for (const name of readdirSync(options.folder).filter((file) => file.endsWith('.sql')).sort()) {
      const text = readFileSync(join(options.folder, name), 'utf8')
      const hash = sha256(text).toString('hex')
      const before = applied.get(name)
      if (before === hash) continue
      if (before !== undefined) throw new Error(`Migration ${name} was changed after it had been applied. Put the change into a new file.`)
      await inTransaction(client, async () => {
        await client.query(text)
        await client.query('insert into public.fugong_migrations (name, hash) values ($1, $2)', [name, hash])
      })
      say(name)
    }
    await applyPolicies(client, options.scopes)
  } finally {
    await client.end()
  }
}

async function applyPolicies(client: pg.Client, scopes: readonly ScopedTable[]): Promise<void> {
  const statements = scopes.flatMap(policyStatements)
  const hash = sha256(statements.join(';')).toString('hex')
  const before = await client.query<{ hash: string }>("select hash from public.fugong_migrations where name = 'policies'")
  if (before.rows[0]?.hash === hash) return
  await inTransaction(client, async () => {
    for (const statement of statements) await client.query(statement)
    await client.query("insert into public.fugong_migrations (name, hash) values ('policies', $1) on conflict (name) do update set hash = excluded.hash, at = now()", [hash])
  })
}

/** Refuses settings under which an acknowledged row can be lost, and an application role that could step round row-level security. */
export async function checkSafety(app: pg.ClientConfig, allowUnsafe = false): Promise<string[]> {
  const client = await connect(app)
  try {
    const faults: string[] = []
    const setting = async (name: string) => (await client.query<{ value: string }>('select current_setting($1) as value', [name])).rows[0]!.value
    if (!allowUnsafe) {
      for (const name of ['fsync', 'full_page_writes']) if ((await setting(name)) !== 'on') faults.push(`PostgreSQL runs with ${name} off: an acknowledged row could be lost`)
      if ((await setting('synchronous_commit')) === 'off') faults.push('PostgreSQL runs with synchronous_commit off: an acknowledged row could be lost')
    }
    const version = Number(await setting('server_version_num'))
    if (version < 150000) faults.push(`PostgreSQL ${version} is too old: 15 or newer is needed`)
    if ((await setting('server_encoding')) !== 'UTF8') faults.push('The database is not UTF-8')
    const role = (await client.query<{ super: boolean; bypass: boolean; owns: boolean }>(`select rolsuper as super, rolbypassrls as bypass, exists (select 1 from pg_class c join pg_namespace n on n.oid = c.relnamespace where pg_has_role(r.oid, c.relowner, 'USAGE') and n.nspname not like 'pg\\_%') as owns from pg_roles r where rolname = current_user`)).rows[0]!
    if (role.super || role.bypass) faults.push('The application role is a superuser or bypasses row-level security')
    if (role.owns) faults.push('The application role owns tables: row-level security would not bind it')
    return faults
  } finally {
    await client.end()
  }
}

export async function connect(config: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(config)
  await client.connect()
  return client
}
async function inTransaction(client: pg.Client, work: () => Promise<void>): Promise<void> {
  await client.query('begin')
  try {
    await work()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
