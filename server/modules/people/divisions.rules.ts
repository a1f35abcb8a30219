// Provinces, cities and counties of China: their whole names, and how the words of a clerk (武汉, 湖北武汉江汉, 420103) become one code.
import type { Division } from '@fugong/contract/people'

export type DivisionItem = readonly [code: string, zh: string, en: string]
export interface Divisions { byCode: ReadonlyMap<string, DivisionItem>; named: ReadonlyMap<string, readonly string[]>; below: ReadonlyMap<string, readonly string[]> }
const PEOPLES = '蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各'
const AUTONOMOUS = new RegExp(`(?:(?:${PEOPLES})族?)+自治[州县旗]$`)
/** Name without what says that it is a province, a city or a county, and without the peoples of an autonomous one; two characters remain at least. */
export const shortDivision = (name: string): string => {
  const short = name.replace(AUTONOMOUS, '').replace(/(壮族自治区|回族自治区|维吾尔自治区|特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|特区|省|市|区|县|旗|盟)$/, '')
  return [...short].length >= 2 ? short : name
}
const isProvince = (code: string) => code.endsWith('0000')
const isCity = (code: string) => code.endsWith('00') && !isProvince(code)
/** A county's city where there is one (districts of the four municipalities have none), a city's province. */
export function aboveOf(code: string, byCode: ReadonlyMap<string, unknown>): string | undefined {
  if (isProvince(code)) return undefined
  const city = `${code.slice(0, 4)}00`
  return !isCity(code) && byCode.has(city) ? city : `${code.slice(0, 2)}0000`
}
export function indexDivisions(items: readonly DivisionItem[]): Divisions {
  const byCode = new Map(items.map((item) => [item[0], item]))
  const named = new Map<string, string[]>()
  const below = new Map<string, string[]>()
  const note = (map: Map<string, string[]>, key: string, code: string) => void (map.get(key) ?? map.set(key, []).get(key)!).push(code)
  for (const [code, zh] of items) {
    // 恩施州 for 恩施土家族苗族自治州.
    for (const name of new Set([zh, shortDivision(zh), zh.replace(AUTONOMOUS, '州')])) note(named, name, code)
    for (let above = aboveOf(code, byCode); above; above = aboveOf(above, byCode)) note(below, above, code)
  }
  return { byCode, named, below }
}
/** 湖北省武汉市江汉区 / Jianghan, Wuhan, Hubei; the bare code for one that the list does not know. */
export function wholeName(divisions: Divisions, code: string): Division {
  const chain: DivisionItem[] = []
  for (let at: string | undefined = code; at; at = aboveOf(at, divisions.byCode)) {
    const item = divisions.byCode.get(at)
    if (item) chain.push(item)
  }
  if (!chain.length) return { code, name: { zh: code, en: code } }
  return { code, name: { zh: [...chain].reverse().map((item) => item[1]).join(''), en: chain.map((item) => item[2]).join(', ') } }
}

export type Found = { code: string } | { fault: 'issue.origin_unknown' | 'issue.origin_several'; choices?: string }
/** The division that words mean: a code, or names from the largest to the smallest, with or without what they are called after. */
export function findDivision(divisions: Divisions, words: string): Found {
  const text = words.normalize('NFKC').replace(/[\s,，、/\-·>]+/g, '').replace(/^中国/, '')
  if (/^\d{6}$/.test(text)) return divisions.byCode.has(text) ? { code: text } : { fault: 'issue.origin_unknown' }
  let candidates = walk(divisions, text, undefined)
  // Of a city and its own district of one name (and a province and its capital) the larger is meant.
  candidates = candidates.filter((code) => !candidates.some((other) => other !== code && isAbove(divisions, other, code)))
  if (candidates.length === 1) return { code: candidates[0]! }
  if (!candidates.length) return { fault: 'issue.origin_unknown' }
  return { fault: 'issue.origin_several', choices: candidates.slice(0, 4).map((code) => wholeName(divisions, code).name.zh).join('、') }
}
function isAbove(divisions: Divisions, upper: string, lower: string): boolean {
  for (let at = aboveOf(lower, divisions.byCode); at; at = aboveOf(at, divisions.byCode)) if (at === upper) return true
  return false
}
/** Codes that the whole text leads to from a division downwards; the longest name at each step first. */
function walk(divisions: Divisions, text: string, from: string | undefined): string[] {
  for (let length = Math.min(text.length, 15); length >= 2; length--) {
    const here = (divisions.named.get(text.slice(0, length)) ?? []).filter((code) => from === undefined || isAbove(divisions, from, code))
    if (!here.length) continue
    const rest = text.slice(length)
    const found = rest === '' ? here : here.flatMap((code) => walk(divisions, rest, code))
    if (found.length) return [...new Set(found)]
  }
  return []
}
