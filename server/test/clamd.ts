// A small ClamAV daemon for tests: speaks INSTREAM, finds the harmless test virus, and can be slow, wrong or gone.
import { createServer, type Server } from 'node:net'
import type { AddressInfo } from 'node:net'

export const eicar = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
export interface FakeClamd { address: string; mood: 'well' | 'silent' | 'failing' | 'hangingUp'; scanned: number; close(): Promise<void> }
export async function startClamd(at: number | string = 0): Promise<FakeClamd> {
  const server: Server = createServer((socket) => {
    let bytes = Buffer.alloc(0)
    socket.on('error', () => {})
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk])
      if (daemon.mood === 'hangingUp') return void socket.destroy()
      const content = contentOf(bytes)
      if (!content || daemon.mood === 'silent') return
      daemon.scanned += 1
      socket.end(daemon.mood === 'failing' ? 'INSTREAM size limit exceeded. ERROR\0' : content.includes(eicar) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0')
    })
  })
  await new Promise<void>((resolve) => server.listen(at, ...(typeof at === 'number' ? ['127.0.0.1'] : []) as [], () => resolve()))
  const where = server.address() as AddressInfo | string
  const daemon: FakeClamd = {
    address: typeof where === 'string' ? `unix:${where}` : `tcp://127.0.0.1:${where.port}`, mood: 'well', scanned: 0,
    close: () => new Promise((resolve) => { server.close(() => resolve()) }),
  }
  return daemon
}
/** What was sent, when all of it has come: the command, pieces with their lengths, a piece of none. */
function contentOf(bytes: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0'
  if (bytes.length < command.length || bytes.toString('latin1', 0, command.length) !== command) return undefined
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    if (at + 4 + length > bytes.length) return undefined
    pieces.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return undefined
}
