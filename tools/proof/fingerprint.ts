// A fingerprint of every row of every table, to see whether anything changed.
import type pg from 'pg'

/** Tables that change by themselves: who was seen when, what was written down, what waits. */
const LIVING = new Set(['base.events', 'base.audit_blocks', 'base.request_keys', 'base.jobs', 'base.schedules', 'identity.sessions'])

export async function fingerprint(owner: pg.Client): Promise<Record<string, string>> {
  const tables = await owner.query<{ name: string }>(`select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and n.nspname !~ '^pg_|information_schema|public' order by 1`)
  const prints: Record<string, string> = {}
  for (const { name } of tables.rows) {
    if (LIVING.has(name)) continue
    prints[name] = (await owner.query<{ print: string }>(`select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') || count(*) as print from ${name} t`)).rows[0]!.print
  }
  return prints
}
