// How the texts that the database answers become the cells of a file: codes as words in the reader's language, numbers as numbers.
import type { Bilingual } from '@fugong/contract/base'
import type { Language } from './rules.ts'

export type Cell = string | number | null
export type ToCell = (value: string | null) => Cell
/** Words of codes; a code without a word stays what it is. */
export type Words = ReadonlyMap<string, Bilingual>
export const wordsOf = (words: Readonly<Record<string, Bilingual>>): Words => new Map(Object.entries(words))

/** For each column how its text becomes a cell. */
export function cellWriters(columns: readonly { code: string; kind?: 'number' }[], words: Readonly<Record<string, Words>>, language: Language): ToCell[] {
  return columns.map(({ code, kind }) => {
    const known = words[code]
    if (known) return (value) => (value === null ? null : (known.get(value)?.[language] ?? value))
    return kind === 'number' ? (value) => (value === null ? null : Number(value)) : (value) => value
  })
}
/** A part of a filter in words: what is asked, and the answer as it stands on the screen. */
export function filterPart(label: Bilingual, value: Bilingual | string): Bilingual {
  const said = typeof value === 'string' ? { zh: value, en: value } : value
  return { zh: `${label.zh}：${said.zh}`, en: `${label.en}: ${said.en}` }
}
