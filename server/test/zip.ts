// A small zip and Word writer for tests, able to write broken ones.
import { deflateRawSync } from 'node:zlib'

export interface Packed { name: string; content?: string | Buffer; flags?: number; method?: number; unpacked?: number; localName?: string }
/** A zip of these entries; `comment` and `tail` come after the end record. */
export function zipOf(entries: Packed[], options: { comment?: Buffer; tail?: Buffer; count?: number } = {}): Buffer {
  const local: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const content = Buffer.from(entry.content ?? '')
    const method = entry.method ?? 8
    const bytes = method === 8 ? deflateRawSync(content) : content
    const name = Buffer.from(entry.name)
    const localName = Buffer.from(entry.localName ?? entry.name)
    const head = Buffer.alloc(30)
    head.writeUInt32LE(0x04034b50, 0)
    head.writeUInt16LE(20, 4)
    head.writeUInt16LE(entry.flags ?? 0, 6)
    head.writeUInt16LE(method, 8)
    head.writeUInt32LE(bytes.length, 18)
    head.writeUInt32LE(entry.unpacked ?? content.length, 22)
    head.writeUInt16LE(localName.length, 26)
    local.push(head, localName, bytes)
    const row = Buffer.alloc(46)
    row.writeUInt32LE(0x02014b50, 0)
    row.writeUInt16LE(entry.flags ?? 0, 8)
    row.writeUInt16LE(method, 10)
    row.writeUInt32LE(bytes.length, 20)
    row.writeUInt32LE(entry.unpacked ?? content.length, 24)
    row.writeUInt16LE(name.length, 28)
    row.writeUInt32LE(offset, 42)
    central.push(row, name)
    offset += 30 + localName.length + bytes.length
  }
  const directory = Buffer.concat(central)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(options.count ?? entries.length, 8)
  end.writeUInt16LE(options.count ?? entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(options.comment?.length ?? 0, 20)
  return Buffer.concat([...local, directory, end, options.comment ?? Buffer.alloc(0), options.tail ?? Buffer.alloc(0)])
}
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
export const contentTypes = (type = MAIN) => `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`
/** A plain Word document with further entries. */
export const docxOf = (more: Packed[] = [], types = contentTypes()) => zipOf([{ name: '[Content_Types].xml', content: types }, { name: 'word/document.xml', content: '<w:document/>' }, ...more])
