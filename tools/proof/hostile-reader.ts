// The process that reads the files of R8 as the server does, in the thread of imports, and tells processor time and memory of each.
import { SheetFault } from '../../server/base/sheets/cells.ts'
import { openSheet } from '../../server/base/sheets/open.ts'
import { readInThread } from '../../server/base/sheets/reading.ts'
import type { Verdict } from './hostile.ts'

process.on('message', ({ path, inThread }: { path: string; inThread: boolean }) => void (async () => {
  globalThis.gc?.()
  const idle = process.memoryUsage().rss
  let peak = idle
  const watch = setInterval(() => { peak = Math.max(peak, process.memoryUsage().rss) }, 10)
  const began = process.cpuUsage()
  let rows = 0
  let code = 'read'
  try {
    if (!inThread) {
      const sheet = await openSheet(path)
      try {
        for await (const batch of sheet.rows()) rows += batch.length
      } finally {
        await sheet.close()
      }
    } else await readInThread(path, {}, { about() {}, rows: async (batch) => void (rows += batch.rows) })
  } catch (error) {
    code = error instanceof SheetFault ? error.code : `not a fault: ${String(error)}`
  }
  clearInterval(watch)
  const spent = process.cpuUsage(began)
  process.send!({ code, ms: (spent.user + spent.system) / 1000, bytes: Math.max(peak, process.memoryUsage().rss) - idle, rows } satisfies Verdict)
})())
process.send!('ready')
