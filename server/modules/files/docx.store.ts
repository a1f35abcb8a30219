// Looks into a zip on disk, in bounded memory, to say whether it is a Word document without macros.
import { open, type FileHandle } from 'node:fs/promises'
import { inflateRawSync } from 'node:zlib'
import { CONTENT_TYPES, CONTENT_TYPES_LIMIT, ZIP_END_LIMIT, contentTypesFault, dataStart, directoryOf, entriesFault, entriesOf, type Entry } from './rules.ts'

/** Why the file is not an acceptable Word document; undefined when it is. Reads at most about 2 MB of it. */
export async function documentFault(path: string, size: number): Promise<string | undefined> {
  const file = await open(path, 'r')
  try {
    const end = Math.min(size, ZIP_END_LIMIT)
    const directory = directoryOf(await read(file, size - end, end), size)
    if (!directory) return 'the list of entries is broken'
    const entries = entriesOf(await read(file, directory.offset, directory.size), directory.entries)
    if (!entries) return 'the list of entries is broken'
    const types = entries.find((entry) => entry.name === CONTENT_TYPES)
    return entriesFault(entries) ?? (types ? await typesFault(file, types) : 'not a Word document')
  } finally {
    await file.close()
  }
}

/** Macros can hide under any entry name, but Word finds them only through the declared content types. */
async function typesFault(file: FileHandle, entry: Entry): Promise<string | undefined> {
  const start = dataStart(await read(file, entry.offset, 30 + Buffer.byteLength(entry.name)), entry)
  if (start === undefined || entry.packed > CONTENT_TYPES_LIMIT) return 'the list of content types is broken'
  const packed = await read(file, start, entry.packed)
  try {
    const bytes = entry.method === 0 ? packed : inflateRawSync(packed, { maxOutputLength: CONTENT_TYPES_LIMIT })
    return contentTypesFault(decode(bytes))
  } catch {
    return 'the list of content types is broken'
  }
}
/** XML may be UTF-16; what is not plain is refused rather than guessed at. */
function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

async function read(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}
