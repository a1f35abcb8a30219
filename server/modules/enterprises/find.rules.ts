// By what a firm is found: pieces of its name, of the initials of its pinyin and of its code; and what a typed search asks for.
import { pinyin } from 'pinyin-pro'
import { searchText } from './rules.ts'

/** Characters of a piece: a search this long or shorter is answered by one range of an index, a longer one is then compared. */
export const PIECE = 6
const SHORTEST = 2
const SHORTEST_CODE = 4

/**
 * Characters common in names of firms and places that are read in two ways with different initials; a dictionary's rare
 * readings (a hundred characters more) would only add noise. The reading that pinyin-pro takes from the words around comes first.
 */
const READINGS: Readonly<Record<string, string>> = {
  重: 'zc', 长: 'cz', 行: 'hx', 乐: 'ly', 厦: 'xs', 曾: 'cz', 单: 'ds', 区: 'qo', 朝: 'cz', 传: 'cz', 调: 'dt', 藏: 'cz', 盛: 'sc', 车: 'cj', 解: 'jx', 会: 'hk', 率: 'ls', 降: 'jx', 弹: 'dt',
  参: 'cs', 奇: 'qj', 校: 'xj', 系: 'xj', 卡: 'kq', 尉: 'wy', 查: 'cz', 翟: 'zd', 晟: 'sc', 阿: 'ae', 茜: 'qx', 宿: 'sx', 秘: 'mb', 乾: 'qg', 粘: 'zn', 畜: 'cx', 屏: 'pb', 种: 'zc', 贾: 'jg', 俞: 'ys', 洗: 'xs', 葛: 'gj',
}
/** Most ways in which one name is read. */
const MOST_READINGS = 8
const HAN = /\p{Script=Han}/u
const SIGN = /[\p{L}\p{N}]/u

/** The initials of a name in pinyin, letters and digits as they are, signs left out; one text for each way of reading it. */
export function initialsOf(name: string): string[] {
  const characters = [...searchText(name)]
  const read = pinyin(characters.join(''), { pattern: 'first', toneType: 'none', type: 'array', nonZh: 'spaced' })
  let ways = ['']
  characters.forEach((character, at) => {
    const first = HAN.test(character) ? letterOf(read[at]) ?? letterOf(pinyin(character, { pattern: 'first', toneType: 'none' })) ?? '' : SIGN.test(character) ? character : ''
    const others = [...(READINGS[character] ?? '')].filter((letter) => letter !== first)
    const room = Math.floor(MOST_READINGS / ways.length)
    ways = [first, ...others.slice(0, Math.max(0, room - 1))].flatMap((letter) => ways.map((way) => way + letter))
  })
  return [...new Set(ways)].filter((way) => way.length > 0)
}
const letterOf = (text: string | undefined): string | undefined => (text && /^[a-zü]$/.test(text) ? text.replace('ü', 'l') : undefined)

/** The initials as they are kept beside a firm: every reading, apart from each other. */
export const initialsText = (name: string): string => initialsOf(name).join(' ')

/** Everything a firm is found by, each once: from every character of its name and initials on, and from every character of its code but the last three. */
export function piecesOf(firm: { name: string; creditCode: string }): string[] {
  const pieces = new Set<string>()
  for (const text of [searchText(firm.name), ...initialsOf(firm.name)]) {
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
