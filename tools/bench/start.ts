// P12: from `npm start` to the first answer, when everything has been installed, built and seeded before.
import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectRoot } from '../../server/base/data.ts'
import type { Figure } from './figure.ts'
import { median } from './load.ts'

const PORT = 18020
export async function measureStart(figure: Figure): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fugong-bench-start-'))
  // As root the database runs as another user, who must be able to pass through here.
  chmodSync(folder, 0o755)
  try {
    const first = await once(folder)
    const later = []
    for (let i = 0; i < 5; i++) later.push(await once(folder))
    figure('P12', (median(later) / 1000).toFixed(2), 's', `npm start to a ready answer, median of ${later.length} (${later.map((ms) => (ms / 1000).toFixed(2)).join(' ')}); with an empty database ${(first / 1000).toFixed(2)} s`)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
async function once(folder: string): Promise<number> {
  const began = performance.now()
  const child = spawn('npm', ['start'], { cwd: projectRoot, env: { ...process.env, PORT: String(PORT), DATA_DIR: folder, LOG_LEVEL: 'error' }, stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  let said = ''
  child.stdout!.on('data', (chunk: Buffer) => { said += String(chunk) })
  try {
    while (!(await answers())) {
      if (child.exitCode !== null) throw new Error(`npm start ended: ${said}`)
      if (performance.now() - began > 120_000) throw new Error(`npm start did not answer within two minutes: ${said}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
    return performance.now() - began
  } finally {
    await stop(child)
  }
}
async function answers(): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${PORT}/readyz`)).ok
  } catch {
    return false
  }
}
async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  if (child.exitCode === null) process.kill(-child.pid!, 'SIGINT')
  await ended
  // npm may end before the server it started: wait until the port is free.
  while (await answers()) await new Promise((resolve) => setTimeout(resolve, 50))
  await new Promise((resolve) => setTimeout(resolve, 1000))
}
