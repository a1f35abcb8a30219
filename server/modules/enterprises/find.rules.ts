// By what a firm is found: pieces of its name, of its pinyin initials and of its code; and what a typed search asks for.
import { searchText } from './rules.ts'

/** Characters of a piece: a search this long or shorter is answered by one range of an index, a longer one is then compared. */
export const PIECE = 6
const SHORTEST = 2
const SHORTEST_CODE = 4

/** Everything a firm is found by, each once: from every character of its name and initials on, and from every character of its code but the last three. */
export function piecesOf(firm: { searchName: string; initials: readonly string[]; creditCode: string }): string[] {
  const pieces = new Set<string>()
  for (const text of [firm.searchName, ...firm.initials]) {
    const characters = [...text]
    if (characters.length === 1) pieces.add(text)
    for (let at = 0; at + SHORTEST <= characters.length; at++) pieces.add(characters.slice(at, at + PIECE).join(''))
  }
  for (let at = 0; at + SHORTEST_CODE <= firm.creditCode.length; at++) pieces.add(firm.creditCode.slice(at))
  return [...pieces]
}

/** A range of pieces in byte order: everything that begins with `from`. */
export interface Range { from: string; to: string }
export interface Search { text: string; code: string | null; ranges: Range[]; /** False when the ranges find too much and the firm itself must be looked at. */ exact: boolean }
/** What to look for; undefined for an empty search. */
export function searchFor(q: string | undefined): Search | undefined | 'tooShort' {
  const text = searchText(q ?? '')
  const characters = [...text]
  if (!characters.length) return undefined
  // One Han character alone is a name of its own only in jest; one letter is nothing.
  if (characters.length < SHORTEST) return 'tooShort'
  const upper = text.toUpperCase()
  const code = /^[0-9A-HJ-NPQRTUWXY]{4,18}$/.test(upper) ? upper : null
  const head = characters.slice(0, PIECE).join('')
  // A text of digits is one range; with letters the code has its own, in capitals.
  const ranges = [beginningWith(head), ...(code && code !== head ? [beginningWith(code)] : [])]
  return { text, code, ranges, exact: characters.length <= PIECE }
}
/** U+10FFFF sorts after every character in UTF-8 and is in no name. */
export const beginningWith = (from: string): Range => ({ from, to: `${from}\u{10FFFF}` })
