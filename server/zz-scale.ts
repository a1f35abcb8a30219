import pg from 'pg'
import { prepareCluster, OWNER, APP } from './base/migrate.ts'
import { migrateSchema } from './boot.ts'
import { openDatabase, sql } from './base/db.ts'
import { selectPage, countUpToLimit, countByState } from './modules/declarations/lists.store.ts'
import { readSearch } from './modules/declarations/rules.ts'
const base = { host: '/tmp/pgx', port: 55415, user: 'postgres' }
const name = 'scale'
const N = Number(process.argv[2] ?? 200000)
const su0 = new pg.Client({ ...base, database: 'postgres' }); await su0.connect(); await su0.query('drop database if exists scale'); await su0.end()
await prepareCluster({ ...base, database: 'postgres' } as never, name)
await migrateSchema({ ...base, user: OWNER, database: name })
const su = new pg.Client({ ...base, database: name }); await su.connect()
await su.query(`insert into declarations.declarations (id, state, enterprise_id, enterprise_name, name_key, credit_code, industry_code, enterprise_class, workplace_id, workplace_name, scene, address, district_code, street_code, zone_code, department_key, emergency_id, emergency_kind, sample, form_version, procedure, due_at, overdue_outcome, submitted_at, decided_at, certificate_id, certificate_number, created_at, changed_side, changed_at)
 select gen_random_uuid(), s, gen_random_uuid(), '贵州' || n || '有限公司', '贵州' || n || '有限公司', '9152' || lpad(n::text, 14, '0'), '3982', 'general', gen_random_uuid(), 'w', 'park', 'a', d, d || lpad((n % 20)::text, 3, '0'), case when n % 50 = 0 then '520171' end, d || '/industry', gen_random_uuid(), 'epidemic', false, 1,
 case when s = 'draft' then null else 'review' end, case when s in ('underReview','siteCheckPending') then timestamptz '2020-02-24' + n * interval '1 second' end, case when s in ('underReview','siteCheckPending') then 'escalate' end, case when s = 'draft' then null else now() end, now(), gen_random_uuid(), 'x', timestamptz '2020-02-10' + n * interval '1 second', 'firm', now()
 from (select n, (array['520102','520103','520111','520112','520113','520115','520121','520122','520123','520181'])[1 + n % 10] as d, (array['filed','filed','filed','filed','filed','filed','filed','underReview','draft','rejected'])[1 + (n / 10) % 10] as s from generate_series(1, $1::int) n) r`, [N])
await su.query(`insert into declarations.grams select distinct substr(name_key, p, 2), id, enterprise_id, district_code, street_code, zone_code, department_key from declarations.declarations, generate_series(1, 14) p where p < length(name_key)`)
await su.query('vacuum analyze')
const database = openDatabase({ ...base, user: APP, database: name }, { size: 2 })
const scopes: Record<string, object> = {
  city: { areas: ['520102','520103','520111','520112','520113','520115','520121','520122','520123','520181','520171','520172','520173','520174'], departments: [], enterprises: [] }, district: { areas: ['520103'], departments: [], enterprises: [] }, street: { areas: ['520103000'], departments: [], enterprises: [] }, zone: { areas: ['520171'], departments: [], enterprises: [] },
  department: { areas: [], departments: ['520103/industry'], enterprises: [] }, nothing: { areas: ['520199'], departments: [], enterprises: [] },
}
for (const [who, part] of Object.entries(scopes)) {
  const scope = { named: '' as const, person: '', ...part } as never
  const run = async (label: string, work: (ctx: never) => Promise<unknown>) => {
    const times: number[] = []
    for (let i = 0; i < 8; i++) { const t = performance.now(); await database.transaction({ scope, readOnly: true }, async (db) => work({ db, scope, now: new Date('2020-02-26T00:00:00Z') } as never)); times.push(performance.now() - t) }
    console.log(who.padEnd(10), label.padEnd(16), times.sort((a, b) => a - b)[4]!.toFixed(1), 'ms median', times.at(-1)!.toFixed(1), 'max')
  }
  await run('list', (ctx) => selectPage(ctx, {}, 'created', 50, undefined))
  await run('waiting', (ctx) => selectPage(ctx, { state: 'underReview' }, 'due', 50, undefined))
  await run('filed', (ctx) => selectPage(ctx, { state: 'filed' }, 'created', 50, undefined))
  await run('total', (ctx) => countUpToLimit(ctx, {}))
  await run('counts', (ctx) => countByState(ctx))
  await run('name common', (ctx) => selectPage(ctx, { search: readSearch('有限公司') }, 'created', 50, undefined))
  await run('name rare', (ctx) => selectPage(ctx, { search: readSearch('贵州12345') }, 'created', 50, undefined))
  await run('name count', (ctx) => countUpToLimit(ctx, { search: readSearch('贵州12345') }))
  await run('code', (ctx) => selectPage(ctx, { search: readSearch('915200000000012') }, 'created', 50, undefined))
  await run('overdue', (ctx) => selectPage(ctx, { overdue: true }, 'due', 50, undefined))
}
await database.close(); await su.end()
