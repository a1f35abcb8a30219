// The drawing side in its own thread: takes a task, hands the PDF over in pieces, and keeps its faces warm for the next.
import { parentPort } from 'node:worker_threads'
import { drawPdf } from './draw.ts'
import type { PdfTask } from './page.ts'

export type FromDrawing = { kind: 'chunk'; bytes: Uint8Array } | { kind: 'end' } | { kind: 'fault'; message: string }

export function serveDrawing(): void {
  const port = parentPort!
  port.on('message', (task: PdfTask) => {
    drawPdf(task, (chunk) => port.postMessage({ kind: 'chunk', bytes: chunk } satisfies FromDrawing)).then(
      () => port.postMessage({ kind: 'end' } satisfies FromDrawing),
      (error: unknown) => port.postMessage({ kind: 'fault', message: error instanceof Error ? error.message : 'unknown' } satisfies FromDrawing),
    )
  })
}
