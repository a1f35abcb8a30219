// The server under P1: the sample city with many bound people; its own processor time and the database's are told on request.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { openCity } from '../../server/test/harness.ts'
import { bindPeople } from '../../server/test/reporting.ts'
import { openCluster } from '../proof/cluster.ts'

export interface ReportingReady { port: number; file: string; socket: string; databasePort: number; rows: number }
export interface Counted { rows: number; serverMicroseconds: number; databaseMicroseconds: number }

const wanted = Number(process.argv[2])
const cluster = await openCluster()
const city = await openCity({ now: 'real', database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { DATABASE_POOL: '6', LOG_LEVEL: 'silent' } })
const people = await bindPeople(city, wanted)
const owner = await cluster.asOwner()
await owner.query('analyze health.subjects')
await owner.query('analyze health.bindings')
// The yardstick's table: the same row, the same key, nothing else.
await owner.query('create table health.yardstick (like health.reports including all)')

const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
const answers = ['{"temperature":36.4}', '{"temperature":36.5}', '{"temperature":36.6}', '{"temperature":36.7,"symptoms":[]}', '{"temperature":37.4,"symptoms":["cough"]}']
const file = join(cluster.folder, 'requests')
writeFileSync(file, people.map((one, i) => `${one.token}\t{"key":"${day.replaceAll('-', '')}1-${randomBytes(16).toString('base64url')}","day":"${day}","slot":1,"answers":${answers[i % 50 === 0 ? 4 : i % 4]}}\n`).join(''))

await city.http.listen({ host: '127.0.0.1', port: 0 })
const tick = 10_000 // microseconds in a tick of /proc, 100 a second on Linux
function databaseMicroseconds(): number {
  const postmaster = Number(readFileSync(join(cluster.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  let ticks = 0
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ')
      if (Number(pid) === postmaster || Number(fields[1]) === postmaster) ticks += Number(fields[11]) + Number(fields[12])
    } catch {
      // It has ended meanwhile.
    }
  }
  return ticks * tick
}
process.on('message', () => void (async () => {
  const { user, system } = process.cpuUsage()
  const rows = (await owner.query<{ n: number }>('select count(*)::int as n from health.reports')).rows[0]!.n
  process.send!({ rows, serverMicroseconds: user + system, databaseMicroseconds: databaseMicroseconds() } satisfies Counted)
})())
const ready: ReportingReady = { port: (city.http.server.address() as AddressInfo).port, file, socket: String(cluster.owner.host), databasePort: cluster.owner.port!, rows: people.length }
process.send!(ready)
process.on('SIGTERM', () => void (async () => {
  await owner.end()
  await city.close()
  await cluster.stop()
  process.exit(0)
})())
