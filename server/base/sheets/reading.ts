// Reads a file of a table in a thread of its own, bounded in memory and time, so that a hostile one harms nobody else.
import { inflateRawSync } from 'node:zlib'
import { startThread } from '../threads.ts'
import { SheetFault, type SheetRow } from './cells.ts'
import type { SheetChoice } from './open.ts'
import type { FromThread, PackedRows, SheetAbout } from './thread.ts'

export interface Reading {
  about(about: SheetAbout): Promise<void> | void
  /** Takes the next batch; the thread reads on meanwhile, but never far ahead. */
  rows(batch: PackedRows): Promise<void>
}
export interface ReadingLimits { batchRows?: number; heapMb?: number; seconds?: number }

/** Reads all rows; throws SheetFault for a refused file, also when it needs too much memory or time. */
export async function readInThread(path: string, choice: SheetChoice, reading: Reading, limits: ReadingLimits = {}): Promise<{ hiddenColumns: number[]; merges: number }> {
  const worker = startThread('sheets-thread', {
    workerData: { path, choice, batchRows: limits.batchRows ?? 2000 }, execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: limits.heapMb ?? 192, maxYoungGenerationSizeMb: 32 },
  })
  let chain = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new SheetFault('too_slow')), (limits.seconds ?? 300) * 1000)
      const then = (work: () => Promise<void> | void) => {
        chain = chain.then(work)
        chain.catch(reject)
      }
      worker.on('message', (message: FromThread) => {
        if (message.kind === 'fault') reject(new SheetFault(message.code, message.row))
        else if (message.kind === 'about') {
          const { kind: _, ...about } = message
          then(() => reading.about(about))
        }
        else if (message.kind === 'rows') then(async () => {
          await reading.rows(message)
          worker.postMessage('next')
        })
        else then(() => resolve({ hiddenColumns: message.hiddenColumns, merges: message.merges }))
      })
      worker.on('error', (error: NodeJS.ErrnoException) => reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new SheetFault('bomb') : error))
      worker.on('exit', (code) => { if (code !== 0) reject(new Error(`the reading thread ended with ${code}`)) })
    })
  } finally {
    clearTimeout(timer)
    await worker.terminate()
  }
}
/** The rows of a batch as they were packed by the thread. */
export function unpackRows(packed: Uint8Array): SheetRow[] {
  return JSON.parse(inflateRawSync(packed).toString('utf8')) as SheetRow[]
}
