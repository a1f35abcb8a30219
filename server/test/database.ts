// A database of its own for a test file, cloned from the migrated template in some 50 ms.
import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { inject } from 'vitest'
import { APP, OWNER, connect } from '../base/migrate.ts'

export interface TestDatabase { owner: pg.ClientConfig; app: pg.ClientConfig; superuser: pg.ClientConfig; drop(): Promise<void> }

/** `empty`: without our schema, for what is brought up from an older one. */
export async function createTestDatabase({ empty = false } = {}): Promise<TestDatabase> {
  const { template: migrated, ...server } = inject('cluster')
  const template = empty ? 'template0' : migrated
  const name = `fugong_test_${randomBytes(6).toString('hex')}`
  await asSuperuser(server, async (client) => {
    for (let tries = 0; ; tries++) {
      try {
        await client.query(`create database ${name} template ${template} owner ${OWNER} strategy file_copy`)
        return
      } catch (error) {
        // Another test is cloning the template at this moment.
        if ((error as { code?: string }).code !== '55006' || tries > 50) throw error
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100))
      }
    }
  })
  // Over a socket of our own the roles sign in themselves; elsewhere the superuser takes them on.
  const as = (role: string): pg.ClientConfig => (process.env['TEST_DATABASE_URL'] ? { ...server, database: name, options: `-c role=${role}` } : { ...server, user: role, database: name })
  return {
    owner: as(OWNER), app: as(APP), superuser: { ...server, database: name },
    drop: () => asSuperuser(server, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}
async function asSuperuser(server: pg.ClientConfig, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = await connect({ ...server, database: 'postgres' })
  try {
    await work(client)
  } finally {
    await client.end()
  }
}
