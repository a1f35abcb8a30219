// P15: an xlsx of 100,000 enterprises with 1,000 faults through the real endpoints: read, checked, classified, stored; with the memory of the server.
import { fork, type ChildProcess } from 'node:child_process'
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { writeXlsx } from '../../server/base/sheets/write.ts'
import type { Figure } from './figure.ts'
import { firmsTable } from './firms.ts'
import { walkImport } from './import-walk.ts'
import type { ImportingReady } from './importing-server.ts'
import { message } from './message.ts'

const SERVER = fileURLToPath(new URL('./importing-server.ts', import.meta.url))
const FAULTS = 1000
export async function measureImporting(figure: Figure): Promise<void> {
  const rows = Number(process.env['BENCH_ROWS'] ?? 100_000)
  const folder = mkdtempSync(join(tmpdir(), 'fugong-bench-import-'))
  const file = join(folder, 'firms.xlsx')
  await pipeline(writeXlsx([{ name: '名录', rows: firmsTable(rows, FAULTS), headers: 1 }]), createWriteStream(file))
  const child = fork(SERVER, [], { execArgv: ['--import', 'tsx', '--expose-gc', ...(process.env['BENCH_PROFILE'] ? ['--cpu-prof', `--cpu-prof-dir=${process.env['BENCH_PROFILE']}`] : [])], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    const { port, cookie } = await message<ImportingReady>(child)
    const idle = await ask(child, 'rest')
    const { marks, checked, done } = await walkImport({ port, cookie }, 'target=enterprises', file, 'firms.xlsx')
    const peak = await ask(child, 'peak')
    const stored = await ask(child, 'stored')
    const copy = await ask(child, `copy ${rows}`)
    const { counts } = done
    if (!counts || counts.rows !== rows || counts.rejected !== FAULTS || counts.fresh !== rows - FAULTS || stored !== counts.fresh) throw new Error(`the rows do not add up: ${JSON.stringify(counts)}, ${stored} stored, ${JSON.stringify(checked.counts)} checked`)
    const [reading, checking, storing] = [1, 2, 3].map((at) => (marks[at]! - marks[at - 1]!) / 1000)
    const total = (marks[3]! - marks[0]!) / 1000
    figure('P15', total.toFixed(1), 's', `${rows} enterprises × 16, xlsx of ${(statSync(file).size / 1e6).toFixed(1)} MB with ${FAULTS} faults: sent and read ${reading!.toFixed(1)} s, dry run ${checking!.toFixed(1)} s, judged again, sized and stored ${storing!.toFixed(1)} s; ${stored} stored + ${counts.rejected} rejected = ${counts.rows}; memory ${((peak - idle) / 1e6).toFixed(0)} MB above idle (${(idle / 1e6).toFixed(0)} MB); ${(total / (copy / 1000)).toFixed(1)} × a raw COPY of the same cells (${(copy / 1000).toFixed(2)} s)`)
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
    rmSync(folder, { recursive: true, force: true })
  }
}
async function ask(child: ChildProcess, what: string): Promise<number> {
  child.send(what)
  return message<number>(child)
}
