// Files over HTTP: received onto disk in bounded memory before any transaction begins, sent with headers that keep them inert.
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problem } from './problem.ts'
import type { FileAnswer, ReceivedFile } from './routes.ts'

/** Takes the one file of a multipart request; `discard` removes the temporary copy if the action has not moved it. */
export async function receiveFile(request: FastifyRequest, folder: string, allow: () => void): Promise<ReceivedFile & { discard(): Promise<void> }> {
  allow()
  if (!request.isMultipart()) throw problem('request.unsupported_type')
  const part = await request.file()
  if (!part) throw problem('files.empty')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, randomUUID())
  const hash = createHash('sha256')
  let size = 0
  let head = Buffer.alloc(0)
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length
      hash.update(chunk)
      if (head.length < 4096) head = Buffer.concat([head, chunk]).subarray(0, 4096)
      done(null, chunk)
    },
  })
  const discard = () => rm(path, { force: true })
  try {
    await pipeline(part.file, measure, createWriteStream(path, { mode: 0o600 }))
    if (part.file.truncated) throw problem('request.too_large', { limit: '10 MB' })
  } catch (error) {
    await discard()
    throw error
  }
  return { name: part.filename ?? '', path, size, sha256: hash.digest('hex'), head, discard }
}

/** Streams a file; a browser saves it, or shows a picture, and never runs it. */
export async function sendFile(reply: FastifyReply, file: FileAnswer): Promise<FastifyReply> {
  const name = encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
  reply
    .header('content-type', file.type)
    .header('content-disposition', `${file.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`)
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .headers(file.headers ?? {})
  if (file.size !== undefined) reply.header('content-length', file.size)
  if ('path' in file) return reply.send(createReadStream(file.path))
  for (const [trailer, value] of Object.entries(file.trailers ?? {})) reply.trailer(trailer, async () => value())
  return reply.send(Readable.from(file.bytes, { objectMode: false, highWaterMark: 64 * 1024 }))
}
