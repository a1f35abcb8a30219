// A small streaming XML scanner for the parts of a workbook: tags, attributes, texts; no document types, no entities of a file's own.
import { isUtf8 } from 'node:buffer'
import { SheetFault } from './cells.ts'

export interface XmlHandler {
  /** `attributes` is the raw text behind the name, see `attribute`. A closed-in-itself element is opened and closed. */
  open(name: string, attributes: string): void
  close(name: string): void
  /** Only called while `wantsText` is true; entities are resolved. */
  text(text: string): void
  wantsText: boolean
}
/** More than this without an end is no sheet that a program wrote. */
const LONGEST = 1024 * 1024
const [GREATER, SLASH, DOUBLE, SINGLE, QUESTION, BANG, COLON] = [62, 47, 34, 39, 63, 33, 58]
const isSpace = (code: number) => code === 32 || code === 10 || code === 13 || code === 9

export class XmlScanner {
  private rest = ''
  constructor(private readonly handler: XmlHandler) {}

  /** Takes the next piece of the document, however it was cut. */
  push(piece: string, last = false): void {
    const text = this.rest ? this.rest + piece : piece
    let at = 0
    while (at < text.length) {
      const open = text.indexOf('<', at)
      if (open < 0) break
      const next = this.tag(text, open)
      if (next < 0) {
        if (open > at) this.textOf(text, at, open)
        at = open
        break
      }
      if (open > at) this.textOf(text, at, open)
      this.act(text, open, next)
      at = next
    }
    this.rest = text.slice(at)
    if (this.rest.length > LONGEST) throw new SheetFault('cell_too_long')
    if (last && this.rest.trim()) throw new SheetFault('damaged')
  }
  private textOf(text: string, from: number, to: number): void {
    if (this.handler.wantsText) this.handler.text(resolved(text.slice(from, to)))
  }
  /** Where the markup that begins at `open` ends (one beyond its `>`); -1 when the end has not come yet. */
  private tag(text: string, open: number): number {
    const kind = text.charCodeAt(open + 1)
    if (kind === QUESTION) return beyond(text.indexOf('?>', open), 2)
    if (kind === BANG) {
      const head = text.slice(open, open + 9)
      if (head.startsWith('<!--')) return beyond(text.indexOf('-->', open + 4), 3)
      if (head === '<![CDATA[') return beyond(text.indexOf(']]>', open + 9), 3)
      if (head.length < 9 && ('<!--'.startsWith(head) || '<![CDATA['.startsWith(head))) return -1
      // A document type could bring entities that expand without end or reach for other files.
      throw new SheetFault('entities')
    }
    const near = text.indexOf('>', open + 1)
    if (near < 0) return -1
    const before = text.charCodeAt(near - 1)
    // Behind a value, a slash or a bare name the tag ends here; only within a value could it be otherwise.
    if (before === DOUBLE || before === SLASH || !text.slice(open, near).includes('=')) return near + 1
    let quote = 0
    for (let at = open + 1; at < text.length; at++) {
      const code = text.charCodeAt(at)
      if (quote) {
        if (code === quote) quote = 0
      } else if (code === GREATER) return at + 1
      else if (code === DOUBLE || code === SINGLE) quote = code
    }
    return -1
  }
  private act(text: string, open: number, next: number): void {
    const kind = text.charCodeAt(open + 1)
    if (kind === QUESTION) return
    if (kind === BANG) {
      if (text.charCodeAt(open + 2) === 91 && this.handler.wantsText) this.handler.text(text.slice(open + 9, next - 3))
      return
    }
    const closing = kind === SLASH
    const end = next - 1
    let from = open + (closing ? 2 : 1)
    let to = from
    for (; to < end; to++) {
      const code = text.charCodeAt(to)
      if (code === COLON) from = to + 1
      else if (code === SLASH || isSpace(code)) break
    }
    const name = text.slice(from, to)
    if (closing) return this.handler.close(name)
    const alone = text.charCodeAt(end - 1) === SLASH
    this.handler.open(name, text.slice(to, alone ? end - 1 : end))
    if (alone) this.handler.close(name)
  }
}
const beyond = (found: number, length: number) => (found < 0 ? -1 : found + length)

/** The value of an attribute by its local name; undefined when it is not there. */
export function attribute(attributes: string, name: string): string | undefined {
  let at = 0
  while (at < attributes.length) {
    while (isSpace(attributes.charCodeAt(at))) at += 1
    const equals = attributes.indexOf('=', at)
    if (equals < 0) return undefined
    let open = equals + 1
    while (isSpace(attributes.charCodeAt(open))) open += 1
    const quote = attributes.charCodeAt(open)
    if (quote !== DOUBLE && quote !== SINGLE) throw new SheetFault('damaged')
    const close = attributes.indexOf(quote === DOUBLE ? '"' : "'", open + 1)
    if (close < 0) throw new SheetFault('damaged')
    let from = attributes.lastIndexOf(':', equals)
    from = from < at ? at : from + 1
    let to = equals
    while (to > from && isSpace(attributes.charCodeAt(to - 1))) to -= 1
    if (to - from === name.length && attributes.startsWith(name, from)) return resolved(attributes.slice(open + 1, close))
    at = close + 1
  }
  return undefined
}

const PREDEFINED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
function resolved(text: string): string {
  if (!text.includes('&')) return text
  return text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w{1,40}));/g, (_, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) {
      const known = PREDEFINED[name]
      if (known === undefined) throw new SheetFault('entities')
      return known
    }
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}
/** `_x000D_` stands for a character that XML cannot carry. */
export function unescaped(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : text
}

/** Scans a small part that is wholly in memory. */
export function scanWhole(bytes: Buffer, handler: Partial<XmlHandler>): void {
  const scanner = new XmlScanner({ open() {}, close() {}, text() {}, wantsText: false, ...handler })
  scanner.push(decodeXml(bytes), true)
}
function decodeXml(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new SheetFault('damaged')
  }
}
/** Decodes chunks of UTF-8 however they were cut; anything else is damage. */
export async function* decoded(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let first = true
  for await (const bytes of wholeCharacters(chunks)) {
    if (!isUtf8(bytes)) throw new SheetFault('damaged')
    const text = bytes.toString('utf8')
    yield first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text
    first = false
  }
}
/** The same bytes, cut so that no character of UTF-8 is torn; a whole chunk decodes many times faster than a streaming decoder. */
export async function* wholeCharacters(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let left: Buffer | undefined
  for await (const chunk of chunks) {
    const bytes: Buffer = left ? Buffer.concat([left, chunk]) : chunk
    const end = bytes.length - unfinished(bytes)
    left = end < bytes.length ? Buffer.from(bytes.subarray(end)) : undefined
    if (end) yield bytes.subarray(0, end)
  }
  if (left) yield left
}
/** How many bytes at the end begin a character of UTF-8 that the next chunk completes. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if ((byte & 0xc0) === 0x80) continue
    return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1) > back ? back : 0
  }
  return 0
}
