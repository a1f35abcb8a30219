// P18 and P19: the to-do list, a unit's quarter and the sweep for breaches among a million cases, 20,000 of them open, as the application's own role.
import type pg from 'pg'
import { countCases, getCase, listCases } from '@fugong/contract/cases'
import { listKept, listWaiting } from '@fugong/contract/cases.figures'
import { openCity, type City, type Someone } from '../../server/test/harness.ts'
import { lampKind } from '../../server/test/casing.ts'
import { connect } from '../../server/base/migrate.ts'
import { clocksDue } from '../../server/modules/cases/index.ts'
import { casesModule } from '../../server/modules/cases/routes.ts'
import { openCluster } from '../proof/cluster.ts'
import type { Figure } from './figure.ts'

/** Full size, or smaller through the environment where only the way is tried. */
const CASES = Number(process.env['BENCH_CASES'] ?? 1_000_000)
const OPEN = Math.min(CASES, Number(process.env['BENCH_OPEN'] ?? 20_000))
const READ = 1000
const NOW = '2020-06-30T02:00:00Z'

export async function measureCasing(figure: Figure): Promise<void> {
  const cluster = await openCluster()
  const city = await openCity({ now: NOW, database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { LOG_LEVEL: 'silent' } })
  casesModule({ kinds: [lampKind().kind], city: '520100' })
  const owner = await connect({ ...cluster.superuser, database: 'fugong' })
  try {
    const began = performance.now()
    await fillCases(owner)
    console.error(`${CASES} cases, ${OPEN} open, filled in ${((performance.now() - began) / 1000).toFixed(0)} s`)
    await measureSweep(city, owner, figure)
    await measureLists(city, figure)
  } finally {
    await owner.end()
    await city.close()
    await cluster.stop()
  }
}

/** Spread over the units of districts and half a year; every open case has two clocks, of which each tenth is late. */
async function fillCases(owner: pg.Client): Promise<void> {
  await owner.query('set session_replication_role = replica')
  await owner.query(`create temp table units_of as select row_number() over (order by u.code) - 1 as no, u.id, u.area_code,
      (select g.person_id from identity.grants g where g.unit_id = u.id and g.role = 'reviewer' limit 1) as person
    from identity.units u where u.kind = 'districtTaskForce'`)
  const count = Number((await owner.query<{ count: string }>('select count(*) from units_of')).rows[0]!.count)
  await owner.query(`create temp table made as select n, ('01700000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as id, n <= ${OPEN} as open, u.id as unit_id, u.area_code as district, u.person,
      case when n <= ${OPEN} then '${NOW}'::timestamptz - (n % 720) * interval '1 hour' else '${NOW}'::timestamptz - (n % 4320) * interval '1 hour' - interval '30 days' end as opened,
      case when n % 10 = 0 then '${NOW}'::timestamptz - (n % 300) * interval '1 minute' else '${NOW}'::timestamptz + (n % 5000 + 1) * interval '1 minute' end as due
    from generate_series(1, ${CASES}) as n join units_of u on u.no = n % ${count}`)
  await owner.query(`insert into cases.cases (id, kind, subject_id, state, waiting_for, title, search_key, opened_at, ended_at, due_at, soon_at, district_code, street_code, changed_at)
    select id, 'lamp', id, case when open then 'underReview' else 'settled' end, case when open then 'office' else 'none' end, '路灯 ' || n, '路灯' || n, opened, case when open then null else opened + interval '20 hours' end,
      case when open then due else '9999-12-31T00:00:00Z' end, case when open then due - interval '4 hours' else '9999-12-31T00:00:00Z' end, district, district || '001', opened from made`)
  await owner.query(`insert into cases.parts (id, case_id, kind, step, unit_id, person_id, role, state, opened_at, ended_at, ended_by, due_at, soon_at, district_code, street_code, changed_at)
    select ('01710000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, id, 'lamp', 1, unit_id, case when n % 3 = 0 then person end, 'lead', case when open then 'open' else 'done' end, opened, case when open then null else opened + interval '20 hours' end, case when open then null else person end,
      case when open then due else '9999-12-31T00:00:00Z' end, case when open then due - interval '4 hours' else '9999-12-31T00:00:00Z' end, district, district || '001', opened from made`)
  await owner.query(`insert into cases.clocks (id, case_id, kind, clock, hours, state, started_at, due_at, stopped_at, kept, next_at, unit_id, district_code, street_code)
    select ('0172000' || k || '-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, id, 'lamp', case k when 0 then 'respond' else 'resolve' end, 24, case when open then 'running' else 'stopped' end, opened, case when open then due else opened + interval '24 hours' end,
      case when open then null else opened + interval '20 hours' end, case when open then null else n % 12 > 0 end, case when open then due end, case when open then null else unit_id end, district, district || '001' from made, generate_series(0, 1) as k`)
  await owner.query('insert into base.opened_to (record_id, unit_id, since) select id, unit_id, opened from made')
  await owner.query('set session_replication_role = origin')
  await owner.query('vacuum analyze')
}

