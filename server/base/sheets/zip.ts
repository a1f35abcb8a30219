// Reads zip containers from disk in bounded memory: the directory with its limits, and single entries as checked streams.
import { open, type FileHandle } from 'node:fs/promises'
import type { Writable } from 'node:stream'
import { createInflateRaw, crc32 } from 'node:zlib'
import { SheetFault, limits } from './cells.ts'

export interface ZipEntry { name: string; method: number; packed: number; unpacked: number; crc: number; offset: number }
export interface Zip { entries: Map<string, ZipEntry>; chunks(entry: ZipEntry): AsyncGenerator<Buffer>; whole(name: string, most?: number): Promise<Buffer | undefined>; close(): Promise<void> }

const END = 0x06054b50
const END64 = 0x06064b50
const LOCATOR64 = 0x07064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const ALL = 0xffffffff
const damaged = () => new SheetFault('damaged')

/** Opens a zip; throws SheetFault for damaged, encrypted and oversized ones before anything is unpacked. */
export async function openZip(path: string): Promise<Zip> {
  const file = await open(path, 'r')
  try {
    const size = (await file.stat()).size
    const entries = await directory(file, size)
    judge(entries)
    return {
      entries,
      chunks: (entry) => unpack(file, entry),
      async whole(name, most = 16 * 1024 * 1024) {
        const entry = entries.get(name)
        if (!entry) return undefined
        if (entry.unpacked > most) throw new SheetFault('bomb')
        const parts: Buffer[] = []
        for await (const part of unpack(file, entry)) parts.push(part)
        return Buffer.concat(parts)
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  if (!Number.isSafeInteger(position) || position < 0) throw damaged()
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead !== length) throw damaged()
  return buffer
}
const wide = (buffer: Buffer, at: number) => Number(buffer.readBigUInt64LE(at))

async function directory(file: FileHandle, size: number): Promise<Map<string, ZipEntry>> {
  const tailLength = Math.min(size, 65_557 + 20)
  const tail = await read(file, size - tailLength, tailLength)
  let end = tail.length - 22
  while (end >= 0 && !(tail.readUInt32LE(end) === END && end + 22 + tail.readUInt16LE(end + 20) <= tail.length)) end -= 1
  if (end < 0) throw damaged()
  let count = tail.readUInt16LE(end + 10)
  let length = tail.readUInt32LE(end + 12)
  let offset = tail.readUInt32LE(end + 16)
  if (count === 0xffff || length === ALL || offset === ALL) {
    if (end < 20 || tail.readUInt32LE(end - 20) !== LOCATOR64) throw damaged()
    const wideEnd = await read(file, wide(tail, end - 12), 56)
    if (wideEnd.readUInt32LE(0) !== END64) throw damaged()
    count = wide(wideEnd, 32)
    length = wide(wideEnd, 40)
    offset = wide(wideEnd, 48)
  }
  if (count > limits.entries) throw new SheetFault('too_many_entries')
  if (length > 8 * 1024 * 1024 || offset + length > size) throw damaged()
  return entriesOf(await read(file, offset, length), count)
}

function entriesOf(bytes: Buffer, count: number): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>()
  let at = 0
  for (let n = 0; n < count; n++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) throw damaged()
    const nameLength = bytes.readUInt16LE(at + 28)
    const extraLength = bytes.readUInt16LE(at + 30)
    const next = at + 46 + nameLength + extraLength + bytes.readUInt16LE(at + 32)
    if (next > bytes.length) throw damaged()
    if (bytes.readUInt16LE(at + 8) & 1) throw new SheetFault('encrypted')
    const entry: ZipEntry = {
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/').replace(/^\//, ''), method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16), packed: bytes.readUInt32LE(at + 20), unpacked: bytes.readUInt32LE(at + 24), offset: bytes.readUInt32LE(at + 42),
    }
    widen(entry, bytes.subarray(at + 46 + nameLength, at + 46 + nameLength + extraLength))
    // Two entries of one name are a way to show one thing to a scanner and another to the reader.
    if (entries.has(entry.name)) throw damaged()
    entries.set(entry.name, entry)
    at = next
  }
  return entries
}
/** Takes sizes and places beyond 4 GB from the zip64 field. */
function widen(entry: ZipEntry, extra: Buffer): void {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue
    let from = at + 4
    const to = Math.min(extra.length, from + extra.readUInt16LE(at + 2))
    for (const field of ['unpacked', 'packed', 'offset'] as const) {
      if (entry[field] !== ALL) continue
      if (from + 8 > to) throw damaged()
      entry[field] = wide(extra, from)
      from += 8
    }
  }
}
function judge(entries: Map<string, ZipEntry>): void {
  let unpacked = 0
  for (const entry of entries.values()) {
    if (entry.method !== 0 && entry.method !== 8) throw damaged()
    unpacked += entry.unpacked
    if (unpacked > limits.unpacked || (entry.unpacked > limits.ratioFrom && entry.unpacked > entry.packed * limits.ratio)) throw new SheetFault('bomb')
  }
}

/** The bytes of an entry; length and checksum must be those of the directory, so that nothing is cut off in silence. */
async function* unpack(file: FileHandle, entry: ZipEntry): AsyncGenerator<Buffer> {
  const head = await read(file, entry.offset, 30)
  if (head.readUInt32LE(0) !== LOCAL) throw damaged()
  const start = entry.offset + 30 + head.readUInt16LE(26) + head.readUInt16LE(28)
  let size = 0
  let crc = 0
  const source = entry.method === 0 ? plain(file, start, entry.packed) : inflated(file, start, entry.packed)
  for await (const chunk of source) {
    size += chunk.length
    if (size > entry.unpacked) throw damaged()
    crc = crc32(chunk, crc)
    yield chunk
  }
  if (size !== entry.unpacked || crc !== entry.crc) throw damaged()
}
const STEP = 256 * 1024
async function* plain(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < length; at += STEP) yield await read(file, start + at, Math.min(STEP, length - at))
}
/** Waits until a stream takes more, or has been given up. */
export function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    // What was destroyed before has said `close` already and will say nothing more.
    if (stream.destroyed) return resolve()
    const done = () => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}
async function* inflated(file: FileHandle, start: number, length: number): AsyncGenerator<Buffer> {
  const inflate = createInflateRaw({ chunkSize: STEP })
  const feed = (async () => {
    for await (const chunk of plain(file, start, length)) {
      if (inflate.destroyed) return
      if (!inflate.write(chunk)) await drained(inflate)
    }
    inflate.end()
  })()
  feed.catch((error: Error) => inflate.destroy(error))
  try {
    for await (const chunk of inflate) yield chunk as Buffer
  } catch (error) {
    throw error instanceof SheetFault ? error : damaged()
  } finally {
    inflate.destroy()
    await feed.catch(() => {})
  }
}
