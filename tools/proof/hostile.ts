// R8: hostile, foreign and renamed files are refused with their reason, within two seconds and 150 MB, by the thread that reads them.
import { fork, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateRawSync } from 'node:zlib'
import { checkedZip, sheetXml, workbookEntries, xlsxOf } from '../../server/test/sheets.ts'
import type { Proof } from './proof.ts'
import { random } from './random.ts'

/** `ms` is processor time of all threads: a busy machine makes the wall clock say nothing. */
export interface Verdict { code: string; ms: number; bytes: number; rows: number }
const READER = fileURLToPath(new URL('./hostile-reader.ts', import.meta.url))
const MOST_MS = 2000
const MOST_BYTES = 150e6

/** Each file with the reasons for which it may be refused. */
function* files(long: boolean): Generator<[string, Buffer, string[]]> {
  const one = sheetXml('<row><c><v>1</v></c></row>')
  const ole = (name: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(70_000), Buffer.from(name, 'utf16le'), Buffer.alloc(5000)])
  yield ['zeros that unpack to 1 GB', bomb(1024), ['bomb']]
  yield ['a sheet that says it is small and unpacks to 200 MB', lying(200), ['damaged', 'bomb']]
  yield ['100,000 entries', manyEntries(100_000), ['too_many_entries']]
  yield ['entities that expand', xlsxOf({ sheet: `<!DOCTYPE lolz [<!ENTITY a "${'lol'.repeat(20)}"><!ENTITY b "${'&a;'.repeat(20)}">]>${one}` }), ['entities']]
  yield ['an entity that reads a file', xlsxOf({ sheet: `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&f;</t></is></c></row></sheetData></worksheet>` }), ['entities']]
  yield ['macros', xlsxOf({ sheet: one, more: [{ name: 'xl/vbaProject.bin', content: 'x' }] }), ['macros']]
  yield ['an encrypted workbook', ole('EncryptedPackage'), ['encrypted']]
  yield ['an Excel 97 workbook', ole('Workbook'), ['old_excel']]
  yield ['an encrypted entry', checkedZip(workbookEntries({ sheet: one }).map((entry) => ({ ...entry, flags: 1 }))), ['encrypted']]
  yield ['a program', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(5000)]), ['not_a_sheet']]
  yield ['a page with a table', Buffer.from('<html><table><tr><td>=cmd</td></tr></table></html>'), ['not_a_sheet']]
  yield ['a cell of 50 MB', xlsxOf({ sheet: sheetXml(`<row><c t="inlineStr"><is><t>${noise(25_000_000)}</t></is></c></row>`) }), ['cell_too_long']]
  yield ['a shared text of 50 MB', xlsxOf({ sheet: one, shared: `<sst><si><t>${noise(25_000_000)}</t></si></sst>` }), ['cell_too_long']]
  yield ['a tag without end', xlsxOf({ sheet: `<worksheet><sheetData><row ${noise(5_000_000)}` }), ['cell_too_long', 'damaged']]
  yield ['a quote of 50 MB', Buffer.from(`a,b\n"${'x'.repeat(50_000_000)}`), ['quote_open']]
  yield ['a row of a million cells', Buffer.from(`${'x,'.repeat(1_000_000)}\n`), ['too_many_columns']]
  yield ['a merged range for every cell', xlsxOf({ sheet: sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>', `<mergeCells>${Array.from({ length: 250_000 }, (_, at) => `<mergeCell ref="A${at + 1}:A${at + 2}"/>`).join('')}</mergeCells>`) }), ['bomb']]
  const good = xlsxOf({ sheet: sheetXml(Array.from({ length: 200 }, (_, at) => `<row><c t="inlineStr"><is><t>行${at}</t></is></c></row>`).join('')) })
  const next = random(8)
  for (let n = 0; n < (long ? 2000 : 60); n++) {
    const broken = Buffer.from(good)
    for (let times = 0; times <= next(4); times++) broken[next(broken.length)] = next(256)
    yield [`damage ${n}`, broken.subarray(0, next(3) ? broken.length : next(broken.length)), []]
  }
}
/** Letters that hardly compress, so that the ratio gives nothing away. */
function noise(length: number): string {
  const next = random(length)
  return Array.from({ length: length / 10 }, () => next(2 ** 31).toString(36).padStart(10, 'a')).join('')
}
function bomb(megabytes: number): Buffer {
  const packed = deflateRawSync(Buffer.alloc(1024 * 1024))
  const entries = workbookEntries({ sheet: '' })
  const zip = checkedZip(entries.map((entry) => (entry.name.includes('sheet1') ? { ...entry, content: Buffer.concat(Array.from({ length: 40 }, () => packed)), method: 0, unpacked: megabytes * 1024 * 1024 } : entry)))
  return setMethod(zip)
}
/** A stored entry declared as deflated: the directory promises what the bytes would unpack to. */
function setMethod(zip: Buffer): Buffer {
  for (let at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1')); at >= 0; at = zip.indexOf(Buffer.from('PK\x01\x02', 'latin1'), at + 4)) if (zip.readUInt16LE(at + 10) === 0) zip.writeUInt16LE(8, at + 10)
  return zip
}
const lying = (megabytes: number): Buffer => checkedZip(workbookEntries({ sheet: sheetXml(`<row><c><v>1</v></c></row>${' '.repeat(megabytes * 1024 * 1024)}`) }).map((entry) => (entry.name.includes('sheet1') ? { ...entry, unpacked: 5000 } : entry)))
function manyEntries(count: number): Buffer {
  const part = Buffer.alloc(47)
  part.writeUInt32LE(0x02014b50, 0)
  part.writeUInt16LE(1, 28)
  const directory = Buffer.alloc(47 * count)
  for (let n = 0; n < count; n++) part.copy(directory, n * 47)
  const wide = Buffer.alloc(98)
  wide.writeUInt32LE(0x06064b50, 0)
  wide.writeBigUInt64LE(44n, 4)
  wide.writeBigUInt64LE(BigInt(count), 32)
  wide.writeBigUInt64LE(BigInt(directory.length), 40)
  wide.writeBigUInt64LE(4n, 48)
  wide.writeUInt32LE(0x07064b50, 56)
  wide.writeBigUInt64LE(BigInt(4 + directory.length), 64)
  wide.writeUInt32LE(0x06054b50, 76)
  wide.writeUInt16LE(0xffff, 86)
  wide.writeUInt32LE(0xffffffff, 88)
  wide.writeUInt32LE(0xffffffff, 92)
  return Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), directory, wide])
}

