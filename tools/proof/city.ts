// The sample city on a throw-away cluster, for proofs that go through the real routes.
import { openCity, type City } from '../../server/test/harness.ts'
import { openCluster, type Cluster } from './cluster.ts'

export async function openProofCity(): Promise<{ city: City; cluster: Cluster; close(): Promise<void> }> {
  const cluster = await openCluster()
  const city = await openCity({ database: { owner: cluster.owner, app: cluster.app, superuser: cluster.superuser, drop: async () => {} } })
  return {
    city, cluster,
    async close() {
      await city.close()
      await cluster.stop()
    },
  }
}
