// Asks ClamAV's daemon whether a file is harmful: INSTREAM over TCP or a Unix socket, in bounded memory and time.
import { createReadStream } from 'node:fs'
import { connect, type Socket } from 'node:net'

export type Verdict = { harmful: false } | { harmful: true; signature: string }
/** Where the daemon listens: `tcp://host:3310` or `unix:/run/clamav/clamd.ctl`. */
export function addressOfClamd(address: string): { host: string; port: number } | { path: string } {
  if (address.startsWith('unix:')) return { path: address.slice('unix:'.length).replace(/^\/\/+/, '/') }
  const { hostname, port } = new URL(address)
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) }
}
const CHUNK = 64 * 1024

/** The daemon's verdict on a file; throws when it cannot be reached, does not answer in `ms`, or says that it failed. */
export async function scanFile(address: string, path: string, ms: number): Promise<Verdict> {
  const socket = connect(addressOfClamd(address))
  const signal = AbortSignal.timeout(ms)
  const late = () => socket.destroy(new Error('The scanner did not answer in time'))
  signal.addEventListener('abort', late, { once: true })
  try {
    const answer = answerOf(socket)
    // A daemon that refuses early closes while the file is still being sent: its answer decides, not the broken pipe.
    answer.catch(() => {})
    await send(socket, path).catch(() => {})
    return readVerdict(await answer)
  } finally {
    signal.removeEventListener('abort', late)
    socket.destroy()
  }
}
async function send(socket: Socket, path: string): Promise<void> {
  await write(socket, Buffer.from('zINSTREAM\0'))
  for await (const chunk of createReadStream(path, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(chunk.length)
    await write(socket, Buffer.concat([length, chunk]))
  }
  await write(socket, Buffer.alloc(4))
}
const write = (socket: Socket, bytes: Buffer) => new Promise<void>((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())))

function answerOf(socket: Socket): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    socket.on('data', (bytes: Buffer) => {
      text += bytes.toString('utf8')
      if (text.includes('\0') || text.length > 4096) resolve(text)
    })
    socket.once('end', () => resolve(text))
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The scanner closed the connection')))
  })
}
/** `stream: OK`, `stream: <signature> FOUND`, or `… ERROR`. */
export function readVerdict(answer: string): Verdict {
  const said = answer.replace(/\0[^]*$/, '').trim()
  if (/^stream: OK$/.test(said)) return { harmful: false }
  const found = /^stream: (.+) FOUND$/.exec(said)
  if (found) return { harmful: true, signature: found[1]!.replace(/[^\w.\-:/() ]/g, '?').slice(0, 200) }
  throw new Error(`The scanner answered: ${said.replace(/[^\w.\-: ]/g, '?').slice(0, 120) || 'nothing'}`)
}
