// What the screens of the roster share: addresses, tones of states, and the origin as a cascade of divisions.
import { listDivisions, type RosterState } from '@fugong/contract/people'
import { useMemo } from 'react'
import { useLanguage } from '../../base/i18n.ts'
import { useRead } from '../../base/query.tsx'
import type { Tone } from '../../ui/tags.tsx'

export const rosterPath = (firm: string, rest = ''): string => `/portal/enterprises/${firm}/roster${rest}`
const tones: Record<RosterState, Tone> = { notReturned: 'neutral', onTheWay: 'info', observing: 'warn', onDuty: 'good', absent: 'neutral', left: 'bad' }
export const toneOf = (state: RosterState): Tone => tones[state]

export interface DivisionNode { value: string; label: string; children?: DivisionNode[] }
/** Provinces, cities and counties as a tree; each level may be chosen. */
export function useDivisions(): { tree: DivisionNode[]; pathOf: (code: string | null | undefined) => string[] } {
  const language = useLanguage()
  const { data } = useRead(listDivisions, {}, { staleTime: 3_600_000 })
  const tree = useMemo(() => {
    const nodes = new Map<string, DivisionNode>()
    const roots: DivisionNode[] = []
    for (const { code, zh, en } of data?.items ?? []) {
      const node: DivisionNode = { value: code, label: language === 'zh' ? zh : en }
      nodes.set(code, node)
      const above = parentsOf(code).reverse().map((one) => nodes.get(one)).find(Boolean)
      if (above) (above.children ??= []).push(node)
      else roots.push(node)
    }
    return roots
  }, [data, language])
  const known = useMemo(() => new Set((data?.items ?? []).map(({ code }) => code)), [data])
  return { tree, pathOf: (code) => (code ? [...parentsOf(code).filter((one) => known.has(one)), code] : []) }
}
function parentsOf(code: string): string[] {
  return [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`].filter((one, at, all) => one !== code && all.indexOf(one) === at)
}
