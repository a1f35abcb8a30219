// Words of what is exported: codes in the reader's language, and filters as they are said.
import type { Bilingual } from '@fugong/contract/base'
import type { Language } from './rules.ts'

export type Words = ReadonlyMap<string, Bilingual>
export const wordsOf = (words: Readonly<Record<string, Bilingual>>): Words => new Map(Object.entries(words))
/** The words of one language. */
export const wordsIn = (words: Words, language: Language): Map<string, string> => new Map([...words].map(([code, word]) => [code, word[language]]))

/** A part of a filter in words: what is asked, and the answer as it stands on the screen. */
export function filterPart(label: Bilingual, value: Bilingual | string): Bilingual {
  const said = typeof value === 'string' ? { zh: value, en: value } : value
  return { zh: `${label.zh}：${said.zh}`, en: `${label.en}: ${said.en}` }
}
