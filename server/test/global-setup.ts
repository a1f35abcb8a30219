// Before all tests: one throw-away cluster (or the server that TEST_DATABASE_URL names) with a migrated template to clone.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '../base/embedded-postgres.ts'
import { OWNER, connect, prepareCluster } from '../base/migrate.ts'
import { migrateSchema } from '../boot.ts'

/** How test workers reach the cluster. */
export interface TestCluster { host: string; port: number; user: string; password?: string; template: string }
declare module 'vitest' {
  export interface ProvidedContext { cluster: TestCluster }
}

let provided: TestCluster | undefined
let close = async () => {}

/** Called once per project; the cluster is shared by all of them. */
export async function setup(project: TestProject): Promise<void> {
  if (!provided) provided = await open()
  project.provide('cluster', provided)
}
export async function teardown(): Promise<void> {
  await close()
}

async function open(): Promise<TestCluster> {
  const template = `fugong_template_${process.pid}`
  const place = await server()
  await prepareCluster({ ...place, database: 'postgres' }, template)
  const owner = { ...place, user: OWNER, database: template }
  // An external server may not let our roles in without a password: there the superuser acts as the owner.
  await migrateSchema(process.env['TEST_DATABASE_URL'] ? { ...place, database: template, options: `-c role=${OWNER}` } : owner)
  const drop = close
  close = async () => {
    const client = await connect({ ...place, database: 'postgres' })
    await client.query(`drop database if exists ${template} with (force)`)
    await client.end()
    await drop()
  }
  return { ...place, template }
}

async function server(): Promise<Omit<TestCluster, 'template'>> {
  const external = process.env['TEST_DATABASE_URL']
  if (external) {
    const url = new URL(external)
    return { host: url.searchParams.get('host') ?? url.hostname, port: Number(url.port || 5432), user: decodeURIComponent(url.username), ...(url.password ? { password: decodeURIComponent(url.password) } : {}) }
  }
  const folder = mkdtempSync(join(tmpdir(), 'fugong-test-'))
  // As root the database runs as another user, who must be able to pass through here.
  chmodSync(folder, 0o755)
  const cluster = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), durable: false, settings: { max_connections: '200' } })
  close = async () => {
    await cluster.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  const { host, port, user } = cluster.connection('postgres', 'postgres')
  return { host, port, user }
}
