// How the pages of tables say cells, kinds and the place of a version in time.
import type { TableVersion } from '@fugong/contract/rules'
import type { Static } from 'typebox'
import { useMemo } from 'react'
import { hasText, pick, useLanguage, useText, type Say } from '../../base/i18n.ts'
import type { CelWords } from './cel.ts'

export type Version = Static<typeof TableVersion>
export function useCelWords(): CelWords {
  const t = useText('rules')
  const language = useLanguage()
  return useMemo(() => ({ pick, or: t('or'), and: t('and'), not: (value) => t('isNot', { value }), yes: t('yes'), no: t('no'), missing: t('missing'), present: t('present'), begins: (values) => t('begins', { values }) }), [language])
}

export function placeOf(version: Pick<Version, 'inForce' | 'effectiveFrom'>, now: number = Date.now()): 'inForce' | 'coming' | 'past' {
  if (version.inForce) return 'inForce'
  return Date.parse(version.effectiveFrom) > now ? 'coming' : 'past'
}
export const PLACE_TONES = { inForce: 'good', coming: 'info', past: 'neutral' } as const

/** A kind that a later pack brings stands as its code. */
export function kindWords(t: Say, kind: string | null): string {
  return kind ? (hasText('rules', `kind.${kind}`) ? t(`kind.${kind}`) : kind) : t('everyKind')
}
