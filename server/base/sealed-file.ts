// Files that lie sealed on disk: written and read as streams in bounded memory, each under a key of its own that is kept elsewhere.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { open } from 'node:fs/promises'

const FRAME = 64 * 1024
const TAG = 16
/** A key for one file; without it the bytes on disk say nothing. */
export const newFileKey = (): Buffer => randomBytes(32)

// The key serves one file only, so counting nonces never repeats; the last frame is marked, so that a file cut short is found out.
function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeUInt32BE(frame, 8)
  return nonce
}
/** The pieces of a sealed frame, written together without being copied into one. */
function sealFrame(key: Buffer, frame: number, plain: Buffer, last: boolean): Buffer[] {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(frame))
  cipher.setAAD(Buffer.of(last ? 1 : 0))
  const head = Buffer.alloc(5)
  head.writeUInt32BE(plain.length, 0)
  head[4] = last ? 1 : 0
  const sealed = cipher.update(plain)
  cipher.final()
  return [head, sealed, cipher.getAuthTag()]
}
/** Writes a new file with mode 0600 and waits until the disk has it; answers the number of bytes sealed. Fails when it exists. */
export async function writeSealed(path: string, key: Buffer, source: AsyncIterable<Buffer>): Promise<number> {
  const file = await open(path, 'wx', 0o600)
  try {
    // One frame is filled again and again: a million rows leave no million buffers behind.
    const waiting = Buffer.alloc(FRAME)
    let held = 0
    let frame = 0
    let size = 0
    for await (const chunk of source) {
      size += chunk.length
      for (let at = 0; at < chunk.length; ) {
        const taken = chunk.copy(waiting, held, at)
        held += taken
        at += taken
        if (held < FRAME) continue
        await file.writev(sealFrame(key, frame++, waiting, false))
        held = 0
      }
    }
    await file.writev(sealFrame(key, frame, waiting.subarray(0, held), true))
    await file.sync()
    return size
  } finally {
    await file.close()
  }
}
/** The bytes that were sealed; throws when the file is not whole, was changed, or has another key. */
export async function* readSealed(path: string, key: Buffer): AsyncGenerator<Buffer> {
  const file = await open(path, 'r')
  try {
    for (let frame = 0, at = 0, last = false; !last; frame++) {
      const head = await read(file, at, 5)
      const length = head.readUInt32BE(0)
      if (length > FRAME) throw new Error('The sealed file is damaged')
      last = head[4] === 1
      const body = await read(file, at + 5, length + TAG)
      at += 5 + length + TAG
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame))
      decipher.setAAD(Buffer.of(last ? 1 : 0))
      decipher.setAuthTag(body.subarray(length))
      yield Buffer.concat([decipher.update(body.subarray(0, length)), decipher.final()])
    }
  } finally {
    await file.close()
  }
}
async function read(file: Awaited<ReturnType<typeof open>>, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw new Error('The sealed file is cut short')
  return buffer
}
