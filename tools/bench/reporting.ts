// P1 and P2: daily reports a second through the real endpoint against single-row prepared INSERTs of the same row at 32 clients, alternating in one run.
import { execFile, fork, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Figure } from './figure.ts'
import { median } from './load.ts'
import { message } from './message.ts'
import type { Counted, ReportingReady } from './reporting-server.ts'

const SERVER = fileURLToPath(new URL('./reporting-server.ts', import.meta.url))
const SCRIPT = fileURLToPath(new URL('./wrk-reports.lua', import.meta.url))
const ROUNDS = 5
const PER_ROUND = 80_000
const CONNECTIONS = 192
const run = promisify(execFile)

interface Wrk { requests: number; microseconds: number; p50: number; p99: number; refused: number; broken: number }
async function wrk(port: number, file: string, from: number, upto: number): Promise<Wrk> {
  const { stdout } = await run('wrk', ['-t1', `-c${CONNECTIONS}`, '-d120s', '-s', SCRIPT, `http://127.0.0.1:${port}`, '--', file, String(from), String(upto)])
  return JSON.parse(/figures (.*)/.exec(stdout)![1]!) as Wrk
}
/** Rows a second of the database's own load generator, 32 clients, each row a statement and a commit of its own. */
async function yardstick(pgbench: string, ready: ReportingReady, script: string): Promise<number> {
  const { stdout } = await run(pgbench, ['-n', '-M', 'prepared', '-c', '32', '-j', '1', '-T', '4', '-f', script, '-h', ready.socket, '-p', String(ready.databasePort), '-U', 'fugong_owner', 'fugong'])
  return Number(/tps = ([\d.]+)/.exec(stdout)![1])
}
const INSERT = `insert into health.yardstick (enterprise_id, employment_id, day, slot, workplace_id, level, rule, position, binding_id, batch_id, accepted_at, commitment)
  values (gen_random_uuid(), gen_random_uuid(), '2020-02-24', 1, gen_random_uuid(), 0, 12, 7, gen_random_uuid(), 123456789, now(), '\\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff');\n`.replace(/\n\s+/g, ' ')

export async function measureReporting(figure: Figure): Promise<void> {
  const pgbench = ['/usr/lib/postgresql'].filter(existsSync).flatMap((root) => readdirSync(root).map((version) => join(root, version, 'bin', 'pgbench'))).find(existsSync)
  if (spawnSync('wrk', ['-v']).error || !pgbench) {
    console.log('P1 and P2 need wrk and pgbench, which Debian packages as wrk and postgresql; not measured')
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'fugong-bench-'))
  const script = join(folder, 'insert.sql')
  writeFileSync(script, INSERT)
  const child = fork(SERVER, [String((ROUNDS + 1) * PER_ROUND)], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    const ready = await message<ReportingReady>(child)
    const counted = async () => { child.send('count'); return message<Counted>(child) }
    const ratios: number[] = []
    const speeds: number[] = []
    const inserts: number[] = []
    const tails: number[] = []
    const costs: number[] = []
    for (let round = 0; round <= ROUNDS; round++) {
      const before = await counted()
      const load = await wrk(ready.port, ready.file, round * PER_ROUND, (round + 1) * PER_ROUND)
      const after = await counted()
      const plain = await yardstick(pgbench, ready, script)
      const rows = after.rows - before.rows
      if (load.refused || load.broken || rows !== PER_ROUND) throw new Error(`not every report was stored: ${JSON.stringify({ ...load, rows })}`)
      // The first round warms up.
      if (round === 0) continue
      const perSecond = rows / (load.microseconds / 1e6)
      ratios.push(perSecond / plain)
      speeds.push(perSecond)
      inserts.push(plain)
      tails.push(load.p99)
      costs.push((after.serverMicroseconds - before.serverMicroseconds + after.databaseMicroseconds - before.databaseMicroseconds) / rows)
    }
    figure('P1', median(ratios).toFixed(2), 'ratio', `${Math.round(median(speeds))} reports/s ÷ ${Math.round(median(inserts))} single INSERTs/s at 32 clients, ${CONNECTIONS} connections, p99 ${median(tails).toFixed(1)} ms, ${median(costs).toFixed(1)} µs of server and database per report, medians of ${ROUNDS}; ${ROUNDS * PER_ROUND} rows counted`)
    figure('P2', Math.round(median(speeds) / 215), 'ratio', 'the same ÷ 215/s, the best quiet figure of ODK Central v2024.2 on such a machine')
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}
