// The reading side in its own thread: opens a file, reads its rows and hands them over packed, some thousand at a time.
import { parentPort, workerData } from 'node:worker_threads'
import { deflateRawSync } from 'node:zlib'
import { SheetFault, type SheetFaultCode, type SheetName, type SheetRow } from './cells.ts'
import { openSheet, type OpenedSheet, type SheetChoice } from './open.ts'

export interface ReadingTask { path: string; choice: SheetChoice; batchRows: number }
export interface SheetAbout extends Pick<OpenedSheet, 'format' | 'sheet' | 'encoding' | 'separator'> { sheets: SheetName[] }
export interface PackedRows { firstAt: number; lastAt: number; rows: number; packed: Uint8Array }
export type FromThread =
  | ({ kind: 'about' } & SheetAbout)
  | ({ kind: 'rows' } & PackedRows)
  | { kind: 'end'; hiddenColumns: number[]; merges: number }
  | { kind: 'fault'; code: SheetFaultCode; row?: number }
/** Batches that may be under way at once; reading waits for the other side to have stored them. */
const AHEAD = 3

export function serveReading(): void {
  const port = parentPort!
  const task = workerData as ReadingTask
  let free = AHEAD
  let go: (() => void) | undefined
  port.on('message', () => {
    free += 1
    go?.()
  })
  const say = (message: FromThread, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
  const hand = async (rows: SheetRow[]) => {
    while (free === 0) await new Promise<void>((resolve) => { go = resolve })
    free -= 1
    const packed = new Uint8Array(deflateRawSync(JSON.stringify(rows), { level: 1 }))
    say({ kind: 'rows', firstAt: rows[0]!.at, lastAt: rows.at(-1)!.at, rows: rows.length, packed }, [packed.buffer])
  }
  void (async () => {
    let sheet: OpenedSheet | undefined
    try {
      sheet = await openSheet(task.path, task.choice)
      const { format, sheets, sheet: name, encoding, separator } = sheet
      say({ kind: 'about', format, sheets, sheet: name, encoding, separator })
      let waiting: SheetRow[] = []
      for await (const rows of sheet.rows()) {
        waiting = waiting.length ? waiting.concat(rows) : rows
        while (waiting.length >= task.batchRows) {
          await hand(waiting.slice(0, task.batchRows))
          waiting = waiting.slice(task.batchRows)
        }
      }
      if (waiting.length) await hand(waiting)
      say({ kind: 'end', ...sheet.told })
    } catch (error) {
      if (!(error instanceof SheetFault)) throw error
      say({ kind: 'fault', code: error.code, ...(error.row === undefined ? {} : { row: error.row }) })
    } finally {
      await sheet?.close()
      port.close()
    }
  })()
}
