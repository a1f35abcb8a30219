// The shared texts of a workbook as bytes in large blocks: a million names cost their bytes, not a million objects.
import { SheetFault, limits } from './cells.ts'
import { XmlScanner, decoded, unescaped, type XmlHandler } from './xml.ts'

const BLOCK_BITS = 22
const BLOCK = 1 << BLOCK_BITS
/** Texts kept decoded, so that a district's name is not decoded once a row. */
const KEPT = 4096

export class SharedTexts {
  private blocks: Buffer[] = []
  private filled = BLOCK
  private places = new Uint32Array(1024)
  private lengths = new Uint32Array(1024)
  private count = 0
  private bytes = 0
  private readonly kept = new Map<number, string>()

  add(text: string): void {
    // No text of a cell is longer than this; what a rare Han character needs is four bytes.
    if (text.length > limits.cell) throw new SheetFault('cell_too_long')
    const length = Buffer.byteLength(text)
    this.bytes += length + 8
    if (this.bytes > limits.sharedTexts) throw new SheetFault('bomb')
    if (this.filled + length > BLOCK) {
      this.blocks.push(Buffer.allocUnsafeSlow(BLOCK))
      this.filled = 0
    }
    if (this.count === this.places.length) {
      this.places = grown(this.places)
      this.lengths = grown(this.lengths)
    }
    this.blocks.at(-1)!.write(text, this.filled)
    this.places[this.count] = (this.blocks.length - 1) * BLOCK + this.filled
    this.lengths[this.count] = length
    this.filled += length
    this.count += 1
  }
  /** The text of an index; throws for one that is not there. */
  get(index: number): string {
    const known = this.kept.get(index)
    if (known !== undefined) return known
    if (!(index >= 0 && index < this.count)) throw new SheetFault('damaged')
    const place = this.places[index]!
    const from = place & (BLOCK - 1)
    const text = this.blocks[place >>> BLOCK_BITS]!.toString('utf8', from, from + this.lengths[index]!)
    if (index < KEPT) this.kept.set(index, text)
    return text
  }
}
function grown(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2)
  larger.set(array)
  return larger
}

/** Collects the text of `si` elements: plain or in runs, without the phonetic runs of Japanese sheets. */
class TextsHandler implements XmlHandler {
  wantsText = false
  private text_ = ''
  private phonetic = false
  constructor(private readonly texts: SharedTexts) {}
  open(name: string): void {
    if (name === 'si') this.text_ = ''
    else if (name === 'rPh') this.phonetic = true
    else if (name === 't') this.wantsText = !this.phonetic
  }
  close(name: string): void {
    if (name === 't') this.wantsText = false
    else if (name === 'rPh') this.phonetic = false
    else if (name === 'si') this.texts.add(unescaped(this.text_))
  }
  text(text: string): void {
    if (this.text_.length + text.length > limits.cell * 8) throw new SheetFault('cell_too_long')
    this.text_ += text
  }
}
export async function readSharedTexts(chunks: AsyncIterable<Buffer>): Promise<SharedTexts> {
  const texts = new SharedTexts()
  const scanner = new XmlScanner(new TextsHandler(texts))
  for await (const piece of decoded(chunks)) scanner.push(piece)
  scanner.push('', true)
  return texts
}
