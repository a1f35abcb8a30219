// Names of areas for every screen: one read, kept long, looked up by code.
import { listAreas, type Area } from '@fugong/contract/areas'
import { useCallback, useMemo } from 'react'
import { useLanguage, type Language } from './i18n.ts'
import { useRead } from './query.tsx'

/** `nameOf('520102')` in the language of the screen (the code itself while unknown, a community by its street); `pathOf` names district and street, `whereIs` the whole address as each language orders it. */
export function useAreas(): { areas: Area[]; nameOf: (code: string | null | undefined) => string; pathOf: (code: string) => string; whereIs: (place: { streetCode: string; address: string }) => string; childrenOf: (code: string, kind?: Area['kind']) => Area[]; pending: boolean } {
  const language = useLanguage()
  const read = useRead(listAreas, {}, { staleTime: 30 * 60_000 })
  const areas = useMemo(() => read.data?.items ?? [], [read.data])
  const byCode = useMemo(() => new Map(areas.map((area) => [area.code, area])), [areas])
  const nameOf = useCallback((code: string | null | undefined) => (!code ? '' : read.isPending ? '…' : nameAmong(byCode, code, language)), [byCode, language, read.isPending])
  const pathOf = useCallback((code: string) => (read.isPending ? '…' : pathAmong(byCode, code, language)), [byCode, language, read.isPending])
  const whereIs = useCallback(({ streetCode, address }: { streetCode: string; address: string }) => inOrder(pathOf(streetCode), address, language), [pathOf, language])
  const childrenOf = useCallback((code: string, kind?: Area['kind']) => areas.filter((area) => area.parent === code && (!kind || area.kind === kind)), [areas])
  return { areas, nameOf, pathOf, whereIs, childrenOf, pending: read.isPending }
}

type Known = ReadonlyMap<string, Pick<Area, 'kind' | 'parent' | 'name'>>
/** Communities are too many to be read with the others: one is named by its street and its code. */
export function nameAmong(known: Known, code: string, language: Language): string {
  const street = code.length === 12 && !known.has(code) ? known.get(code.slice(0, 9)) : undefined
  return street ? `${street.name[language]} · ${code}` : (known.get(code)?.name[language] ?? code)
}
/** The same with the district of a street or community. */
export function pathAmong(known: Known, code: string, language: Language): string {
  const area = known.get(code) ?? known.get(code.slice(0, 9))
  const names = area?.kind === 'street' && area.parent ? [nameAmong(known, area.parent, language), nameAmong(known, code, language)] : [nameAmong(known, code, language)]
  return language === 'zh' ? names.join('') : names.reverse().join(', ')
}

const RANK: Partial<Record<Area['kind'], number>> = { district: 0, devZone: 1, street: 2 }
/** Districts, zones and streets whose name holds what was typed, the larger first; for one character there would be too many. */
export function placesLike(areas: readonly Area[], typed: string, most = 4): Area[] {
  const asked = typed.trim().toLowerCase()
  if ([...asked].length < 2) return []
  const found = areas.filter(({ kind, name }) => RANK[kind] !== undefined && (name.zh.includes(asked) || name.en.toLowerCase().includes(asked)))
  return found.sort((a, b) => RANK[a.kind]! - RANK[b.kind]!).slice(0, most)
}

/** Chinese goes from the large to the small, English from the small to the large; what the firm wrote stays as it wrote it. */
export function inOrder(path: string, address: string, language: Language): string {
  return (language === 'zh' ? [path, address] : [address, path]).filter(Boolean).join(language === 'zh' ? ' ' : ', ')
}
