// Draws pages into a PDF: text in faces that have its characters, codes and seals as shapes, so that they stay sharp on any printer.
import PDFDocument from 'pdfkit'
import QRCode from 'qrcode'
import { piecesOf, widthOf, type Piece } from './faces.ts'
import { fit, leading } from './fit.ts'
import type { Mark, Page, PdfTask } from './page.ts'

const MM = 72 / 25.4
const INK = '#14201f'
const RED = '#c8161d'
type Doc = InstanceType<typeof PDFDocument>

export function drawPdf({ title, pages, pictures, at }: PdfTask, take: (chunk: Buffer) => void): Promise<void> {
  // No standard face is ever asked for: they lack Chinese and lie in files of their own.
  const doc = new PDFDocument({ autoFirstPage: false, font: null, compress: true, lang: 'zh-CN', displayTitle: true, info: { Title: title, Producer: 'Fugong', Creator: 'Fugong', CreationDate: new Date(at) } })
  const ended = new Promise<void>((resolve) => { doc.on('end', resolve) })
  doc.on('data', take)
  for (const page of pages) drawPage(doc, page, pictures)
  doc.end()
  return ended
}
function drawPage(doc: Doc, { width, height, marks }: Page, pictures: Record<string, Uint8Array>): void {
  doc.addPage({ size: [width * MM, height * MM], margin: 0 })
  for (const mark of marks) drawMark(doc, mark, pictures)
}
function drawMark(doc: Doc, mark: Mark, pictures: Record<string, Uint8Array>): void {
  switch (mark.kind) {
    case 'text': return drawText(doc, mark)
    case 'qr': return drawQr(doc, mark)
    case 'frame': doc.lineWidth(mark.line * MM).strokeColor(mark.colour).rect(mark.x * MM, mark.y * MM, mark.w * MM, mark.h * MM).stroke(); return
    case 'rule': doc.lineWidth(0.5).strokeColor(mark.colour).path(`M ${mark.x * MM} ${mark.y * MM} h ${mark.w * MM}`).stroke(); return
    case 'seal': return drawSeal(doc, mark)
    case 'picture': {
      const picture = pictures[mark.key]
      if (picture) doc.image(Buffer.from(picture), (mark.x - mark.side / 2) * MM, (mark.y - mark.side / 2) * MM, { fit: [mark.side * MM, mark.side * MM], align: 'center', valign: 'center' })
    }
  }
}
function drawLine(doc: Doc, pieces: readonly Piece[], size: number, x: number, baseline: number): void {
  let at = x
  for (const piece of pieces) {
    doc.font(piece.face.font).fontSize(size).text(piece.text, at, baseline, { lineBreak: false, baseline: 'alphabetic' })
    at += widthOf([piece]) * size
  }
}
function drawText(doc: Doc, mark: Mark & { kind: 'text' }): void {
  const [x, y, w, h] = [mark.x * MM, mark.y * MM, mark.w * MM, mark.h * MM]
  const { size, lines } = fit(mark.text, { w, h, size: mark.size, least: mark.least, lines: mark.lines, bold: mark.bold ?? false })
  const top = mark.valign === 'middle' ? y + Math.max(0, (h - lines.length * leading(size)) / 2) : y
  doc.fillColor(mark.colour ?? INK)
  lines.forEach((pieces, i) => {
    const free = w - widthOf(pieces) * size
    drawLine(doc, pieces, size, x + (mark.align === 'center' ? free / 2 : mark.align === 'right' ? free : 0), top + i * leading(size) + size * 1.02)
  })
}
/** Modules as squares that touch, run by run; level M still reads when a seventh of the print is soiled. */
function drawQr(doc: Doc, { text, x, y, side }: Mark & { kind: 'qr' }): void {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const module = (side * MM) / modules.size
  const runs: string[] = []
  for (let row = 0; row < modules.size; row++) for (let column = 0; column < modules.size; ) {
    let length = 0
    while (column + length < modules.size && modules.get(row, column + length)) length++
    if (length) runs.push(`M ${(x * MM + column * module).toFixed(3)} ${(y * MM + row * module).toFixed(3)} h ${(length * module).toFixed(3)} v ${module.toFixed(3)} h ${(-length * module).toFixed(3)} Z`)
    column += length || 1
  }
  doc.fillColor('#000000').path(runs.join(' ')).fill()
}
/** A ring, a star, the name along the ring and a word below the star. */
function drawSeal(doc: Doc, { name, under, x, y, radius }: Mark & { kind: 'seal' }): void {
  const [cx, cy, r] = [x * MM, y * MM, radius * MM]
  doc.save().opacity(0.86).lineWidth(r * 0.07).strokeColor(RED).circle(cx, cy, r).stroke().fillColor(RED)
  const points = Array.from({ length: 10 }, (_, i): [number, number] => {
    const [angle, length] = [(i * Math.PI) / 5 - Math.PI / 2, i % 2 ? r * 0.115 : r * 0.3]
    return [cx + Math.cos(angle) * length, cy + Math.sin(angle) * length]
  })
  doc.polygon(...points).fill()
  const characters = [...name]
  const span = Math.min(260, 24 * characters.length)
  const step = characters.length > 1 ? span / (characters.length - 1) : 0
  const size = Math.min(r * 0.3, ((step || 40) * Math.PI * r * 0.72) / 180 * 0.98)
  characters.forEach((character, i) => {
    doc.save().rotate(-span / 2 + i * step, { origin: [cx, cy] })
    const pieces = piecesOf(character, true)
    drawLine(doc, pieces, size, cx - (widthOf(pieces) * size) / 2, cy - r * 0.92 + size * 0.98)
    doc.restore()
  })
  const pieces = piecesOf(under, true)
  const small = Math.min(r * 0.26, (r * 1.1) / Math.max(1, widthOf(pieces)))
  drawLine(doc, pieces, small, cx - (widthOf(pieces) * small) / 2, cy + r * 0.66)
  doc.restore()
}
