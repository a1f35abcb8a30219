// Reads pasted lines of a list of tenants: code, name, shop and headcount, parted by tabs, commas or runs of blanks.
import type { NewTenant } from '@fugong/contract/complexes'

export interface Line { number: number; tenant: NewTenant | undefined; missing: ('code' | 'name' | 'shop')[] }
/** Empty lines are passed over; a line with too little says what it lacks. */
export function readLines(text: string): Line[] {
  return text.split(/\r?\n/).flatMap((line, at): Line[] => {
    if (!line.trim()) return []
    const [code = '', name = '', shop = '', heads = ''] = line.split(/\t|,|，|\s{2,}/).map((part) => part.trim())
    const missing = (['code', 'name', 'shop'] as const).filter((part) => !{ code, name, shop }[part])
    const headcount = /^\d{1,6}$/.test(heads) && Number(heads) > 0 ? Number(heads) : null
    return [{ number: at + 1, missing, tenant: missing.length ? undefined : { creditCode: code.toUpperCase(), name, shop, headcount } }]
  })
}
