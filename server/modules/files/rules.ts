// What counts as an acceptable file, judged by its bytes: types by their first bytes, names, and the inside of a Word file.

export type FileKind = 'pdf' | 'jpg' | 'png' | 'docx' | 'mp4'
interface Kind { type: string; extensions: readonly string[] }
export const kinds: Readonly<Record<FileKind, Kind>> = {
  pdf: { type: 'application/pdf', extensions: ['pdf'] },
  jpg: { type: 'image/jpeg', extensions: ['jpg', 'jpeg'] },
  png: { type: 'image/png', extensions: ['png'] },
  docx: { type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', extensions: ['docx'] },
  // A film of a site: shown by players only, never run.
  mp4: { type: 'video/mp4', extensions: ['mp4'] },
}

export const isPicture = (type: string): boolean => type.startsWith('image/')
export const megabytes = (bytes: number): string => `${Math.round(bytes / 104_857.6) / 10} MB`

const MAGIC: readonly (readonly [FileKind, readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]], // %PDF-
  ['jpg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['docx', [0x50, 0x4b, 0x03, 0x04]], // any zip; its inside decides, see documentFault
]
/** The kind that the first bytes speak of; a zip counts as a Word file until it has been opened. */
export function kindOf(head: Uint8Array): FileKind | undefined {
  return MAGIC.find(([, bytes]) => bytes.every((byte, at) => head[at] === byte))?.[0] ?? (FILM.every((byte, at) => head[at + 4] === byte) ? 'mp4' : undefined)
}
/** `ftyp` behind the length of the first box. */
const FILM = [0x66, 0x74, 0x79, 0x70]

export const NAME_LIMIT = 120
// Controls, invisible and direction-changing characters: none of them belongs in a name that a person reads before opening the file.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|\p{Cs}/gu
/** The name without path, controls and direction marks, at most 120 characters with its ending kept. */
export function cleanName(given: string): string {
  const last = given.replace(UNSEEN, '').split(/[/\\]/).at(-1) ?? ''
  const name = last.normalize('NFC').replace(/[<>:"|?*]/g, '').replace(/\s+/g, ' ').replace(/^[.\s]+|[.\s]+$/g, '')
  const characters = [...name]
  if (characters.length <= NAME_LIMIT) return name
  const dot = characters.lastIndexOf('.')
  const ending = dot > 0 && characters.length - dot <= 10 ? characters.slice(dot) : []
  return [...characters.slice(0, NAME_LIMIT - ending.length), ...ending].join('')
}
/** Whether the ending of the name says what the bytes say. A name that is nothing but an ending names nothing. */
export function nameFits(kind: FileKind, name: string): boolean {
  const ending = /^.+\.([^.]+)$/su.exec(name)?.[1]?.toLowerCase()
  return ending !== undefined && kinds[kind].extensions.includes(ending)
}

// ── the inside of a Word file ───────────────────────────────────────────────
/** The end record of a zip is 22 bytes and a comment of at most 65,535. */
export const ZIP_END_LIMIT = 22 + 65_535
const ENTRIES_LIMIT = 4000
const DIRECTORY_LIMIT = 1024 * 1024
/** Bytes a Word file of 10 MB may claim to unpack to; more is a bomb. */
const UNPACKED_LIMIT = 200 * 1024 * 1024

export interface Directory { offset: number; size: number; entries: number }
/** Where the list of entries lies, from the last bytes of a file of `size` bytes; undefined unless the zip ends exactly there. */
export function directoryOf(tail: Uint8Array, size: number): Directory | undefined {
  const view = viewOf(tail)
  for (let at = tail.length - 22; at >= 0; at -= 1) {
    // The comment reaches the end of the file: nothing hides behind it.
    if (view.getUint32(at, true) !== 0x06054b50 || at + 22 + view.getUint16(at + 20, true) !== tail.length) continue
    const [entries, length, offset] = [view.getUint16(at + 10, true), view.getUint32(at + 12, true), view.getUint32(at + 16, true)]
    const oneDisk = view.getUint16(at + 4, true) === 0 && view.getUint16(at + 6, true) === 0 && view.getUint16(at + 8, true) === entries
    const inPlace = offset + length === size - tail.length + at
    return oneDisk && inPlace && entries > 0 && entries <= ENTRIES_LIMIT && length <= DIRECTORY_LIMIT ? { offset, size: length, entries } : undefined
  }
  return undefined
}

export interface Entry { name: string; flags: number; method: number; packed: number; unpacked: number; offset: number }
/** The entries that the directory lists; undefined when it is not well formed. */
export function entriesOf(directory: Uint8Array, count: number): Entry[] | undefined {
  const view = viewOf(directory)
  const entries: Entry[] = []
  let at = 0
  while (at + 46 <= directory.length && view.getUint32(at, true) === 0x02014b50) {
    const [name, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const next = at + 46 + name + extra + comment
    if (next > directory.length) return undefined
    entries.push({
      name: new TextDecoder().decode(directory.subarray(at + 46, at + 46 + name)),
      flags: view.getUint16(at + 8, true), method: view.getUint16(at + 10, true), packed: view.getUint32(at + 20, true), unpacked: view.getUint32(at + 24, true), offset: view.getUint32(at + 42, true),
    })
    at = next
  }
  return at === directory.length && entries.length === count ? entries : undefined
}

export const CONTENT_TYPES = '[Content_Types].xml'
/** Largest list of content types that is read, bytes. */
export const CONTENT_TYPES_LIMIT = 512 * 1024
/** Why these entries are not a plain Word document; undefined when they are. */
export function entriesFault(entries: readonly Entry[]): string | undefined {
  const names = new Set(entries.map((entry) => entry.name))
  if (names.size !== entries.length) return 'an entry is there twice'
  if (!names.has('word/document.xml') || !names.has(CONTENT_TYPES)) return 'not a Word document'
  if (entries.some((entry) => /vbaProject|vbaData|(^|\/)activeX\//i.test(entry.name))) return 'macros'
  if (entries.some((entry) => entry.name.startsWith('/') || /\\|(^|\/)\.\.(\/|$)|[\u0000-\u001f]/.test(entry.name))) return 'an entry points outside'
  if (entries.some((entry) => (entry.flags & 1) !== 0 || (entry.method !== 0 && entry.method !== 8))) return 'encrypted or packed in an unknown way'
  if (entries.reduce((total, entry) => total + entry.unpacked, 0) > UNPACKED_LIMIT) return 'unpacks to too much'
  return undefined
}
/** Why the declared content types are not those of a document without macros; undefined when they are. */
export function contentTypesFault(xml: string): string | undefined {
  if (/macroEnabled|vbaProject|activeX/i.test(xml)) return 'macros'
  return xml.includes('wordprocessingml.document.main+xml') ? undefined : 'not a Word document'
}
/** Where the bytes of an entry begin, from its local header at `offset`; undefined when that header is another entry's. */
export function dataStart(header: Uint8Array, entry: Entry): number | undefined {
  const view = viewOf(header)
  if (header.length < 30 || view.getUint32(0, true) !== 0x04034b50 || view.getUint16(8, true) !== entry.method) return undefined
  const [name, extra] = [view.getUint16(26, true), view.getUint16(28, true)]
  if (header.length < 30 + name || new TextDecoder().decode(header.subarray(30, 30 + name)) !== entry.name) return undefined
  return entry.offset + 30 + name + extra
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
