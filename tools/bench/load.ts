// A load generator that stays out of the way: prepared requests over kept-alive sockets, answers counted, not parsed.
import { connect } from 'node:net'

export interface Load { perSecond: number; p50: number; p99: number; statuses: Record<string, number> }
/** Sends each request once, at most `connections` at a time; times in milliseconds. */
export function fire(options: { port: number; connections: number; requests: readonly Buffer[] }): Promise<Load> {
  const { requests } = options
  const times = new Float64Array(requests.length)
  const statuses: Record<string, number> = {}
  let next = 0
  let done = 0
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const finish = () => {
      const seconds = (performance.now() - began) / 1000
      const sorted = Float64Array.from(times).sort()
      resolve({ perSecond: requests.length / seconds, p50: sorted[Math.floor(sorted.length * 0.5)]!, p99: sorted[Math.floor(sorted.length * 0.99)]!, statuses })
    }
    for (let i = 0; i < options.connections; i++) {
      const socket = connect(options.port, '127.0.0.1')
      socket.setNoDelay(true)
      socket.on('error', reject)
      let sent = 0
      let at = 0
      let held: Buffer = Buffer.alloc(0)
      const send = () => {
        if (next >= requests.length) return void socket.end()
        at = next++
        sent = performance.now()
        socket.write(requests[at]!)
      }
      socket.on('connect', send)
      socket.on('data', (chunk: Buffer) => {
        held = held.length ? Buffer.concat([held, chunk]) : chunk
        const end = lengthOfAnswer(held)
        if (end === undefined || held.length < end) return
        times[at] = performance.now() - sent
        const status = held.toString('latin1', 9, 12)
        statuses[status] = (statuses[status] ?? 0) + 1
        held = Buffer.alloc(0)
        done += 1
        if (done === requests.length) { finish(); socket.end() } else send()
      })
    }
  })
}
function lengthOfAnswer(buffer: Buffer): number | undefined {
  const head = buffer.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const length = /content-length: (\d+)/i.exec(buffer.toString('latin1', 0, head))
  return head + 4 + Number(length?.[1] ?? 0)
}
export function post(path: string, body: unknown, headers: Record<string, string> = {}): Buffer {
  const payload = Buffer.from(JSON.stringify(body))
  const lines = [`POST ${path} HTTP/1.1`, 'host: 127.0.0.1', 'content-type: application/json', `content-length: ${payload.length}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
  return Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), payload])
}
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!
}
