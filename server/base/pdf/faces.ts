// The faces a PDF is set in, read once, and what each of them can draw: a character that one lacks is drawn by the next, and what none has is written out.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import * as fontkit from 'fontkit'

const require = createRequire(import.meta.url)
// Noto Sans SC whole has every common character and the rare ones of the official table of names; UnifontEX the rest of the first plane, other scripts included.
const FILES = { regular: '@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf', bold: '@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf', rest: '@fontsource/unifontex/files/unifontex-latin-400-normal.woff' } as const
type FaceName = keyof typeof FILES
export interface Face { font: fontkit.Font; has(point: number): boolean; /** Width of a character in ems. */ width(point: number): number }

const faces = new Map<FaceName, Face>()
function faceOf(name: FaceName): Face {
  const known = faces.get(name)
  if (known) return known
  const font = fontkit.create(readFileSync(require.resolve(FILES[name])))
  const has = new Map<number, boolean>()
  const widths = new Map<number, number>()
  const kept = <V>(map: Map<number, V>, point: number, find: () => V) => {
    if (!map.has(point)) map.set(point, find())
    return map.get(point)!
  }
  const face: Face = {
    font,
    has: (point) => kept(has, point, () => font.hasGlyphForCodePoint(point)),
    width: (point) => kept(widths, point, () => font.glyphForCodePoint(point).advanceWidth / font.unitsPerEm),
  }
  faces.set(name, face)
  return face
}

export interface Piece { face: Face; text: string }
// Selectors choose a variant of the character before them; the character itself is always there.
const SELECTORS = /[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}\u200d]/gu
/** A text as pieces, each in a face that has all its characters; a character that no face has becomes 〔U+20BB7〕. */
export function piecesOf(text: string, bold = false): Piece[] {
  const order = bold ? (['bold', 'regular', 'rest'] as const) : (['regular', 'rest'] as const)
  const pieces: Piece[] = []
  const add = (face: Face, part: string) => {
    const last = pieces.at(-1)
    if (last?.face === face) last.text += part
    else pieces.push({ face, text: part })
  }
  for (const character of text.normalize('NFC').replace(SELECTORS, '')) {
    const point = character.codePointAt(0)!
    const name = order.find((one) => faceOf(one).has(point))
    if (name) add(faceOf(name), character)
    else add(faceOf(order[0]), substitute(point))
  }
  return pieces
}
export const substitute = (point: number): string => `〔U+${point.toString(16).toUpperCase().padStart(4, '0')}〕`
export const widthOf = (pieces: readonly Piece[]): number => pieces.reduce((sum, { face, text }) => sum + [...text].reduce((own, character) => own + face.width(character.codePointAt(0)!), 0), 0)
