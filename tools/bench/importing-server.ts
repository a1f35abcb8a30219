// The server under P6 and P15: the sample city with its worker running, which tells its own memory while it is asked to.
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { Readable } from 'node:stream'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { startWorker } from '../../server/base/worker.ts'
import { openCity } from '../../server/test/harness.ts'
import { openCluster } from '../proof/cluster.ts'
import { listMyEnterprises } from '@fugong/contract/enterprises'
import { firmsTable } from './firms.ts'
import { fingerprint, rosterTable } from './roster-rows.ts'

export interface ImportingReady { port: number; cookie: string; enterpriseId: string }
const forPeople = process.argv.includes('people')
const cluster = await openCluster()
const city = await openCity({ now: 'real', database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { DATABASE_POOL: '12', LOG_LEVEL: 'silent' } })
const who = forPeople ? await city.contact('13900000102') : await city.as('tianyuqing')
const enterpriseId = forPeople ? (await who.call(listMyEnterprises)).items[0]!.id : ''
const { services, house, metrics, headsFile } = city.system_
const worker = startWorker({ services, jobs: house.jobs, subscriptions: house.subscriptions, headsFile, metrics })
await city.http.listen({ host: '127.0.0.1', port: 0 })

let peak = 0
const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 25)
process.on('message', (asked: string) => void (async () => {
  if (asked === 'rest') {
    globalThis.gc?.()
    peak = process.memoryUsage().rss
    process.send!(peak)
  } else if (asked === 'peak') process.send!(peak)
  else if (asked === 'stored') process.send!((await count(forPeople ? 'select count(*)::int as n from people.employments' : 'select count(*)::int as n from enterprises.enterprises where not sample')))
  else if (asked === 'opened') process.send!(await opened())
  else if (asked.startsWith('copy')) process.send!(await rawCopy(Number(asked.slice(5))))
})())
async function count(text: string): Promise<number> {
  const owner = await cluster.asOwner()
  try {
    return (await owner.query<{ n: number }>(text)).rows[0]!.n
  } finally {
    await owner.end()
  }
}
/** A fingerprint of what is stored of each person, opened. */
async function opened(): Promise<string[]> {
  const client = await cluster.asOwner()
  try {
    const { rows } = await client.query<{ id: string; name: string; sealed: Buffer }>('select id, name, sealed from people.employments')
    return rows.map(({ id, name, sealed }) => {
      const [number, phone, address] = JSON.parse(services.sealer.envelope.open(`people ${id}`, sealed)) as string[]
      return fingerprint([name, number!, phone!, address!])
    })
  } finally {
    await client.end()
  }
}
/** Milliseconds for the same rows by COPY into a table of texts without keys: what the database alone would need. */
async function rawCopy(rows: number): Promise<number> {
  const client = new pg.Client(cluster.superuser)
  await client.connect()
  const table = forPeople ? rosterTable(rows) : firmsTable(rows)
  const width = (table.next().value as unknown[]).length
  await client.query(`drop table if exists raw_firms; create table raw_firms (${Array.from({ length: width }, (_, at) => `c${at} text`).join(', ')})`)
  const lines: string[] = []
  for (const row of table) lines.push(`${row.map((value) => (typeof value === 'object' && value !== null ? Object.values(value)[0] as string : String(value ?? ''))).join('\t').replaceAll('\\', '')}\n`)
  const began = performance.now()
  await pipeline(Readable.from(lines), client.query(copyFrom('copy raw_firms from stdin')))
  const took = performance.now() - began
  await client.end()
  return took
}

process.send!({ port: (city.http.server.address() as AddressInfo).port, cookie: who.cookie!, enterpriseId } satisfies ImportingReady)
process.on('SIGTERM', () => void (async () => {
  clearInterval(watch)
  await worker.stop()
  await city.close()
  await cluster.stop()
  process.exit(0)
})())
