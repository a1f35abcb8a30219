// The process that reads the files of R8 and R9 as the server does, in the thread of imports, and tells time and memory of each.
import { SheetFault } from '../../server/base/sheets/cells.ts'
import { readInThread } from '../../server/base/sheets/reading.ts'
import type { Verdict } from './hostile.ts'

process.on('message', (path: string) => void (async () => {
  globalThis.gc?.()
  const idle = process.memoryUsage().rss
  let peak = idle
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 10)
  const began = performance.now()
  let rows = 0
  let code = 'read'
  try {
    await readInThread(path, {}, { about() {}, rows: async (batch) => void (rows += batch.rows) })
  } catch (error) {
    code = error instanceof SheetFault ? error.code : `not a fault: ${String(error)}`
  }
  clearInterval(watch)
  process.send!({ code, ms: performance.now() - began, bytes: Math.max(peak, process.memoryUsage().rss) - idle, rows } satisfies Verdict)
})())
process.send!('ready')
