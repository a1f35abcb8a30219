// The ground alone in a test: a database and the services on it, without any room.
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { standingClock } from '../base/clock.ts'
import { createSealer } from '../base/crypto.ts'
import { openDatabase } from '../base/db.ts'
import { createLog } from '../base/log.ts'
import { connect } from '../base/migrate.ts'
import type { Services } from '../base/request.ts'
import { createTestDatabase } from './database.ts'

export interface Ground {
  services: Services
  clock: ReturnType<typeof standingClock>
  log: string[]
  app: pg.ClientConfig
  owner: pg.ClientConfig
  /** Runs statements as the owner, past every policy: what an intruder in the database could do. */
  asOwner<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>
  asApp<T extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<T[]>
  /**
   * Waits until every event written so far lies below the oldest running transaction. On a cluster that other tests
   * share, their transactions hold that horizon back for a moment.
   */
  settled(): Promise<void>
  close(): Promise<void>
}
export async function openGround(options: { verbs?: Services['verbs']; now?: string } = {}): Promise<Ground> {
  const database = await createTestDatabase()
  const clock = standingClock(options.now ?? '2020-02-24T02:00:00Z')
  const log: string[] = []
  const pool = openDatabase(database.app, { size: 6 })
  const once = (config: pg.ClientConfig) => async <T extends pg.QueryResultRow>(text: string, values?: unknown[]) => {
    const client = await connect(config)
    try {
      return (await client.query<T>(text, values)).rows
    } finally {
      await client.end()
    }
  }
  const asOwner = once(database.owner)
  return {
    services: { database: pool, clock, log: createLog('info', { write: (line) => void log.push(line) }), sealer: createSealer(Buffer.alloc(32, 9)), verbs: options.verbs ?? {}, recordVerbs: new Set(Object.keys(options.verbs ?? {})) },
    clock, log, app: database.app, owner: database.owner,
    asOwner, asApp: once(database.app),
    async settled() {
      const [last] = await asOwner<{ xid: string }>("select coalesce(max(xid), '0')::text as xid from base.events")
      while (!(await asOwner<{ past: boolean }>('select $1::xid8 < pg_snapshot_xmin(pg_current_snapshot()) as past', [last!.xid]))[0]!.past) await sleep(20)
    },
    async close() {
      await pool.close()
      await database.drop()
    },
  }
}
