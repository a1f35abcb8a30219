// PDFs from pages, drawn in a thread that stays warm between tasks and goes when nobody has needed it for a while.
import type { Worker } from 'node:worker_threads'
import { startThread } from '../threads.ts'
import type { PdfTask } from './page.ts'
import type { FromDrawing } from './thread.ts'

const IDLE_MS = 120_000
const TASK_MS = 300_000
let thread: Worker | undefined
let idle: NodeJS.Timeout | undefined
let turn: Promise<unknown> = Promise.resolve()

/** Draws a task after those before it; throws when it cannot be drawn or the thread dies. Fonts are read at the first task, never at start. */
export function drawInThread(task: PdfTask): Promise<Buffer> {
  const drawn = turn.then(() => draw(task))
  turn = drawn.catch(() => {})
  return drawn
}
async function draw(task: PdfTask): Promise<Buffer> {
  clearTimeout(idle)
  const worker = (thread ??= startThread('pdf-thread', { execArgv: [], resourceLimits: { maxOldGenerationSizeMb: 384, maxYoungGenerationSizeMb: 48 } }))
  // A process that has nothing else to do may end.
  worker.unref()
  const chunks: Buffer[] = []
  let timer: NodeJS.Timeout | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('Drawing a PDF took too long')), TASK_MS)
      worker.removeAllListeners()
      worker.on('message', (message: FromDrawing) => {
        if (message.kind === 'chunk') chunks.push(Buffer.from(message.bytes))
        else if (message.kind === 'end') resolve()
        else reject(new Error(`A PDF could not be drawn: ${message.message}`))
      })
      worker.on('error', reject)
      worker.on('exit', (code) => reject(new Error(`The drawing thread ended with ${code}`)))
      worker.postMessage(task)
    })
    return Buffer.concat(chunks)
  } catch (error) {
    if (thread === worker) thread = undefined
    await worker.terminate()
    throw error
  } finally {
    clearTimeout(timer)
    idle = setTimeout(() => { void thread?.terminate(); thread = undefined }, IDLE_MS)
    idle.unref()
  }
}
