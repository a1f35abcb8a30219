// What the rules of files accept and refuse: first bytes, names, the inside of a zip.
import { describe, expect, it } from 'vitest'
import { docxOf, zipOf } from '../../test/zip.ts'
import { NAME_LIMIT, cleanName, contentTypesFault, dataStart, directoryOf, entriesFault, entriesOf, kindOf, nameFits, type Entry } from './rules.ts'

describe('kindOf', () => {
  it.each([
    ['pdf', Buffer.from('%PDF-1.7\n')],
    ['jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
    ['png', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ['docx', Buffer.from('PK\x03\x04')],
    [undefined, Buffer.from(' %PDF-1.7')],
    [undefined, Buffer.from('<!doctype html><script>alert(1)</script>')],
    [undefined, Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [undefined, Buffer.from('MZ\x90\0')],
    [undefined, Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])], // doc, xls
    [undefined, Buffer.from('PK\x05\x06')], // an empty zip
    [undefined, Buffer.from('%PD')],
    [undefined, Buffer.alloc(0)],
  ])('%s', (kind, head) => expect(kindOf(head)).toBe(kind))
})

describe('cleanName', () => {
  it.each([
    ['复工方案.pdf', '复工方案.pdf'],
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\Users\\x\\计划.docx', '计划.docx'],
    ['a\u0000b\r\nc\u001b[31m.pdf', 'abc[31m.pdf'],
    ['gpj.\u202Efdp.exe', 'gpj.fdp.exe'],
    ['\u2066照片\u2069\u200b.png', '照片.png'],
    ['..hidden.pdf. . ', 'hidden.pdf'],
    ['a<b>:"|?*.pdf', 'ab.pdf'],
    ['=cmd|\'/c calc\'!A1.pdf', "c calc'!A1.pdf"],
    ['cafe\u0301.png', 'caf\u00e9.png'],
    ['𬒈䶮㼆.jpg', '𬒈䶮㼆.jpg'],
    ['lone\ud800.pdf', 'lone.pdf'],
    ['a   b\u3000c.pdf', 'a b c.pdf'],
    ['/', ''],
    ['', ''],
  ])('%j → %j', (given, clean) => expect(cleanName(given)).toBe(clean))

  it('cuts a long name between characters and keeps its ending', () => {
    const name = cleanName(`${'𬒈'.repeat(300)}.docx`)
    expect([...name]).toHaveLength(NAME_LIMIT)
    expect(name.endsWith('𬒈.docx')).toBe(true)
  })
  it('cuts a long name without a short ending', () => expect(cleanName('x'.repeat(500))).toBe('x'.repeat(NAME_LIMIT)))
})

describe('nameFits', () => {
  it.each([
    ['pdf', 'a.pdf', true], ['pdf', 'A.PDF', true], ['jpg', 'a.jpeg', true], ['jpg', 'a.JPG', true], ['png', 'a.b.png', true], ['docx', '方案.docx', true],
    ['pdf', 'a.docx', false], ['png', 'a.jpg', false], ['pdf', 'pdf', false], ['pdf', '.pdf', false], ['pdf', 'a.pdf.exe', false], ['docx', 'a.docm', false], ['docx', 'a.zip', false], ['pdf', '', false],
  ] as const)('%s %s %s', (kind, name, fits) => expect(nameFits(kind, name)).toBe(fits))
})

describe('directoryOf', () => {
  const zip = docxOf()
  it('finds the directory, also before a comment', () => {
    expect(directoryOf(zip, zip.length)?.entries).toBe(2)
    const commented = zipOf([{ name: 'a' }], { comment: Buffer.from('hello') })
    expect(directoryOf(commented, commented.length)?.entries).toBe(1)
  })
  it('works on the tail alone', () => {
    const tail = zip.subarray(zip.length - 60)
    expect(directoryOf(tail, zip.length)).toEqual(directoryOf(zip, zip.length))
  })
  it.each([
    ['something appended', zipOf([{ name: 'a' }], { tail: Buffer.from('MZ') })],
    ['no zip at all', Buffer.from('PK\x03\x04 nothing')],
    ['shorter than an end record', Buffer.from('PK')],
    ['no entries', zipOf([])],
    ['too many entries claimed', zipOf([{ name: 'a' }], { count: 5000 })],
  ])('refuses %s', (_, bytes) => expect(directoryOf(bytes, bytes.length)).toBeUndefined())
  it('refuses bytes put before the zip', () => {
    const bytes = Buffer.concat([Buffer.from('PK\x03\x04'), zip])
    expect(directoryOf(bytes, bytes.length)).toBeUndefined()
  })
})

describe('entriesOf', () => {
  const zip = docxOf()
  const { offset, size } = directoryOf(zip, zip.length)!
  const directory = zip.subarray(offset, offset + size)
  it('refuses a list that is cut, longer or counts wrongly', () => {
    expect(entriesOf(directory, 2)).toHaveLength(2)
    expect(entriesOf(directory, 3)).toBeUndefined()
    expect(entriesOf(directory.subarray(0, size - 3), 2)).toBeUndefined()
    expect(entriesOf(Buffer.concat([directory, Buffer.from('x')]), 2)).toBeUndefined()
  })
})

describe('entriesFault', () => {
  const entry = (name: string, other: Partial<Entry> = {}): Entry => ({ name, flags: 0, method: 8, packed: 10, unpacked: 10, offset: 0, ...other })
  const plain = [entry('[Content_Types].xml'), entry('word/document.xml')]
  it('accepts a plain document', () => expect(entriesFault([...plain, entry('word/media/image1.png'), entry('word/文字.xml')])).toBeUndefined())
  it.each([
    ['not a Word document', [entry('xl/workbook.xml'), entry('[Content_Types].xml')]],
    ['not a Word document', [entry('word/document.xml')]],
    ['macros', [...plain, entry('word/vbaProject.bin')]],
    ['macros', [...plain, entry('WORD/VBAPROJECT.BIN')]],
    ['macros', [...plain, entry('word/vbaData.xml')]],
    ['macros', [...plain, entry('word/activeX/activeX1.bin')]],
    ['an entry is there twice', [...plain, entry('word/document.xml')]],
    ['an entry points outside', [...plain, entry('../evil.dll')]],
    ['an entry points outside', [...plain, entry('/etc/passwd')]],
    ['an entry points outside', [...plain, entry('word\\..\\evil')]],
    ['encrypted or packed in an unknown way', [...plain, entry('x', { flags: 1 })]],
    ['encrypted or packed in an unknown way', [...plain, entry('x', { method: 99 })]],
    ['unpacks to too much', [...plain, entry('x', { unpacked: 0xffffffff })]],
  ])('%s', (fault, entries) => expect(entriesFault(entries)).toBe(fault))
})

describe('contentTypesFault', () => {
  const main = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'
  it.each([
    [undefined, main],
    ['macros', 'application/vnd.ms-word.document.macroEnabled.main+xml'],
    ['macros', `${main} application/vnd.ms-office.vbaProject`],
    ['not a Word document', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'],
    ['not a Word document', ''],
  ])('%s', (fault, xml) => expect(contentTypesFault(xml)).toBe(fault))
})

describe('dataStart', () => {
  const zip = docxOf()
  const { offset, size } = directoryOf(zip, zip.length)!
  const first = entriesOf(zip.subarray(offset, offset + size), 2)![0]!
  it('finds the bytes behind the local header', () => expect(dataStart(zip.subarray(0, 100), first)).toBe(30 + '[Content_Types].xml'.length))
  it('refuses a header of another entry, or none', () => {
    expect(dataStart(zip.subarray(0, 100), { ...first, name: '[Content_Typos].xml' })).toBeUndefined()
    expect(dataStart(zip.subarray(0, 100), { ...first, method: 0 })).toBeUndefined()
    expect(dataStart(zip.subarray(1, 100), first)).toBeUndefined()
    expect(dataStart(zip.subarray(0, 10), first)).toBeUndefined()
  })
})
