// Sheets: what is written comes back byte for byte, cells of every kind, and hostile or foreign files are refused with their reason.
import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { checkedZip, scratch, sheetXml, workbookEntries, xlsxOf, type Parts } from '../../test/sheets.ts'
import { columnLetters, columnOf, dateOfSerial, serialOfDay, SheetFault, type Cell, type SheetRow } from './cells.ts'
import { separatorOf } from './csv-text.ts'
import { guarded, unguarded } from './guard.ts'
import { openSheet, type SheetChoice } from './open.ts'
import { isDateFormat } from './workbook.ts'
import { csvLine, writeCsv, writeXlsx, type Value, type WrittenSheet } from './write.ts'

const place = scratch()
afterAll(() => place.remove())
let files = 0

async function readAll(path: string, choice?: SheetChoice) {
  const sheet = await openSheet(path, choice)
  const rows: SheetRow[] = []
  try {
    for await (const batch of sheet.rows()) rows.push(...batch)
  } finally {
    await sheet.close()
  }
  return { ...sheet, all: rows, cells: rows.map((row) => row.cells) }
}
const read = (content: Buffer | string, choice?: SheetChoice, name = 'a.xlsx') => readAll(place.file(`${++files}-${name}`, content), choice)
const book = (parts: Parts) => read(xlsxOf(parts))
async function refusal(content: Buffer | string, name = 'a.xlsx'): Promise<string> {
  try {
    await read(content, undefined, name)
  } catch (error) {
    return error instanceof SheetFault ? error.code : `not a fault: ${String(error)}`
  }
  return 'read'
}
async function written(make: NodeJS.ReadableStream): Promise<string> {
  const path = join(place.folder, `${++files}.out`)
  await pipeline(make, createWriteStream(path))
  return path
}
const backAndForth = async (sheet: Partial<WrittenSheet> & { rows: Value[][] }) => readAll(await written(writeXlsx([{ name: '表', ...sheet }])))

describe('letters and days', () => {
  it.each([[0, 'A'], [25, 'Z'], [26, 'AA'], [701, 'ZZ'], [702, 'AAA'], [16_383, 'XFD']])('column %d is %s', (index, letters) => {
    expect(columnLetters(index)).toBe(letters)
    expect(columnOf(`${letters}12`)).toBe(index)
  })
  it.each([[43_885, '2020-02-24'], [43_885.5, '2020-02-24T12:00:00'], [1, '1900-01-01'], [59, '1900-02-28'], [61, '1900-03-01'], [2_958_465, '9999-12-31']])('serial %d is %s', (serial, day) => expect(dateOfSerial(serial)).toBe(day))
  it('knows what no date is, and the years from 1904', () => {
    expect([dateOfSerial(-1), dateOfSerial(2_958_466), dateOfSerial(Number.NaN)]).toEqual([undefined, undefined, undefined])
    expect(dateOfSerial(42_423, true)).toBe('2020-02-24')
    expect(serialOfDay('2020-02-24')).toBe(43_885)
  })
  it.each([['yyyy"年"m"月"d"日"', true], ['[$-804]yyyy/m/d', true], ['h:mm', true], ['[h]:mm', true], ['General', false], ['#,##0.00_ ', false], ['0.00E+00', false], ['"day" 0', false], ['[Red]0', false], ['0\\d', false]])('format %s is a date: %s', (format, is) => expect(isDateFormat(format)).toBe(is))
})

