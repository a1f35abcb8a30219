// P6: a roster of 100,000 people × 12 columns through the real endpoints: xlsx sent, read, checked, sealed and stored; with the memory of the server and every character compared.
import { fork, type ChildProcess } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { writeXlsx } from '../../server/base/sheets/write.ts'
import { ROSTER_HEADER, residentId } from '../../server/test/rosters.ts'
import type { Figure } from './figure.ts'
import { walkImport } from './import-walk.ts'
import type { ImportingReady } from './importing-server.ts'
import { message } from './message.ts'
import { fingerprint, rosterTable } from './roster-rows.ts'

const SERVER = fileURLToPath(new URL('./importing-server.ts', import.meta.url))
const FAULTS = 1000
export async function measureRosters(figure: Figure): Promise<void> {
  const rows = Number(process.env['BENCH_ROWS'] ?? 100_000)
  const folder = mkdtempSync(join(tmpdir(), 'fugong-bench-roster-'))
  const file = join(folder, 'roster.xlsx')
  await pipeline(writeXlsx([{ name: '花名册', rows: rosterTable(rows, FAULTS), headers: 1 }]), createWriteStream(file))
  const child = fork(SERVER, ['people'], { execArgv: ['--import', 'tsx', '--expose-gc', ...(process.env['BENCH_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE']}`] : [])], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    const { port, cookie, enterpriseId } = await message<ImportingReady>(child)
    const idle = await ask(child, 'rest')
    const { marks, done: { counts } } = await walkImport({ port, cookie }, `target=people&enterprise=${enterpriseId}`, file, 'roster.xlsx')
    const peak = await ask(child, 'peak')
    const stored = await ask(child, 'stored')
    const copy = await ask(child, `copy ${rows}`)
    if (!counts || counts.rows !== rows || counts.rejected !== Math.min(FAULTS, rows) || counts.fresh !== rows - counts.rejected || stored !== counts.fresh) throw new Error(`the rows do not add up: ${JSON.stringify(counts)}, ${stored} stored`)
    const wrong = await mangled(child, rows)
    const [reading, checking, storing] = [1, 2, 3].map((at) => (marks[at]! - marks[at - 1]!) / 1000)
    const total = (marks[3]! - marks[0]!) / 1000
    figure('P6', total.toFixed(1), 's', `${rows} people × ${ROSTER_HEADER.length}, xlsx of ${(statSync(file).size / 1e6).toFixed(1)} MB with ${counts.rejected} faults: sent and read ${reading!.toFixed(1)} s, dry run ${checking!.toFixed(1)} s, judged again, sealed and stored ${storing!.toFixed(1)} s; ${wrong} mangled of ${stored} stored; memory ${((peak - idle) / 1e6).toFixed(0)} MB above idle (${(idle / 1e6).toFixed(0)} MB); ${(total / (copy / 1000)).toFixed(1)} × a raw COPY of the same cells in clear (${(copy / 1000).toFixed(2)} s)`)
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}
/** Rows whose name, number, phone or address came out of the database other than it stood in the file: 0 when a hash over all of them is the same. */
async function mangled(child: ChildProcess, rows: number): Promise<number> {
  const expected = new Set<string>()
  let at = 0
  for (const row of rosterTable(rows, FAULTS)) if (at++ && row[1] === residentId(at - 2)) expected.add(fingerprint([row[0], row[1], row[3], row[4]].map(String)))
  child.send('opened')
  const found = await message<string[]>(child)
  return found.filter((one) => !expected.has(one)).length + (expected.size - new Set(found).size)
}
async function ask(child: ChildProcess, what: string): Promise<number> {
  child.send(what)
  return message<number>(child)
}
