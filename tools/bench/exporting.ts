// P7: exporting a million declarations by the real path (request, job, reader's scope, sealed file, download) against a plain COPY TO STDOUT of the same rows, in one run.
import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { to } from 'pg-copy-streams'
import type { Export } from '@fugong/contract/exports'
import { SESSION_COOKIE } from '../../server/base/http.ts'
import type { ExportingReady, Memory } from './exporting-server.ts'
import type { Figure } from './figure.ts'

const SERVER = fileURLToPath(new URL('./exporting-server.ts', import.meta.url))
const ROWS = Number(process.env['BENCH_ROWS'] ?? 1_000_000)
const columns = ['creditCode', 'enterpriseName', 'workplaceName', 'scene', 'district', 'street', 'address', 'state', 'level', 'headcount', 'plannedDate', 'submittedAt', 'certificateNumber', 'createdAt']
// The same fourteen columns, without words, scope, guard, hash and seal.
const PLAIN = `copy (select credit_code, enterprise_name, workplace_name, scene, district_code, street_code, address, state, level, headcount, planned_date, submitted_at, certificate_number, created_at from declarations.declarations order by created_at desc, id desc) to stdout with (format csv, header)`

export async function measureExporting(figure: Figure): Promise<void> {
  const child = fork(SERVER, [String(ROWS)], { execArgv: ['--import', 'tsx', '--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  try {
    const ready = await message<ExportingReady>(child)
    const headers = { 'x-fugong': '1', cookie: `${SESSION_COOKIE}=${ready.cookie}`, 'content-type': 'application/json' }
    const at = (path: string) => `http://127.0.0.1:${ready.port}${path}`
    const begin = async (format: string, filter: object = {}) => (await (await fetch(at('/api/exports'), { method: 'POST', headers, body: JSON.stringify({ source: 'declarations', format, language: 'zh', columns, filter }) })).json()) as Export
    const look = async (id: string) => (await (await fetch(at(`/api/exports/${id}`), { headers })).json()) as Export
    const written = async (format: string) => {
      const { id } = await begin(format)
      for (;;) {
        const now = await look(id)
        if (now.state === 'ready') return now
        if (now.state === 'failed') throw new Error(`the export failed: ${now.failure}`)
        await new Promise((resolve) => setTimeout(resolve, 200))
      }
    }
    for (const format of ['csv', 'xlsx']) {
      const plain = format === 'csv' ? await copyOut(ready.owner) : undefined
      child.send('rest')
      const before = await message<Memory>(child)
      const begun = performance.now()
      const done = await written(format)
      const seconds = (performance.now() - begun) / 1000
      child.send('memory')
      const after = await message<Memory>(child)
      const taking = performance.now()
      const taken = await drain(await fetch(at(`/api/exports/${done.id}/file`), { headers }))
      const sent = (performance.now() - taking) / 1000
      if (done.rows !== ROWS || taken !== done.size) throw new Error(`not all came: ${done.rows} rows, ${taken} of ${done.size} bytes`)
      child.send('memory')
      const { idle, peak } = await message<Memory>(child)
      const perSecond = ROWS / seconds
      figure('P7', Math.round(perSecond), 'rows/s', `${ROWS.toLocaleString('en-US')} declarations × ${columns.length} columns as ${format}, from the request to the sealed file, with ${(after.seconds - before.seconds).toFixed(1)} s of processor in the server; taken in ${sent.toFixed(1)} s (${((done.size ?? 0) / 1e6).toFixed(0)} MB)${plain ? `; plain COPY TO STDOUT ${Math.round(ROWS / plain)} rows/s, ratio ${(plain / seconds).toFixed(2)}` : ''}`)
      figure('P7', Math.round((peak - idle) / 1048576), 'MB', `above idle (${Math.round(idle / 1048576)} MB resident) while the ${format} was written and taken`)
    }
  } finally {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
}
async function copyOut(owner: object): Promise<number> {
  const client = new pg.Client(owner)
  await client.connect()
  const begun = performance.now()
  let bytes = 0
  for await (const chunk of client.query(to(PLAIN))) bytes += (chunk as Buffer).length
  const seconds = (performance.now() - begun) / 1000
  await client.end()
  if (bytes === 0) throw new Error('COPY gave nothing')
  return seconds
}
async function drain(response: Response): Promise<number> {
  if (!response.ok) throw new Error(`the file was not given: ${response.status}`)
  let bytes = 0
  for await (const chunk of response.body!) bytes += (chunk as Uint8Array).length
  return bytes
}
function message<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (value) => resolve(value as T))
    child.once('exit', (code) => reject(new Error(`the bench server ended with ${code}`)))
  })
}
