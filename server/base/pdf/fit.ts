// Fits a text into a box: broken between Chinese characters and between Latin words, as large as it may be, cut with … when nothing else is left.
import { piecesOf, widthOf, type Piece } from './faces.ts'

export interface Fitted { size: number; lines: Piece[][] }
const LEADING = 1.32
// Words of Latin letters and digits stay whole; every other character may begin a line, but closing punctuation stays with what it closes.
const WORD = /[\p{Script=Latin}\p{Nd}][\p{Script=Latin}\p{Nd}.,'’&/()_:+#%-]*|[^][，。、；：！？）】》〉」』”’〕…·]*/gu

/** Points and points; `bold` widens. Deterministic: the same text and box always give the same lines. */
export function fit(text: string, { w, h, size, least, lines, bold }: { w: number; h: number; size: number; least: number; lines: number; bold?: boolean }): Fitted {
  const words = text.match(WORD) ?? []
  for (let points = size; ; points = Math.max(least, points - 0.5)) {
    const rows = Math.max(1, Math.min(lines, Math.floor(h / (points * LEADING)) || 1))
    const set = wrap(words, w / points, bold)
    if (set.length <= rows) return { size: points, lines: set.map((line) => piecesOf(line, bold)) }
    if (points <= least) return { size: points, lines: shortened(set, rows, w / points, bold).map((line) => piecesOf(line, bold)) }
  }
}
const ems = (text: string, bold?: boolean) => widthOf(piecesOf(text, bold))
function wrap(words: readonly string[], most: number, bold?: boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (ems((line + word).trimEnd(), bold) <= most) line += word
    else {
      if (line.trim()) lines.push(line.trim())
      line = word.trimStart()
      // A word longer than the line is broken where it must be.
      while (ems(line, bold) > most && [...line].length > 1) {
        const characters = [...line]
        let take = characters.length - 1
        while (take > 1 && ems(characters.slice(0, take).join(''), bold) > most) take--
        lines.push(characters.slice(0, take).join(''))
        line = characters.slice(take).join('')
      }
    }
  }
  if (line.trim()) lines.push(line.trim())
  return lines
}
function shortened(lines: readonly string[], rows: number, most: number, bold?: boolean): string[] {
  const kept = lines.slice(0, rows)
  let last = [...kept.at(-1)!]
  while (last.length > 1 && ems(`${last.join('')}…`, bold) > most) last = last.slice(0, -1)
  return [...kept.slice(0, -1), `${last.join('')}…`]
}
export const leading = (size: number): number => size * LEADING
