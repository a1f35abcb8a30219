// By what firms are found: pieces of name, initials and code, and what a typed search asks for.
import { describe, expect, it } from 'vitest'
import { PIECE, beginningWith, searchFor, type Search } from './find.rules.ts'
import { findable } from './store.ts'

const piecesOf = (firm: { name: string; creditCode: string }) => findable(firm).pieces

describe('pieces', () => {
  const pieces = piecesOf({ name: '贵阳鑫源有限公司', creditCode: '91520102MA6H0001X2' })
  it('begin at every character of name, initials and code', () => {
    for (const piece of ['贵阳鑫源有限', '鑫源有限公司', '公司', 'gyxyyx', 'gs', '91520102MA6H0001X2', 'MA6H0001X2', '01X2']) expect(pieces).toContain(piece)
    expect(pieces).not.toContain('司')
    expect(pieces).not.toContain('1X2')
    expect(new Set(pieces).size).toBe(pieces.length)
  })
  it('find the firm by every part that is long enough, and by nothing else', () => {
    const finds = (q: string) => {
      const search = searchFor(q) as Search
      return search.ranges.some(({ from, to }) => pieces.some((piece) => bytes(piece, from) >= 0 && bytes(piece, to) < 0))
    }
    const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b))
    for (const q of ['贵阳', '阳鑫', '源有限公', '有限公司', '贵阳鑫源有限公司', 'gyxy', 'GYXY', 'xyyxgs', 'ma6h', 'MA6H0', '0001X2', '9152', '2ma6', '５２０１']) expect([q, finds(q)]).toEqual([q, true])
    for (const q of ['阳贵', '鑫公', 'xx', 'zz', '0002', 'A6HX', '%%', '__']) expect([q, finds(q)]).toEqual([q, false])
  })
  it('of a name of one character are that character', () => expect(piecesOf({ name: '鑫', creditCode: '' })).toEqual(['鑫', 'x']))
  it('of rare characters outside the first plane stay whole', () => expect(piecesOf({ name: '𬒈石𬒈', creditCode: '' })).toEqual(expect.arrayContaining(['𬒈石𬒈', '石𬒈'])))
  it('of a trader’s fifteen digits are found too', () => expect(piecesOf({ name: '面馆', creditCode: '520103600123456' })).toContain('600123456'))
})

describe('a typed search', () => {
  it.each([undefined, '', '  ', '　'])('%j asks for nothing', (q) => expect(searchFor(q)).toBeUndefined())
  it.each(['云', '𬒈', 'a', '1'])('%j is too short', (q) => expect(searchFor(q)).toBe('tooShort'))
  it('asks by one range for characters and short letters', () => {
    expect(searchFor(' 云 上 ')).toEqual({ text: '云上', code: null, ranges: [beginningWith('云上')], exact: true })
    expect(searchFor('gyx')).toMatchObject({ code: null, ranges: [beginningWith('gyx')] })
    expect(searchFor('%_')).toMatchObject({ text: '%_', ranges: [beginningWith('%_')] })
  })
  it('asks for a code beside initials when it could be one', () => {
    expect(searchFor('ma6h')).toMatchObject({ text: 'ma6h', code: 'MA6H', ranges: [beginningWith('ma6h'), beginningWith('MA6H')] })
    expect(searchFor('5201')).toMatchObject({ code: '5201', ranges: [beginningWith('5201')] })
    // I, O, S, V and Z stand in no code.
    expect(searchFor('gzsy')).toMatchObject({ code: null })
    expect(searchFor('91520102MA6H0001X2')).toMatchObject({ code: '91520102MA6H0001X2', exact: false })
  })
  it('looks at the firm itself when the text is longer than a piece', () => {
    expect(searchFor('一'.repeat(PIECE))).toMatchObject({ exact: true })
    expect(searchFor('一'.repeat(PIECE + 1))).toMatchObject({ exact: false, ranges: [beginningWith('一'.repeat(PIECE))] })
  })
  it('ends a range behind every character there is', () => {
    const { from, to } = beginningWith('云')
    for (const text of ['云', '云上', '云\u{10FFFD}', '云龥']) expect(Buffer.compare(Buffer.from(text), Buffer.from(from)) >= 0 && Buffer.compare(Buffer.from(text), Buffer.from(to)) < 0).toBe(true)
    for (const text of ['亐', '亏', '亿']) expect(Buffer.compare(Buffer.from(text), Buffer.from(from)) >= 0 && Buffer.compare(Buffer.from(text), Buffer.from(to)) < 0).toBe(false)
  })
})
