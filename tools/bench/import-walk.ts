// The walk of an import through the real endpoints, as a browser takes it: sent, read, checked, stored; with the moment after each.
import { openAsBlob } from 'node:fs'
import type { Import } from '@fugong/contract/imports'
import { SESSION_COOKIE } from '../../server/base/http.ts'

export interface Walked { /** Before it was sent, when it was read, checked, stored. */ marks: number[]; checked: Import; done: Import }
/** `address` names the target, such as `target=enterprises`. Throws when a step is refused or fails. */
export async function walkImport({ port, cookie }: { port: number; cookie: string }, address: string, file: string, name: string): Promise<Walked> {
  const call = async (method: string, path: string, body?: FormData | string, type?: string): Promise<Import> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers: { 'x-fugong': '1', cookie: `${SESSION_COOKIE}=${cookie}`, ...(type ? { 'content-type': type } : {}) }, ...(body === undefined ? {} : { body }) })
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return answer.json() as Promise<Import>
  }
  const until = async (id: string, state: Import['state']): Promise<Import> => {
    for (;;) {
      const one = await call('GET', `/api/imports/${id}`)
      if (one.state === state) return one
      if (one.state === 'failed') throw new Error(`the import failed: ${one.failure}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  const marks = [performance.now()]
  const form = new FormData()
  form.append('file', await openAsBlob(file), name)
  const { id } = await call('POST', `/api/imports?${address}`, form)
  const read = await until(id, 'read')
  marks.push(performance.now())
  await call('POST', `/api/imports/${id}/check`, JSON.stringify({ headerAt: read.headerAt, headerRows: read.headerRows, matching: read.columns.map((column) => column.matched) }), 'application/json')
  const checked = await until(id, 'checked')
  marks.push(performance.now())
  await call('POST', `/api/imports/${id}/run`, '{}', 'application/json')
  const done = await until(id, 'done')
  marks.push(performance.now())
  return { marks, checked, done }
}