/** What the sweep asks, without dealing with what it finds: every clock whose moment has come. */
async function measureSweep(city: City, owner: pg.Client, figure: Figure): Promise<void> {
  const late = Number((await owner.query<{ count: string }>("select count(*) from cases.clocks where state = 'running' and due_at <= $1", [NOW])).rows[0]!.count)
  const runs: number[] = []
  let found = 0
  for (let run = 0; run < 5; run++) {
    const from = performance.now()
    found = await city.system(async (ctx) => {
      let count = 0
      for (let batch = await clocksDue(ctx, READ); ; batch = await clocksDue(ctx, READ, { nextAt: batch.at(-1)!.nextAt!, id: batch.at(-1)!.id })) {
        count += batch.length
        if (batch.length < READ) return count
      }
    })
    runs.push((performance.now() - from) / 1000)
  }
  figure('P19', Math.max(...runs).toFixed(3), 's', `longest of ${runs.length} sweeps that each found ${found} of ${late} late clocks among ${CASES} cases, ${OPEN} open, ${READ} a read`)
}
async function measureLists(city: City, figure: Figure): Promise<void> {
  const reviewer = await city.as('fangzhiping')
  const commander = await city.as('gaohongtao')
  const all: number[] = []
  const timed = async (name: string, rounds: number, work: (n: number) => Promise<unknown>, keep?: number[]) => {
    const times: number[] = []
    for (let n = 0; n < rounds + 5; n++) {
      const from = performance.now()
      await work(n)
      if (n >= 5) times.push(performance.now() - from)
    }
    keep?.push(...times)
    figure('P18', percentile(times, 0.95), 'ms p95', `${name}: p50 ${percentile(times, 0.5)}, longest ${percentile(times, 1)}, ${times.length} times among ${CASES} cases, ${OPEN} open`)
  }
  const list = (who: Someone, query: object) => () => who.call(listCases, { query: { limit: 50, ...query } })
  await timed('to do of a unit', 60, list(reviewer, {}), all)
  await timed('to do, overdue only', 60, list(reviewer, { standing: 'overdue' }), all)
  await timed('to do, nobody’s', 60, list(reviewer, { person: 'none' }), all)
  await timed('to do by a word', 40, (n) => reviewer.call(listCases, { query: { limit: 50, q: String(1000 + n) } }), all)
  await timed('counts', 60, () => reviewer.call(countCases), all)
  const { items: [first] } = await reviewer.call(listCases)
  await timed('one case', 40, () => reviewer.call(getCase, { params: { id: first!.id } }))
  figure('P18', percentile(all, 0.95), 'ms p95', `to-do list, all of these: p50 ${percentile(all, 0.5)}`)
  await timed('a unit’s quarter of clocks kept', 30, () => reviewer.call(listKept, { query: { weeks: 13 } }))
  await timed('what waits where, whole city', 15, () => commander.call(listWaiting))
}
function percentile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10
}
