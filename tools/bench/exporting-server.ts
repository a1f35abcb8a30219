// The server under P7: the sample city with very many declarations, its worker, and a watch on its own memory.
import type { AddressInfo } from 'node:net'
import { startWorker } from '../../server/base/worker.ts'
import { openCity } from '../../server/test/harness.ts'
import { openCluster } from '../proof/cluster.ts'

export interface ExportingReady { port: number; cookie: string; owner: object }
/** Resident bytes, and the processor's seconds that this process has used. */
export interface Memory { idle: number; peak: number; seconds: number }

const wanted = Number(process.argv[2])
const cluster = await openCluster()
const city = await openCity({ now: 'real', database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { LOG_LEVEL: 'silent', DATABASE_POOL: '10' } })
const owner = await cluster.asOwner()
// Deterministic: every value follows from the row's number; names of firms between 9 and 20 characters, one in fifty with a formula's first character.
await owner.query(`
  insert into declarations.declarations (id, state, enterprise_id, enterprise_name, name_key, credit_code, industry_code, enterprise_class, workplace_id, workplace_name, scene, address, district_code, street_code,
    emergency_id, emergency_kind, sample, form_version, planned_date, headcount, level, procedure, submitted_at, created_at, changed_side, changed_at, certificate_id, certificate_number, decided_at)
  select md5('d' || n)::uuid, 'filed', md5('e' || n / 2)::uuid, case when n % 50 = 0 then '=' else '' end || '样例第' || n || '号制造有限公司' || repeat('厂', n % 8), '样例第' || n || '号制造有限公司', '91520102MA' || lpad((n / 2)::text, 8, '0'), '3982', 'general',
    md5('w' || n)::uuid, '车间 ' || n % 9, 'park', '贵阳市样例路 ' || n || ' 号，院内“东”侧', (array['520102', '520103', '520111', '520112', '520113', '520115', '520121', '520122', '520123', '520181'])[1 + n % 10], '520102031',
    md5('m')::uuid, 'epidemic', true, 1, date '2020-02-24' + n % 60, 1 + n % 900, 'low', 'effective', timestamptz '2020-02-24' + make_interval(secs => n), timestamptz '2020-02-24' + make_interval(secs => n), 'firm', now(), md5('c' || n)::uuid, 'GY-' || n, timestamptz '2020-02-24' + make_interval(secs => n)
  from generate_series(1, $1::int) as n`, [wanted])
await owner.query('analyze')
const commander = await city.as('gaohongtao')
const { services, house, headsFile, metrics } = city.system_
const worker = startWorker({ services, jobs: house.jobs, subscriptions: [], headsFile, metrics })
await city.http.listen({ host: '127.0.0.1', port: 0 })

let memory = { idle: 0, peak: 0 }
setInterval(() => { memory.peak = Math.max(memory.peak, process.memoryUsage().rss) }, 20)
process.send!({ port: (city.http.server.address() as AddressInfo).port, cookie: commander.cookie!, owner: cluster.owner } satisfies ExportingReady)
process.on('message', (message) => {
  if (message === 'rest') {
    global.gc?.()
    const { rss } = process.memoryUsage()
    memory = { idle: rss, peak: rss }
  }
  const { user, system } = process.cpuUsage()
  process.send!({ ...memory, seconds: (user + system) / 1e6 } satisfies Memory)
})
process.on('SIGTERM', () => void (async () => {
  await worker.stop()
  await owner.end()
  await city.close()
  await cluster.stop()
  process.exit(0)
})())
