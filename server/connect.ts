// Where the database is: an embedded PostgreSQL with the sample city, or the one that DATABASE_URL names.
import { join } from 'node:path'
import type pg from 'pg'
import type { Config } from './base/config.ts'
import { startEmbeddedPostgres } from './base/embedded-postgres.ts'
import { APP, OWNER, prepareCluster } from './base/migrate.ts'

export interface Connected {
  owner: pg.ClientConfig
  app: pg.ClientConfig
  /** Stops the embedded server if this process started it. */
  stop(): Promise<void>
}
const DATABASE = 'fugong'

export async function connectDatabase(config: Config, say: (line: string) => void): Promise<Connected> {
  if (config.DATABASE_URL) {
    // Without a login of its own the application takes the role that owns nothing, on every connection.
    const app = config.DATABASE_APP_URL ? { connectionString: config.DATABASE_APP_URL } : { connectionString: config.DATABASE_URL, options: `-c role=${APP}` }
    return { owner: { connectionString: config.DATABASE_URL }, app, stop: async () => {} }
  }
  const cluster = await startEmbeddedPostgres({ dataDir: join(config.dataDir, 'postgres'), durable: true, say })
  await prepareCluster(cluster.connection('postgres', 'postgres'), DATABASE)
  return { owner: cluster.connection(OWNER, DATABASE), app: cluster.connection(APP, DATABASE), stop: () => cluster.stop() }
}
