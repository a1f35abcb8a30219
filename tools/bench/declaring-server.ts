// The server under P16: the sample city with one firm of many workplaces, and a bare Fastify beside it.
import Fastify from 'fastify'
import type { AddressInfo } from 'node:net'
import { listMyEnterprises, getEnterprise } from '@fugong/contract/enterprises'
import { openCity } from '../../server/test/harness.ts'
import { openCluster } from '../proof/cluster.ts'
import type { Ready } from './figure.ts'

const wanted = Number(process.argv[2])
const cluster = await openCluster()
const city = await openCity({ database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} }, environment: { DATABASE_POOL: '10', LOG_LEVEL: 'silent' } })
const firm = await city.contact('13900000101')
const { items } = await firm.call(listMyEnterprises)
const enterprise = await firm.call(getEnterprise, { params: { id: items[0]!.id } })

const owner = await cluster.asOwner()
const columns = (await owner.query<{ name: string }>("select attname as name from pg_attribute where attrelid = 'enterprises.workplaces'::regclass and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'id'")).rows.map((row) => row.name).join(', ')
await owner.query(`insert into enterprises.workplaces (id, ${columns}) select gen_random_uuid(), ${columns} from enterprises.workplaces cross join generate_series(1, $2) where id = $1`, [enterprise.workplaces[0]!.id, wanted])
const workplaces = (await owner.query<{ id: string }>('select id from enterprises.workplaces where enterprise_id = $1 and id <> $2 limit $3', [enterprise.id, enterprise.workplaces[0]!.id, wanted])).rows.map((row) => row.id)
await owner.query('analyze enterprises.workplaces')

await city.http.listen({ host: '127.0.0.1', port: 0 })
const bare = Fastify()
bare.post('/', async (request) => ({ received: (request.body as { workplaceId: string }).workplaceId }))
await bare.listen({ host: '127.0.0.1', port: 0 })

const ready: Ready = { port: (city.http.server.address() as AddressInfo).port, bare: (bare.server.address() as AddressInfo).port, cookie: firm.cookie!, enterpriseId: enterprise.id, workplaces }
process.send!(ready)
process.on('message', () => void (async () => {
  process.send!((await owner.query<{ count: number }>('select count(*)::int as count from declarations.declarations where enterprise_id = $1', [enterprise.id])).rows[0]!.count)
})())
process.on('SIGTERM', () => void (async () => {
  await owner.end()
  await bare.close()
  await city.close()
  await cluster.stop()
  process.exit(0)
})())
