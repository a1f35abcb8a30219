// Finding a trade among the industries of GB/T 4754: by code or by words, with the trades above it.
import type { Returns } from '@fugong/contract/base'
import type { listIndustries } from '@fugong/contract/enterprises'

export type Industry = Returns<typeof listIndustries>['items'][number]
export interface IndustryChoice { value: string; name: string; depth: number; path: string; words: string }

/** Choices in the order of the standard; `words` is what a search looks at: own and upper names and codes, both languages. */
export function industryChoices(items: readonly Industry[], language: 'zh' | 'en'): IndustryChoice[] {
  const byCode = new Map(items.map((item) => [item.code, item]))
  const above = (item: Industry): Industry[] => {
    const parent = item.parent === null ? undefined : byCode.get(item.parent)
    return parent ? [...above(parent), parent] : []
  }
  return items.map((item) => {
    const upper = above(item)
    return {
      value: item.code, name: item[language], depth: upper.length,
      path: upper.map((one) => `${one.code} ${one[language]}`).join(' › '),
      words: [item, ...upper].map((one) => `${one.code} ${one.zh} ${one.en}`).join(' ').toLowerCase(),
    }
  })
}
/** Own names before the names above: a search for 餐饮 shows the trade of that name before everything in its section. */
export function ranksIndustry(a: IndustryChoice, b: IndustryChoice, typed: string): number {
  const word = typed.trim().toLowerCase()
  const rank = (choice: IndustryChoice) => (choice.depth > 0 && choice.name.toLowerCase().includes(word) ? 0 : 1)
  return rank(a) - rank(b)
}
/** Digits look for codes that begin so; other words must all occur. */
export function matchesIndustry(choice: IndustryChoice, typed: string): boolean {
  const asked = typed.trim().toLowerCase()
  if (/^\d{1,4}$/.test(asked)) return choice.value.startsWith(asked)
  return asked.split(/\s+/).every((word) => choice.words.includes(word))
}
