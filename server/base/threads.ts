// Starts a thread of this server, from the build or from source.
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

// The build puts every entry beside the chunk this code ends up in. From source tsx must be set up within the thread:
// Node 20 does not hand `--import` on to threads.
const fromSource = import.meta.url.endsWith('.ts')

/** `entry` is the name of a file beside main, such as `sheets-thread`. */
export function startThread(entry: string, options: WorkerOptions): Worker {
  const file = new URL(fromSource ? `../${entry}.ts` : `./${entry}.js`, import.meta.url)
  if (!fromSource) return new Worker(file, options)
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api').replace(/\.cjs$/, '.mjs')).href
  return new Worker(`import(${JSON.stringify(tsx)}).then(({ register }) => { register(); return import(${JSON.stringify(file.href)}) })`, { ...options, eval: true })
}