describe('what is written', () => {
  const awkward = ['贵州样例', '=1+1', '+86 851', '-5', '@x', "'quoted", ' 前后空格 ', '行一\n行二', 'a\r\nb', '<&>"\'', '𬒈𫖮䶮㼆', '_x000D_', '\u0001control', '全角　空格', '1.0', '915201000000000000', '你'.repeat(32_767), 'é̀', '‮rtl']
  it('comes back from xlsx character for character, and is never a formula', async () => {
    const path = await written(writeXlsx([{ name: '表', headers: 1, widths: [20, 30], texts: [0], rows: [['文字'], ...awkward.map((text) => [text])] }]))
    expect((await readAll(path)).cells.map(([cell]) => cell)).toEqual(['文字', ...awkward])
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(path).includes('<f>')).toBe(false)
  })
  it('comes back from CSV, and what could run stands behind an apostrophe', async () => {
    const texts = awkward.filter((text) => !text.includes('control'))
    const path = await written(writeCsv(texts.map((text) => [text, '尾'])))
    expect((await readAll(path)).cells.map(([cell]) => unguarded(cell as string))).toEqual(texts)
    expect(csvLine(['=1+1', '＝1', '-5', -5, "'=x", 'a,b', null, true, { n: '1E+20' }, { d: '2020-02-24' }])).toBe(`'=1+1,'＝1,'-5,-5,''=x,"a,b",,true,1E+20,2020-02-24`)
  })
  it('holds numbers, days, flags and gaps in their places', async () => {
    const { cells } = await backAndForth({ rows: [[1.5, null, { d: '2020-02-24' }, true, ''], [], [undefined, { n: '520103600123456' }, { d: '1899-12-01' }, false, Number.NaN]] })
    expect(cells).toEqual([[{ n: '1.5' }, null, { d: '2020-02-24' }, { b: true }], [null, { n: '520103600123456' }, '1899-12-01', { b: false }]])
  })
  it('any table of any texts comes back', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => one !== '' && !/[\uFFFE\uFFFF]/.test(one))
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.option(text), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 12 }), async (rows) => {
      const wanted = rows.map((row) => row.slice(0, row.findLastIndex((one) => one !== null) + 1)).filter((row) => row.length)
      expect((await backAndForth({ rows })).cells).toEqual(wanted)
      const csv = (await readAll(await written(writeCsv(rows.map((row) => [...row, '尾']))))).cells
      expect(csv.map((row) => row.map((one) => (one === null ? null : unguarded(one as string))))).toEqual(rows.map((row) => [...row, '尾']))
    }), { numRuns: 60 })
  })
  it('guards and takes the guard off as exact opposites', () => {
    fc.assert(fc.property(fc.stringMatching(/^['=+@a-]{0,5}$/), (text) => unguarded(guarded(text)) === text))
  })
})

/** A second reader that knows only the simplest shape of a sheet, to hold ours against. */
function naive(xml: string, shared: string[]): Cell[][] {
  const plain = (text: string) => text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&amp;/g, '&')
  return [...xml.matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
    const cells: Cell[] = []
    for (const [, attributes = '', inner = ''] of row!.matchAll(/<c ([^>]*)>(.*?)<\/c>/gs)) {
      const at = columnOf(/r="([A-Z]+)/.exec(attributes)![1]!)
      const value = plain(/<(?:v|t)[^>]*>(.*?)<\/(?:v|t)>/s.exec(inner)![1]!)
      while (cells.length < at) cells.push(null)
      cells[at] = /t="s"/.test(attributes) ? shared[Number(value)]! : /t="inlineStr"/.test(attributes) ? value : { n: value }
    }
    return cells
  })
}
describe('sheets of other programs', () => {
  it('read the same as by the naive reader, wherever the bytes are cut', async () => {
    const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
    const value = fc.oneof(fc.record({ kind: fc.constant('s'), text: fc.nat(9) }), fc.record({ kind: fc.constant('n'), text: fc.double({ noNaN: true, noDefaultInfinity: true }) }), fc.record({ kind: fc.constant('i'), text: fc.stringMatching(/^[贵州<&>"a-c]{1,6}$/) }))
    await fc.assert(fc.asyncProperty(fc.array(fc.array(fc.record({ gap: fc.nat(2), value }), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 30 }), async (table) => {
      const shared = Array.from({ length: 10 }, (_, at) => `共享${at}文字`)
      const rows = table.map((row, at) => {
        let column = -1
        return `<row r="${at + 1}">${row.map((cell) => {
          column += cell.gap + 1
          const reference = `${columnLetters(column)}${at + 1}`
          if (cell.value.kind === 's') return `<c r="${reference}" t="s"><v>${cell.value.text}</v></c>`
          if (cell.value.kind === 'n') return `<c r="${reference}"><v>${cell.value.text}</v></c>`
          return `<c r="${reference}" t="inlineStr"><is><t>${escape(cell.value.text as string)}</t></is></c>`
        }).join('')}</row>`
      }).join('')
      const xml = sheetXml(rows)
      const found = await book({ sheet: xml, shared: `<sst>${shared.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>` })
      expect(found.cells).toEqual(naive(xml, shared))
    }), { numRuns: 60 })
  })
  it('keep rich text, leave phonetics out, resolve references, and know every type of cell', async () => {
    const found = await book({
      shared: '<sst><si><r><t>贵</t></r><r><t xml:space="preserve">阳 </t></r><rPh><t>gui</t></rPh></si><si><t>a&#x4E00;&#19968;&amp;_x000A_b</t></si><si><t><![CDATA[<raw>]]></t></si></sst>',
      styles: '<styleSheet><numFmts><numFmt numFmtId="200" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="200"/></cellXfs></styleSheet>',
      sheet: sheetXml(`<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c t="s"><v>2</v></c><c r="E3" s="1"><v>43885</v></c><c r="F3" s="2"><v>43885.25</v></c><c r="G3" t="b"><v>1</v></c><c r="H3" t="e"><v>#N/A</v></c><c r="I3" t="str"><f>A1&amp;"x"</f><v>算得</v></c><c r="J3" t="d"><v>2020-02-24</v></c><c r="K3"><v> 9.1E+17 </v></c><c r="L3" t="n"/><c r="M3" t="s" s="1"><f>1</f></c></row>`),
    })
    expect(found.all).toEqual([{ at: 3, cells: ['贵阳 ', 'a一一&\nb', '<raw>', null, { d: '2020-02-24' }, { d: '2020-02-24T06:00:00' }, { b: true }, { e: '#N/A' }, '算得', { d: '2020-02-24' }, { n: '9.1E+17' }] }])
  })
  it('with a prefix on every name, single quotes, new lines between attributes, comments and no references', async () => {
    const found = await book({ sheet: `<?xml version='1.0'?><x:worksheet xmlns:x='m'><!-- a > b --><x:sheetData ><x:row><x:c t='inlineStr'\n s='0'><x:is><x:t>一</x:t></x:is></x:c><x:c\nr='C1'\tt='inlineStr'><x:is><x:t>三</x:t></x:is></x:c></x:row><x:row/><x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>` })
    expect(found.all).toEqual([{ at: 1, cells: ['一', null, '三'] }, { at: 3, cells: [{ n: '2' }] }])
  })
  it('fill merged ranges and say so; hidden rows, columns and sheets are told', async () => {
    const text = (reference: string, value: string) => `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`
    const xml = sheetXml(`<row r="1">${text('A1', '标题')}</row><row r="2" hidden="1">${text('A2', '云岩')}${text('B2', '一')}</row><row r="3">${text('B3', '二')}</row>`, '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="A2:A3"/></mergeCells>', '<cols><col min="2" max="3" width="9" hidden="1"/></cols>')
    const found = await book({ sheets: [{ name: '藏', state: 'veryHidden', xml: sheetXml('') }, { name: '名单', xml }] })
    expect(found.all).toEqual([{ at: 1, cells: ['标题', '标题', '标题'], merged: [1, 2] }, { at: 2, cells: ['云岩', '一'], hidden: true }, { at: 3, cells: ['云岩', '二'], merged: [0] }])
    expect([found.sheet, found.sheets, found.told]).toEqual(['名单', [{ name: '藏', hidden: true }, { name: '名单', hidden: false }], { hiddenColumns: [1, 2], merges: 2 }])
    expect((await read(xlsxOf({ sheets: [{ name: '一', xml }, { name: '二', xml: sheetXml(`<row>${text('A1', '另')}</row>`) }] }), { sheet: '二' })).cells).toEqual([['另']])
  })
  it('dates from 1904 are four years later', async () => {
    const found = await book({ workbookPr: '<workbookPr date1904="1"/>', styles: '<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>', sheet: sheetXml('<row><c><v>42423</v></c></row>') })
    expect(found.cells).toEqual([[{ d: '2020-02-24' }]])
  })
})

describe('hostile and foreign files', () => {
  const one = sheetXml('<row><c><v>1</v></c></row>')
  const ole = (name: string) => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(2000), Buffer.from(name, 'utf16le'), Buffer.alloc(500)])
  const cases: [string, string, () => Buffer | string][] = [
    ['an encrypted workbook', 'encrypted', () => ole('EncryptedPackage')],
    ['an Excel 97 workbook', 'old_excel', () => ole('Workbook')],
    ['an old Word document', 'other_office', () => ole('WordDocument')],
    ['macros', 'macros', () => xlsxOf({ sheet: one, more: [{ name: 'xl/vbaProject.bin', content: 'x' }] })],
    ['macros under another name', 'macros', () => xlsxOf({ sheet: one, types: '<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>' })],
    ['the binary form', 'binary_excel', () => xlsxOf({ sheet: one, types: '<Types><Override PartName="/xl/workbook.bin" ContentType="application/vnd.ms-excel.sheet.binary.main"/></Types>' })],
    ['a Word document', 'other_office', () => xlsxOf({ sheet: one, more: [{ name: 'word/document.xml', content: '<x/>' }] })],
    ['a zip of something else', 'not_a_sheet', () => checkedZip([{ name: 'a.txt', content: 'a' }])],
    ['a picture', 'not_a_sheet', () => Buffer.from('89504e470d0a1a0a0000', 'hex')],
    ['a web page called xls', 'not_a_sheet', () => '<html><table><tr><td>1</td></tr></table></html>'],
    ['a PDF', 'not_a_sheet', () => '%PDF-1.7 …'],
    ['an empty file', 'empty', () => ''],
    ['a document type', 'entities', () => xlsxOf({ sheet: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="inlineStr"><is><t>&a;</t></is></c></row></sheetData></worksheet>` })],
    ['an entity of its own', 'entities', () => xlsxOf({ sheet: sheetXml('<row><c t="inlineStr"><is><t>&lol;</t></is></c></row>') })],
    ['a document type in the shared texts', 'entities', () => xlsxOf({ sheet: one, shared: '<!DOCTYPE sst><sst/>' })],
    ['100,000 entries', 'too_many_entries', () => zipWith(100_000)],
    ['a bomb of zeros', 'bomb', () => xlsxOf({ sheet: sheetXml(`<row><c><v>1</v></c></row>${' '.repeat(40_000_000)}`) })],
    ['an entry longer than it says', 'damaged', () => checkedZip(workbookEntries({ sheet: one }).map((entry) => (entry.name.includes('sheet1') ? { ...entry, unpacked: 10 } : entry)))],
    ['an entry shorter than it says', 'damaged', () => checkedZip(workbookEntries({ sheet: one }).map((entry) => (entry.name.includes('sheet1') ? { ...entry, unpacked: 9000 } : entry)))],
    ['a flipped byte', 'damaged', () => { const bytes = xlsxOf({ sheet: sheetXml(`<row><c t="inlineStr"><is><t>${randomBytes(3000).toString('hex')}</t></is></c></row>`) }); const at = bytes.indexOf('sheet1.xml') + 200; bytes[at] = bytes[at]! ^ 255; return bytes }],
    ['half of a workbook', 'damaged', () => { const bytes = xlsxOf({ sheet: one }); return bytes.subarray(0, bytes.length >> 1) }],
    ['two entries of one name', 'damaged', () => checkedZip([...workbookEntries({ sheet: one }), { name: 'xl/workbook.xml', content: '<workbook/>' }])],
    ['an encrypted entry', 'encrypted', () => checkedZip(workbookEntries({ sheet: one }).map((entry) => ({ ...entry, flags: 1 })))],
    ['a shared text that is not there', 'damaged', () => xlsxOf({ sheet: sheetXml('<row><c t="s"><v>7</v></c></row>'), shared: '<sst><si><t>a</t></si></sst>' })],
    ['rows that go backwards', 'damaged', () => xlsxOf({ sheet: sheetXml('<row r="5"/><row r="5"/>') })],
    ['a row beyond the last', 'too_many_rows', () => xlsxOf({ sheet: sheetXml('<row r="1048577"><c><v>1</v></c></row>') })],
    ['a cell far to the right', 'too_many_columns', () => xlsxOf({ sheet: sheetXml('<row><c r="XFD1"><v>1</v></c></row>') })],
    ['a cell without end', 'cell_too_long', () => xlsxOf({ sheet: sheetXml(`<row><c t="inlineStr"><is><t>${randomBytes(1_500_000).toString('hex')}</t></is></c></row>`) })],
    ['a tag without end', 'cell_too_long', () => xlsxOf({ sheet: sheetXml(`<row><c ${randomBytes(1_500_000).toString('hex')}`) })],
    ['bytes that are no UTF-8', 'damaged', () => checkedZip(workbookEntries({}).map((entry) => (entry.name.includes('sheet1') ? { ...entry, content: Buffer.concat([Buffer.from('<worksheet>'), Buffer.from([0xff, 0xc0]), Buffer.from('</worksheet>')]) } : entry)))],
    ['a quote that nobody closed', 'quote_open', () => `a,b\n"${'x'.repeat(200_000)}`],
    ['a short quote that nobody closed', 'quote_open', () => 'a,b\n"x,y\n1,2\n'],
    ['a cell of CSV without end', 'cell_too_long', () => `a,b\n${'x'.repeat(40_000)},1\n`],
  ]
  it.each(cases)('%s is refused as %s', async (_, code, make) => {
    const content = make()
    const before = process.memoryUsage().arrayBuffers
    const began = performance.now()
    expect(await refusal(content)).toBe(code)
    // Generous: the exact figures are the matter of a proof.
    expect(performance.now() - began).toBeLessThan(10_000)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150e6)
  })
  it('random damage anywhere is refused or changes nothing', async () => {
    const good = xlsxOf({ sheet: sheetXml('<row><c t="inlineStr"><is><t>贵阳</t></is></c></row>') })
    await fc.assert(fc.asyncProperty(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), async (at, bits) => {
      const bytes = Buffer.from(good)
      bytes[at] = bytes[at]! ^ bits
      try {
        const { cells } = await read(bytes)
        expect([[['贵阳']], []]).toContainEqual(cells)
      } catch (error) {
        expect(error).toBeInstanceOf(SheetFault)
      }
    }), { numRuns: 300 })
  })
  function zipWith(count: number): Buffer {
    const wide = checkedZip([{ name: 'a', content: '' }])
    wide.writeUInt16LE(Math.min(count, 65_000), wide.length - 12)
    return wide
  }
})

describe('CSV', () => {
  it('cuts like csv-parse, whatever stands in it', async () => {
    const cell = fc.oneof(fc.stringMatching(/^[a贵",; \n]{0,6}$/), fc.constant(''))
    await fc.assert(fc.asyncProperty(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 }), { minLength: 1, maxLength: 8 }), fc.constantFrom('\n', '\r\n'), async (table, end) => {
      const text = table.map((row) => row.map((one) => (/[",\n]/.test(one) ? `"${one.replaceAll('"', '""')}"` : one)).join(',')).join(end) + end
      const wanted = (parse(text, { relax_column_count: true }) as string[][]).map((row) => row.map((one) => one || null).slice(0, row.findLastIndex(Boolean) + 1)).filter((row) => row.length)
      expect((await read(text, { separator: ',' }, 'a.csv')).cells).toEqual(wanted)
    }), { numRuns: 150 })
  })
  it.each([['a,b\n1,2', ','], ['a;b\n1,5;2', ';'], ['a\tb\n1\t2', '\t'], ['一,二\n"a;b;c",2', ','], ['sep=;\na;b', ';'], ['only', ','], ['', ',']])('%j is cut by %j', (text, separator) => expect(separatorOf(text)).toBe(separator))
  it('is read in UTF-8, with and without mark, in GB18030 and in UTF-16', async () => {
    const gb = Buffer.from('c3fbb3c62cb5e7bbb00ab9f3d1f482359635d1f92cb5e7', 'hex') // 名称,电话 / 贵阳(four bytes)样,电
    expect((await read(gb, undefined, 'a.csv')).encoding).toBe('gb18030')
    expect((await read(gb, undefined, 'a.csv')).cells[0]).toEqual(['名称', '电话'])
    for (const [bytes, encoding] of [[Buffer.from('\uFEFF名称,电话\n贵阳,1'), 'utf-8'], [Buffer.from('名称,电话\n贵阳,1'), 'utf-8'], [Buffer.from('\uFEFF名称\t电话\n贵阳\t1', 'utf16le'), 'utf-16le'], [Buffer.from('\uFEFF名称,电话\n贵阳,1', 'utf16le').swap16(), 'utf-16be']] as const) {
      const found = await read(bytes, undefined, 'a.csv')
      expect([found.encoding, found.cells]).toEqual([encoding, [['名称', '电话'], ['贵阳', '1']]])
    }
    expect(await read(gb, { encoding: 'utf-8' }, 'a.csv').catch((error: SheetFault) => error.code)).toBe('encoding')
  })
  it('tells the encoding from all bytes, also when a chunk ends within a character', async () => {
    const text = `${'贵'.repeat(400_000)}`.replace(/.{1000}/gu, '$&\n')
    for (const shift of ['', 'a', 'ab']) {
      const found = await read(shift + text, undefined, 'a.csv')
      expect([found.encoding, found.cells.map(([cell]) => cell).join('')]).toEqual(['utf-8', shift + text.replaceAll('\n', '')])
    }
    expect((await read(Buffer.concat([Buffer.from('a\n'.repeat(300_000)), Buffer.from([0xb9, 0xf3])]), undefined, 'a.csv')).encoding).toBe('gb18030')
  })
  it('numbers rows as they stand, blank lines counted, any line end, and leaves the sep line out', async () => {
    expect((await read('sep=;\r\na;b\r\n\r\n;;\r\n"x\ny";2\rlast', undefined, 'a.csv')).all).toEqual([{ at: 2, cells: ['a', 'b'] }, { at: 5, cells: ['x\ny', '2'] }, { at: 6, cells: ['last'] }])
  })
  it('is recognised by its content under any name, as is a workbook', async () => {
    expect((await read('a,b\n1,2', undefined, 'a.xlsx')).format).toBe('csv')
    expect((await read(xlsxOf({ sheet: sheetXml('<row><c><v>1</v></c></row>') }), undefined, 'a.csv')).format).toBe('xlsx')
  })
})