export async function proveHostile({ figure, broken, long }: Proof): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fugong-proof-hostile-'))
  const child = fork(READER, [], { execArgv: ['--import', 'tsx', '--expose-gc'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  let [count, slowest, largest] = [0, 0, 0]
  try {
    await said(child)
    // What starting a thread costs from source, where its code is translated first; a build does without.
    const small = join(folder, 'small.csv')
    writeFileSync(small, 'a,b\n1,2\n')
    const starts = [await ask(child, small, true), await ask(child, small, true)].map(({ ms }) => ms)
    const start = Math.min(...starts)
    for (const [name, bytes, codes] of files(long)) {
      const path = join(folder, 'file.xlsx')
      writeFileSync(path, bytes)
      // Threads for the named ones; damage is read by the same code without, so that thousands can be tried.
      const inThread = codes.length > 0
      const found = await ask(child, path, inThread)
      if (inThread) found.ms = Math.max(0, found.ms - start)
      count += 1
      slowest = Math.max(slowest, found.ms)
      largest = Math.max(largest, found.bytes)
      // Damage may leave a sheet whole: then every row must have come through.
      const expected = codes.length ? codes.includes(found.code) : found.code !== 'read' || found.rows === 200
      if (!expected) broken(`${name}: ${found.code}, ${found.rows} rows`)
      if (found.ms > MOST_MS) broken(`${name}: ${Math.round(found.ms)} ms`)
      if (found.bytes > MOST_BYTES) broken(`${name}: ${Math.round(found.bytes / 1e6)} MB`)
    }
    figure('R8', count, 'files', `refused or read whole; the slowest took ${Math.round(slowest)} ms of the processor (≤ ${MOST_MS}), the largest ${Math.round(largest / 1e6)} MB above idle (≤ ${MOST_BYTES / 1e6})`)
  } finally {
    child.kill()
    rmSync(folder, { recursive: true, force: true })
  }
}
function ask(child: ChildProcess, path: string, inThread: boolean): Promise<Verdict> {
  const answer = said<Verdict>(child)
  child.send({ path, inThread })
  return answer
}
function said<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the reader ended with ${code}`))
    child.once('exit', ended)
    child.once('message', (value) => {
      child.off('exit', ended)
      resolve(value as T)
    })
  })
}
