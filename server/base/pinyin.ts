// Initials of Chinese in pinyin, by which names are typed and found: the reading of the words around first, other usual readings beside it.
import { pinyin } from 'pinyin-pro'
import { searchKey } from './grams.ts'

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
  const characters = [...searchKey(name)]
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
