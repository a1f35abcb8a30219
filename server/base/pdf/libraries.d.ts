// What is used of pdfkit and fontkit, which bring no types of their own.
declare module 'pdfkit' {
  interface PdfText { lineBreak?: boolean; baseline?: 'alphabetic' }
  export default class PDFDocument {
    constructor(options: { size?: [number, number]; margin?: number; autoFirstPage?: boolean; font?: unknown; compress?: boolean; info?: Record<string, unknown>; lang?: string; displayTitle?: boolean })
    addPage(options: { size: [number, number]; margin: number }): this
    font(source: unknown): this
    fontSize(points: number): this
    fillColor(colour: string): this
    strokeColor(colour: string): this
    lineWidth(points: number): this
    text(text: string, x: number, y: number, options: PdfText): this
    rect(x: number, y: number, width: number, height: number): this
    circle(x: number, y: number, radius: number): this
    polygon(...points: [number, number][]): this
    path(svg: string): this
    fill(): this
    stroke(): this
    save(): this
    restore(): this
    rotate(degrees: number, options: { origin: [number, number] }): this
    opacity(share: number): this
    image(picture: Buffer, x: number, y: number, options: { fit: [number, number]; align?: 'center'; valign?: 'center' }): this
    on(event: 'data', listener: (chunk: Buffer) => void): this
    on(event: 'end', listener: () => void): this
    end(): void
  }
}
declare module 'fontkit' {
  export interface Font { unitsPerEm: number; hasGlyphForCodePoint(point: number): boolean; glyphForCodePoint(point: number): { advanceWidth: number } }
  export function create(bytes: Buffer): Font
}
