// Writes a zip as a stream: entries of unknown length, compressed on the way, in the plain form that every spreadsheet opens.
import { createDeflateRaw, crc32 } from 'node:zlib'
import { drained } from './zip.ts'

type Pieces = AsyncIterable<string | Buffer> | Iterable<string | Buffer>
export interface ZipWriter { entry(name: string, pieces: Pieces): AsyncGenerator<Buffer>; end(): AsyncGenerator<Buffer> }
interface Done { name: Buffer; crc: number; packed: number; unpacked: number; offset: number }
const ALL = 0xffffffff
// Fast and within a tenth of the smallest, as sheets repeat themselves.
const LEVEL = 4

export function zipWriter(at = new Date(Date.UTC(2020, 0, 1))): ZipWriter {
  const done: Done[] = []
  let offset = 0
  const [time, day] = [(at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1), ((Math.max(at.getUTCFullYear(), 1980) - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()]
  const counted = (buffer: Buffer) => {
    offset += buffer.length
    return buffer
  }
  return {
    async *entry(name, pieces) {
      const entry: Done = { name: Buffer.from(name), crc: 0, packed: 0, unpacked: 0, offset }
      const head = Buffer.alloc(30)
      head.writeUInt32LE(0x04034b50, 0)
      head.writeUInt16LE(20, 4)
      head.writeUInt16LE(0x0808, 6) // sizes follow the data; names are UTF-8
      head.writeUInt16LE(8, 8)
      head.writeUInt16LE(time, 10)
      head.writeUInt16LE(day, 12)
      head.writeUInt16LE(entry.name.length, 26)
      yield counted(Buffer.concat([head, entry.name]))
      for await (const chunk of deflated(pieces, entry)) {
        entry.packed += chunk.length
        yield counted(chunk)
      }
      // Excel balks at zip64 in streams; sheets are split long before, see write.ts.
      if (entry.unpacked > ALL || offset > ALL) throw new RangeError('A zip entry passed 4 GB')
      const tail = Buffer.alloc(16)
      tail.writeUInt32LE(0x08074b50, 0)
      tail.writeUInt32LE(entry.crc, 4)
      tail.writeUInt32LE(entry.packed, 8)
      tail.writeUInt32LE(entry.unpacked, 12)
      yield counted(tail)
      done.push(entry)
    },
    async *end() {
      const start = offset
      for (const entry of done) yield counted(central(entry, time, day))
      yield endOf(done.length, start, offset - start)
    },
  }
}
async function* deflated(pieces: Pieces, entry: Done): AsyncGenerator<Buffer> {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 64 * 1024 })
  const feed = (async () => {
    for await (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece
      entry.crc = crc32(bytes, entry.crc)
      entry.unpacked += bytes.length
      if (deflate.destroyed) return
      if (!deflate.write(bytes)) await drained(deflate)
    }
    deflate.end()
  })()
  feed.catch((error: Error) => deflate.destroy(error))
  try {
    for await (const chunk of deflate) yield chunk as Buffer
    await feed
  } finally {
    deflate.destroy()
  }
}
function central(entry: Done, time: number, day: number): Buffer {
  const row = Buffer.alloc(46)
  row.writeUInt32LE(0x02014b50, 0)
  row.writeUInt16LE(20, 4)
  row.writeUInt16LE(20, 6)
  row.writeUInt16LE(0x0808, 8)
  row.writeUInt16LE(8, 10)
  row.writeUInt16LE(time, 12)
  row.writeUInt16LE(day, 14)
  row.writeUInt32LE(entry.crc, 16)
  row.writeUInt32LE(entry.packed, 20)
  row.writeUInt32LE(entry.unpacked, 24)
  row.writeUInt16LE(entry.name.length, 28)
  row.writeUInt32LE(entry.offset, 42)
  return Buffer.concat([row, entry.name])
}
function endOf(count: number, start: number, length: number): Buffer {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(length, 12)
  end.writeUInt32LE(start, 16)
  return end
}
