// The embedded database under what happens to it in life: restarts, kills, orphans, crowds, closed directories.
import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAlive } from './embedded-lock.ts'
import { type EmbeddedPostgres, EmbeddedPostgresError, startEmbeddedPostgres } from './embedded-postgres.ts'

const SMALL = { shared_buffers: '16MB', max_connections: '20' }
const asRoot = process.getuid?.() === 0
let room: string
const children: ChildProcess[] = []

beforeAll(() => {
  room = mkdtempSync(path.join(tmpdir(), 'fugong-pg-'))
  chmodSync(room, 0o755)
})

afterAll(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(room, { recursive: true, force: true })
})

function begin(name: string, durable = true): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ dataDir: path.join(room, name), durable, settings: SMALL })
}

async function rows(db: EmbeddedPostgres, text: string, values: unknown[] = []): Promise<unknown[][]> {
  const client = new pg.Client(db.connection('postgres', 'postgres'))
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text, values, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

function postmaster(db: EmbeddedPostgres): number {
  return Number(readFileSync(path.join(db.dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** Another node process that starts the cluster, says so on stdout, and stays. */
async function elsewhere(name: string): Promise<ChildProcess & { adopted: boolean }> {
  const code = `
    import { startEmbeddedPostgres } from ${JSON.stringify(path.resolve('server/base/embedded-postgres.ts'))}
    const db = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(path.join(room, name))}, durable: true, settings: ${JSON.stringify(SMALL)} })
    console.log('adopted=' + db.adopted)
    process.stdin.once('data', async () => { await db.stop(); process.exit(0); });`
  const script = path.join(room, `${name}-${Math.random().toString(36).slice(2)}.mts`)
  writeFileSync(script, code)
  const child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  children.push(child)
  const said = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', (status) => reject(new Error(`the other process ended with ${status}`)))
  })
  return Object.assign(child, { adopted: said.includes('adopted=true') })
}

describe('the embedded database', () => {
  it('starts on an empty directory, keeps its rows over a restart, and listens on a guarded socket only', async () => {
    const first = await begin('kept')
    expect(first.adopted).toBe(false)
    await rows(first, 'create table firm (name text)')
    await rows(first, `insert into firm values ('贵阳花溪𬒈面粉厂')`)
    expect(await rows(first, 'show listen_addresses')).toEqual([['']])
    expect(await rows(first, 'show data_checksums')).toEqual([['on']])
    expect(statSync(first.dataDir).mode & 0o777).toBe(0o700)
    await first.stop()
    expect(existsSync(path.join(first.dataDir, 'postmaster.pid'))).toBe(false)

    const second = await begin('kept')
    expect(second.adopted).toBe(false)
    expect(await rows(second, 'select name from firm')).toEqual([['贵阳花溪𬒈面粉厂']])
    await second.stop()
    await second.stop()
  })

  it('finds Chinese by pg_trgm and sorts names by pinyin', async () => {
    const db = await begin('chinese', false)
    await rows(db, 'create extension pg_trgm')
    expect(await rows(db, `select show_trgm('观山湖区') <> '{}'`)).toEqual([[true]])
    expect(await rows(db, `select similarity('贵阳市观山湖区', '观山湖区') > 0.3`)).toEqual([[true]])
    expect(await rows(db, `select string_agg(n, '' order by n collate "zh-x-icu") from unnest(array['张','王','安']) n`)).toEqual([['安王张']])
    expect(await rows(db, 'show fsync')).toEqual([['off']])
    await db.stop()
  })

  it('adopts the server of a node that was killed, and loses nothing', async () => {
    const other = await elsewhere('orphan')
    const joined = await begin('orphan')
    expect(joined.adopted).toBe(true)
    await rows(joined, 'create table t as select 7 as n')
    other.kill('SIGKILL')
    await sleep(100)
    const again = await begin('orphan')
    expect(again.adopted).toBe(true)
    expect(await rows(again, 'select n from t')).toEqual([[7]])
    const pid = postmaster(again)
    await joined.stop()
    expect(await rows(again, 'select n from t')).toEqual([[7]])
    await again.stop()
    expect(isAlive(pid)).toBe(false)
  })

  it('recovers acknowledged rows after kill -9 of the server', async () => {
    const db = await begin('killed')
    await rows(db, 'create table t (n int)')
    for (let n = 0; n < 20; n += 1) await rows(db, 'insert into t values ($1)', [n])
    process.kill(postmaster(db), 'SIGKILL')
    const again = await begin('killed')
    expect(again.adopted).toBe(false)
    expect(await rows(again, 'select count(*)::int from t')).toEqual([[20]])
    await db.stop()
    await again.stop()
    expect(existsSync(path.join(again.dataDir, 'postmaster.pid'))).toBe(false)
  })

  it.skipIf(process.platform !== 'linux')('starts past a zombie whose parent does not reap it', async () => {
    const other = await elsewhere('zombie')
    const watched = await begin('zombie')
    await rows(watched, 'create table t as select 7 as n')
    other.kill('SIGSTOP')
    const pid = postmaster(watched)
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => readFileSync(`/proc/${pid}/stat`, 'latin1')).toMatch(/\) Z /)
    const again = await begin('zombie')
    expect(again.adopted).toBe(false)
    expect(await rows(again, 'select n from t')).toEqual([[7]])
    other.kill('SIGKILL')
    await watched.stop()
    await again.stop()
  })

  it('survives a lock file that names a living stranger (a reused pid)', async () => {
    const db = await begin('reused')
    const file = path.join(db.dataDir, 'postmaster.pid')
    const words = readFileSync(file, 'utf8')
    await db.stop()
    writeFileSync(file, words.replace(/^\d+/, String(process.ppid)))
    const again = await begin('reused')
    expect(again.adopted).toBe(false)
    await again.stop()
  })

  it('takes simultaneous first starts, in one process and in several', async () => {
    const [one, two, third] = await Promise.all([begin('crowd'), begin('crowd'), elsewhere('crowd')])
    expect([one.adopted, two.adopted, third.adopted].filter((adopted) => !adopted)).toHaveLength(1)
    await one.stop()
    await two.stop()
    const still = await begin('crowd')
    expect(still.adopted).toBe(true)
    const left = new Promise((resolve) => third.once('exit', resolve))
    third.stdin?.write('stop\n')
    expect(await left).toBe(0)
    expect(await rows(still, 'select 1')).toEqual([[1]])
    await still.stop()
  })

  it('does not hand a test server to one who wants durability', async () => {
    const quick = await begin('durable', false)
    const safe = await begin('durable', true)
    expect(safe.adopted).toBe(false)
    expect(await rows(safe, 'show fsync')).toEqual([['on']])
    await quick.stop()
    await safe.stop()
  })

  it('takes over the lock of a dead process, and a start that died half-way', async () => {
    writeFileSync(path.join(room, 'left.lock'), JSON.stringify({ pid: 2 ** 22 + 1, began: '1' }))
    mkdirSync(path.join(room, 'left.init'))
    writeFileSync(path.join(room, 'left.init', 'PG_VERSION'), '18\n')
    const db = await begin('left', false)
    expect(await rows(db, 'select 1')).toEqual([[1]])
    await db.stop()
  })

  it('goes elsewhere with its socket when the path is too long', async () => {
    const db = await begin(path.join('长'.repeat(30), 'data'), false)
    expect(db.connection('postgres', 'postgres').host).not.toBe(db.dataDir)
    expect(statSync(db.connection('postgres', 'postgres').host).mode & 0o777).toBe(0o700)
    await db.stop()
    rmSync(db.connection('postgres', 'postgres').host, { recursive: true })
  })

  it('refuses data of another major version and directories that are none, with a sentence', async () => {
    mkdirSync(path.join(room, 'old'))
    writeFileSync(path.join(room, 'old', 'PG_VERSION'), '15\n')
    await expect(begin('old')).rejects.toThrow(/PostgreSQL 15.*export/)
    mkdirSync(path.join(room, 'photos'))
    writeFileSync(path.join(room, 'photos', '1.jpg'), '')
    await expect(begin('photos')).rejects.toThrow(/move them away/)
    await expect(startEmbeddedPostgres({ dataDir: path.join(room, 'odd'), durable: true, settings: { shared_buffers: 'much' } })).rejects.toThrow(EmbeddedPostgresError)
    expect(existsSync(path.join(room, 'photos', '1.jpg'))).toBe(true)
  })

  it.skipIf(!asRoot)('as root runs under another user, also from a directory closed to it', async () => {
    const open = await begin('kept')
    const status = readFileSync(`/proc/${postmaster(open)}/status`, 'utf8')
    expect(status).toMatch(/^Uid:\s+[1-9]/m)
    await open.stop()

    const closed = path.join(room, 'closed')
    mkdirSync(closed, { mode: 0o700 })
    const db = await startEmbeddedPostgres({ dataDir: path.join(closed, '.fugong', 'pg'), durable: false, settings: SMALL })
    expect(db.dataDir).toMatch(/^\/var\/lib\/fugong\/closed-/)
    expect(await rows(db, 'select 1')).toEqual([[1]])
    await db.stop()
    rmSync(path.dirname(db.dataDir), { recursive: true })
  })
})
