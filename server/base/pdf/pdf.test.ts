// PDFs drawn in the thread: rare characters by the face that has them, the rest written out, never a box; texts fitted into their places.
import { describe, expect, it } from 'vitest'
import { drawInThread } from './drawing.ts'
import { piecesOf, substitute, widthOf } from './faces.ts'
import { fit } from './fit.ts'

const plain = (text: string) => piecesOf(text).map((piece) => piece.text)
describe('faces', () => {
  it.each([['䶮㼆𬒈𠅤㛃𬭼𰻝', 1], ['样例 Sample 123', 1]])('draw %s in %d piece', (text, count) => expect(plain(text)).toHaveLength(count))
  it('has a glyph for every character of every piece', () => {
    for (const { face, text } of piecesOf('贵阳䶮𠮷ꀀ한글é😀𪚥 —“”')) for (const character of text) expect(face.has(character.codePointAt(0)!)).toBe(true)
  })
  it('writes out what no face has, and leaves selectors to the character before them', () => {
    expect(plain('吉𪚥野').join('')).toBe('吉〔U+2A6A5〕野')
    expect(substitute(0x20bb7)).toBe('〔U+20BB7〕')
    expect(plain('葛\u{e0100}飾').join('')).toBe('葛飾')
  })
  it('takes another face for another script', () => expect(plain('样例ꀀ').length).toBe(2))
})
describe('fitting', () => {
  const box = { w: 200, h: 40, size: 16, least: 8, lines: 2 }
  it('keeps the size where there is room, makes it smaller where not, and cuts at last', () => {
    expect(fit('样例', box)).toMatchObject({ size: 16 })
    const long = fit('样例电子科技有限责任公司贵州省贵阳市第一分公司', box)
    expect(long.size).toBeLessThan(16)
    expect(long.lines.flat().map(({ text }) => text).join('')).toBe('样例电子科技有限责任公司贵州省贵阳市第一分公司')
    const cut = fit('字'.repeat(300), box)
    expect([cut.size, cut.lines.length, cut.lines.flat().at(-1)!.text.endsWith('…')]).toEqual([8, 2, true])
  })
  it.each(['样例电子科技有限责任公司（普通合伙）一车间、二车间', 'Guanshanhu High-Performance Electronics Assembly & Test Plant', 'x'.repeat(90), ''])('never passes the width: %s', (text) => {
    const { size, lines } = fit(text, box)
    for (const line of lines) expect(widthOf(line) * size).toBeLessThanOrEqual(200.001)
  })
  it('breaks no Latin word that fits, and begins no line with closing punctuation', () => {
    const texts = fit('Electronics Assembly Electronics Assembly', { ...box, size: 20, least: 20, h: 120, lines: 4, w: 150 }).lines.map((line) => line.map(({ text }) => text).join(''))
    for (const line of texts) expect(line).toMatch(/^(Electronics|Assembly|Electronics Assembly)$/)
    for (let w = 60; w < 140; w += 7) for (const line of fit('样例（甲）、乙（丙）。丁，戊', { ...box, w, size: 16, least: 16, h: 400, lines: 9 }).lines) expect(line[0]!.text).not.toMatch(/^[、。，）]/)
  })
})
describe('the thread', () => {
  it('draws one task after another and stays for the next; a task that cannot be drawn harms no other', async () => {
    const task = { title: '样例', at: '2020-02-24T02:00:00Z', pictures: {}, pages: [{ width: 100, height: 100, marks: [{ kind: 'text' as const, text: '复工 䶮', x: 5, y: 5, w: 90, h: 20, size: 20, least: 8, lines: 1 }, { kind: 'seal' as const, name: '样例专班', under: '样例', x: 50, y: 60, radius: 20 }, { kind: 'qr' as const, text: 'https://fugong.test', x: 5, y: 70, side: 25 }] }] }
    const broken = drawInThread({ ...task, pages: [{ ...task.pages[0]!, marks: [{ kind: 'picture', key: 'seal', x: 1, y: 1, side: 1 }] }], pictures: { seal: Buffer.from('no picture') } })
    const [first, failed, second] = await Promise.allSettled([drawInThread(task), broken, drawInThread(task)])
    expect(failed.status).toBe('rejected')
    for (const drawn of [first, second]) expect(drawn.status === 'fulfilled' && drawn.value.subarray(0, 5).toString() === '%PDF-').toBe(true)
  })
})
