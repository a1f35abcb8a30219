// The divisions that ship with the product, read once.
import type { Input, Returns } from '@fugong/contract/base'
import type { Division, listDivisions } from '@fugong/contract/people'
import type { Ctx } from '../../base/context.ts'
import { readData } from '../../base/data.ts'
import { aboveOf, findDivision, indexDivisions, wholeName, type DivisionItem, type Divisions, type Found } from './divisions.rules.ts'

interface DivisionFile { source: { zh: string; en: string }; year: number; items: DivisionItem[] }
let read: { file: DivisionFile; divisions: Divisions } | undefined
function known() {
  if (!read) {
    const file = readData<DivisionFile>('data', 'china', 'divisions.json').value
    read = { file, divisions: indexDivisions(file.items) }
  }
  return read
}
export const isDivision = (code: string): boolean => known().divisions.byCode.has(code)
const names = new Map<string, Division>()
export function divisionOf(code: string | null): Division | null {
  if (code === null) return null
  let found = names.get(code)
  if (!found) names.set(code, (found = wholeName(known().divisions, code)))
  return found
}
const words = new Map<string, Found>()
/** What a clerk's words mean; the same words come a thousand times in a file. */
export function originOf(text: string): Found {
  let found = words.get(text)
  if (!found) {
    if (words.size > 20_000) words.clear()
    words.set(text, (found = findDivision(known().divisions, text)))
  }
  return found
}
export async function listAllDivisions(_ctx: Ctx, { query }: Input<typeof listDivisions>): Promise<Returns<typeof listDivisions>> {
  const { file, divisions } = known()
  const { below } = query
  const chosen = below === undefined ? file.items : file.items.filter(([code]) => (aboveOf(code, divisions.byCode) ?? '000000') === below)
  return { source: file.source, year: file.year, items: chosen.map(([code, zh, en]) => ({ code, zh, en })) }
}
