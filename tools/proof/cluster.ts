// A throw-away PostgreSQL for proofs and benches: embedded, durable like the real one, in a temporary folder.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { startEmbeddedPostgres } from '../../server/base/embedded-postgres.ts'
import { APP, OWNER, connect, prepareCluster } from '../../server/base/migrate.ts'
import { migrateSchema } from '../../server/boot.ts'

export interface Cluster {
  folder: string
  app: pg.ClientConfig
  owner: pg.ClientConfig
  superuser: pg.ClientConfig
  /** A connection as the owner, past every policy. */
  asOwner(): Promise<pg.Client>
  stop(): Promise<void>
}
export async function openCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'fugong-proof-'))
  // As root the database runs as another user, who must be able to pass through here.
  chmodSync(folder, 0o755)
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: true })
  const superuser = server.connection('postgres', 'postgres')
  await prepareCluster(superuser, 'fugong')
  const owner = server.connection(OWNER, 'fugong')
  await migrateSchema(owner)
  return {
    folder, owner, superuser, app: server.connection(APP, 'fugong'),
    asOwner: () => connect(owner),
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
